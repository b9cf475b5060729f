import { describe, expect, it } from 'vitest';
import { type CommentMarker, compareRuns, parseMarker, renderMarker } from '../../src/github/comment-marker.ts';

const marker = (overrides: Partial<CommentMarker> = {}) => ({ suite: 'a', runId: 10, attempt: 1, sha: '4f2a9c1b7d', ...overrides });

describe('the marker', () => {
  it('is matched whole, at the start only', () => {
    expect(parseMarker(`${renderMarker(marker())}\ntext`)).toEqual(marker());
    expect(parseMarker(`> ${renderMarker(marker())}`)).toBeUndefined();
    expect(parseMarker(renderMarker(marker()).replace('suite=a', 'suite=a b'))).toBeUndefined();
    const sha = 'abcdef0';
    const line = '<!-- agent-regress:v1 suite=a.b_c-1 run=123456789012345 attempt=123456789 sha=abcdef0 -->';
    const all = { suite: 'a.b_c-1', runId: 123_456_789_012_345, attempt: 123_456_789, sha };
    expect(renderMarker(all)).toBe(line);
    for (const body of [line, `${line}\n`, `${line}\r\ntext`]) expect(parseMarker(body)).toEqual(all);
    for (const body of ['', `\n${line}`, `${line} x`, `${line}\rtext`, line.replace('-->', '->'), line.replace(' -->', ' x -->')])
      expect(parseMarker(body)).toBeUndefined();
    const wrong = ['suite=', 'suite=A', 'run=', 'run=1234567890123456', 'run=x', 'attempt=', 'attempt=1234567890', 'sha=abcdef', 'sha=ABCDEF0'];
    for (const part of [...wrong, `sha=${'a'.repeat(65)}`])
      expect(parseMarker(line.replace(new RegExp(`${part.split('=')[0]}=[^ ]+`), part)), part).toBeUndefined();
    expect(parseMarker(line.replace(sha, 'a'.repeat(64)))?.sha).toHaveLength(64);
  });

  it('orders runs by their number, and the tries of one by theirs', () => {
    const [first, second, next] = [marker(), marker({ attempt: 2 }), marker({ runId: 11 })];
    expect([compareRuns(second, first) > 0, compareRuns(next, second) > 0, compareRuns(first, next) < 0]).toEqual([true, true, true]);
    expect(compareRuns(first, marker({ sha: 'f'.repeat(40) }))).toBe(0);
  });
});
