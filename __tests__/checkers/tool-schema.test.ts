import { describe, expect, it } from 'vitest';
import { toolSchema } from '../../src/checkers/tool-schema.ts';
import type { Json } from '../../src/records/json.ts';
import { check, noPorts, withCalls } from './build.ts';

const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } }, additionalProperties: false };
const run = (tools: Json, calls: { name: string; args?: Json; server?: string }[], more = {}) =>
  check(toolSchema, { tools, ...more }, { trajectory: withCalls(calls) });
const good = { name: 'get', args: { id: 'A1' } };

describe('tool-schema', () => {
  it.each([
    ['a mapping', { get: schema }],
    ['the list of OpenAI chat', [{ type: 'function', function: { name: 'get', parameters: schema } }]],
    ['the list of OpenAI responses', [{ type: 'function', name: 'get', parameters: schema }]],
    ['the list of MCP', { tools: [{ name: 'get', inputSchema: schema }] }],
    ['the list of Anthropic', [{ name: 'get', input_schema: schema }]],
  ])('takes %s', async (_, tools) => {
    expect(await run(tools as Json, [good, { name: 'get', args: '{"id": "A1"}' }])).toMatchObject({ pass: true, value: 1 });
    expect(await run(tools as Json, [good, { name: 'get', args: { id: 5 } }])).toMatchObject({
      pass: false,
      value: 0.5,
      reason: expect.stringContaining('/id'),
    });
    expect(await run(tools as Json, [{ name: 'get' }])).toMatchObject({ pass: false });
  });

  it('fails a tool that it does not know, unless told', async () => {
    expect(await run({ get: schema }, [good, { name: 'rm', args: {} }])).toMatchObject({ value: 0.5, reason: expect.stringContaining('"rm"') });
    expect(await run({ get: schema }, [good, { name: 'rm' }], { unknownTools: 'ignore' })).toMatchObject({ pass: true });
    expect(await run({ shop__get: schema }, [{ ...good, server: 'shop' }])).toMatchObject({ pass: true });
    expect(await run({ get: schema }, [])).toMatchObject({ kind: 'unscored', isApplicable: false });
  });

  it('reads a file, and says what is wrong with it', async () => {
    const ports = (text: string) => ({ ...noPorts, readText: () => text });
    const slot = { trajectory: withCalls([good]) };
    expect(await check(toolSchema, { path: 't.json' }, { ...slot, ports: ports(JSON.stringify({ get: schema })) })).toMatchObject({ pass: true });
    for (const text of ['nope', '5', '[{"x": 1}]', '{"get": 5}', '{"get": {"type": "nothing"}}']) {
      await expect(check(toolSchema, { path: 't.json' }, { ...slot, ports: ports(text) }), text).rejects.toMatchObject({
        problems: [{ field: 'path' }],
      });
    }
    expect(toolSchema.options.safeParse({}).success).toBe(false);
  });
});
