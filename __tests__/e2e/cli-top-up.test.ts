import { afterEach, expect, test } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let project: Project;
afterEach(() => project.remove());

const ids = ['q0', 'q1', 'q2', 'q3', 'q4', 'q5'];
const answers = (isRight: (id: string) => boolean) =>
  ids.flatMap((id) => Array.from({ length: 20 }, (_, index) => ({ id, epoch: index + 1, output: isRight(id) ? 'yes' : 'no' })));

test('a top-up that was cut off is finished by a resume, though every sample has had some of it', async () => {
  const suite = { suite: 'bot', samples: 'samples.jsonl', repeats: 2, checkers: [{ type: 'equals', value: 'yes' }], policy: { topUp: true } };
  project = makeProject({
    'samples.jsonl': ids.map((id) => ({ id, input: id })),
    'recorded.jsonl': answers(() => true),
    'agent-regress.json': { ...suite, agent: { type: 'replay', path: 'recorded.jsonl' } },
  });
  const run = (...args: string[]) => runCli(['run', '-q', ...args], { cwd: project.folder });
  await run('-o', 'base', '-b', 'none');
  project.write(
    'recorded.jsonl',
    answers((id) => id !== 'q0' && id !== 'q1'),
  );
  await run('-o', 'out', '-b', 'base');
  const whole = project.assessment('out');
  const lines = project.read('out/run.jsonl').split('\n');
  const last = lines.findLastIndex((line) => line.includes('"topUp":true'));
  expect(lines.filter((line) => line.includes('"topUp":true'))).toHaveLength(12);
  project.write('out/run.jsonl', `${lines.slice(0, last).join('\n')}\n`);
  await run('-o', 'out', '-b', 'base', '--resume');
  const { outcomes, samples, verdict } = project.assessment('out');
  expect({ outcomes, samples, verdict }).toEqual({ outcomes: whole.outcomes, samples: whole.samples, verdict: whole.verdict });
});
