import { describe, expect, it } from 'vitest';
import { type ParseOptions, parse, problemLines } from './small-registries.ts';

const suite = (agents: string, more = '') => `suite: bot\nsamples: a.jsonl\ncheckers: [{type: contains, value: x}]\nagents: ${agents}\n${more}`;
const suitesOf = async (text: string, options?: ParseOptions) => {
  const { suites, problems } = await parse(text, options);
  expect(problems).toEqual([]);
  return suites.map(({ suite: name, agent }) => [name, agent.options]);
};
/** Without the column. */
const problemsOf = async (text: string, options?: ParseOptions) =>
  (await problemLines(text, options)).map((line) => line.replace(/^(\d+):\d+/, '$1'));

describe('several agents', () => {
  it('are a suite each, called after both, that differs in nothing else', async () => {
    const { suites } = await parse(suite('{old: {type: replay, path: old.jsonl}, new-2.0: {type: replay, path: new.jsonl}}', 'repeats: 5'));
    expect(suites).toMatchObject([
      { suite: 'bot (old)', repeats: 5, agent: { type: 'replay', options: { path: 'old.jsonl' } } },
      { suite: 'bot (new-2.0)', repeats: 5, agent: { type: 'replay', options: { path: 'new.jsonl' } } },
    ]);
    const [old, fresh] = suites;
    expect({ ...old, suite: '', agent: '', places: '' }).toEqual({ ...fresh, suite: '', agent: '', places: '' });
    expect(await suitesOf(suite('{old: {type: replay, path: o}}').replace('suite: bot\n', ''))).toEqual([['project (old)', { path: 'o' }]]);
  });

  it('share what is under default and overwrite, and one that is null is left out', async () => {
    const agents = '{default: {type: http, url: "http://a/"}, overwrite: {temperature: 0}, a: {}, b: {url: "http://b/", temperature: 1}}';
    expect(await suitesOf(suite(agents))).toEqual([
      ['bot (a)', { url: 'http://a/', temperature: 0 }],
      ['bot (b)', { url: 'http://b/', temperature: 0 }],
    ]);
    expect(await suitesOf(suite('{default: {type: replay, path: p}, a: {}, b: null}'))).toEqual([['bot (a)', { path: 'p' }]]);
  });

  it('work in each of several suites, and take back an inherited agent', async () => {
    const text = [
      'samples: a.jsonl',
      'checkers: [{type: contains, value: x}]',
      'agent: {type: replay, path: one.jsonl}',
      'suites:',
      '  plain:',
      '  both: {agent: null, agents: {x: {type: replay, path: x}, y: {from: y.yml}}}',
    ].join('\n');
    expect(await suitesOf(text, { files: { 'y.yml': 'type: replay\npath: y\n' } })).toEqual([
      ['plain', { path: 'one.jsonl' }],
      ['both (x)', { path: 'x' }],
      ['both (y)', { path: 'y' }],
    ]);
  });

  it('are chosen by name, and the others need no variables', async () => {
    const agents = `{old: {type: http, url: "\${env:OLD_URL}"}, new: {type: http, url: "\${env:NEW_URL}"}}`;
    const env = { NEW_URL: 'http://new.example/' };
    expect(await suitesOf(suite(agents), { agents: ['new'], env })).toEqual([['bot (new)', { url: env.NEW_URL }]]);
    expect(await problemsOf(suite(agents), { env })).toEqual(['4 agents.old.url: the variable OLD_URL is not set']);
    const { suites, unready, agentNames } = await parse(suite(agents), { env });
    expect(suites.map((one) => one.suite)).toEqual(['bot (new)']);
    expect(unready).toMatchObject([{ suite: 'bot (old)', variables: ['OLD_URL'], problems: [{ field: 'agents.old.url' }] }]);
    expect(agentNames).toEqual(['old', 'new']);
  });

  it('are all changed by a flag', async () => {
    const overrides = [{ path: 'agent.temperature', value: '0.5', origin: 'flag' as const, source: '--temperature' }];
    const agents = '{a: {type: http, url: "http://a/"}, b: {type: http, url: "http://b/", temperature: 2}}';
    expect(await suitesOf(suite(agents), { overrides })).toEqual([
      ['bot (a)', { url: 'http://a/', temperature: 0.5 }],
      ['bot (b)', { url: 'http://b/', temperature: 0.5 }],
    ]);
  });

  it('have all their problems told at once, each where it was written', async () => {
    const agents = '{a: {type: htpt}, b: {type: http, url: 5, urll: x}, c: {type: replay}, d: 7, "e/f": {type: replay, path: p}}';
    expect(await problemsOf(suite(agents, 'repeats: 0'))).toEqual([
      '4 agents.e/f: expected a name of 1 to 50 letters, digits, ".", "_" or "-", beginning with a letter or digit',
      '5 repeats: expected a number of at least 1, found 0',
      '4 agents.a.type: unknown agent "htpt"',
      '4 agents.b.url: expected text, found a whole number',
      '4 agents.b.urll: unknown key "urll"',
      '4 agents.c.path: "path" is missing',
      '4 agents.d: expected a mapping, found a whole number',
    ]);
  });

  it.each([
    ['{}', '', '4 agents: expected a mapping from name to agent'],
    ['[]', '', '4 agents: expected a mapping from name to agent'],
    ['{a: null}', '', '4 agents: expected a mapping from name to agent'],
    ['{a: {type: replay, path: p}}', 'agent: {type: replay, path: p}', '4 agents: there is an "agent" too'],
    ['null', '', '1 agent: "agent" is missing'],
  ])('are refused as %s %s', async (agents, more, problem) => {
    expect(await problemsOf(suite(agents, more))).toEqual([problem]);
  });
});
