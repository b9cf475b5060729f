import { ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import { unknownNameRemedy } from '../../registry.ts';
import { type AdkCall, callsOf, checkContent, intermediateTexts, partsOf, textOfContent } from './content.ts';
import { convertLegacy, shapeOf } from './legacy.ts';
import { type AdkRubric, readRubrics } from './rubrics.ts';
import { type AdkFields, type AdkSource, adkError, fieldOf, fieldsOf } from './source.ts';

/** One exchange of a conversation that is written down. */
export interface AdkTurn {
  input: string;
  /** The empty text when the file expects nothing: ADK compares with it all the same. */
  expected: string;
  toolCalls: AdkCall[];
  messages: string[];
  rubrics: AdkRubric[];
}

export interface AdkScenario {
  opening: string;
  plan: string;
  persona?: Json;
}

export interface AdkCase {
  evalId: string;
  /** Exactly one of turns and scenario. */
  turns?: AdkTurn[];
  scenario?: AdkScenario;
  session?: { appName?: string; userId?: string; state?: JsonObject };
  rubrics: AdkRubric[];
  finalSessionState?: JsonObject;
  /** Untouched, as the file has it or as the conversion from an old shape gives it. */
  raw: JsonObject;
  /** 1-based. */
  line: number;
}

/** A case, or what is wrong with it: the next ones can still be read. */
export type ReadCase = { case: AdkCase; problem?: undefined } | { case?: undefined; problem: ToolError; line: number };

export interface EvalSet {
  evalSetId: string;
  isLegacy: boolean;
  name?: string;
  description?: string;
  cases: ReadCase[];
}

/**
 * An eval set in any of the three shapes, with snake_case or camelCase names. A file of an old shape is called after its
 * file, so that its samples keep their ids from run to run.
 * @throws ToolError for a file that is none of them; what is wrong with one case is told in its place
 */
export function readEvalSet(value: Json, options: { fileName: string; initialSession?: JsonObject; source: AdkSource }): EvalSet {
  const { fileName, source } = options;
  const shape = shapeOf(value, source);
  if (shape !== 'eval-set') {
    const { eval_cases } = convertLegacy(value, options);
    const pathOf = (index: number) => (shape === 'old-turns' ? '' : `[${index}]`);
    return { evalSetId: setNameOf(fileName), isLegacy: true, cases: readCases(eval_cases, { source, pathOf, isLegacy: true }) };
  }
  const fields = fieldsOf(value, '', source);
  const evalSetId = fields.requiredText('eval_set_id', 'give the eval set an id: it is part of the ids of its samples');
  const list = fields.list('eval_cases') ?? [];
  const pathOf = (index: number) => `${fields.pathOf('eval_cases')}[${index}]`;
  const [name, description] = [fields.text('name'), fields.text('description')];
  return {
    evalSetId,
    isLegacy: false,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    cases: readCases(list, { source, pathOf, isLegacy: false }),
  };
}

/** The name of a set from its file: without folder and without `.test.json`, `.evalset.json` or `.json`. */
export function setNameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? fileName;
  return base.replace(/(\.test|\.evalset)?\.json$/i, '') || base;
}

function readCases(
  list: readonly Json[],
  { source, pathOf, isLegacy }: { source: AdkSource; pathOf: (index: number) => string; isLegacy: boolean },
): ReadCase[] {
  const seen = new Map<string, number>();
  return list.map((item, index): ReadCase => {
    const path = pathOf(index);
    const line = source.lineOf(path);
    try {
      // What was converted is sound, and its paths are not those of the file.
      const one = caseOf(item, { path, source: isLegacy ? { ...source, lineOf: () => line } : source, line });
      const first = seen.get(one.evalId);
      const field = isLegacy ? `${path}.name` : `${path}.eval_id`;
      if (first !== undefined)
        throw adkError(source, field, `the id ${JSON.stringify(one.evalId)} stands on line ${first} already`, 'give each case an id of its own');
      seen.set(one.evalId, source.lineOf(field));
      return { case: one };
    } catch (error) {
      if (error instanceof ToolError) return { problem: error, line };
      throw error;
    }
  });
}

