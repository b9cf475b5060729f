import type { Problem } from '../errors.ts';
import { type Located, type Place, problemAt } from './located.ts';
import { readPlainJson } from './read-json.ts';

/** Characters of one config file, at most. */
export const maxConfigLength = 1_048_576;

/**
 * YAML (1.2 core schema) or, by the file ending `.json`, JSON text as located values. Both get lines and columns.
 * Refused: more than 1 MiB, duplicate keys, several documents, tags, merge keys, prototype keys, keys that are not
 * text, numbers that cannot be kept exactly, aliases that expand to more than 100 000 values. Empty text is null.
 */
export async function readConfigText(text: string, file: string): Promise<{ root: Located; problems: Problem[] }> {
  const start: Place = { file, line: 1, column: 1 };
  if (text.length > maxConfigLength) {
    const message = `the file is larger than 1 MiB (${text.length} characters)`;
    const remedy = 'keep samples in their own files and name them in "samples"';
    return { root: { kind: 'scalar', value: null, at: start }, problems: [problemAt(start, [], { message, remedy })] };
  }
  // The YAML reader is large: JSON that is all right does without.
  const json = file.toLowerCase().endsWith('.json') ? readPlainJson(text.replace(/^\uFEFF/, ''), file) : undefined;
  if (json) return { root: json, problems: [] };
  const { readYaml } = await import('./read-yaml.ts');
  return readYaml(text, file);
}
