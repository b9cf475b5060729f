import { dirname, resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { readRunIndex, resolveRunLog } from '../../io/run-log-file.ts';
import { mergeShards } from '../../pipeline/merge-shards.ts';
import type { RunIndex } from '../../records/run-index.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, shownPath } from '../host.ts';
import { acceptanceFinderOf, baselineFinderOf, checkFormat, eachSuite, outputDirOf, progressOf, showEvaluation, suitesOf } from '../suites.ts';

/** Join the shards of a run, each to its suite; confirm, compare and report as for one run. */
export async function merge(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const suites = await suitesOf(given, host);
  const shards: RunIndex[] = [];
  for (const path of given.operands) shards.push(await readRunIndex(await resolveRunLog(resolve(host.cwd, path))));
  const names = suites.map(({ suite }) => suite);
  const stray = shards.filter(({ header }) => !names.includes(header?.suite ?? ''));
  if (stray.length > 0) throw strayShards(stray, names);
  const findBaseline = baselineFinderOf(host);
  return eachSuite(suites, host, async (config) => {
    const progress = progressOf(given, host, suites.length, config.suite);
    try {
      const evaluation = await mergeShards({
        config,
        outputDir: outputDirOf(given, host, config, suites.length),
        shards: shards.filter(({ header }) => header?.suite === config.suite),
        findBaseline,
        ...acceptanceFinderOf(given, host, progress.onEvent),
        signal: host.signal,
        onEvent: progress.onEvent,
      });
      progress.end();
      await showEvaluation(evaluation, given, host);
      if (!evaluation.assessment.verdict.complete && !given.has('quiet'))
        host.stderr.write(`Ask what is missing here: agent-regress run --resume --output ${shownPath(host, dirname(evaluation.runLog))}\n`);
      return evaluation.exitCode;
    } finally {
      progress.end();
    }
  });
}

function strayShards(stray: readonly RunIndex[], suites: readonly string[]): ToolError {
  return new ToolError({
    code: 'shards-mismatch',
    message: 'a shard is of a suite that is not merged here',
    remedy: `name its config with --config FILE; the configs of this call have: ${suites.join(', ')}`,
    problems: stray.map(({ source, header }) => ({ file: source, message: `it is of the suite "${header?.suite ?? ''}"` })),
  });
}
