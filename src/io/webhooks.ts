import type { Deadlines } from '../agents/agent.ts';
import type { WebhookPort } from '../checkers/checker.ts';
import { ToolError } from '../errors.ts';
import { createHttpClient, type HttpTarget, parseTarget } from './http.ts';
import { createRetrier, type Retrier, type RetrierOptions } from './retrying.ts';

const maxReplyBytes = 1_048_576;

/** Posts JSON to addresses of the config; nothing is connected before the first call. Redirects are not followed. */
export function createWebhooks(options: RetrierOptions & { deadlines: Deadlines }): { port: WebhookPort; close(): void } {
  const { deadlines, concurrency } = options;
  const http = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  // One for each service: what one of them asks for is no reason to leave another alone.
  const retriers = new Map<string, Retrier>();
  const retrierOf = ({ isSecure, host, port }: HttpTarget): Retrier => {
    const origin = `${isSecure} ${host} ${port}`;
    const retrier = retriers.get(origin) ?? createRetrier(options);
    retriers.set(origin, retrier);
    return retrier;
  };
  return {
    port: {
      async check(url) {
        targetOf(url);
      },
      async post({ url, headers, body, timeoutMs }) {
        const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
        const request = {
          target: targetOf(url),
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'application/json', ...own },
          body: JSON.stringify(body),
        };
        const result = await retrierOf(request.target).run((signal) => http.request({ ...request, signal }), timeoutMs);
        return result.failure ? { kind: 'failed', reason: aboutService(result.failure.message) } : { kind: 'reply', text: result.value.body };
      },
    },
    close() {
      for (const retrier of retriers.values()) retrier.close();
      http.close();
    },
  };
}

function targetOf(url: string): HttpTarget {
  try {
    return parseTarget(url);
  } catch (cause) {
    const message = 'the address of the webhook is not an absolute http or https URL';
    const remedy = 'write it like "https://checks.example/polite"';
    throw new ToolError({ code: 'webhook-invalid', message, remedy, problems: [{ field: 'url', message, remedy }], cause });
  }
}

/** Failures are worded for agents. */
function aboutService(message: string): string {
  return message
    .replace(/^the agent\b/, 'it')
    .replace('the time limit of the slot passed before the answer was complete', 'no complete answer in time');
}
