import { messageOf, ToolError } from '../errors.ts';
import { readGit } from '../io/git.ts';
import { findLocalBaseline } from './find-baseline.ts';
import type { AcceptanceFinder, BaselineFinder, PipelineEvent } from './ports.ts';

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

/**
 * In a GitHub workflow step with a token: who accepted what a run shows. Undefined elsewhere: nothing is ever accepted there. The finder
 * never throws: what cannot be asked is not accepted, and a notice says why.
 */
export function findAcceptanceFrom(
  env: Environment,
  { acceptLabel, signal, onEvent }: { acceptLabel: string; signal: AbortSignal; onEvent: (event: PipelineEvent) => void },
): AcceptanceFinder | undefined {
  if (!env.GITHUB_TOKEN || !env.GITHUB_REPOSITORY || !env.GITHUB_EVENT_NAME) return undefined;
  return async (assessment) => {
    if (signal.aborted) return undefined;
    try {
      const { findAcceptanceFromEnvironment } = await import('../github/acceptance-from-environment.ts');
      return await findAcceptanceFromEnvironment(assessment, { env, acceptLabel, signal });
    } catch (error) {
      const remedy = error instanceof ToolError ? `. ${error.remedy}` : '';
      onEvent({ kind: 'notice', level: 'warning', message: `no acceptance was looked for: ${messageOf(error)}${remedy}` });
      return undefined;
    }
  };
}

/** sha and ref of the checkout, for the run log. In a workflow the checkout may be of another commit than the one it was started for. */
export function gitFrom(env: Environment, cwd: string): { sha?: string; ref?: string } | undefined {
  const { GITHUB_SHA: sha, GITHUB_REF: ref } = env;
  const checkout = readGit(cwd);
  if (!sha) return checkout;
  return { sha: checkout?.sha ?? sha, ...(ref ? { ref } : {}) };
}
