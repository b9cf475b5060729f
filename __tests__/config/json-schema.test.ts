// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of the config files
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { checkerCommonKeys } from '../../src/config/checkers.ts';
import { fileWords } from '../../src/config/inherit.ts';
import { publishedSchemas } from '../../src/config/json-schema.ts';
import { schemaAt } from '../../src/config/overrides.ts';
import { datasets } from '../../src/datasets/registry.ts';
import { resultFormats } from '../../src/importers/registry.ts';
import { Json, JsonObject } from '../../src/records/json.ts';
import * as z from '../../src/records/schema.ts';
import { parse } from './small-registries.ts';

const registries = { agents, checkers, resultFormats, datasetTypes: datasets.types };
const schemas = publishedSchemas(registries);
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schemas['agent-regress.schema.json']!);
const base = { samples: 'a.jsonl', agent: { type: 'replay', path: 'r.jsonl' } };

describe('the published schemas', () => {
  it('are those in the folder', async () => {
    for (const [name, schema] of Object.entries(schemas)) {
      const published = await readFile(new URL(`../../schemas/${name}`, import.meta.url), 'utf8');
      expect(published === `${JSON.stringify(schema, null, 2)}\n`, `${name}: run scripts/generate-schemas.mjs`).toBe(true);
    }
  });

  it('compile', () => {
    for (const schema of Object.values(schemas)) expect(ajv.compile(schema)).toBeTypeOf('function');
  });

  it('say nothing of any JSON value but what it is: all share its schema, so a description of one would be in all', () => {
    for (const schema of [Json, JsonObject]) expect(z.toJSONSchema(schema, { io: 'input' }).description).toBeUndefined();
    expect(z.toJSONSchema(Json, { io: 'input' })).toEqual({ $schema: expect.any(String) as string });
  });

  it('accept the example of every checker, as the tool does', async () => {
    for (const { type, example } of checkers.entries) {
      const model = { model: 'm', baseUrl: 'http://models.example/v1' };
      const file = { ...base, checkers: [example], judge: model, embeddings: model };
      expect(validate(file), `${type}: ${JSON.stringify(validate.errors)}`).toBe(true);
      expect((await parse(JSON.stringify(file), { registries, file: 'a.json' })).problems, type).toEqual([]);
    }
  });

  it('accept inheritance, suites, null and variables', () => {
    const headers = { authorization: '${env:KEY}' };
    const file = {
      extends: 'base.yml',
      agent: { type: 'http', url: '${env:URL}', headers },
      checkers: { default: { required: false }, greets: { type: 'contains', value: 'x' } },
      policy: { import: 'policy.yml', minPassRate: null },
      baseline: { agent: { url: '${env:PROD_URL}', headers: null } },
      suites: { default: { repeats: 2 }, a: { samples: { limit: 3 } }, b: null },
    };
    expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['an unknown key', { ...base, repeat: 3 }],
    ['an unknown agent', { ...base, agent: { type: 'htpp' } }],
    ['an unknown option of an agent', { ...base, agent: { type: 'replay', paht: 'x' } }],
    ['an unknown option of a checker', { ...base, checkers: [{ type: 'contains', value: 'x', valeu: 'x' }] }],
    ['a checker without what it needs', { ...base, checkers: [{ type: 'regex' }] }],
    [
      'an unknown option of a checker inside a checker',
      { ...base, checkers: [{ type: 'any', checkers: [{ type: 'contains', value: 'x', valeu: 'x' }] }] },
    ],
    ['a checker inside a checker without what it needs', { ...base, checkers: [{ type: 'per-turn', checker: { type: 'regex' } }] }],
    ['a checker inside a checker without a type', { ...base, checkers: [{ type: 'any', checkers: [{}] }] }],
    ['"required" inside a checker', { ...base, checkers: [{ type: 'any', checkers: [{ type: 'cost', maxUsd: 1, required: true }] }] }],
    ['a number out of range', { ...base, suites: { a: { repeats: 0 } } }],
    ['an unknown option of a second agent', { ...base, baseline: { agent: { paht: 'x' } } }],
    ['an option that another second agent has', { ...base, baseline: { agent: { type: 'replay', url: 'x' } } }],
    ['an unknown format', { ...base, samples: { path: 'a', format: 'xml' } }],
  ])('refuse %s, as the tool does', async (_, file) => {
    expect(validate(file)).toBe(false);
    expect((await parse(JSON.stringify(file), { registries, file: 'a.json' })).problems).not.toEqual([]);
  });
});

describe('every kind', () => {
  it('refuses a key that it does not know', async () => {
    for (const { type, example } of checkers.entries) {
      const { problems } = await parse(JSON.stringify({ ...base, checkers: [{ ...example, qqq: 1 }] }), { registries });
      expect(
        problems.map(({ field }) => field),
        type,
      ).toContain('checkers[0].qqq');
    }
    for (const type of agents.types) {
      const { problems } = await parse(JSON.stringify({ ...base, agent: { type, qqq: 1 } }), { registries });
      expect(
        problems.map(({ field }) => field),
        type,
      ).toContain('agent.qqq');
    }
  });

  it('has no option that the config takes for itself', () => {
    for (const [definitions, reserved] of [
      [checkers.entries, [...checkerCommonKeys, ...fileWords]],
      [agents.entries, ['type', ...fileWords]],
    ] as const) {
      for (const { type, options } of definitions) {
        for (const key of reserved) expect(schemaAt(options, [key]), `${type}.${key}`).toBeUndefined();
      }
    }
  });
});
