import { ToolError } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { resultRecord } from '../systems/benchkit/result-record.ts';
import { checkWithRetries } from '../systems/benchkit/retry.ts';
import { resultName, sampleLine } from '../systems/benchkit/sample.ts';
import { scoreOfResult } from '../systems/benchkit/verdict.ts';
import { type CheckInput, defineChecker, type ScriptPaths, type ScriptPort, type ScriptRequest } from './checker.ts';
import { casesOption, checkWeights, environmentsOption, keptCase } from './parts/benchkit-list.ts';
import { pathFrom } from './parts/path.ts';
import { quoteWords } from './parts/quote.ts';

const text = z.string().check(z.minLength(1));
const ScriptOptions = z.strictObject({
  script: z.described(text.clone(), 'path of the checker script, such as checkers/checker.py, relative to the config file'),
  command: z.described(
    z._default(z.array(text.clone()).check(z.minLength(1)), ['python3']),
    'program and arguments that run it, without a shell; default [python3]',
  ),
  files: z.described(z.optional(z.array(text.clone())), 'further files whose content decides about scores, such as modules that the script imports'),
  model: z.described(z.optional(text.clone()), 'judge model, given to the script as --model'),
  baseUrl: z.described(z.optional(text.clone()), 'its address, given as --base-url'),
  apiKey: z.described(z.optional(text.clone()), 'its key, given as --api-key'),
  env: z.described(
    z._default(z.record(z.string().check(z.regex(/^[A-Za-z_]\w*$/, 'not a variable name')), z.string()), {}),
    'variables that the script gets beside PATH, HOME, LANG and the temporary folder',
  ),
  environments: environmentsOption,
  cases: casesOption,
  maxRetries: z.described(
    z._default(z.int().check(z.minimum(0), z.maximum(10)), 2),
    'runs after the first when the script fails on a rate limit or an error of a server, after 1, 2, 4 … seconds; default 2',
  ),
  timeoutMs: z.described(z._default(z.int().check(z.minimum(1), z.maximum(3_600_000)), 300_000), 'time for one run, milliseconds; default 300000'),
});
type ScriptOptions = z.infer<typeof ScriptOptions>;

/**
 * A checker script of a BenchKit scenario, unchanged: `--bench SAMPLE --result RESULT --output OUT [--model --base-url --api-key] [--work-dir ENV]`.
 * Its result is read from OUT, else from standard output. Another exit code, junk and a result that says Error are unscored, never a fail.
 */
export const benchkitScript = defineChecker<ScriptOptions>({
  type: 'benchkit-script',
  summary: "A BenchKit scenario's own `checker.py`, run by its contract on the sample and the recorded result",
  needs: [],
  example: { type: 'benchkit-script', script: 'checkers/checker.py' },
  options: ScriptOptions as z.ZodMiniType<ScriptOptions>,
  files: ({ script, files = [] }) => [script, ...files],
  envFields: ['apiKey', 'baseUrl', 'env'],
  identity: ({ script, command, model, baseUrl, env }) => ({
    script,
    command,
    model: model ?? null,
    endpoint: baseUrl === undefined ? null : endpointOf(baseUrl),
    env: Object.keys(env).sort(),
  }),
  isPure: false,
  runsCode: true,
  create(options, { scripts, baseDir, readText }) {
    if (!scripts) throw new ToolError({ code: 'script-missing', message: 'programs cannot be run here', remedy: 'use the checker benchkit' });
    const script = pathFrom(baseDir, options.script);
    return async (input) => {
      const kept = keptCase(input, options.cases, readText);
      if (kept) return kept;
      const request = requestOf(input, options, script);
      const result = await checkWithRetries({
        check: () => runOnce(scripts, request),
        sleep: (ms) => scripts.pause(ms),
        maxRetries: options.maxRetries,
      });
      return scoreOfResult(result, checkWeights(input.sample.row.check_list));
    };
  },
});

function requestOf({ sample, trajectory, epoch }: CheckInput, options: ScriptOptions, script: string): ScriptRequest {
  const { command, model, baseUrl, apiKey, env, environments, timeoutMs } = options;
  const line = sampleLine(sample.row);
  const flag = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value]);
  return {
    argv: (paths) => [
      ...command,
      script,
      ...flag('--bench', paths.get('bench')),
      ...flag('--result', paths.get('result')),
      ...flag('--model', model),
      ...flag('--base-url', baseUrl),
      ...flag('--api-key', apiKey),
      ...flag('--work-dir', paths.get('env')),
      ...flag('--output', paths.get('out')),
    ],
    inputs: { bench: line, result: (paths: ScriptPaths) => resultRecord({ line, trajectory, envDir: paths.get('env') }) },
    ...(environments === undefined ? {} : { folders: { env: `${environments.replace(/[\\/]+$/, '')}/${resultName(sample.id, epoch)}_env` } }),
    env,
    timeoutMs,
  };
}

/** @throws Error whose message says what the script wrote, because that decides about a retry */
async function runOnce(scripts: ScriptPort, request: ScriptRequest): Promise<JsonObject> {
  const result = await scripts.run(request);
  if (result.kind === 'failed') {
    const said = result.said === undefined || result.said.trim() === '' ? '' : `; it wrote: ${endOf(result.said.trim(), 2000)}`;
    throw new Error(result.said === undefined ? result.reason : `${result.reason.replace(/; it wrote: .*$/s, '')}${said}`);
  }
  const answer = result.output ?? result.stdout;
  if (answer.trim() === '') throw new Error('the checker script ended without a result: neither --output nor standard output has one');
  const value = parsed(answer);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const where = result.output === undefined ? 'to standard output' : 'to --output';
  throw new Error(`the checker script wrote ${where} what is no JSON object: ${quoteWords(answer)}`);
}

function parsed(answer: string): Json | undefined {
  try {
    return JSON.parse(answer.replace(/^\ufeff/, '')) as Json;
  } catch {
    return undefined;
  }
}

/** Without credentials and query, where keys may stand. */
function endpointOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}

/** A cut is marked: what stands after it may be half of a secret. */
function endOf(text: string, maxLength: number): string {
  return text.length > maxLength ? `…${text.slice(-maxLength)}` : text;
}
