/** One option of the command line. */
export interface Flag {
  type: 'string' | 'boolean';
  /** Takes several values: repeated, or comma-free words after each other for `--config`. */
  multiple?: boolean;
  short?: string;
  value?: string;
  help: string;
}

/** Of every command. */
export const all = {
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  verbose: { type: 'boolean', help: 'every notice, and the stack of a bug' },
  quiet: { type: 'boolean', short: 'q', help: 'no progress' },
  'no-color': { type: 'boolean', help: 'no colours (also NO_COLOR)' },
} as const satisfies Record<string, Flag>;

/** By name; each command lists those that it takes. */
export const flags = {
  ...all,
  config: { type: 'string', short: 'c', multiple: true, value: 'FILE', help: 'config file; repeat for several suites (default agent-regress.yml)' },
  output: { type: 'string', short: 'o', value: 'DIR', help: 'output folder (default .agent-regress/<suite>)' },
  format: { type: 'string', short: 'f', value: 'NAME', help: 'what standard output shows: terminal, markdown, json, junit, csv, html' },
  baseline: { type: 'string', short: 'b', multiple: true, value: 'RUN', help: 'run folder or run.jsonl; repeat for a pool; or auto, release, none' },
  limit: { type: 'string', value: 'N', help: 'at most N samples' },
  offset: { type: 'string', value: 'N', help: 'leave out the first N samples' },
  filter: { type: 'string', multiple: true, value: 'TAG|ID', help: 'samples with this tag or id; tag:X or id:X to be exact; repeatable' },
  agent: { type: 'string', multiple: true, value: 'NAME', help: 'only this one of several `agents`; repeatable' },
  shard: { type: 'string', value: 'I/N', help: 'only the I-th of N parts of the samples; merge joins them' },
  repeats: { type: 'string', short: 'r', value: 'N', help: 'answers per sample' },
  concurrency: { type: 'string', value: 'N', help: 'calls at once' },
  'timeout-ms': { type: 'string', value: 'MS', help: 'total time of one call' },
  'max-retries': { type: 'string', value: 'N', help: 'tries after the first one' },
  resume: { type: 'boolean', help: 'go on with the run in the output folder' },
  'dry-run': { type: 'boolean', help: 'show calls, tokens and cost; ask nothing' },
  'fail-on': { type: 'string', value: 'LIST', help: 'regressed, inconclusive, no-baseline' },
  model: { type: 'string', value: 'NAME', help: "the agent's model" },
  'base-url': { type: 'string', value: 'URL', help: "the agent's base URL" },
  'api-key': { type: 'string', value: 'KEY', help: "the agent's key (better: an environment variable)" },
  temperature: { type: 'string', value: 'T', help: "the agent's temperature" },
  'judge-model': { type: 'string', value: 'NAME', help: 'the model that judge checkers ask' },
  'judge-base-url': { type: 'string', value: 'URL', help: "the judge's base URL" },
  'judge-api-key': { type: 'string', value: 'KEY', help: "the judge's key (better: an environment variable)" },
  'user-model': { type: 'string', value: 'NAME', help: 'the model that plays the user of scenarios' },
  'user-base-url': { type: 'string', value: 'URL', help: "the user model's base URL" },
  'user-api-key': { type: 'string', value: 'KEY', help: "the user model's key (better: an environment variable)" },
  to: { type: 'string', value: 'TOOL', help: 'the system whose result files are written' },
  option: { type: 'string', multiple: true, value: 'NAME=VALUE', help: 'an option of that format; repeatable' },
  checker: { type: 'string', value: 'NAME', help: 'which judge of the suite, where it has several' },
  'min-kappa': { type: 'string', value: 'K', help: 'exit code 1 where kappa is below K, 0..1' },
  rejudge: { type: 'string', value: 'K', help: 'score every answer K times with the checkers that may change their mind; 2..20' },
  runs: { type: 'string', value: 'K', help: 'how often the suite is run against itself (default 2; 3 show movement between runs)' },
  power: { type: 'string', value: 'P', help: 'share of the runs, 0..1, in which the drop shall be found (default 0.8)' },
  drop: { type: 'string', value: 'D', help: 'the drop of the pass rate, 0..1, that shall be found (default 0.05)' },
  from: {
    type: 'string',
    value: 'TOOL',
    help: 'the project of another tool as it is, with the flags that it knows there: --from TOOL --help lists them',
  },
  comment: { type: 'string', value: 'WHEN', help: 'comment on the pull request: always (default), changes, regressions, failures, off' },
  check: { type: 'string', value: 'MODE', help: 'create (default) makes a check run per suite, off makes none' },
  suite: { type: 'string', value: 'NAME', help: 'the suite whose run RUN is to hold: where there is none, that is shown as a failure' },
  'accept-label': { type: 'string', value: 'LABEL', help: 'the label that accepts a regression (default "agent-regress: accept")' },
  yes: { type: 'boolean', short: 'y', help: 'take every default, ask nothing' },
  force: { type: 'boolean', help: 'write over files that exist' },
} as const satisfies Record<string, Flag>;
