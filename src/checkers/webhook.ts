import { ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { payloadOf, scoreOfText } from './parts/answer.ts';
import { quoteWords } from './parts/quote.ts';

const WebhookOptions = z.strictObject({
  url: z.described(z.string().check(z.minLength(1)), 'where the check is posted to as JSON; never a template'),
  headers: z.described(
    z._default(z.record(z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a header name')), z.string()), {}),
    'request headers, such as authorization',
  ),
  timeoutMs: z.described(z._default(z.int().check(z.minimum(1), z.maximum(3_600_000)), 60_000), 'time for one try, milliseconds; default 60000'),
});
type WebhookOptions = z.infer<typeof WebhookOptions>;

/** A service of your own says what it thinks. What is no answer, a failure or another status included, is unscored, never a fail. */
export const webhook = defineChecker<WebhookOptions>({
  type: 'webhook',
  summary: 'A service of your own: is posted the sample and the trajectory as JSON, answers {value} or {pass}, and a reason',
  needs: [],
  example: { type: 'webhook', url: 'https://checks.example/polite' },
  options: WebhookOptions as z.ZodMiniType<WebhookOptions>,
  envFields: ['url', 'headers'],
  identity: ({ url }) => ({ endpoint: endpointOf(url) }),
  isPure: false,
  costsMoney: true,
  async create({ url, headers, timeoutMs }, { webhooks }) {
    if (!webhooks) throw new ToolError({ code: 'webhook-missing', message: 'addresses cannot be asked here', remedy: 'use a module checker' });
    await webhooks.check(url);
    return async (input) => {
      const reply = await webhooks.post({ url, headers, body: payloadOf(input), timeoutMs });
      if (reply.kind === 'failed') return unscored(`the webhook gave no answer: ${quoteWords(reply.reason, 300).slice(1, -1)}`);
      return scoreOfText(reply.text, 'webhook');
    };
  },
});

/** Without credentials and query, where keys may stand. */
function endpointOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
