import type { Located, LocatedEntry } from './located.ts';

/**
 * Deep merge of `over` onto `base`: mappings merge key by key, lists are joined (base first), anything else, null
 * included, is replaced by `over`. Every value keeps the place where it was written.
 * The rule of AgentBench's configuration files (THUDM/AgentBench v0.2, src/configs.py).
 */
export function mergeLocated(base: Located, over: Located): Located {
  if (base.kind === 'list' && over.kind === 'list') return { ...over, items: [...base.items, ...over.items] };
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map<string, LocatedEntry>(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below ? { keyAt: entry.keyAt, value: mergeLocated(below.value, entry.value) } : entry);
  }
  return { ...over, entries };
}
