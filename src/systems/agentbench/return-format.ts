import type { Json, JsonObject } from '../../records/json.ts';
import { pythonLiteral, pythonText } from './python-literal.ts';

/** A format string that cannot work, or a value that it does not fit. */
export class FormatProblem extends Error {
  override readonly name = 'FormatProblem';
}

/** Fills a format string. @throws FormatProblem for a field or index that its values do not have. */
export type Format = (values: JsonObject) => string;

interface Field {
  name: string;
  keys: readonly (string | number)[];
  isLiteral: boolean;
  written: string;
}

/**
 * Compiles a format string of Python whose fields are named: `{name}`, `{name[key][0]}`, with `!r` or `!s` at the end, and `{{`,
 * `}}` for braces. An index of digits is a number, for lists and text; quotes belong to the key. Whole objects become Python literals.
 * @throws FormatProblem for single braces, other names, attributes and format specs.
 */
export function compileFormat(format: string, names: readonly string[]): Format {
  const pieces: (string | Field)[] = [];
  let end = 0;
  for (const { 0: found, index } of format.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]/g)) {
    if (index > end) pieces.push(format.slice(end, index));
    end = index + found.length;
    if (found === '{' || found === '}') {
      throw new FormatProblem(`a single "${found}" at character ${index + 1}; write "${found}${found}" for the character itself`);
    }
    pieces.push(found === '{{' || found === '}}' ? found.slice(1) : parseField(found, names));
  }
  if (end < format.length) pieces.push(format.slice(end));
  return (values) => pieces.map((piece) => (typeof piece === 'string' ? piece : fill(piece, values))).join('');
}

/** The reply of an AgentBench endpoint as `return_format` shows it. @throws FormatProblem as `compileFormat`. */
export function formatResponse(format: string, response: Json): string {
  return compileFormat(format, ['response'])({ response });
}

function parseField(written: string, names: readonly string[]): Field {
  const parsed = /^\{([^[\]!:.]*)((?:\[[^\]]*\])*)(?:!([rs]))?:?\}$/.exec(written);
  const [, name = '', path = '', conversion] = parsed ?? [];
  if (!parsed || !names.includes(name)) {
    const known = names.map((known) => `{${known}}`).join(', ');
    throw new FormatProblem(`"${written}" is not understood: expected ${known}, with [key] or [0] behind the name for a part of it`);
  }
  const keys = [...path.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => {
    if (key === '') throw new FormatProblem(`"${written}" has an empty index`);
    return /^\d+$/.test(key) ? Number(key) : key;
  });
  return { name, keys, isLiteral: conversion === 'r', written };
}

function fill({ name, keys, isLiteral, written }: Field, values: JsonObject): string {
  let found: Json = values[name] ?? null;
  let where = name;
  for (const key of keys) {
    const next = childOf(found, key);
    if (next === undefined) throw new FormatProblem(`"${written}" does not fit: ${where} is ${shapeOf(found)} and has no [${key}]`);
    found = next;
    where += `[${key}]`;
  }
  return isLiteral ? pythonLiteral(found) : pythonText(found);
}

/** A mapping of a JSON reply has text keys only, so that a number finds nothing there. */
function childOf(value: Json, key: string | number): Json | undefined {
  if (typeof key === 'number') return typeof value === 'string' ? [...value][key] : Array.isArray(value) ? value[key] : undefined;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function shapeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object') return typeof value === 'string' ? 'text' : `a ${typeof value}`;
  const keys = Object.keys(value);
  const shown = keys.slice(0, 8).map((key) => key.slice(0, 40));
  return keys.length === 0 ? 'an empty object' : `an object with ${shown.join(', ')}${keys.length > 8 ? ', …' : ''}`;
}
