import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { ToolError } from '../../src/errors.ts';
import { toolCallsOf } from '../../src/records/trajectory.ts';
import { type Scripted, serveModel } from '../helpers/model-server.ts';
import { failureOf, makeRequest, makeSample, openAgent } from './support.ts';

const call = (name: string, args: unknown = {}): Scripted => ({ calls: [{ name, args }] });

async function openChat(script: readonly Scripted[], options: object) {
  const model = await serveModel(script);
  return { ...model, agent: await openAgent('openai-chat', { baseUrl: model.baseUrl, model: 'm', ...options }) };
}

const lookUp = { name: 'look_up', description: 'an order', parameters: { type: 'object', properties: { id: { type: 'string' } } } };

describe('tools with scripted results', () => {
  it('answer calls by arguments, in order, each result once and the last one from then on', async () => {
    const results = [
      { result: 'first' },
      { args: { id: '7', more: { a: 1 } }, result: { state: 'lost' }, isError: true },
      { args: { id: '7' }, result: 'second' },
    ];
    const calls = [{ id: '7' }, { id: '7' }, { id: '7', more: { a: 1, b: 2 } }, { id: '7' }, { id: '8' }].map((args) => ({ name: 'look_up', args }));
    const { agent, bodies } = await openChat([{ text: 'Wait.', calls }, 'found'], { tools: [{ ...lookUp, results }] });
    const trajectory = await agent.ask(makeRequest());
    expect(toolCallsOf(trajectory).map(({ result }) => result)).toEqual(['first', 'second', { state: 'lost' }, 'second', 'first']);
    expect(toolCallsOf(trajectory)[2]).toMatchObject({ isError: true });
    expect(trajectory.turns[0]).toMatchObject({ output: 'found', steps: [{ kind: 'message', text: 'Wait.' }, {}, {}, {}, {}, {}] });
    expect(bodies[0]?.tools).toEqual([{ type: 'function', function: lookUp }]);
    expect(bodies[1]?.messages.slice(1)).toMatchObject([
      { role: 'assistant', content: 'Wait.', tool_calls: [{ id: 'call-0' }, {}, {}, {}, {}] },
      { role: 'tool', tool_call_id: 'call-0', content: 'first' },
      { content: 'second' },
      { content: '{"state":"lost"}' },
      { content: 'second' },
      { tool_call_id: 'call-4', content: 'first' },
    ]);
  });

  it('take results from the sample and the arguments', async () => {
    const tools = [
      { ...lookUp, result: { id: '{{args.id}}', state: '{{metadata.state}}' } },
      { name: 'list', results: '{{row.list}}' },
    ];
    const { agent } = await openChat([call('look_up', { id: '7' }), call('list'), call('list', { page: 2 }), 'done'], { tools });
    const row = { list: [{ args: { page: 2 }, result: [3] }] };
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ metadata: { state: 'paid' }, row }) }));
    expect(toolCallsOf(trajectory)).toMatchObject([
      { result: { id: '7', state: 'paid' }, isError: false },
      { isError: true, result: expect.stringContaining('no result fits') },
      { result: [3] },
    ]);
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({
      kind: 'agent-error',
      isTransient: false,
      message: expect.stringContaining('no "state"'),
    });
  });

  it('tell the model which argument is missing: that is its fault, and no error of the slot', async () => {
    const { agent, bodies } = await openChat([call('look_up', { order: '7' }), call('look_up', { id: '7' }), 'done'], {
      tools: [{ ...lookUp, result: { id: '{{args.id}}', state: '{{metadata.state}}' } }],
    });
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ metadata: { state: 'paid' } }) }));
    expect(toolCallsOf(trajectory)).toMatchObject([
      { isError: true, result: expect.stringMatching(/^an argument is missing: there is no "id" in "args"$/) },
      { isError: false, result: { id: '7', state: 'paid' } },
    ]);
    expect(bodies[1]?.messages.at(-1)?.content).toContain('"id"');
  });

  it.each([
    ['with tools', { tools: [{ ...lookUp, result: 'x' }] }],
    ['without', {}],
  ])('arguments that are too deep to be recorded are no answer, %s', async (_, options) => {
    const { agent } = await openChat([call('unknown', `{"a":${'['.repeat(300)}${']'.repeat(300)}}`), 'done'], options);
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'bad-response', message: expect.stringContaining('deeper than 200') });
  });

  it('end the turn with a call that has no result, and the model is told in the next turn', async () => {
    const { agent, bodies } = await openChat(
      [
        {
          text: 'I hand over.',
          calls: [
            { name: 'look_up', args: {} },
            { name: 'hand_over', args: { to: 'a person' } },
          ],
        },
      ],
      {
        tools: [{ ...lookUp, result: 'x' }, { name: 'hand_over' }],
      },
    );
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) }));
    expect(trajectory.turns[0]).toMatchObject({
      output: 'I hand over.',
      steps: [
        { name: 'look_up', result: 'x' },
        { name: 'hand_over', args: { to: 'a person' } },
      ],
    });
    expect(trajectory.turns[0]?.steps[1]).not.toHaveProperty('result');
    expect(bodies).toHaveLength(2);
    expect(bodies[1]?.messages.slice(2)).toMatchObject([
      { role: 'tool', content: 'x' },
      { role: 'tool', content: 'The tool was not run.' },
      { role: 'user', content: 'two' },
    ]);
  });

  it('give a call without an id one of its own, and requests keys of their own', async () => {
    const { agent, bodies, seen } = await openChat(
      [
        {
          calls: [
            { name: 'look_up', args: '', id: '' },
            { name: 'look_up', args: {}, id: '' },
          ],
        },
        'done',
      ],
      {
        tools: [{ ...lookUp, result: 'x' }],
      },
    );
    await agent.ask(makeRequest());
    await agent.ask(makeRequest({ attempt: 2 }));
    const ids = bodies[1]?.messages.filter(({ role }) => role === 'tool').map((message) => message.tool_call_id);
    expect(new Set(ids).size).toBe(2);
    expect(bodies[1]?.messages[1]?.tool_calls?.map(({ id }) => id)).toEqual(ids);
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1-c2', 'key-1', 'key-1-a2-c2']);
  });

  it('never say that nothing was sent when a later request fails', async () => {
    const model = await serveModel((_, n) => {
      if (n === 1) model.stop();
      return call('look_up');
    });
    const agent = await openAgent('openai-chat', { baseUrl: model.baseUrl, model: 'm', tools: [{ ...lookUp, result: 'x' }] });
    expect((await failureOf(agent.ask(makeRequest()))).phase).not.toBe('not-sent');
  });

  it.each([
    [[{ name: 'a', result: '{{expected}}' }], 'agent.tools[0].result uses {{expected}}'],
    [[{ name: 'a', results: [{ result: '{{arg.x}}' }] }], 'did you mean "args"'],
  ])('refuse templates of what tools do not have: %j', async (tools, message) => {
    const error = await openAgent('openai-chat', { model: 'm', tools }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ToolError);
    expect(`${(error as ToolError).message}: ${(error as ToolError).remedy}`).toContain(message);
  });
});

describe('the identity of openai-chat', () => {
  const identity = (options: object) => {
    const definition = agents.get('openai-chat');
    return JSON.stringify(definition.identity(definition.options.parse({ model: 'm', ...options })));
  };

  it('is without tools byte for byte what it was before there were tools', () => {
    expect(identity({ system: 's', temperature: 0, maxTokens: 5, apiKey: 'k', headers: { a: 'b' }, maxSteps: 3 })).toBe(
      '{"endpoint":"https://api.openai.com/v1","template":{"model":"m","system":"s","temperature":0,"maxTokens":5,"stream":false}}',
    );
  });

  it('holds the tools and maxSteps', () => {
    const tools = [{ ...lookUp, result: 'x' }];
    const all = [{}, { tools }, { tools: [{ ...lookUp, result: 'y' }] }, { tools, maxSteps: 3 }].map(identity);
    expect(new Set(all).size).toBe(4);
  });
});
