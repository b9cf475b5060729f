import type { Node } from 'yaml';
import type { Json, JsonObject } from '../../records/json.ts';

/** What an item of a YAML list is. */
export interface YamlValue {
  value: Json;
  /** Of what it holds, with what its aliases name. */
  levels: number;
  /** Values, those that aliases repeat included. */
  size: number;
  /** The first thing that is wrong with it; its value is then of no use. */
  fault?: YamlFault;
}

export interface YamlFault {
  node: unknown;
  message: string;
  remedy: string;
}

/** Values of one row at most, where aliases repeat some: written out they would be a file of their own. */
const maxRepeated = 100_000;
/** Of all rows together: each is followed again for every row that has it. */
const maxRepeatedOfAll = 2_000_000;

/** Makes values of nodes in the order of the text: an alias is what was last called so before it. Written levels are few enough to follow. */
export function makeYamlValues({ isAlias, isMap, isScalar, isSeq }: typeof import('yaml')): (node: unknown) => YamlValue {
  const anchors = new Map<string, YamlValue>();
  let repeated = 0;
  const aliasOf = (node: { source: string }): YamlValue => {
    const found = anchors.get(node.source);
    repeated += found?.size ?? 0;
    if (repeated > maxRepeatedOfAll)
      return faulty(node, `the aliases so far make more than ${maxRepeatedOfAll} values`, 'write out what the samples need');
    if (found) return found;
    return faulty(node, `the alias "*${node.source.slice(0, 100)}" stands before or inside what it names`, 'write the value out instead');
  };
  const listOf = (items: readonly unknown[]): YamlValue => {
    const list: Json[] = [];
    const whole: YamlValue = { value: list, levels: 1, size: 1 };
    for (const item of items) {
      const made = readNode(item);
      add(whole, made, item);
      list.push(made.value);
    }
    return whole;
  };
  const mapOf = (items: readonly { key: unknown; value: unknown }[]): YamlValue => {
    const object: JsonObject = {};
    const whole: YamlValue = { value: object, levels: 1, size: 1 };
    for (const { key, value } of items) {
      const name = readNode(key);
      if (name.value !== null && typeof name.value === 'object')
        whole.fault ??= { node: key, message: 'a key must be text', remedy: 'put it in quotes' };
      const text = name.value === null ? '' : String(name.value);
      if (Object.hasOwn(object, text))
        whole.fault ??= { node: key, message: 'the same key is written twice in one object', remedy: 'keep one of them' };
      add(whole, name, key);
      const made = readNode(value);
      add(whole, made, value ?? key);
      setOwn(object, text, made.value);
    }
    return whole;
  };
  const written = (node: unknown): YamlValue => {
    const { tag } = (node ?? {}) as Partial<Node>;
    if (tag !== undefined && !coreTags.has(tag))
      return faulty(node, 'YAML tags ("!name") are not accepted', 'put text that starts with "!" in quotes');
    if (isScalar(node)) return scalarOf(node, node.value);
    if (isSeq(node)) return listOf(node.items);
    return isMap(node) ? mapOf(node.items) : { value: null, levels: 0, size: 1 };
  };
  const readNode = (node: unknown): YamlValue => {
    if (isAlias(node)) return aliasOf(node);
    const made = written(node);
    const { anchor } = (node ?? {}) as Partial<Node & { anchor: string }>;
    if (anchor !== undefined) anchors.set(anchor, made);
    return made;
  };
  return readNode;

  function add(whole: YamlValue, { levels, size, fault }: YamlValue, node: unknown): void {
    whole.levels = Math.max(whole.levels, levels + 1);
    whole.size += size;
    if (fault) whole.fault ??= fault;
    if (isAlias(node) && whole.size > maxRepeated)
      whole.fault ??= { node, message: `aliases make more than ${maxRepeated} values of it`, remedy: 'write out what the sample needs' };
  }
}

/** A key that would set a prototype is one like any other. */
function setOwn(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
  else object[key] = value;
}

function scalarOf(node: unknown, value: unknown): YamlValue {
  if (typeof value === 'number' && !Number.isFinite(value)) return faulty(node, 'the number cannot be kept', 'put it in quotes if it is text');
  return { value: (value ?? null) as Json, levels: 0, size: 1 };
}

function faulty(node: unknown, message: string, remedy: string): YamlValue {
  return { value: null, levels: 0, size: 1, fault: { node, message, remedy } };
}

const coreTags: ReadonlySet<string> = new Set(['map', 'seq', 'str', 'null', 'bool', 'int', 'float'].map((name) => `tag:yaml.org,2002:${name}`));
