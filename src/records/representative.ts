import type { SampleEvidence, SlotEvidence } from './evidence.ts';
import { canonicalJson } from './json.ts';
import { outputOf, toolCallsOf } from './trajectory.ts';

/** The slots of both sides that tell best what changed. A side without slots has no representative. */
export interface RepresentativePair {
  /** Slots of the baseline with the outcome that went away, or all of them. */
  before: SlotEvidence[];
  /** Slots of the current run with the outcome that came, or all of them. */
  now: SlotEvidence[];
  /** The most common behaviour among `before`; ties go to the first. */
  baseline?: SlotEvidence;
  /** The most common behaviour among `now`; ties go to the first. */
  current?: SlotEvidence;
}

/**
 * Compares failing current slots with passing baseline slots when the sample fails more often than before, and passing
 * current slots with failing baseline slots when it fails less often. Deterministic: depends on the order of the slots only.
 */
export function representativePair(evidence: SampleEvidence): RepresentativePair {
  const isWorse = failShare(evidence.current) >= failShare(evidence.baseline);
  const now = preferred(evidence.current, !isWorse);
  const before = preferred(evidence.baseline, isWorse);
  const baseline = mostCommon(before);
  const current = mostCommon(now);
  return { before, now, ...(baseline ? { baseline } : {}), ...(current ? { current } : {}) };
}

function failShare(slots: readonly SlotEvidence[]): number {
  return slots.length === 0 ? 0 : slots.filter((slot) => slot.outcome !== 'pass').length / slots.length;
}

/** Answered slots of the wanted outcome, else any answered slot, else all. */
function preferred(slots: SlotEvidence[], passing: boolean): SlotEvidence[] {
  const answered = slots.filter((slot) => slot.trajectory);
  const wanted = answered.filter((slot) => (slot.outcome === 'pass') === passing);
  return wanted.length > 0 ? wanted : answered.length > 0 ? answered : slots;
}

function mostCommon(slots: readonly SlotEvidence[]): SlotEvidence | undefined {
  const groups = new Map<string, { slot: SlotEvidence; size: number }>();
  for (const slot of slots) {
    const key = behaviourKey(slot);
    const group = groups.get(key);
    if (group) group.size += 1;
    else groups.set(key, { slot, size: 1 });
  }
  let best: { slot: SlotEvidence; size: number } | undefined;
  for (const group of groups.values()) if (!best || group.size > best.size) best = group;
  return best?.slot;
}

function behaviourKey(slot: SlotEvidence): string {
  if (!slot.trajectory) return canonicalJson(slot.error);
  const calls = toolCallsOf(slot.trajectory).map((call) => [call.name, call.args]);
  return `${canonicalJson(calls)} ${outputOf(slot.trajectory)}`;
}
