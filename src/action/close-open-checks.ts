import { messageOf } from '../errors.ts';
import { closeIfOpen } from '../github/check-run.ts';
import { createGitHubClient } from '../github/client.ts';
import { createHost } from './host.ts';
import { readInputs } from './inputs.ts';
import { openChecksState } from './suite-check.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Closes check runs that a hard kill left in progress. Never throws and never fails the job. */
export async function closeOpenChecks(env: Environment): Promise<0> {
  const host = await createHost(env);
  const ids = host
    .state(openChecksState)
    .split(',')
    .filter((id) => /^\d+$/.test(id));
  if (ids.length === 0) return 0;
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  try {
    const token = readInputs(host.input)['github-token'];
    const client = createGitHubClient({ token, apiUrl: env.GITHUB_API_URL || 'https://api.github.com', owner, repo, limits: { maxWaitMs: 10_000 } });
    for (const id of ids) {
      if (await closeIfOpen(client, Number(id))) host.info(`check run ${id} was still open and is now closed as cancelled`);
    }
  } catch (error) {
    host.warning(`a check run may still show as in progress: ${messageOf(error)}`);
  }
  return 0;
}
