import type { SuiteConfig } from '../config/suite-config.ts';
import { type Estimate, estimateSuite } from '../pipeline/dry-run.ts';
import type { BaselineFinder } from '../pipeline/ports.ts';
import type { Arguments } from './args.ts';
import type { CliHost } from './host.ts';
import { eachSuite } from './suites.ts';

/** Prints what the run would do; asks nothing. */
export async function showEstimates(suites: readonly SuiteConfig[], findBaseline: BaselineFinder, given: Arguments, host: CliHost): Promise<number> {
  return eachSuite(suites, host, async (config) => {
    const estimate = await estimateSuite(config, findBaseline);
    host.stdout.write(given.text('format') === 'json' ? `${JSON.stringify(estimate, null, 2)}\n` : estimateText(estimate));
    return 0;
  });
}

/** The estimate as a list; `runs`: how many runs of the suite its numbers are of. */
export function estimateText(estimate: Estimate, runs = 1): string {
  const { suite, samples, repeats, calls, maxCalls } = estimate;
  const unknown = (what: string) => (estimate.hasBaseline ? `not known: the baseline recorded no ${what}` : `not known without a baseline`);
  const rows: [string, string][] = [
    ...(runs === 1 ? [] : ([['runs', `${runs}; the numbers below are of all of them`]] as [string, string][])),
    ['samples', `${samples} × ${repeats} repeat${repeats === 1 ? '' : 's'}`],
    ['calls', maxCalls === calls ? `${calls}` : `${calls}, at most ${maxCalls} with retries and confirmation`],
    ['input tokens', `about ${estimate.inputTokens} (4 characters a token, without the agent's own prompt)`],
    ['output tokens', estimate.outputTokens === undefined ? unknown('token usage') : `about ${estimate.outputTokens}, as in the baseline`],
    ['cost', estimate.costUsd === undefined ? unknown('cost') : `about $${estimate.costUsd.toFixed(2)}, as in the baseline`],
    ['time', estimate.seconds === undefined ? unknown('latency') : `about ${Math.ceil(estimate.seconds)} s, as in the baseline`],
    ['baseline', estimate.baseline],
    ['checkers', estimate.checkers.join(', ')],
    ...(estimate.endpoint === undefined ? [] : ([['endpoint', estimate.endpoint]] as [string, string][])),
  ];
  return [`${suite}: dry run, nothing was asked`, ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`), ''].join('\n');
}
