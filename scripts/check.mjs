// Everything that must hold before a change lands, in the order of the time it takes. Stops at nothing: one run shows every failure.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const steps = ['check:format', 'check:types', 'check:lint', 'check:layers', 'check:unused', 'check:schemas', 'check:docs', 'check:dist', 'test'];
const failed = [];
for (const step of steps) {
  const start = performance.now();
  process.stdout.write(`\n=== ${step}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', step], { cwd: root, stdio: 'inherit' });
  process.stdout.write(`--- ${step}: ${status === 0 ? 'ok' : 'FAILED'}, ${Math.round((performance.now() - start) / 1000)} s\n`);
  if (status !== 0) failed.push(step);
}
process.stdout.write(failed.length === 0 ? '\nall checks passed\n' : `\nfailed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
