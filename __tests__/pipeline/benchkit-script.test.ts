import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';
import { scoreOutputs } from '../helpers/score-outputs.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const prelude = `
import argparse, json, os, sys
flags = argparse.ArgumentParser()
for name in ("bench", "result", "output"): flags.add_argument("--" + name, required=True)
for name in ("model", "base-url", "api-key", "work-dir"): flags.add_argument("--" + name)
args = flags.parse_args()
bench = json.load(open(args.bench, encoding="utf-8"))
result = json.load(open(args.result, encoding="utf-8"))
def answer(value): json.dump(value, open(args.output, "w", encoding="utf-8"), ensure_ascii=False)
def run_number():
    open("runs.txt", "a").write("x")
    return len(open("runs.txt").read())
`;

const trajectory: Trajectory = {
  turns: [{ input: 'close it', output: 'closed', steps: [{ kind: 'toolCall', name: 'bike__close', args: { order: 'o1' }, result: { ok: true } }] }],
  finalState: { orders: { o1: { order_id: 'o1', status: 'closed' } } },
  latencyMs: 1500,
};
const sample = {
  data_id: 's1',
  query: 'close it',
  system: 'Be kind.',
  servers: ['bike'],
  check_list: [{ check_type: 'own', params: {}, weight: 3 }],
};

/** Scores one answer with a checker script in Python; the text is what follows the reading of its files. */
async function scoreWith(body: string, options: Record<string, unknown> = {}, env: Record<string, string> = {}) {
  project.write('checkers/checker.py', prelude + body);
  project.write('full.jsonl', [{ id: 's1', trajectory }]);
  const { id: _, ...own } = { id: 's1', ...sample };
  const scored = await scoreOutputs(project, {
    outputs: ['x'],
    checkers: [{ type: 'benchkit-script', script: 'checkers/checker.py', ...options }],
    samples: [own],
    config: { agent: { type: 'replay', path: 'full.jsonl' } },
    env,
  });
  return scored.scores[0] as unknown as Record<string, unknown> & { reason: string; checkResult: Record<string, unknown> };
}

const runs = () => project.read('runs.txt').length;

describe("a scenario's checker script", () => {
  it('gets the sample and the result as BenchKit writes them, and gives details, reasons and a verdict', async () => {
    const score = await scoreWith(`
names = [call["function"]["name"] for m in result["conversation_history"] for call in m.get("tool_calls") or []]
first = {"检查结论": "合格" if names == ["bike__close"] and bench["check_list"][0]["check_type"] == "own" else "不合格", "原因": str(names), "详情": ""}
ok = result["final_state"]["orders"]["o1"]["status"] == "closed" and result["execution_time"] == 1.5 and result["servers"] == ["bike"]
second = {"检查结论": "不合格", "原因": "state seen" if ok else "no state", "详情": json.dumps(sorted(bench))}
answer({"overall_result": "Failure", "check_details": {"检查项1": first, "检查项2": second}, "check_version": "v1"})
`);
    expect(score).toMatchObject({ kind: 'scored', pass: false, value: 0.75, reason: '1 of 2 checks passed; 检查项2 不合格: state seen' });
    expect(Object.keys(score.checkResult)).toEqual(['overall_result', 'check_details']);
    expect(JSON.stringify(score.checkResult)).toContain('check_list');
  });

  it('is given the judge model, and of our environment only what is declared', async () => {
    const score = await scoreWith(
      `answer({"passed": [args.model, args.base_url, args.api_key, os.environ.get("OTHER"), os.environ.get("TOKEN")] == ["m", "http://127.0.0.1:1/v1", "judge-key-5d1c", None, "t0ken-7e22"]})`,
      { model: 'm', baseUrl: 'http://127.0.0.1:1/v1', apiKey: `\${env:KEY}`, env: { TOKEN: `\${env:TOKEN}` } },
      { KEY: 'judge-key-5d1c', TOKEN: 't0ken-7e22', OTHER: 'hidden' },
    );
    expect(score).toMatchObject({ kind: 'scored', pass: true, value: 1, reason: 'passed' });
  });

  it('works on a copy of the files that the run left, without links', async () => {
    project.write('results/s1_env/orders.jsonl', '{"order_id": "o1"}\n');
    project.write('results/s1_env/deep/a.txt', 'a');
    project.write('outside.txt', 'secret');
    (await import('node:fs')).symlinkSync(`${project.folder}/outside.txt`, `${project.folder}/results/s1_env/link.txt`);
    const body = `
