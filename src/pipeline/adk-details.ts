import type { SuiteConfig } from '../config/suite-config.ts';
import { readEvidence } from '../io/run-log-file.ts';
import type { Sample } from '../records/sample.ts';
import { adkCaseDetails } from '../reporters/parts/adk-details.ts';
import { escapeTerminal, escapeWorkflowCommands } from '../reporters/parts/escape.ts';
import { openSamples } from './open-samples.ts';

/** Cases whose answers are held at once. */
const batchSize = 100;

/**
 * The detailed results of a finished run of an ADK project, as `adk eval --print_detailed_results` shows them: a summary per
 * eval set, then every case. Several runs of a case are pooled, as AgentEvaluator does.
 */
export async function adkDetails(runLog: string, config: SuiteConfig): Promise<string[]> {
  const { shard: _, ...whole } = config;
  const samples = await openSamples(whole, []);
  const texts: string[] = [];
  const counts = new Map<string, { passed: number; failed: number }>();
  const tell = async (batch: readonly Sample[]) => {
    const slots = await readEvidence(runLog, new Set(batch.map(({ id }) => id)), { maxEpochs: 1000, hasDetails: true });
    for (const sample of batch) {
      const { text, status } = adkCaseDetails(sample, slots.get(sample.id) ?? []);
      const set = String(sample.row.eval_set_id ?? config.suite);
      const count = counts.get(set) ?? { passed: 0, failed: 0 };
      count[status === 'PASSED' ? 'passed' : 'failed']++;
      counts.set(set, count);
      texts.push(text);
    }
  };
  const batch: Sample[] = [];
  for await (const sample of samples.stream()) {
    batch.push(sample);
    if (batch.length === batchSize) await tell(batch.splice(0));
  }
  if (batch.length > 0) await tell(batch);
  const summary = [...counts].map(([set, { passed, failed }]) => `${escapeTerminal(set)}:\n  Tests passed: ${passed}\n  Tests failed: ${failed}\n`);
  return [`${'*'.repeat(69)}\nEval Run Summary\n`, ...summary, ...texts].map(escapeWorkflowCommands);
}
