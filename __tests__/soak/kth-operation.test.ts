import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaultProject, makeFaultProject } from '../harness/fault-project.ts';
import { brokenFiles, crimesOf, doneSlots, errnosFor, essence, type FaultedRun, type FaultPoint, runFaulted } from '../harness/faulted-run.ts';
import { size, soakRow } from '../harness/soak.ts';
import { runCli } from '../helpers/run-cli.ts';

/** Every command that writes files or asks somebody; `out` is where it writes. */
const commands: Record<string, { args: string[]; out: string; isResumable?: boolean }> = {
  run: { args: ['run', '-o', 'out', '-b', 'base', '--quiet'], out: 'out', isResumable: true },
  check: { args: ['check', 'head', '-b', 'base', '--quiet'], out: 'head' },
  compare: { args: ['compare', 'base', 'head', '-o', 'out', '--quiet'], out: 'out' },
  report: { args: ['report', 'head', '-o', 'out', '--quiet'], out: 'out' },
  merge: { args: ['merge', 'shard-1', 'shard-2', '-o', 'out', '-b', 'base', '--quiet'], out: 'out' },
  export: { args: ['export', 'head', '--to', 'agentscope', '-o', 'exported', '--quiet'], out: 'exported' },
  import: { args: ['import', 'results', '-o', 'out', '--quiet'], out: 'out' },
  history: { args: ['history', 'base', 'head'], out: 'head' },
};

let project: FaultProject;
beforeAll(async () => {
  project = await makeFaultProject();
}, 600_000);
afterAll(() => project.close());

/** A command without a fault: what it does, and what comes of it. */
interface Reference {
  operations: readonly string[];
  outcome: unknown;
}

async function referenceOf(name: string): Promise<Reference> {
  const { args, out } = commands[name] ?? { args: [], out: '' };
  const whole = await runFaulted(project.folder, { args }, {});
  if (whole.code !== 0) throw new Error(`${name}: ${whole.code} ${whole.stderr}`);
  const reference = { operations: whole.operations, outcome: outcome(name, whole, out) };
  whole.remove();
  return reference;
}

/** What a command that succeeded has brought about. */
function outcome(name: string, { folder, stdout }: FaultedRun, out: string): unknown {
  if (name === 'history') return stdout;
  if (name === 'import') return logEssence(readFileSync(join(folder, out, 'run.jsonl'), 'utf8'));
  if (name !== 'export') return essence(join(folder, out));
  const files = readdirSync(join(folder, out), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]).sort();
}

/** All that does not change with the time. */
function logEssence(log: string): unknown {
  const lines = log.split('\n').filter(Boolean);
  return lines.map((line) => ({ ...(JSON.parse(line) as object), runId: '', startedAt: '', at: '', durationMs: 0, crc: '' }));
}

/** The fault once or from there on, with one of the errnos that fit: all of them where the sweep is full. */
function pointsOf(name: string, names: readonly string[], share: number): Required<FaultPoint>[] {
  const { args } = commands[name] ?? { args: [] };
  const all = names.flatMap((operation, at) => {
    const errnos = errnosFor(operation);
    const isFirst = names.findIndex((other) => other.replace(/#.*/, '') === operation.replace(/#.*/, '')) === at;
    const once = (isFirst ? errnos : [errnos[at % errnos.length]]).map((code) => ({ code }));
    // A disk that fails stays one, and so does a network: the rest of the machine works.
    const kinds = familyOf(operation);
    const fromHere = { k: names.slice(0, at + 1).filter((other) => kinds.includes(kindOf(other))).length, code: errnos[at % errnos.length] ?? 'EIO' };
    return [
      ...once.map(({ code = 'EIO' }) => ({ args, fail: { k: at + 1, code } })),
      ...(kinds.includes('print') ? [] : [{ args, fail: { ...fromHere, from: true, kinds } }]),
    ];
  });
  const count = size(share, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / count)]).flatMap((point) => point ?? []);
}

const families = [['send', 'head', 'body', 'fetch'], ['spawn', 'tell', 'hear'], ['print']];
const kindOf = (operation: string): string => operation.replace(/:.*$/s, '');

function familyOf(operation: string): string[] {
  const disk = ['open', 'read', 'write', 'close', 'sync', 'truncate', 'rename', 'link', 'copy', 'unlink', 'rm', 'mkdir', 'readdir', 'stat'];
  return families.find((family) => family.includes(kindOf(operation))) ?? disk;
}

