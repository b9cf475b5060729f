import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProject, type Project } from '../helpers/run-cli.ts';
import { scoreOutputs } from '../helpers/score-outputs.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

/** Runs an agent that is a script of Node; `slot` and `write(name, text)` are at hand. */
async function run(script: string, finalState: object, options: { samples?: object[]; assertions?: object[]; name?: string } = {}) {
  project.write(
    'agent.cjs',
    `const fs = require('node:fs'); const { slot, sample } = JSON.parse(fs.readFileSync(0));
     const write = (name, text) => { fs.mkdirSync(require('node:path').dirname(name), { recursive: true }); fs.writeFileSync(name, text); };
     let reply = { output: 'done' };
     ${script}
     process.stdout.write(JSON.stringify(reply));`,
  );
  const agent = { type: 'command', command: [process.execPath, 'agent.cjs'] };
  const { samples, assertions = [{ path: '/orders/a1/status', equals: 'refunded' }], name = 'out' } = options;
  const checkers = [{ type: 'state', assertions }];
  const result = await scoreOutputs(project, { outputs: ['x'], checkers, config: { agent, finalState }, name, ...(samples ? { samples } : {}) });
  const [response] = project.records(name, 'response') as unknown as {
    trajectory: { finalState: unknown; finalStateProblems?: Record<string, string> };
  }[];
  return { ...result, state: response?.trajectory.finalState, problems: response?.trajectory.finalStateProblems };
}

const orders = `write('out/' + slot + '/orders.json', JSON.stringify({ a1: { status: 'refunded' } }));`;

describe('finalState', () => {
  it('reads what the agent left behind into the trajectory, so that scoring it again needs no files', async () => {
    const sources = { orders: { json: 'out/{{slot}}/orders.json' }, log: { text: './log-{{id}}.txt' } };
    const { scores, state, problems } = await run(`${orders} write('log-s1.txt', 'refunded a1');`, sources);
    expect(state).toEqual({ orders: { a1: { status: 'refunded' } }, log: 'refunded a1' });
    expect(problems).toBeUndefined();
    expect(scores).toMatchObject([{ kind: 'scored', pass: true }]);
  });

  it('takes the place of what the agent says of itself, also where nothing is there', async () => {
    const claim = `reply = { output: 'done', finalState: { orders: { a1: { status: 'refunded' } }, mood: 'good' } };`;
    const { scores, state, problems } = await run(claim, { orders: { json: 'out/{{slot}}/orders.json' } });
    expect(state).toEqual({ mood: 'good' });
    expect(problems).toEqual({ orders: 'the file is not there' });
    expect(scores).toMatchObject([{ pass: false, reason: expect.stringContaining('"orders" was not read: the file is not there') }]);
  });

  it.each([
    ['is not JSON', `write('state.json', '{');`, 'state.json', /the file is not JSON/],
    ['is too large', `write('state.json', '"' + 'x'.repeat(2_000_000) + '"');`, 'state.json', /more than 1048576 bytes/],
    ['is a folder', `write('state.json/x', '');`, 'state.json', /not a file/],
    [
      'is named by a sample outside of the folder',
      `write('out/x', '1');`,
      'out/{{metadata.file}}',
      /outside of the folder that the config names|is not there/,
    ],
  ])('leaves out a file that %s', async (_, script, path, reason) => {
    project.write('secret.json', '{"a": 1}');
    const { state, problems } = await run(script, { orders: { json: path } }, { samples: [{ metadata: { file: '../secret.json' } }] });
    expect(state).toEqual({});
    expect(problems?.orders).toMatch(reason);
  });

  it('does not follow a link out of the folder', async () => {
    project.write('secret.json', '{"a": 1}');
    mkdirSync(join(project.folder, 'out'));
    symlinkSync('../secret.json', join(project.folder, 'out/s1.json'));
    const { problems } = await run('', { orders: { json: 'out/{{id}}.json' } });
    expect(problems?.orders).toBe('the file is outside of the folder that the config names');
  });

  it('is part of how the agent is asked only where it is set', async () => {
    const callOf = (name: string) => (project.records(name, 'run')[0] as { fingerprints: { call: object } }).fingerprints.call;
    await run(orders, { orders: { json: 'out/{{slot}}/orders.json' } });
    expect(callOf('out')).toHaveProperty('finalState');
    await scoreOutputs(project, { outputs: ['x'], checkers: [{ type: 'equals' }], name: 'plain' });
    expect(callOf('plain')).not.toHaveProperty('finalState');
  });

  it.each([
    [{ orders: { json: 'a', text: 'b' } }, /expected one of json, text and sqlite/],
    [{ orders: { sqlite: 'a.db' } }, /sqlite and query belong together/],
    [{ orders: { json: 'a', query: 'select 1' } }, /sqlite and query belong together/],
  ])('refuses %j', async (sources, message) => {
    await expect(run('', sources)).rejects.toMatchObject({ problems: [{ field: 'finalState.orders', message: expect.stringMatching(message) }] });
  });
});
