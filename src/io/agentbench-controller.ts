import { AgentFailure, type Deadlines } from '../agents/agent.ts';
import type { Json } from '../records/json.ts';
import {
  type AgentResponse,
  type Read,
  readFreeSlots,
  readIndices,
  readSampleReply,
  type SampleIndex,
  type SampleReply,
} from '../systems/agentbench/controller.ts';
import type { CallResult } from '../systems/agentbench/outcome.ts';
import type { TaskPort } from '../users/user.ts';
import { systemClock } from './clock.ts';
import { createHttpClient, parseTarget } from './http.ts';
import { withinTime } from './within-time.ts';

export interface ControllerOptions {
  /** With the prefix of its paths: `http://localhost:5000/api`. */
  url: string;
  task: string;
  headers: Readonly<Record<string, string>>;
  /** For one call, milliseconds: the controller itself waits 240 s for a worker. */
  callMs: number;
  /** For a free worker, milliseconds. */
  waitMs: number;
  /** Until the list of workers is looked at again, milliseconds; grows to eight times that. */
  pollMs?: number;
  deadlines: Pick<Deadlines, 'connectMs'>;
  maxReplyBytes: number;
  /** Samples at once. */
  concurrency: number;
  /** Aborted when the command stops. */
  signal: AbortSignal;
}

/** A task behind the controller of AgentBench 0.2. */
export interface TaskController {
  port: TaskPort;
  /** Without credentials. */
  endpoint: string;
  indices(): Promise<Read<SampleIndex[]>>;
  /** What the task makes of all its results; or why it says nothing. */
  overall(results: readonly Json[]): Promise<Read<Json>>;
  /** Waits a moment for sessions that are being cancelled, and breaks every other call. */
  close(): Promise<void>;
}

const cancelMs = 5000;
/** After so long a controller has said how a start went: it waits 240 s for its worker. */
const startMs = 250_000;
const cancelTries = 3;
/** A run that stops has to end within 5 s. */
const lastCancelsMs = 2000;
/** By then the controller counts the sample that it was asked to start. */
const uncountedMs = 1000;

interface Controller {
  options: ControllerOptions;
  call(path: string, body: Json | undefined, limits: { timeoutMs: number; signal?: AbortSignal }): Promise<Exchange>;
  /** Cancellations, and starts that nobody waits for any more. */
  loose: Set<Promise<void>>;
  /** Samples that were sent and that the list of workers may not count yet. */
  uncounted: number;
  /** Open sessions of this run: while it holds workers itself, nobody waits in vain. */
  held: Set<SampleReply['session']>;
  /** One at a time looks for a free worker: the first to come. */
  turn: Promise<unknown>;
  /** Aborted when it is closed. */
  closed: AbortSignal;
}

/** Text of a reply with status 200, or what went wrong. */
type Exchange = { kind: 'text'; text: string } | Exclude<CallResult, { kind: 'reply' }>;

