import type { Json, JsonObject } from '../../records/json.ts';
import type { AdkMetric, AdkUserSimulator } from '../../systems/adk/eval-config.ts';
import { adkMetrics, defaultJudgeModel, defaultMaxInvocations, defaultStopSignal } from '../../systems/adk/metrics.ts';
import { adkError, valueSource } from '../../systems/adk/source.ts';
import type { ProjectNote, ProjectRequest } from '../project.ts';
import type { CriteriaFile } from './adk-files.ts';

/** What a person has to know, by field of the criteria. */
export type Notes = { field: string; message: string }[];

const matchNames = { EXACT: 'exact', IN_ORDER: 'in-order', ANY_ORDER: 'any-order' } as const;

/** The checkers of a suite, in the order of its criteria. @throws ToolError for a threshold that no score of the metric can be measured by */
export function checkersOf({ config, source }: CriteriaFile): { checkers: JsonObject[]; notes: Notes } {
  const notes: Notes = [...config.notes];
  const checkers = config.metrics.flatMap((metric): JsonObject[] => {
    const field = `criteria.${metric.name}`;
    const kind = Object.hasOwn(adkMetrics, metric.name) ? adkMetrics[metric.name] : undefined;
    if (metric.customFunction === undefined && kind === 'informational') {
      notes.push({ field, message: 'only informs: calls, tokens and time are in every report, and no threshold applies' });
      return [];
    }
    if (metric.customFunction !== undefined || kind === undefined || kind === 'service') {
      const reason =
        metric.customFunction === undefined
          ? kind === 'service'
            ? "only a service of Google's computes it"
            : 'nothing says what computes it'
          : `the Python function ${metric.customFunction} computes it, which does not run here`;
      notes.push({
        field,
        message:
          kind === 'service'
            ? `not evaluated: ${reason}; a judge checker with a rubric of your own may take its place`
            : `not evaluated: ${reason}; write a checker of the type module (JavaScript) or script (any program) for it`,
      });
      return [{ type: 'adk-not-evaluated', name: metric.name, metric: metric.name, reason, threshold: metric.threshold }];
    }
    if (metric.threshold < 0 || metric.threshold > 1) {
      const place = source ?? valueSource('test_config.json', 'project-invalid');
      throw adkError(
        place,
        field,
        `the threshold ${metric.threshold} is outside of 0..1, the range of this metric`,
        'write the lowest score that passes, such as 0.8',
      );
    }
    return [kind === 'judge' ? judged(metric) : native(metric)];
  });
  return { checkers, notes };
}

function native({ name, threshold, matchType = 'EXACT', ignoreArgs }: AdkMetric): JsonObject {
  if (name === 'response_match_score') return { type: 'rouge', name, variant: '1', threshold };
  return { type: 'trajectory', name, match: matchNames[matchType], ...(ignoreArgs ? { args: 'ignore' } : {}), threshold };
}

function judged({ name, threshold, numSamples, rubrics, evaluateIntermediate, includeIntermediate, stopSignal }: AdkMetric): JsonObject {
  const listed = (rubrics ?? []).map(({ id, text, type }): Json => ({ id, text, ...(type === undefined ? {} : { type }) }));
  return {
    type: 'adk-judge',
    name,
    metric: name,
    threshold,
    ...(numSamples === undefined || name === 'hallucinations_v1' ? {} : { samples: numSamples }),
    ...(listed.length > 0 ? { rubrics: listed } : {}),
    ...(evaluateIntermediate || includeIntermediate ? { intermediate: true } : {}),
    ...(stopSignal === undefined ? {} : { stop: stopSignal }),
  };
}

type Surroundings = Pick<ProjectRequest, 'env' | 'variable'> & { has(flag: string): boolean };

const gemini = 'https://generativelanguage.googleapis.com/v1beta/openai';

/** Whether flags say where the model of a role is asked. */
export function isPlacedByFlag(role: 'judge' | 'user', has: (flag: string) => boolean): boolean {
  return has(`${role}-base-url`) || has(`${role}-api-key`);
}

