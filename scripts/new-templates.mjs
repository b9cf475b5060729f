// What scripts/new.mjs writes. Each template is a small working definition with a test of its behaviour.

const checker = {
  next: 'Next: change what it decides, then npm run schemas && npm run docs.',
  source: (name, symbol) => `import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { outputOf } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';

const Options = z.strictObject({
  word: z.described(z.string().check(z.minLength(1)), 'word that the output begins with'),
});

export const ${symbol} = defineChecker({
  type: '${name}',
  summary: 'The output begins with a word',
  needs: [],
  example: { type: '${name}', word: 'Hello' },
  options: Options,
  create:
    ({ word }) =>
    (input) => {
      if (input.trajectory.turns.length === 0) return unscored('the agent took no turn');
      const doesBegin = outputOf(input.trajectory).startsWith(word);
      return scored(doesBegin ? 1 : 0, doesBegin ? 'it begins with the word' : 'it does not begin with the word');
    },
});
`,
  test: (name, symbol) => `import { describe, expect, it } from 'vitest';
import { ${symbol} } from '../../src/checkers/${name}.ts';
import { checkOutput } from './build.ts';

describe('${name}', () => {
  it('passes an output that begins with the word', async () => {
    expect(await checkOutput(${symbol}, { word: 'Hello' }, 'Hello there')).toMatchObject({ kind: 'scored', value: 1, pass: true });
  });

  it('fails any other output', async () => {
    expect(await checkOutput(${symbol}, { word: 'Hello' }, 'Good day')).toMatchObject({ kind: 'scored', value: 0, pass: false });
  });
});
`,
};

const agent = {
  next: 'Next: change what it asks, add a case to __tests__/contract/agents.test.ts, then npm run schemas && npm run docs.',
  source: (name, symbol) => `import { abortFailure } from '../io/failure.ts';
import * as z from '../records/schema.ts';
import { textOf } from '../template.ts';
import { defineAgent } from './agent.ts';
import { converse } from './parts/converse.ts';

const Options = z.strictObject({
  prefix: z.described(z._default(z.string(), ''), 'text before the echo'),
});
type Options = z.infer<typeof Options>;

/** Answers every message with the message itself. */
export const ${symbol} = defineAgent<Options>({
  type: '${name}',
  summary: 'answers every message with the message itself',
  options: Options as z.ZodMiniType<Options>,
  envFields: [],
  identity: ({ prefix }) => ({ template: { prefix } }),
  async open({ prefix }) {
    return {
      ask: (request) =>
        converse(request, async (turn) => {
          if (request.signal.aborted) throw abortFailure(request.signal, 'not-sent');
          return { output: prefix + textOf(turn.input), steps: [] };
        }),
      close: async () => {},
    };
  },
});
`,
  test: (name, symbol) => `import { describe, expect, it } from 'vitest';
import { ${symbol} } from '../../src/agents/${name}.ts';
import { makePorts, makeRequest } from './support.ts';

describe('${name}', () => {
  it('answers with the message', async () => {
    const agent = await ${symbol}.open(${symbol}.options.parse({ prefix: '> ' }), makePorts());
    const { turns } = await agent.ask(makeRequest());
    expect(turns.at(-1)?.output).toMatch(/^> /);
    await agent.close();
  });
});
`,
};

const dataset = {
  next: 'Next: change how rows are read, then npm run schemas && npm run docs.',
  source: (name, symbol) => `import { defineDataset } from './dataset.ts';

export const ${symbol} = defineDataset({
  type: '${name}',
  summary: 'a line of text is the input of a sample; empty lines do not count',
  extensions: ['.${name}'],
  async *rows(source) {
    let text = '';
    for await (const chunk of source) text += chunk;
    for (const [index, line] of text.split(/\\r?\\n/).entries()) {
      if (line.trim() !== '') yield { row: { input: line }, line: index + 1 };
    }
  },
});
`,
  test: (name, symbol) => `import { describe, expect, it } from 'vitest';
import { ${symbol} } from '../../src/datasets/${name}.ts';

async function* chunks() {
  yield 'first\\n\\nsec';
  yield 'ond\\n';
}

describe('${name}', () => {
  it('gives a row for every line, with its number, wherever the chunks are cut', async () => {
    const rows: unknown[] = [];
    for await (const row of ${symbol}.rows(chunks(), 'a.${name}')) rows.push(row);
    expect(rows).toEqual([
      { row: { input: 'first' }, line: 1 },
      { row: { input: 'second' }, line: 3 },
    ]);
  });
});
`,
};

const reporter = {
  next: 'Next: change what it says, give it a fileName if it is a file of the output folder, then npm run docs.',
  source: (name, symbol) => `import { escapeTerminal } from './parts/escape.ts';
import { clipBytes } from './parts/fit.ts';
import { plainPhrase } from './parts/phrase.ts';
import { defineReporter } from './reporter.ts';

/** The headline and what it means, as one line of text. */
export const ${symbol} = defineReporter({
  type: '${name}',
  summary: 'the verdict in one line',
  render(view, { maxBytes = Number.POSITIVE_INFINITY }) {
    const sentences = [view.headline, ...view.summary].map((phrase) => escapeTerminal(plainPhrase(phrase)));
    return clipBytes(\`\${sentences.join(' ')}\\n\`, maxBytes);
  },
});
`,
  test: (name, symbol) => `import { describe, expect, it } from 'vitest';
import { ${symbol} } from '../../src/reporters/${name}.ts';
import { verdictCases } from '../helpers/verdicts.ts';
import { aView } from '../helpers/views.ts';

describe('${name}', () => {
  it.each(verdictCases())('says the verdict $name in one line', (verdict) => {
    const view = aView(verdict);
    const text = ${symbol}.render(view, {});
    expect(text.split('\\n')).toHaveLength(2);
    expect(text).toContain(view.headline);
  });
});
`,
};

export const templates = { checker, agent, dataset, reporter };
