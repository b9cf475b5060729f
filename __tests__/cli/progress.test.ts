import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressOptions, progressText } from '../../src/cli/progress.ts';
import type { PipelineEvent } from '../../src/pipeline/ports.ts';

type Counted = PipelineEvent & { kind: 'progress' };
const counted = (done: number, total: number, changes: Partial<Counted> = {}): Counted => ({
  kind: 'progress',
  phase: 'run',
  done,
  total,
  pass: done,
  fail: 0,
  error: 0,
  unscored: 0,
  answered: 0,
  ...changes,
});
const started: PipelineEvent = { kind: 'started', suite: 'bot', samples: 1, repeats: 3, slots: 3, resumed: 0 };

/** What a stream got, with a clock that the test turns. */
function follow(options: Partial<ProgressOptions> = {}, terminal?: { columns: number }) {
  let text = '';
  let now = 0;
  const write = (part: string) => (text += part);
  const stream = { write, emptyLine: () => write('\r\u001b[2K'), ...(terminal ? { isTTY: true, ...terminal } : {}) };
  const progress = createProgress(stream, { isQuiet: false, isVerbose: false, monotonicMs: () => now, ...options });
  return {
    ...progress,
    pass: (ms: number) => {
      now += ms;
    },
    text: () => text,
  };
}

describe('progress in a log', () => {
  it('is a line now and then, and one at the end', () => {
    const log = follow();
    log.onEvent(started);
    for (let done = 1; done <= 100; done++) {
      log.pass(250);
      log.onEvent(counted(done, 100));
    }
    log.end();
    expect(log.text().split('\n')).toEqual([
      'bot: 1 sample × 3 repeats = 3 slots',
      '40/100 · 40 pass, 0 fail · 4.0/s, 15 s left',
      '80/100 · 80 pass, 0 fail · 4.0/s, 5 s left',
      '100/100 · 100 pass, 0 fail · 4.0/s',
      '',
    ]);
  });

  it('says whose it is when there are several suites', () => {
    const log = follow({ prefix: 'bot' });
    log.onEvent(started);
    log.onEvent({ kind: 'notice', level: 'warning', message: 'careful' });
    expect(log.text()).toBe('bot: 1 sample × 3 repeats = 3 slots\nbot: warning: careful\n');
  });

  it('is nothing but warnings when quiet, and every notice when verbose', () => {
    const quiet = follow({ isQuiet: true });
    const verbose = follow({ isVerbose: true });
    for (const log of [quiet, verbose]) {
      log.onEvent(started);
      log.onEvent(counted(1, 1));
      log.onEvent({ kind: 'notice', level: 'info', message: 'asked again' });
      log.onEvent({ kind: 'notice', level: 'warning', message: 'careful' });
    }
    expect(quiet.text()).toBe('warning: careful\n');
    expect(verbose.text()).toContain('asked again\n');
  });
});

describe('progress on a terminal', () => {
  it('is a bar that is written over and cleared', () => {
    const bar = follow({}, { columns: 80 });
    bar.onEvent(started);
    bar.onEvent(counted(1, 2));
    bar.onEvent({ kind: 'notice', level: 'warning', message: 'careful' });
    bar.end();
    expect(bar.text()).toMatch(/█+░+ {2}1\/2 · 1 pass, 0 fail/);
    expect(bar.text()).toContain('\r\u001b[2Kwarning: careful\n');
  });

  it('never reaches the last column', () => {
    for (let columns = 20; columns < 120; columns++) {
      const text = progressText(counted(5, 10, { error: 1, unscored: 2 }), { elapsedMs: 1000, doneAtStart: 0, columns });
      expect([...text].length).toBeLessThan(columns);
    }
  });
});

describe('the text', () => {
  it('names the phase, errors and what is not scored', () => {
    const view = { elapsedMs: 2000, doneAtStart: 0, columns: 0 };
    expect(progressText(counted(4, 8, { phase: 'confirm', fail: 1, error: 2, unscored: 1, pass: 0 }), view)).toBe(
      'confirm 4/8 · 0 pass, 1 fail, 2 error, 1 unscored · 2.0/s, 2 s left',
    );
    expect(progressText(counted(4, 4, { answered: 4, pass: 0 }), view)).toBe('4/4 · 4 answered · 2.0/s');
  });

  it('gives long times in minutes and hours, and none before the first answer', () => {
    const left = (done: number, total: number) => progressText(counted(done, total), { elapsedMs: 1000, doneAtStart: 0, columns: 0 });
    expect(left(1, 200)).toContain('3 min 19 s left');
    expect(left(1, 8000)).toContain('2 h 13 min left');
    expect(left(0, 10)).not.toContain('left');
  });
});
