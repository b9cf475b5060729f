import { shortened } from '../../errors.ts';
import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { nearestNames } from '../../registry.ts';

/** A JSON pointer (RFC 6901) as a user writes it: empty for the whole value, else `/key/0/…`. */
export const Pointer = z.string().check(z.regex(/^(\/([^~/]|~[01])*)*$/, 'a JSON pointer starts with "/", such as "/answer" or "/choices/0/text"'));
export type Pointer = z.infer<typeof Pointer>;

/** Looks a place up; undefined when it is not there. */
export type PlaceReader = (value: Json) => Json | undefined;

/** Compiles a valid pointer once. Own properties only; `-` and indexes with leading zeros are not places. */
export function compilePointer(pointer: Pointer): PlaceReader {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return (value) => {
    let place: Json | undefined = value;
    for (const key of keys) {
      if (Array.isArray(place)) place = /^(0|[1-9]\d{0,9})$/.test(key) ? place[Number(key)] : undefined;
      else if (place !== null && typeof place === 'object') place = Object.hasOwn(place, key) ? place[key] : undefined;
      else return undefined;
    }
    return place;
  };
}

/** Keys and types of a value without its content, such as `{answer: string, trace: {calls: [2 items]}}`; at most about 400 characters. */
export function describeShape(value: Json, depth = 3): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const [first] = value;
    if (first === undefined) return '[]';
    const size = `${value.length} item${value.length === 1 ? '' : 's'}`;
    return depth > 1 && typeof first === 'object' && first !== null ? `[${size}: ${describeShape(first, depth - 1)}]` : `[${size}]`;
  }
  if (typeof value !== 'object') return typeof value;
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  if (depth === 0) return '{…}';
  const shown = entries.slice(0, 8).map(([key, item]) => `${showKey(key)}: ${describeShape(item, depth - 1)}`);
  const text = `{${shown.join(', ')}${entries.length > 8 ? `, … ${entries.length - 8} more` : ''}}`;
  return text.length > 400 ? `${[...text].slice(0, 400).join('')}…` : text;
}

/** A sentence about a pointer that leads nowhere: what was looked for, what is there, and the nearest places that exist. */
export function missingPlace(field: string, pointer: Pointer, value: Json): string {
  const near = nearestNames(pointer, placesOf(value));
  const hint = near.length > 0 ? `; did you mean ${near.map((place) => `"${place}"`).join(' or ')}?` : '';
  return `${field} is "${pointer}", but the reply is ${describeShape(value)}${hint}`;
}

/** Pointers into a value, breadth first: at most 200, with keys that can be shown. */
function placesOf(value: Json): string[] {
  const places: string[] = [];
  const queue: [string, Json][] = [['', value]];
  for (const [path, item] of queue) {
    if (item === null || typeof item !== 'object') continue;
    for (const [key, child] of Object.entries(item).slice(0, 20)) {
      if (places.length >= 200) return places;
      if (showKey(key) !== key) continue;
      const place = `${path}/${key}`;
      places.push(place);
      queue.push([place, child]);
    }
  }
  return places;
}

/** Keys come from the agent: anything but a plain word is quoted and cut. */
function showKey(key: string): string {
  if (/^[\w$.-]{1,40}$/.test(key)) return key;
  return JSON.stringify(shortened(key.slice(0, 400).replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' '), 40));
}
