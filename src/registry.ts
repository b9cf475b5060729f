import { ToolError } from './errors.ts';

/** The one list of an extension folder: its definitions by type name. */
export interface Registry<D extends { type: string }> {
  /** What an entry is called in messages, such as `checker`. */
  readonly kind: string;
  /** In the order of registration. */
  readonly entries: readonly D[];
  readonly types: readonly string[];
  has(type: string): boolean;
  /** @throws ToolError `unknown-<kind>` that names the nearest known types. */
  get(type: string): D;
}

/** @throws Error when two entries share a type: a mistake of ours, found by every test. */
export function createRegistry<D extends { type: string }>(kind: string, entries: readonly D[]): Registry<D> {
  const byType = new Map<string, D>();
  for (const entry of entries) {
    if (byType.has(entry.type)) throw new Error(`two ${kind} definitions are called "${entry.type}"`);
    byType.set(entry.type, entry);
  }
  const types = [...byType.keys()];
  return {
    kind,
    entries,
    types,
    has: (type) => byType.has(type),
    get(type) {
      const found = byType.get(type);
      if (found) return found;
      throw new ToolError({
        code: `unknown-${kind}`,
        message: `unknown ${kind} "${type}"`,
        remedy: unknownNameRemedy(type, types),
      });
    },
  };
}

/** `did you mean "contains"? Known: …`, nearest names first. */
export function unknownNameRemedy(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known);
  const hint = near.length > 0 ? `did you mean ${near.map((n) => `"${n}"`).join(' or ')}? ` : '';
  return `${hint}Known: ${known.join(', ')}`;
}

/** At most three known names within an edit distance of a third of the longer name, nearest first. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return known
    .filter((candidate) => Math.abs(candidate.length - wanted.length) <= farthest(candidate, wanted)) // each letter more is one edit: a long text is no table of its length
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= farthest(candidate, wanted))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function farthest(a: string, b: string): number {
  return Math.max(2, Math.ceil(Math.max(a.length, b.length) / 3));
}

/** Levenshtein distance; a few short names at a time, so the plain table is enough. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
