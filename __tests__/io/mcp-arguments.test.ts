import { describe, expect, it } from 'vitest';
import { createArgumentCheck } from '../../src/io/mcp-arguments.ts';

describe('the arguments of a tool', () => {
  it('are told apart by its schema', async () => {
    const check = createArgumentCheck([{ name: 't', inputSchema: { type: 'object', required: ['a'] } }]);
    expect(await check('t', { a: 1 })).toBeUndefined();
    expect(await check('t', {})).toContain('a');
  });

  it.each([[{ $ref: '#' }], [{ allOf: [{ $ref: '#' }] }], [{ $ref: '#/nowhere' }], [{ type: 'no such type' }]])(
    'are left to the server when its schema is %j',
    async (inputSchema) => {
      expect(await createArgumentCheck([{ name: 't', inputSchema }])('t', { a: 1 })).toBeUndefined();
    },
  );
});
