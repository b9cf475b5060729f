import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { agentbench } from '../../src/importers/agentbench.ts';
import { openProjectFiles } from '../../src/io/project-files.ts';
import { openResultFiles } from '../../src/io/result-files.ts';
import { agentbench as project } from '../../src/projects/agentbench.ts';

const corpus = fileURLToPath(new URL('../fixtures/broken/agentbench', import.meta.url));

/** What a person is told: one problem, with its place and what to do. */
async function toldBy(action: () => Promise<unknown>): Promise<string> {
  const error = await action().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToolError)) throw error ?? new Error('nothing was wrong with it');
  const problems = error.problems.length > 0 ? error.problems : [{ message: error.message, remedy: error.remedy }];
  expect(problems).toHaveLength(1);
  return problems
    .map((problem) => {
      const { file, line, field, message, remedy } = { file: undefined, line: undefined, field: undefined, ...problem };
      return [
        `${[file, line].filter((part) => part !== undefined).join(':')}${field === undefined ? '' : ` ${field}`}`,
        message,
        remedy ?? error.remedy ?? '',
        '',
      ].join('\n');
    })
    .join('');
}

function cases(group: string): string[] {
  return readdirSync(join(corpus, group), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function expectTold(group: string, name: string, told: string): void {
  const path = join(corpus, group, `${name}.txt`);

  expect(told).toBe(readFileSync(path, 'utf8'));
}

describe('broken results of AgentBench', () => {
  it.each(cases('results'))('%s has one clear message', async (name) => {
    const files = await openResultFiles(join(corpus, 'results', name), name);
    expectTold('results', name, await toldBy(() => agentbench.read(files)));
  });
});

describe('broken configs of AgentBench', () => {
  it.each(cases('configs'))('%s has one clear message', async (name) => {
    const files = openProjectFiles(join(corpus, 'configs', name));
    const request = {
      command: 'run' as const,
      operands: [],
      flags: {},
      files,
      env: new Set<string>(),
      variable: (name: string) => `\${env:${name}}`,
      now: new Date(0),
    };
    expectTold('configs', name, await toldBy(() => project.convert(request)));
  });
});
