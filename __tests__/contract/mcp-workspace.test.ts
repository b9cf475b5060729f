import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AgentPorts } from '../../src/agents/agent.ts';
import type { JsonObject } from '../../src/records/json.ts';
import { toolCallsOf } from '../../src/records/trajectory.ts';
import { failureOf, makeRequest, makeSample, openAgent, tempDir } from '../agents/support.ts';
import { type Scripted, serveModel } from '../helpers/model-server.ts';

const server = fileURLToPath(new URL('../helpers/mcp-server.mjs', import.meta.url));
const hasSqlite = process.getBuiltinModule('node:sqlite') !== undefined;
const call = (name: string, args: unknown = {}): Scripted => ({ calls: [{ name, args }] });

/** Servers that run in the private folder, which begins with what `env` holds. */
async function openScenario(script: readonly Scripted[], options: object = {}, ports: Partial<AgentPorts> = {}) {
  const baseDir = tempDir();
  mkdirSync(join(baseDir, 'env/data'), { recursive: true });
  writeFileSync(join(baseDir, 'env/orders.jsonl'), '{"order_id": "o1", "fee": 4}\n');
  writeFileSync(join(baseDir, 'env/data/note.txt'), 'hello');
  writeFileSync(join(baseDir, 'env/run.sh'), '#!/bin/sh\n');
  chmodSync(join(baseDir, 'env/run.sh'), 0o755);
  symlinkSync('/etc/hostname', join(baseDir, 'env/link'));
  const model = await serveModel(script);
  const servers = { box: { command: process.execPath, args: [server] } };
  const given = { baseUrl: model.baseUrl, model: 'm', servers, workspace: { from: 'env', state: 'records', keep: 'results' }, ...options };
  return { ...model, baseDir, agent: await openAgent('mcp', given, { baseDir, ...ports }) };
}

const environment = '{{row.environment}}';
const sampleWith = (entries: object[]) => makeSample({ id: 'S_1', row: { environment: entries as JsonObject[] } });

