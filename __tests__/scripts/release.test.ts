import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { majorTagOf, notesOf, problemsOf } from '../../scripts/release.mjs';
import { version } from '../../src/version.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const changelog = '# Changelog\n\nWords.\n\n## 1.2.3\n\n- One.\n- Two.\n\n### Fixed\n\n- Three.\n\n## [1.2.0] - 2026-01-01\n\n- Old.\n\n## 1.1.0\n\n';

describe('the notes of a release', () => {
  it('are its section of the changelog, to the next version', () => {
    expect(notesOf(changelog, '1.2.3')).toBe('- One.\n- Two.\n\n### Fixed\n\n- Three.');
    expect(notesOf(changelog, '1.2.0')).toBe('- Old.');
  });

  it('are missing for a version without a section or with an empty one, and for the start of another version', () => {
    for (const missing of ['1.2', '1.2.30', '9.9.9', '1.1.0']) expect(notesOf(changelog, missing)).toBeUndefined();
  });
});

describe('a tag that is to be released', () => {
  const good = { tag: 'v1.2.3', packageVersion: '1.2.3', sourceVersion: '1.2.3', changelog };

  it('agrees with the package, the source and the changelog', () => {
    expect(problemsOf(good)).toEqual([]);
  });

  it('is told everything that does not agree at once', () => {
    const problems = problemsOf({ ...good, tag: 'v1.2.4' });
    expect(problems).toEqual([
      'package.json says 1.2.3, the tag 1.2.4',
      'src/version.ts says 1.2.3, the tag 1.2.4',
      'CHANGELOG.md has no section "## 1.2.4" with text',
    ]);
  });

  it.each(['1.2.3', 'v1.2', 'v01.2.3', 'v1.2.3\n', 'v1.2.3 --draft', 'vx.y.z'])('is a version: %j is not', (tag) => {
    expect(problemsOf({ ...good, tag })).toEqual([expect.stringContaining('is not a version')]);
  });
});

describe('the major tag', () => {
  it('moves to the newest release of its major version', () => {
    expect(majorTagOf('v1.10.0', ['v1.9.9', 'v1', 'v1.10.0', 'v2.0.0', 'vendor', ''])).toBe('v1');
  });

  it('moves neither back nor to a pre-release', () => {
    expect(majorTagOf('v1.9.9', ['v1.9.9', 'v1.10.0'])).toBeUndefined();
    expect(majorTagOf('v1.9.9', ['v1.9.9', 'v1.10.0-rc.1'])).toBe('v1');
    expect(majorTagOf('v2.0.0-rc.1', [])).toBeUndefined();
  });
});

describe('this repository', () => {
  it('could be released as it is: version, package and changelog agree', () => {
    const run = () => execFileSync(process.execPath, ['scripts/release.mjs', 'check', `v${version}`], { cwd: root, encoding: 'utf8' });
    expect(run()).toBe(`v${version} can be released\n`);
  });

  it('gets its updates of actions and packages in groups, once a week', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as { updates: { 'package-ecosystem': string; schedule: object; groups: object }[] };
    expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm']);
    for (const { schedule, groups } of updates) {
      expect(schedule).toEqual({ interval: 'weekly' });
      expect(Object.keys(groups).length).toBeGreaterThan(0);
    }
  });

  it('gives the job that runs the code of packages no write permission when it releases', () => {
    const { jobs } = parse(read('.github/workflows/release.yml')) as {
      jobs: Record<string, { permissions: Record<string, string>; steps: { run?: string }[] }>;
    };
    for (const [name, { permissions, steps }] of Object.entries(jobs)) {
      const isBuilding = steps.some(({ run = '' }) => /npm |\.ci\/run/.test(run));
      if (isBuilding) expect(Object.values(permissions), name).toEqual(['read']);
    }
    expect(Object.keys(jobs)).toEqual(['verify', 'attest', 'publish', 'move-major-tag']);
  });
});
