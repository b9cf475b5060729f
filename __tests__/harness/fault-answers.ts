import type { FaultCall } from './fault-server.ts';

/** What the agent says to a slot; the padding comes after it, so that a cut answer still looks like a right one. */
export const rightAnswer = (slot: string): string => `echo: ${slot}.`;
const padding = 'x'.repeat(200);

/** The slot that a request is about: the first `q7`-like word of its body, else of its path; `?` when there is none. */
export function slotOf({ body, path }: { body: string; path: string }): string {
  return /\bq\d+\b/.exec(body)?.[0] ?? /\bq\d+\b/.exec(path)?.[0] ?? '?';
}

/** The right reply to a call, by the path that it asks; as JSON, and as server-sent events where there is such a form. */
export function goodAnswer(call: Pick<FaultCall, 'path' | 'method' | 'body' | 'slot'>): { body: string; stream: string } {
  const text = rightAnswer(call.slot);
  const path = call.path.split('?', 1)[0] ?? '';
  const found = answers.find(({ at }) => at.test(path));
  const value = found ? found.answer(text, call) : { answer: text, padding };
  const pieces = [{ d: text.slice(0, 3) }, { d: text.slice(3) }, { padding }];
  const stream = pieces.map((piece) => `data: ${JSON.stringify(piece)}\n\n`).join('');
  return { body: JSON.stringify(value), stream: `${stream}data: [DONE]\n\n` };
}

type Answer = (text: string, call: Pick<FaultCall, 'body' | 'method'>) => unknown;

const jsonOf = (body: string): { id?: unknown; input?: unknown } => JSON.parse(body || '{}') as { id?: unknown; input?: unknown };
const verdict = JSON.stringify({ rubric1: { reason: 'as the rubric says', score: 10 } });

const answers: { at: RegExp; answer: Answer }[] = [
  {
    at: /^\/judge\/chat\/completions$/,
    answer: () => ({
      id: 'c',
      object: 'chat.completion',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: verdict } }],
    }),
  },
  {
    at: /\/chat\/completions$/,
    answer: (content) => ({
      ...{ id: 'c', object: 'chat.completion', padding },
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    }),
  },
  {
    at: /\/responses$/,
    answer: (text) => ({
      ...{ id: 'r', object: 'response', status: 'completed', padding },
      output: [{ type: 'message', id: 'm', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] }],
    }),
  },
  { at: /\/embeddings$/, answer: (_, { body }) => ({ data: [jsonOf(body).input].flat().map((_one, index) => ({ index, embedding: [1, 0] })) }) },
  {
    at: /^\/a2a\/\.well-known\//,
    answer: () => ({
      ...{ protocolVersion: '0.3.0', name: 'a', description: 'a', version: '1', url: '/a2a/rpc', preferredTransport: 'JSONRPC', skills: [] },
      ...{ capabilities: { streaming: false }, defaultInputModes: ['text'], defaultOutputModes: ['text'] },
    }),
  },
  {
    at: /^\/a2a\/rpc$/,
    answer: (text, { body }) => ({
      ...{ jsonrpc: '2.0', id: jsonOf(body).id ?? null },
      result: { kind: 'message', role: 'agent', messageId: 'm', parts: [{ kind: 'text', text }], metadata: { padding } },
    }),
  },
  { at: /^\/langgraph\/threads$/, answer: () => ({ thread_id: '0f3ce1b2-6d5f-4b0e-9a39-b93f3d1a7c55' }) },
  {
    at: /^\/langgraph\/.*\/runs\/wait$/,
    answer: (text) => ({
      messages: [
        { type: 'human', content: 'q' },
        { type: 'ai', content: text, id: 'm' },
      ],
      padding,
    }),
  },
  { at: /^\/adk\/apps\//, answer: () => ({ id: 's', appName: 'a', userId: 'u', state: {}, events: [] }) },
  {
    at: /^\/adk\/run$/,
    answer: (text) => [
      { id: 'e', author: 'a', invocationId: 'i', timestamp: 1, content: { role: 'model', parts: [{ text }] }, customMetadata: { padding } },
    ],
  },
  { at: /^\/poll$/, answer: (_, { body }) => ({ state: 'busy', place: `/jobs/${slotOf({ body, path: '' })}` }) },
  { at: /^\/jobs\//, answer: (answer) => ({ state: 'done', answer, padding }) },
];
