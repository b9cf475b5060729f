import { type Problem, ToolError } from '../../errors.ts';
import type { ProjectFlag, ProjectRequest } from '../project.ts';

const text = (name: string, value: string, help: string): ProjectFlag => ({ name, type: 'string', value, help });
const toggle = (name: string, help: string): ProjectFlag => ({ name, type: 'boolean', help });

/** Those of BenchKit's executor and evaluator, and `--model-config`, which is ours. */
export const benchkitFlags: readonly ProjectFlag[] = [
  text('scenario', 'DIR', 'the scenario: samples, env/servers.json, checker.py (default .)'),
  text('samples', 'FILE', 'its samples; execute and check take the same file (default samples/eval.jsonl)'),
  text('results-dir', 'DIR', 'what the agent did, a file per sample (default evaluation_outputs/execution)'),
  text('output-dir', 'DIR', 'what the checks say (default evaluation_outputs/evaluation)'),
  text('model', 'NAME', "execute, run: the agent's model; required, here or as BENCH_AGENT_MODEL"),
  text('base-url', 'URL', "execute, run: the agent's base URL; check: the judge's"),
  text('api-key', 'KEY', "execute, run: the agent's key; check: the judge's (better: an environment variable)"),
  text('judge-model', 'NAME', 'the model that judges, where a check asks one'),
  text('judge-base-url', 'URL', "run: the judge's base URL"),
  text('judge-api-key', 'KEY', "run: the judge's key (better: an environment variable)"),
  text('model-config', 'FILE', 'a model_config.json with settings by role: agent, judge, simulator'),
  text('max-turns', 'N', 'replies of the model for one user message at most (default 20)'),
  text('temperature', 'T', "the agent's temperature (default 0.0)"),
  text('offset', 'N', 'leave out the first N samples'),
  text('limit', 'N', 'at most N samples; 0: all'),
  text('max-concurrency', 'N', 'samples at once (default 1; 2 to 4 do not meet most rate limits)'),
  text('max-retries', 'N', 'tries after the first one, where a rate limit or a failing server is in the way (default 2)'),
  toggle('resume', 'leave out samples that have a result, before --offset and --limit count'),
  toggle('skip-env-check', 'check: taken, and already so: checking starts no server'),
  toggle('start-servers', 'check: taken with a note: checking starts no server'),
];

export interface BenchkitFlags {
  text(name: string): string | undefined;
  has(name: string): boolean;
  /** @returns `fallback` where the flag is absent; a problem is kept for `finish`. */
  number(name: string, range: { fallback: number; least: number; most?: number; isWhole?: boolean }): number;
  /** Adds a problem of a flag. */
  refuse(problem: Problem): void;
  /** @throws ToolError `usage` with every problem. */
  finish(): void;
}

/** The flags of a command line, whose problems are told together by `finish`. */
export function readFlags({ flags, command }: ProjectRequest): BenchkitFlags {
  const problems: Problem[] = [];
  const textOf = (name: string) => {
    const value = flags[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    text: textOf,
    has: (name) => flags[name] === true,
    number(name, { fallback, least, most = Number.MAX_SAFE_INTEGER, isWhole = true }) {
      const given = textOf(name);
      const value = given === undefined ? fallback : Number(given);
      const isNumber = given === undefined || /^[+-]?(\d+\.?\d*|\.\d+)$/.test(given.trim());
      if (isNumber && value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `${least}..${most}`;
      problems.push({
        field: `--${name}`,
        message: `--${name} takes a ${isWhole ? 'whole ' : ''}number ${range}, found ${given}`,
        remedy: `write it like --${name} ${fallback}`,
      });
      return fallback;
    },
    refuse: (problem) => problems.push(problem),
    finish() {
      if (problems.length === 0) return;
      const message = `agent-regress ${command} --from benchkit: the command line is not right`;
      throw new ToolError({ code: 'usage', message, remedy: `agent-regress ${command} --from benchkit --help`, problems });
    },
  };
}
