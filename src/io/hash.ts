import { hash } from 'node:crypto';

/** sha256 of text (as UTF-8) or bytes, 64 lower-case hex digits. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** The first `digits` hex digits of the sha256; 16 as in fingerprints. */
export function shortDigest(content: string | Uint8Array, digits = 16): string {
  const whole = sha256(content);
  // V8 keeps the whole text for a slice of 13 characters or more; shorter ones are copies.
  let digest = '';
  for (let start = 0; start < digits; start += 8) digest += whole.slice(start, Math.min(start + 8, digits));
  return digest;
}
