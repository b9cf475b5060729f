import { parseArgs } from 'node:util';
import { type Problem, ToolError } from '../errors.ts';
import { nearestNames } from '../registry.ts';
import { all, type Flag, flags } from './flags.ts';

export type FlagName = keyof typeof flags;

/** The flags and operands of another tool's project, beside those of the command. */
export interface ForeignFlags {
  type: string;
  usage: string;
  summary: string;
  flags: readonly (Flag & { name: string })[];
}

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
    usage: '[DIR] [--yes] | --from TOOL [FILE]',
    summary: 'write a working config, a sample set and the workflow files; or convert a project of another tool',
    flags: ['from', 'yes', 'force'],
    operands: [0, 1],
  },
  validate: {
    usage: '[--config FILE]',
    summary: 'check config and samples; list every problem at once',
    flags: ['config', 'from', 'limit', 'offset', 'filter', 'agent', ...helping],
    operands: [0, 0],
  },
  capture: {
    usage: '[FILE.jsonl] [--config FILE]',
    summary: 'talk to the agent; the session becomes a sample, added to the file or printed',
    flags: ['config', 'agent', 'timeout-ms', 'model', 'base-url', 'api-key', 'temperature'],
    operands: [0, 1],
  },
  run: {
    usage: '[--config FILE] [--baseline RUN]',
    summary: 'ask, check, compare, report',
    flags: [...running, 'accept-label', 'from', 'shard', 'resume', 'dry-run'],
    operands: [0, 0],
  },
  execute: {
    usage: '[--config FILE]',
    summary: 'only ask; the answers are kept unscored',
    flags: [...running, 'from', 'shard', 'resume', 'dry-run'],
    operands: [0, 0],
  },
  check: {
    usage: 'RUN [--config FILE] [--rejudge K]',
    summary: 'score, or score again, the answers of a run; asks the agent nothing',
    flags: ['config', 'from', 'agent', 'format', 'baseline', 'fail-on', 'rejudge', ...helping],
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
    flags: [...running, 'accept-label'],
    operands: [1, 1000],
  },
  import: {
    usage: 'PATH [--from TOOL] [--config FILE]',
    summary: 'take over results of another system: as a run, or as the answers of a suite, scored and compared',
    flags: ['from', 'config', 'agent', 'output', 'format', 'baseline', 'fail-on', ...helping],
    operands: [1, 1],
  },
  export: {
    usage: 'RUN --to TOOL --output DIR [--config FILE]',
    summary: 'write a run as result files of another system',
    flags: ['to', 'output', 'option', 'config', 'agent'],
    operands: [1, 1],
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
  report: { usage: 'RUN…', summary: 'write the reports of finished runs and comparisons again', flags: ['format', 'output'], operands: [1, 100] },
  publish: {
    usage: 'RUN… [--comment WHEN] [--check MODE]',
    summary: 'in a step of a GitHub workflow: show finished runs as comment, check run and job summary',
    flags: ['comment', 'check', 'suite', 'accept-label'],
    operands: [1, 20],
  },
} as const satisfies Record<string, CommandInfo>;

export type CommandName = keyof typeof commands;

/** Flags of one call, by name: text, list of texts, or true. */
export interface Arguments {
  command: CommandName;
  operands: string[];
  text(name: FlagName): string | undefined;
  list(name: FlagName): string[];
  has(name: FlagName): boolean;
  /** Everything that was given, the flags of another tool too. */
  values: Readonly<Record<string, string | readonly string[] | true | undefined>>;
}

/** Whether the word is the name of a command; inherited names are not. */
export function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}

/**
 * @param foreign of another tool's project: its flags take the place of ours with the same name, `_` is read as `-`, and any number of
 * operands is right.
 * @throws ToolError `usage` that lists every unknown flag and wrong operand at once.
 */
