import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/args.ts';
import { init } from '../../src/cli/commands/init.ts';
import { plainOf } from '../../src/config/located.ts';
import { readConfigText } from '../../src/config/read-text.ts';
import { evaluate } from '../../src/index.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

/** The written config, and what was told: `field: message`. */
async function convert(config: object) {
  project.write('promptfooconfig.json', config);
  let err = '';
  const stream = (write: (text: string) => void) => ({
    write(text: string) {
      write(text);
      return true;
    },
  });
  const host = {
    cwd: project.folder,
    env: {},
    stdout: stream(() => {}),
    stderr: stream((text) => {
      err += text;
    }),
    signal: new AbortController().signal,
  };
  await init(parseArguments('init', ['--from', 'promptfoo']), host);
  const value = plainOf((await readConfigText(project.read('agent-regress.yml'), 'agent-regress.yml')).root) as Record<string, unknown>;
  const told = err.split('\n').flatMap((line) => /^ {2}promptfooconfig\.json:\d+ (.+)$/.exec(line)?.[1] ?? []);
  return { config: value, told, err };
}

const evaluateIt = () => evaluate('agent-regress.yml', { cwd: project.folder, baseline: 'none', repeats: 1 });
const test = (vars: object, ...assert: object[]) => ({ vars, assert });

describe('a promptfoo project loses nothing silently', () => {
  it('of providers that are keys, of prompts and of defaultTest', async () => {
    const { told } = await convert({
      prompts: [{ raw: '{{q}}', label: 'one', config: { response_format: 'json' } }],
      providers: [{ 'openai:gpt-4o': { config: {}, prompts: ['one'], delay: 100 } }],
      defaultTest: { provider: 'openai:gpt-4', assertScoringFunction: 'file://x.js' },
      tests: [test({ q: 'x' }, { type: 'contains', value: 'x' })],
    });
    expect(told).toEqual([
      'prompts[0].config: "config" of the prompt is left out',
      'providers[0].prompts: "prompts" of the provider is left out',
      'providers[0].delay: "delay" of the provider is left out',
      'defaultTest.provider: "provider" of defaultTest is left out',
      'defaultTest.assertScoringFunction: "assertScoringFunction" of defaultTest is left out',
    ]);
  });

  it('when nothing can be asked', async () => {
    const { config, told } = await convert({ providers: ['echo'], tests: [test({ prompt: 'x' }, { type: 'contains', value: 'x' })] });
    expect(config.agent).toEqual({ type: 'do-nothing' });
    expect(told).toEqual([expect.stringMatching(/^providers: no provider with a prompt was converted/)]);
  });

  it('of files of default variables, and of folders in the place of files', async () => {
    mkdirSync(join(project.folder, 'folder'));
    project.write('words.txt', 'from a file');
    const { told } = await convert({
      prompts: ['{{q}} {{words}}'],
      providers: ['echo'],
      defaultTest: { vars: { words: 'file://words.txt', gone: 'file://gone.txt' } },
      tests: [
        test({ q: 'a' }, { type: 'equals', value: 'a from a file' }),
        test({ q: 'file://folder' }, { type: 'equals', value: '{{q}} from a file' }),
      ],
    });
    expect(told).toEqual([
      'defaultTest.vars.gone: the file gone.txt is not there: it is left out',
      'tests[1].vars.q: the file folder is no file: it is left out',
    ]);
    expect((await evaluateIt()).assessment.passRate).toBe(1);
  });

  it('of control characters, which reach no terminal, and of names that every object has', async () => {
    const { err, told } = await convert({
      prompts: ['{{q}}'],
      providers: ['echo'],
      tests: [test({ q: 'x' }, { type: 'a\u001b[31m', value: 'x' }, { type: 'constructor', value: 'x' })],
    });
    expect(err).not.toContain('\u001b');
    expect(told).toContain('tests[0].assert[1]: there is no checker like "constructor"');
  });
});

describe('a converted promptfoo project', () => {
  it('runs assertions that end in a remark, and leaves out code that would break all others', async () => {
    const { told } = await convert({
      prompts: ['{{q}}'],
      providers: ['echo'],
      tests: [
        test(
          { q: 'word' },
          { type: 'javascript', value: 'output.length > 1 // why' },
          { type: 'javascript', value: 'output === "word"; // so' },
          { type: 'javascript', value: '// first\noutput.includes("w")\n' },
          { type: 'javascript', value: 'const broken = 1; return true' },
        ),
      ],
    });
    expect(told).toEqual([expect.stringMatching(/^tests\[0\]\.assert\[3\]: "javascript" is left out: its code is neither/)]);
    const { assessment } = await evaluateIt();
    expect(assessment.checkers).toHaveLength(3);
    expect(assessment.passRate).toBe(1);
  });

  it('fills in places inside of variables', async () => {
    await convert({
      prompts: ['Hi {{ user.name }}, {{ list[1] }}'],
      providers: ['echo'],
      tests: [test({ user: { name: 'Ada' }, list: [['a', 'b']] }, { type: 'equals', value: "Hi {{user['name']}}, {{list[1]}}" })],
    });
    const { assessment } = await evaluateIt();
    expect(assessment.passRate).toBe(1);
  });

  it('never takes words of a rubric for a placeholder, and tells of other texts that would be', async () => {
    const { config, told } = await convert({
      prompts: ['{{q}}'],
      providers: ['echo'],
      tests: [
        test(
          { q: 'a {{secret}}' },
          { type: 'llm-rubric', value: ['about {{q}}', 'short'] },
          { type: 'assert-set', threshold: 0.5, assert: [{ type: 'llm-rubric', value: 'is {{q}}' }] },
          { type: 'equals', value: '{{q}}' },
        ),
      ],
    });
    expect(told).toEqual([expect.stringMatching(/^tests\[0\]\.assert\[2\]: \{\{secret\}\} in its text is a placeholder here/)]);
    expect(JSON.stringify(config.checkers)).not.toContain('secret');
    const env = { OPENAI_API_KEY: 'key-0123456789' };
    expect(await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder })).toHaveLength(1);
  });

  it('asks the Responses API where that was asked, when the prompt is the input', async () => {
    const { config, told } = await convert({
      prompts: ['{{q}}', 'Say {{q}}'],
      providers: [
        { id: 'openai:responses:gpt-5', config: { temperature: 0, max_output_tokens: 90, instructions: 'Be kind.', reasoning: { effort: 'low' } } },
      ],
      tests: [test({ q: 'x' }, { type: 'contains', value: 'x' })],
    });
    expect(config.agent).toEqual({
      ...{ type: 'openai-responses', baseUrl: 'https://api.openai.com/v1', apiKey: '${' + 'env:OPENAI_API_KEY}', model: 'gpt-5' },
      ...{ system: 'Be kind.', temperature: 0, maxTokens: 90 },
    });
    expect(told).toEqual([
      expect.stringMatching(/^providers\[0\]: the provider "openai:responses:gpt-5" is left out: its prompt is more/),
      'providers[0].config.reasoning: "reasoning" of the provider is left out',
    ]);
    const env = { OPENAI_API_KEY: 'key-0123456789' };
    expect(await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder })).toHaveLength(1);
  });
});
