import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { findLastRelease } from '../../src/github/release.ts';
import { pushRun } from './stand-in/runs.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

const find = (ref?: string) => {
  const client = createGitHubClient({
    token: github.tokens.write,
    apiUrl: github.url,
    owner: 'octo-org',
    repo: 'support-bot',
    sleep: async () => {},
  });
  return findLastRelease(client, ref === undefined ? {} : { ref });
};
const tag = (...names: string[]) => {
  for (const name of names) github.state.tags.set(name, pushRun(github).sha);
};

describe('the last release', () => {
  it('is the latest release, by its tag', async () => {
    tag('app/v1.0.0', 'v9.9.9');
    github.state.releases.push('app/v1.0.0');
    expect(await find()).toEqual({ tag: 'app/v1.0.0', sha: github.state.tags.get('app/v1.0.0') });
    expect(github.violations).toEqual([]);
  });

  it('is the highest version tag where there is no release: by number, previews last, moving tags never', async () => {
    tag('v1.9.0', 'v1.10.0', 'v1.11.0-rc.1', 'v2', 'nightly', '2026.11.22.1');
    expect(await find()).toMatchObject({ tag: 'v1.10.0' });
  });

  it('is never the tag that runs now', async () => {
    tag('v1.0.0', 'v1.1.0');
    github.state.releases.push('v1.1.0');
    expect(await find('refs/tags/v1.1.0')).toMatchObject({ tag: 'v1.0.0' });
    expect(await find('refs/heads/main')).toMatchObject({ tag: 'v1.1.0' });
  });

  it('is nothing in a repository without releases and version tags', async () => {
    tag('latest');
    expect(await find()).toBeUndefined();
  });
});
