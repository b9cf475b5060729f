import type { Assessment } from '../../records/assessment.ts';
import { count, duration, percent, probability } from './format.ts';
import { named } from './phrase.ts';
import { asSentence } from './sentences.ts';

/**
 * How the verdict came about, a paragraph each: the reasons, then every gate with its numbers. Gates are free-form; what
 * is not understood is printed as `key: value`.
 */
export function decisionOf(assessment: Assessment): string[] {
  const { reasons, gates = {} } = assessment.verdict;
  const notes = assessment.baseline.notes ?? [];
  return [
    ...reasons,
    ...Object.entries(gates).map(([key, value]) => gateParagraph(key, value)),
    ...notes.map((note) => `Baseline: ${note.replace(/^baseline /, '')}`),
  ]
    .map(asSentence)
    .filter((paragraph) => paragraph !== '');
}

/** Where the numbers come from; only what is known. */
export function provenanceOf(assessment: Assessment): { label: string; value: string }[] {
  const { run } = assessment;
  const facts: [string, string | undefined][] = [
    ['agent', run.agent],
    ['repeats', run.repeats === undefined ? undefined : count(run.repeats)],
    ['commit', run.sha],
    ['run', run.runId],
    ['started', run.startedAt],
    ['duration', run.durationMs === undefined ? undefined : duration(run.durationMs)],
    ['schema version', String(assessment.schemaVersion)],
  ];
  return facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value: named(value) }]));
}

function gateParagraph(key: string, value: unknown): string {
  if (key === 'settle') return '';
  const title = words(key);
  if (typeof value === 'string') return value.includes(' ') ? value : `${title}: ${value}`;
  if (!isRecord(value)) return value === undefined || value === null ? '' : `${title}: ${plain(key, value)}`;
  const { summary, text, ...rest } = value;
  const said = typeof summary === 'string' ? summary : typeof text === 'string' ? text : undefined;
  if (said !== undefined) return said;
  const facts = Object.entries(rest)
    .filter(([, fact]) => fact !== undefined && fact !== null)
    .map(([name, fact]) => `${words(name)} ${plain(name, fact)}`);
  return facts.length === 0 ? '' : `${title}: ${facts.join(', ')}`;
}

/** By the name of the field: p-values, rates and drops have their own form. */
function plain(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return number(name, value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => plain(name, item)).join(' … ');
  if (isRecord(value)) {
    const facts = Object.entries(value).map(([key, item]) => `${words(key)} ${plain(key, item)}`);
    return `(${facts.join(', ')})`;
  }
  return typeof value === 'string' ? named(value) : 'n/a';
}

function number(name: string, value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  if (/^(?:p|adjusted)$|^p[A-Z]|^(?:p|adj)Value/.test(name)) return probability(value);
  if (/(?:rate|drop|change|margin|share|level)$/i.test(name)) return percent(value);
  return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4))).replace('-', '−');
}

/** `gateA` → `Gate A` is left to the reader's eye: `minimalDrop` → `minimal drop`. */
function words(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, (_, low: string, high: string) => `${low} ${high.toLowerCase()}`).replace(/[`"]/g, "'");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
