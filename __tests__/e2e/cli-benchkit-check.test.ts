import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JudgeServer, startJudgeServer } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const key = 'sk-canary-8c1e90d2aa';
let project: Project;
let judge: JudgeServer | undefined;
beforeEach(() => {
  project = makeProject({ 'samples/eval.jsonl': ['BS_001', 'BS_002', 'BS_003'].map((id) => sampleOf(id)) });
});
afterEach(async () => {
  await judge?.close();
  judge = undefined;
  project.remove();
});

const closed = { check_type: 'tool_called_with_params', params: { tool_name: 'bike__close', expected_params: { order: 'o1', note: null } } };
const sorry = { check_type: 'response_contains_keywords', params: { expected_keywords: ['抱歉'], use_llm_judge: true } };

function sampleOf(id: string, checks: object[] = [closed]): object {
  return { data_id: id, query: `close ${id}`, system: 'Be kind.', servers: ['bike'], environment: [], check_list: checks };
}

/** DATA_ID.json as BenchKit's executor leaves it. */
function resultOf(id: string, more: object = {}): object {
  const call = { id: 'c1', type: 'function', function: { name: 'bike__close', arguments: '{"order": "o1", "note": 5}' } };
  return {
    data_id: id,
    response: '非常抱歉',
    conversation_history: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: `close ${id}` },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: '{"content": [{"type": "text", "text": "fine"}], "isError": false}' },
      { role: 'assistant', content: '非常抱歉' },
    ],
    tool_call_list: [{ server_name: 'bike', name: 'close', arguments: '{"order": "o1", "note": 5}', result: '{"ok": true}' }],
    execution_status: 'success',
    execution_time: 1.25,
    ...sampleOf(id),
    env_dir: `results/${id}_env`,
    final_state: { orders: { o1: { order_id: 'o1' } } },
    ...more,
  };
}

const results = 'evaluation_outputs/execution';
const evaluation = 'evaluation_outputs/evaluation';
const put = (id: string, more: object = {}) => project.write(`${results}/${id}.json`, resultOf(id, more));
const json = (path: string) => JSON.parse(project.read(path)) as { [key: string]: never };
const caseOf = (id: string) => json(`${evaluation}/cases/check_${id}.json`);

/** The evaluator's command line, as its documents have it. */
const check = (...more: string[]) =>
  runCli(
    [
      'check',
      '--from',
      'benchkit',
      '--scenario',
      '.',
      '--results-dir',
      results,
      '--output-dir',
      evaluation,
      '--skip-env-check',
      '--no-color',
      ...more,
    ],
    { cwd: project.folder },
  );

