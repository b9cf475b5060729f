// Rebuilds dist/ and fails when a byte differs from what is committed, a new or missing file included.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { cwd: root, encoding: 'utf8' });
if (changed !== '') {
  process.stderr.write(`dist/ is not what src/ builds; run npm run build and commit:\n${changed}`);
  process.exitCode = 1;
} else {
  process.stdout.write('dist/ is byte-equal to a fresh build\n');
}
