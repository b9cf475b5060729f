import { url } from 'zod/mini';
import { type AgentDefinition, defineAgent } from '../../src/agents/agent.ts';
import { type CheckerDefinition, defineChecker } from '../../src/checkers/checker.ts';
import type { ConfigRegistries } from '../../src/config/build-suite.ts';
import { makeConfigParser, type ParseResult } from '../../src/config/parse-config.ts';
import type { SuiteConfig } from '../../src/config/suite-config.ts';
import type { ResultFormat } from '../../src/importers/result-format.ts';
import { JsonObject } from '../../src/records/json.ts';
import * as z from '../../src/records/schema.ts';
import { createRegistry } from '../../src/registry.ts';

const agent = <O>(type: string, options: z.ZodMiniType<O>, envFields: string[]) =>
  defineAgent<O>({
    type,
    summary: `the ${type} agent`,
    options,
    envFields,
    identity: () => ({ template: null }),
    open: () => Promise.reject(new Error('not opened in these tests')),
  });

const checker = <O>(type: string, options: z.ZodMiniType<O>, needs: CheckerDefinition['needs'] = []) =>
  defineChecker<O>({
    type,
    summary: `the ${type} checker`,
    needs,
    example: { type },
    options,
    create: () => () => ({ kind: 'unscored', reason: 'x' }),
  });

const http = z.strictObject({
  url: url(),
  headers: z.described(z.optional(z.record(z.string(), z.string())), 'sent with every request'),
  body: z.optional(JsonObject),
  reply: z.optional(z.strictObject({ output: z.string(), toolCalls: z.optional(z.string()), usage: z.optional(z.string()) })),
  temperature: z.optional(z.number().check(z.minimum(0), z.maximum(2))),
});

/** A few kinds that cover what real ones do. */
export const registries: ConfigRegistries = {
  agents: createRegistry<AgentDefinition>('agent', [
    agent('http', http, ['url', 'headers']),
    agent('replay', z.strictObject({ path: z.string() }), []),
  ]),
  checkers: createRegistry<CheckerDefinition>('checker', [
    checker('contains', z.strictObject({ value: z.string(), ignoreCase: z._default(z.boolean(), false) })),
    checker('trajectory', z.strictObject({ match: z.enum(['exact', 'in-order', 'any-order']) })),
    checker('judge', z.strictObject({ rubric: z.string(), threshold: z.number().check(z.minimum(0), z.maximum(1)) }), ['judge']),
  ]),
  resultFormats: createRegistry<ResultFormat>('result format', []),
  datasetTypes: ['jsonl', 'json', 'yaml', 'csv'],
};

type Files = Record<string, string>;
export interface ParseOptions {
  env?: Record<string, string>;
  agents?: string[];
  overrides?: Parameters<ReturnType<typeof makeConfigParser>>[0]['overrides'];
  files?: Files;
  file?: string;
  registries?: ConfigRegistries;
}

/** Parses a text as `agent-regress.yml` beside other files in memory. */
export function parse(text: string, options: ParseOptions = {}): Promise<ParseResult> {
  const file = options.file ?? 'agent-regress.yml';
  return makeConfigParser(options.registries ?? registries)({
    entry: { id: file, file, text },
    read: async (reference) => {
      const found = options.files?.[reference];
      if (found === undefined) throw new Error('there is no such file');
      return { id: reference, file: reference, text: found };
    },
    baseDir: '/project',
    defaultSuite: 'project',
    overrides: options.overrides ?? [],
    ...(options.agents ? { agents: options.agents } : {}),
    env: options.env ?? {},
  });
}

/** The one suite of a text that must be right. */
export async function parseOne(text: string, options: ParseOptions = {}): Promise<SuiteConfig> {
  const { suites, problems } = await parse(text, options);
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 1));
  return suites[0]!;
}

/** `line:column field: message` of each problem, for one glance. */
export async function problemLines(text: string, options: ParseOptions = {}): Promise<string[]> {
  const { problems } = await parse(text, options);
  return problems.map(({ line, column, field, message }) => `${line ?? ''}:${column ?? ''} ${field ?? ''}: ${message}`);
}

/** A suite without problems to which a test adds lines. */
export const valid = `samples: a.jsonl
agent: {type: replay, path: r.jsonl}
checkers: [{type: contains, value: x}]
`;
