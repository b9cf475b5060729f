import { createHash, randomBytes } from 'node:crypto';
import type { Reply } from './handler.ts';
import type { Artifact, GitHubState } from './state.ts';

/** The two services behind `@actions/artifact`: the Twirp calls, and the block blobs they point to. */
export interface ArtifactService {
  /** What the runner gives to a JavaScript action: a token that names the run, for `ACTIONS_RUNTIME_TOKEN`. */
  makeRuntimeToken(runId: number): string;
  /** A call of `/twirp/…/<method>`. */
  call(method: string, body: unknown, authorization: string | undefined): Promise<Reply>;
  signDownload(artifactId: number): string;
  /** A request to the blob host. */
  blob(request: { method: string; url: URL; bytes: Buffer; authorization: string | undefined }): Reply & { bytes?: Buffer };
}

interface Upload {
  runId: number;
  name: string;
  expiresAt: string;
  blocks: Map<string, Buffer>;
  bytes?: Buffer;
}

interface TwirpBody {
  workflow_run_backend_id: string;
  workflow_job_run_backend_id: string;
  name: string;
  size?: string;
  hash?: string;
  expires_at?: string;
  name_filter?: string;
  id_filter?: string;
}

const dayMs = 24 * 3600 * 1000;

export function createArtifactService(options: { state: GitHubState; blobUrl: () => string; report: (violation: string) => void }): ArtifactService {
  const { state, blobUrl, report } = options;
  const signature = randomBytes(16).toString('hex');
  const tokens = new Map<string, { runId: number; backendIds: [run: string, job: string] }>();
  const uploads = new Map<string, Upload>();

  const signed = (path: string) => `${blobUrl()}${path}?sig=${signature}&se=2030-01-01`;
  const finished = (runId: number) => state.artifacts.filter((artifact) => artifact.runId === runId);

  const methods: Record<string, (runId: number, body: TwirpBody) => Reply> = {
    CreateArtifact(runId, { name, expires_at }) {
      const key = `${runId}/${name}`;
      if (uploads.has(key) || finished(runId).some((artifact) => artifact.name === name)) {
        return twirpError(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
      }
      uploads.set(key, { runId, name, expiresAt: expires_at ?? new Date(Date.now() + 90 * dayMs).toISOString(), blocks: new Map() });
      return { status: 200, body: { ok: true, signed_upload_url: signed(`/upload/${encodeURIComponent(key)}`) } };
    },
    FinalizeArtifact(runId, { name, size, hash }) {
      const key = `${runId}/${name}`;
      const upload = uploads.get(key);
      if (!upload?.bytes) return twirpError(404, 'not_found', 'nothing was uploaded');
      const digest = `sha256:${createHash('sha256').update(upload.bytes).digest('hex')}`;
      if (size !== String(upload.bytes.length)) return twirpError(400, 'invalid_argument', `size is ${upload.bytes.length}, not ${size}`);
      if (hash !== undefined && hash !== digest) return twirpError(400, 'invalid_argument', 'hash mismatch');
      uploads.delete(key);
      const { expiresAt, bytes } = upload;
      const artifact: Artifact = { id: state.nextId(), runId, name, bytes, createdAt: state.now(), expiresAt, isExpired: false, digest };
      state.artifacts.push(artifact);
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    },
    ListArtifacts(runId, body) {
      const artifacts = finished(runId)
        .filter(({ id, name }) => (body.name_filter ?? name) === name && (body.id_filter ?? String(id)) === String(id))
        .map(({ id, name, bytes, createdAt, digest }) => ({
          workflow_run_backend_id: body.workflow_run_backend_id,
          workflow_job_run_backend_id: body.workflow_job_run_backend_id,
          database_id: String(id),
          name,
          size: String(bytes.length),
          created_at: createdAt,
          digest,
        }));
      return { status: 200, body: { artifacts } };
    },
    GetSignedArtifactURL(runId, { name }) {
      const artifact = finished(runId).find((known) => known.name === name);
      return artifact ? { status: 200, body: { signed_url: service.signDownload(artifact.id) } } : twirpError(404, 'not_found', 'no such artifact');
    },
    DeleteArtifact(runId, { name }) {
      const artifact = finished(runId).find((known) => known.name === name);
      if (!artifact) return twirpError(404, 'not_found', 'no such artifact');
      state.artifacts.splice(state.artifacts.indexOf(artifact), 1);
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    },
  };

  const service: ArtifactService = {
    makeRuntimeToken(runId) {
      const backendIds: [string, string] = [backendId(runId), backendId(state.nextId())];
      const token = makeJwt({ scp: `Actions.ExampleScope Actions.Results:${backendIds.join(':')}`, exp: 4_102_444_800 });
      tokens.set(token, { runId, backendIds });
      return token;
    },
    signDownload: (artifactId) => signed(`/download/${artifactId}`),
    async call(method, body, authorization) {
      const known = tokens.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
      if (!known) return twirpError(401, 'unauthenticated', 'bad runtime token');
      const handler = methods[method];
      if (!handler) return twirpError(404, 'bad_route', `no method ${method}`);
      const problem = await twirpProblem(method, body);
      if (problem !== undefined) {
        report(`artifact/${method}: ${problem}`);
        return twirpError(400, 'malformed', problem);
      }
      const request = body as TwirpBody;
      const [run, job] = known.backendIds;
      if (request.workflow_run_backend_id !== run || request.workflow_job_run_backend_id !== job)
        return twirpError(403, 'permission_denied', 'other run');
      return handler(known.runId, request);
    },
    blob({ method, url, bytes, authorization }) {
      if (authorization !== undefined) report(`blob host: an Authorization header reached it (${method} ${url.pathname})`);
      if (url.searchParams.get('sig') !== signature) return { status: 403 };
      const [, place, key = ''] = url.pathname.split('/').map(decodeURIComponent);
      if (place === 'download' && method === 'GET') {
        const artifact = state.artifacts.find(({ id }) => id === Number(key));
        return artifact ? { status: 200, bytes: artifact.bytes, headers: { 'content-type': 'application/zip' } } : { status: 404 };
      }
      const upload = uploads.get(key);
      if (place !== 'upload' || method !== 'PUT' || !upload) return { status: 404 };
      return putBlob(upload, url, bytes);
    },
  };
  return service;
}

/** The part of Azure's block blobs that the client uses. */
function putBlob(upload: Upload, url: URL, bytes: Buffer): Reply {
  const part = url.searchParams.get('comp');
  if (part === 'block') {
    upload.blocks.set(url.searchParams.get('blockid') ?? '', bytes);
  } else if (part === 'blocklist') {
    const ids = [...bytes.toString('utf8').matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1]!);
    const blocks = ids.map((id) => upload.blocks.get(id));
    if (blocks.some((block) => block === undefined)) return { status: 400 };
    upload.bytes = Buffer.concat(blocks as Buffer[]);
  } else {
    upload.bytes = bytes;
  }
  return { status: 201, headers: { etag: '"1"', 'x-ms-request-server-encrypted': 'true' } };
}

/** The client's own protobuf classes say whether a body is well formed; its package does not export them. */
async function twirpProblem(method: string, body: unknown): Promise<string | undefined> {
  const file = new URL('../../../node_modules/@actions/artifact/lib/generated/results/api/v1/artifact.js', import.meta.url).href;
  const messages = (await import(file)) as Record<string, { fromJson(json: unknown, options: { ignoreUnknownFields: boolean }): unknown }>;
  try {
    messages[`${method}Request`]!.fromJson(body, { ignoreUnknownFields: false });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function twirpError(status: number, code: string, msg: string): Reply {
  return { status, body: { code, msg } };
}

function backendId(id: number): string {
  return `ce7f54c7-61c7-4aae-887f-${String(id).padStart(12, '0')}`;
}

/** Unsigned: the client only decodes the claims. */
function makeJwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}
