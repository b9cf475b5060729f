/** 0.914 → `91.4 %`. */
export function percent(rate: number): string {
  return `${signless((rate * 100).toFixed(1))} %`;
}

/** −0.072 → `−7.2 pp`; a positive change has its sign too. */
export function points(change: number): string {
  return `${signed(change * 100)} pp`;
}

/** `−11.0 … −3.5`, percentage points. */
export function pointsRange([low, high]: readonly [number, number]): string {
  return `${signed(low * 100)} … ${signed(high * 100)}`;
}

/** `p = 0.0004`, or `p < 0.0001`. */
export function probability(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}

/** `1 sample`, `2 samples`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** At most `most` items, then how many more there are. */
export function listed(items: readonly string[], most = 3): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ');
}

function signed(value: number): string {
  const text = value.toFixed(1);
  if (Number(text) === 0) return '0.0';
  return value > 0 ? `+${text}` : signless(text);
}

/** A real minus sign; never `-0.0`. */
function signless(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}
