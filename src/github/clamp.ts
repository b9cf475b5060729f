const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** The longest start of a text that has at most `maxBytes` UTF-8 bytes with the tail included; never half a character. */
export function clampBytes(text: string, maxBytes: number, tail = '…'): string {
  if (byteLength(text) <= maxBytes) return text;
  const room = Math.max(0, maxBytes - byteLength(tail));
  let end = room;
  const bytes = encoder.encode(text);
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  const cut = new TextDecoder().decode(bytes.subarray(0, end)) + tail;
  return byteLength(cut) <= maxBytes ? cut : '';
}
