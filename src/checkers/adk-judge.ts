import { ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import { defaultSamples, defaultStopSignal } from '../systems/adk/metrics.ts';
import { type Check, defineChecker } from './checker.ts';
import { type AdkJudgement, JudgeSilent, judgeMetric } from './parts/adk-metrics.ts';
import { adkPromptVersion } from './parts/adk-questions.ts';
import { thresholdOption } from './parts/options.ts';
import { roundText } from './parts/quote.ts';

const words = z.string().check(z.minLength(1), z.maxLength(20_000));

const AdkJudgeOptions = z.strictObject({
  metric: z.described(
    z.enum([
      'final_response_match_v2',
      'rubric_based_final_response_quality_v1',
      'rubric_based_tool_use_quality_v1',
      'rubric_based_multi_turn_trajectory_quality_v1',
      'hallucinations_v1',
      'per_turn_user_simulator_quality_v1',
    ]),
    'which metric, by its name in ADK',
  ),
  threshold: thresholdOption(0.8),
  samples: z.described(
    z._default(z.int().check(z.minimum(1), z.maximum(25)), defaultSamples),
    'questions to the judge per turn, of which the majority counts and a tie is no, 1..25; hallucinations_v1 asks once; default 5',
  ),
  rubrics: z.described(
    z._default(z.array(z.strictObject({ id: words.clone(), text: words.clone(), type: z.optional(z.string()) })).check(z.maxLength(50)), []),
    'of the rubric metrics: what has to hold, {id, text}; those of the case and its turns, in its row, are added when their type fits',
  ),
  intermediate: z.described(
    z._default(z.boolean(), false),
    'what the agent said on the way counts too: as part of the answer, and for hallucinations_v1 as answers of their own; default false',
  ),
  stop: z.described(
    z._default(z.string().check(z.minLength(1)), defaultStopSignal),
    'of per_turn_user_simulator_quality_v1: what ends a conversation; default </finished>',
  ),
  temperature: z.described(z.optional(z.number().check(z.minimum(0), z.maximum(2))), '0..2; absent: the default of the endpoint'),
});
type AdkJudgeOptions = z.infer<typeof AdkJudgeOptions>;

/**
 * A metric of the Agent Development Kit that a model judges, added up as ADK does: turns by their majority, a case by the
 * mean of its turns, rubrics by the mean of every verdict. A judge that refuses or cannot be reached makes it unscored,
 * where ADK would leave the turn out.
 */
export const adkJudge = defineChecker({
  type: 'adk-judge',
  summary: 'A judged metric of the Agent Development Kit: final response match, rubrics, hallucinations, quality of the simulated user',
  needs: ['judge'],
  example: { type: 'adk-judge', metric: 'hallucinations_v1', threshold: 0.8 },
  options: AdkJudgeOptions as z.ZodMiniType<AdkJudgeOptions>,
  isPure: false,
  costsMoney: true,
  version: adkPromptVersion,
  create(options, { judge: port }): Check {
    if (!port) throw new ToolError({ code: 'judge-missing', message: 'the suite has no judge settings', remedy: 'add judge: {model: …}' });
    const { threshold, metric } = options;
    const judging = {
      ...options,
      temperature: options.temperature,
      rubrics: options.rubrics.map(({ id, text, type }) => ({ id, text, ...(type === undefined ? {} : { type }) })),
      port,
    };
    return async (input) => {
      if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
      try {
        return scoreOf(await judgeMetric(input, judging), metric, threshold);
      } catch (error) {
        if (!(error instanceof JudgeSilent)) throw error;
        return { ...unscored(error.message), ...(error.usage ? { judge: error.usage } : {}) };
      }
    };
  },
});

function scoreOf({ value, perTurn, reason, usage, isNotApplicable }: AdkJudgement, metric: string, threshold: number): Score {
  const paid = usage && usage.calls > 0 ? { judge: usage } : {};
  if (isNotApplicable) return notApplicable(reason);
  if (value === null) return { ...unscored(reason), ...paid };
  return { ...scored(value, `${metric} is ${roundText(value)}: ${reason}`, { threshold, perTurn }), threshold, ...paid };
}
