import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored } from '../records/score.ts';
import { sampleStatusOf } from '../systems/agentbench/controller.ts';
import { valueOfResult } from '../systems/agentbench/history-turns.ts';
import { defineChecker } from './checker.ts';
import { thresholdOption } from './parts/options.ts';

const ResultOptions = z.strictObject({ threshold: thresholdOption(1) });

/**
 * The number, 0..1, in the result of a completed sample: the result itself, or the first of result, success, correct, reward and score
 * that is true, false or such a number. It does not apply to a sample without one, nor to one that was not completed.
 */
export const agentbenchResult = defineChecker({
  type: 'agentbench-result',
  summary: 'What the task of AgentBench says of a completed sample: its result, success, correct, reward or score',
  needs: [],
  example: { type: 'agentbench-result', threshold: 0.5 },
  options: ResultOptions,
  create({ threshold }) {
    return ({ scope }): Score => {
      const state = scope.finalState;
      const own = state !== null && typeof state === 'object' && !Array.isArray(state) ? state : {};
      if (sampleStatusOf(own.status) !== 'completed') return notApplicable('the sample was not completed');
      const said = valueOfResult(own.result);
      if (!said) return notApplicable('the task says no number of the sample');
      return scored(said.value, `the task says ${said.key} = ${said.value}`, { threshold });
    };
  },
});
