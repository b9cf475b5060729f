import { readResponses } from '../io/run-log-file.ts';
import type { Json } from '../records/json.ts';
import type { Stage } from './stages.ts';

/**
 * Asks the task what it makes of all planned answers together, and records that: for the exporters, never for the verdict. Nothing
 * without a task controller; a task that says nothing is a warning.
 */
export async function recordTaskMetric({ suite, journal, onEvent }: Stage): Promise<void> {
  const { controller, repeats } = suite.config;
  if (!controller || !suite.taskMetric) return;
  const results: Json[] = [];
  for await (const { epoch, topUp, trajectory } of readResponses(journal.path)) {
    if (epoch <= repeats && !topUp && trajectory?.finalState !== undefined) results.push(trajectory.finalState);
  }
  if (results.length === 0) return;
  const said = await suite.taskMetric(results);
  if (said.problem === undefined) return journal.append({ type: 'taskMetric', task: controller.task, results: results.length, value: said.value });
  const message = `the task "${controller.task}" gave no overall result, which changes nothing of the verdict: ${said.problem}`;
  onEvent({ kind: 'notice', level: 'warning', message });
}
