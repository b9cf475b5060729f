import type { Json } from '../../../records/json.ts';
import { type At, beyondVariables, isMap, type Noter, variablesIn } from './notes.ts';
import type { Placed } from './tests.ts';

/** A prompt with its placeholders, and the messages that it stands for. */
export interface Prompt {
  label: string;
  text: string;
  messages: { role: string; content: string }[];
  variables: string[];
}

/** The prompts of a config, files read; of programs none, and noted. */
export function readPrompts(
  given: readonly Placed[],
  by: { note: Noter; readText(reference: string, at: At, field: string): string | undefined },
): Prompt[] {
  return given.flatMap(({ value, at, field }) => {
    const [raw, label] = rawOf(value);
    if (raw === undefined) {
      by.note(at, field, 'the prompt is left out: it is neither text nor a file');
      return [];
    }
    for (const key of isMap(value) ? Object.keys(value) : []) {
      if (!['raw', 'id', 'label'].includes(key)) by.note(at, `${field}.${key}`, `"${key}" of the prompt is left out`);
    }
    const file = /^file:\/\/(.+)$/.exec(raw)?.[1] ?? (/^[\w./-]+\.(txt|json|md|ya?ml|j2|js|mjs|cjs|ts|py)$/.test(raw) ? raw : undefined);
    if (file === undefined) return [promptOf(raw, label ?? raw, { at, field, note: by.note })];
    if (!/\.(txt|json|md|j2)$/.test(file)) {
      by.note(at, field, `the prompt ${file} is left out: only .txt, .md, .j2 and .json files are read`);
      return [];
    }
    const text = by.readText(file, at, field);
    if (text === undefined) return [];
    const parts = file.endsWith('.txt') ? text.split(/^---\s*$/m) : [text];
    return parts.map((part, index) =>
      promptOf(part.trim(), label ?? (parts.length > 1 ? `${file} ${index + 1}` : file), { at, field, note: by.note }),
    );
  });
}

function rawOf(value: Json): [raw: string | undefined, label?: string | undefined] {
  if (typeof value === 'string') return [value];
  if (!isMap(value)) return [undefined];
  const raw = value.raw ?? value.id;
  return [typeof raw === 'string' ? raw : undefined, typeof value.label === 'string' ? value.label : undefined];
}

function promptOf(text: string, label: string, { at, field, note }: { at: At; field: string; note: Noter }): Prompt {
  const odd = beyondVariables(text);
  if (odd !== undefined) note(at, field, `${odd} of the prompt is kept as it is, and nothing fills it in: only {{variables}} are understood`);
  return { label, text, messages: messagesOf(text), variables: [...new Set(variablesIn(text))] };
}

/** A JSON list of messages with texts is a conversation, anything else one message of the user. */
function messagesOf(text: string): Prompt['messages'] {
  try {
    const list: unknown = text.startsWith('[') ? JSON.parse(text) : undefined;
    const isMessage = (item: Json): boolean => isMap(item) && typeof item.role === 'string' && typeof item.content === 'string';
    if (Array.isArray(list) && list.length > 0 && list.every(isMessage)) return list as Prompt['messages'];
  } catch {
    // Not JSON: plain text that begins with a bracket.
  }
  return [{ role: 'user', content: text }];
}
