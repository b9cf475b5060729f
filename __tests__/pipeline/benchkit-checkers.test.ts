import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';
import { scoreOutputs } from '../helpers/score-outputs.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const call = (name: string, args: object, reply?: number) => ({
  kind: 'toolCall' as const,
  name,
  args: args as { [key: string]: string },
  result: { ok: true },
  ...(reply === undefined ? {} : { reply }),
});
const trajectory: Trajectory = {
  turns: [
    {
      input: 'close my order',
      output: '费用已调整',
      steps: [
        call('bike__get_user', { user: 'u1' }),
        call('bike__adjust_fee', { order_guid: 'o1', fee: 5 }, 2),
        call('bike__issue_coupon', { user: 'u1' }, 2),
      ],
    },
  ],
  finalState: { orders: { o1: { order_id: 'o1', status: 'done' } } },
};
const check = (check_type: string, params: object, more: object = {}) => ({ check_type, params, ...more });
const called = (name: string, more: object = {}) => check('tool_called_with_params', { tool_name: name, expected_params: {} }, more);

/** Scores one answer by these checkers. */
async function score(checkList: unknown, checkers: object[], more: { sample?: object; trajectory?: Trajectory; env?: Record<string, string> } = {}) {
  project.write('full.jsonl', [{ id: 's1', trajectory: more.trajectory ?? trajectory }]);
  const samples = [{ data_id: 's1', query: 'close my order', ...(checkList === undefined ? {} : { check_list: checkList }), ...more.sample }];
  const scored = await scoreOutputs(project, {
    outputs: ['x'],
    checkers,
    samples,
    config: { agent: { type: 'replay', path: 'full.jsonl' } },
    ...(more.env ? { env: more.env } : {}),
  });
  return scored.scores[0] as unknown as Record<string, unknown> & { checkResult: Record<string, never>; reason: string };
}

