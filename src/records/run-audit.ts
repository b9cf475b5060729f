import { ToolError } from '../errors.ts';
import { type RunIndex, slotAt, slotKey } from './run-index.ts';
import type { DoneRecord, Outcome, ResponseRecord, RunLogRecord, ScoreRecord } from './run-log.ts';

/** Looks at every record of a log that is read, before it is folded. */
export interface RunAudit {
  /** @throws ToolError `run-log-damaged` for an outcome that the records of its slot contradict. */
  see(record: RunLogRecord): void;
}

/** What was recorded of a slot that has no outcome yet. */
interface OpenSlot {
  hasAnswer: boolean;
  /** By checker; the last one counts. */
  scores: Map<string, 'pass' | 'fail' | 'unscored' | 'not-applicable'>;
}

/**
 * A checksum shows that a line is as it was written, not that no line is gone: an outcome counts only beside the answer and the
 * scores that give it. What another system decided (`importedFrom`) needs its answer alone. In memory that grows with the slots
 * under way only.
 */
export function createRunAudit(index: RunIndex): RunAudit {
  const open = new Map<string, OpenSlot>();
  const slotOf = ({ sample, epoch }: ResponseRecord | ScoreRecord): OpenSlot => {
    const key = slotKey(sample, epoch);
    const slot = open.get(key) ?? { hasAnswer: false, scores: new Map() };
    open.set(key, slot);
    return slot;
  };
  return {
    see(record) {
      if (record.type === 'response') slotOf(record).hasAnswer = record.trajectory !== undefined;
      else if (record.type === 'score') slotOf(record).scores.set(record.checker, saidBy(record));
      else if (record.type === 'done') {
        const key = slotKey(record.sample, record.epoch);
        const contradiction = contradictionIn(index, record, open.get(key));
        if (contradiction !== undefined) throw contradicted(index, record, contradiction);
        open.delete(key);
      }
    },
  };
}

function saidBy(score: ScoreRecord): 'pass' | 'fail' | 'unscored' | 'not-applicable' {
  if (score.kind === 'scored') return score.pass ? 'pass' : 'fail';
  return score.isApplicable === false ? 'not-applicable' : 'unscored';
}

function contradictionIn(index: RunIndex, done: DoneRecord, slot: OpenSlot | undefined): string | undefined {
  const earlier = index.samples.get(done.sample);
  // The same line twice adds nothing.
  if (!slot && earlier && slotAt(earlier, done.epoch)?.outcome === done.outcome) return undefined;
  if (done.outcome === 'skipped') return undefined;
  const isImported = index.header?.importedFrom !== undefined;
  // A task of another system may have failed after the agent's answer.
  if (done.outcome === 'error') return slot?.hasAnswer && !isImported ? 'it has an answer' : undefined;
  if (!slot?.hasAnswer) return 'it has no answer';
  if (isImported) return undefined;
  return contradictedScore(index, done.outcome, slot.scores);
}

/** A sample may have checkers of its own, of which the header knows nothing: required or not. */
function contradictedScore(index: RunIndex, outcome: Outcome, scores: OpenSlot['scores']): string | undefined {
  const required = (index.header?.checkers ?? []).filter((checker) => checker.required).map(({ name }) => name);
  const unsaid = required.find((name) => !scores.has(name));
  if (unsaid !== undefined) return `it has no score of ${JSON.stringify(unsaid)}`;
  const failing = required.find((name) => scores.get(name) === 'fail');
  const unscored = required.find((name) => scores.get(name) === 'unscored');
  const said = [...scores.values()];
  if (outcome === 'fail') return said.includes('fail') ? undefined : 'no score fails';
  if (failing !== undefined) return `${JSON.stringify(failing)} fails`;
  if (outcome !== 'pass') return undefined;
  if (unscored !== undefined) return `${JSON.stringify(unscored)} could not say`;
  return said.includes('pass') ? undefined : 'no score passes';
}

function contradicted(index: RunIndex, { sample, epoch, outcome }: DoneRecord, why: string): ToolError {
  const message = `the slot ${JSON.stringify(sample)}, epoch ${epoch}, is recorded as "${outcome}", but ${why}`;
  return new ToolError({
    code: 'run-log-damaged',
    message: `${index.source}: ${message}`,
    remedy: 'lines of the file are gone or were edited; use another run, or start again without --resume',
    problems: [{ file: index.source, message }],
  });
}