seen = sorted(os.listdir(args.work_dir))
open(os.path.join(args.work_dir, "orders.jsonl"), "w").write("changed")
answer({"passed": seen == ["deep", "orders.jsonl"] and result["env_dir"] == args.work_dir})`;
    expect(await scoreWith(body, { environments: 'results' })).toMatchObject({ pass: true });
    expect(project.read('results/s1_env/orders.jsonl')).toContain('o1');
    expect(await scoreWith('answer({"passed": args.work_dir is None})', { environments: 'elsewhere' })).toMatchObject({ pass: true });
  });

  it('may print its result, in the form of a list too', async () => {
    const score = await scoreWith(`
print(json.dumps({"overall_result": "Success", "check_details": [{"check_item": {"name": "closed"}, "passed": True, "details": "d"}]}))`);
    expect(score).toMatchObject({
      pass: true,
      checkResult: { check_details: { closed: { 检查结论: '合格', 详情: 'd' } }, completion_status: 'completed' },
    });
  });

  it.each([
    ['exits with another code', 'print("half"); sys.exit(3)', /^the check ended with an error: the program exited with code 3; it wrote: half/],
    ['ends without a result', '', /ended without a result/],
    ['writes junk', 'open(args.output, "w").write("fine")', /what is no JSON object/],
    ['says Error', 'answer({"overall_result": "Error", "error_reason": "no judge"})', /^the check ended with an error: no judge/],
    ['says nothing that is known', 'answer({"verdict": 1})', /has no overall_result, final_conclusion or passed/],
    ['skips', 'answer({"overall_result": "Skipped", "completion_reason": "not today"})', /not today/],
  ])('that %s is unscored and not run again', async (_, body, reason) => {
    const score = await scoreWith(`run_number()\n${body}`);
    expect(score).toMatchObject({ kind: 'unscored', reason: expect.stringMatching(reason) });
    expect(runs()).toBe(1);
  });

  it('is run again on a rate limit, and gives its result then', async () => {
    const score = await scoreWith('if run_number() == 1: sys.exit("HTTP 429: slow down")\nanswer({"final_conclusion": "Partial"})');
    expect(score).toMatchObject({ kind: 'scored', pass: false, value: 0, reason: 'Partial' });
    expect(runs()).toBe(2);
  });

  it('is not run again more often than the config says', async () => {
    const score = await scoreWith('run_number()\nsys.exit("503 Service Unavailable")', { maxRetries: 0 });
    expect(score).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('503 Service Unavailable') });
    expect(runs()).toBe(1);
  });

  it('is not run where an earlier check left its case', async () => {
    project.write('evaluation/cases/check_s1.json', { data_id: 's1', overall_result: 'Failure', error_reason: 'seen before' });
    const score = await scoreWith('run_number()\nanswer({"passed": True})', { cases: 'evaluation/cases' });
    expect(score).toMatchObject({ kind: 'scored', pass: false, reason: 'Failure: seen before' });
    expect(runs).toThrow();
  });

  it('is refused in a dataset, which is data', async () => {
    const checkers = [{ type: 'benchkit-script', script: 'x.py' }];
    await expect(scoreOutputs(project, { outputs: ['x'], checkers: [{ type: 'contains', value: 'x' }], samples: [{ checkers }] })).rejects.toThrow(
      /a sample cannot bring a "benchkit-script" checker, because it runs code/,
    );
  });
});

it.each([
  ['deeply', 'value = 1\nfor _ in range(900): value = [value]', 'too large, or nested too deeply'],
  ['much', 'value = "x" * 500000', 'too large, or nested too deeply'],
])('a result that holds %s too much keeps its verdict and leaves the log readable', async (_, value, note) => {
  const score = await scoreWith(
    `${value}\nanswer({"overall_result": "Failure", "check_details": {"a": {"检查结论": "不合格", "原因": "r", "详情": value}}})`,
  );
  expect(score).toMatchObject({ kind: 'scored', pass: false, reason: expect.stringContaining('a 不合格: r') });
  expect(score.checkResult.completion_reason).toContain(note);
});
