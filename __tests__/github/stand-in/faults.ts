import type { GitHubState } from './state.ts';

/**
 * Something that goes wrong. `on` names operations, such as `issues/create-comment`, `artifact/CreateArtifact` or
 * `blob/download`; absent: every operation. It strikes `times` requests (default 1) after the first `skip` of them, and
 * of those only the ones for which `when` says so.
 */
export type Fault = { on?: string | readonly string[]; times?: number; skip?: number; when?: () => boolean } & FaultKind;

type FaultKind =
  /** Answers with the status; nothing was done. */
  | { kind: 'status'; status: number; message?: string; headers?: Record<string, string> }
  /** The request was carried out, but the answer is the status. */
  | { kind: 'status-after-commit'; status: number }
  /** The connection closes without an answer; nothing was done. */
  | { kind: 'drop' }
  /** The connection closes without an answer; the request was carried out. */
  | { kind: 'drop-after-commit' }
  /** The answer is text that is not JSON, such as a proxy's error page, with status 200. */
  | { kind: 'junk' }
  /** A proxy's error page with the status; nothing was done. */
  | { kind: 'page'; status: number }
  /** The request was carried out, and the answer is the start of one. */
  | { kind: 'broken-json' }
  /** The request was carried out, and the connection breaks in the middle of the answer. */
  | { kind: 'cut' }
  /** No answer ever comes; `isDone`: although the request was carried out. */
  | { kind: 'hang'; isDone?: boolean }
  | { kind: 'primary-limit'; resetInSeconds: number; status?: 403 | 429 }
  | { kind: 'secondary-limit'; retryAfterSeconds?: number; status?: 403 | 429 }
  /** Before the request is carried out, and after it, before the answer. */
  | { kind: 'latency'; delayMs: number | (() => number); replyMs?: () => number }
  /** Changes the state just before the request is carried out: another job was faster. */
  | { kind: 'meanwhile'; change: (state: GitHubState) => void };

export interface FaultList {
  add(fault: Fault): { readonly struck: number; remove(): void };
  /** The faults that strike this request, latency and changes before the one that decides the answer. */
  take(operationId: string): Fault[];
}

export function createFaultList(): FaultList {
  const faults: { fault: Fault; seen: number; struck: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, seen: 0, struck: 0 };
      faults.push(entry);
      return {
        get struck() {
          return entry.struck;
        },
        remove() {
          const index = faults.indexOf(entry);
          if (index >= 0) faults.splice(index, 1);
        },
      };
    },
    take(operationId) {
      const taken: Fault[] = [];
      let isDecided = false;
      for (const entry of faults) {
        const { on, times = 1, skip = 0, kind } = entry.fault;
        if (on !== undefined && ![on].flat().includes(operationId)) continue;
        const isQuiet = kind === 'latency' || kind === 'meanwhile';
        if (!isQuiet && isDecided) continue;
        entry.seen += 1;
        if (entry.seen <= skip || entry.struck >= times || entry.fault.when?.() === false) continue;
        entry.struck += 1;
        isDecided ||= !isQuiet;
        taken.push(entry.fault);
      }
      return taken;
    },
  };
}

const errorPage = Buffer.from('<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>No server is currently available</body></html>');

/** The answer of a fault that is decided before the request is carried out; `undefined`: carry it out. */
export function refusalOf(fault: Fault): { status: number; body?: unknown; bytes?: Buffer; headers: Record<string, string> } | undefined {
  if (fault.kind === 'status') {
    const message = fault.message ?? `the stand-in was told to answer ${fault.status}`;
    return { status: fault.status, body: { message, status: String(fault.status) }, headers: fault.headers ?? {} };
  }
  if (fault.kind === 'page') return { status: fault.status, bytes: errorPage, headers: { 'content-type': 'text/html' } };
  if (fault.kind === 'primary-limit') {
    const reset = Math.ceil(Date.now() / 1000 + fault.resetInSeconds);
    const message = 'API rate limit exceeded for installation. If you reach out to GitHub Support for help, please include the request ID.';
    const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    return { status: fault.status ?? 403, body: { message, documentation_url: 'https://docs.github.com/rest' }, headers };
  }
  if (fault.kind === 'secondary-limit') {
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    const headers: Record<string, string> = fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
    return { status: fault.status ?? 403, body: { message, documentation_url: 'https://docs.github.com/rest' }, headers };
  }
  return undefined;
}
