import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import type { Evaluation } from '../../src/pipeline/ports.ts';
import type { Project } from './run-cli.ts';

export interface ScoredOutput {
  checker: string;
  kind: string;
  value?: number;
  pass?: boolean;
  reason: string;
  judge?: { calls: number; inputTokens?: number };
}

export interface ScoredOutputs extends Evaluation {
  /** In the order of the samples, of the first checker first. */
  scores: ScoredOutput[];
  /** Fingerprints of the checkers by name. */
  fingerprints: Record<string, string>;
}

/** Scores recorded outputs, one sample each, with checkers of a config, in this process; samples are called s1, s2, … */
export async function scoreOutputs(
  project: Project,
  options: {
    outputs: string[];
    checkers: unknown[];
    env?: Record<string, string>;
    config?: Record<string, unknown>;
    samples?: object[];
    name?: string;
    signal?: AbortSignal;
  },
): Promise<ScoredOutputs> {
  const { outputs, checkers, env = {}, config = {}, name = 'out', signal = new AbortController().signal } = options;
  const ids = outputs.map((_, index) => `s${index + 1}`);
  project.write(
    'recorded.jsonl',
    ids.map((id, index) => ({ id, output: outputs[index] })),
  );
  project.write(
    'samples.jsonl',
    ids.map((id, index) => ({ id, input: `question ${id}`, expected: 'yes', ...options.samples?.[index] })),
  );
  const suite = { suite: 'bot', samples: 'samples.jsonl', agent: { type: 'replay', path: 'recorded.jsonl' }, repeats: 1, baseline: 'none' };
  project.write('agent-regress.json', { ...suite, checkers, ...config });
  const [loaded] = await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder });
  if (!loaded) throw new Error('no suite');
  const evaluation = await evaluateSuite({
    config: loaded,
    outputDir: `${project.folder}/${name}`,
    resume: false,
    findBaseline: (wanted) => findLocalBaseline(wanted, project.folder),
    signal,
    onEvent: () => {},
  });
  const order = (record: Record<string, unknown>) => ids.indexOf(String(record.sample));
  const scores = project.records(name, 'score').sort((a, b) => order(a) - order(b)) as unknown as ScoredOutput[];
  const [header] = project.records(name, 'run') as unknown as { fingerprints: { score: Record<string, string> } }[];
  return { ...evaluation, scores, fingerprints: header?.fingerprints.score ?? {} };
}
