import { randomUUID } from 'node:crypto';
import { type Agent, AgentFailure, type AgentRequest } from '../agents/agent.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ToolError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../records/json.ts';
import type { ExpectedToolCall, Sample, SampleRow, SampleTurn } from '../records/sample.ts';
import { type Trajectory, type Turn, toolCallsOf } from '../records/trajectory.ts';
import { createRedactor } from '../run/core/redact.ts';
import { soundTrajectory } from '../run/sound-trajectory.ts';
import { suiteTraces } from './agent-traces.ts';
import { callNamesOf } from './call-names.ts';
import { kindsOf } from './kinds.ts';
import { isTraced, openAgent } from './open-agent.ts';

/** The person who speaks to the agent. What it is told is without secrets. */
export interface Person {
  /** What is said next; undefined ends the session. */
  next(): Promise<string | undefined>;
  onAnswer(turn: Turn): void;
  /** The session so far as a row of a dataset: after every answer, and at its end, when spans have told of calls. Awaited before more is asked. */
  keep(row: SampleRow): Promise<void>;
  onWarning(message: string): void;
}

export interface CaptureOptions {
  config: SuiteConfig;
  person: Person;
  /** Aborted when the command stops. */
  signal: AbortSignal;
}

/**
 * Lets a person speak to the agent of a suite, as one session without samples and checkers. The suite's time limit holds for each answer.
 * @returns why the agent gave no further answer; undefined when the person has ended the session
 * @throws ToolError for an agent that cannot be opened, that nobody speaks to, or whose requests need what only samples have
 */
export async function captureSession({ config, person, signal }: CaptureOptions): Promise<AgentFailure | undefined> {
  const kinds = await kindsOf(config);
  const definition = kinds.agents.get(config.agent.type);
  const [name] = callNamesOf(config.agent, kinds);
  if (config.controller || !(definition.asksUser ?? true)) throw nobodySpeaks(config);
  if (name !== undefined) throw needsSample(config, name);
  const traces = suiteTraces(config);
  try {
    // A person takes the time of many answers.
    const agent = await openAgent({ ...config, timeoutMs: longestMs }, { definition, traces, warn: person.onWarning });
    const traceId = isTraced(config, definition, agent) ? randomUUID().replaceAll('-', '') : undefined;
    try {
      return await speak(agent, { config, person, signal }, traceId);
    } finally {
      await agent.close();
    }
  } finally {
    await traces.close();
  }
}

async function speak(agent: Agent, { config, person, signal }: CaptureOptions, traceId: string | undefined): Promise<AgentFailure | undefined> {
  const redactor = createRedactor(config.secrets);
  const limit = createLimit(config.timeoutMs, signal);
  let told = 0;
  const keep = async (turns: readonly Turn[]): Promise<void> => {
    if (turns.length === 0) return;
    const trajectory = soundTrajectory({ turns: concealed(agent, turns) }, redactor);
    if (trajectory instanceof AgentFailure) throw trajectory;
    const last = trajectory.turns.at(-1);
    if (last && turns.length > told) person.onAnswer(last);
    told = turns.length;
    await person.keep(rowOf(trajectory));
  };
  const user: AgentRequest['user'] = {
    async next(history) {
      limit.stop();
      await keep(history);
      const said = await person.next();
      if (said !== undefined) limit.start();
      return said;
    },
  };
  const traced = traceId === undefined ? {} : { traceId };
  const request = { sample: emptySample, epoch: 1, attempt: 1, idempotencyKey: randomUUID(), ...traced, user, signal: limit.signal };
  try {
    await keep((await agent.ask(request)).turns);
    return undefined;
  } catch (error) {
    if (!(error instanceof AgentFailure)) throw error;
    const { kind, message, phase, isTransient } = error;
    return new AgentFailure(kind, redactor.text(message), { phase, isTransient });
  } finally {
    limit.stop();
  }
}

/** Of a timer of Node. */
const longestMs = 2 ** 31 - 1;

/** Each answer has its own time; what a person takes for a message is no one's concern. */
function createLimit(timeoutMs: number, stop: AbortSignal): { signal: AbortSignal; start(): void; stop(): void } {
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: AbortSignal.any([stop, late.signal]),
    start() {
      timer = setTimeout(() => late.abort(new DOMException('late', 'TimeoutError')), Math.min(timeoutMs, longestMs));
    },
    stop: () => clearTimeout(timer),
  };
}

/** Of access tokens that the agent got while it ran, too. */
function concealed(agent: Agent, turns: readonly Turn[]): Turn[] {
  const copy = [...turns];
  return agent.conceal ? agent.conceal(copy) : copy;
}

/** What the agent did is what shall be expected of it. One message makes a sample of one turn. */
function rowOf(trajectory: Trajectory): SampleRow {
  const turns = trajectory.turns.map((turn): SampleTurn => {
    const calls = toolCallsOf({ turns: [turn] }).map(
      ({ name, args }): ExpectedToolCall => ({ name, ...(isJsonObject(args ?? null) ? { args: args as JsonObject } : {}) }),
    );
    return { input: turn.input, ...(turn.output === '' ? {} : { expected: turn.output }), ...(calls.length > 0 ? { toolCalls: calls } : {}) };
  });
  return turns.length === 1 ? (turns[0] as SampleTurn) : { turns };
}

function needsSample({ file, agent }: SuiteConfig, name: string): ToolError {
  return new ToolError({
    code: 'capture-impossible',
    message: `${file}: the requests to the agent "${agent.type}" hold {{${name}}}, which only a sample has`,
    remedy: 'capture with a config whose agent is told nothing but the message',
  });
}

/** A sample without messages of its own, which every driver asks turn by turn. */
const emptySample: Sample = {
  id: 'capture',
  input: '',
  tags: [],
  weight: 1,
  critical: false,
  turns: [],
  scenario: {},
  files: [],
  checkers: [],
  metadata: {},
  row: {},
  hash: '',
  scoreHash: '',
  file: '',
  line: 1,
};

function nobodySpeaks({ agent, controller, file }: SuiteConfig): ToolError {
  return new ToolError({
    code: 'capture-impossible',
    message: controller
      ? `${file}: the task controller speaks to the agent, so nobody else can`
      : `${file}: the agent "${agent.type}" repeats recorded answers`,
    remedy: 'capture with a config whose agent answers messages',
  });
}
