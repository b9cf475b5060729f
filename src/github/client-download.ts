import { withinTime } from '../io/within-time.ts';
import { PublishError } from './publish-error.ts';

/** Longest that one download may take. */
const downloadTimeoutMs = 300_000;
/** Until the first byte of an answer. */
const answerTimeoutMs = 30_000;

/**
 * The bytes at an address that the API has named: no token goes there, and what it answers says nothing about permissions.
 * @throws PublishError with `mayTryAgain` where a new address may help
 */
export async function downloadBlob(location: string, { maxBytes, signal }: { maxBytes: number; signal?: AbortSignal }): Promise<Uint8Array> {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw lost('the content', 'its address is none of the web', {});
  try {
    return await withinTime({ signals: signal ? [signal] : [], timeoutMs: downloadTimeoutMs }, async (limited) => {
      const response = await fetchInTime(url, limited);
      if (response.ok && response.body) return readCapped(response.body, maxBytes, url.origin);
      await response.body?.cancel();
      const { status } = response;
      // 403 is an address whose time is up.
      throw lost(url.origin, `it answered ${status}`, { status, mayTryAgain: status === 403 || status === 429 || status >= 500 });
    });
  } catch (error) {
    if (error instanceof PublishError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw lost(url.origin, (error instanceof Error ? error.message : String(error)) + cause, { mayTryAgain: true, cause: error });
  }
}

async function fetchInTime(url: URL, signal: AbortSignal): Promise<Response> {
  const unanswered = new AbortController();
  const timer = setTimeout(() => unanswered.abort(new DOMException('no answer in time', 'TimeoutError')), answerTimeoutMs);
  try {
    return await fetch(url, { signal: AbortSignal.any([signal, unanswered.signal]) });
  } finally {
    clearTimeout(timer);
  }
}

/** Only what is gone keeps its status: no other one is an answer of the API. */
function lost(where: string, detail: string, options: { status?: number; mayTryAgain?: boolean; cause?: unknown }): PublishError {
  const { status, mayTryAgain = false, cause } = options;
  return new PublishError({
    code: 'download-failed',
    message: `${where} did not give the stored bytes: ${detail}`,
    remedy: 're-run the job; see https://www.githubstatus.com',
    ...(status === 404 || status === 410 ? { status } : {}),
    mayTryAgain,
    cause,
  });
}

async function readCapped(body: ReadableStream<Uint8Array>, maxBytes: number, where: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new PublishError({ code: 'download-too-large', message: `${where} sent more than ${maxBytes} bytes`, remedy: 'use a smaller run log' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