/** Nothing is connected before the first call. @throws ToolError for a URL that is none. */
export function openTaskController(options: ControllerOptions): TaskController {
  const target = parseTarget(options.url);
  const { callMs, deadlines, concurrency, maxReplyBytes, task } = options;
  const longestMs = Math.max(callMs, startMs);
  // Cancellations, looks at the workers and starts that are late go beside the samples.
  const limits = { maxConnections: 2 * concurrency + 4, maxReplyBytes, deadlines: { ...deadlines, firstByteMs: longestMs, idleMs: longestMs } };
  const http = createHttpClient(limits);
  const stop = new AbortController();
  const prefix = target.path.replace(/\/+$/, '');
  const controller: Controller = {
    options,
    loose: new Set(),
    uncounted: 0,
    held: new Set(),
    turn: Promise.resolve(),
    closed: stop.signal,
    async call(path, body, { timeoutMs, signal }) {
      const request =
        body === undefined
          ? { method: 'GET', headers: own }
          : { method: 'POST', headers: { 'content-type': 'application/json', ...own }, body: JSON.stringify(body) };
      try {
        const limit = { signals: [stop.signal, ...(signal ? [signal] : [])], timeoutMs };
        const reply = await withinTime(limit, (ended) => http.request({ target, path: prefix + path, signal: ended, ...request }));
        return { kind: 'text', text: reply.body };
      } catch (error) {
        if (error instanceof AgentFailure) return failedCall(error);
        throw error;
      }
    },
  };
  const own = { accept: 'application/json', ...options.headers };
  const once = { timeoutMs: callMs, signal: options.signal };
  return {
    endpoint: target.endpoint,
    port: {
      name: 'the task controller',
      start: (index, signal) => startSample(controller, index, signal),
      interact: (session, response, signal) => interact(controller, session, response, signal),
      cancel: (session) => cancelSession(controller, session),
    },
    async indices() {
      const said = await controller.call(`/get_indices?name=${encodeURIComponent(task)}`, undefined, once);
      return said.kind === 'text' ? readIndices(said.text) : { problem: wordsOf(said) };
    },
    async overall(results) {
      const said = await controller.call('/calculate_overall', { name: task, results: [...results] }, once);
      if (said.kind !== 'text') return { problem: wordsOf(said) };
      try {
        return { value: JSON.parse(said.text) as Json };
      } catch {
        return { problem: 'its reply is no JSON' };
      }
    },
    async close() {
      const timer = new AbortController();
      await Promise.race([Promise.allSettled([...controller.loose]), systemClock.sleep(lastCancelsMs, timer.signal)]);
      timer.abort();
      stop.abort();
      http.close();
    },
  };
}

/**
 * Waits for a free worker and starts the sample on it, again and again while the controller says that there is none. A start that is
 * given up may yet become a session, which is then cancelled.
 */
async function startSample(controller: Controller, index: SampleIndex, signal: AbortSignal): Promise<CallResult> {
  const { options } = controller;
  const patience = { sinceMs: systemClock.monotonicMs() };
  for (let round = 0; ; round++) {
    const refused = await inTurn(controller, () => waitForWorker(controller, { patience, signal, round }));
    if (refused) return refused;
    const call = controller.call('/start_sample', { name: options.task, index }, { timeoutMs: Math.max(options.callMs, startMs) });
    countFor(controller, call);
    const said = await withinTime({ signals: [signal], timeoutMs: options.callMs }, (ended) => unlessAborted(call, ended));
    if (said === undefined) {
      keep(
        controller,
        call.then((late) => cancelLate(controller, late)),
      );
      return signal.aborted ? stopped : { kind: 'network', text: 'it gave no complete answer in time' };
    }
    const result = sampleResult(said);
    hold(controller, result);
    if (result.kind !== 'status' || result.status !== 406 || isOver(controller, patience)) return result;
  }
}

const stopped: CallResult = { kind: 'network', text: 'the run was stopped' };

interface Waiting {
  patience: { sinceMs: number };
  signal: AbortSignal;
  /** From 0. */
  round: number;
}

/** Undefined as soon as a worker is free, else why there is none. The list is told by the controller, and old at once: a 406 asks anew. */
async function waitForWorker(controller: Controller, { patience, signal, round }: Waiting): Promise<CallResult | undefined> {
  const { task, waitMs, callMs, pollMs = 500 } = controller.options;
  // The list said that a worker is free, and none was: it is not asked again at once.
  for (let tries = round > 0 ? 1 : 0; ; tries++) {
    if (tries > 0) await systemClock.sleep(Math.min(pollMs * 2 ** Math.min(tries - 1, 3), waitMs), signal);
    if (signal.aborted) return stopped;
    const said = await controller.call('/list_workers', undefined, { timeoutMs: callMs, signal });
    if (said.kind !== 'text') return said;
    const free = readFreeSlots(said.text);
    if (free.problem !== undefined) return { kind: 'status', status: 200, text: `its list of workers cannot be used: ${free.problem}` };
    const slots = free.value.get(task);
    if (slots !== undefined && slots - controller.uncounted > 0) return undefined;
    if (!isOver(controller, patience)) continue;
    const known = [...free.value.keys()];
    const others = known.length === 0 ? 'it has no workers at all' : `it has workers for ${known.slice(0, 20).join(', ')}`;
    return {
      kind: 'status',
      status: 406,
      text: `waited ${waitMs / 1000} s for a worker of ${JSON.stringify(task)}${slots === undefined ? `; ${others}` : ''}`,
    };
  }
}

