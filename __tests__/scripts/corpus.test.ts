import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hostileConfigs } from '../fixtures/hostile/configs.ts';
import { bombs, slips } from '../fixtures/hostile/zips.ts';
import { soakRow } from '../harness/soak.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const filesIn = (folder: string) =>
  readdirSync(`${fixtures}/${folder}`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

/** Cases of a file of JSON: entries of its list or mapping, those of lists inside counted one by one. */
function casesIn(name: string): number {
  const value: unknown = JSON.parse(readFileSync(`${fixtures}/hostile/${name}`, 'utf8'));
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value as object);
  return items.reduce((sum: number, item) => sum + (Array.isArray(item) && !Array.isArray(value) ? item.length : 1), 0);
}

it('keeps at least 400 hostile and broken inputs', () => {
  const lists = readdirSync(`${fixtures}/hostile`).filter((name) => name.endsWith('.json') && !name.includes('.expected.'));
  const counts: Record<string, number> = {
    zips: Object.keys(slips).length + Object.keys(bombs).length,
    configs: Object.keys(hostileConfigs).length,
    texts: hostileTexts.length,
    'files of other systems': filesIn('broken'),
    ...Object.fromEntries(lists.map((name) => [name.replace('.json', ''), casesIn(name)])),
  };
  const wanted: Record<string, number> = { zips: 40, configs: 60 };
  for (const [kind, count] of Object.entries(counts)) {
    const least = wanted[kind] ?? 20;
    soakRow({ goal: 'G5', what: `committed cases: ${kind}`, wanted: `≥ ${least}`, measured: String(count), isMet: count >= least });
  }
  const sum = Object.values(counts).reduce((a, b) => a + b, 0);
  soakRow({ goal: 'G5', what: 'committed cases', wanted: '≥ 400', measured: String(sum), isMet: sum >= 400 });
  expect(sum).toBeGreaterThanOrEqual(400);
  for (const [kind, least] of Object.entries(wanted)) expect(counts[kind]).toBeGreaterThanOrEqual(least);
});
