import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type JudgeServer, startJudgeServer, verdict } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/** A finished suite of 20 slots with everything that a run can reach: agent, judge, module checker, baseline, history. */
export interface FaultProject extends Project {
  agent: AgentServer;
  judge: JudgeServer;
  close(): Promise<void>;
}

const sampleCount = 10;

/** The folder holds `base` and `head`, finished runs, `shard-1` and `shard-2`, and `results`, the files of another system. */
export async function makeFaultProject(): Promise<FaultProject> {
  const [agent, judge] = await Promise.all([startAgentServer(), startJudgeServer(() => verdict(9))]);
  const samples = Array.from({ length: sampleCount }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: `q${i}`, tags: ['a'] }));
  const project = makeProject({
    'samples.jsonl': samples,
    'checker.mjs': 'export default ({ trajectory }) => trajectory.turns.at(-1).output.length > 0;',
    'agent-regress.json': {
      suite: 'bot',
      samples: 'samples.jsonl',
      agent: { type: 'http', url: agent.url, body: { question: '{{input}}', slot: '{{slot}}' }, reply: { output: '/answer', usage: '/usage' } },
      repeats: 2,
      concurrency: 4,
      checkers: [
        { type: 'contains', value: '{{expected}}' },
        { type: 'module', path: 'checker.mjs' },
        { type: 'judge', rubric: 'It answers.' },
      ],
      judge: { model: 'm', baseUrl: judge.url, apiKey: 'none' },
    },
  });
  const run = async (args: string[]) => {
    const { code, stderr, stdout } = await runCli(args, { cwd: project.folder });
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${stderr}${stdout}`);
  };
  await run(['run', '-o', 'base', '-q']);
  await run(['run', '-o', 'head', '-q', '-b', 'base']);
  for (const shard of [1, 2]) await run(['run', '-o', `shard-${shard}`, '--shard', `${shard}/2`, '-q']);
  await run(['export', 'head', '--to', 'agentscope', '-o', 'results']);
  return {
    ...project,
    agent,
    judge,
    async close() {
      project.remove();
      await Promise.all([agent.close(), judge.close()]);
    },
  };
}
