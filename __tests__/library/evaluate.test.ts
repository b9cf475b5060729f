import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentCall, type CheckCall, compareRuns, defineAgent, defineChecker, evaluate, type InlineSuite, ToolError } from '../../src/index.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'library-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const samples = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => ({ id, input: `say ${id}`, expected: id }));
const echo = ({ input }: AgentCall) => String(input).replace('say ', '');
const equals = { type: 'equals', value: '{{expected}}' };
const bot = (over: Partial<InlineSuite> = {}): InlineSuite => ({ suite: 'bot', samples, agent: echo, checkers: [equals], repeats: 3, ...over });
const logOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('evaluate, with a suite in the program', () => {
  it('asks the function, scores, and leaves run log and reports', async () => {
    const result = await evaluate(bot(), { cwd });
    expect(result).toMatchObject({ suite: 'bot', isPass: true, exitCode: 0, verdict: { status: 'no-baseline', complete: true } });
    expect(result.assessment.passRate).toBe(1);
    expect(logOf(result.runLog).filter(({ type }) => type === 'done')).toHaveLength(24);
    expect(Object.keys(result.files)).toEqual(expect.arrayContaining(['json', 'html', 'markdown']));
    expect(result.text).toContain('bot');
    result.assertPass();
  });

  it('takes rows as a file would hold them, and names those that no file could', async () => {
    const rows = [{ id: 'a', input: { when: new Date(0), none: undefined }, expected: undefined, metadata: { none: undefined } }];
    const asked: unknown[] = [];
    const agent = ({ input }: AgentCall) => String(asked.push(input));
    const suite = { agent, checkers: [{ type: 'contains', value: '1' }], repeats: 1 };
    const first = await evaluate(bot({ ...suite, samples: rows as unknown as InlineSuite['samples'] }), { cwd, outputDir: 'a' });
    expect(asked).toEqual([{ when: '1970-01-01T00:00:00.000Z' }]);
    const second = await evaluate(bot({ ...suite, samples: [{ id: 'a', input: { when: '1970-01-01T00:00:00.000Z' }, metadata: {} }] }), { cwd });
    const hashOf = ({ runLog }: { runLog: string }) => logOf(runLog).find(({ type }) => type === 'sample')?.hash;
    expect(hashOf(first)).toBe(hashOf(second));
    const circle: { id: string; input?: unknown } = { id: 'b' };
    circle.input = circle;
    const broken = [null, circle, { id: 'c', input: 1n }] as unknown as InlineSuite['samples'];
    const error = await evaluate(bot({ samples: broken }), { cwd }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ToolError);
    expect((error as ToolError).problems.map(({ field }) => field)).toEqual(['samples[0]', 'samples[1]', 'samples[2]']);
    await expect(evaluate(bot({ policy: circle as never }), { cwd })).rejects.toThrow(ToolError);
  });

  it('finds a regression against an earlier run, and says so in an error', async () => {
    await evaluate(bot(), { cwd, outputDir: 'base' });
    const worse = bot({ agent: () => 'no idea', baseline: { path: 'base' } });
    const result = await evaluate(worse, { cwd, outputDir: 'head' });
    expect(result).toMatchObject({ isPass: false, exitCode: 1, verdict: { status: 'regressed' } });
    expect(() => result.assertPass()).toThrow(expect.objectContaining({ name: 'VerdictError', message: expect.stringMatching(/^bot: regressed\n/) }));
    const compared = await compareRuns({ base: 'base', head: 'head', cwd });
    expect(compared.verdict.status).toBe('regressed');
  });

  it('asks a second function in the same run', async () => {
    const result = await evaluate(bot({ agent: () => 'no idea', baseline: { agent: echo } }), { cwd });
    expect(result).toMatchObject({ verdict: { status: 'regressed' }, assessment: { suiteEffect: { baselineRate: 1, rate: 0 } } });
  });

  it('scores with functions, alone and inside other checkers, each under its name', async () => {
    const seen: CheckCall[] = [];
    const short = defineChecker({ name: 'short', version: 1, check: ({ output }) => ({ value: output.length < 5 ? 1 : 0, reason: 'counted' }) });
    const looks = (call: CheckCall) => {
      seen.push(call);
      return call.output === call.sample.expected;
    };
    const broken = defineChecker({ name: 'broken', required: false, check: () => Promise.reject(new Error('out of order')) });
    const checkers = [short, looks, broken, { type: 'all', checkers: [looks, defineChecker(({ output }) => output !== '')] }];
    const { assessment, runLog } = await evaluate(bot({ checkers, repeats: 1 }), { cwd });
    expect(assessment.passRate).toBe(1);
    expect(assessment.checkers.map(({ name }) => name)).toEqual(['short', 'looks', 'broken', 'all']);
    expect(seen[0]).toMatchObject({ sample: { id: 'a', expected: 'a' }, trajectory: { turns: [{ output: 'a' }] }, epoch: 1 });
    expect(logOf(runLog).find(({ checker }) => checker === 'broken')).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('out of order'),
    });
  });

  it('stops a checker and an agent that never answer at their deadlines', async () => {
    const never = () => new Promise<never>(() => {});
    const slow = await evaluate(bot({ agent: never, timeoutMs: 30, maxRetries: 0, repeats: 1 }), { cwd });
    expect(slow).toMatchObject({ isPass: false, exitCode: 3, assessment: { outcomes: { error: 8 } } });
    const hanging = defineChecker({ name: 'hanging', timeoutMs: 20, check: never });
    const { assessment } = await evaluate(bot({ checkers: [hanging], repeats: 1 }), { cwd, outputDir: 'b' });
    expect(assessment.outcomes).toMatchObject({ unscored: 8, fail: 0, pass: 0 });
  });

  it('gives each turn the history, takes a whole conversation at once, and hands over a signal and no expectation', async () => {
    const calls: AgentCall[] = [];
    const talk = {
      id: 'talk',
      turns: [
        { input: 'one', expected: '1:one' },
        { input: 'two', expected: '2:two' },
      ],
    };
    const byTurn = (call: AgentCall) => {
      calls.push(call);
      return { output: `${call.turn}:${String(call.input)}`, toolCalls: ['look'], usage: { inputTokens: 2 } };
    };
    const suite = { ...bot({ samples: [talk], repeats: 1 }), checkers: [{ type: 'per-turn', turns: 'all', checker: equals }] };
    const one = await evaluate({ ...suite, agent: byTurn }, { cwd });
    expect(one.assessment).toMatchObject({ passRate: 1, cost: { inputTokens: 4 } });
    expect(calls[1]).toMatchObject({ turn: 2, history: [{ input: 'one', output: '1:one' }], slot: calls[0]?.slot });
    expect(calls[0]?.signal).toBeInstanceOf(AbortSignal);
    expect(JSON.stringify(calls[0])).not.toContain('1:one');
    const whole = await evaluate(
      { ...suite, agent: ({ turns }) => ({ turns: turns.map(({ input }, at) => ({ output: `${at + 1}:${String(input)}` })) }) },
      { cwd, outputDir: 'b' },
    );
    expect(whole.assessment.passRate).toBe(1);
  });

  it('asks again after an error that says so, and counts any other as an error of the slot', async () => {
    let calls = 0;
    const flaky = defineAgent({
      identity: 'flaky',
      answer: ({ attempt, input }) => {
        calls += 1;
        if (attempt === 1) throw Object.assign(new Error('busy'), { isTransient: true });
        return String(input).replace('say ', '');
      },
    });
    const result = await evaluate(bot({ agent: flaky, samples: samples.slice(0, 1), repeats: 1 }), { cwd });
    expect([calls, result.assessment.passRate]).toEqual([2, 1]);
    expect(logOf(result.runLog)[0]).toMatchObject({ agent: { type: 'function', endpoint: 'flaky' } });
  });

  it('writes no secret', async () => {
    const secret = 'tok-5d41402abc4b2a76';
    const { runLog, files } = await evaluate(bot({ agent: () => `my key is ${secret}`, repeats: 1 }), { cwd, secrets: { BOT_KEY: secret } });
    for (const path of [runLog, ...Object.values(files)]) expect(readFileSync(path, 'utf8')).not.toContain(secret);
    expect(readFileSync(runLog, 'utf8')).toContain('[redacted:BOT_KEY]');
  });

  it('stops when its signal says so, and is never a pass then', async () => {
    const stop = new AbortController();
    const result = await evaluate(
      bot({
        concurrency: 1,
        agent: (call) => {
          if (call.sample.id === 'c') stop.abort();
          return echo(call);
        },
      }),
      { cwd, signal: stop.signal },
    );
    expect(result).toMatchObject({ isPass: false, exitCode: 3, verdict: { complete: false } });
  });
});

