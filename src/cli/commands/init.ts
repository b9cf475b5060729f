import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ToolError } from '../../errors.ts';
import { readGit } from '../../io/git.ts';
import type { ProjectNote } from '../../projects/project.ts';
import { escapeTerminal } from '../../reporters/parts/escape.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, inertText, shownPath } from '../host.ts';
import { configFile, exampleAgentFile, type InitAnswers, sampleFile } from '../init/config-files.ts';
import { nightlyWorkflow, publishWorkflow, pullRequestWorkflow } from '../init/workflow-files.ts';

/** Writes a config that works as it is, samples, and the workflow files. Never over a file that exists, unless told to. */
export async function init(given: Arguments, host: CliHost): Promise<number> {
  if (given.text('from') !== undefined) return convert(given, host);
  const folder = resolve(host.cwd, given.operands[0] ?? '.');
  const answers = await answersFor(folder, given, host);
  await writeProject(folder, filesOf(answers), given, host);
  host.stdout.write(inertText(nextSteps(answers)));
  return 0;
}

/** Writes what stands in the place of another tool's config, and says what it could not take over. */
async function convert(given: Arguments, host: CliHost): Promise<number> {
  const { folder, files, notes, found } = await convertedFiles(given, host);
  const variables = [...new Set([...(files[0]?.[1] ?? '').matchAll(/\$\{env:(\w+)\}/g)].map((match) => match[1] ?? ''))];
  const answers: InitAnswers = { suite: basename(folder), agent: 'example', branch: branchOf(folder), variables };
  await writeProject(folder, [...files, ...workflowsOf(answers)], given, host);
  for (const { file, line, field, message } of notes) host.stderr.write(`  ${escapeTerminal(`${file}:${line} ${field}: ${message}`)}\n`);
  const look = notes.length === 0 ? 'everything was converted' : `${notes.length} thing${notes.length === 1 ? '' : 's'} to look at, listed above`;
  const needed = variables.length === 0 ? '' : `  export ${variables.map((name) => `${name}=…`).join(' ')}\n`;
  host.stdout.write(`\n${found}; ${look}.\nNext:\n${needed}  agent-regress validate\n  agent-regress run\n`);
  return 0;
}

/** Files by path, relative to the folder that they go to; the first is the config. */
interface ConvertedFiles {
  folder: string;
  files: [string, string][];
  notes: readonly ProjectNote[];
  /** What there was, in words. */
  found: string;
}

async function convertedFiles(given: Arguments, host: CliHost): Promise<ConvertedFiles> {
  const type = given.text('from') ?? '';
  const { convertedOnly, convertedProject } = await import('../project.ts');
  if (type === convertedOnly) {
    const { fromPromptfoo } = await import('../init/promptfoo/from-promptfoo.ts');
    const { samples, ...project } = await fromPromptfoo(given.operands[0], host.cwd);
    return { ...project, found: `${samples} sample${samples === 1 ? '' : 's'}` };
  }
  const project = await convertedProject(given, host);
  const { projectConfigFile } = await import('../init/project-config.ts');
  const { text, leftOut } = projectConfigFile(project, type);
  for (const flag of leftOut) host.stderr.write(`note: ${flag} is not written into a file: give it with every call, or as an environment variable\n`);
  const count = project.suites.length;
  const others = (project.files ?? []).map(([path, content]): [string, string] => [path, content]);
  return {
    folder: resolve(host.cwd, project.folder),
    files: [['agent-regress.yml', text], ...others],
    notes: project.notes,
    found: `${count} suite${count === 1 ? '' : 's'}`,
  };
}

/** Never over a file that exists, unless told to. */
async function writeProject(folder: string, files: readonly [string, string][], given: Arguments, host: CliHost): Promise<void> {
  const existing = files.filter(([path]) => existsSync(join(folder, path))).map(([path]) => path);
  if (existing.length > 0 && !given.has('force')) {
    throw new ToolError({
      code: 'init-exists',
      message: `${existing.join(', ')} ${existing.length === 1 ? 'exists' : 'exist'} already; nothing was written`,
      remedy: 'move them away, or write over them with --force',
    });
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    host.stdout.write(inertText(`  wrote ${shownPath(host, join(folder, path))}\n`));
  }
  if (await ignoreOutput(folder)) host.stdout.write(inertText(`  added .agent-regress/ to ${shownPath(host, join(folder, '.gitignore'))}\n`));
}

function filesOf(answers: InitAnswers): [string, string][] {
  return [
    ['agent-regress.yml', configFile(answers)],
    ['agent-regress/samples.jsonl', sampleFile],
    ...(answers.agent === 'example' ? ([['agent-regress/example-agent.mjs', exampleAgentFile]] as [string, string][]) : []),
    ...workflowsOf(answers),
  ];
}

function workflowsOf(answers: InitAnswers): [string, string][] {
  return [
    ['.github/workflows/agent-regress.yml', pullRequestWorkflow(answers)],
    ['.github/workflows/agent-regress-nightly.yml', nightlyWorkflow(answers)],
    ['.github/workflows/agent-regress-publish.yml', publishWorkflow()],
  ];
}

function branchOf(folder: string): string {
  return /^refs\/heads\/(.+)$/.exec(readGit(folder)?.ref ?? '')?.[1] ?? 'main';
}

/** Runs are output, not source. @returns whether the line was missing. */
async function ignoreOutput(folder: string): Promise<boolean> {
  const path = join(folder, '.gitignore');
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  if (/^\/?\.agent-regress\/?\s*$/m.test(text)) return false;
  await writeFile(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}.agent-regress/\n`);
  return true;
}

async function answersFor(folder: string, given: Arguments, host: CliHost): Promise<InitAnswers> {
  const branch = branchOf(folder);
  const defaults: InitAnswers = { suite: basename(folder), agent: 'example', branch };
  if (given.has('yes') || host.stdout.isTTY !== true || process.stdin.isTTY !== true) return defaults;
  const prompt = createInterface({ input: process.stdin, output: process.stdout, signal: host.signal });
  try {
    const suite = (await prompt.question(`Name of the suite [${defaults.suite}]: `)).trim() || defaults.suite;
    const agent = await chooseAgent(prompt);
    const chosen = (await prompt.question(`Default branch [${branch}]: `)).trim() || branch;
    return { suite, agent, branch: chosen };
  } finally {
    prompt.close();
  }
}

const choices: Record<string, InitAnswers['agent']> = { '1': 'http', '2': 'openai-chat', '3': 'command', '4': 'example' };

async function chooseAgent(prompt: { question(text: string): Promise<string> }): Promise<InitAnswers['agent']> {
  const menu =
    'How is your agent reached?\n  1  HTTP endpoint\n  2  OpenAI-compatible endpoint\n  3  a command\n  4  not yet: use an example agent\nChoice [4]: ';
  for (;;) {
    const answer = (await prompt.question(menu)).trim() || '4';
    const choice = Object.hasOwn(choices, answer) ? choices[answer] : undefined;
    if (choice) return choice;
  }
}

function nextSteps({ agent }: InitAnswers): string {
  const variables = agent === 'http' || agent === 'openai-chat' ? 'export AGENT_URL=… AGENT_KEY=…\n  ' : '';
  return `
Next:
  ${variables}agent-regress validate
  agent-regress run
Then commit, push to the default branch (its run becomes the baseline) and open a pull request.
`;
}
