import { type Score, scored, unscored } from '../../records/score.ts';
import { roundText } from './quote.ts';

/** One measured number and the most or least that it may be. */
export interface Limit {
  /** What was measured, such as `latency`. */
  name: string;
  /** Absent: it was not measured. */
  value: number | undefined;
  max?: number | undefined;
  min?: number | undefined;
  /** Put after numbers, such as ` ms`. */
  unit: string;
}

/** Passes when every given limit holds; a number that was not measured makes the score unscored, unless another limit is broken. */
export function checkLimits(limits: readonly Limit[]): Score {
  const active = limits.filter((limit) => limit.max !== undefined || limit.min !== undefined);
  const broken = active.find((limit) => limit.value !== undefined && isBroken(limit, limit.value));
  if (broken) return scored(0, describe(broken));
  const absent = active.find((limit) => limit.value === undefined || !Number.isFinite(limit.value));
  if (absent) return unscored(`the agent did not report its ${absent.name}`);
  return scored(1, active.map(describe).join('; '));
}

function isBroken({ max, min }: Limit, value: number): boolean {
  return (max !== undefined && value > max) || (min !== undefined && value < min);
}

function describe({ name, value = 0, max, min, unit }: Limit): string {
  const said = `${name} was ${roundText(value)}${unit}`;
  if (max !== undefined && value > max) return `${said}, more than ${roundText(max)}${unit}`;
  if (min !== undefined && value < min) return `${said}, less than ${roundText(min)}${unit}`;
  return max === undefined ? `${said}, at least ${roundText(min ?? 0)}${unit}` : `${said}, at most ${roundText(max)}${unit}`;
}
