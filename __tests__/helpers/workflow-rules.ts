import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A workflow file, and where it comes from. */
export interface WorkflowText {
  name: string;
  text: string;
}

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  uses?: string;
  steps?: Step[];
  permissions?: unknown;
  'timeout-minutes'?: number;
  concurrency?: unknown;
}
interface Workflow {
  on: Record<string, unknown> | string[] | string;
  permissions?: unknown;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

/** What is wrong with a workflow by one rule; empty: nothing. */
export type Rule = (workflow: Workflow, file: WorkflowText) => string[];

/** The action itself: what users pin is their choice, and the examples name its major version. */
const ownAction = /^(agent-regress\/agent-regress@v\d+|\.\/)$/;

/** Actions of others with the commit of each release, looked up when they were taken in. */
export const knownPins: Record<string, string> = {
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1': 'v7.0.1',
  // The newest ones with Node 20, for Enterprise Servers whose artifact service and runners are older.
  'actions/checkout@11d5960a326750d5838078e36cf38b85af677262': 'v4.4.0',
  'actions/upload-artifact@c6a366c94c3e0affe28c06c8df20a878f24da3cf': 'v3.2.2',
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020': 'v7.0.0',
  'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a': 'v7.0.1',
  'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c': 'v8.0.1',
  'actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6': 'v4.2.2',
  'github/codeql-action@cdf488f595d80d6e07e03d4674febd5ab45fa938': 'v4.37.9',
};

/** Triggers that run with the secrets of the repository on what strangers wrote. */
const privileged = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

const inputs = Object.keys(
  (parse(readFileSync(fileURLToPath(new URL('../../action.yml', import.meta.url)), 'utf8')) as { inputs: Record<string, unknown> }).inputs,
);

const jobsOf = (workflow: Workflow): [string, Job][] => Object.entries(workflow.jobs);
const stepsOf = (job: Job): Step[] => job.steps ?? [];
const ownSteps = (job: Job): Step[] => stepsOf(job).filter(({ uses }) => uses !== undefined && ownAction.test(uses));
const modeOf = (step: Step): string => String(step.with?.mode ?? 'run');

function eventsOf({ on }: Workflow): string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on : Object.keys(on);
}

/** Whether a shell step posts a run, and not without what `off` takes away. */
const publishes = (job: Job, off: string): boolean =>
  stepsOf(job).some(({ run = '' }) => /\bdist\/cli\/index\.js publish\b/.test(run) && !run.includes(off));

/** Whether a job does what a write permission is for. */
const usesOf: Record<string, (job: Job) => boolean> = {
  checks: (job) => ownSteps(job).some((step) => step.with?.check !== 'off') || publishes(job, '--check off'),
  'pull-requests': (job) => ownSteps(job).some((step) => step.with?.comment !== 'off') || publishes(job, '--comment off'),
  issues: (job) => ownSteps(job).some((step) => modeOf(step) === 'accept' || (step.with?.issue ?? 'off') !== 'off'),
  contents: (job) => stepsOf(job).some(({ run = '' }) => /\bgh (release create|api .*git\/refs)/.test(run)),
  'id-token': (job) => stepsOf(job).some(({ uses = '' }) => uses.startsWith('actions/attest@')),
  attestations: (job) => stepsOf(job).some(({ uses = '' }) => uses.startsWith('actions/attest@')),
  'security-events': (job) => stepsOf(job).some(({ uses = '' }) => uses.startsWith('github/codeql-action/analyze@')),
};

