import { AgentFailure } from '../agents/agent.ts';
import { messageOf, shortened, ToolError } from '../errors.ts';
import type { ModelAnswer, ModelUsage } from '../records/model.ts';
import { isSimulated, type Sample, type Scenario } from '../records/sample.ts';
import { addUsage } from '../records/score.ts';
import type { ConversationEnd, Turn } from '../records/trajectory.ts';
import { compileTemplate, templateProblem, textOf } from '../template.ts';
import { personaText } from './parts/persona.ts';
import { rulesOf, userMessages } from './parts/user-prompt.ts';
import { defineUser, type User, type UserPorts } from './user.ts';

/**
 * A model plays the user of the sample's scenario. The conversation ends when the model says the stop word at the end of its own
 * message, which is then not sent, or with the last turn that is allowed. What the agent says decides neither.
 */
export const simulated = defineUser({
  type: 'simulated',
  summary: 'a model plays the user of a scenario: plan, persona, style, stop word, most turns',
  create(sample, ports) {
    const { scenario } = sample;
    if (!ports || !('model' in ports) || !scenario || !isSimulated(sample)) {
      throw new ToolError({ code: 'user-missing', message: `sample "${sample.id}" has no scenario that a model could play`, remedy: 'give it one' });
    }
    return play(sample, { scenario, ports });
  },
});

function play(sample: Sample, { scenario, ports }: { scenario: Scenario; ports: UserPorts }): User {
  const { settings, model, signal, redact } = ports;
  // Nothing but white space could never be said.
  const stop = scenario.stop?.trim() || settings.stop;
  const maxTurns = scenario.maxTurns ?? settings.maxTurns;
  const rules = rulesFor(sample, { scenario, ports, stop, maxTurns });
  const state: { end?: ConversationEnd; usage?: ModelUsage; isThinking: boolean } = { isThinking: false };

  const seen = new WeakMap<Turn, Turn>();
  const withoutSecrets = (turn: Turn): Turn => {
    // Once for each turn, however long the conversation grows; steps are not shown.
    const known = seen.get(turn) ?? redact({ input: turn.input, output: turn.output, steps: [] });
    seen.set(turn, known);
    return known;
  };
  const think = async (history: readonly Turn[]): Promise<ModelAnswer> => {
    state.isThinking = true;
    try {
      const answer = await model.ask({ messages: userMessages(rules, history.map(withoutSecrets), model.marker), signal });
      const usage = addUsage(state.usage, answer.usage);
      if (usage) state.usage = usage;
      return answer;
    } finally {
      state.isThinking = false;
    }
  };
  return {
    get end() {
      return state.end;
    },
    get isThinking() {
      return state.isThinking;
    },
    get usage() {
      return state.isThinking ? addUsage(state.usage, { calls: 1 }) : state.usage;
    },
    async next(history) {
      if (history.length >= maxTurns) {
        state.end = 'max-turns';
        return undefined;
      }
      if (history.length === 0 && hasOpening(sample)) return sample.input;
      const message = messageIn(await think(history), model.name);
      if (!endsWithStop(message, stop)) return message;
      if (history.length === 0) throw failure('user-model', `${model.name} ended the conversation before it had said anything to the agent`);
      state.end = 'stop';
      return undefined;
    },
  };
}

function hasOpening({ input }: Sample): boolean {
  return input !== '';
}

/** @throws ToolError with the place of the sample when the instructions name what it does not have. */
function rulesFor(
  sample: Sample,
  { scenario, ports, stop, maxTurns }: { scenario: Scenario; ports: UserPorts; stop: string; maxTurns: number },
): string {
  const { style, instructions } = ports.settings;
  const persona = personaText(scenario.persona);
  const plan = scenario.plan ?? '';
  const { id, input, tags, metadata, row, state } = sample;
  const scope = { id, input, tags, metadata, row, state: state ?? {}, plan, persona, stop, maxTurns };
  try {
    const own = instructions === undefined ? '' : textOf(compileTemplate(instructions)(scope));
    return rulesOf({ persona, plan, style, stop, instructions: own });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const message = `user.instructions cannot be filled for sample "${sample.id}": ${templateProblem(error)}`;
    const problem = { file: sample.file, line: sample.line, field: 'user.instructions', message };
    throw new ToolError({ code: 'user-invalid', message, problems: [problem], cause: messageOf(error) });
  }
}

/** What the model wants to say. @throws AgentFailure when there is nothing that can be said. */
function messageIn(answer: ModelAnswer, name: string): string {
  if (answer.kind === 'failed') throw failure('user-model', answer.reason);
  if (answer.kind === 'refused') throw failure('user-refused', `${name} refused to play the user: ${shortened(answer.reason, 300)}`);
  const message = withoutThoughts(answer.text).trim();
  if (message === '') throw failure('user-model', `${name} gave an empty message`);
  return message;
}

/** Some models think aloud before they reply; the agent must not read it. */
function withoutThoughts(text: string): string {
  const start = text.trimStart();
  const end = start.startsWith('<think>') ? start.indexOf('</think>') : -1;
  return end < 0 ? text : start.slice(end + '</think>'.length);
}

/** Whatever stands after the stop word is at most quotes, marks and spaces: a word in the middle of a message ends nothing. */
function endsWithStop(message: string, stop: string): boolean {
  const isMark = (character: string | undefined) => character !== undefined && ' \n\r\t"\'`*_.!'.includes(character);
  const text = message.toLowerCase();
  const word = stop.trim().toLowerCase();
  let end = text.length;
  while (end > 0 && !text.endsWith(word, end) && isMark(text[end - 1])) end -= 1;
  return word !== '' && text.endsWith(word, end);
}

/** It was asked as often as may be: asking the agent all over again would not help. */
function failure(kind: 'user-model' | 'user-refused', message: string): AgentFailure {
  return new AgentFailure(kind, message, { phase: 'answered', isTransient: false });
}
