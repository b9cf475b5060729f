/*
 * Numbers as people read them. The locale is fixed, the unit is always printed, a minus is U+2212 and zero has no sign.
 * Every function expects a finite number; anything else reads "n/a".
 */

const missing = 'n/a';

/** `0.8417` → `84.2 %`. */
export function percent(fraction: number): string {
  return withUnit(fraction * 100, 1, ' %');
}

/** Percentage points of a difference of rates: `-0.072` → `−7.2 pp`, `0.012` → `+1.2 pp`. */
export function points(difference: number): string {
  return Number.isFinite(difference) ? `${signed(difference * 100, 1)} pp` : missing;
}

/** An interval in percentage points without the unit, to stand beside one: `−11.0 … −3.5`. */
export function pointsInterval(interval: readonly [number, number]): string {
  return interval.every(Number.isFinite) ? `${signed(interval[0] * 100, 1)} … ${signed(interval[1] * 100, 1)}` : missing;
}

/** `1.2437` → `×1.24`. */
export function ratio(value: number): string {
  return Number.isFinite(value) ? `×${fixed(value, 2)}` : missing;
}

/** An interval of ratios: `1.10 … 1.40`. */
export function ratioInterval(interval: readonly [number, number]): string {
  return interval.every(Number.isFinite) ? `${fixed(interval[0], 2)} … ${fixed(interval[1], 2)}` : missing;
}

/** A mean score in 0..1: `0.90`. */
export function score(value: number): string {
  return withUnit(value, 2, '');
}

/** A p-value: three digits after the point, never "0". */
export function probability(p: number): string {
  if (!Number.isFinite(p)) return missing;
  return p < 0.001 ? '< 0.001' : p > 0.999 ? '> 0.999' : fixed(p, 3);
}

/** Milliseconds: `812 ms`, `4.2 s`, `3 min 12 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return missing;
  if (Math.round(ms) < 1000) return `${fixed(ms, 0)} ms`;
  if (Math.round(ms / 100) < 600) return `${fixed(ms / 1000, 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Hours since: `40 min old`, `20 h old`, `3 days old`. */
export function age(hours: number): string {
  if (!Number.isFinite(hours)) return missing;
  if (hours < 1) return `${fixed(hours * 60, 0)} min old`;
  return hours < 48 ? `${fixed(hours, 0)} h old` : `${fixed(hours / 24, 0)} days old`;
}

/** US dollars, with as many digits as a small amount needs: `$0.84`, `$0.0031`, `$1,204.50`. */
export function cost(usd: number): string {
  if (!Number.isFinite(usd)) return missing;
  if (usd > 0 && usd < 0.0001) return '< $0.0001';
  return `$${grouped(fixed(usd, usd > 0 && usd < 0.1 ? 4 : 2))}`;
}

/** Whole things: `12,345`. */
export function count(value: number): string {
  return Number.isFinite(value) ? grouped(fixed(value, 0)) : missing;
}

/** `1 sample`, `6 samples`; the plural adds an s unless it is given. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** A plain measured number by the unit in its name: `latencyMs`, `costUsd`, otherwise at most three digits after the point. */
export function metric(name: string, value: number): string {
  if (name.endsWith('Ms')) return duration(value);
  if (name.endsWith('Usd')) return cost(value);
  if (!Number.isFinite(value)) return missing;
  // Three decimals beside a two-digit number would be read as thousands: 10.241.
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return grouped(digits === 0 ? fixed(value, 0) : fixed(value, digits).replace(/\.?0+$/, ''));
}

/** Bytes of the text in UTF-8; a lone surrogate counts as its replacement character. */
export function utf8Bytes(text: string): number {
  if (/^[\n\x20-\x7e]*$/.test(text)) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair counts two of its four bytes; a half alone is written as U+FFFD, three bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPaired(text, i, code) ? 2 : 3;
  }
  return bytes;
}

function isPaired(text: string, index: number, code: number): boolean {
  if (code >= 0xd800 && code < 0xdc00) return (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
  return code >= 0xdc00 && code < 0xe000 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
}

function withUnit(value: number, digits: number, unit: string): string {
  return Number.isFinite(value) ? fixed(value, digits) + unit : missing;
}

function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return /^[0.]+$/.test(text) || text.startsWith('−') ? text : `+${text}`;
}

/** `toFixed` with a real minus and without a negative zero. */
function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && !/^[0.]+$/.test(text) ? `−${text}` : text;
}

function grouped(text: string): string {
  const [whole = '', rest] = text.split('.');
  const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return rest === undefined ? separated : `${separated}.${rest}`;
}
