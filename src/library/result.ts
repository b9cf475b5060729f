import type { Evaluation } from '../pipeline/ports.ts';
import { reporters } from '../reporters/registry.ts';
import type { EvaluationResult } from './types.ts';

/** An evaluation as the library hands it out. */
export function resultOf(evaluation: Evaluation, outputDir: string): EvaluationResult {
  const { assessment, exitCode, runLog, files, view } = evaluation;
  const text = reporters.get('terminal').render(view, { width: 100, isColor: false });
  const { suite, verdict } = assessment;
  const isPass = exitCode === 0;
  const assertPass = (): void => {
    if (isPass) return;
    throw Object.assign(new Error(`${suite}: ${verdict.status}${verdict.complete ? '' : ', incomplete'}\n\n${text}`), { name: 'VerdictError' });
  };
  return { suite, verdict, isPass, exitCode, assessment, text, outputDir, runLog, files, assertPass };
}
