import { parseArgs } from 'node:util';
import { type Problem, ToolError } from '../errors.ts';
import { nearestNames } from '../registry.ts';

interface Flag {
  type: 'string' | 'boolean';
  /** Takes several values: repeated, or comma-free words after each other for `--config`. */
  multiple?: boolean;
  short?: string;
  value?: string;
  help: string;
}

const all = {
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  verbose: { type: 'boolean', help: 'every notice, and the stack of a bug' },
  quiet: { type: 'boolean', short: 'q', help: 'no progress' },
  'no-color': { type: 'boolean', help: 'no colours (also NO_COLOR)' },
} as const satisfies Record<string, Flag>;

const flags = {
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
  checker: { type: 'string', value: 'NAME', help: 'which judge of the suite, where it has several' },
  'min-kappa': { type: 'string', value: 'K', help: 'exit code 1 where kappa is below K, 0..1' },
  rejudge: { type: 'string', value: 'K', help: 'score every answer K times with the checkers that may change their mind; 2..20' },
  runs: { type: 'string', value: 'K', help: 'how often the suite is run against itself (default 2; 3 show movement between runs)' },
  power: { type: 'string', value: 'P', help: 'share of the runs, 0..1, in which the drop shall be found (default 0.8)' },
  drop: { type: 'string', value: 'D', help: 'the drop of the pass rate, 0..1, that shall be found (default 0.05)' },
  from: { type: 'string', value: 'TOOL', help: 'convert a project of another tool: promptfoo; the operand is then its config file' },
  yes: { type: 'boolean', short: 'y', help: 'take every default, ask nothing' },
  force: { type: 'boolean', help: 'write over files that exist' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

/** Models that help to test. */
const helping = ['judge-model', 'judge-base-url', 'judge-api-key', 'user-model', 'user-base-url', 'user-api-key'] as const;

const running: readonly FlagName[] = [
  'config',
  'output',
  'format',
  'baseline',
  'limit',
  'offset',
  'filter',
  'agent',
  'repeats',
  'concurrency',
  'timeout-ms',
  'max-retries',
  'fail-on',
  'model',
  'base-url',
  'api-key',
  'temperature',
  ...helping,
];

export interface CommandInfo {
  /** After the command's name. */
  usage: string;
  summary: string;
  flags: readonly FlagName[];
  /** Positional arguments: least and most. */
  operands: readonly [number, number];
}

/** In the order of the help. */
export const commands = {
  demo: {
    usage: '[--output DIR]',
    summary: 'offline tour: a demo agent, a seeded regression, the full report',
    flags: ['output', 'format'],
    operands: [0, 0],
  },
  init: {
    usage: '[DIR] [--yes] | --from promptfoo [FILE]',
    summary: 'write a working config, a sample set and the workflow files; or convert those of promptfoo',
    flags: ['from', 'yes', 'force'],
    operands: [0, 1],
  },
  validate: {
    usage: '[--config FILE]',
    summary: 'check config and samples; list every problem at once',
    flags: ['config', 'limit', 'offset', 'filter', 'agent', ...helping],
    operands: [0, 0],
  },
  run: {
    usage: '[--config FILE] [--baseline RUN]',
    summary: 'ask, check, compare, report',
    flags: [...running, 'shard', 'resume', 'dry-run'],
    operands: [0, 0],
  },
  execute: {
    usage: '[--config FILE]',
    summary: 'only ask; the answers are kept unscored',
    flags: [...running, 'shard', 'resume', 'dry-run'],
    operands: [0, 0],
  },
  check: {
    usage: 'RUN [--config FILE] [--rejudge K]',
    summary: 'score, or score again, the answers of a run; asks the agent nothing',
    flags: ['config', 'agent', 'format', 'baseline', 'fail-on', 'rejudge', ...helping],
    operands: [1, 1],
  },
  compare: {
    usage: 'BASE… HEAD',
    summary: 'compare finished runs; several bases form a pool, newest first',
    flags: ['config', 'agent', 'output', 'format', 'fail-on', ...helping],
    operands: [2, 100],
  },
  merge: {
    usage: 'SHARD… [--config FILE]',
    summary: 'join the shards of a run; confirm, compare, report as one run',
    flags: running,
    operands: [1, 1000],
  },
  calibrate: {
    usage: '[RUN…] [--drop 0.05]',
    summary: 'false alarms, detectable drop and flaky samples of a suite, from its runs or by running it against itself',
    flags: [...running.filter((name) => name !== 'baseline' && name !== 'fail-on'), 'runs', 'power', 'drop', 'resume', 'dry-run'],
    operands: [0, 100],
  },
  'judge-agreement': {
    usage: 'LABELS [--config FILE] [--min-kappa 0.6]',
    summary: 'how far the judge agrees with people: asks it about answers that they have labelled',
    flags: ['config', 'agent', 'checker', 'min-kappa', 'output', 'format', 'concurrency', ...helping],
    operands: [1, 1],
  },
  history: {
    usage: '[DIR…] [--format csv]',
    summary: 'the runs of each suite over time, from output folders or their history.jsonl',
    flags: ['output', 'format'],
    operands: [0, 1000],
  },
  report: { usage: 'RUN…', summary: 'write the reports of finished runs again', flags: ['format', 'output'], operands: [1, 100] },
} as const satisfies Record<string, CommandInfo>;

export type CommandName = keyof typeof commands;

/** Flags of one call, by name: text, list of texts, or true. */
export interface Arguments {
  command: CommandName;
  operands: string[];
  text(name: FlagName): string | undefined;
  list(name: FlagName): string[];
  has(name: FlagName): boolean;
}

/** Whether the word is the name of a command; inherited names are not. */
export function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}

/** @throws ToolError `usage` that lists every unknown flag and wrong operand at once. */
export function parseArguments(command: CommandName, argv: readonly string[]): Arguments {
  const info: CommandInfo = commands[command];
  const names: FlagName[] = [...(Object.keys(all) as FlagName[]), ...info.flags];
  const options = Object.fromEntries(names.map((name) => [name, optionOf(flags[name])]));
  const { values, positionals, tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const problems: Problem[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag: Flag | undefined = names.includes(token.name as FlagName) ? flags[token.name as FlagName] : undefined;
    if (!flag)
      problems.push({ field: token.rawName, message: `${command} does not know ${token.rawName}`, remedy: flagHint(token.name, names, command) });
    else if (flag.type === 'string' && (token.value === undefined || token.value === ''))
      problems.push({ field: token.rawName, message: `${token.rawName} needs a value`, remedy: `${token.rawName} ${flag.value ?? 'VALUE'}` });
    else if (flag.type === 'boolean' && token.value !== undefined)
      problems.push({ field: token.rawName, message: `${token.rawName} takes no value`, remedy: `write ${token.rawName} alone` });
  }
  const [least, most] = info.operands;
  const isMisspelt = problems.length > 0; // the value of an unknown flag looks like an operand
  if (!values.help && !isMisspelt && (positionals.length < least || positionals.length > most)) {
    const found = positionals.length === 0 ? 'none was given' : `found ${positionals.join(' ')}`;
    problems.push({
      message: `${command} takes ${operandCount(least, most)}; ${found}`,
      remedy: `agent-regress ${command} ${info.usage}`,
    });
  }
  if (problems.length > 0)
    throw new ToolError({
      code: 'usage',
      message: `agent-regress ${command}: the command line is not right`,
      remedy: `agent-regress ${command} --help`,
      problems,
    });
  return {
    command,
    operands: positionals,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    list: (name) => (Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : []),
    has: (name) => values[name] === true,
  };
}

function flagHint(name: string, known: readonly FlagName[], command: CommandName): string {
  const near = nearestNames(name, known).map((flag) => `--${flag}`);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `agent-regress ${command} --help lists its options`;
}

function operandCount(least: number, most: number): string {
  if (most === 0) return 'no operands';
  if (least === most) return `${least} operand${least === 1 ? '' : 's'}`;
  return least === 0 ? `at most ${most} operand${most === 1 ? '' : 's'}` : `${least} or more operands`;
}

function optionOf(flag: Flag): { type: 'string' | 'boolean'; multiple?: boolean; short?: string } {
  return { type: flag.type, ...(flag.multiple ? { multiple: true } : {}), ...(flag.short ? { short: flag.short } : {}) };
}

/** The help of the whole tool, or of one command. */
export function helpText(command?: CommandName): string {
  if (command) {
    const info: CommandInfo = commands[command];
    const names = [...info.flags, ...(Object.keys(all) as FlagName[])];
    return [`agent-regress ${command} ${info.usage}`, '', info.summary, '', 'Options', ...names.map((name) => flagLine(name, flags[name])), ''].join(
      '\n',
    );
  }
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    'agent-regress: did a change make your LLM agent worse?',
    '',
    'Usage: agent-regress <command> [options]',
    '',
    ...Object.entries(commands).map(([name, info]) => `  ${name.padEnd(width)}  ${info.summary}`),
    '',
    'agent-regress <command> --help lists the options of a command.',
    'Exit codes: 0 pass, 1 regression, 2 usage or config, 3 incomplete or infrastructure, 4 bug, 130/143 signal.',
    '',
  ].join('\n');
}

function flagLine(name: string, flag: Flag): string {
  const left = `${flag.short ? `-${flag.short}, ` : '    '}--${name}${flag.value ? ` ${flag.value}` : ''}`;
  return `  ${left.padEnd(26)} ${flag.help}`;
}
