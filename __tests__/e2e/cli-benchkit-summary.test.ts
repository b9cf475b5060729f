import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const results = 'evaluation_outputs/execution';
const evaluation = 'evaluation_outputs/evaluation';
const flags = ['--scenario', '.', '--results-dir', results, '--output-dir', evaluation, '--skip-env-check', '--no-color'];
let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const lines = (samples: readonly object[]) => samples.map((sample) => JSON.stringify(sample)).join('\n');
const json = (path: string) => JSON.parse(project.read(path)) as Record<string, unknown>;
const check = (...more: string[]) => runCli(['check', '--from', 'benchkit', ...flags, ...more], { cwd: project.folder });

function putResult(id: string | number): void {
  project.write(`${results}/${id}.json`, {
    data_id: id,
    response: 'done',
    conversation_history: [],
    tool_call_list: [],
    execution_status: 'success',
  });
}

it('counts the verdicts of every scenario family in the summary', async () => {
  const verdicts = {
    plain: { overall_result: 'Success' },
    lower: { overall_result: 'success ' },
    analysis: { final_conclusion: 'Failure' },
    partly: { final_conclusion: 'Partial' },
    trip: { passed: true },
    crm: { passed: false },
    nothing: {},
  };
  const script = `import json, sys\nflags = dict(zip(sys.argv[1::2], sys.argv[2::2]))\nprint(json.dumps(json.loads('''${JSON.stringify(verdicts)}''')[json.load(open(flags['--bench']))['data_id']]))\n`;
  project.write('checkers/checker.py', script);
  project.write('samples/eval.jsonl', lines(Object.keys(verdicts).map((id) => ({ data_id: id, query: 'q' }))));
  for (const id of Object.keys(verdicts)) putResult(id);
  await check();
  expect(json(`${evaluation}/summary.json`).summary).toMatchObject({
    total: 7,
    check_stage: { check_success: 3, check_partial: 1, check_failure: 2, check_error: 1, task_completion_rate: 0.5 },
  });
  expect(json(`${evaluation}/cases/check_partly.json`)).toMatchObject({ final_conclusion: 'Partial', overall_result: 'Partial' });
});

it('leaves out no sample in silence: neither one without checks nor one whose servers did not start', async () => {
  const samples = [
    { data_id: 'empty', query: 'q', check_list: [] },
    { data_id: 7, query: 'q', check_list: [{ check_type: 'tool_call_absence', params: { forbidden_tools: ['x'] } }] },
  ];
  project.write('samples/eval.jsonl', lines(samples));
  putResult('empty');
  project.write(`${results}/execution_report.json`, {
    total: 2,
    success: 1,
    error: 1,
    results: [{ data_id: 7, status: 'error', error: 'no server' }],
  });
  const { stdout, stderr } = await check();
  expect(stdout).toContain('no server');
  expect(stderr).not.toContain('not in the suite');
  expect(json(`${evaluation}/summary.json`).summary).toMatchObject({ total: 1, check_stage: { check_success: 0, check_error: 0 } });
  expect(json(`${evaluation}/cases/check_empty.json`)).toMatchObject({ overall_result: 'Skipped', completion_status: 'skipped' });
});