describe('the private folder of a slot', () => {
  it('begins with the folder of the scenario, runs the servers in it, gives the records and keeps the files', async () => {
    const write = call('box__write', { path: 'orders.jsonl', text: '{"order_id": "o1", "fee": 0}\n{"order_id": "o2"}\n' });
    const { agent, baseDir } = await openScenario([call('box__read', { path: 'data/note.txt' }), write, 'done']);
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ id: 'S_1' }) }));
    expect(toolCallsOf(trajectory)[0]?.result).toBe('hello');
    expect(trajectory.finalState).toEqual({ orders: { o1: { order_id: 'o1', fee: 0 }, o2: { order_id: 'o2' } } });
    const kept = join(baseDir, 'results/S_1_env');
    expect(readdirSync(kept).sort()).toEqual(['data', 'orders.jsonl', 'run.sh']);
    expect(readFileSync(join(kept, 'orders.jsonl'), 'utf8')).toContain('o2');
    expect(statSync(join(kept, 'run.sh')).mode & 0o100).toBe(0o100);
    expect(readFileSync(join(baseDir, 'env/orders.jsonl'), 'utf8')).toContain('"fee": 4');
  });

  it('puts the environment of the sample over it: text, base64, scripts and folders; test files are not kept', async () => {
    const { agent, baseDir } = await openScenario(['done', 'done'], { environment });
    const entries = [
      { path: 'orders.jsonl', type: 'file', content: '{"order_id": "own"}\n' },
      { path: 'deep/data.bin', type: 'binary', content: Buffer.from([0, 255, 1]).toString('base64') },
      { path: 'setup.sh', type: 'sh', content: 'echo no > never-run\n' },
      { path: 'empty', type: 'directory' },
      { path: 'test_secret.jsonl', content: '{"id": 1}' },
    ];
    const trajectory = await agent.ask(makeRequest({ sample: sampleWith(entries) }));
    expect(trajectory.finalState).toEqual({ orders: { own: { order_id: 'own' } } });
    const kept = join(baseDir, 'results/S_1_env');
    expect([...readFileSync(join(kept, 'deep/data.bin'))]).toEqual([0, 255, 1]);
    expect(statSync(join(kept, 'setup.sh')).mode & 0o100).toBe(0o100);
    expect(readdirSync(kept).sort()).toEqual(['data', 'deep', 'empty', 'orders.jsonl', 'run.sh', 'setup.sh']);
    await agent.ask(makeRequest({ sample: sampleWith([]), epoch: 2 }));
    expect(existsSync(join(baseDir, 'results/S_1.epoch-2_env'))).toBe(true);
  });

  it('keeps no secret, in text or not', async () => {
    const hide = (text: string) => text.replaceAll('sesame', '[redacted:KEY]');
    const { agent, baseDir } = await openScenario(['done'], { environment }, { hide });
    const binary = Buffer.concat([Buffer.from([0xff]), Buffer.from('sesame')]).toString('base64');
    await agent.ask(
      makeRequest({
        sample: sampleWith([
          { path: 'a.txt', content: 'open sesame' },
          { path: 'b.bin', type: 'binary', content: binary },
        ]),
      }),
    );
    expect(readFileSync(join(baseDir, 'results/S_1_env/a.txt'), 'utf8')).toBe('open [redacted:KEY]');
    expect(existsSync(join(baseDir, 'results/S_1_env/b.bin'))).toBe(false);
  });

  it.each([
    ['a path out of the folder', { path: '../up.txt', content: 'x' }, 'is not a path inside the folder'],
    ['a type that is not known', { path: 'a', type: 'exe', content: 'x' }, 'the type of "a" is none of directory, file, binary, db, sh'],
    ['a text that is not base64', { path: 'a', type: 'binary', content: '§' }, 'the content of "a" is not base64'],
    [
      'a program of the scenario',
      { path: './run.sh', type: 'sh', content: 'x' },
      '"./run.sh" is a program of env, and a sample may replace only data',
    ],
    ['SQL that opens another file', { path: 'a.db', type: 'db', content: "SELECT 1;/* */ attach 'x' AS y" }, 'has ATTACH, which could write a file'],
  ])('refuses %s', async (_, entry, message) => {
    const { agent } = await openScenario([], { environment });
    expect(await failureOf(agent.ask(makeRequest({ sample: sampleWith([entry]) })))).toMatchObject({
      kind: 'agent-error',
      phase: 'not-sent',
      message: expect.stringContaining(message) as string,
    });
  });

  it('makes a database of SQL, or says what is needed', async () => {
    const sql = "# a comment of the sqlite3 program\nCREATE TABLE t (a TEXT); INSERT INTO t VALUES ('it''s; ATTACH');\n";
    const { agent, baseDir } = await openScenario(['done'], { environment });
    const asked = agent.ask(makeRequest({ sample: sampleWith([{ path: 'db/shop.db', type: 'db', content: sql }]) }));
    if (!hasSqlite) {
      expect((await failureOf(asked)).message).toContain('a SQLite database is made by Node 22.13 or newer');
      return;
    }
    await asked;
    expect(readFileSync(join(baseDir, 'results/S_1_env/db/shop.db')).toString('latin1')).toContain("it's; ATTACH");
  });
});

describe('the servers and the prompt of a sample', () => {
  it('starts only the servers that the sample names, goes on without one that the config lacks, and starts none of others', async () => {
    const servers = { box: { command: process.execPath, args: [server] }, other: { command: process.execPath, args: [server] } };
    const { agent, bodies } = await openScenario(['a', 'b'], { servers, select: '{{row.servers}}' });
    const asked = (names: string[]) => agent.ask(makeRequest({ sample: makeSample({ row: { servers: names } }) }));
    const trajectory = await asked(['other', 'gone']);
    expect(trajectory.turns[0]?.steps[0]).toEqual({
      kind: 'error',
      message: 'the sample needs the MCP server "gone", and the config has only box, other',
    });
    expect(bodies[0]?.tools?.every(({ function: { name } }) => name.startsWith('other__'))).toBe(true);
    expect(await failureOf(asked(['gone']))).toMatchObject({ kind: 'process', phase: 'not-sent' });
    await asked([]);
    expect(bodies[1]?.tools?.some(({ function: { name } }) => name.startsWith('box__'))).toBe(true);
  });

  it('puts only variables that the config declares into the system prompt of a sample', async () => {
    const { agent, bodies } = await openScenario(['a'], { systemVariables: { GITHUB_OWNER: 'octo' } });
    const system = 'owner $'.concat('{GITHUB_OWNER}, key $', '{AWS_SECRET}');
    await agent.ask(makeRequest({ sample: makeSample({ system }) }));
    expect(bodies[0]?.messages[0]?.content).toBe('owner octo, key $'.concat('{AWS_SECRET}'));
  });
});
