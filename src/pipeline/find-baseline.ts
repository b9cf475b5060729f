import { resolve } from 'node:path';
import type { SuiteConfig } from '../config/suite-config.ts';
import { resolveRunLog } from '../io/run-log-file.ts';
import type { FoundBaseline } from './ports.ts';

/**
 * Baselines that are files: `path` and `none`; for the others, `remote` is asked, where the face has one.
 * @throws ToolError for a path that is named and not there: that is never "no baseline".
 */
export async function findLocalBaseline(
  config: SuiteConfig,
  cwd: string,
  remote?: (config: SuiteConfig) => Promise<FoundBaseline>,
): Promise<FoundBaseline> {
  const { baseline } = config;
  if (baseline.kind === 'none') return { info: { kind: 'none', reason: 'switched off (baseline: none)', runs: 0 }, runLogs: [] };
  if (baseline.kind === 'path') {
    const from = config.origins.baseline === 'flag' || config.origins.baseline === 'environment' ? cwd : config.baseDir;
    const runLogs: string[] = [];
    for (const path of baseline.paths) runLogs.push(await resolveRunLog(resolve(from, path)));
    return { info: { kind: 'path', reason: baseline.paths.join(', '), runs: runLogs.length }, runLogs };
  }
  if (remote) return remote(config);
  const wanted =
    baseline.kind === 'auto' ? 'baseline: auto' : baseline.kind === 'run' ? `baseline: {run: ${baseline.runId}}` : `baseline: {sha: ${baseline.sha}}`;
  return {
    info: {
      kind: 'none',
      reason: `${wanted} looks for artifacts on GitHub, and this is not a GitHub workflow; on a laptop name a run with --baseline PATH`,
      runs: 0,
    },
    runLogs: [],
  };
}