/** Whether it was waited long enough, not counting the time in which this run held a worker. */
function isOver({ held, options }: Controller, patience: Waiting['patience']): boolean {
  const nowMs = systemClock.monotonicMs();
  if (held.size > 0) patience.sinceMs = nowMs;
  return nowMs - patience.sinceMs >= options.waitMs;
}

function hold({ held }: Controller, result: CallResult): void {
  if (result.kind === 'reply' && result.read.problem === undefined && result.read.value.output.status === 'running')
    held.add(result.read.value.session);
}

/** Runs the work after all that came before. */
function inTurn<T>(controller: Controller, work: () => Promise<T>): Promise<T> {
  const run = controller.turn.then(work);
  controller.turn = run.catch(() => undefined);
  return run;
}

function countFor(controller: Controller, call: Promise<unknown>): void {
  const timer = new AbortController();
  controller.uncounted += 1;
  void Promise.race([call, systemClock.sleep(uncountedMs, timer.signal)]).finally(() => {
    timer.abort();
    controller.uncounted -= 1;
  });
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const give = () => resolve(undefined);
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

async function interact(controller: Controller, session: SampleReply['session'], response: AgentResponse, signal: AbortSignal): Promise<CallResult> {
  const said = await controller.call(
    '/interact',
    { session_id: session, agent_response: response },
    { timeoutMs: controller.options.callMs, signal },
  );
  const result = sampleResult(said);
  controller.held.delete(session);
  hold(controller, result);
  return result;
}

function cancelLate(controller: Controller, late: Exchange): void {
  const result = sampleResult(late);
  if (result.kind === 'reply' && result.read.problem === undefined && result.read.value.output.status === 'running')
    cancelSession(controller, result.read.value.session);
}

/** A controller whose worker is at work answers that it is busy, and is asked again; one that knows no such session has none to cancel. */
function cancelSession(controller: Controller, session: SampleReply['session']): void {
  const cancel = async (): Promise<void> => {
    for (let tries = 1; tries <= cancelTries; tries++) {
      const said = await controller.call('/cancel', { session_id: session }, { timeoutMs: cancelMs });
      if (said.kind === 'text' || (said.kind === 'status' && said.status < 500)) return;
      await systemClock.sleep(500 * tries, controller.closed);
      if (controller.closed.aborted) return;
    }
  };
  controller.held.delete(session);
  keep(controller, cancel());
}

function keep({ loose }: Controller, work: Promise<void>): void {
  const kept = work.catch(() => undefined).finally(() => loose.delete(kept));
  loose.add(kept);
}

function sampleResult(said: Exchange): CallResult {
  return said.kind === 'text' ? { kind: 'reply', read: readSampleReply(said.text) } : said;
}

/** Failures are worded for agents. */
function failedCall({ message, status }: AgentFailure): Exchange {
  const [, body = ''] = /^the agent answered with status \d+(?:: ([\s\S]*))?$/.exec(message) ?? [];
  if (status !== undefined) return { kind: 'status', status, text: body };
  const text = message
    .replace('the time limit of the slot passed before the answer was complete', 'it gave no complete answer in time')
    .replace(/^the agent\b/, 'it');
  return { kind: 'network', text };
}

function wordsOf(said: Exclude<Exchange, { kind: 'text' }>): string {
  return said.kind === 'network' ? said.text : `it answered with status ${said.status}${said.text === '' ? '' : `: ${said.text}`}`;
}
