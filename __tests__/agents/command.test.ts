import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf, makeRequest, makeSample, openAgent, tempDir } from './support.ts';

const node = process.execPath;
const readAll = `const read = async () => { let t = ''; for await (const c of process.stdin) t += c; return JSON.parse(t); };`;
const run = (code: string) => [node, '-e', `${readAll} (async () => { ${code} })()`];

describe('a process per slot', () => {
  it('gets the slot as JSON, without the expected answer, and answers in the short form', async () => {
    const agent = await openAgent('command', {
      command: run(
        `const r = await read(); console.log(JSON.stringify({ output: JSON.stringify(r), toolCalls: [{ name: 't', args: {} }], usage: { input_tokens: 1 } }))`,
      ),
    });
    const sample = makeSample({ expected: 'secret answer', turns: [{ input: 'hello', expected: 'secret answer' }], system: 's', metadata: { m: 1 } });
    const trajectory = await agent.ask(makeRequest({ sample, epoch: 3 }));
    const output = trajectory.turns[0]?.output ?? '';
    expect(JSON.parse(output)).toMatchObject({
      input: 'hello',
      turns: [{ input: 'hello' }],
      system: 's',
      epoch: 3,
      slot: 'key-1',
      sample: { id: 's1', metadata: { m: 1 } },
    });
    expect(output).not.toContain('secret answer');
    expect(trajectory).toMatchObject({ turns: [{ steps: [{ kind: 'toolCall', name: 't', args: {} }] }], usage: { inputTokens: 1 } });
    expect(trajectory.latencyMs).toBeGreaterThan(0);
  });

  it('takes anything but an object as the output', async () => {
    expect((await (await openAgent('command', { command: run(`console.log('plain\\n[1]')`) })).ask(makeRequest())).turns[0]?.output).toBe(
      'plain\n[1]',
    );
  });

  it('splits a text into arguments without a shell', async () => {
    const agent = await openAgent('command', { command: `"${node}" -p 'process.argv.slice(1).join("|")' a "b c" '$HOME;ls'` });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('a|b c|$HOME;ls');
    await expect(openAgent('command', { command: 'node "open' })).rejects.toThrow('quote');
  });

  it('takes a whole trajectory, and asks for one when there are several turns', async () => {
    const sample = makeSample({ turns: [{ input: 'a' }, { input: 'b' }] });
    const whole = await openAgent('command', {
      command: run(`const r = await read(); console.log(JSON.stringify({ turns: r.turns.map((t) => ({ output: t.input + '!' })), latencyMs: 5 }))`),
    });
    expect(await whole.ask(makeRequest({ sample }))).toMatchObject({
      turns: [
        { input: 'a', output: 'a!' },
        { input: 'b', output: 'b!' },
      ],
      latencyMs: 5,
    });
    const short = await openAgent('command', { command: run(`console.log('x')`) });
    expect((await failureOf(short.ask(makeRequest({ sample })))).message).toContain('the sample has 2 turns');
  });

  it('sees only a scrubbed environment and what was declared', async () => {
    process.env.INPUT_TOKEN = 'canary';
    process.env.GITHUB_TOKEN = 'canary';
    const agent = await openAgent('command', { command: run('console.log(Object.keys(process.env).sort().join())'), env: { MINE: '1' } });
    const names = (await agent.ask(makeRequest())).turns[0]?.output.split(',') ?? [];
    delete process.env.INPUT_TOKEN;
    delete process.env.GITHUB_TOKEN;
    expect(names).toContain('MINE');
    expect(names).toContain('PATH');
    expect(names.filter((name) => /^(INPUT|GITHUB|ACTIONS|RUNNER|NODE|VITEST)/.test(name))).toEqual([]);
  });

  it('quotes no half of a secret from the end of standard error', async () => {
    for (let after = 960; after < 1000; after += 3) {
      const agent = await openAgent('command', {
        command: run(`console.error('sk-canary-0123456789abcdef ' + 'b '.repeat(${after / 2})); process.exit(1)`),
      });
      const { message } = await failureOf(agent.ask(makeRequest()));
      expect(message.replace('sk-canary-0123456789abcdef', ''), message).not.toMatch(/abcdef/);
    }
  });

  it.each([
    [run(`console.error('first'); console.error('last words'); process.exit(3)`), 'process', 'exited with code 3; it wrote: first last words'],
    [run(`process.kill(process.pid, 'SIGKILL')`), 'process', 'was killed by SIGKILL'],
    [['/no/such/program'], 'process', 'could not be started'],
    [run(`console.log('x'.repeat(200000))`), 'too-large', 'more than 100000 bytes'],
    [run(`process.stdout.write(Buffer.from([0xff]))`), 'bad-response', 'not UTF-8'],
    [run(`console.log('{"nothing": 1}')`), 'bad-response', 'found {nothing: number}'],
    [run(`console.log('{"error": "quota"}')`), 'agent-error', 'quota'],
  ])('explains %j', async (command, kind, message) => {
    const failure = await failureOf((await openAgent('command', { command })).ask(makeRequest()));
    expect(failure).toMatchObject({ kind, isTransient: false, message: expect.stringContaining(message) });
  });

  it('is killed with everything that it started, even when it ignores SIGTERM', async () => {
    const dir = tempDir();
    const file = join(dir, 'beat');
    const child = `process.on('SIGTERM', () => {}); setInterval(() => require('fs').appendFileSync(${JSON.stringify(file)}, 'x'), 20)`;
    const code = `process.on('SIGTERM', () => {}); require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
    const agent = await openAgent('command', { command: [node, '-e', code] });
    const stop = new AbortController();
    const pending = failureOf(agent.ask(makeRequest({ signal: stop.signal })));
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort(new DOMException('late', 'TimeoutError'));
    expect(await pending).toMatchObject({ kind: 'timeout', phase: 'ambiguous' });
    const size = readFileSync(file).length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(readFileSync(file).length).toBe(size);
  });
});

describe('long-lived processes speaking lines', () => {
  const lines = (code: string) => ({
    mode: 'lines',
    command: [node, '-e', `require('readline').createInterface({ input: process.stdin }).on('line', (l) => { const r = JSON.parse(l); ${code} })`],
  });

  it('answers many slots from few processes, each with its own answer', async () => {
    const agent = await openAgent('command', lines('console.log(JSON.stringify({ slot: r.slot, output: r.input + " " + process.pid }))'), {
      concurrency: 2,
    });
    const outputs = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const request = makeRequest({ sample: makeSample({ input: `q${i}` }), idempotencyKey: `k${i}` });
        return (await agent.ask(request)).turns[0]?.output.split(' ') ?? [];
      }),
    );
    expect(outputs.map(([text]) => text)).toEqual(Array.from({ length: 20 }, (_, i) => `q${i}`));
    expect(new Set(outputs.map(([, pid]) => pid)).size).toBe(2);
  });

  it('refuses a line that does not say whose answer it is', async () => {
    const agent = await openAgent('command', lines('console.log(JSON.stringify({ output: "x" }))'));
    expect((await failureOf(agent.ask(makeRequest()))).message).toContain('lacks the "slot"');
    const noisy = await openAgent('command', lines('console.log("loading…")'));
    expect((await failureOf(noisy.ask(makeRequest()))).message).toContain('not a JSON object: loading…');
  });

  it('credits nothing that a confused process wrote to the next slot', async () => {
    const twice = 'if (r.input === "bad") console.log("noise"); console.log(JSON.stringify({ slot: r.slot, output: r.input }))';
    const agent = await openAgent('command', lines(twice), { concurrency: 1 });
    const ask = (input: string) => makeRequest({ sample: makeSample({ input }), idempotencyKey: input });
    expect((await failureOf(agent.ask(ask('bad')))).message).toContain('not a JSON object: noise');
    expect((await agent.ask(ask('good'))).turns[0]?.output).toBe('good');
  });

  it('goes on with a new process after a crash, a hang and a flood', async () => {
    const code = `if (r.input === 'crash') { console.error('bye'); process.exit(7); }
      if (r.input === 'flood') process.stdout.write('x'.repeat(300000));
      else if (r.input !== 'hang') console.log(JSON.stringify({ slot: r.slot, output: 'ok' }));`;
    const agent = await openAgent('command', lines(code), { concurrency: 1 });
    const ask = (input: string, signal?: AbortSignal) => agent.ask(makeRequest({ sample: makeSample({ input }), ...(signal ? { signal } : {}) }));
    expect(await failureOf(ask('crash'))).toMatchObject({
      kind: 'process',
      phase: 'ambiguous',
      message: expect.stringContaining('exited with code 7; it wrote: bye'),
    });
    expect(await failureOf(ask('hang', AbortSignal.timeout(200)))).toMatchObject({ kind: 'timeout' });
    expect(await failureOf(ask('flood'))).toMatchObject({ kind: 'too-large' });
    expect((await ask('fine')).turns[0]?.output).toBe('ok');
  });
});
