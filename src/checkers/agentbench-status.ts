import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import { sampleStatusOf } from '../systems/agentbench/controller.ts';
import { verdictOf } from '../systems/agentbench/outcome.ts';
import { defineChecker } from './checker.ts';
import { thresholdOption } from './parts/options.ts';
import { parsePath, valuesAt } from './parts/pointer.ts';
import { quote } from './parts/quote.ts';

const StatusOptions = z.strictObject({
  metric: z.described(
    z.optional(z.string()),
    "path in the task's result of what also counts, such as /result: true and false, or a number 0..1; default: the status alone",
  ),
  threshold: thresholdOption(1),
});

/**
 * `completed` passes, limits, invalid actions and failed validations are fails. A task that broke, and a sample that no task spoke for,
 * are unscored: they say nothing of the agent.
 */
export const agentbenchStatus = defineChecker({
  type: 'agentbench-status',
  summary: 'The task controller of AgentBench says that the sample was completed, and how well where its result tells',
  needs: [],
  example: { type: 'agentbench-status', metric: '/result' },
  options: StatusOptions,
  create({ metric, threshold }) {
    const keys = metric === undefined ? undefined : parsePath(metric);
    return ({ scope }): Score => {
      const state = scope.finalState;
      const own = state !== null && typeof state === 'object' && !Array.isArray(state) ? state : {};
      const status = sampleStatusOf(own.status);
      if (!status) return unscored('no task controller said how the sample ended');
      const verdict = verdictOf(status);
      if (verdict === 'error') return unscored(`the task ended with the status "${status}"${detailOf(own.result)}`);
      if (verdict === 'fail') return scored(0, `the task ended with the status "${status}"`);
      if (!keys) return scored(1, 'the task was completed', { threshold });
      const [value] = valuesAt(own.result ?? null, keys);
      const share = typeof value === 'boolean' ? Number(value) : value;
      if (typeof share !== 'number' || share < 0 || share > 1) {
        const found = value === undefined ? 'nothing' : quote(JSON.stringify(value), 80);
        return unscored(`the result of the task has no metric at ${metric}: expected true, false or a number 0..1, found ${found}`);
      }
      return scored(share, `the task was completed, and its result says ${JSON.stringify(value)}`, { threshold });
    };
  },
});

/** A task that raised tells with what: its last line says most. */
function detailOf(result: unknown): string {
  const last = typeof result === 'string' ? result.trim().split('\n').at(-1) : undefined;
  return last ? `: ${quote(last, 200)}` : '';
}
