import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { tempDir } from '../agents/support.ts';
import { serveModel } from '../helpers/model-server.ts';

const cli = process.env.AGENT_REGRESS_CLI ?? fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));
const isBuilt = existsSync(cli);
if (!isBuilt) console.warn('skipped: dist/ has no built command line. Run `npm run build` first.');
const server = fileURLToPath(new URL('../helpers/mcp-server.mjs', import.meta.url));

it.runIf(isBuilt).each(['SIGTERM', 'SIGINT'] as const)(
  'no server and no folder outlives a command line that is stopped by %s',
  { timeout: 60_000 },
  async (signal) => {
    const { baseUrl, bodies } = await serveModel(['box__environment', 'box__hang'].map((name) => ({ calls: [{ name, args: {} }] })));
    const servers = { box: { command: process.execPath, args: [server], cwd: '$'.concat('{workspace}') } };
    const config = {
      suite: 's',
      samples: 's.jsonl',
      repeats: 1,
      agent: { type: 'mcp', baseUrl, model: 'm', servers },
      checkers: [{ type: 'contains', value: 'x' }],
    };
    const cwd = tempDir({ 'agent-regress.json': JSON.stringify(config), 's.jsonl': '{"id": "a", "input": "x"}' });
    const child = spawn(process.execPath, [cli, 'execute', '--config', 'agent-regress.json'], { cwd, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await vi.waitFor(() => expect(bodies).toHaveLength(2), { timeout: 40_000 });
    const { pid, cwd: folder } = JSON.parse(bodies[1]?.messages.at(-1)?.content ?? '{}');
    expect(existsSync(folder)).toBe(true);
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(signal === 'SIGTERM' ? 143 : 130);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 5000 });
    expect(existsSync(folder)).toBe(false);
  },
);
