import * as z from '../records/schema.ts';
import { notApplicable } from '../records/score.ts';
import { defineChecker } from './checker.ts';

const Options = z.strictObject({
  metric: z.described(z.string().check(z.minLength(1), z.maxLength(200)), 'its name in ADK, such as safety_v1'),
  reason: z.described(
    z._default(z.string().check(z.maxLength(1000)), "only a service of Google's computes it"),
    "why; default: only a service of Google's computes it",
  ),
  threshold: z.described(z.optional(z.number()), 'as the project has it, in the unit of the metric; for reports'),
});

/** Stands for a metric that only a service of Google's, or code of the project's, computes: it is named and decides nothing. A case with nothing else is not passed. */
export const adkNotEvaluated = defineChecker({
  type: 'adk-not-evaluated',
  summary: 'Holds the place of a metric of the Agent Development Kit that cannot be computed here: never scored, decides nothing',
  needs: [],
  example: { type: 'adk-not-evaluated', metric: 'safety_v1', threshold: 0.8 },
  options: Options,
  create:
    ({ metric, reason }) =>
    () =>
      notApplicable(`${metric} is not evaluated: ${reason}`),
});
