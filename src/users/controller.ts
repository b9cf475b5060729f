import { AgentFailure } from '../agents/agent.ts';
import { ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import type { ChatMessage, Input, Sample } from '../records/sample.ts';
import type { Turn } from '../records/trajectory.ts';
import type { AgentResponse, SampleIndex, SampleReply } from '../systems/agentbench/controller.ts';
import { type HistoryItem, windowHistory } from '../systems/agentbench/history.ts';
import { afterInteract, afterStart, errorKindOf, type SampleStep } from '../systems/agentbench/outcome.ts';
import { type ControllerPorts, defineUser, type User } from './user.ts';

/**
 * The controller of an interactive task, as AgentBench 0.2 has them: it says what the task tells the agent, gets what the agent
 * answers, and knows how the sample ended. A sample is one session; an attempt that is over before its session is, cancels it.
 */
export const controller = defineUser({
  type: 'controller',
  summary: 'the task controller of AgentBench 0.2 speaks for the task, over HTTP',
  create(sample, ports) {
    const index = sampleIndexOf(sample);
    if (index === undefined) throw withoutIndex(sample);
    if (!ports || !('controller' in ports)) {
      throw new ToolError({
        code: 'user-missing',
        message: `sample "${sample.id}" has no task controller`,
        remedy: 'add user: {type: controller, …}',
      });
    }
    return speakFor(index, ports);
  },
});

/** What the task calls a sample: its metadata say, or a column of its row. Undefined: nothing does. */
export function sampleIndexOf({ metadata, row }: Pick<Sample, 'metadata' | 'row'>): SampleIndex | undefined {
  const index = metadata.index ?? row.index;
  return typeof index === 'string' || Number.isSafeInteger(index) ? (index as SampleIndex) : undefined;
}

interface Talk {
  step?: SampleStep;
  /** At the controller, for as long as it goes on. */
  session?: SampleReply['session'];
  isWaiting: boolean;
  isTooLong: boolean;
  isOver: boolean;
}

function speakFor(index: SampleIndex, { controller: port, signal, redact }: ControllerPorts): User {
  const talk: Talk = { isWaiting: false, isTooLong: false, isOver: false };
  const take = async (call: Promise<SampleStep>): Promise<void> => {
    talk.isWaiting = true;
    const step = await call;
    talk.isWaiting = false;
    talk.step = step;
    if (step.kind === 'ask') talk.session = step.reply.session;
    else if (step.kind === 'finished') delete talk.session;
    // Over meanwhile: nobody will answer.
    if (talk.isOver) cancelOpen(talk, port);
    if (step.kind === 'failed') throw failureOf(step, port.name);
  };
  const ready = (): Promise<void> => take(port.start(index, signal).then(afterStart));
  return {
    playedBy: 'controller',
    get isThinking() {
      return talk.isWaiting;
    },
    get messages() {
      return talk.step?.kind === 'ask' ? shown(talk.step.reply) : undefined;
    },
    get finalState() {
      return talk.step?.kind === 'finished' ? stateOf(index, talk.step) : undefined;
    },
    ready,
    async next(history) {
      if (!talk.step) await ready();
      else if (talk.session !== undefined && history.length > 0) {
        const response = responseOf(talk, redact(history.at(-1)?.output ?? ''));
        await take(port.interact(talk.session, response, signal).then(afterInteract));
      }
      return talk.step?.kind === 'ask' ? sayingOf(talk.step.reply, history) : undefined;
    },
    tellContextLimit() {
      talk.isTooLong = true;
    },
    close() {
      talk.isOver = true;
      cancelOpen(talk, port);
    },
  };
}

function responseOf(talk: Talk, content: string): AgentResponse {
  const { isTooLong } = talk;
  talk.isTooLong = false;
  return isTooLong ? { status: 'agent context limit', content: null } : { status: 'normal', content };
}

function cancelOpen(talk: Talk, port: ControllerPorts['controller']): void {
  if (talk.session === undefined) return;
  port.cancel(talk.session);
  delete talk.session;
}

function shown({ output }: SampleReply): ChatMessage[] {
  return windowHistory(output.history).map(messageOf);
}

function messageOf({ role, content }: HistoryItem): ChatMessage {
  return { role: role === 'agent' ? 'assistant' : role, content };
}

/** What is new to the agent: at first all, examples of other conversations among it; later what was said after its last answer. */
function sayingOf({ output: { history } }: SampleReply, said: readonly Turn[]): Input {
  const lastAnswer = said.length === 0 ? -1 : history.findLastIndex(({ role }) => role === 'agent');
  const fresh = history.slice(lastAnswer + 1);
  const [only] = fresh;
  if (only && fresh.length === 1 && only.role === 'user') return only.content;
  return fresh.map(messageOf);
}

function stateOf(index: SampleIndex, { output }: Extract<SampleStep, { kind: 'finished' }>): JsonObject {
  const { status, result, history } = output;
  return { index: output.index ?? index, status, result, history: history.map(({ role, content }) => ({ role, content })) };
}

/** Never `not-sent`: whether the agent is there is another question. */
function failureOf({ error, info, isTransient }: Extract<SampleStep, { kind: 'failed' }>, name: string): AgentFailure {
  const kind = errorKindOf(error);
  const words = {
    'task-start': `${name} did not start the sample`,
    'task-interact': `${name} broke the sample off`,
    'task-network': `${name} was not reached`,
    'task-unavailable': `${name} has no free worker for the task`,
    'agent-error': 'the agent failed',
  };
  return new AgentFailure(kind, `${words[kind]}${info === '' ? '' : `: ${info}`}`, { phase: 'answered', isTransient });
}

function withoutIndex({ id, file, line }: Sample): ToolError {
  const message = `sample "${id}" does not say which sample of the task it is`;
  const remedy = 'give it metadata: {index: …}, a whole number or a text; or take all samples of the task with samples: {controller: true}';
  return new ToolError({
    code: 'user-invalid',
    message: `${file}:${line}: ${message}`,
    remedy,
    problems: [{ file, line, field: 'metadata.index', message, remedy }],
  });
}
