import type { ServerResponse } from 'node:http';
import { json, type Seen, serve } from '../agents/support.ts';

/** What the scripted model says next. */
interface Reply {
  text?: string;
  refusal?: string;
  call?: true;
}

/** The roles and texts of a conversation, in whichever of the two forms it came. */
type Said = { role: string; text: string }[];

const name = 'lookup_order';
const args = ['{"id', '":"7"}'];

/** Calls lookup_order for "order 7" and says what came of it; counts the user's messages; declines "secret". */
function replyTo(said: Said): Reply {
  const last = said.at(-1) ?? { role: '', text: '' };
  if (last.role === 'tool') return { text: `It is ${JSON.parse(last.text).status}.` };
  if (last.text === 'order 7') return { call: true };
  if (last.text === 'secret') return { refusal: 'No.' };
  return { text: `Message ${said.filter(({ role }) => role === 'user').length}.` };
}

/** `/v1/chat/completions` and `/v1/responses`, streamed where the request says so; the first "busy" is turned away, "fail" always. */
export async function serveOpenai(): Promise<{ baseUrl: string; seen: Seen[] }> {
  let busy = 0;
  const { url, seen } = await serve((response, { url: path, body }) => {
    const { stream, messages, input } = JSON.parse(body);
    const said: Said = (messages ?? input)
      .map((item: Record<string, string>) => ({
        role: item.role ?? (item.type === 'function_call_output' ? 'tool' : ''),
        text: item.content ?? item.output,
      }))
      .filter(({ role }: { role: string }) => role !== '');
    const last = said.at(-1)?.text;
    if (last === 'busy' && ++busy === 1) return fail(response, 429, 'slow down');
    if (last === 'fail') return fail(response, 400, 'the model is down');
    const reply = replyTo(said);
    if (path.endsWith('/responses')) return stream ? streamResponse(response, reply) : json(response, responseOf(reply));
    return stream ? streamChat(response, reply) : json(response, chatOf(reply));
  });
  return { baseUrl: `${url}/v1`, seen };
}

function fail(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' })
    .end(JSON.stringify({ error: { message, type: 'x', code: null } }));
}

const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
const toolCall = { index: 0, id: 'call-7', type: 'function', function: { name, arguments: args.join('') } };

function chatOf({ text, refusal, call }: Reply): object {
  const message = { role: 'assistant', content: text ?? null, refusal: refusal ?? null, ...(call ? { tool_calls: [toolCall] } : {}) };
  const choices = [{ index: 0, message, finish_reason: call ? 'tool_calls' : 'stop' }];
  return { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices, usage };
}

/** A role, then text or arguments by pieces, then the reason, then the usage, then the end mark. */
function streamChat(response: ServerResponse, { text = '', refusal, call }: Reply): void {
  response.setHeader('content-type', 'text/event-stream');
  const send = (choices: object[], more = {}) =>
    response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more })}\n\n`);
  const delta = (piece: object) => send([{ index: 0, delta: piece, finish_reason: null }]);
  delta({ role: 'assistant' });
  for (const content of text.match(/.{1,5}/g) ?? []) delta({ content });
  if (refusal) delta({ refusal });
  if (call) delta({ tool_calls: [{ ...toolCall, function: { name, arguments: '' } }] });
  if (call) for (const piece of args) delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
  send([{ index: 0, delta: {}, finish_reason: call ? 'tool_calls' : 'stop' }]);
  send([], { usage });
  response.end('data: [DONE]\n\n');
}

function responseOf({ text, refusal, call }: Reply): { output: Record<string, unknown>[] } & Record<string, unknown> {
  const content = refusal ? { type: 'refusal', refusal } : { type: 'output_text', text, annotations: [] };
  const item = call
    ? { type: 'function_call', id: 'fc-1', call_id: 'call-7', name, arguments: args.join(''), status: 'completed' }
    : { type: 'message', id: 'msg-1', role: 'assistant', status: 'completed', content: [content] };
  const tokens = { input_tokens: 10, output_tokens: 2, total_tokens: 12 };
  return { id: 'resp-1', object: 'response', created_at: 1, status: 'completed', model: 'm', output: [item], usage: tokens };
}

/** Every event has its number and its type twice; the last one holds the whole response. */
function streamResponse(response: ServerResponse, reply: Reply): void {
  response.setHeader('content-type', 'text/event-stream');
  const whole = responseOf(reply);
  const [item = {}] = whole.output;
  let number = 0;
  const send = (type: string, more: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...more })}\n\n`);
  const begun = { ...whole, status: 'in_progress', output: [], usage: null };
  send('response.created', { response: begun });
  send('response.in_progress', { response: begun });
  send('response.output_item.added', {
    output_index: 0,
    item: { ...item, status: 'in_progress', ...(reply.call ? { arguments: '' } : { content: [] }) },
  });
  const at = { item_id: item.id, output_index: 0, content_index: 0 };
  for (const delta of reply.text?.match(/.{1,5}/g) ?? []) send('response.output_text.delta', { ...at, delta });
  if (reply.call) for (const delta of args) send('response.function_call_arguments.delta', { ...at, delta });
  send('response.output_item.done', { output_index: 0, item });
  send('response.completed', { response: whole });
  response.end();
}