/** An answer or a checker that was lost on the way is a slot that says so; nothing else may differ, and no slot may have become a pass. */
function isHonestLoss(name: string, ran: FaultedRun, out: string, reference: Reference): boolean {
  if (!['run', 'check', 'merge'].includes(name) || familyOf(ran.failed ?? 'stat:').includes('stat')) return false;
  const [found, wanted] = [outcome(name, ran, out), reference.outcome] as { outcomes: Record<string, number>; counts: unknown }[];
  if (!found || !wanted) return false;
  const { pass = 0, fail = 0, error = 0, unscored = 0 } = found.outcomes;
  return pass + error + unscored === wanted.outcomes.pass && fail === wanted.outcomes.fail;
}

interface Crime {
  point: string;
  crime: string;
}

async function judge(name: string, ran: FaultedRun, reference: Reference): Promise<string[]> {
  const { out, isResumable } = commands[name] ?? { out: 'out' };
  const crimes = crimesOf(ran);
  const folder = join(ran.folder, out);
  crimes.push(...brokenFiles(folder));
  // Who has stopped reading has what he wanted: of what is only printed, nothing is lost.
  const isUnread = name === 'history' && ran.point.fail?.code === 'EPIPE' && kindOf(ran.failed ?? '') === 'print';
  if (ran.code === 0 && !isUnread) {
    try {
      expect(outcome(name, ran, out)).toEqual(reference.outcome);
    } catch (error) {
      if (!isHonestLoss(name, ran, out, reference)) crimes.push(`exit 0 with another result: ${String(error).slice(0, 1500)}`);
    }
  }
  if (isResumable && ran.code !== 0) crimes.push(...(await resume(ran, folder, reference)));
  return crimes;
}

/** A faulted run goes on where it was: what it had done is not asked again, and the end is that of an unfaulted one. */
async function resume(ran: FaultedRun, folder: string, reference: Reference): Promise<string[]> {
  const crimes: string[] = [];
  const done = await doneSlots(join(folder, 'run.jsonl')).catch((error: unknown) => {
    crimes.push(`run log: ${String(error)}`);
    return [];
  });
  const asked = project.agent.requests.length;
  const resumed = await runCli([...ran.point.args, '--resume'], { cwd: ran.folder });
  // What had no answer or no score before is done: only another run asks again.
  const isTold = resumed.code === 3 && /slots (could not be scored|have no usable answer)/.test(resumed.stderr);
  if (resumed.code !== 0 && !isTold) crimes.push(`resume: exit ${resumed.code}: ${resumed.stderr.slice(-500)}`);
  else if (resumed.code === 0) {
    try {
      expect(essence(folder)).toEqual(reference.outcome);
    } catch (error) {
      if (!isHonestLoss('run', ran, 'out', reference)) crimes.push(`resume: another result: ${String(error).slice(0, 1500)}`);
    }
  }
  const again = project.agent.requests.slice(asked).map(({ body }) => String((body as { slot?: unknown }).slot));
  crimes.push(...done.filter((slot) => again.includes(slot)).map((slot) => `asked again: ${slot}`));
  if (existsSync(join(folder, 'run.jsonl.lock'))) crimes.push('the lock is left');
  return crimes;
}

describe('G7 every k-th operation fails', () => {
  test.each([
    ['run', 9],
    ['check', 2],
    ['compare', 2],
    ['report', 1],
    ['merge', 2],
    ['export', 1],
    ['import', 1],
    ['history', 1],
  ] as const)('F22 %s: no false pass, nothing lost, no bug', async (name, share) => {
    const reference = await referenceOf(name);
    const points = pointsOf(name, reference.operations, share);
    const crimes: Crime[] = [];
    let place = 0;
    const worker = async () => {
      for (let point = points[place++]; point; point = points[place++]) {
        const ran = await runFaulted(project.folder, point, {});
        const where = `${point.fail.from ? 'from ' : ''}${point.fail.k} ${point.fail.code} ${ran.failed ?? 'nothing failed'}`;
        for (const crime of await judge(name, ran, reference)) {
          crimes.push({ point: where, crime });
        }
        ran.remove();
      }
    };
    await Promise.all([worker(), worker()]);
    soakRow({
      goal: 'G7',
      what: `every operation of \`${name}\` fails once, and from there on`,
      wanted: 'no false pass, no lost slot, no hang, no bug; a resume completes the run',
      measured: `${points.length} points; ${crimes.length} findings`,
      isMet: crimes.length === 0,
    });
    expect(crimes.slice(0, 10)).toEqual([]);
  });
});
