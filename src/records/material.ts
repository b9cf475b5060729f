import type { Json } from './json.ts';

/** Characters of one text that a model is shown: about 15,000 tokens. */
export const maxTextLength = 60_000;

/** What somebody else wrote, by name, in order; undefined is left out. */
export type Material = Readonly<Record<string, Json | undefined>>;

/**
 * Texts of strangers for a prompt: one line of JSON between two lines with a marker that is in none of the texts. Neither
 * a line break nor `<` survives as itself, so that no text can end the line, the material or a model's own message mark.
 * A member that is a text of more than `maxTextLength` characters is cut and says so.
 */
export function wrapTexts(material: Material, newMarker: () => string): string {
  const texts: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(material)) {
    if (value !== undefined) texts[name] = typeof value === 'string' ? cutText(value, maxTextLength) : value;
  }
  const json = JSON.stringify(texts).replace(/[<\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  let marker = newMarker();
  while (json.includes(marker)) marker += newMarker();
  return [`BEGIN MATERIAL ${marker}`, json, `END MATERIAL ${marker}`].join('\n');
}

/** At most so many characters, and how many more there were. */
export function cutText(text: string, length: number): string {
  const left = text.length - length;
  return left > 0 ? `${text.slice(0, length)} [… ${left} more characters were left out]` : text;
}
