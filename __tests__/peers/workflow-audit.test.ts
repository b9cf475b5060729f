import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderOf } from '../../scripts/peers/list.mjs';
import { describePeer } from './support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = readdirSync(join(root, 'examples/workflows')).filter((name) => name.endsWith('.yml'));

/** What zizmor prints and exits with, without asking anything of the network. */
function audit(path: string, persona: string) {
  const args = ['--offline', '--no-progress', `--persona=${persona}`, '--config', join(root, '.github/zizmor.yml'), join(root, path)];
  return spawnSync(join(folderOf('zizmor'), 'venv/bin/zizmor'), args, { encoding: 'utf8' });
}

describePeer('zizmor', 'T33 zizmor', () => {
  it.each(['.github', 'action.yml'])('finds nothing at its strictest in %s', (path) => {
    const { status, stdout } = audit(path, 'pedantic');
    expect(status, stdout).toBe(0);
  });

  it.each(examples)('finds nothing in the example %s', (name) => {
    const { status, stdout } = audit(`examples/workflows/${name}`, 'regular');
    expect(status, stdout).toBe(0);
  });

  it('finds what is wrong, so that its silence means something', () => {
    const { status, stdout } = audit('__tests__/fixtures/workflows/unsafe.yml', 'regular');
    expect(status).not.toBe(0);
    expect(stdout).toContain('template-injection');
  });
});
