import { join, resolve } from 'node:path';
import { evaluateSuite } from '../../pipeline/evaluate.ts';
import { findLocalBaseline } from '../../pipeline/find-baseline.ts';
import { loadSuites } from '../../pipeline/load-suites.ts';
import type { Evaluation } from '../../pipeline/ports.ts';
import type { Arguments } from '../args.ts';
import { startDemoAgent } from '../demo/demo-agent.ts';
import { writeDemoProject } from '../demo/demo-project.ts';
import { type CliHost, shownPath } from '../host.ts';
import { checkFormat, progressOf, showEvaluation } from '../suites.ts';

/**
 * Runs the whole job against an embedded agent: once as it was, once after a careless change. Nothing leaves the machine.
 * The exit code is 0 when the tour went through, though the verdict is red.
 */
export async function demo(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const folder = resolve(host.cwd, given.text('output') ?? '.agent-regress/demo');
  const configPath = await writeDemoProject(folder);
  const tell = (text: string) => (given.has('quiet') ? undefined : host.stderr.write(`${text}\n`));
  tell('1. The agent as it is on the main branch answers 42 questions, 3 times each.');
  await runVersion({ version: 'good', configPath, outputDir: join(folder, 'baseline'), given, host });
  tell('2. A pull request changes its prompt; the same questions again, compared with the baseline.');
  const evaluation = await runVersion({
    version: 'broken',
    configPath,
    outputDir: join(folder, 'pull-request'),
    baseline: join(folder, 'baseline'),
    given,
    host,
  });
  tell('');
  await showEvaluation(evaluation, given, host);
  tell(
    `\nThis was the demo; in a workflow the exit code would be ${evaluation.exitCode}.\nOpen ${shownPath(host, evaluation.files.html ?? folder)} in a browser. Your own agent: agent-regress init`,
  );
  return 0;
}

async function runVersion(run: {
  version: 'good' | 'broken';
  configPath: string;
  outputDir: string;
  baseline?: string;
  given: Arguments;
  host: CliHost;
}): Promise<Evaluation> {
  const { version, configPath, outputDir, baseline, given, host } = run;
  const agent = await startDemoAgent(version);
  const progress = progressOf(given, host, 1, '');
  try {
    const overrides = [{ path: 'baseline', value: baseline ?? 'none', origin: 'flag' as const, source: '--baseline' }];
    const [config] = await loadSuites({ configPaths: [configPath], overrides, env: { ...host.env, DEMO_AGENT_URL: agent.url }, cwd: host.cwd });
    if (!config) throw new Error('the demo config holds no suite');
    return await evaluateSuite({
      config,
      outputDir,
      resume: false,
      findBaseline: (wanted) => findLocalBaseline(wanted, host.cwd),
      signal: host.signal,
      onEvent: progress.onEvent,
    });
  } finally {
    progress.end();
    await agent.close();
  }
}