function caseOf(item: Json, { path, source, line }: { path: string; source: AdkSource; line: number }): AdkCase {
  const fields = fieldsOf(item, path, source);
  const old = ['data', 'query', 'initial_session'].find((key) => Object.hasOwn(fields.object, key));
  if (old !== undefined)
    throw fields.fail(old, 'a field of the old shape stands in a file of the new one', 'write the case as {"eval_id": "…", "conversation": […]}');
  const evalId = fields.requiredText('eval_id', 'give the case an id');
  if (evalId === '') throw fields.fail('eval_id', 'it is empty', 'give the case an id');
  const conversation = fields.list('conversation');
  const scenario = fields.child('conversation_scenario');
  if ((conversation === undefined) === (scenario === undefined)) {
    const found = conversation
      ? 'both "conversation" and "conversation_scenario" are there'
      : 'neither "conversation" nor "conversation_scenario" is there';
    throw fields.fail('', found, 'keep one: turns that are written down, or a scenario that a model plays');
  }
  if (conversation?.length === 0) throw fields.fail('conversation', 'it has no turn', 'write at least one turn');
  const rubrics = readRubrics(fields.list('rubrics') ?? [], fields.pathOf('rubrics'), source);
  const session = sessionOf(fields, source);
  const finalSessionState = fields.child('final_session_state');
  return {
    evalId,
    ...(conversation ? { turns: conversation.map((turn, index) => turnOf(turn, `${fields.pathOf('conversation')}[${index}]`, source)) } : {}),
    ...(scenario ? { scenario: scenarioOf(scenario, fields.pathOf('conversation_scenario'), source) } : {}),
    ...(session ? { session } : {}),
    rubrics,
    ...(finalSessionState ? { finalSessionState } : {}),
    raw: fields.object,
    line,
  };
}

function sessionOf(fields: AdkFields, source: AdkSource): AdkCase['session'] {
  const value = fields.child('session_input');
  if (!value) return undefined;
  const session = fieldsOf(value, fields.pathOf('session_input'), source);
  const [appName, userId, state] = [session.text('app_name'), session.text('user_id'), session.child('state')];
  return { ...(appName ? { appName } : {}), ...(userId ? { userId } : {}), ...(state ? { state } : {}) };
}

function turnOf(value: Json, path: string, source: AdkSource): AdkTurn {
  const fields = fieldsOf(value, path, source);
  const user = fields.child('user_content');
  if (!user) throw fields.fail('user_content', 'it is missing', 'write what the user says, {"role": "user", "parts": [{"text": "…"}]}');
  const userPath = fields.pathOf('user_content');
  checkContent(user, userPath, source);
  const media = partsOf(user).findIndex((part) => ['inline_data', 'file_data'].some((key) => (fieldOf(part, key).value ?? null) !== null));
  if (media >= 0)
    throw adkError(
      source,
      `${userPath}.parts[${media}]`,
      'the part is a file, and only text is sent to an agent',
      'leave the case out, or say it in text',
    );
  const final = fields.child('final_response');
  if (final) checkContent(final, fields.pathOf('final_response'), source);
  const data = fields.child('intermediate_data');
  return {
    input: textOfContent(user),
    expected: textOfContent(final),
    toolCalls: callsOf(data, fields.pathOf('intermediate_data'), source),
    messages: intermediateTexts(data).map(({ text }) => text),
    rubrics: readRubrics(fields.list('rubrics') ?? [], fields.pathOf('rubrics'), source),
  };
}

/** The personas that ADK knows by name. */
const personas = ['EXPERT', 'NOVICE', 'EVALUATOR'];

function scenarioOf(value: JsonObject, path: string, source: AdkSource): AdkScenario {
  const fields = fieldsOf(value, path, source);
  const opening = fields.requiredText('starting_prompt', 'write the first message of the user');
  const plan = fields.requiredText('conversation_plan', 'write what the user wants');
  const persona = fieldOf(fields.object, 'user_persona').value ?? undefined;
  if (typeof persona === 'string' && !personas.includes(persona.trim().toUpperCase())) {
    throw fields.fail(
      'user_persona',
      `the persona ${JSON.stringify(persona)} is not known`,
      `${unknownNameRemedy(persona, personas)}, or an object {id, description, behaviors}`,
    );
  }
  if (persona !== undefined && typeof persona !== 'string') fields.child('user_persona');
  return { opening, plan, ...(persona === undefined ? {} : { persona }) };
}
