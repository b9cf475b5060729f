import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import { outputOf, type ToolCallStep, type Trajectory } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { thresholdOption } from './parts/options.ts';
import { safeTextOf } from './parts/pairs.ts';
import { loadPatternCompiler } from './parts/pattern.ts';
import { countText, quote } from './parts/quote.ts';

const ErrorRecoveryOptions = z.strictObject({
  by: z.described(
    z._default(z.enum(['same-tool', 'any-tool', 'answer']), 'same-tool'),
    'what makes good a failed tool call: same-tool: a later call of that tool that succeeds; any-tool: any later call that succeeds; answer: that, or an answer at the end; default same-tool',
  ),
  errorPattern: z.described(
    z.optional(z.string().check(z.minLength(1))),
    'RE2 pattern; a call whose result matches it failed too, for agents that do not say which calls failed',
  ),
  whenNone: z.described(
    z._default(z.enum(['pass', 'skip']), 'pass'),
    'when nothing failed: pass, or skip (the checker then takes no part); default pass',
  ),
  threshold: thresholdOption(1),
});
type ErrorRecoveryOptions = z.infer<typeof ErrorRecoveryOptions>;

/** A failure that belongs to no tool is made good by any later call that succeeds, or by an answer at the end. */
export const errorRecovery = defineChecker({
  type: 'error-recovery',
  summary: 'After a tool failed the agent tried again or found another way; the value is the share of failures made good',
  needs: ['tools'],
  example: { type: 'error-recovery', by: 'same-tool' },
  options: ErrorRecoveryOptions,
  async create(options) {
    const { errorPattern } = options;
    const pattern = errorPattern === undefined ? undefined : (await loadPatternCompiler())(errorPattern, { field: 'errorPattern' });
    const isFailed = ({ isError, result }: ToolCallStep): boolean =>
      isError === true || (pattern !== undefined && result !== undefined && pattern.test(textOfResult(result)));
    return ({ trajectory }) => judge(trajectory, isFailed, options);
  },
});

function judge(trajectory: Trajectory, isFailed: (call: ToolCallStep) => boolean, { by, whenNone, threshold }: ErrorRecoveryOptions): Score {
  if (trajectory.turns.length === 0) return unscored('the agent took no turn');
  const steps = trajectory.turns.flatMap((turn) => turn.steps);
  const hasAnswer = outputOf(trajectory).trim() !== '';
  let failures = 0;
  let lost: string | undefined;
  let lostCount = 0;
  // From the end, so that what succeeds later is known.
  const succeeded = new Set<string>();
  for (const step of steps.toReversed()) {
    if (step.kind === 'message') continue;
    if (step.kind === 'toolCall' && !isFailed(step)) {
      succeeded.add(nameOf(step));
      continue;
    }
    failures++;
    const isSame = step.kind === 'toolCall' && by === 'same-tool' ? succeeded.has(nameOf(step)) : succeeded.size > 0;
    const isMadeGood = isSame || (hasAnswer && (by === 'answer' || step.kind === 'error'));
    if (isMadeGood) continue;
    lostCount++;
    lost = step.kind === 'toolCall' ? `the tool ${quote(step.name, 60)} failed` : `there was an error, ${quote(step.message)}`;
  }
  if (failures === 0) return whenNone === 'skip' ? notApplicable('nothing failed') : scored(1, 'nothing failed');
  if (lost === undefined) return scored(1, `${countText(failures, 'failure')}, made good`, { threshold });
  return scored((failures - lostCount) / failures, `${lostCount} of ${countText(failures, 'failure')} not made good: ${lost}`, { threshold });
}

function nameOf({ server, name }: ToolCallStep): string {
  return server === undefined ? name : `${server}__${name}`;
}

/** The head says whether it is an error; a page of data is not searched. */
function textOfResult(result: Json): string {
  return safeTextOf(result).slice(0, 10_000);
}
