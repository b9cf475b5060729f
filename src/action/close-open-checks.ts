import { messageOf } from '../errors.ts';
import { type CheckPlace, closeIfOpen, findCheck } from '../github/check-run.ts';
import { createGitHubClient } from '../github/client.ts';
import { openChecksState, openingChecksState } from '../github/suite-check.ts';
import * as z from '../records/schema.ts';
import { createHost } from './host.ts';
import { readInputs } from './inputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Closes check runs that a hard kill left in progress. Never throws and never fails the job. */
export async function closeOpenChecks(env: Environment): Promise<0> {
  const host = await createHost(env);
  const ids = host
    .state(openChecksState)
    .split(',')
    .filter((id) => /^\d+$/.test(id));
  const places = readPlaces(host.state(openingChecksState));
  if (ids.length + places.length === 0) return 0;
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  try {
    const token = readInputs(host.input)['github-token'];
    const client = createGitHubClient({ token, apiUrl: env.GITHUB_API_URL || 'https://api.github.com', owner, repo, limits: { maxWaitMs: 10_000 } });
    for (const place of places) {
      const found = await findCheck(client, place);
      if (found) ids.push(String(found.id));
    }
    for (const id of new Set(ids)) {
      if (await closeIfOpen(client, Number(id))) host.info(`check run ${id} was still open and is now closed as cancelled`);
    }
  } catch (error) {
    host.warning(`a check run may still show as in progress: ${messageOf(error)}`);
  }
  return 0;
}

const Places = z.array(z.object({ name: z.string(), headSha: z.string().check(z.regex(/^[0-9a-f]{7,64}$/)), externalId: z.string() }));

function readPlaces(text: string): CheckPlace[] {
  try {
    return Places.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}
