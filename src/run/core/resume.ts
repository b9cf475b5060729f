import { type Problem, ToolError } from '../../errors.ts';
import type { RunRecord } from '../../records/run-log.ts';

/**
 * Two halves of one run must be one experiment.
 * @throws ToolError `resume-mismatch` that names every part that differs, and how to go on.
 */
export function refuseOtherExperiment(path: string, recorded: RunRecord, current: RunRecord): void {
  const fields = experimentDifferences(recorded, current);
  if (fields.length === 0) return;
  const isScoreOnly = fields.every((field) => field.startsWith('score.'));
  throw new ToolError({
    code: 'resume-mismatch',
    message: `${path} cannot be resumed, it is another experiment: ${fields.join(', ')} changed since it was started`,
    remedy: isScoreOnly
      ? `run \`agent-regress check ${path}\`: it scores the recorded answers with the checkers of now and asks the agent nothing`
      : 'undo the change to go on, or start a new run without --resume; the old log is kept as run.previous.jsonl',
    problems: fields.map((field): Problem => ({ file: path, field, message: 'differs from the run that is resumed' })),
  });
}

/** The fields in which two runs are not one experiment: plan, `call.…`, `score.…`. Empty: they are one. */
export function experimentDifferences(recorded: RunRecord, current: RunRecord): string[] {
  return [
    ...differences('', planOf(recorded), planOf(current)),
    ...differences('call', recorded.fingerprints.call, current.fingerprints.call),
    ...differences('score', recorded.fingerprints.score, current.fingerprints.score),
  ];
}

function planOf(run: RunRecord): Record<string, string> {
  return { suite: run.suite, samples: run.samplesDigest, repeats: String(run.planned.repeats) };
}

/** Names of the keys that differ, or that one side does not have, sorted; `call.endpoint` with the prefix `call`. */
export function differences(prefix: string, recorded: Record<string, string>, current: Record<string, string>): string[] {
  return [...new Set([...Object.keys(recorded), ...Object.keys(current)])]
    .filter((key) => recorded[key] !== current[key])
    .sort()
    .map((key) => (prefix ? `${prefix}.${key}` : key));
}
