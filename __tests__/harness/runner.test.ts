import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandLines, commandMark } from '../helpers/command-lines.ts';
import { cancelStep, createMasker, encoders, maxSummaryBytes, parseCommandFiles, readOutput } from './runner.ts';

const none = { output: '', env: '', path: '', state: '', summary: '' };

describe('the simulated runner', () => {
  it('would carry out every line of the corpus', () => {
    expect(commandLines).toHaveLength(30);
    expect(new Set(commandLines).size).toBe(30);
    const isCarriedOut = (line: string) => {
      const [command] = readOutput(`first\n${line}\n`).commands;
      return command === undefined ? /stop-commands/.test(line) : command.data.includes(commandMark);
    };
    expect(commandLines.filter((line) => !isCarriedOut(line))).toEqual([]);
  });

  it('takes outputs, variables, paths and state from the files, and says what it refuses', () => {
    const taken = parseCommandFiles({ ...none, output: 'a<<E\nx\nE\n', env: 'NODE_OPTIONS=--x\nOK=1\n', path: '/a\n\n/b\n', state: 'broken' });
    expect(taken).toMatchObject({ outputs: { a: 'x' }, environment: { OK: '1' }, path: ['/a', '/b'], state: {} });
    expect(taken.errors).toEqual([expect.stringContaining('NODE_OPTIONS'), expect.stringContaining("'state'")]);
  });

  it('drops a summary above its limit', () => {
    expect(parseCommandFiles({ ...none, summary: 'x'.repeat(maxSummaryBytes) })).toMatchObject({ errors: [] });
    expect(parseCommandFiles({ ...none, summary: 'ä'.repeat(maxSummaryBytes / 2 + 1) })).toMatchObject({ summary: '', errors: [expect.any(String)] });
  });

  it('hides a secret in eleven forms, and a masked value from the next line on', () => {
    expect(encoders).toHaveLength(11);
    const secret = `s3cr"et'<&+x-${commandMark}`;
    const { hide } = createMasker([secret]);
    for (const form of [secret, ...encoders.map((encode) => encode(secret))].filter((text) => text !== ''))
      expect(hide(`a ${form} b`)).toBe('a *** b');
    expect(readOutput('key-1\n::add-mask::key-1\nkey-1, key-1key-1').log).toBe('key-1\n***, ***');
  });

  it('cancels with SIGINT, then SIGTERM, then SIGKILL', async () => {
    const program = "for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => console.log(s)); setInterval(() => {}, 1e3); console.log('ready');";
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    let seen = '';
    let cancelled: ReturnType<typeof cancelStep> | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (seen === 'ready\n') cancelled = cancelStep(child, { graceMs: 600 });
    });
    const signal = await new Promise((resolve) => child.on('close', (_, name) => resolve(name)));
    cancelled?.end();
    expect(seen).toBe('ready\nSIGINT\nSIGTERM\n');
    expect(signal).toBe('SIGKILL');
  });
});
