import type { Json, JsonObject } from '../../records/json.ts';
import type { Score } from '../../records/score.ts';
import type { Turn } from '../../records/trajectory.ts';
import { eventsOfSteps } from '../../systems/adk/content.ts';
import { type EvalStatus, finalStatus, statusNumbers, statusOf } from '../../systems/adk/status.ts';
import type { ExportedSlot } from '../result-format.ts';

/** What belongs to all cases of one file. */
export interface ResultHead {
  app: string;
  evalSetId: string;
  runId: string;
  /** Lowest score that passes by metric, for scores that do not say it themselves. */
  thresholds: Readonly<Record<string, number>>;
}

/** One slot as the result of an eval case, with every field that ADK's loader asks for. */
export function caseResult(slot: ExportedSlot, head: ResultHead): JsonObject {
  const turns = slot.trajectory?.turns ?? [];
  const metrics = slot.scores.map(({ checker, score }) => ({ name: checker, score, threshold: thresholdOf(checker, score, head) }));
  const status =
    slot.outcome === 'error'
      ? 'FAILED'
      : outcomeStatus(
          slot,
          metrics.map(({ score }) => statusOfScore(score)),
        );
  return {
    eval_set_file: head.evalSetId,
    eval_set_id: head.evalSetId,
    eval_id: evalIdOf(slot, head.evalSetId),
    final_eval_status: statusNumbers[status],
    overall_eval_metric_results: metrics.map(({ name, score, threshold }) =>
      metricResult(name, { score: score.kind === 'scored' ? score.value : null, status: statusOfScore(score), threshold }),
    ),
    eval_metric_result_per_invocation: turns.map((turn, index) => ({
      actual_invocation: actualInvocation(turn, { id: `${head.runId}-${slot.epoch}-${index + 1}`, agent: head.app }),
      expected_invocation: expectedInvocation(slot, index),
      eval_metric_results: metrics.map(({ name, score, threshold }) => {
        const value = turnScore(score, index, turns.length);
        return metricResult(name, { score: value, status: statusOf(value, threshold ?? 1), threshold });
      }),
    })),
    session_id: `agent-regress-${head.runId}-${slot.epoch}`,
    user_id: 'agent-regress',
  };
}

/** The id of the case: that of its row, else the sample's without the name of the set. */
function evalIdOf({ id, sample }: ExportedSlot, set: string): string {
  const { eval_id } = sample?.row ?? {};
  if (typeof eval_id === 'string') return eval_id;
  return id.startsWith(`${set}:`) ? id.slice(set.length + 1) : id;
}

function outcomeStatus({ outcome }: ExportedSlot, metrics: readonly EvalStatus[]): EvalStatus {
  if (outcome === 'pass') return 'PASSED';
  return outcome === 'fail' ? 'FAILED' : metrics.includes('FAILED') ? finalStatus(metrics).finalEvalStatus : 'NOT_EVALUATED';
}

function statusOfScore(score: Score): EvalStatus {
  return score.kind === 'unscored' ? 'NOT_EVALUATED' : score.pass ? 'PASSED' : 'FAILED';
}

function thresholdOf(checker: string, score: Score, { thresholds }: ResultHead): number | undefined {
  if (Object.hasOwn(thresholds, checker)) return thresholds[checker];
  return score.kind === 'scored' ? score.threshold : undefined;
}

function turnScore(score: Score, index: number, count: number): number | null {
  if (score.kind === 'unscored') return null;
  return score.perTurn ? (score.perTurn[index] ?? null) : count === 1 ? score.value : null;
}

function metricResult(
  name: string,
  { score, status, threshold }: { score: number | null; status: EvalStatus; threshold: number | undefined },
): JsonObject {
  return {
    metric_name: name,
    ...(threshold === undefined ? {} : { threshold, criterion: { threshold } }),
    score,
    eval_status: statusNumbers[status],
  };
}

function content(role: string, text: string): JsonObject {
  return { role, parts: [{ text }] };
}

function actualInvocation(turn: Turn, { id, agent }: { id: string; agent: string }): JsonObject {
  return {
    invocation_id: id,
    user_content: content('user', textOfInput(turn.input)),
    final_response: content('model', turn.output),
    intermediate_data: { invocation_events: eventsOfSteps(turn.steps, agent) },
    creation_timestamp: 0,
  };
}

function expectedInvocation({ sample }: ExportedSlot, index: number): JsonObject | null {
  const turn = sample?.turns[index];
  if (!turn) return null;
  const { input, expected, toolCalls, messages } = turn;
  return {
    invocation_id: '',
    user_content: content('user', textOfInput(input)),
    final_response: expected === undefined ? null : content('model', textOfInput(expected)),
    intermediate_data: {
      tool_uses: (toolCalls ?? []).map(({ name, args }): JsonObject => ({ name, ...(args ? { args } : {}) })),
      intermediate_responses: (messages ?? []).map((text): Json => ['', [{ text }]]),
    },
    creation_timestamp: 0,
  };
}

function textOfInput(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}
