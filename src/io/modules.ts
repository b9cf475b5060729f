import { randomUUID } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModulePort } from '../checkers/checker.ts';
import type { Json } from '../records/json.ts';
import type { ModulePermissions } from '../records/permissions.ts';
import { permissionArguments } from './module-permissions.ts';
import { moduleWorkerFile } from './module-worker-file.ts';
import { scrubbedEnv } from './process.ts';
import { createWorkerPool, WorkerFailure, type WorkerPool } from './worker-pool.ts';

export interface ModulePortOptions {
  /** Folder that relative paths start from, and the working folder of the user's code. */
  baseDir: string;
  /** Processes at most of one file, started when first needed; each runs one call at a time. */
  poolSize: number;
  /** Of a call that brings none of its own. Default: to read the workspace, and to write to a temporary folder. */
  permissions?: ModulePermissions | undefined;
  /** Values that the user's code gets beside PATH, HOME, LANG and the temporary folder. */
  env?: Record<string, string>;
  /** Of one answer; default 10 MiB. */
  maxAnswerBytes?: number;
  /** V8 heap of one process, MiB; default 1024. */
  maxHeapMiB?: number;
  /** All memory of one process, with its buffers, MiB; default 2048. */
  maxResidentMiB?: number;
}

/** What is wrong with the user's own code or its answer: the process is well, and asking again would give the same. */
export class ModuleError extends Error {
  /** The code itself said, with `isTransient: true` on what it threw, that asking again may help. */
  readonly isTransient: boolean;

  constructor(message: string, isTransient = false) {
    super(message);
    this.name = 'ModuleError';
    this.isTransient = isTransient;
  }
}

export interface ModuleRunner extends ModulePort {
  /** Loads the file and finds the export without calling it. @throws ModuleError or WorkerFailure */
  check(request: { file: string; exportName: string; timeoutMs: number }): Promise<void>;
  close(): Promise<void>;
}

const answerLimit = 10 * 1024 * 1024;

/**
 * Runs functions of user modules in child processes, those of one file apart from those of another: what one does to the objects of its
 * process changes no answer of another. A throw, an exit, a crash, too much memory, an endless loop (killed at the time limit) or a value
 * that is not JSON rejects that one call with a reason. See permissionArguments for what else it is kept from; it is not a sandbox.
 */
export function createModulePort(options: ModulePortOptions): ModuleRunner {
  const { baseDir, maxAnswerBytes = answerLimit } = options;
  const pools = new Map<string, OpenedPool>();
  let isClosed = false;
  const poolOf = (request: ModuleRequest): WorkerPool => {
    if (isClosed) throw new WorkerFailure('closed', 'was closed', false);
    const { file, permissions = options.permissions ?? {} } = request;
    const path = resolve(baseDir, file);
    const key = JSON.stringify([path, permissions]);
    const opened = pools.get(key) ?? openPool({ ...options, maxAnswerBytes, permissions }, path);
    pools.set(key, opened);
    return opened.pool;
  };
  const send = async (request: ModuleRequest & { isCheck?: boolean }): Promise<Json> => {
    const { file, exportName, payload, isCheck, timeoutMs, signal } = request;
    const id = randomUUID();
    const url = pathToFileURL(resolve(baseDir, file)).href;
    const line = JSON.stringify({ id, url, exportName, payload, isCheck, maxBytes: maxAnswerBytes });
    try {
      let answer: Answer | undefined;
      const isAnswer = (text: string) => {
        answer = parseAnswer(text, id);
        return answer !== undefined;
      };
      await poolOf(request).call(line, { signal, timeoutMs, isAnswer });
      if (answer?.error !== undefined) throw new ModuleError(`${file}: ${answer.error}`, answer.isTransient);
      return answer?.value ?? null;
    } catch (error) {
      throw error instanceof WorkerFailure ? new WorkerFailure(error.kind, `${file}: ${reasonOf(error)}`, error.isSent) : error;
    }
  };
  return {
    call: send,
    async check(request) {
      await send({ ...request, payload: null, isCheck: true });
    },
    async close() {
      isClosed = true;
      await Promise.all([...pools.values()].map((opened) => opened.close()));
    },
  };
}

interface OpenedPool {
  pool: WorkerPool;
  close(): Promise<void>;
}

function openPool(options: ModulePortOptions & { maxAnswerBytes: number; permissions: ModulePermissions }, file: string): OpenedPool {
  const { baseDir, poolSize, env = {}, maxAnswerBytes, maxHeapMiB = 1024, maxResidentMiB = 2048, permissions } = options;
  const worker = moduleWorkerFile();
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'agent-regress-module-')));
  const limits = permissionArguments(permissions, { baseDir: resolve(baseDir), file, ours: [worker], temporary });
  const pool = createWorkerPool({
    argv: [process.execPath, `--max-old-space-size=${maxHeapMiB}`, ...limits, worker],
    cwd: baseDir,
    env: scrubbedEnv({ TMPDIR: temporary, TEMP: temporary, ...env }),
    size: poolSize,
    maxLineBytes: maxAnswerBytes + 4096,
    maxResidentMiB,
    channel: 'private',
    graceMs: 0,
  });
  return {
    pool,
    async close() {
      await pool.close();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

type ModuleRequest = Parameters<ModulePort['call']>[0];

function reasonOf({ kind, message }: WorkerFailure): string {
  return kind === 'ended' ? `its process ${message}` : message;
}

interface Answer {
  error?: string;
  isTransient?: boolean;
  value?: Json;
}

/** The answer to this very call: a line that the user's code forged has no known id. */
function parseAnswer(line: string, id: string): Answer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null || !('id' in answer) || answer.id !== id) return undefined;
  if ('error' in answer) return { error: String(answer.error), isTransient: 'isTransient' in answer && answer.isTransient === true };
  return 'value' in answer ? { value: answer.value as Json } : {};
}
