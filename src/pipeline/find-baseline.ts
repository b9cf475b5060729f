import { join, resolve } from 'node:path';
import type { SuiteConfig } from '../config/suite-config.ts';
import { isThere } from '../io/is-there.ts';
import { resolveRunLog } from '../io/run-log-file.ts';
import { folderName } from './output-folder.ts';
import type { FoundBaseline } from './ports.ts';

/**
 * Baselines that are files: `path` and `none`; of a second agent there are none before it is asked. For the others, `remote` is
 * asked, where the face has one.
 * @throws ToolError for a path that is named and not there: that is never "no baseline".
 */
export async function findLocalBaseline(
  config: SuiteConfig,
  cwd: string,
  remote?: (config: SuiteConfig) => Promise<FoundBaseline>,
): Promise<FoundBaseline> {
  const { baseline } = config;
  if (baseline.kind === 'none') return { info: { kind: 'none', absence: 'off', reason: 'switched off (baseline: none)', runs: 0 }, runLogs: [] };
  if (baseline.kind === 'path') {
    const from = config.origins.baseline === 'flag' || config.origins.baseline === 'environment' ? cwd : config.baseDir;
    const runLogs: string[] = [];
    for (const path of baseline.paths) runLogs.push(await resolveRunLog(folderOfSuite(resolve(from, path), config.suite)));
    return { info: { kind: 'path', reason: baseline.paths.join(', '), runs: runLogs.length }, runLogs };
  }
  if (baseline.kind === 'agent') return { info: { kind: 'agent', runs: 1 }, runLogs: [] };
  if (remote) return remote(config);
  const wanted = baseline.kind === 'run' ? `{run: ${baseline.runId}}` : baseline.kind === 'sha' ? `{sha: ${baseline.sha}}` : baseline.kind;
  return {
    info: {
      kind: 'none',
      reason: `only a GitHub workflow can search for one (baseline: ${wanted}); here, name a run with --baseline PATH`,
      runs: 0,
    },
    runLogs: [],
  };
}

/** Several suites write to one folder each below `--output`; the same folder serves all of them as a baseline. */
function folderOfSuite(path: string, suite: string): string {
  const below = join(path, folderName(suite));
  return !isThere(join(path, 'run.jsonl')) && isThere(join(below, 'run.jsonl')) ? below : path;
}
