import { resolve } from 'node:path';
import { abortFailure, excerptOf, tailOf } from '../io/failure.ts';
import { describeExit, type RunResult, runProcess, scrubbedEnv } from '../io/process.ts';
import { createWorkerPool, WorkerFailure, type WorkerPool } from '../io/worker-pool.ts';
import { isJsonObject, type Json, type JsonObject } from '../records/json.ts';
import { isSimulated } from '../records/sample.ts';
import * as z from '../records/schema.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { AgentFailure, type AgentRequest, defineAgent } from './agent.ts';
import { answeredTrajectory, EnvOptions, slotPayload, workerFailure } from './parts/child.ts';
import { inputsOf } from './parts/converse.ts';
import { converseWithFunction } from './parts/own-function.ts';
import { badReply } from './parts/reply.ts';
import { traceparentOf } from './parts/traceparent.ts';

const CommandOptions = z.strictObject({
  command: z.described(
    z
      .union([z.string().check(z.minLength(1)), z.array(z.string()).check(z.minLength(1))])
      .check(z.refine((command) => (argvOf(command)[0] ?? '') !== '', 'the program is missing, or a quote is not closed')),
    'program and arguments; a text is split at spaces, quotes hold together; no shell',
  ),
  cwd: z.described(z.optional(z.string()), 'working folder, relative to the config file'),
  env: EnvOptions,
  mode: z.described(
    z._default(z.enum(['per-slot', 'lines']), 'per-slot'),
    'per-slot: a process for every slot; lines: long-lived processes, a JSON line in, a JSON line out',
  ),
});
type CommandOptions = z.infer<typeof CommandOptions>;

const graceMs = 2000;

/** A program of the user: the slot as JSON on standard input, the answer on standard output. */
export const command = defineAgent<CommandOptions>({
  type: 'command',
  summary: 'a program: JSON on standard input, JSON or text on standard output',
  options: CommandOptions as z.ZodMiniType<CommandOptions>,
  envFields: ['env'],
  identity: ({ command: line, cwd, mode }) => ({ template: { command: argvOf(line), cwd: cwd ?? '.', mode } }),
  async open(options, ports) {
    const child = { argv: argvOf(options.command), cwd: resolve(ports.baseDir, options.cwd ?? '.'), env: scrubbedEnv(options.env) };
    if (options.mode === 'lines') {
      const pool = createWorkerPool({ ...child, size: ports.concurrency, maxLineBytes: ports.maxReplyBytes, channel: 'stdio', graceMs });
      return { ask: (request) => askProgram(request, (payload) => askLine(pool, payload, request.signal)), close: () => pool.close() };
    }
    const stopping = new AbortController();
    return {
      ask(request) {
        const signal = AbortSignal.any([request.signal, stopping.signal]);
        const env = { ...traceEnv(request), ...child.env };
        return askProgram(request, async (payload) => {
          const stdin = `${JSON.stringify(payload)}\n`;
          const result = await runProcess({ ...child, env, stdin, signal, maxOutputBytes: ports.maxReplyBytes, graceMs });
          return readOutput(result, signal, ports.maxReplyBytes);
        });
      },
      close: async () => stopping.abort(),
    };
  },
});

/** The user's messages in one call; where a model plays the user, a call for each message, with what was said before as `history`. */
async function askProgram(request: AgentRequest, call: (payload: JsonObject) => Promise<Json>): Promise<Trajectory> {
  if (isSimulated(request.sample)) return converseWithFunction(request, call);
  const startedAt = performance.now();
  return answeredTrajectory(await call(slotPayload(request)), { inputs: inputsOf(request.sample), startedAt });
}

/** As OpenTelemetry carries a context to a process: https://opentelemetry.io/docs/specs/otel/context/env-carriers/ */
function traceEnv({ traceId }: AgentRequest): Record<string, string> {
  return traceId === undefined ? {} : { TRACEPARENT: traceparentOf(traceId) };
}

function readOutput(result: RunResult, signal: AbortSignal, maxReplyBytes: number): Json {
  switch (result.kind) {
    case 'aborted':
      throw abortFailure(signal, 'ambiguous');
    case 'not-started':
      throw new AgentFailure('process', `the program could not be started (${result.error.message})`, { phase: 'not-sent', isTransient: false });
    case 'too-large':
      throw new AgentFailure('too-large', `the program wrote more than ${maxReplyBytes} bytes`, { phase: 'answered' });
    case 'ended': {
      const { exit, stdout, stderrTail } = result;
      if (exit.code === 0) return readText(stdout);
      const detail = stderrTail.trim() === '' ? '' : `; it wrote: ${excerptOf(tailOf(stderrTail, 1000), 1001)}`;
      throw new AgentFailure('process', `the program ${describeExit(exit)}${detail}`, { phase: 'answered' });
    }
  }
}

/** JSON objects are an answer in one of our forms; anything else is the output as it is, without the last line break. */
function readText(stdout: Buffer): Json {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(stdout);
  } catch {
    throw badReply('the program wrote something that is not UTF-8 text');
  }
  if (text.trimStart().startsWith('{')) {
    const value = parseJson(text);
    if (isJsonObject(value)) return value;
  }
  return text.replace(/\r?\n$/, '');
}

/** Every line out names the slot of the line in, so that a stray line is never taken for the answer to another sample. */
async function askLine(pool: WorkerPool, payload: JsonObject, signal: AbortSignal): Promise<Json> {
  let value: JsonObject = {};
  let refused: AgentFailure | undefined;
  const isAnswer = (line: string) => {
    const parsed = parseJson(line);
    if (!isJsonObject(parsed)) refused = badReply(`the program wrote a line that is not a JSON object: ${excerptOf(line, 120)}`);
    else if (parsed.slot !== payload.slot)
      refused = badReply('the line of the program lacks the "slot" of the line that it answers; copy it from the request');
    else value = parsed;
    return refused === undefined;
  };
  try {
    await pool.call(JSON.stringify(payload), { signal, isAnswer });
  } catch (error) {
    if (refused) throw refused;
    if (error instanceof WorkerFailure) throw workerFailure(error, signal, 'the program');
    throw error;
  }
  return value;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Splits at spaces; single or double quotes hold text together; nothing is expanded. Empty when a quote is not closed. */
function argvOf(commandLine: string | readonly string[]): string[] {
  if (typeof commandLine !== 'string') return [...commandLine];
  const words = commandLine.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  if (words.join('').length !== commandLine.replace(/("[^"]*"|'[^']*')|\s/g, '$1').length) return [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}