/** The rules that every workflow here keeps, by what they say. */
export const workflowRules: Record<string, Rule> = {
  'pins every action of others by the commit of a known release, which a comment names': (workflow, { text }) =>
    jobsOf(workflow)
      .flatMap(([, job]) => [job.uses, ...stepsOf(job).map(({ uses }) => uses)])
      .filter((uses) => uses !== undefined && !ownAction.test(uses))
      .filter((uses = '') => {
        const version = knownPins[uses.replace(/^([^/]+\/[^/@]+)[^@]*@/, '$1@')];
        return version === undefined || !text.includes(`${uses} # ${version}`);
      })
      .map((uses) => `${uses} is not a pin that is known, or has no comment with its version`),

  'grants nothing at the top, and each job only what it uses': (workflow) => [
    ...(JSON.stringify(workflow.permissions) === '{}' ? [] : ['the top level does not say `permissions: {}`']),
    ...jobsOf(workflow).flatMap(([name, job]) => {
      if (job.permissions === null || typeof job.permissions !== 'object') return [`${name} does not list its permissions`];
      const writes = Object.entries(job.permissions).filter(([, access]) => access !== 'read' && access !== 'none');
      return writes.filter(([scope]) => !usesOf[scope]?.(job)).map(([scope]) => `${name} does not use \`${scope}: write\``);
    }),
  ],

  'checks out and executes nothing where strangers could start it with secrets': (workflow) => {
    const events = eventsOf(workflow).filter((event) => privileged.has(event));
    if (events.length === 0) return [];
    const isSafe = (step: Step) => ownSteps({ steps: [step] }).length === 1 && ['publish', 'accept'].includes(modeOf(step));
    return jobsOf(workflow).flatMap(([name, job]) => (stepsOf(job).every(isSafe) && !job.uses ? [] : [`${name} does more on ${events.join(', ')}`]));
  },

  'keeps no credentials in the checkout': (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) =>
      stepsOf(job)
        .filter(({ uses = '', with: given }) => uses.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false)
        .map(() => `${name}: persist-credentials is not false`),
    ),

  'ends every job in time': (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) => (job.uses || Number(job['timeout-minutes']) <= 60 ? [] : [`${name} has no timeout-minutes`])),

  'puts no expression into a shell script, where a branch name could act': (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) => stepsOf(job).flatMap(({ run = '' }) => (run.includes('${{') ? [`${name}: ${run}`] : []))),

  'gives only inputs that the action has': (workflow) =>
    jobsOf(workflow).flatMap(([, job]) =>
      ownSteps(job).flatMap((step) => Object.keys(step.with ?? {}).flatMap((input) => (inputs.includes(input) ? [] : [`no input "${input}"`]))),
    ),

  'never cancels a run that could become a baseline': (workflow) =>
    [workflow.concurrency, ...jobsOf(workflow).map(([, { concurrency }]) => concurrency)].flatMap((group) =>
      (group as { 'cancel-in-progress'?: unknown } | undefined)?.['cancel-in-progress'] === true ? ['cancel-in-progress is always true'] : [],
    ),

  // The name of a workflow is not enough: most of these are called "agent-regress", so that fork-publish.yml finds them.
  'has a concurrency group of its own, so that two workflows of one repository do not cancel each other': (workflow, { name }) => {
    const file = /([^/]+)\.ya?ml$/.exec(name)?.[1];
    return [workflow.concurrency, ...jobsOf(workflow).map(([, { concurrency }]) => concurrency)].flatMap((concurrency) => {
      const group = typeof concurrency === 'string' ? concurrency : (concurrency as { group?: string } | undefined)?.group;
      const isOwn = group === undefined || group.includes('github.workflow_ref') || (file !== undefined && group.startsWith(`${file}-`));
      return isOwn ? [] : [`the group ${group} does not name the workflow file`];
    });
  },

  'may read the pull request of a merged change where a false alarm would open an issue': (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) => {
      const scopes = (job.permissions ?? {}) as Record<string, unknown>;
      const isAlarm = ownSteps(job).some((step) => (step.with?.issue ?? 'off') !== 'off');
      return isAlarm && scopes['pull-requests'] === undefined ? [`${name} opens an issue without \`pull-requests: read\``] : [];
    }),
};

/** What one rule says of a file. */
export function checkWorkflow(rule: Rule, file: WorkflowText): string[] {
  return rule(parse(file.text) as Workflow, file);
}