describe('check --from benchkit', () => {
  it("judges the executor's results by their check lists, and writes what the evaluator writes", async () => {
    put('BS_001');
    put('BS_002', { conversation_history: [], tool_call_list: [], response: 'no' });
    put('BS_003', { execution_status: 'error', error: 'HTTP 429', error_category: 'API限速', conversation_history: [] });
    const { code, stdout, stderr } = await check();
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('3/3 · 1 pass, 1 fail, 1 error') });
    expect(stdout).toContain('hit a rate limit');
    expect(caseOf('BS_001')).toMatchObject({
      data_id: 'BS_001',
      overall_result: 'Success',
      check_list_count: 1,
      check_details: { 检查项1: { 检查结论: '合格' } },
      completion_status: 'completed',
      execution_status: 'success',
    });
    expect(caseOf('BS_002')).toMatchObject({ overall_result: 'Failure', error_reason: '失败项: 检查项1' });
    expect(caseOf('BS_003')).toMatchObject({ overall_result: 'Skipped', completion_status: 'skipped', execution_status: 'error' });
    expect(json(`${evaluation}/summary.json`)).toMatchObject({
      summary: {
        total: 3,
        execution_stage: { execution_error: 1, valid_execution: 2 },
        check_stage: { check_success: 1, check_failure: 1, task_completion_rate: 0.5 },
      },
      cases: [{ data_id: 'BS_001' }, { data_id: 'BS_002' }, { data_id: 'BS_003' }],
    });
    expect(json(`${evaluation}/benches/bench_BS_001.json`)).toEqual(sampleOf('BS_001'));
    expect(project.read(`${results}/BS_001.json`)).toBe(JSON.stringify(resultOf('BS_001'), null, 2));
  });

  it('asks the judge model for keywords, where there is one, and takes them as text else', async () => {
    project.write('samples/eval.jsonl', [sampleOf('BS_001', [sorry]), sampleOf('BS_002', [sorry])]);
    put('BS_001');
    put('BS_002', { response: 'I am so sorry' });
    await check();
    expect([caseOf('BS_001'), caseOf('BS_002')]).toMatchObject([{ overall_result: 'Success' }, { overall_result: 'Failure' }]);
    judge = await startJudgeServer(() => ({ message: { content: '{"reason": "it says so in English", "missing": []}' } }));
    await check('--judge-model', 'm', '--base-url', judge.url, '--api-key', key);
    expect(caseOf('BS_002')).toMatchObject({ overall_result: 'Success', check_details: { 检查项1: { 详情: 'it says so in English' } } });
    expect(judge.seen).toHaveLength(2);
    expect(judge.seen[0]).toMatchObject({ key: `Bearer ${key}`, material: { keywords: ['抱歉'], reply: '非常抱歉' } });
  });

  it('runs the checker script of the scenario with the judge, again where that is overloaded, and shows its key to nobody', async () => {
    let asked = 0;
    judge = await startJudgeServer(() => (++asked === 1 ? { status: 429 } : { message: { content: 'Success' } }));
    project.write('checkers/checker.py', judgingScript);
    put('BS_001');
    const { stderr } = await check('--judge-model', 'm', '--base-url', judge.url, '--api-key', key);
    expect(stderr).toContain('1 pass');
    expect(caseOf('BS_001')).toMatchObject({ overall_result: 'Success', check_details: { judged: { 原因: 'BS_001 m' } } });
    expect(asked).toBe(2);
    for (const file of readdirSync(project.folder, { recursive: true, withFileTypes: true }))
      if (file.isFile()) expect(project.read(join(file.parentPath, file.name).slice(project.folder.length + 1)), file.name).not.toContain(key);
  });

  it('goes on: cases that are there stand, and the summary has all of them', async () => {
    project.write('checker.py', countingScript);
    put('BS_001');
    put('BS_002');
    await check();
    expect(project.read('checked.txt')).toBe('BS_001 BS_002 ');
    put('BS_003');
    project.write(`${evaluation}/cases/check_BS_001.json`, { ...caseOf('BS_001'), overall_result: 'Failure', error_reason: 'as it was' });
    const { stderr } = await check('--resume', '--max-retries', '0');
    expect(project.read('checked.txt')).toBe('BS_001 BS_002 BS_003 ');
    expect(stderr).toContain('3/3 · 2 pass, 1 fail');
    expect(json(`${evaluation}/summary.json`)).toMatchObject({ summary: { total: 3, check_stage: { check_success: 2, check_failure: 1 } } });
    expect(caseOf('BS_001')).toMatchObject({ overall_result: 'Failure', error_reason: 'as it was' });
  });

  it('says what is wrong with a result, and checks nothing', async () => {
    put('BS_001');
    project.write(`${results}/BS_002.json`, '{"data_id": "BS_002",\n "response": "cut');
    const { code, stderr } = await check();
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('BS_002.json:2') });
    expect(existsSync(join(project.folder, evaluation))).toBe(false);
  });
});