describe('what is wrong in a call', () => {
  const problemsOf = async (suite: unknown) => {
    const error = await evaluate(suite as InlineSuite, { cwd }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ToolError)) throw new Error('no ToolError', { cause: error });
    return error.problems.map(({ file, field, message }) => [file, field, message]);
  };

  it('is told by field, all at once, without a file that nobody wrote', async () => {
    expect(await problemsOf(bot({ repeats: 0, checkers: [{ type: 'contain', value: 'x' }] }))).toEqual([
      [undefined, 'repeats', expect.any(String)],
      [undefined, 'checkers[0].type', 'unknown checker "contain"'],
    ]);
    expect(await problemsOf(bot({ checkers: [equals, { type: 'regex', pattern: '(' }] }))).toEqual([
      [undefined, 'checkers[1].pattern', expect.stringContaining('not a usable pattern')],
    ]);
    expect(
      await problemsOf(
        bot({
          samples: [
            { id: 'a', input: 'x' },
            { id: 'a', input: 'y' },
          ],
        }),
      ),
    ).toEqual([['samples of the call', undefined, expect.stringContaining('"a" was used before')]]);
  });
});

describe('the fingerprint of a function', () => {
  const scoreOf = async (checker: ReturnType<typeof defineChecker>, name: string) => {
    const { runLog } = await evaluate(bot({ checkers: [checker], samples: samples.slice(0, 1), repeats: 1 }), { cwd, outputDir: name });
    const [header] = logOf(runLog) as { fingerprints?: { score: unknown } }[];
    return header?.fingerprints?.score;
  };

  it('is its version, else its text', async () => {
    const first = await scoreOf(defineChecker({ name: 'x', check: ({ output }) => output === 'a' }), '1');
    expect(await scoreOf(defineChecker({ name: 'x', check: ({ output }) => output === 'a' }), '2')).toEqual(first);
    expect(await scoreOf(defineChecker({ name: 'x', check: ({ output }) => output === 'b' }), '3')).not.toEqual(first);
    const versioned = await scoreOf(defineChecker({ name: 'x', version: 1, check: () => true }), '4');
    expect(await scoreOf(defineChecker({ name: 'x', version: 1, check: () => false }), '5')).toEqual(versioned);
    expect(await scoreOf(defineChecker({ name: 'x', version: 2, check: () => true }), '6')).not.toEqual(versioned);
  });
});

