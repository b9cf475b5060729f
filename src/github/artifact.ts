import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { PublishResult } from './publish-result.ts';

export interface UploadRequest {
  name: string;
  /** Its plain files are stored, without hidden ones and those of other subfolders. */
  folder: string;
  /** Subfolders whose plain files are stored too, where they exist. */
  subfolders?: readonly string[];
  /** File names that stay out. */
  except?: readonly string[];
  /** Only these file names, of folder and subfolders. */
  only?: readonly string[];
  retentionDays?: number;
  runAttempt: number;
  /** False: what an earlier attempt has stored under the name stays, and this fails. Default true. */
  mayReplace?: boolean;
  env: Readonly<Record<string, string | undefined>>;
  /** Of the workflow run, for the link. */
  runUrl: string;
}

/**
 * Stores a run folder as an artifact of the workflow run; only a JavaScript action is given what that needs.
 * Never throws: what it cannot store stays in the folder.
 */
export async function uploadRunFolder(request: UploadRequest): Promise<PublishResult> {
  const unable = whyUnable(request.env);
  if (unable) return { kind: 'skipped', reason: `${unable}; store ${request.folder} with actions/upload-artifact as "${request.name}" instead` };
  try {
    const files = await filesOf(request);
    if (files.length === 0) return { kind: 'skipped', reason: `${request.folder} holds no file` };
    return await inTime(upload(request, files));
  } catch (error) {
    return failed(request, error);
  }
}

/** Its client tries again for long when nobody answers; the report waits for the link. */
const uploadTimeoutMs = 600_000;

/** What is given up goes on unseen. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the artifact service gave no answer in ${uploadTimeoutMs / 60_000} minutes`)), uploadTimeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function upload(request: UploadRequest, files: string[]): Promise<PublishResult> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const { name, folder, retentionDays } = request;
  const store = () => client.uploadArtifact(name, files, folder, retentionDays === undefined ? {} : { retentionDays });
  let id: number | undefined;
  try {
    ({ id } = await store());
  } catch (error) {
    // The artifact of an earlier attempt is replaced; in a first attempt it is another job's, which must keep it.
    if (!isConflict(error) || request.runAttempt < 2 || request.mayReplace === false) throw error;
    await client.deleteArtifact(name);
    ({ id } = await store());
  }
  return { kind: 'published', ...(id === undefined ? {} : { url: `${request.runUrl}/artifacts/${id}` }) };
}

function whyUnable(env: UploadRequest['env']): string | undefined {
  const host = new URL(env.GITHUB_SERVER_URL || 'https://github.com').hostname.toLowerCase();
  const isHosted = host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
  if (!isHosted) return 'GitHub Enterprise Server has no artifact service for actions';
  if (!env.ACTIONS_RUNTIME_TOKEN || !env.ACTIONS_RESULTS_URL) return 'the runner gave no access to the artifact service';
  return undefined;
}

async function filesOf({ folder, subfolders = [], except = [], only }: UploadRequest): Promise<string[]> {
  const files: string[] = [];
  for (const place of [folder, ...subfolders.map((name) => join(folder, name)).filter((path) => existsSync(path))]) {
    const entries = await readdir(place, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
    files.push(...names.filter((name) => !except.includes(name) && (only?.includes(name) ?? true)).map((name) => join(place, name)));
  }
  return files.sort();
}

function failed(request: UploadRequest, error: unknown): PublishResult {
  const message = `the run could not be stored as artifact "${request.name}": ${messageOf(error)}`;
  const remedy = isConflict(error)
    ? 'another job of this workflow run stored the same name: give each matrix job its own `artifact-name`'
    : `the files are in ${request.folder}; re-run the job, or store them with actions/upload-artifact`;
  return { kind: 'failed', message, remedy };
}

function isConflict(error: unknown): boolean {
  return /\b409\b|conflict|already exists/i.test(messageOf(error));
}
