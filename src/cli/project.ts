import { resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Override } from '../config/overrides.ts';
import { ToolError } from '../errors.ts';
import { openProjectFiles } from '../io/project-files.ts';
import type { InlineConfig } from '../pipeline/load-suites.ts';
import type { ConvertedProject, ConvertedSuite, ProjectCommand, ProjectDefinition } from '../projects/project.ts';
import { projects } from '../projects/registry.ts';
import { unknownNameRemedy } from '../registry.ts';
import { escapeTerminal } from '../reporters/parts/escape.ts';
import { type Arguments, type CommandName, commands, type FlagName, type ForeignFlags } from './args.ts';
import type { CliHost } from './host.ts';
import { projectVariables } from './project-variables.ts';

/** A tool whose config files `init` alone converts. */
export const convertedOnly = 'promptfoo';

/** What the tool of `--from` adds to a command line; undefined where the command takes no project, or only `init` knows the tool. */
export async function foreignFlags(command: CommandName, argv: readonly string[]): Promise<ForeignFlags | undefined> {
  if (!(commands[command].flags as readonly FlagName[]).includes('from') || !isProjectCommand(command)) return undefined;
  const at = argv.findIndex((word) => word === '--from' || word.startsWith('--from='));
  const type = at < 0 ? undefined : argv[at] === '--from' ? argv[at + 1] : argv[at]?.slice('--from='.length);
  if (type === undefined || type === '' || (command === 'init' && type === convertedOnly)) return undefined;
  const { usage, summary, flags } = projectOf(type, command);
  return { type, usage, summary, flags };
}

function isProjectCommand(command: CommandName): command is ProjectCommand {
  return ['init', 'validate', 'run', 'execute', 'check'].includes(command);
}

function projectOf(type: string, command: CommandName): ProjectDefinition {
  if (projects.has(type)) return projects.get(type);
  if (type === convertedOnly) {
    const message = `a ${type} project is converted once: ${command} does not take it`;
    throw new ToolError({ code: 'usage', message, remedy: `agent-regress init --from ${type}, then agent-regress ${command}` });
  }
  const known = command === 'init' ? [...projects.types, convertedOnly] : projects.types;
  throw new ToolError({ code: 'usage', message: `--from takes the name of a tool, found ${type}`, remedy: unknownNameRemedy(type, known) });
}

/** Names of the flags that belong to the tool. */
export function flagNames(type: string): ReadonlySet<string> {
  return new Set(projects.get(type).flags.map(({ name }) => name));
}

/** The project of `--from` as configs. @throws ToolError `project-invalid`, `project-not-found`, and for a tool that is not known. */
export async function convertedProject(given: Arguments, host: CliHost): Promise<ConvertedProject> {
  const type = given.text('from') ?? '';
  if (!isProjectCommand(given.command)) throw new Error(`${given.command} takes no project`);
  const variables = projectVariables();
  const converted = await projectOf(type, given.command).convert({
    command: given.command,
    operands: given.operands,
    flags: variables.flags(given.values),
    files: openProjectFiles(host.cwd),
    env: new Set(Object.keys(host.env).filter((name) => (host.env[name] ?? '') !== '')),
    settingOf: (name) => (/key|token|secret|passw/i.test(name) ? undefined : host.env[name] || undefined),
    variable: variables.variable,
    now: new Date(),
  });
  const project = variables.resolve(converted);
  if (project.suites.length === 0 && project.notes.length === 0)
    throw new ToolError({ code: 'project-invalid', message: `the ${type} project holds nothing to run` });
  return project;
}

/** Where a config came from, for messages: there is no file. */
function labelOf(type: string, number: number, count: number): string {
  return count === 1 ? `the ${type} project` : `the ${type} project, suite ${number + 1}`;
}

/** The configs of a project as `loadSuites` takes them. */
export function inlineConfigs(project: ConvertedProject, type: string, cwd: string): (InlineConfig & { suite: ConvertedSuite })[] {
  return project.suites.map((suite, number) => ({
    file: labelOf(type, number, project.suites.length),
    text: stringify(suite.config, { lineWidth: 0, aliasDuplicateObjects: false }),
    baseDir: resolve(cwd, project.folder),
    overrides: (suite.overrides ?? []).map(({ path, value, flag }): Override => ({ path, value, origin: 'flag', source: flag })),
    suite,
  }));
}

/** The notes of a conversion, a line each. */
export function tellNotes(project: ConvertedProject, host: CliHost): void {
  for (const { file, line, field, message } of project.notes) host.stderr.write(`note: ${escapeTerminal(`${file}:${line} ${field}: ${message}`)}\n`);
}