export function parseArguments(command: CommandName, argv: readonly string[], foreign?: ForeignFlags): Arguments {
  const info: CommandInfo = commands[command];
  const known = flagsOf(info, foreign);
  const options = Object.fromEntries([...known].map(([name, flag]) => [name, optionOf(flag)]));
  const args = foreign ? argv.map(withDashes) : [...argv];
  const { values, positionals, tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const problems: Problem[] = tokens.flatMap((token) => (token.kind === 'option' ? flagProblem(token, known, command) : []));
  const [least, most] = foreign ? [0, 1000] : info.operands;
  const isMisspelt = problems.length > 0; // the value of an unknown flag looks like an operand
  if (!values.help && !isMisspelt && (positionals.length < least || positionals.length > most)) {
    const found = positionals.length === 0 ? 'none was given' : `found ${positionals.join(' ')}`;
    problems.push({ message: `${command} takes ${operandCount(least, most)}; ${found}`, remedy: `agent-regress ${command} ${info.usage}` });
  }
  if (problems.length > 0)
    throw new ToolError({
      code: 'usage',
      message: `agent-regress ${command}: the command line is not right`,
      remedy: `agent-regress ${command} ${foreign ? `--from ${foreign.type} ` : ''}--help`,
      problems,
    });
  return {
    command,
    operands: positionals,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    list: (name) => (Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : []),
    has: (name) => values[name] === true,
    values: values as Arguments['values'],
  };
}

/** By name, in the order of the help. A short letter that another tool uses is its own there. */
function flagsOf(info: CommandInfo, foreign: ForeignFlags | undefined): Map<string, Flag> {
  const own = [...info.flags, ...(Object.keys(all) as FlagName[])];
  const taken = new Set(foreign?.flags.flatMap(({ short }) => short ?? []));
  const found = new Map<string, Flag>((foreign?.flags ?? []).map((flag) => [flag.name, flag]));
  for (const name of own) {
    const { short, ...flag }: Flag = flags[name];
    if (!found.has(name)) found.set(name, short === undefined || taken.has(short) ? flag : { ...flag, short });
  }
  return found;
}

/** `--config_file_path=X` as `--config-file-path=X`. */
function withDashes(word: string): string {
  const [name = ''] = word.split('=');
  return /^--\w/.test(name) ? name.replaceAll('_', '-') + word.slice(name.length) : word;
}

interface OptionToken {
  name: string;
  rawName: string;
  value?: string | undefined;
}

function flagProblem(token: OptionToken, known: ReadonlyMap<string, Flag>, command: CommandName): Problem[] {
  const { name, rawName, value } = token;
  const flag = known.get(name);
  if (!flag) return [{ field: rawName, message: `${command} does not know ${rawName}`, remedy: flagHint(name, [...known.keys()], command) }];
  if (flag.type === 'string' && (value === undefined || value === ''))
    return [{ field: rawName, message: `${rawName} needs a value`, remedy: `${rawName} ${flag.value ?? 'VALUE'}` }];
  if (flag.type === 'boolean' && value !== undefined)
    return [{ field: rawName, message: `${rawName} takes no value`, remedy: `write ${rawName} alone` }];
  return [];
}

function flagHint(name: string, known: readonly string[], command: CommandName): string {
  const near = nearestNames(name, known).map((flag) => `--${flag}`);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `agent-regress ${command} --help lists its options`;
}

function operandCount(least: number, most: number): string {
  if (most === 0) return 'no operands';
  if (least === most) return `${least} operand${least === 1 ? '' : 's'}`;
  return least === 0 ? `at most ${most} operand${most === 1 ? '' : 's'}` : `${least} to ${most} operands`;
}

function optionOf(flag: Flag): { type: 'string' | 'boolean'; multiple?: boolean; short?: string } {
  return { type: flag.type, ...(flag.multiple ? { multiple: true } : {}), ...(flag.short ? { short: flag.short } : {}) };
}

/** The help of the whole tool, or of one command, or of a command with the project of another tool. */
export function helpText(command?: CommandName, foreign?: ForeignFlags): string {
  if (command) {
    const info: CommandInfo = commands[command];
    const [usage, summary] = foreign ? [`--from ${foreign.type} ${foreign.usage}`, foreign.summary] : [info.usage, info.summary];
    const lines = [...flagsOf(info, foreign)].map(([name, flag]) => flagLine(name, flag));
    return [`agent-regress ${command} ${usage}`, '', summary, '', 'Options', ...lines, ''].join('\n');
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
