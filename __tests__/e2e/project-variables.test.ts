import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const canary = 'canary-of-the-runner-1';
const reference = '$'.concat('{env:CANARY}');
const refusal = 'a file of the project names an environment variable';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const cli = (...args: string[]) => runCli([...args, '--no-color'], { cwd: project.folder, env: { CANARY: canary } });

function scenario(agent: Record<string, string>): string[] {
  project.write('scenario/samples/eval.jsonl', JSON.stringify({ data_id: 'a', query: `say ${reference}`, servers: ['s'], check_list: [] }));
  project.write('scenario/env/servers.json', JSON.stringify({ mcpServers: { s: { command: 'node', args: ['s.mjs'] } } }));
  project.write(
    'scenario/models.json',
    JSON.stringify({ agent: { model: 'm', base_url: 'http://127.0.0.1:9/v1', api_key: 'sk-of-nobody', ...agent } }),
  );
  return ['--from', 'benchkit', '--scenario', 'scenario', '--samples', 'scenario/samples/eval.jsonl', '--model-config', 'scenario/models.json'];
}

describe('environment variables and the files of a project', () => {
  it.each(['base_url', 'api_key', 'model'])('refuses a reference in the %s of a model_config.json', async (key) => {
    const args = scenario({ [key]: key === 'base_url' ? `http://127.0.0.1:9/${reference}` : reference });
    const { code, stderr } = await cli('execute', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(refusal);
    expect(stderr).not.toContain(canary);
  });

  it('takes a reference that the user wrote into a flag, though samples hold one too', async () => {
    const { code, stdout, stderr } = await cli('validate', ...scenario({}), '--base-url', `http://127.0.0.1:9/${reference}`);
    expect(stderr).not.toContain(refusal);
    expect(stdout + stderr).not.toContain(canary);
    expect(code).toBe(0);
  });

  it('hands no secret to workflows because a file of the project names it', async () => {
    const turn = { invocation_id: 'i', user_content: { role: 'user', parts: [{ text: 'hi' }] } };
    const criteria = { final_response_match_v2: { threshold: 0.5, judge_model_options: { judge_model: `m-${reference}` } } };
    project.write('bot/a.test.json', JSON.stringify({ eval_set_id: 'a', eval_cases: [{ eval_id: 'c', conversation: [turn] }] }));
    project.write('bot/test_config.json', JSON.stringify({ criteria }));
    const { code, stderr } = await cli('init', '--from', 'adk', 'bot', 'bot/a.test.json');
    expect(code).toBe(2);
    expect(stderr).toContain(`judge.model: ${refusal}`);
    expect(existsSync(join(project.folder, '.github'))).toBe(false);
  });

  it('keeps the variables that a file of an AgentBench agent names where its requests go', async () => {
    const assignments = (body: string) => ({
      definition: {
        task: { t: { module: 'src.client.TaskClient', parameters: { name: 't', controller_address: 'http://127.0.0.1:9/api' } } },
        agent: {
          a: {
            module: 'src.client.agents.HTTPAgent',
            parameters: { url: 'http://127.0.0.1:9/', headers: { Authorization: `Bearer ${reference}` }, body: { key: body } },
          },
        },
      },
      concurrency: { task: { t: 1 }, agent: { a: 1 } },
      assignments: [{ agent: ['a'], task: ['t'] }],
      output: 'out',
    });
    project.write('configs/assignments/default.yaml', JSON.stringify(assignments(reference)));
    const refused = await cli('init', '--from', 'agentbench');
    expect(refused.stderr).toContain(`agent.body.key: ${refusal}`);
    project.write('configs/assignments/default.yaml', JSON.stringify(assignments('plain')));
    const { code, stderr } = await cli('init', '--from', 'agentbench');
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(project.folder, 'agent-regress.yml'), 'utf8')).toContain(`Bearer ${reference}`);
  });
});
