// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of the config files
import { describe, expect, it } from 'vitest';
import { parse, parseOne, problemLines, valid } from './small-registries.ts';

const http = (fields: string) => valid.replace(/agent:.*\n/, `agent: {type: http, ${fields}}\n`);
const key = 'sk-0123456789';

describe('environment variables in a config', () => {
  it('fill the fields that the agent allows and are remembered as secrets', async () => {
    const suite = await parseOne(http('url: "${env:U}/x", headers: {a: "Bearer ${env:K}"}'), { env: { U: 'http://h.example', K: key } });
    expect(suite.agent.options).toMatchObject({ url: 'http://h.example/x', headers: { a: `Bearer ${key}` } });
    expect(suite.secrets).toEqual([
      { name: 'U', value: 'http://h.example' },
      { name: 'K', value: key },
    ]);
  });

  it.each([
    ['a body', http('url: http://h.example, body: {q: "${env:K}"}')],
    ['samples', valid.replace('a.jsonl', '"${env:K}"')],
    ['a checker', valid.replace('value: x', 'value: "${env:K}"')],
    ['a key', http('url: http://h.example, headers: {"${env:K}": x}')],
  ])('are refused in %s, with the fields that may hold them', async (_, text) => {
    const { problems } = await parse(text, { env: { K: key } });
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain(key);
    if (problems[0]?.message.endsWith('in here')) expect(problems[0].remedy).toMatch(/allowed in: .*judge\.apiKey/);
  });

  it('name every variable that is not set, once, without noise from the schema', async () => {
    const lines = await problemLines(http('url: "${env:U}", headers: {a: "${env:A}${env:B}"}'), { env: { B: ' ' } });
    expect(lines).toEqual([
      '2:26 agent.url: the variable U is not set',
      '2:51 agent.headers.a: the variable A is not set',
      '2:51 agent.headers.a: the variable B is empty',
    ]);
  });

  it.each(['GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'RUNNER_TEMP', 'INPUT_TOKEN', 'github_token'])('never give %s to an agent', async (name) => {
    const lines = await problemLines(http(`url: http://h.example, headers: {a: "\${env:${name}}"}`), { env: { [name]: key } });
    expect(lines[0]).toContain(`the variable ${name} belongs to the runner`);
  });

  it('must be in the list where the file has one', async () => {
    const text = `env: [U]\n${http('url: "${env:U}", headers: {a: "${env:K}"}')}`;
    const lines = await problemLines(text, { env: { U: 'http://h.example', K: key } });
    expect(lines).toEqual(['3:51 agent.headers.a: the variable K is not in the "env" list of the file']);
  });

  it('are refused as keys when they are too short to hide, but not as addresses', async () => {
    const env = { U: 'a:b', K: '12345' };
    expect(await problemLines(http('url: "${env:U}", headers: {a: "${env:K}"}'), { env })).toEqual([
      '2:51 agent.headers.a: the variable K is shorter than 6 characters and could not be hidden in reports',
    ]);
    const suite = await parseOne(http('url: "${env:U}"'), { env });
    expect(suite.secrets).toEqual([]);
    expect(suite.warnings).toHaveLength(1);
  });

  it('with a line break are refused in a header', async () => {
    const lines = await problemLines(http('url: http://h.example, headers: {a: "${env:K}"}'), { env: { K: `${key}\n` } });
    expect(lines[0]).toContain('holds a line break');
  });

  it.each(['${env:}', '${env:A B}', '${env:A'])('are refused when written as %s', async (text) => {
    expect(await problemLines(http(`url: "${text}"`), { env: { A: 'http://h.example' } })).toHaveLength(1);
  });

  it('never show a value in a problem', async () => {
    const { problems } = await parse(http('url: "${env:U}", temperature: "${env:U}"'), { env: { U: key } });
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain(key);
  });

  it('are recommended for a key in plain text, which is hidden all the same', async () => {
    const suite = await parseOne(http(`url: http://h.example, headers: {authorization: ${key}, accept: text/plain}`));
    expect(suite.warnings).toEqual([
      'agent.headers.authorization holds a key in plain text: keep it in an environment variable and write ${env:NAME}',
    ]);
    expect(suite.secrets).toEqual([{ name: 'agent.headers.authorization', value: key }]);
  });
});
