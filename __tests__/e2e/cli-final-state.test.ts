import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testNodes } from '../helpers/nodes.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject({ 'samples.jsonl': [{ id: 's1', input: 'refund it' }] });
});
afterEach(() => project.remove());

const query = 'select status, total from orders where id = ?';

function writeSuite(node: string): void {
  project.write(
    'agent.cjs',
    `const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync('shop.db');
     db.exec("create table orders (id text, status text, total real); insert into orders values ('s1', 'refunded', 9.5), ('s2', 'open', 1)"); db.close();
     process.stdout.write(JSON.stringify({ output: 'done' }));`,
  );
  project.write('agent-regress.json', {
    suite: 'shop',
    samples: 'samples.jsonl',
    agent: { type: 'command', command: [node, 'agent.cjs'] },
    repeats: 1,
    finalState: { rows: { sqlite: 'shop.db', query, values: ['{{id}}'] }, bad: { sqlite: 'shop.db', query: 'delete from orders' } },
    checkers: [{ type: 'state', assertions: [{ path: '/rows/0', equals: { status: 'refunded', total: 9.5 } }] }],
    baseline: 'none',
  });
}

describe('a database that the agent left behind', () => {
  it.each(testNodes())('is asked under $label, or refused before the run where Node has no SQLite', async ({ path, major }) => {
    writeSuite(path);
    const { code, stderr } = await runCli(['run', '--output', 'out'], { cwd: project.folder, node: path });
    if (major < 22) {
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/finalState[\s\S]*Node 22/) });
      return;
    }
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const [response] = project.records('out', 'response') as { trajectory?: { finalState: unknown; finalStateProblems: Record<string, string> } }[];
    expect(response?.trajectory?.finalState).toEqual({ rows: [{ status: 'refunded', total: 9.5 }] });
    expect(response?.trajectory?.finalStateProblems.bad).toMatch(/readonly/);
    expect(project.records('out', 'score')).toMatchObject([{ checker: 'state', pass: true }]);
  });
});
