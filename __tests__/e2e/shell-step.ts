import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobContext } from '../github/stand-in/runs.ts';
import type { ActionRun, ActionRunOptions } from '../helpers/run-action.ts';
import { cliEntry } from '../helpers/run-cli.ts';
import type { Scenario } from './action-scenario.ts';

/**
 * A shell step of a workflow that calls the command line, in the environment of the runner and with the token as workflows give it to
 * such steps. The commands run one after the other, whatever the ones before ended with. @returns their exit codes, too
 */
export async function shellStep(
  { workspace, run }: Scenario,
  job: JobContext,
  commands: readonly (readonly string[])[],
  options: Partial<ActionRunOptions> = {},
): Promise<ActionRun & { codes: (number | null)[] }> {
  const entry = join(workspace, 'step.mjs');
  const codes = join(workspace, 'codes.json');
  writeFileSync(
    entry,
    `import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
process.env.GITHUB_TOKEN ??= process.env['INPUT_GITHUB-TOKEN'];
const codes = ${JSON.stringify(commands)}.map(
  (words) => spawnSync(process.execPath, [...process.execArgv, ${JSON.stringify(cliEntry)}, ...words], { stdio: 'inherit' }).status,
);
writeFileSync(${JSON.stringify(codes)}, JSON.stringify(codes));
process.exitCode = codes.find((code) => code !== 0) ?? 0;
`,
  );
  const ended = await run(job, { ...options, entry });
  return { ...ended, codes: JSON.parse(readFileSync(codes, 'utf8')) as (number | null)[] };
}