/** Where a model is asked: what flags say is not written, so that they alone count; one of Google's has its own address and key. */
function endpointOf(model: string, role: 'judge' | 'user', { has, env, variable }: Surroundings): JsonObject {
  const key = env.has('GEMINI_API_KEY') && !env.has('GOOGLE_API_KEY') ? 'GEMINI_API_KEY' : 'GOOGLE_API_KEY';
  const isPlaced = isPlacedByFlag(role, has) || !/^(models\/)?gemini/.test(model);
  return { model, ...(isPlaced ? {} : { baseUrl: gemini, apiKey: variable(key) }) };
}

/** The judge of a suite, where a criterion needs one: ADK has one per criterion, a suite has one. */
export function judgeOf(metrics: readonly AdkMetric[], how: Surroundings): { judge?: JsonObject; notes: Notes } {
  const asking = metrics.filter(({ name, customFunction }) => adkMetrics[name] === 'judge' && customFunction === undefined);
  const [first] = asking;
  // Flags of the judge hold for every suite of the call: for one that asks none they need a model to be valid.
  if (!first) return isPlacedByFlag('judge', how.has) ? { judge: { model: defaultJudgeModel }, notes: [] } : { notes: [] };
  const model = first.judgeModel ?? defaultJudgeModel;
  const other = asking.find(({ judgeModel }) => (judgeModel ?? defaultJudgeModel) !== model);
  const notes: Notes = other
    ? [
        {
          field: `criteria.${other.name}`,
          message: `a suite has one judge: ${model} is asked here too, not ${other.judgeModel ?? defaultJudgeModel}`,
        },
      ]
    : [];
  return { judge: endpointOf(model, 'judge', how), notes };
}

/** The simulated user, with ADK's defaults and its stop signal. */
export function userOf(given: AdkUserSimulator | undefined, how: Surroundings): { user: JsonObject; notes: Notes } {
  const notes: Notes = [];
  const note = (name: string, message: string) => notes.push({ field: `user_simulator_config.${name}`, message });
  if (given?.includeFunctionCalls) note('include_function_calls', 'the simulated user sees what was said, not the tool calls');
  if (given && given.maxInvocations === undefined) note('max_allowed_invocations', 'there is always a limit: 1000 messages');
  const instructions = given?.instructions === undefined ? undefined : instructionsOf(given.instructions, note);
  return {
    user: {
      ...endpointOf(given?.model ?? defaultJudgeModel, 'user', how),
      maxTurns: given ? Math.min(given.maxInvocations ?? 1000, 1000) : defaultMaxInvocations,
      stop: defaultStopSignal,
      ...(instructions === undefined ? {} : { instructions }),
      ...(given?.temperature === undefined ? {} : { temperature: given.temperature }),
    },
    notes,
  };
}

const placeholders: Readonly<Record<string, string>> = {
  stop_signal: '{{stop}}',
  conversation_plan: '{{plan}}',
  persona: '{{persona}}',
  conversation_history: '(the conversation so far follows as messages)',
};

/** Custom instructions with the names that a simulated user has here; other marks of the template language are left out. */
function instructionsOf(text: string, note: (name: string, message: string) => void): string {
  let isCut = false;
  const filled = text.replace(/\{\{-?\s*([^{}]*?)\s*-?\}\}/g, (_, name: string) => {
    const known = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    if (known === undefined) isCut = true;
    return known ?? '';
  });
  const plain = filled.replace(/\{%[^%]*%\}/g, () => {
    isCut = true;
    return '';
  });
  if (isCut)
    note('custom_instructions', 'only stop_signal, conversation_plan, conversation_history and persona are filled in; other marks were left out');
  return plain;
}

/** Notes with the place of their fields. */
export function placed(notes: Notes, { source }: CriteriaFile): ProjectNote[] {
  return notes.map(({ field, message }) => ({ file: source?.file ?? 'test_config.json', line: source?.lineOf(field) ?? 1, field, message }));
}
