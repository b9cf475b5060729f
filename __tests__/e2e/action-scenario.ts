import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobContext } from '../github/stand-in/runs.ts';
import { finishRun } from '../github/stand-in/runs.ts';
import { type GitHubOptions, type GitHubStandIn, startGitHub } from '../github/stand-in/server.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type TestNode, testNodes } from '../helpers/nodes.ts';
import { type ActionRun, type ActionRunOptions, runAction, runPostAction } from '../helpers/run-action.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Another build of the action than the one in `dist`, such as a bundle of work in progress. */
const dist = process.env.AGENT_REGRESS_DIST ?? join(root, 'dist');
const mainEntry = join(dist, 'action', 'index.js');
const postEntry = join(dist, 'post', 'index.js');

/** False: there is nothing to run; `npm run build` makes it. */
export const isBuilt = existsSync(mainEntry) && existsSync(postEntry);
if (!isBuilt) console.warn('skipped: dist/ has no built action. Run `npm run build` first.');

/** The Node that the action declares, or the newest there is. For scenarios that do not depend on the version. */
export const actionNode: TestNode = testNodes().at(-1)!;

/** A secret that the agent is called with. */
export const agentKey = 'sk-canary-7f3a91c2d4';

export const config = `
suite: support-bot
samples: samples/*.jsonl
agent:
  type: http
  url: \${env:AGENT_URL}
  headers: {authorization: "Bearer \${env:AGENT_KEY}"}
  body: {question: "{{input}}"}
  reply: {output: /answer, toolCalls: /trace/tool_calls, usage: /usage}
repeats: 3
concurrency: 4
checkers:
  - {type: contains, value: "{{expected}}"}
  - {type: trajectory, match: in-order, args: ignore}
`;

export const sampleCount = 12;
export const sampleFile = 'samples/refunds.jsonl';

/** Question of the n-th sample, from 1; it stands on line n. */
export const questionOf = (n: number) => `question ${n}`;

/** A repository with a suite, an agent that passes it, and a GitHub to report to. */
export interface Scenario {
  github: GitHubStandIn;
  agent: AgentServer;
  workspace: string;
  /** The main step, then the job's end as GitHub sees it. */
  run(event: JobContext, options?: Partial<ActionRunOptions>): Promise<ActionRun>;
  post(event: JobContext, main: Pick<ActionRun, 'state'>, options?: Partial<ActionRunOptions>): Promise<ActionRun>;
  /** The agent answers these samples wrongly from now on, and all others rightly. */
  breakSamples(...numbers: number[]): void;
  close(): Promise<void>;
}

export async function openScenario(options: { node?: TestNode; github?: GitHubOptions } = {}): Promise<Scenario> {
  const { node = actionNode } = options;
  const github = await startGitHub(options.github);
  const agent = await startAgentServer();
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  await mkdir(join(workspace, 'samples'));
  await writeFile(join(workspace, 'agent-regress.yml'), config);
  const numbers = Array.from({ length: sampleCount }, (_, index) => index + 1);
  const rows = numbers.map((n) => ({ id: `refund-${n}`, input: questionOf(n), expected: `answer ${n}`, toolCalls: [{ name: 'lookup_order' }] }));
  await writeFile(join(workspace, sampleFile), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);

  const common = (event: JobContext): ActionRunOptions => ({
    node: node.path,
    event,
    github,
    cwd: workspace,
    env: { AGENT_URL: agent.url, AGENT_KEY: agentKey },
  });
  const scenario: Scenario = {
    github,
    agent,
    workspace,
    async run(event, more = {}) {
      const run = await runAction({ ...common(event), entry: mainEntry, ...more });
      finishRun(github, event, run.exitCode === 0 ? 'success' : 'failure');
      return run;
    },
    post: (event, main, more = {}) => runPostAction({ ...common(event), entry: postEntry, ...more }, main),
    breakSamples(...broken) {
      for (const n of numbers) {
        agent.behaviours[questionOf(n)] = broken.includes(n)
          ? { passRate: 0 }
          : { answer: `This is answer ${n}.`, toolCalls: [{ name: 'lookup_order', args: { order: n } }] };
      }
    },
    async close() {
      await Promise.all([github.close(), agent.close(), rm(workspace, { recursive: true, force: true })]);
    },
  };
  scenario.breakSamples();
  return scenario;
}

/** Both output streams, for the message of a failed expectation. */
export function logOf(run: ActionRun): string {
  return `${run.stdout}\n${run.stderr}`;
}

export function warningsOf(run: ActionRun): string[] {
  return run.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
}

export function errorsOf(run: ActionRun): string[] {
  return run.commands.filter(({ name }) => name === 'error').map(({ data }) => data);
}