describe('results of BenchKit', () => {
  const cli = (...args: string[]) => runCli([...args, '--no-color'], { cwd: project.folder });

  it('are a baseline with the verdicts of its evaluator, and are written as they were read', async () => {
    for (const id of ['BS_001', 'BS_002']) put(id);
    project.write(`${results}/execution_report.json`, { total: 3, results: [{ data_id: 'BS_003', status: 'error', error: 'no servers' }] });
    project.write(`${evaluation}/cases/check_BS_001.json`, { data_id: 'BS_001', final_conclusion: 'Success', execution_status: 'success' });
    project.write(`${evaluation}/cases/check_BS_002.json`, { data_id: 'BS_002', passed: false, execution_status: 'success' });
    expect(await cli('import', 'evaluation_outputs', '--output', 'imported')).toMatchObject({ code: 0 });
    const outcomes = project.records('imported', 'done').map(({ sample, outcome }) => `${sample} ${outcome}`);
    expect(outcomes).toEqual(['BS_001 pass', 'BS_002 fail', 'BS_003 error']);
    expect(await cli('export', 'imported', '--to', 'benchkit', '--output', 'copy')).toMatchObject({ code: 0 });
    expect(await cli('import', 'copy', '--output', 'again')).toMatchObject({ code: 0 });
    const trajectories = (name: string) => project.records(name, 'response').map(({ sample, trajectory, error }) => ({ sample, trajectory, error }));
    expect(trajectories('again')).toEqual(trajectories('imported'));
    expect(project.records('again', 'done').map(({ sample, outcome }) => `${sample} ${outcome}`)).toEqual(outcomes);
    expect(project.records('again', 'response')[0]).toMatchObject({
      trajectory: { turns: [{ steps: [{ name: 'bike__close', server: 'bike', result: 'fine', isError: false }] }] },
    });
    const recorded = JSON.stringify({ content: [{ type: 'text', text: 'fine' }], isError: false });
    expect(json('copy/execution/BS_001.json')).toMatchObject({ tool_call_list: [{ server_name: 'bike', name: 'close', result: recorded }] });
    expect(json('copy/evaluation/cases/check_BS_001.json')).toMatchObject({ final_conclusion: 'Success' });
    expect(json('copy/execution/execution_report.json')).toMatchObject({ total: 3, success: 2, error: 1 });
    expect(existsSync(join(project.folder, 'copy/execution/BS_003.json'))).toBe(false);
  });

  it('of a run without answers are empty files, not a crash', async () => {
    project.write(
      'agent-regress.yml',
      'suite: none\nsamples: {path: samples/eval.jsonl, format: benchkit}\nagent: {type: do-nothing}\nrepeats: 1\ncheckers: [{type: benchkit}]\n',
    );
    expect(await cli('execute', '--output', 'nothing', '--limit', '1')).toMatchObject({ code: 0 });
    expect(await cli('export', 'nothing', '--to', 'benchkit', '--output', 'empty', '--option', 'phase=evaluation')).toMatchObject({ code: 0 });
    expect(json('empty/summary.json')).toMatchObject({ summary: { total: 0, check_stage: { task_completion_rate: 0 } }, cases: [] });
  });
});

const flags = `import argparse, json, sys, urllib.error, urllib.request
flags = argparse.ArgumentParser()
for name in ("bench", "result", "output", "model", "base-url", "api-key", "work-dir"): flags.add_argument("--" + name)
args = flags.parse_args()
bench = json.load(open(args.bench, encoding="utf-8"))
`;
const judgingScript = `${flags}
body = json.dumps({"model": args.model, "messages": [{"role": "user", "content": "BEGIN MATERIAL x\\n{}\\nEND MATERIAL x"}]}).encode()
asking = urllib.request.Request(args.base_url + "/chat/completions", body, {"authorization": "Bearer " + args.api_key, "content-type": "application/json"})
try:
    word = json.load(urllib.request.urlopen(asking))["choices"][0]["message"]["content"]
except urllib.error.HTTPError as error:
    sys.exit("HTTP %d of the judge" % error.code)
details = {"judged": {"检查结论": "合格", "原因": bench["data_id"] + " " + args.model, "详情": ""}}
json.dump({"overall_result": word, "check_details": details}, open(args.output, "w", encoding="utf-8"))
`;
const countingScript = `${flags}
open("checked.txt", "a").write(bench["data_id"] + " ")
print(json.dumps({"overall_result": "Success"}))
`;
