import type { Json, JsonObject } from '../../records/json.ts';

/** `==` of two JSON values as Python sees them: 5 and 5.0, true and 1 are equal, the order of keys is none, an absent value is null. */
export function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [plain(a), plain(b)];
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return left === right;
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], (right as JsonObject)[key]))
  );
}

/** As Python sees it: null, empty and zero values are false. */
export function isTruthy(value: Json | undefined): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value);
  return Object.keys(value).length > 0;
}

function plain(value: Json | undefined): Json {
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}
