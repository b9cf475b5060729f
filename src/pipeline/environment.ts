import { readGit } from '../io/git.ts';
import { findLocalBaseline } from './find-baseline.ts';
import type { BaselineFinder } from './ports.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** In a GitHub workflow step with a token, `auto` searches artifacts by REST; elsewhere it is told why it cannot. */
export function findBaselineFrom(env: Environment, cwd: string): BaselineFinder {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  if (!token || !repository) return (config) => findLocalBaseline(config, cwd);
  return (config) =>
    findLocalBaseline(config, cwd, async (wanted) => {
      const { findBaselineFromEnvironment } = await import('../github/baseline-from-environment.ts');
      return findBaselineFromEnvironment(wanted, env);
    });
}

/** sha and ref of the checkout, for the run log. In a workflow the checkout may be of another commit than the one it was started for. */
export function gitFrom(env: Environment, cwd: string): { sha?: string; ref?: string } | undefined {
  const { GITHUB_SHA: sha, GITHUB_REF: ref } = env;
  const checkout = readGit(cwd);
  if (!sha) return checkout;
  return { sha: checkout?.sha ?? sha, ...(ref ? { ref } : {}) };
}
