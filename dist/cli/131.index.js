export const id = 131;
export const ids = [131];
export const modules = {

/***/ 7131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findBaselineFromEnvironment: () => (/* binding */ findBaselineFromEnvironment)
});

// UNUSED EXPORTS: findBaselineForSuite, readEventFromEnvironment

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/git.js
var git = __webpack_require__(8268);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var classic_schemas = __webpack_require__(3339);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var classic_errors = __webpack_require__(961);
;// CONCATENATED MODULE: ./lib/github/publish-error.js

/** A call to GitHub that did not work, in words that name the missing permission or the next step. */
class PublishError extends errors/* ToolError */.v4 {
    /** HTTP status; absent when there was no reply. */
    status;
    /** The request may have been carried out although no good reply came: look before creating again. */
    isAmbiguous;
    constructor(options) {
        super({ ...options, exitCode: errors/* ExitCode */.yU.incomplete });
        this.name = 'PublishError';
        this.status = options.status;
        this.isAmbiguous = options.isAmbiguous ?? false;
    }
}
/** Says what failed and what to do about it. */
function explainFailure(failed) {
    const { method, path, status, cause } = failed;
    const what = `GitHub answered ${status ?? 'nothing'} to ${method} ${path}: ${failed.detail.slice(0, 500)}`;
    const common = { message: what, ...(status === undefined ? {} : { status }), cause };
    if (failed.isRateLimit) {
        return new PublishError({ ...common, code: 'github-rate-limited', remedy: 'wait for the rate limit to reset, then re-run the job' });
    }
    if (status === undefined || status >= 500) {
        return new PublishError({
            ...common,
            code: 'github-unavailable',
            remedy: 're-run the job; see https://www.githubstatus.com',
            isAmbiguous: method !== 'GET',
        });
    }
    return new PublishError({ ...common, ...byStatus(status, failed.needs) });
}
function byStatus(status, needs) {
    const permission = needs ? `add \`${needs}\` to the job's \`permissions:\`` : "check the job's `permissions:`";
    switch (status) {
        case 401:
            return { code: 'github-unauthorized', remedy: 'the token is missing, expired or wrong: leave out `github-token` to use the job token' };
        case 403:
            return { code: 'github-forbidden', remedy: `${permission} (a job-level block replaces the workflow-level one entirely)` };
        case 404:
            return { code: 'github-not-found', remedy: `it does not exist, or the token may not see it: ${permission}` };
        case 410:
            return { code: 'github-gone', remedy: 'it has expired or was deleted, or the conversation is locked' };
        case 422:
            return { code: 'github-invalid', remedy: 'GitHub refused the content: the commit may be gone after a force-push, or the text too long' };
        default:
            return { code: 'github-refused', remedy: permission };
    }
}

;// CONCATENATED MODULE: ./lib/github/baseline-line.js


