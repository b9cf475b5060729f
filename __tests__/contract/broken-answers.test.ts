import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { failureOf, makePorts, makeRequest, openAgent, tempDir } from '../agents/support.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const key = 'agent-key-0123456789abcdef';

/** Values that are no answer, whoever gives them. */
const broken: Record<string, unknown> = {
  'an object without an output': { answer: 'x' },
  'a turn without an output': { turns: [{}] },
  'a turn that is a number': { turns: [5] },
  'tool calls without a name': { output: 'x', toolCalls: [{ args: {} }] },
  'steps of no kind': { output: 'x', steps: [{ kind: 'other' }] },
  'a deep list': { output: JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) },
  'a time before the call': { output: 'x', latencyMs: -5 },
  'an error of its own': { error: { message: 'out of order' } },
};

/** Agents of this machine, that answer with a value, throw a text, or say too much. */
const local: Record<string, (answer: { value?: unknown; error?: string }) => { options: object; baseDir: string }> = {
  module: ({ value, error }) => {
    const code = error === undefined ? `return JSON.parse(${JSON.stringify(JSON.stringify(value))})` : `throw new Error(${JSON.stringify(error)})`;
    return { options: { path: 'm.mjs', env: { KEY: key } }, baseDir: tempDir({ 'm.mjs': `export default () => { ${code} }` }) };
  },
  command: ({ value, error }) => {
    const code =
      error === undefined ? `console.log(${JSON.stringify(JSON.stringify(value))})` : `console.error(${JSON.stringify(error)}); process.exitCode = 1`;
    return { options: { command: [process.execPath, 'c.mjs'], env: { KEY: key } }, baseDir: tempDir({ 'c.mjs': code }) };
  },
};

/** Which suite shows the same for the others. */
const elsewhere: Record<string, string> = {
  http: 'http-agents.test.ts',
  adk: 'http-agents.test.ts',
  a2a: 'http-agents.test.ts',
  langgraph: 'http-agents.test.ts',
  'agentbench-http': 'http-agents.test.ts',
  'openai-chat': 'http-agents.test.ts',
  'openai-responses': 'http-agents.test.ts',
  websocket: 'websocket-agent.test.ts',
  mcp: 'mcp-agent.test.ts',
};

describe('what is no answer', () => {
  it('is tried on every registered agent', () => {
    expect([...Object.keys(local), ...Object.keys(elsewhere), 'replay', 'do-nothing'].sort()).toEqual([...agents.types].sort());
    for (const [type, file] of Object.entries(elsewhere))
      expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toMatch(new RegExp(`['\\s(]${type}[':]`));
  });

  describe.each(Object.keys(local))('of %s', (type) => {
    const open = (answer: { value?: unknown; error?: string }) => {
      const { options, baseDir } = local[type]?.(answer) ?? { options: {}, baseDir: '' };
      return openAgent(type, options, { baseDir });
    };

    it.each(Object.keys(broken))('is a failure that says so: %s', async (name) => {
      const failure = await failureOf((await open({ value: broken[name] })).ask(makeRequest()));
      expect(['bad-response', 'agent-error']).toContain(failure.kind);
      expect(failure).toMatchObject({ phase: 'answered', isTransient: false });
      expect(failure.message).not.toContain(key);
    });

    it('is too large, or a hostile error, without harm', async () => {
      const failure = await failureOf((await open({ value: 'x'.repeat(300_000) })).ask(makeRequest()));
      expect(['too-large', 'agent-error']).toContain(failure.kind);
      const { message } = await failureOf((await open({ error: hostileTexts.join(' ').slice(0, 50_000) })).ask(makeRequest()));
      expect(message.length).toBeLessThan(5000);
      expect(message).not.toContain(key);
    });
  });

  it.each(Object.keys(broken).filter((name) => name !== 'an error of its own'))('stops a recording at its line: %s', async (name) => {
    const line = JSON.stringify({ id: 's1', trajectory: broken[name] });
    const replay = agents.get('replay');
    const opening = replay.open(replay.options.parse({ path: 'r.jsonl' }), makePorts({ baseDir: tempDir({ 'r.jsonl': `${line}\n` }) }));
    await expect(opening).rejects.toMatchObject({ code: 'recording-invalid', problems: [{ line: 1 }] });
  });
});
