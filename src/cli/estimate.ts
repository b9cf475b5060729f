import type { SuiteConfig } from '../config/suite-config.ts';
import { type Estimate, estimateSuite } from '../pipeline/dry-run.ts';
import type { BaselineFinder } from '../pipeline/ports.ts';
import { escapeTerminal, escapeWorkflowCommands } from '../reporters/parts/escape.ts';
import type { Arguments } from './args.ts';
import { type CliHost, jsonText } from './host.ts';
import { eachSuite } from './suites.ts';

/** Prints what the run would do; asks nothing. */
export async function showEstimates(suites: readonly SuiteConfig[], findBaseline: BaselineFinder, given: Arguments, host: CliHost): Promise<number> {
  return eachSuite(suites, host, async (config) => {
    const estimate = await estimateSuite(config, findBaseline);
    host.stdout.write(given.text('format') === 'json' ? jsonText(estimate) : estimateText(estimate));
    return 0;
  });
}

/** The estimate as a list. `runs`: its numbers are of so many runs of the suite against itself, priced by an earlier run. */
export function estimateText(estimate: Estimate, runs?: number): string {
  const earlier = runs === undefined ? 'the baseline' : 'an earlier run';
  const { suite, samples, repeats, calls, maxCalls, userCalls } = estimate;
  const unknown = (what: string) =>
    estimate.hasBaseline ? `not known: ${earlier} recorded no ${what}` : `not known without ${runs === undefined ? 'a baseline' : earlier}`;
  const rows: [string, string][] = [
    ...(runs === undefined ? [] : ([['runs', `${runs}; the numbers below are of all of them together`]] as [string, string][])),
    ['samples', `${samples} × ${repeats} repeat${repeats === 1 ? '' : 's'}`],
    [
      'calls',
      maxCalls === calls
        ? callsText(estimate)
        : `${callsText(estimate)}, at most ${maxCalls} with retries${runs === undefined ? ' and confirmation' : ''}`,
    ],
    ...(userCalls === undefined
      ? []
      : ([['user model', `at most ${userCalls} message${userCalls === 1 ? '' : 's'}; conversations that end early take fewer of both`]] as [
          string,
          string,
        ][])),
    ['input tokens', `about ${estimate.inputTokens} (4 characters a token, without the agent's own prompt)`],
    ['output tokens', estimate.outputTokens === undefined ? unknown('token usage') : `about ${estimate.outputTokens}, as in ${earlier}`],
    ['cost', estimate.costUsd === undefined ? unknown('cost') : `about $${estimate.costUsd.toFixed(2)}, as in ${earlier}`],
    ['time', estimate.seconds === undefined ? unknown('latency') : `about ${Math.ceil(estimate.seconds)} s, as in ${earlier}`],
    ...(runs === undefined ? ([['baseline', estimate.baseline]] as [string, string][]) : []),
    ['checkers', estimate.checkers.join(', ')],
    ...(estimate.endpoint === undefined ? [] : ([['endpoint', estimate.endpoint]] as [string, string][])),
    ...(estimate.baselineEndpoint === undefined ? [] : ([['baseline at', estimate.baselineEndpoint]] as [string, string][])),
  ];
  const lines = [
    `${escapeTerminal(suite)}: dry run, nothing was asked`,
    ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${escapeTerminal(value)}`),
  ];
  return lines.map((line) => `${escapeWorkflowCommands(line.trimEnd())}\n`).join('');
}

function callsText({ calls, baselineCalls }: Estimate): string {
  return baselineCalls === undefined ? `${calls}` : `${calls}, ${baselineCalls} of them to the baseline agent`;
}
