const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** The longest start of a text that has at most `maxBytes` UTF-8 bytes with the tail included; never half a character as a person sees it. */
export function clampBytes(text: string, maxBytes: number, tail = '…'): string {
  if (byteLength(text) <= maxBytes) return text;
  const room = Math.max(0, maxBytes - byteLength(tail));
  const { read } = encoder.encodeInto(text, new Uint8Array(room));
  const cut = text.slice(0, graphemeStart(text, read)) + tail;
  return byteLength(cut) <= maxBytes ? cut : '';
}

/** UTF-16 units around a cut among which a character begins; longer ones are cut inside. */
const lookAround = 64;

/** The nearest place not after `index` at which a character as a person sees it begins. */
function graphemeStart(text: string, index: number): number {
  const from = Math.max(0, index - lookAround);
  const near = text.slice(from, index + lookAround);
  const start = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(near).containing(index - from)?.index ?? index - from;
  return start === 0 && from > 0 ? index : from + start;
}
