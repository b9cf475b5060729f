import { randomBytes } from 'node:crypto';
import type { JudgePort } from '../checkers/checker.ts';
import { createModel, type ModelOptions } from './model.ts';

export type JudgeOptions = Omit<ModelOptions, 'name' | 'field' | 'headers'>;

/** The judge model of a suite. @throws ToolError `judge-invalid` for an address that is none. */
export function createJudge(options: JudgeOptions): { port: JudgePort; close(): void } {
  const model = createModel({ ...options, name: 'the judge', field: 'judge' });
  return {
    port: {
      identity: model.identity,
      marker: newMarker,
      ask: ({ messages, schema, temperature }) => model.ask({ messages, format: { name: 'verdict', schema }, temperature }),
    },
    close: model.close,
  };
}

/** Letters and digits that nobody can guess. */
export function newMarker(): string {
  return randomBytes(12).toString('hex');
}
