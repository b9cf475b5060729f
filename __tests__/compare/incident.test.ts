import { describe, expect, it } from 'vitest';
import { historyState, isBack } from '../../src/compare/incident.ts';
import type { HistoryRow } from '../../src/records/history.ts';
import { aRow, nights } from '../helpers/history.ts';

const ids = (rows: readonly HistoryRow[] = []) => rows.map(({ runId }) => runId);

describe('alarms and recoveries of a history', () => {
  it('knows no drop in an empty or a calm history', () => {
    expect(historyState([])).toEqual({ kind: 'good' });
    expect(historyState(nights(['no-baseline', 'no-change', 'inconclusive', 'improved']))).toEqual({ kind: 'good' });
  });

  it('goes on with a drop through nights that find no change against it', () => {
    const state = historyState(nights(['no-baseline', 'no-change', 'regressed', 'no-change', 'inconclusive']));
    expect(state).toMatchObject({ kind: 'bad', incident: { lastGood: { runId: '2' }, level: { good: 0.92, lowestGood: 0.92 } } });
    expect(state.kind === 'bad' && ids(state.incident.bad)).toEqual(['3', '4', '5']);
  });

  it('ends it with a night that is judged better and near the old level', () => {
    const rows = nights(['no-change', 'regressed', 'no-change', 'improved']);
    expect(historyState(rows)).toMatchObject({ kind: 'recovered', how: 'back' });
    expect(historyState([...rows, aRow(9)])).toEqual({ kind: 'good' });
  });

  it('ends it with a night as good as the lowest of the good ones, even if the comparison cannot tell', () => {
    const rows = [aRow(1, { passRate: 0.94 }), aRow(2, { passRate: 0.91 }), aRow(3, { verdict: 'regressed', passRate: 0.8 })];
    expect(historyState([...rows, aRow(4, { verdict: 'inconclusive', passRate: 0.905 })]).kind).toBe('bad');
    expect(historyState([...rows, aRow(4, { verdict: 'inconclusive', passRate: 0.91 })]).kind).toBe('recovered');
  });

  it('takes half of the way back for no recovery', () => {
    const rows = nights(['no-change', 'regressed']);
    expect(historyState([...rows, aRow(3, { verdict: 'improved', passRate: 0.8 })]).kind).toBe('bad');
  });

  it('hears nothing from a run that did not finish or measured nothing', () => {
    const rows = nights(['no-change', 'regressed']);
    expect(historyState([...rows, aRow(3, { complete: false, verdict: 'improved' })]).kind).toBe('bad');
    const { passRate: _, ...nothing } = aRow(4, { verdict: 'improved' });
    expect(historyState([...rows, nothing]).kind).toBe('bad');
    expect(historyState([aRow(1, { complete: false, verdict: 'regressed' })]).kind).toBe('good');
  });

  it('ends it with an acceptance, whose level counts from then on', () => {
    const rows = nights(['no-change', 'regressed']);
    const accepted = aRow(3, { verdict: 'regressed', passRate: 0.6, accepted: true });
    expect(historyState([...rows, accepted])).toMatchObject({ kind: 'recovered', how: 'accepted' });
    const later = historyState([...rows, accepted, aRow(4, { passRate: 0.6 }), aRow(5, { verdict: 'regressed', passRate: 0.4 })]);
    expect(later).toMatchObject({ kind: 'bad', incident: { level: { good: 0.6, bad: 0.4 } } });
  });

  it('takes the level from the baseline when the history begins with the drop', () => {
    expect(historyState([aRow(1, { verdict: 'regressed', passRate: 0.7, baselineRate: 0.9 })])).toMatchObject({
      incident: { level: { good: 0.9, bad: 0.7 } },
    });
    const unknown = historyState([aRow(1, { verdict: 'regressed', passRate: 0.7 })]);
    expect(unknown).toMatchObject({ kind: 'bad', incident: { level: { bad: 0.7 } } });
  });

  it('needs a better verdict where no level is known', () => {
    expect(isBack(aRow(1), { level: {} })).toBe(false);
    expect(isBack(aRow(1, { verdict: 'improved' }), { level: {} })).toBe(true);
  });
});
