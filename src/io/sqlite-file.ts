import { dirname } from 'node:path';
import { shortened } from '../errors.ts';
import { runProcess, scrubbedEnv } from './process.ts';
import { withinTime } from './within-time.ts';

/** For the whole script. */
const maxMs = 20_000;

/** In a process of its own: the script is data, and one that never ends must not stop ours. */
const program = `
import { readFileSync } from 'node:fs';
const { DatabaseSync } = await import('node:sqlite');
const database = new DatabaseSync(process.argv[1]);
try {
  database.exec('PRAGMA max_page_count = 65536');
  database.exec(readFileSync(0, 'utf8'));
  database.close();
} catch (error) {
  process.stdout.write(String(error.message));
  process.exitCode = 3;
}
`;

/**
 * Runs a SQL script on the database file, which is made where there is none. The script must not hold statements that open other files.
 * @throws Error with the reason, in one sentence: this Node has no SQLite, the script is wrong, or it takes more than 20 s.
 */
export async function runSqlScript(path: string, sql: string, signal: AbortSignal): Promise<void> {
  if (!process.getBuiltinModule('node:sqlite'))
    throw new Error(`a SQLite database is made by Node 22.13 or newer, this is ${process.versions.node}: use a newer one (the action runs on 24)`);
  const argv = [process.execPath, '--no-warnings', '--input-type=module', '--eval', program, path];
  const result = await withinTime({ signals: [signal], timeoutMs: maxMs }, (limit) =>
    runProcess({ argv, cwd: dirname(path), env: scrubbedEnv(), stdin: sql, signal: limit, maxOutputBytes: 100_000, graceMs: 0 }),
  );
  if (result.kind === 'ended' && result.exit.code === 0) return;
  if (result.kind === 'ended' && result.exit.code === 3) throw new Error(`the SQL is wrong (${shortened(result.stdout.toString('utf8'), 300)})`);
  if (result.kind === 'aborted') throw new Error(signal.aborted ? 'the slot has ended' : `the SQL takes more than ${maxMs / 1000} s`);
  throw new Error('SQLite could not be started');
}
