import type { SlotEvidence } from '../records/evidence.ts';
import { canonicalJson, isJsonObject, type Json } from '../records/json.ts';
import type { RepresentativePair } from '../records/representative.ts';
import { type ToolCallStep, toolCallsOf } from '../records/trajectory.ts';
import { named, quoted } from './quote.ts';

/** What changed in the tool calls, most telling first; see `explainChanges` for the form. Empty when nothing did. */
export function explainToolCalls({ before, now, baseline, current }: RepresentativePair): string[] {
  if (!baseline?.trajectory || !current?.trajectory) return [];
  const old = toolCallsOf(baseline.trajectory);
  const fresh = toolCallsOf(current.trajectory);
  const missing = namesOf(old).filter((name) => callShare(before, name) > 0.5 && callShare(now, name) < 0.5);
  const added = namesOf(fresh).filter((name) => callShare(now, name) > 0.5 && callShare(before, name) < 0.5);
  const shared = namesOf(old).filter((name) => fresh.some((call) => call.name === name));
  const told = [
    ...(missing.length > 0 ? [`no longer calls ${listed(missing)}`] : []),
    ...(added.length > 0 ? [`now calls ${listed(added)}`] : []),
    ...shared.flatMap((name) => newError(name, old, fresh)),
    ...shared.flatMap((name) => countChange(name, old, fresh)),
    ...shared.flatMap((name) => argumentChange(name, old, fresh)),
  ];
  return told.length > 0 ? told : orderChange(old, fresh);
}

function namesOf(calls: readonly ToolCallStep[]): string[] {
  return [...new Set(calls.map((call) => call.name))];
}

/** Share of the slots that call the tool at all. */
function callShare(slots: readonly SlotEvidence[], name: string): number {
  const answered = slots.filter((slot) => slot.trajectory);
  const calling = answered.filter((slot) => slot.trajectory && toolCallsOf(slot.trajectory).some((call) => call.name === name));
  return answered.length === 0 ? 0 : calling.length / answered.length;
}

function newError(name: string, old: readonly ToolCallStep[], fresh: readonly ToolCallStep[]): string[] {
  const failed = fresh.find((call) => call.name === name && call.isError === true);
  if (!failed || old.some((call) => call.name === name && call.isError === true)) return [];
  return [`${named(name)} returns an error${failed.result === undefined ? '' : ` ${valueText(failed.result)}`}`];
}

function countChange(name: string, old: readonly ToolCallStep[], fresh: readonly ToolCallStep[]): string[] {
  const before = old.filter((call) => call.name === name).length;
  const after = fresh.filter((call) => call.name === name).length;
  return before === after ? [] : [`calls ${named(name)} ${times(after)} instead of ${times(before)}`];
}

/** The first argument that differs in the first call that differs; nothing when the number of calls differs already. */
function argumentChange(name: string, old: readonly ToolCallStep[], fresh: readonly ToolCallStep[]): string[] {
  const before = old.filter((call) => call.name === name);
  const after = fresh.filter((call) => call.name === name);
  if (before.length !== after.length) return [];
  for (const [index, call] of after.entries()) {
    const was = before[index]?.args;
    if (canonicalJson(was) === canonicalJson(call.args)) continue;
    return [`${named(name)} ${argumentText(was, call.args)}`];
  }
  return [];
}

function argumentText(before: Json | undefined, after: Json | undefined): string {
  if (!isJsonObject(before) || !isJsonObject(after)) return `gets ${valueText(after)} instead of ${valueText(before)}`;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.find((key) => canonicalJson(before[key]) !== canonicalJson(after[key])) ?? '';
  if (!Object.hasOwn(after, changed)) return `no longer gets ${named(changed)}`;
  if (!Object.hasOwn(before, changed)) return `also gets ${named(changed)} ${valueText(after[changed])}`;
  return `gets ${named(changed)} ${valueText(after[changed])} instead of ${valueText(before[changed])}`;
}

function orderChange(old: readonly ToolCallStep[], fresh: readonly ToolCallStep[]): string[] {
  const index = fresh.findIndex((call, position) => call.name !== old[position]?.name);
  const [call, was] = [fresh[index], old[index]];
  return call && was ? [`calls ${named(call.name)} before ${named(was.name)}`] : [];
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}

function times(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count}×`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(named);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
