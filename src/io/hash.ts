import { createHash } from 'node:crypto';

/** sha256 of text (as UTF-8) or bytes, 64 lower-case hex digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The first `digits` hex digits of the sha256; 16 as in fingerprints. */
export function shortDigest(content: string | Uint8Array, digits = 16): string {
  return sha256(content).slice(0, digits);
}
