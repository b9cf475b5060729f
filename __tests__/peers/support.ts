import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { folderOf, isInstalled } from '../../scripts/peers/list.mjs';
import { freePort } from '../helpers/free-port.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/** Tests against a real agent; skipped where it is not installed, which `npm test` says and CI does not allow. */
export function describePeer(peer: string, what: string, tests: () => void): void {
  describe.skipIf(process.platform === 'win32' || !isInstalled(peer))(what, tests);
}

export interface RunningPeer {
  url: string;
  /** That of the copied fixtures, in which it runs. */
  folder: string;
  /** All that it printed. */
  printed: () => string;
  stop: () => Promise<void>;
}

interface PeerOptions {
  /** Name in scripts/peers/. */
  peer: string;
  /** Folder in fixtures/, which is copied, when it is there, to where the packages are found; default: that of the peer. */
  fixtures?: string;
  /** Is run in the folder of the copied fixtures; the packages are in its parent folder. */
  command: (port: number) => readonly string[];
  env?: Record<string, string>;
  /** Path that is answered, by whatever but a failure of the server, once the agent is ready. */
  health: string;
}

/** Starts a real agent on a free port of this machine, and waits until it is ready. @throws Error with what it printed. */
export async function startPeer({ peer, fixtures: name = peer, command, env = {}, health }: PeerOptions): Promise<RunningPeer> {
  const folder = mkdtempSync(join(folderOf(peer), 'run-'));
  const fixtures = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  if (existsSync(fixtures)) cpSync(fixtures, folder, { recursive: true });
  const port = await freePort();
  const [file = '', ...args] = command(port);
  // A group of its own: servers start servers.
  const options = { cwd: folder, env: { PATH: process.env.PATH ?? '', HOME: folder, ...env }, detached: true } as const;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  // Not even a test run that is interrupted leaves it behind.
  const kill = () => signalGroup(child, 'SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    await endGroup(child);
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(child, url + health);
  } catch (error) {
    await stop();
    throw new Error(`${peer}: ${error instanceof Error ? error.message : error}; it printed:\n${printed}`);
  }
  return { url, folder, printed: () => printed, stop };
}

async function untilHealthy(child: ChildProcess, url: string): Promise<void> {
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  child.on('exit', (code) => {
    failure ??= new Error(`it ended with ${code}`);
  });
  for (const deadline = Date.now() + 150_000; Date.now() < deadline; ) {
    if (failure) throw failure;
    // One patient question: a server that compiles its agents to answer would begin again with each impatient one.
    const isUp = await fetch(url, { signal: AbortSignal.timeout(120_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status < 500;
      },
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it is not ready after 150 s');
}

/** Asks the whole group to end, then ends what is left of it. */
async function endGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  for (let n = 0; n < 30 && signalGroup(child, 0); n++) await new Promise((resolve) => setTimeout(resolve, 100));
  signalGroup(child, 'SIGKILL');
}

/** Whether there was a group to send it to. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

export interface Slot {
  outcome: unknown;
  trajectory?: {
    turns: { output: string; steps: Record<string, unknown>[]; nodes?: string[] }[];
    finalState?: unknown;
    usage?: unknown;
    firstByteMs?: number;
  };
  error?: { kind: string; message: string };
}

export interface SuiteRun extends CliResult {
  /** By sample. */
  slots: Record<string, Slot>;
  project: Project;
}

/** Runs a suite of the built command line: `config` without `suite` and `samples`. The last attempt of a slot counts. */
export async function runSuite(samples: object[], config: object, { project = makeProject(), args = [] as string[] } = {}): Promise<SuiteRun> {
  const defaults = { suite: 'peer', samples: 'samples.jsonl', baseline: 'none', repeats: 1, maxRetries: 0, timeoutMs: 60_000 };
  project.write('samples.jsonl', samples);
  project.write('agent-regress.json', { ...defaults, ...config });
  const result = await runCli(['run', '--config', 'agent-regress.json', '--no-color', ...args], { cwd: project.folder });
  const out = args.includes('--output') ? (args[args.indexOf('--output') + 1] ?? '') : '.agent-regress/peer';
  const slots: Record<string, Slot> = {};
  for (const { sample, ...response } of project.records(out, 'response')) slots[String(sample)] = response as unknown as Slot;
  for (const { sample, outcome } of project.records(out, 'done')) slots[String(sample)] = { ...slots[String(sample)], outcome };
  return { ...result, slots, project };
}