const Commit = classic_schemas/* looseObject */._H3({ sha: classic_schemas/* string */.YjP(), parents: classic_schemas/* array */.YOg(classic_schemas/* looseObject */._H3({ sha: classic_schemas/* string */.YjP() })) });
const Comparison = classic_schemas/* looseObject */._H3({ merge_base_commit: classic_schemas/* looseObject */._H3({ sha: classic_schemas/* string */.YjP() }) });
const needs = 'contents: read';
const maxPages = 3;
/** Finds the commit that a run is measured against and its first-parent ancestors, a few hundred at most. @throws PublishError only for a refused token */
async function readBaselineLine(client, target) {
    const { branch } = target;
    const notes = [];
    if (target.kind === 'latest')
        return { commits: [], branch, notes };
    const start = await resolveStart(client, target, notes);
    const shas = await firstParents(client, start, notes);
    const line = shas.map((sha, distance) => ({ sha, distance }));
    return { commits: target.kind === 'before' ? line.slice(1) : line, branch, notes };
}
async function resolveStart(client, target, notes) {
    switch (target.kind) {
        case 'commit':
        case 'before':
            return target.sha;
        case 'first-parent':
            return orFallback(target.fallback, notes, async () => {
                const { parents } = Commit.parse(await client.get(`commits/${encodeURIComponent(target.of)}`, { per_page: 1 }, { needs }));
                return parents.length > 1 ? parents[0]?.sha : undefined;
            });
        case 'merge-base':
            return orFallback(target.fallback, notes, async () => {
                const range = `${encodeURIComponent(target.base)}...${encodeURIComponent(target.head)}`;
                return Comparison.parse(await client.get(`compare/${range}`, { per_page: 1 }, { needs })).merge_base_commit.sha;
            });
    }
}
async function orFallback(fallback, notes, read) {
    try {
        const sha = await read();
        if (sha !== undefined)
            return sha;
    }
    catch (error) {
        if (!isAbsent(error))
            throw error;
    }
    notes.push('the base that was merged could not be looked up; the base commit of the pull request was used');
    return fallback;
}
/** GitHub lists every reachable commit; the walk picks the first parents out of it. */
async function firstParents(client, start, notes) {
    const line = [start];
    const parents = new Map();
    let next = start;
    for (let page = 1; page <= maxPages && next !== undefined; page++) {
        const commits = await readCommits(client, start, page);
        if (!commits) {
            notes.push(`commit ${start.slice(0, 7)} cannot be read any more, after a force-push for example`);
            break;
        }
        for (const commit of commits)
            parents.set(commit.sha, commit.parents[0]?.sha);
        while (next !== undefined && parents.has(next)) {
            next = parents.get(next);
            if (next !== undefined)
                line.push(next);
        }
        if (commits.length < 100)
            break;
    }
    return line;
}
async function readCommits(client, sha, page) {
    try {
        return classic_schemas/* array */.YOg(Commit).parse(await client.get('commits', { sha, per_page: 100, page }, { needs }));
    }
    catch (error) {
        if (isAbsent(error))
            return undefined;
        throw error;
    }
}
function isAbsent(error) {
    return error instanceof classic_errors/* ZodError */.G || (error instanceof PublishError && [404, 409, 422].includes(error.status ?? 0));
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js
var api = __webpack_require__(3759);
;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/coerce.js


function string(params) {
    return core._coercedString(schemas.ZodString, params);
}
function number(params) {
    return api/* _coercedNumber */.qG(classic_schemas/* ZodNumber */.rSt, params);
}
function coerce_boolean(params) {
    return core._coercedBoolean(schemas.ZodBoolean, params);
}
function bigint(params) {
    return core._coercedBigint(schemas.ZodBigInt, params);
}
function date(params) {
    return core._coercedDate(schemas.ZodDate, params);
}

;// CONCATENATED MODULE: ./lib/github/event.js


const sha = classic_schemas/* string */.YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'not a commit sha');
const repository = classic_schemas/* looseObject */._H3({ id: classic_schemas/* int */.Whr().optional(), full_name: classic_schemas/* string */.YjP(), default_branch: classic_schemas/* string */.YjP().optional() });
const pullRequest = classic_schemas/* looseObject */._H3({
    number: classic_schemas/* int */.Whr().positive(),
    head: classic_schemas/* looseObject */._H3({ sha, repo: classic_schemas/* looseObject */._H3({ full_name: classic_schemas/* string */.YjP() }).nullish() }),
    base: classic_schemas/* looseObject */._H3({ sha, ref: classic_schemas/* string */.YjP() }),
});
const workflowRun = classic_schemas/* looseObject */._H3({
    id: classic_schemas/* int */.Whr(),
    run_attempt: classic_schemas/* int */.Whr().optional(),
    head_sha: sha,
    head_branch: classic_schemas/* string */.YjP().nullish(),
    head_repository: classic_schemas/* looseObject */._H3({ full_name: classic_schemas/* string */.YjP() }).nullish(),
    event: classic_schemas/* string */.YjP(),
    conclusion: classic_schemas/* string */.YjP().nullish(),
});
const payloads = {
    pull_request: classic_schemas/* looseObject */._H3({ pull_request: pullRequest }),
    pull_request_target: classic_schemas/* looseObject */._H3({ pull_request: pullRequest }),
    merge_group: classic_schemas/* looseObject */._H3({ merge_group: classic_schemas/* looseObject */._H3({ head_sha: sha, base_sha: sha, base_ref: classic_schemas/* string */.YjP() }) }),
    push: classic_schemas/* looseObject */._H3({ before: classic_schemas/* string */.YjP().optional(), after: classic_schemas/* string */.YjP().optional() }),
    workflow_run: classic_schemas/* looseObject */._H3({ workflow_run: workflowRun }),
};
const environment = classic_schemas/* looseObject */._H3({
    GITHUB_REPOSITORY: classic_schemas/* string */.YjP().regex(/^[^/\s]+\/[^/\s]+$/, 'not owner/name'),
    GITHUB_SHA: sha,
    GITHUB_RUN_ID: number().int().positive(),
    GITHUB_RUN_ATTEMPT: number().int().positive().default(1),
});
/** Reads the facts of a workflow event. @throws ToolError `event-invalid` that names what is missing. */
function readEvent({ env, payload, checkedOutSha }) {
    const name = env.GITHUB_EVENT_NAME;
    if (!name)
        throw invalidEvent([{ message: 'GITHUB_EVENT_NAME is not set' }]);
    const facts = parsePart(environment, env, '');
    const body = parsePart(classic_schemas/* looseObject */._H3({ repository: repository.optional() }), payload, 'event');
    const [owner = '', repo = ''] = facts.GITHUB_REPOSITORY.split('/');
    const defaultBranch = body.repository?.default_branch ?? (name === 'schedule' ? branchOf(env) : undefined) ?? 'main';
    const isDependabot = env.GITHUB_ACTOR === 'dependabot[bot]';
    const special = readKind({ name, payload, sha: facts.GITHUB_SHA, repository: facts.GITHUB_REPOSITORY, env, defaultBranch, checkedOutSha });
    const isFork = special.pullRequest?.isFork ?? false;
    const workflowPath = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1];
    return {
        name,
        owner,
        repo,
        sha: facts.GITHUB_SHA,
        isDependabot,
        defaultBranch,
        mayPublish: !isFork && !isDependabot,
        mayBecomeBaseline: baselineEvents.has(name) && !isDependabot,
        runId: facts.GITHUB_RUN_ID,
        runAttempt: facts.GITHUB_RUN_ATTEMPT,
        apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
        serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
        ...(body.repository?.id === undefined ? {} : { repositoryId: body.repository.id }),
        ...(env.GITHUB_REF ? { ref: env.GITHUB_REF } : {}),
        ...(workflowPath === undefined ? {} : { workflowPath }),
        ...special,
    };
}
/** Events whose runs may serve as a baseline: their code is already on a branch of this repository. */
const baselineEvents = new Set(['push', 'schedule', 'workflow_dispatch', 'merge_group']);
/**
 * Refuses events that bring secrets together with code or text of a stranger.
 * @throws ToolError `event-refused`
 */
