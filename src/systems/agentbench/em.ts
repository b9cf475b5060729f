import type { Json } from '../../records/json.ts';
import { pythonEqual } from './python-literal.ts';

/**
 * EM, the metric of a v0.1 task that names none: equal pairs divided by the length of the shorter list, 0..1, with the
 * equality of Python. Null where there is no pair: the original divides by zero.
 */
export function exactMatch(outputs: readonly Json[], targets: readonly Json[]): number | null {
  const pairs = Math.min(outputs.length, targets.length);
  if (pairs === 0) return null;
  const equal = outputs.slice(0, pairs).filter((output, index) => pythonEqual(output, targets[index] as Json)).length;
  return equal / pairs;
}
