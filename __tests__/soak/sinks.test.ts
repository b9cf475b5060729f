import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openHtmlSink } from '../harness/html-sink.ts';
import { sinkFaults, type TextSink } from '../harness/sink-checker.ts';
import { size, soakRow } from '../harness/soak.ts';
import { hasChromium } from '../helpers/chromium.ts';
import { anyHostileText } from '../helpers/hostile.ts';

const seed = Number(process.env.SOAK_SEED ?? 7);
/** Milliseconds of processor time for one report of one text. */
const slowMs = 2000;

/** A text that broke something, with what it broke; the seed finds it again. */
interface Finding {
  sink: string;
  text: string;
  fault: string;
}

function told(sink: string, texts: number, findings: readonly Finding[], slowest: number): void {
  soakRow({
    goal: 'G4',
    what: `any output of an agent in the sink ${sink}`,
    wanted: `10,000 outputs; 0 uncaught, 0 > ${slowMs / 1000} s, 0 structural change`,
    measured: `${texts.toLocaleString('en')} outputs; ${findings.length} faults; slowest ${(slowest / 1000).toFixed(2)} s`,
    isMet: texts >= 10_000 && findings.length === 0,
  });
}

const shares: Record<Exclude<TextSink, 'junit' | 'json'>, number> = { comment: 60, check: 20, summary: 20, csv: 150, terminal: 150 };

it.each(Object.entries(shares) as [keyof typeof shares, number][])(
  'T09 T10 T11 T12 T29 T30 shows any output of an agent as text: %s',
  (sink, share) => {
    const findings: Finding[] = [];
    let slowest = 0;
    const texts = fc.sample(anyHostileText, { numRuns: size(share, 10_000), seed });
    for (const text of texts) {
      const start = process.cpuUsage();
      try {
        findings.push(...sinkFaults(sink, text).map((fault) => ({ sink, text, fault })));
      } catch (error) {
        findings.push({ sink, text, fault: String(error) });
      }
      const took = process.cpuUsage(start).user / 1000;
      slowest = Math.max(slowest, took);
      if (took > slowMs) findings.push({ sink, text, fault: `took ${took} ms` });
    }
    told(sink, texts.length, findings, slowest);
    expect(findings.slice(0, 10), `seed ${seed}`).toEqual([]);
  },
);

it.skipIf(!hasChromium)('T28 shows any output of an agent as text in a browser', async () => {
  const findings: Finding[] = [];
  const texts = fc.sample(anyHostileText, { numRuns: size(150, 10_000), seed });
  const perPage = 150;
  const sink = await openHtmlSink();
  let slowest = 0;
  try {
    for (let first = 0; first < texts.length; first += perPage) {
      const batch = texts.slice(first, first + perPage);
      const start = process.cpuUsage();
      findings.push(...(await sink.faultsOf(batch)).map((fault) => ({ sink: 'html', text: `${first} to ${first + perPage}`, fault })));
      slowest = Math.max(slowest, process.cpuUsage(start).user / 1000 / batch.length);
    }
  } finally {
    await sink.close();
  }
  told('HTML in Chromium', texts.length, findings, slowest);
  expect(findings.slice(0, 10), `seed ${seed}`).toEqual([]);
});
