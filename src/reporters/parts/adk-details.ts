import type { SlotEvidence } from '../../records/evidence.ts';
import type { Sample } from '../../records/sample.ts';
import type { Turn } from '../../records/trajectory.ts';
import { type EvalStatus, finalStatus, poolRuns, statusOf } from '../../systems/adk/status.ts';
import { escapeTerminal } from './escape.ts';

const line = '-'.repeat(69);
/** Characters of one value; the run log has all of them. */
const maxValueLength = 4_000;
const valueColumn = 30;

/** What ADK's `--print_detailed_results` shows of one case: metrics over all runs, then every turn with what was expected and what came. */
export function adkCaseDetails(sample: Sample, slots: readonly SlotEvidence[]): { text: string; status: EvalStatus } {
  const metrics = metricsOf(slots);
  const status = caseStatus(slots, metrics);
  const { eval_set_id: set, eval_id: evalId } = sample.row;
  const out = ['*'.repeat(68), `Eval Set Id: ${escapeTerminal(String(set ?? ''))}`, `Eval Id: ${escapeTerminal(String(evalId ?? sample.id))}`];
  out.push(`Overall Eval Status: ${status}${runsText(slots)}`);
  for (const { name, status: own, score, threshold, reason } of metrics) {
    out.push(line, `Metric: ${escapeTerminal(name)}, Status: ${own}, Score: ${score ?? 'none'}, Threshold: ${threshold ?? 'none'}`);
    if (reason !== '') out.push(`  ${escapeTerminal(reason)}`);
  }
  out.push(line, 'Invocation Details:');
  if (slots.length === 0) out.push('', 'No answer: it was not asked');
  for (const slot of slots) out.push(...slotLines(sample, slot, slots.length));
  return { text: `${out.join('\n')}\n\n`, status };
}

/** A metric that should have been scored and was not leaves the case without a pass, as it leaves the run incomplete. */
function caseStatus(slots: readonly SlotEvidence[], metrics: readonly MetricLine[]): EvalStatus {
  if (slots.length === 0 || slots.some(({ trajectory }) => !trajectory)) return 'FAILED';
  const { finalEvalStatus } = finalStatus(metrics.map((metric) => metric.status));
  const isOpen = slots.some(({ scores }) => scores.some(({ score }) => score.kind === 'unscored' && score.isApplicable !== false));
  return finalEvalStatus === 'PASSED' && isOpen ? 'NOT_EVALUATED' : finalEvalStatus;
}

/** How many runs were pooled, and what counts beside the pool: the exit code asks every run to pass. */
function runsText(slots: readonly SlotEvidence[]): string {
  if (slots.length < 2) return '';
  const passed = slots.filter(({ outcome }) => outcome === 'pass').length;
  return ` (${slots.length} runs pooled; ${passed} of ${slots.length} passed by itself, and the exit code asks that of each)`;
}

interface MetricLine {
  name: string;
  status: EvalStatus;
  score: number | null;
  threshold: number | undefined;
  reason: string;
}

/** Each metric over all runs, as ADK pools them: the mean of all turns of all runs. Of rubrics every run has a mean of its own. */
function metricsOf(slots: readonly SlotEvidence[]): MetricLine[] {
  const names = [...new Set(slots.flatMap(({ scores }) => scores.map(({ checker }) => checker)))];
  return names.map((name) => {
    const scores = slots.flatMap((slot) => slot.scores.filter(({ checker }) => checker === name).map(({ score }) => score));
    const threshold = scores.flatMap((score) => (score.kind === 'scored' && score.threshold !== undefined ? [score.threshold] : []))[0];
    const only = scores.length === 1 ? scores[0] : undefined;
    const reason = scores[0]?.reason ?? '';
    if (only)
      return {
        name,
        threshold,
        reason,
        ...(only.kind === 'scored' ? { score: only.value, status: only.pass ? 'PASSED' : 'FAILED' } : { score: null, status: 'NOT_EVALUATED' }),
      };
    const runs = scores.map((score) => (score.kind === 'scored' ? (score.perTurn ?? [score.value]) : [null]));
    return { name, threshold, reason: '', ...poolRuns(threshold ?? 1, runs) };
  });
}

function slotLines(sample: Sample, { epoch, trajectory, error, scores }: SlotEvidence, runs: number): string[] {
  const run = runs > 1 ? `, run ${epoch}` : '';
  if (!trajectory) return ['', `No answer${run}: ${escapeTerminal(error?.message ?? 'it was not asked')}`];
  const { turns } = trajectory;
  return turns.flatMap((turn, index) => {
    const wanted = sample.turns[index];
    const perMetric = scores.map(({ checker, score }): [string, string] => {
      if (score.kind === 'unscored') return [checker, 'NOT_EVALUATED'];
      const value = score.perTurn ? (score.perTurn[index] ?? null) : turns.length === 1 ? score.value : null;
      return [checker, value === null ? 'n/a' : `${statusOf(value, score.threshold ?? 1)} (${value})`];
    });
    const expected: [string, string][] = wanted
      ? [
          ['expected_response', textOf(wanted.expected)],
          ['expected_tool_calls', callsText(wanted.toolCalls ?? [])],
        ]
      : [];
    const fields: [string, string][] = [
      ['prompt', textOf(turn.input)],
      ...expected.slice(0, 1),
      ['actual_response', turn.output],
      ...expected.slice(1),
      ['actual_tool_calls', callsText(callsOf(turn))],
      ...perMetric,
    ];
    return ['', `Invocation ${index + 1} of ${turns.length}${run}`, ...fields.flatMap(([label, value]) => fieldLines(label, value))];
  });
}

function callsOf({ steps }: Turn): { name: string; args?: unknown }[] {
  return steps.flatMap((step) => (step.kind === 'toolCall' ? [{ name: step.name, args: step.args }] : []));
}

function callsText(calls: readonly { name: string; args?: unknown }[]): string {
  return calls.map(({ name, args }) => `${name}(${args === undefined ? '' : JSON.stringify(args)})`).join('\n');
}

function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

function fieldLines(label: string, value: string): string[] {
  const shown = value.length > maxValueLength ? `${value.slice(0, maxValueLength)} …` : value;
  const [first = '', ...rest] = (shown.trim() === '' ? '(none)' : shown.trimEnd()).split(/\r?\n/).map(escapeTerminal);
  const head = `  ${escapeTerminal(label)}: `.padEnd(valueColumn);
  return [`${head}${first}`, ...rest.map((one) => `${' '.repeat(head.length)}${one}`)];
}
