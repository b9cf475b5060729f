import type { Json, JsonObject } from '../records/json.ts';
import type { AdkCase } from '../systems/adk/eval-set.ts';
import type { AdkRubric } from '../systems/adk/rubrics.ts';
import { type DatasetRow, defineDataset } from './dataset.ts';
import { readAll } from './parts/text.ts';

/**
 * An eval set of the Agent Development Kit in any of its three shapes. The id of a sample is `SET:eval_id`; a file of an
 * old shape is called after its file. The case itself stays reachable as `{{row.conversation}}`, `{{row.session_input}}`,
 * `{{row.final_session_state}}` and so on.
 */
export const adk = defineDataset({
  type: 'adk',
  summary: 'eval sets and test files of the Agent Development Kit, old shapes too, as they are',
  extensions: ['.evalset.json', '.test.json'],
  async *rows(source, file) {
    // Most suites never read one: every start of the program would pay for it.
    const [{ parseJsonText }, { readEvalSet }] = await Promise.all([import('../systems/adk/json-text.ts'), import('../systems/adk/eval-set.ts')]);
    const { value, source: place } = parseJsonText(await readAll(source, file), { file, code: 'dataset-invalid' });
    const fileName = file.split('/').at(-1) ?? file;
    const { evalSetId, cases } = readEvalSet(value, { fileName, source: place });
    for (const one of cases) {
      yield one.case
        ? { row: rowOf(one.case, evalSetId), line: one.case.line }
        : ({ row: {}, line: one.line, problem: one.problem } satisfies DatasetRow);
    }
  },
});

function rowOf(one: AdkCase, evalSetId: string): JsonObject {
  const { evalId, turns, scenario, session, rubrics, finalSessionState, raw } = one;
  const { conversation = null, session_input = null } = { conversation: raw.conversation, session_input: raw.session_input ?? raw.sessionInput };
  const ofTurns = (turns ?? []).map((turn) => turn.rubrics.map(plainRubric));
  return {
    id: `${evalSetId}:${evalId}`,
    ...(turns
      ? {
          turns: turns.map(
            ({ input, expected, toolCalls, messages }): JsonObject => ({
              input,
              expected,
              toolCalls: toolCalls.map(({ name, args }): JsonObject => ({ name, args })),
              ...(messages.length > 0 ? { messages } : {}),
            }),
          ),
        }
      : {}),
    ...(scenario
      ? { scenario: { opening: scenario.opening, plan: scenario.plan, ...(scenario.persona === undefined ? {} : { persona: scenario.persona }) } }
      : {}),
    ...(session?.state ? { state: session.state } : {}),
    eval_set_id: evalSetId,
    eval_id: evalId,
    ...(conversation === null ? {} : { conversation }),
    ...(session_input === null ? {} : { session_input }),
    ...(rubrics.length > 0 ? { rubrics: rubrics.map(plainRubric) } : {}),
    ...(ofTurns.some((list) => list.length > 0) ? { turn_rubrics: ofTurns } : {}),
    ...(finalSessionState ? { final_session_state: finalSessionState } : {}),
  };
}

function plainRubric({ id, text, type }: AdkRubric): Json {
  return { rubric_id: id, rubric_content: { text_property: text }, ...(type === undefined ? {} : { type }) };
}
