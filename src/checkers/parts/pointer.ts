import type { Json, JsonObject } from '../../records/json.ts';

/** The keys of a JSON pointer (`/a/*`), or of a dotted path (`a.*`, `$.a[*]`). The empty text is the whole value. */
export function parsePath(path: string): string[] {
  if (path.startsWith('/')) {
    return path
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return path
    .replace(/^\$\.?/, '')
    .replace(/\[([^\]]*)\]/g, '.$1')
    .split('.')
    .filter((key) => key !== '');
}

/** Every value at a path, in order; `*` stands for any key or index. None when the path leads nowhere. */
export function valuesAt(value: Json, keys: readonly string[]): Json[] {
  let found: Json[] = [value];
  for (const key of keys) {
    found = found.flatMap((item) => {
      if (item === null || typeof item !== 'object') return [];
      if (key === '*') return Object.values(item);
      return hasKey(item, key) ? [childAt(item, key)] : [];
    });
  }
  return found;
}

/** The value without what stands at a path; in a list null takes its place, so that the others keep theirs. */
export function withoutPath(value: Json, keys: readonly string[], isDropped: (value: Json) => boolean = () => true): Json {
  const [key, ...rest] = keys;
  if (key === undefined || value === null || typeof value !== 'object') return value;
  const isHit = (name: string): boolean => key === '*' || key === name;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      if (!isHit(String(index))) return item;
      return isLast ? (isDropped(item) ? null : item) : withoutPath(item, rest, isDropped);
    });
  }
  // Without a prototype, so that a key such as `__proto__` stays an ordinary key.
  const result: JsonObject = Object.create(null);
  for (const [name, item] of Object.entries(value)) {
    if (!isHit(name)) result[name] = item;
    else if (!isLast) result[name] = withoutPath(item, rest, isDropped);
    else if (!isDropped(item)) result[name] = item;
  }
  return result;
}

/**
 * `said` with the expected value wherever a path leads in `expected` and the test holds there; undefined when `said` has
 * nothing at such a place or the test does not hold.
 */
export function conformAt(expected: Json, said: Json, keys: readonly string[], test: (expected: Json, said: Json) => boolean): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return test(expected, said) ? expected : undefined;
  if (expected === null || typeof expected !== 'object') return said;
  const names = key === '*' ? Object.keys(expected) : hasKey(expected, key) ? [key] : [];
  if (names.length === 0) return said;
  if (said === null || typeof said !== 'object' || Array.isArray(said) !== Array.isArray(expected)) return undefined;
  const result: Json[] | JsonObject = Array.isArray(said) ? [...said] : Object.assign(Object.create(null) as JsonObject, said);
  for (const name of names) {
    if (!hasKey(said, name)) return undefined;
    const item = conformAt(childAt(expected, name), childAt(said, name), rest, test);
    if (item === undefined) return undefined;
    (result as JsonObject)[name] = item;
  }
  return result;
}

function hasKey(value: Json[] | JsonObject, key: string): boolean {
  return Array.isArray(value) ? /^(0|[1-9]\d*)$/.test(key) && Number(key) < value.length : Object.hasOwn(value, key);
}

function childAt(value: Json[] | JsonObject, key: string): Json {
  return (value as JsonObject)[key] as Json;
}