describe('evaluate, with a config file', () => {
  beforeEach(() => {
    writeFileSync(join(cwd, 's.jsonl'), samples.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
    writeFileSync(join(cwd, 'r.jsonl'), samples.map(({ id }) => `${JSON.stringify({ id, output: id })}\n`).join(''));
    const suite = 'samples: s.jsonl\nagent: {type: replay, path: r.jsonl}\nbaseline: none\ncheckers: [{type: equals}]\n';
    writeFileSync(join(cwd, 'agent-regress.yml'), `suite: bot\n${suite}`);
    writeFileSync(join(cwd, 'two.yml'), `suites: {first: {}, second: {}}\n${suite}`);
  });

  it('runs it as it is, with a function in place of its agent, and against a named run', async () => {
    expect((await evaluate('agent-regress.yml', { cwd, outputDir: 'base' })).assessment.passRate).toBe(1);
    const result = await evaluate('agent-regress.yml', { cwd, agent: () => 'no idea', baseline: ['base'], repeats: 3 });
    expect(result.verdict.status).not.toBe('no-change');
    expect(result.assessment.passRate).toBe(0);
  });

  it('wants the name of one of several suites', async () => {
    await expect(evaluate('two.yml', { cwd })).rejects.toThrow('two.yml holds 2 suites');
    await expect(evaluate('two.yml', { cwd, suite: 'frist' })).rejects.toMatchObject({ remedy: expect.stringContaining('"first"') });
    expect((await evaluate('two.yml', { cwd, suite: 'second' })).suite).toBe('second');
  });
});
