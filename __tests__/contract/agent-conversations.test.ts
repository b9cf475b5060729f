import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { json, makeRequest, makeSample, openAgent, serve, tempDir } from '../agents/support.ts';

/** The second question can be answered only by who remembers the first, or gets it sent along. */
const sample = makeSample({ turns: [{ input: 'I am Ada' }, { input: 'Who am I?' }], input: 'I am Ada' });
const answer = (said: string[]) => (said.length > 1 ? `You are ${said[0]?.slice(5)}` : 'Hello');
const answerSource = `(said) => (said.length > 1 ? 'You are ' + said[0].slice(5) : 'Hello')`;

/** Agents that can be opened here, each on something that remembers as its protocol does. */
const opened: Record<string, () => Promise<{ options: object; baseDir?: string }>> = {
  http: async () => {
    const said = new Map<string, string[]>();
    const server = await serve((response, { body }) => {
      const { text, session } = JSON.parse(body);
      said.set(session, [...(said.get(session) ?? []), text]);
      json(response, { answer: answer(said.get(session) ?? []) });
    });
    return { options: { url: server.url, body: { text: '{{input}}', session: '{{slot}}' }, reply: { output: '/answer' } } };
  },
  'openai-chat': async () => {
    const server = await serve((response, { body }) => {
      const said = JSON.parse(body).messages.filter(({ role }: { role: string }) => role === 'user');
      const content = answer(said.map(({ content: text }: { content: string }) => text));
      json(response, {
        id: 'c',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
      });
    });
    return { options: { baseUrl: server.url, model: 'm' } };
  },
  module: async () => {
    const code = `const answer = ${answerSource};\nexport default ({ input, history }) => answer([...history.map((turn) => turn.input), input]);`;
    return { options: { path: 'm.mjs' }, baseDir: tempDir({ 'm.mjs': code }) };
  },
  command: async () => {
    const code = `const answer = ${answerSource};
      let text = ''; process.stdin.on('data', (part) => (text += part)).on('end', () => {
        const { turns } = JSON.parse(text);
        console.log(JSON.stringify({ turns: turns.map((_, at) => ({ output: answer(turns.slice(0, at + 1).map(({ input }) => input)) })) }));
      });`;
    return { options: { command: [process.execPath, '-e', code] } };
  },
  replay: async () => {
    const line = { id: 's1', trajectory: { turns: [{ output: 'Hello' }, { output: 'You are Ada' }] } };
    return { options: { path: 'r.jsonl' }, baseDir: tempDir({ 'r.jsonl': `${JSON.stringify(line)}\n` }) };
  },
};

/** Where the same is shown against a server of the protocol: a file and the name of the test in it. */
const shown: Record<string, [file: string, test: string]> = {
  a2a: ['agents/a2a.test.ts', 'takes a plain message, and keeps the context for the next turns'],
  'agentbench-http': ['agents/agentbench-http.test.ts', 'sends the body with the whole history, and reads the answer where return_format says'],
  adk: ['agents/adk.test.ts', 'speaks in a session and as a user of its own for each slot'],
  langgraph: ['agents/langgraph.test.ts', 'speaks in one thread per slot, and reads only what is new in each turn'],
  websocket: ['agents/websocket.test.ts', 'is one message each way by default, over one connection for the whole conversation'],
  mcp: ['contract/mcp-agent.test.ts', 'keeps the servers and the conversation for all turns of a sample'],
  'openai-responses': ['agents/openai-responses.test.ts', 'sends only what is new after previous_response_id'],
};

/** It knows nothing and says always the same. */
const withoutMemory = ['do-nothing'];

describe('a conversation of several turns', () => {
  it('is kept together by every registered agent', () => {
    expect([...Object.keys(opened), ...Object.keys(shown), ...withoutMemory].sort()).toEqual([...agents.types].sort());
  });

  it.each(Object.keys(opened))('is kept together by %s', async (type) => {
    const { options, baseDir } = (await opened[type]?.()) ?? { options: {} };
    const agent = await openAgent(type, options, baseDir === undefined ? {} : { baseDir });
    const { turns } = await agent.ask(makeRequest({ sample }));
    expect(turns.map(({ output }) => output)).toEqual(['Hello', 'You are Ada']);
  });

  it.each(Object.entries(shown))('is kept together by %s, as another test shows', (_, [file, test]) => {
    expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(`it('${test}'`);
  });
});