function assertMayRun(name) {
    const why = refusedEvents[name];
    if (why === undefined)
        return;
    throw new ToolError({
        code: 'event-refused',
        message: `mode "run" does not work on ${name}: ${why}`,
        remedy: 'run on `pull_request` (read-only for forks) and post its report with `mode: publish` on `workflow_run`; see docs/github.md',
    });
}
const refusedEvents = {
    pull_request_target: 'it has the secrets of the repository, and the config and code of a pull request could send them anywhere',
    workflow_run: 'it has the secrets of the repository and must not execute what a pull request made',
    issue_comment: 'anyone who can comment could start it with the secrets of the repository',
};
function readKind(input) {
    switch (input.name) {
        case 'pull_request':
        case 'pull_request_target':
            return readPullRequest(input.name, input);
        case 'merge_group': {
            const group = parsePart(payloads.merge_group, input.payload, 'event').merge_group;
            const branch = group.base_ref.replace(/^refs\/heads\//, '');
            return { kind: 'merge_group', headSha: group.head_sha, baselineTarget: { kind: 'commit', sha: group.base_sha, branch } };
        }
        case 'push':
            return readPush(input);
        case 'schedule':
            return { kind: 'schedule', headSha: input.sha, baselineTarget: { kind: 'latest', branch: branchOf(input.env) ?? input.defaultBranch } };
        case 'workflow_run':
            return readWorkflowRun(input);
        default: {
            const kind = input.name === 'workflow_dispatch' ? 'workflow_dispatch' : 'other';
            return { kind, headSha: input.sha, baselineTarget: { kind: 'before', sha: input.sha, branch: branchOf(input.env) ?? input.defaultBranch } };
        }
    }
}
function readPullRequest(name, input) {
    const { number, head, base } = parsePart(payloads[name], input.payload, 'event').pull_request;
    const isFork = head.repo?.full_name.toLowerCase() !== input.repository.toLowerCase();
    const common = { fallback: base.sha, branch: base.ref };
    const isHeadCheckedOut = name === 'pull_request_target' || input.checkedOutSha === head.sha;
    const baselineTarget = isHeadCheckedOut
        ? { kind: 'merge-base', base: base.ref, head: head.sha, ...common }
        : { kind: 'first-parent', of: input.sha, ...common };
    return { kind: name, headSha: head.sha, baselineTarget, pullRequest: { number, headSha: head.sha, baseRef: base.ref, isFork } };
}
function readPush(input) {
    const { before, after } = parsePart(payloads.push, input.payload, 'event');
    const headSha = after && sha.safeParse(after).success && !isZero(after) ? after : input.sha;
    const branch = branchOf(input.env) ?? input.defaultBranch;
    const isKnown = before !== undefined && sha.safeParse(before).success && !isZero(before);
    return { kind: 'push', headSha, baselineTarget: isKnown ? { kind: 'commit', sha: before, branch } : { kind: 'before', sha: headSha, branch } };
}
function readWorkflowRun(input) {
    const run = parsePart(payloads.workflow_run, input.payload, 'event').workflow_run;
    const triggeringRun = {
        id: run.id,
        attempt: run.run_attempt ?? 1,
        headSha: run.head_sha,
        headBranch: run.head_branch ?? '',
        event: run.event,
        ...(run.head_repository ? { headRepository: run.head_repository.full_name } : {}),
        ...(run.conclusion ? { conclusion: run.conclusion } : {}),
    };
    return { kind: 'workflow_run', headSha: run.head_sha, baselineTarget: { kind: 'latest', branch: input.defaultBranch }, triggeringRun };
}
function branchOf(env) {
    return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1];
}
function isZero(value) {
    return /^0+$/.test(value);
}
function parsePart(schema, value, where) {
    const parsed = schema.safeParse(value);
    if (parsed.success)
        return parsed.data;
    throw invalidEvent(parsed.error.issues.map((issue) => ({ field: [where, ...issue.path].filter((part) => part !== '').join('.'), message: issue.message })));
}
function invalidEvent(problems) {
    const [first] = problems;
    return new errors/* ToolError */.v4({
        code: 'event-invalid',
        message: `the workflow event cannot be read: ${first?.field ? `${first.field}: ` : ''}${first?.message ?? 'empty'}`,
        remedy: 'run inside a GitHub workflow, or use the command line outside of one',
        problems,
    });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/unzip.js

/** Caps on what an archive may claim; what it really holds is measured again while it is read. */
const unzipCaps = {
    entries: 64,
    totalBytes: 256 * 1024 * 1024,
    textBytes: 64 * 1024 * 1024,
    /** A larger ratio is a bomb, above a size that small repetitive files reach honestly. */
    ratio: 200,
    ratioFromBytes: 10 * 1024 * 1024,
};
/**
 * Reads named entries of a zip in memory and never anything else: no name of the archive becomes a path.
 * Other plain entries stay unread; one hostile entry refuses the whole archive.
 * @throws ToolError `archive-refused`
 */
async function unzip(zip, targets) {
    const { fromBufferPromise, validateFileName } = await __webpack_require__.e(/* import() */ 663).then(__webpack_require__.t.bind(__webpack_require__, 663, 19));
    const result = { texts: new Map(), files: new Set() };
    try {
        const archive = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), { lazyEntries: true, strictFileNames: true });
        const entries = await checkEntries(archive, validateFileName);
        for (const entry of entries) {
            const file = targets.files && Object.hasOwn(targets.files, entry.fileName) ? targets.files[entry.fileName] : undefined;
            if (file !== undefined) {
                await writeEntry(archive, entry, file);
                result.files.add(entry.fileName);
            }
            else if (targets.texts?.includes(entry.fileName)) {
                result.texts.set(entry.fileName, await readEntry(archive, entry));
            }
        }
    }
    catch (error) {
        throw error instanceof errors/* ToolError */.v4 ? error : refuse((0,errors/* messageOf */.bD)(error));
    }
    return result;
}
async function checkEntries(archive, validateFileName) {
    if (archive.entryCount > unzipCaps.entries)
        throw refuse(`${archive.entryCount} entries, more than ${unzipCaps.entries}`);
    const entries = [];
    const names = new Set();
    let total = 0;
    for await (const entry of archive.eachEntry()) {
        const problem = entryProblem(entry) ?? validateFileName(entry.fileName);
        if (problem)
            throw refuse(`${JSON.stringify(entry.fileName.slice(0, 100))}: ${problem}`);
        const key = entry.fileName.normalize('NFC').toLowerCase();
        if (names.has(key))
            throw refuse(`${JSON.stringify(entry.fileName)} is there twice`);
        names.add(key);
        total += entry.uncompressedSize;
        if (total > unzipCaps.totalBytes)
            throw refuse(`more than ${unzipCaps.totalBytes} bytes`);
        entries.push(entry);
    }
    return entries;
}
function entryProblem(entry) {
    if (entry.isEncrypted())
        return 'is encrypted';
    if (/[\p{Cc}\\:]/u.test(entry.fileName))
        return 'has a forbidden character in its name';
    const unixMode = entry.versionMadeBy >>> 8 === 3 ? (entry.externalFileAttributes >>> 16) & 0o170000 : 0;
    if (unixMode !== 0 && unixMode !== 0o100000 && unixMode !== 0o040000)
        return 'is not a plain file';
    const { compressedSize, uncompressedSize } = entry;
    if (uncompressedSize > unzipCaps.ratioFromBytes && uncompressedSize > compressedSize * unzipCaps.ratio)
        return 'is packed too tightly';
    return undefined;
}
async function writeEntry(archive, entry, path) {
    const { createWriteStream } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 3024, 19));
    const { pipeline } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 6466, 19));
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}
async function readEntry(archive, entry) {
    if (entry.uncompressedSize > unzipCaps.textBytes)
        throw refuse(`${JSON.stringify(entry.fileName)} is larger than ${unzipCaps.textBytes} bytes`);
    const chunks = [];
    for await (const chunk of await archive.openReadStreamPromise(entry))
        chunks.push(chunk);
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
function refuse(why) {
    return new errors/* ToolError */.v4({
        code: 'archive-refused',
        message: `the artifact archive is refused: ${why}`,
        remedy: 'it was not made by this action, or was changed; delete the artifact',
        exitCode: errors/* ExitCode */.yU.incomplete,
    });
}

;// CONCATENATED MODULE: ./lib/github/stored-runs.js




/** An artifact of a workflow run, as GitHub lists it. */
const StoredArtifact = classic_schemas/* looseObject */._H3({
    id: classic_schemas/* int */.Whr(),
    name: classic_schemas/* string */.YjP(),
    expired: classic_schemas/* boolean */.zMY(),
    expires_at: classic_schemas/* string */.YjP().nullish(),
    digest: classic_schemas/* string */.YjP().nullish(),
    workflow_run: classic_schemas/* looseObject */._H3({
        id: classic_schemas/* int */.Whr(),
        repository_id: classic_schemas/* int */.Whr().nullish(),
        head_repository_id: classic_schemas/* int */.Whr().nullish(),
        head_branch: classic_schemas/* string */.YjP().nullish(),
        head_sha: classic_schemas/* string */.YjP().nullish(),
    })
        .nullish(),
});
const StoredRun = classic_schemas/* looseObject */._H3({
    id: classic_schemas/* int */.Whr(),
    event: classic_schemas/* string */.YjP(),
    path: classic_schemas/* string */.YjP().nullish(),
    html_url: classic_schemas/* string */.YjP().optional(),
    head_branch: classic_schemas/* string */.YjP().nullish(),
    head_sha: classic_schemas/* string */.YjP(),
    created_at: classic_schemas/* string */.YjP().optional(),
    run_started_at: classic_schemas/* string */.YjP().nullish(),
    repository: classic_schemas/* looseObject */._H3({ id: classic_schemas/* int */.Whr() }).nullish(),
    head_repository: classic_schemas/* looseObject */._H3({ id: classic_schemas/* int */.Whr() }).nullish(),
});
/** Bytes of one packed artifact. */
const maxArtifactBytes = 200 * 1024 * 1024;
const stored_runs_needs = 'actions: read';
/** Artifacts with exactly this name in the whole repository, newest id first, five hundred at most. @throws PublishError */
async function listArtifacts(client, name) {
    return parseArtifacts(await client.list('actions/artifacts', { name }, { needs: stored_runs_needs, maxPages: 5, key: 'artifacts' }));
}
/** Artifacts of one run, newest id first. @throws PublishError */
async function listRunArtifacts(client, runId, name) {
    const query = name === undefined ? {} : { name };
    return parseArtifacts(await client.list(`actions/runs/${runId}/artifacts`, query, { needs: stored_runs_needs, maxPages: 3, key: 'artifacts' }));
}
/** @throws PublishError */
async function readRun(client, runId) {
    return StoredRun.parse(await client.get(`actions/runs/${runId}`, {}, { needs: stored_runs_needs }));
}
/**
 * Downloads one artifact and reads named entries of it.
 * @throws ToolError `artifact-digest` when the bytes are not those that were uploaded; `archive-refused`; PublishError
 */
async function openArtifact(client, artifact, targets) {
    const bytes = await client.download(`actions/artifacts/${artifact.id}/zip`, { needs: stored_runs_needs, maxBytes: maxArtifactBytes });
    if (artifact.digest) {
        const digest = `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
        if (artifact.digest.toLowerCase() !== digest) {
            throw new errors/* ToolError */.v4({
                code: 'artifact-digest',
                message: `artifact ${artifact.id} does not match its digest: its bytes are not those that were uploaded`,
                remedy: 'delete the artifact, or name another baseline',
                exitCode: errors/* ExitCode */.yU.incomplete,
            });
        }
    }
    return unzip(bytes, targets);
}
function parseArtifacts(entries) {
    return entries.flatMap((entry) => StoredArtifact.safeParse(entry).data ?? []).sort((a, b) => b.id - a.id);
}

;// CONCATENATED MODULE: ./lib/github/baseline.js






/** Runs that are pooled. */
const maxRuns = 5;
/** Runs that are looked at before giving up. */
const maxTries = 25;
/**
 * Finds baseline runs by REST alone: named run or commit, else the target commit, its nearest first-parent ancestor,
 * the tip of the base branch, the tip of the default branch. Says in words why there is none.
 * @throws ToolError when a run or commit that was named has none, or when all that is left is damaged.
 */
async function findGitHubBaseline(search) {
    const notes = [];
    try {
        if (search.wanted.kind !== 'auto')
            return await findNamed(search, search.wanted, notes);
        return await findAutomatically(search, notes);
    }
    catch (error) {
        if (!(error instanceof PublishError) || search.wanted.kind !== 'auto')
            throw error;
        const found = none(`GitHub could not be asked: ${error.message}; ${error.remedy}`, notes);
        return { ...found, info: { ...found.info, isUnreadable: true } };
    }
}
async function findAutomatically(search, notes) {
    const { client, event, artifactName } = search;
    const listed = await listTwice(search, () => listArtifacts(client, artifactName));
    const others = listed.filter(({ workflow_run }) => workflow_run?.id !== event.runId);
    const own = others.filter(isOfThisRepository);
    if (others.length > own.length)
        notes.push(`${count(others.length - own.length, 'artifact')} of forks left out`);
    const alive = newestByRun(own.filter(({ expired }) => !expired));
    if (alive.length === 0)
        return none(whyNothing(artifactName, own.length, others.length), notes);
    const line = await readBaselineLine(client, event.baselineTarget);
    notes.push(...line.notes);
    let damaged;
    let tries = 0;
    for (const phase of phases(alive, line, event)) {
        const accepted = [];
        for (const candidate of phase) {
            if (accepted.length >= maxRuns || ++tries > maxTries)
                break;
            const outcome = await tryCandidate(search, candidate, true);
            if (outcome.accepted)
                accepted.push(outcome.accepted);
            else
                notes.push(outcome.why);
            damaged ??= outcome.damaged;
        }
        if (accepted.length > 0)
            return describe(search, accepted, notes);
    }
    if (damaged)
        throw damaged;
    return none(`${count(alive.length, 'stored run')} of "${artifactName}", none of them usable: ${notes.at(-1) ?? 'none on the base or default branch'}`, notes);
}
async function findNamed(search, wanted, notes) {
    const { client, artifactName } = search;
    const named = wanted.kind === 'run' ? `run ${wanted.runId}` : `commit ${wanted.sha}`;
    const listed = wanted.kind === 'run' ? await listRunArtifacts(client, wanted.runId, artifactName) : await listArtifacts(client, artifactName);
    const matching = listed.filter((artifact) => wanted.kind === 'run' || (artifact.workflow_run?.head_sha?.startsWith(wanted.sha.toLowerCase()) ?? false));
    const alive = newestByRun(matching.filter(({ expired }) => !expired));
    const accepted = [];
    for (const artifact of alive.slice(0, wanted.kind === 'run' ? 1 : maxRuns)) {
        const outcome = isOfThisRepository(artifact)
            ? await tryCandidate(search, { artifact, kind: 'exact' }, false)
            : { why: `artifact ${artifact.id} was made by a fork` };
        if (outcome.accepted)
            accepted.push(outcome.accepted);
        else
            notes.push(outcome.why);
    }
    if (accepted.length > 0)
        return describe(search, accepted, notes);
    const why = matching.length === 0 ? `there is no artifact "${artifactName}"` : alive.length === 0 ? 'its artifact has expired' : notes.join('; ');
    throw new errors/* ToolError */.v4({
        code: 'baseline-not-found',
        message: `the baseline of ${named} cannot be used: ${why}`,
        remedy: 'name another run or commit, or use `baseline: auto`',
        exitCode: errors/* ExitCode */.yU.incomplete,
    });
}
/** Groups of candidates; the first group with a usable run is the baseline, and only its runs are pooled. */
function phases(artifacts, line, event) {
    const along = line.commits.flatMap(({ sha, distance }) => artifacts
        .filter(({ workflow_run }) => workflow_run?.head_sha === sha)
        .map((artifact) => ({ artifact, distance, kind: distance === 0 ? 'exact' : 'ancestor' })));
    const tip = (branch, kind) => artifacts
        .filter(({ workflow_run }) => workflow_run?.head_branch === branch)
        .map((artifact) => ({
        artifact,
        kind: event.baselineTarget.kind === 'latest' && artifact.workflow_run?.head_sha === event.sha ? 'exact' : kind,
    }));
    const base = tip(line.branch, line.branch === event.defaultBranch ? 'default-tip' : 'base-tip');
    const fallback = line.branch === event.defaultBranch ? [] : tip(event.defaultBranch, 'default-tip');
    return [along, base, fallback];
}
async function tryCandidate(search, candidate, isSearched) {
    const { client, event, suite } = search;
    const { artifact } = candidate;
    const runId = artifact.workflow_run?.id ?? 0;
    const label = `run ${runId}`;
    try {
        const run = await readRun(client, runId);
        const distrust = whyNotTrusted(run, event, isSearched);
        if (distrust)
            return { why: `${label} was left out: ${distrust}` };
        const path = (0,external_node_path_.join)(search.tmpDir, `baseline-${artifact.id}.jsonl`);
        const { files } = await openArtifact(client, artifact, { files: { 'run.jsonl': path } });
        if (!files.has('run.jsonl'))
            return { why: `${label} was left out: it has no run.jsonl` };
        const index = await search.readRunIndex(path);
        if (!index.header || index.header.suite !== suite)
            return { why: `${label} was left out: it is of another suite` };
        if (!index.end)
            return { why: `${label} was left out: it did not finish` };
        return { accepted: { ...candidate, run, path } };
    }
    catch (error) {
        if (error instanceof PublishError && [401, 403].includes(error.status ?? 0))
            throw error;
        const isDamaged = error instanceof errors/* ToolError */.v4 && error.code === 'artifact-digest';
        return { why: `${label} was left out: ${(0,errors/* messageOf */.bD)(error)}`, ...(isDamaged ? { damaged: error } : {}) };
    }
}
/** A run is trusted when its code was on a branch of this repository and it is of the workflow that now asks. */
function whyNotTrusted(run, event, isSearched) {
    if (!run.repository || run.head_repository?.id !== run.repository.id)
        return 'it ran code of a fork';
    if (!isSearched)
        return undefined;
    if (!baselineEvents.has(run.event))
        return `a run on ${run.event} is never a baseline`;
    const path = run.path?.split('@')[0];
    if (event.workflowPath !== undefined && path !== undefined && path !== event.workflowPath) {
        return `it is of another workflow file (${path}, not ${event.workflowPath})`;
    }
    return undefined;
}
function isOfThisRepository({ workflow_run: run }) {
    return typeof run?.repository_id === 'number' && run.head_repository_id === run.repository_id;
}
/** A re-run may leave several artifacts of one name: the newest id stands. */
function newestByRun(artifacts) {
    const seen = new Set();
    return artifacts.filter(({ workflow_run: run }) => {
        if (!run || seen.has(run.id))
            return false;
        seen.add(run.id);
        return true;
    });
}
function describe({ event, now = Date.now }, accepted, notes) {
    const [first] = accepted;
    if (!first)
        return none('no usable run', notes);
    const { run, artifact, kind, distance } = first;
    const startedAt = Date.parse(run.run_started_at ?? run.created_at ?? '');
    const expiresIn = Date.parse(artifact.expires_at ?? '') - now();
    const expiryDays = Math.ceil(expiresIn / 86_400_000);
    if (expiryDays <= 7)
        notes.push(`this baseline expires in ${count(expiryDays, 'day')}; a run of the base branch renews it`);
    if (event.kind === 'schedule' && run.head_sha === event.sha)
        notes.push('same commit: a change is drift of the endpoint, the model or the data');
    const info = {
        kind,
        reason: reasons[kind],
        sha: run.head_sha,
        runs: accepted.length,
        url: run.html_url ?? `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/${run.id}`,
        ...(run.head_branch ? { ref: run.head_branch } : {}),
        ...(distance === undefined ? {} : { distance }),
        ...(Number.isFinite(startedAt) ? { ageHours: Math.max(0, (now() - startedAt) / 3_600_000) } : {}),
        ...(notes.length > 0 ? { notes } : {}),
    };
    return { info, runLogs: accepted.map(({ path }) => path) };
}
const reasons = {
    path: 'named files',
    exact: 'a run of exactly the commit to compare with',
    ancestor: 'the nearest ancestor with a run',
    'base-tip': 'the newest run of the base branch: no ancestor has one',
    'default-tip': 'the newest run of the default branch',
    none: 'none',
};
function none(reason, notes) {
    return { info: { kind: 'none', reason, runs: 0, ...(notes.length > 0 ? { notes } : {}) }, runLogs: [] };
}
function whyNothing(name, own, others) {
    if (own > 0)
        return `${count(own, 'stored run')} of "${name}" found, all expired; run the workflow on the base branch, and raise retention-days`;
    if (others > 0)
        return `the only artifacts "${name}" were made by forks`;
    return `first run: no earlier run has stored "${name}"; the next run of the base branch becomes the baseline`;
}
async function listTwice({ retryEmptyAfterMs = 1000 }, list) {
    const first = await list();
    if (first.length > 0)
        return first;
    await new Promise((resolve) => setTimeout(resolve, retryEmptyAfterMs));
    return list();
}
function count(n, noun) {
    return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/github/client.js

const defaultLimits = { tries: 4, maxWaitMs: 90_000, requestTimeoutMs: 30_000, maxRequests: 400 };
/** The only importer of octokit, which is loaded with the first request. Writes go out one after the other. */
function createGitHubClient(options) {
    const { owner, repo } = options;
    const send = createSender(options);
    const serial = createQueue();
    return {
        owner,
        repo,
        get: async (path, query = {}, call = {}) => (await send('GET', path, query, call)).data,
        list: (path, query, call) => listPages(send, path, query, call),
        create: (path, body, call = {}) => serial(async () => (await send('POST', path, body, call)).data),
        update: (path, body, call = {}) => serial(async () => (await send('PATCH', path, body, call)).data),
        remove: (path, call = {}) => serial(async () => void (await send('DELETE', path, {}, call))),
        async download(path, call) {
            const reply = await send('GET', path, {}, { ...call, manualRedirect: true });
            const location = reply.headers.location;
            if (typeof location !== 'string') {
                throw explainFailure({ method: 'GET', path, status: reply.status, detail: 'no redirect to the content', isRateLimit: false });
            }
            return downloadBlob(location, call.maxBytes, options);
        },
    };
}
async function listPages(send, path, query, options) {
    const entries = [];
    for (let page = 1; page <= options.maxPages; page++) {
        const { data } = await send('GET', path, { ...query, per_page: 100, page }, options);
        const list = options.key !== undefined && isRecord(data) ? data[options.key] : data;
        // Not an empty list: a proxy's error page must never be taken for "there is nothing".
        if (!Array.isArray(list))
            throw explainFailure({ method: 'GET', path, detail: 'the reply is not a list', isRateLimit: false });
        entries.push(...list);
        if (list.length < 100)
            break;
    }
    return entries;
}
function createSender(options) {
    const limits = { ...defaultLimits, ...options.limits };
    const sleep = options.sleep ?? sleepUntil;
    const octokit = once(() => loadOctokit(options));
    let requests = 0;
    return async (method, path, values, call) => {
        const url = path.startsWith('/') ? path : `/repos/${options.owner}/${options.repo}/${path}`;
        for (let attempt = 1;; attempt++) {
            if (++requests > limits.maxRequests) {
                throw new PublishError({
                    code: 'github-too-many-requests',
                    message: `more than ${limits.maxRequests} requests to GitHub in one run`,
                    remedy: 'split the suites over several jobs',
                });
            }
            const client = await octokit();
            const timeout = AbortSignal.timeout(limits.requestTimeoutMs);
            const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
            try {
                const request = { signal, ...(call.manualRedirect ? { redirect: 'manual' } : {}) };
                return await client.request(`${method} ${url}`, { ...values, request, headers: { 'x-github-api-version': '2022-11-28' } });
            }
            catch (error) {
                const failed = readFailure(error);
                const explained = () => explainFailure({ method, path: url, ...failed, ...pickNeeds(call), cause: error });
                const wait = waitBeforeRetry({ method, failed, attempt, limits, options });
                if (wait === undefined || options.signal?.aborted)
                    throw explained();
                if (wait > 5000)
                    options.onNotice?.(`GitHub asked to wait ${Math.ceil(wait / 1000)} s before ${method} ${url}`);
                await sleep(wait, options.signal).catch(() => {
                    throw explained();
                });
            }
        }
    };
}
function pickNeeds(call) {
    return call.needs === undefined ? {} : { needs: call.needs };
}
async function loadOctokit(options) {
    const { Octokit } = await __webpack_require__.e(/* import() */ 891).then(__webpack_require__.bind(__webpack_require__, 891));
    const silent = () => { };
    return new Octokit({
        auth: options.token,
        baseUrl: options.apiUrl.replace(/\/+$/, ''),
        userAgent: 'agent-regress',
        log: { debug: silent, info: silent, warn: silent, error: silent },
    });
}
/** Octokit reports a network failure as status 500 without a response. */
function readFailure(error) {
    const response = isRecord(error) && isRecord(error.response) ? error.response : undefined;
    const detail = error instanceof Error ? error.message : String(error);
    if (!response)
        return { detail, isRateLimit: false, headers: {} };
    const status = typeof response.status === 'number' ? response.status : 500;
    const headers = isRecord(response.headers) ? response.headers : {};
    const isRateLimit = status === 429 ||
        (status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(detail)));
    return { status, detail, isRateLimit, headers };
}
/** Milliseconds, or undefined when the request must not be sent again. */
function waitBeforeRetry(input) {
    const { method, failed, attempt, limits, options } = input;
    if (attempt >= limits.tries)
        return undefined;
    const jitter = 0.5 + (options.random ?? Math.random)() / 2;
    if (failed.isRateLimit) {
        const wait = rateLimitWait(failed.headers, attempt, (options.now ?? Date.now)());
        return wait <= limits.maxWaitMs ? wait : undefined;
    }
    const isTransient = failed.status === undefined || failed.status >= 500;
    return isTransient && method !== 'POST' ? 500 * 2 ** (attempt - 1) * jitter : undefined;
}
/** Order of GitHub's own advice: retry-after, then the reset time, then a minute that grows. */
function rateLimitWait(headers, attempt, now) {
    const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
    if (Number.isFinite(retryAfter) && retryAfter >= 0)
        return retryAfter * 1000;
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset))
        return Math.max(0, reset * 1000 - now) + 1000;
    return 60_000 * 2 ** (attempt - 1);
}
async function downloadBlob(location, maxBytes, options) {
    const timeout = AbortSignal.timeout(300_000);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    const where = new URL(location).origin;
    try {
        const response = await fetch(location, { signal });
        if (!response.ok || !response.body) {
            throw explainFailure({ method: 'GET', path: where, status: response.status, detail: 'the content is not available', isRateLimit: false });
        }
        return await readCapped(response.body, maxBytes, where);
    }
    catch (error) {
        if (error instanceof PublishError)
            throw error;
        throw explainFailure({
            method: 'GET',
            path: where,
            detail: error instanceof Error ? error.message : String(error),
            isRateLimit: false,
            cause: error,
        });
    }
}
async function readCapped(body, maxBytes, where) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        size += chunk.length;
        if (size > maxBytes) {
            throw new PublishError({ code: 'download-too-large', message: `${where} sent more than ${maxBytes} bytes`, remedy: 'use a smaller run log' });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
}
function createQueue() {
    let last = Promise.resolve();
    return (task) => {
        const next = last.then(task, task);
        last = next.catch(() => { });
        return next;
    };
}
function once(load) {
    let loaded;
    return () => {
        loaded ??= load();
        return loaded;
    };
}
async function sleepUntil(ms, signal) {
    const { setTimeout: wait } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8500, 19));
    await wait(ms, undefined, signal ? { signal } : {});
}
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}

;// CONCATENATED MODULE: ./lib/github/suite-slug.js

/** A name for markers and artifacts, `[a-z0-9._-]`: the suite itself where it fits, else with a digest so that two suites never share one. */
function suiteSlug(suite) {
    if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(suite))
        return suite;
    const plain = suite
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[-._]+|[-._]+$/g, '')
        .slice(0, 60);
    const digest = (0,external_node_crypto_.createHash)('sha256').update(suite).digest('hex').slice(0, 8);
    return plain === '' ? `suite-${digest}` : `${plain}-${digest}`;
}
const defaultArtifactPrefix = 'agent-regress';
/** The one name that every run of a suite stores under, so that a baseline is found with one request. */
function artifactNameOf(prefix, suite) {
    return `${prefix}-${suiteSlug(suite)}`;
}

;// CONCATENATED MODULE: ./lib/github/baseline-from-environment.js










/** The event that GITHUB_EVENT_PATH holds. @throws ToolError `event-invalid` for a file that is missing or malformed. */
async function readEventFromEnvironment(env) {
    const checkedOutSha = (0,git/* readGit */.l)(env.GITHUB_WORKSPACE || '.')?.sha;
    return readEvent({ env, payload: await readPayload(env.GITHUB_EVENT_PATH), ...(checkedOutSha === undefined ? {} : { checkedOutSha }) });
}
/** For a shell step with GITHUB_TOKEN: the same search as the action's. @throws ToolError */
async function findBaselineFromEnvironment(config, env) {
    const event = await readEventFromEnvironment(env);
    const client = createGitHubClient({ token: env.GITHUB_TOKEN ?? '', apiUrl: event.apiUrl, owner: event.owner, repo: event.repo });
    return findBaselineForSuite({ client, event, config, artifactName: artifactNameOf(defaultArtifactPrefix, config.suite) });
}
/** Searches for `auto`, `run` and `sha`; downloads go to a private folder in `tmpRoot`. @throws ToolError */
async function findBaselineForSuite(search) {
    const { client, event, config, artifactName } = search;
    const wanted = config.baseline;
    if (wanted.kind === 'path' || wanted.kind === 'none')
        throw new Error(`baseline ${wanted.kind} is not searched for on GitHub`);
    const tmpDir = await (0,promises_.mkdtemp)((0,external_node_path_.join)(search.tmpRoot || (0,external_node_os_.tmpdir)(), 'agent-regress-'));
    return findGitHubBaseline({ client, event, wanted, suite: config.suite, artifactName, tmpDir, readRunIndex: run_log_file/* readRunIndex */.su });
}
async function readPayload(path) {
    const invalid = (why) => new errors/* ToolError */.v4({
        code: 'event-invalid',
        message: `the workflow event cannot be read: ${why}`,
        remedy: 'run inside a GitHub workflow, or use the command line outside of one',
    });
    if (!path)
        throw invalid('GITHUB_EVENT_PATH is not set');
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        throw invalid((0,errors/* messageOf */.bD)(error));
    }
    try {
        return JSON.parse(text);
    }
    catch {
        throw invalid(`${path} is not JSON`);
    }
}


/***/ })

};