describe('the checker benchkit', () => {
  it('passes where no check fails, and keeps what each of them said', async () => {
    const list = [
      called('bike__adjust_fee'),
      check('entity_attribute_equals', { entity_type: 'orders', target_id: 'o1', attribute_key: 'status', expected_value: 'done' }),
      check('prerequisite_check_performed', { prerequisite_tool: 'a', business_tool: 'b' }),
      check('response_contains_keywords', { expected_keywords: ['费用'], use_llm_judge: true }),
    ];
    const result = await score(list, [{ type: 'benchkit' }]);
    expect(result).toMatchObject({ kind: 'scored', value: 1, pass: true, reason: '3 of 3 checks passed, 1 skipped' });
    expect(result.checkResult).toMatchObject({ overall_result: 'Success', check_list_count: 4, check_details: { 检查项3: { 检查结论: '跳过' } } });
  });

  it('fails on one check, gives the weighted share, and names what failed and why', async () => {
    const list = [called('adjust_fee', { weight: 3 }), called('bike__get_user')];
    const result = await score(list, [{ type: 'benchkit' }]);
    expect(result).toMatchObject({ kind: 'scored', value: 0.25, pass: false });
    expect(result.reason).toBe('1 of 2 checks passed; 检查项1 不合格: adjust_fee was not called');
    expect(JSON.stringify(result.checkResult)).toContain('bike__adjust_fee was called: names are compared as the model sees them');
  });

  it('does not order the calls of one reply', async () => {
    const inOneReply = check('prerequisite_check_performed', { prerequisite_tool: 'bike__adjust_fee', business_tool: 'bike__issue_coupon' });
    const earlier = check('prerequisite_check_performed', {
      prerequisite_tool: 'bike__get_user',
      business_tool: 'bike__issue_coupon',
      related_entity_id: 'user',
    });
    expect(await score([inOneReply], [{ type: 'benchkit' }])).toMatchObject({ pass: false });
    expect(await score([earlier], [{ type: 'benchkit' }])).toMatchObject({ pass: true });
  });

  it.each([
    ['another type', check('json_schema', {}), 'check_type "json_schema" is none of the six built in'],
    ['parameters of another shape', check('tool_call_absence', { forbidden_tools: 'x' }), 'forbidden_tools is "x", not a list of texts'],
    [
      'an id that nobody knows',
      check('entity_attribute_equals', { entity_type: 'rides', target_id: 1, attribute_key: 'a', expected_value: 1 }),
      'which field of rides holds the id is not known',
    ],
  ])('leaves %s unscored, never green, unless another check fails', async (_, item, reason) => {
    const state = { ...trajectory, finalState: { rides: { r1: { guid: 'r1' } } } };
    const passing = await score([called('bike__get_user'), item], [{ type: 'benchkit' }], { trajectory: state });
    expect(passing).toMatchObject({ kind: 'unscored', reason: expect.stringContaining(reason) });
    const failing = await score([called('none'), item], [{ type: 'benchkit' }], { trajectory: state });
    expect(failing).toMatchObject({ kind: 'scored', pass: false });
  });

  it('does not apply to a sample that has nothing to check', async () => {
    for (const list of [undefined, []]) expect(await score(list, [{ type: 'benchkit' }])).toMatchObject({ kind: 'unscored', isApplicable: false });
    expect(await score({ a: 1 }, [{ type: 'benchkit' }])).toMatchObject({ kind: 'unscored', reason: 'the check_list is not a list' });
  });

  it('reads the files that the run left, by the id field that the config names', async () => {
    project.write('results/s1_env/orders.jsonl', '{"order_guid": "o1", "fee": 5}\n{"order_guid": "o2", "fee": 1}\n');
    const before = [{ path: 'orders.jsonl', type: 'file', content: '{"order_guid": "o1", "fee": 4}' }];
    const list = [
      check('entity_attribute_equals', { entity_type: 'orders', target_id: 'o1', attribute_key: 'fee', expected_value: 5.0 }),
      check('create_operation_verified', { entity_type: 'orders', filter_conditions: { fee: 1 } }),
    ];
    const checker = { type: 'benchkit', environments: 'results', idFields: { orders: 'order_guid' } };
    expect(await score(list, [checker], { sample: { environment: before } })).toMatchObject({ pass: true, value: 1 });
    const blind = await score(list, [{ ...checker, environments: 'elsewhere' }], { sample: { environment: before } });
    expect(blind).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('orders.jsonl was not kept') });
  });

  it('finds ids by the fields that are usual, and says where only the files would tell', async () => {
    const before = [{ path: 'orders.jsonl', type: 'file', content: '{"order_guid": "o1", "status": "open"}' }];
    const list = [check('entity_attribute_equals', { entity_type: 'orders', target_id: 'o1', attribute_key: 'status', expected_value: 'done' })];
    const sample = { environment: before };
    const state = { ...trajectory, finalState: { orders: {} } };
    const blind = await score(list, [{ type: 'benchkit', environments: 'results' }], { sample, trajectory: state });
    expect(blind).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('final_state has no records by order_guid') });
    project.write('results/s1_env/orders.jsonl', '{"order_guid": "o1", "status": "done"}');
    expect(await score(list, [{ type: 'benchkit', environments: 'results' }], { sample, trajectory: state })).toMatchObject({ pass: true });
  });

  it.each([
    ['../../secrets', 'what the run left'],
    ['/etc/passwd', 'what the run left'],
  ])('reads no file outside of the folder for the entity type %s', async (type, reason) => {
    project.write('secrets.jsonl', '{"id": 1, "a": 1}');
    const list = [check('entity_attribute_equals', { entity_type: type, target_id: 1, attribute_key: 'a', expected_value: 1 })];
    const { finalState: _, ...stateless } = trajectory;
    expect(await score(list, [{ type: 'benchkit', environments: 'results' }], { trajectory: stateless })).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining(reason),
    });
  });

  it('refuses a sample that wants to ask the judge at our cost', async () => {
    await expect(score([], [{ type: 'contains', value: 'x' }], { sample: { checkers: [{ type: 'benchkit', judge: true }] } })).rejects.toThrow(
      /a sample cannot bring a "benchkit" checker that asks the judge/,
    );
  });
});
