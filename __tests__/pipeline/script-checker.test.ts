import { chmodSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProject, type Project } from '../helpers/run-cli.ts';
import { scoreOutputs } from '../helpers/score-outputs.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const secret = 'canary-7d1e90ab';
const node = process.execPath;

/** Scores one output with a script of Node; the text is the body of the script. */
async function scoreWith(body: string, options: Record<string, unknown> = {}, output = 'yes') {
  project.write('check.cjs', `const fs = require('node:fs'); const [, , input, out] = process.argv;\n${body}`);
  const checker = { type: 'script', command: [node, 'check.cjs', '{{in}}', '{{out}}'], ...options };
  const scored = await scoreOutputs(project, { outputs: [output], checkers: [checker], env: { KEY: secret, OTHER: 'other-value' } });
  return { ...scored, score: scored.scores[0] };
}

const answer = (value: string) => `fs.writeFileSync(out, ${JSON.stringify(value)});`;
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a script checker', () => {
  it('gets the sample and the trajectory in a file, and answers with another', async () => {
    const { score } = await scoreWith(
      `const { sample, trajectory, output, epoch } = JSON.parse(fs.readFileSync(input));
       fs.writeFileSync(out, JSON.stringify({ value: 0.5, pass: true, reason: [sample.id, sample.expected, trajectory.turns.length, output, epoch].join() }));`,
    );
    expect(score).toMatchObject({ kind: 'scored', value: 0.5, pass: true, reason: 's1,yes,1,yes,1' });
  });

  it('may be of any language, and find its files by variables', async () => {
    project.write(
      'check.sh',
      'grep -q \'"output":"yes"\' "$AGENT_REGRESS_INPUT" && echo true > "$AGENT_REGRESS_OUTPUT" || echo false > "$AGENT_REGRESS_OUTPUT"\n',
    );
    const { scores } = await scoreOutputs(project, { outputs: ['yes', 'no'], checkers: [{ type: 'script', command: ['sh', './check.sh'] }] });
    expect(scores).toMatchObject([
      { kind: 'scored', pass: true, reason: '"./check.sh" says pass' },
      { kind: 'scored', pass: false },
    ]);
  });

  it.each([
    ['ends with another code', 'process.stderr.write("no such table\\n"); process.exitCode = 3;', /exited with code 3; it wrote: no such table/],
    ['ends with another code after its answer', `${answer('true')} process.exitCode = 1;`, /exited with code 1/],
    ['writes no file', 'process.stdout.write("true");', /ended without writing its answer/],
    ['writes an empty file', answer(''), /answered nothing/],
    ['writes no JSON', answer('fine\u001b[31m'), /answered with what is no JSON: "fine \[31m"/],
    ['answers out of range', answer('{"value": 7}'), /checker returned "\{\\"value\\":7\}"|checker returned "\{"value":7\}"/],
    ['makes a folder of its answer', 'fs.mkdirSync(out);', /ended without writing its answer/],
    ['writes too much', 'fs.writeFileSync(out, "1".repeat(2_000_000));', /wrote more than 1048576 bytes to its file/],
    ['prints too much', `${answer('true')} process.stdout.write("x".repeat(3_000_000));`, /wrote more than 1048576 bytes to standard output/],
    ['dies', 'process.kill(process.pid, "SIGKILL");', /was killed by SIGKILL/],
  ])('that %s leaves the answer unscored', async (_, body, reason) => {
    const { score } = await scoreWith(body);
    expect(score).toMatchObject({ kind: 'unscored', reason: expect.stringMatching(reason) });
  });

  it('is stopped at its limit with all that it started', async () => {
    const { score } = await scoreWith(
      `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
       fs.writeFileSync('pids', process.pid + ' ' + child.pid);
       process.on('SIGTERM', () => {});
       setInterval(() => {}, 1000);`,
      { timeoutMs: 700 },
    );
    expect(score).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('took more than 0.7 s') });
    const pids = project.read('pids').split(' ').map(Number);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });

  it('is not waited for once it has ended or was stopped, though something in a group of its own holds its output', async () => {
    const leave = `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'inherit', detached: true });
       fs.writeFileSync('pid', String(child.pid));`;
    const pids: number[] = [];
    const ends = [
      ['process.exit(0);', { kind: 'scored', pass: true }],
      ['setInterval(() => {}, 1000);', { kind: 'unscored', reason: expect.stringContaining('took more than 3 s') }],
    ] as const;
    for (const [end, expected] of ends) {
      const { score } = await scoreWith(`${leave} ${answer('true')} ${end}`, { timeoutMs: 3000 });
      const pid = Number(project.read('pid'));
      pids.push(pid);
      expect([isAlive(pid), score]).toMatchObject([true, expected]);
    }
    for (const pid of pids) process.kill(pid);
  });

  it.each([
    ['no JSON', (text: string) => text, 110],
    ['another form', (text: string) => JSON.stringify({ said: text }), 60],
    ['a long reason', (text: string) => JSON.stringify({ pass: true, reason: text }), 490],
  ])('does not let half of a secret through when %s is cut', async (_, form, length) => {
    const text = form(`${'word '.repeat(length / 5)}key=${secret}-and-more, and more`);
    const { score, runLog } = await scoreWith(answer(text), { env: { KEY: `\${env:KEY}` } });
    expect(score?.reason).toContain('word word');
    expect(project.read(runLog.slice(project.folder.length + 1))).not.toContain('canary');
  });

  it('gets no more of the environment than it was given, in a folder that is gone afterwards', async () => {
    const { score, runLog } = await scoreWith(
      `fs.writeFileSync('seen.json', JSON.stringify({ names: Object.keys(process.env), input, mode: fs.statSync(require('node:path').dirname(input)).mode }));
       fs.writeFileSync(out, JSON.stringify({ pass: true, reason: 'key ' + process.env.KEY }));`,
      { env: { KEY: `\${env:KEY}` } },
    );
    const seen = JSON.parse(project.read('seen.json')) as { names: string[]; input: string; mode: number };
    const given = ['AGENT_REGRESS_INPUT', 'AGENT_REGRESS_OUTPUT', 'KEY'];
    const usual = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'PWD', 'SHLVL', '_', 'OLDPWD', '__CF_USER_TEXT_ENCODING'];
    expect(seen.names.filter((name) => !usual.includes(name)).sort()).toEqual(given);
    expect(seen.mode & 0o077).toBe(0);
    expect(existsSync(dirname(seen.input))).toBe(false);
    expect(score).toMatchObject({ pass: true, reason: expect.not.stringContaining(secret) });
    expect(project.read(runLog.slice(project.folder.length + 1))).not.toContain(secret);
  });

  it('has another fingerprint when its file is another, not when a key is', async () => {
    const first = await scoreWith(answer('true'), { env: { KEY: `\${env:KEY}` } });
    const same = await scoreWith(answer('true'), { env: { KEY: `\${env:OTHER}` }, timeoutMs: 9000 });
    const other = await scoreWith(answer('false'), { env: { KEY: `\${env:KEY}` } });
    expect(same.fingerprints.script).toBe(first.fingerprints.script);
    expect(other.fingerprints.script).not.toBe(first.fingerprints.script);
  });

  it('has another fingerprint when its program is another', async () => {
    const scoreWithProgram = async (text: string) => {
      project.write('checks/polite', `#!/bin/sh\necho ${text} > "$1"\n`);
      chmodSync(join(project.folder, 'checks/polite'), 0o755);
      return scoreOutputs(project, { outputs: ['yes'], checkers: [{ type: 'script', command: ['checks/polite', '{{out}}'] }] });
    };
    const [first, other] = [await scoreWithProgram('true'), await scoreWithProgram('false')];
    expect([first.scores[0], other.scores[0]]).toMatchObject([{ pass: true }, { pass: false }]);
    expect(other.fingerprints.script).not.toBe(first.fingerprints.script);
  });

  it('is refused before the run when its file is not there, and in the checkers of a sample', async () => {
    const missing = scoreOutputs(project, { outputs: ['yes'], checkers: [{ type: 'script', command: ['python3', 'checks/none.py'] }] });
    await expect(missing).rejects.toMatchObject({ problems: [{ field: 'checkers[0].command', message: expect.stringContaining('checks/none.py') }] });
    const samples = [{ checkers: [{ type: 'script', command: ['true'] }] }];
    const brought = scoreOutputs(project, { outputs: ['yes'], checkers: [{ type: 'equals' }], samples });
    await expect(brought).rejects.toThrow('it runs code');
  });
});
