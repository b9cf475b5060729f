import { appendFileSync } from 'node:fs';

/** `npm run soak` runs all of every sweep; the ordinary tests a share that fits into their time. */
export const isFull = process.env.SOAK === 'full';

/** How many points, cases or rounds a sweep has here. */
export const size = (share: number, full: number): number => (isFull ? full : share);

/** One line of the table that `npm run soak` prints. */
export interface SoakRow {
  /** Such as `G1`. */
  goal: string;
  /** What was done how often, such as `kill -9 at named points, then resume`. Rows of one goal and name replace each other. */
  what: string;
  /** The goal in words and numbers, such as `≥ 500 points; 0 lost, 0 asked again`. */
  wanted: string;
  /** What came out, such as `512 points; 0 lost, 0 asked again`. */
  measured: string;
  isMet: boolean;
}

/** Hands a row to `npm run soak`; the ordinary tests keep none. Call it before the assertions, so that a missed goal is in the table too. */
export function soakRow(row: SoakRow): void {
  const file = process.env.SOAK_ROWS;
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify(row)}\n`);
}
