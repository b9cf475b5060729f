export const id = 196;
export const ids = [196];
export const modules = {

/***/ 8196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  closeOpenChecks: () => (/* binding */ closeOpenChecks)
});

;// CONCATENATED MODULE: ./lib/errors.js
/** Exit codes of every face. Disjoint: a number never means two things. */
const errors_ExitCode = {
    pass: 0,
    regression: 1,
    usage: 2,
    incomplete: 3,
    internal: 4,
    interrupted: 130,
    terminated: 143,
};
/**
 * A problem that the user can fix. Faces print `message`, `remedy` and every entry of `problems`
 * without a stack, and exit with `exitCode`. Anything that is not a ToolError is a bug of ours.
 */
class errors_ToolError extends Error {
    /** Stable kebab-case identifier, such as `config-invalid`. */
    code;
    exitCode;
    remedy;
    problems;
    constructor(options) {
        super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = 'ToolError';
        this.code = options.code;
        this.exitCode = options.exitCode ?? errors_ExitCode.usage;
        this.remedy = options.remedy;
        this.problems = options.problems ?? [];
    }
}
/** The message of anything thrown, for a person; never the stack. */
function errors_messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./lib/github/clamp.js
const encoder = new TextEncoder();
/** UTF-8 bytes of a text. */
function clamp_byteLength(text) {
    return encoder.encode(text).length;
}
/** The longest start of a text that has at most `maxBytes` UTF-8 bytes with the tail included; never half a character. */
function clamp_clampBytes(text, maxBytes, tail = '…') {
    if (clamp_byteLength(text) <= maxBytes)
        return text;
    const room = Math.max(0, maxBytes - clamp_byteLength(tail));
    let end = room;
    const bytes = encoder.encode(text);
    while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80)
        end--;
    const cut = new TextDecoder().decode(bytes.subarray(0, end)) + tail;
    return clamp_byteLength(cut) <= maxBytes ? cut : '';
}

;// CONCATENATED MODULE: ./lib/github/publish-error.js

/** A call to GitHub that did not work, in words that name the missing permission or the next step. */
class publish_error_PublishError extends errors_ToolError {
    /** HTTP status; absent when there was no reply. */
    status;
    /** The request may have been carried out although no good reply came: look before creating again. */
    isAmbiguous;
    constructor(options) {
        super({ ...options, exitCode: errors_ExitCode.incomplete });
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
        return new publish_error_PublishError({ ...common, code: 'github-rate-limited', remedy: 'wait for the rate limit to reset, then re-run the job' });
    }
    if (status === undefined || status >= 500) {
        return new publish_error_PublishError({
            ...common,
            code: 'github-unavailable',
            remedy: 're-run the job; see https://www.githubstatus.com',
            isAmbiguous: method !== 'GET',
        });
    }
    return new publish_error_PublishError({ ...common, ...byStatus(status, failed.needs) });
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

;// CONCATENATED MODULE: ./lib/github/check-run.js



/** GitHub counts the bytes of summary and text, whatever its documentation says of characters. */
const maxSummaryBytes = 65_535;
const annotationsPerRequest = 50;
/** GitHub shows no more in practice; the rest is in the report. */
const maxAnnotations = 200;
const needs = 'checks: write';
const CheckRun = schemas/* looseObject */._H3({ id: schemas/* int */.Whr(), html_url: schemas/* string */.YjP().nullish(), external_id: schemas/* string */.YjP().nullish(), status: schemas/* string */.YjP().optional() });
/** Opens the check run before the first sample is asked. @throws PublishError */
async function check_run_openCheck(request) {
    const { client, name, headSha, externalId, detailsUrl } = request;
    if (request.mode === 'job' && request.jobCheckId !== undefined) {
        const job = CheckRun.parse(await client.get(`check-runs/${request.jobCheckId}`, {}, { needs }));
        return toOpenCheck(job, false);
    }
    const body = {
        name,
        head_sha: headSha,
        status: 'in_progress',
        started_at: new Date().toISOString(),
        external_id: externalId,
        details_url: detailsUrl,
    };
    try {
        return toOpenCheck(CheckRun.parse(await client.create('check-runs', body, { needs })), true);
    }
    catch (error) {
        if (!(error instanceof PublishError) || !error.isAmbiguous)
            throw error;
        const query = { check_name: name, filter: 'all' };
        const known = await client.list(`commits/${headSha}/check-runs`, query, { needs, maxPages: 3, key: 'check_runs' });
        const made = known.map((entry) => CheckRun.safeParse(entry).data).find((run) => run?.external_id === externalId);
        return toOpenCheck(made ?? CheckRun.parse(await client.create('check-runs', body, { needs })), true);
    }
}
/** Completes the check run, with its annotations in fifties. @throws PublishError */
async function check_run_completeCheck(input) {
    const { client, check, conclusion, output } = input;
    const path = `check-runs/${check.id}`;
    const end = check.isOwn ? { status: 'completed', conclusion, completed_at: new Date().toISOString() } : {};
    if (!output) {
        if (check.isOwn)
            await client.update(path, end, { needs });
        return;
    }
    const { text, batches } = prepareOutput(output);
    for (const [index, annotations] of batches.entries()) {
        const isLast = index === batches.length - 1;
        const body = { output: { title: clampBytes(output.title, 255), summary: text, ...(annotations.length > 0 ? { annotations } : {}) } };
        await client.update(path, { ...(isLast ? end : {}), ...body }, { needs });
    }
}
/** For the step after a hard kill: closes a check run that still claims to be running. @throws PublishError */
async function closeIfOpen(client, id) {
    const run = CheckRun.parse(await client.get(`check-runs/${id}`, {}, { needs }));
    if (run.status === 'completed')
        return false;
    await client.update(`check-runs/${id}`, {
        status: 'completed',
        conclusion: 'cancelled',
        completed_at: new Date().toISOString(),
        output: { title: 'Stopped before the end', summary: 'The job ended before this run had a verdict. Re-run the job.' },
    }, { needs });
    return true;
}
/** Red exactly when the exit code is red; a run that could not be completed is never grey. */
function concludeCheck(input) {
    if (input.stopped)
        return input.stopped;
    const { status, complete } = input.assessment.verdict;
    if (input.exitCode !== 0 || !complete)
        return 'failure';
    switch (status) {
        case 'regressed':
            // Exit code 0 in spite of a regression: the policy does not fail on it.
            return 'neutral';
        case 'improved':
        case 'no-change':
            return 'success';
        case 'inconclusive':
        case 'no-baseline':
            return 'neutral';
    }
}
/** Regressed samples are failures, suspects and flaky ones warnings; a sample without a line in the repository has none. */
function annotationsOf(samples, toRepositoryPath) {
    return samples
        .flatMap((sample) => {
        const level = levels[sample.class];
        const path = sample.file === undefined ? undefined : toRepositoryPath(sample.file);
        if (level === undefined || path === undefined)
            return [];
        return [{ path, line: Math.max(1, sample.line ?? 1), level, title: `${sample.id}: ${sample.class}`, message: messageFor(sample) }];
    })
        .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
const order = (/* unused pure expression or super */ null && (['failure', 'warning', 'notice']));
const levels = { regressed: 'failure', suspect: 'warning', flaky: 'warning' };
function messageFor(sample) {
    const { baseline, current } = sample;
    const counts = [
        baseline ? `baseline ${baseline.passes}/${baseline.repeats}` : undefined,
        current ? `now ${current.passes}/${current.repeats}` : undefined,
    ].filter((part) => part !== undefined);
    const changes = sample.changes ?? [];
    return [`passes: ${counts.join(', ')}`, ...changes].join('\n');
}
function prepareOutput(output) {
    const shown = output.annotations.slice(0, maxAnnotations).map(toApi);
    const left = output.annotations.length - shown.length;
    const footer = left > 0 ? `\n\n${left} more annotations are in the full report.` : '';
    const room = maxSummaryBytes - byteLength(footer);
    const text = clampBytes(output.render(room), room) + footer;
    const batches = [];
    for (let start = 0; start < shown.length; start += annotationsPerRequest)
        batches.push(shown.slice(start, start + annotationsPerRequest));
    return { text, batches: batches.length > 0 ? batches : [[]] };
}
function toApi({ path, line, level, title, message }) {
    return {
        path,
        start_line: line,
        end_line: line,
        annotation_level: level,
        title: clampBytes(escapeAstral(title), 255),
        message: clampBytes(escapeAstral(message), 64_000) || '-',
    };
}
/** The annotations endpoint has refused characters above U+FFFF, such as emoji. */
function escapeAstral(text) {
    return text.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}
function toOpenCheck(run, isOwn) {
    return { id: run.id, isOwn, ...(run.html_url ? { url: run.html_url } : {}) };
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
                throw new publish_error_PublishError({
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
        if (error instanceof publish_error_PublishError)
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
            throw new publish_error_PublishError({ code: 'download-too-large', message: `${where} sent more than ${maxBytes} bytes`, remedy: 'use a smaller run log' });
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

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/action/host.js


/** GitHub drops a step's summary above 1 MiB; a little is left for what others of this step add. */
const host_maxSummaryBytes = 1024 * 1024 - 4096;
/** The runner's side of this process. Loads `@actions/core`. */
async function createHost(env = process.env) {
    const core = await __webpack_require__.e(/* import() */ 421).then(__webpack_require__.bind(__webpack_require__, 6421));
    let left = host_maxSummaryBytes;
    return {
        env,
        input: (name) => env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`],
        setOutput(name, value) {
            if (env.GITHUB_OUTPUT)
                core.setOutput(name, value);
        },
        saveState(name, value) {
            if (env.GITHUB_STATE)
                core.saveState(name, value);
        },
        state: (name) => env[`STATE_${name}`] ?? '',
        mask(value) {
            for (const part of new Set([value, ...value.split(/\r?\n/)]))
                if (part.trim().length >= 4)
                    core.setSecret(part);
        },
        info: (message) => core.info(inertLine(message)),
        notice: (message) => core.notice(message),
        warning: (message) => core.warning(message),
        error: (message, place = {}) => core.error(message, { ...(place.file ? { file: place.file } : {}), ...(place.line ? { startLine: place.line } : {}) }),
        async summarize(render) {
            const path = env.GITHUB_STEP_SUMMARY;
            if (!path)
                return false;
            const text = `${clamp_clampBytes(render(left - 1), left - 1)}\n`;
            left -= clamp_byteLength(text);
            await (0,promises_.appendFile)(path, text);
            return true;
        },
    };
}
/** A line that the runner cannot take for a command: neither `::x::` at its start nor the old `##[x]` anywhere. */
function inertLine(message) {
    return message
        .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .replace(/^(\s*):(?=:)/, '$1: ')
        .replace(/##(?=\[)/g, '# #');
}
/** Logs a known error with each of its problems; the ones with a place are shown there. `hide` takes secrets out. */
function reportError(host, error, hide = (text) => text) {
    host.error(hide([error.message, error.remedy].filter((part) => part !== undefined).join('. ')));
    for (const problem of error.problems) {
        const { file, line } = problem;
        host.error(hide(problemText(problem)), { ...(file ? { file } : {}), ...(line ? { line } : {}) });
    }
}
function problemText({ file, line, field, message, remedy }) {
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
    const named = place + (field !== undefined && !message.includes(field) ? `${field}: ${message}` : message);
    return remedy === undefined ? named : `${named}. ${remedy}`;
}

;// CONCATENATED MODULE: ./lib/registry.js

/** @throws Error when two entries share a type: a mistake of ours, found by every test. */
function createRegistry(kind, entries) {
    const byType = new Map();
    for (const entry of entries) {
        if (byType.has(entry.type))
            throw new Error(`two ${kind} definitions are called "${entry.type}"`);
        byType.set(entry.type, entry);
    }
    const types = [...byType.keys()];
    return {
        kind,
        entries,
        types,
        has: (type) => byType.has(type),
        get(type) {
            const found = byType.get(type);
            if (found)
                return found;
            throw new ToolError({
                code: `unknown-${kind}`,
                message: `unknown ${kind} "${type}"`,
                remedy: unknownNameRemedy(type, types),
            });
        },
    };
}
/** `did you mean "contains"? Known: …`, nearest names first. */
function unknownNameRemedy(name, known) {
    const near = nearestNames(name, known);
    const hint = near.length > 0 ? `did you mean ${near.map((n) => `"${n}"`).join(' or ')}? ` : '';
    return `${hint}Known: ${known.join(', ')}`;
}
/** At most three known names within an edit distance of a third of the longer name, nearest first. */
function nearestNames(name, known) {
    const wanted = name.toLowerCase();
    return known
        .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
        .filter(({ candidate, distance }) => distance <= Math.max(2, Math.ceil(Math.max(candidate.length, wanted.length) / 3)))
        .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
        .slice(0, 3)
        .map(({ candidate }) => candidate);
}
/** Levenshtein distance; a few short names at a time, so the plain table is enough. */
function editDistance(a, b) {
    let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
        }
        previous = row;
    }
    return previous[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./lib/action/inputs.js


/** Every input, in the order of action.yml, which a test holds equal to this table. */
const inputTable = {
    config: spec('agent-regress.yml', 'Config files, one per line; one file is one suite.', lines),
    mode: spec('run', '`run` asks, checks, compares and reports; `publish` posts the report of a finished run (on workflow_run); `merge` joins shards.', oneOf('run', 'publish', 'merge')),
    'github-token': spec(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
    '${{ github.token }}', 'Token for baselines (`actions: read`, `contents: read`), comments (`pull-requests: write`) and checks (`checks: write`).', token),
    baseline: spec('', 'What to compare with: `auto`, `none`, `run:ID`, `sha:SHA`, or paths of stored runs, one per line. Empty: as the config says.', lines),
    'require-baseline': spec('false', 'Fail when there is no baseline to compare with.', flag),
    'fail-on': spec('', 'What fails the step: any of `regressed`, `inconclusive`, `no-baseline`, with commas; or `never`. Empty: as the config says.', failOn),
    comment: spec('always', 'When to comment on the pull request: `always`, `changes`, `regressions`, `failures` or `off`. A comment that exists is kept up to date.', oneOf('always', 'changes', 'regressions', 'failures', 'off')),
    check: spec('create', "`create` makes a check run per suite, `job` writes to the job's own check, `off` makes none.", oneOf('create', 'job', 'off')),
    'artifact-name': spec('agent-regress', 'Start of the name that runs are stored under; the suite is added.', artifactPrefix),
    'retention-days': spec('90', 'Days that a stored run is kept, 1 to 400; the repository may set a lower limit.', whole(1, 400)),
    shard: spec('', 'Part of the samples to run, such as `2/8`.', optional(shard)),
    repeats: spec('', 'Answers per sample. Empty: as the config says.', optional(whole(1, 1000))),
    limit: spec('', 'At most so many samples.', optional(whole(1, 10_000_000))),
    concurrency: spec('', 'Calls at once. Empty: as the config says.', optional(whole(1, 1000))),
    'budget-usd': spec('', 'Stop when the calls have cost so many US dollars. Empty: as the config says.', optional(amount)),
    'working-directory': spec('.', 'Folder that paths start from and `.agent-regress/` is written to.', inputs_text),
    summary: spec('true', 'Write the report to the job summary.', flag),
    html: spec('true', 'Store the HTML report with the run.', flag),
    'job-check-run-id': spec(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
    '${{ job.check_run_id }}', 'Filled in by the runner, for `check: job`. Leave it alone.', checkRunId),
};
/** Reads all inputs. @throws ToolError `inputs-invalid` that lists every problem at once. */
function readInputs(read) {
    const problems = [];
    const values = {};
    for (const [name, { default: fallback, parse }] of Object.entries(inputTable)) {
        const given = read(name)?.trim() ?? '';
        try {
            values[name] = parse(given === '' ? fallback : given);
        }
        catch (error) {
            if (!(error instanceof InputError))
                throw error;
            problems.push({ field: name, message: `input "${name}" is ${JSON.stringify(given.slice(0, 100))}: ${error.message}`, remedy: error.remedy });
        }
    }
    if (problems.length === 0)
        return values;
    throw new errors_ToolError({
        code: 'inputs-invalid',
        message: `${problems.length === 1 ? 'an input is' : `${problems.length} inputs are`} not right`,
        remedy: 'correct the `with:` block of the step',
        problems,
    });
}
class InputError extends Error {
    remedy;
    constructor(message, remedy) {
        super(message);
        this.remedy = remedy;
    }
}
function spec(fallback, description, parse) {
    return { default: fallback, description, parse };
}
function inputs_text(value) {
    return value;
}
/** Outside of a runner nobody fills in the expression. */
function token(value) {
    return value.startsWith('${{') ? '' : value;
}
function lines(value) {
    return value
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}
function flag(value) {
    if (/^(true|yes|on|1)$/i.test(value))
        return true;
    if (/^(false|no|off|0)$/i.test(value))
        return false;
    throw new InputError('neither true nor false', 'write `true` or `false`');
}
function oneOf(...known) {
    return (value) => {
        const found = known.find((name) => name === value.toLowerCase());
        if (found !== undefined)
            return found;
        throw new InputError('not a known value', unknownNameRemedy(value, known));
    };
}
function whole(min, max) {
    return (value) => {
        const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
        if (number >= min && number <= max)
            return number;
        throw new InputError('not such a number', `a whole number from ${min} to ${max}`);
    };
}
function amount(value) {
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (number > 0 && Number.isFinite(number))
        return number;
    throw new InputError('not an amount', 'a number above 0, such as 2.50');
}
function optional(parse) {
    return (value) => (value === '' ? undefined : parse(value));
}
function failOn(value) {
    if (value === '')
        return undefined;
    if (/^(never|none|off)$/i.test(value))
        return [];
    const name = oneOf('regressed', 'inconclusive', 'no-baseline');
    return value
        .split(/[\s,]+/)
        .filter((part) => part !== '')
        .map(name);
}
/** The characters that artifact names may have, less those that are awkward in a URL. */
function artifactPrefix(value) {
    if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value))
        return value;
    throw new InputError('not an artifact name', 'letters, digits, ".", "_" and "-", at most 100');
}
function shard(value) {
    const match = /^(\d{1,4})\/(\d{1,4})$/.exec(value);
    const [index, count] = [Number(match?.[1]), Number(match?.[2])];
    if (match && index >= 1 && index <= count)
        return { index, count };
    throw new InputError('not a shard', 'write i/n with i from 1 to n, such as 2/8');
}
/** Anything but digits means that this server does not fill it in. */
function checkRunId(value) {
    return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

;// CONCATENATED MODULE: ./lib/github/publish-result.js

/** Turns what a target threw into a result, so that one target never hides another. */
function publish_result_failedResult(error) {
    const remedy = error instanceof ToolError ? error.remedy : undefined;
    return { kind: 'failed', message: messageOf(error), remedy: remedy ?? 'the verdict, the job summary and the output folder are not affected' };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/suite-slug.js

/** A name for markers and artifacts, `[a-z0-9._-]`: the suite itself where it fits, else with a digest so that two suites never share one. */
function suite_slug_suiteSlug(suite) {
    if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(suite))
        return suite;
    const plain = suite
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[-._]+|[-._]+$/g, '')
        .slice(0, 60);
    const digest = createHash('sha256').update(suite).digest('hex').slice(0, 8);
    return plain === '' ? `suite-${digest}` : `${plain}-${digest}`;
}
const defaultArtifactPrefix = 'agent-regress';
/** The one name that every run of a suite stores under, so that a baseline is found with one request. */
function artifactNameOf(prefix, suite) {
    return `${prefix}-${suite_slug_suiteSlug(suite)}`;
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/action/give-up.js


/**
 * Waits for work, but after the signal only so many milliseconds more: the runner kills ten seconds after it, and what
 * hangs must not keep a check run open. What was given up goes on unseen. @throws ToolError `cancelled`
 */
async function give_up_unlessStopped(signal, graceMs, work) {
    const settled = new AbortController();
    try {
        return await Promise.race([work, giveUpAfter(signal, graceMs, settled.signal)]);
    }
    finally {
        settled.abort();
    }
}
async function giveUpAfter(signal, graceMs, settled) {
    await new Promise((resolve) => {
        if (signal.aborted)
            return resolve();
        signal.addEventListener('abort', () => resolve(), { once: true, signal: settled });
    });
    await wait(graceMs);
    throw new ToolError({ code: 'cancelled', message: 'the run was cancelled', exitCode: ExitCode.incomplete });
}

;// CONCATENATED MODULE: ./lib/action/suite-check.js





/** After the signal, for a check that is being opened; longer, because one whose number is not known is never closed. */
const openGraceMs = 2000;
/** After the signal, for one try to close a check. */
const closeGraceMs = 1500;
/** Ids of checks that are open, for the step that runs after a hard kill. */
const openChecksState = 'open-checks';
const openIds = new Set();
/** Opens the check before anything is asked; without permission the run goes on without one. */
async function startSuiteCheck(context, suite) {
    const { inputs, event } = context;
    const mode = inputs.check;
    if (mode === 'off')
        return noCheck({ kind: 'skipped', reason: 'check: off' });
    const readOnly = whyReadOnly(context);
    if (readOnly)
        return noCheck({ kind: 'skipped', reason: readOnly });
    const jobCheckId = inputs['job-check-run-id'];
    const run = { id: event.runId, attempt: event.runAttempt, headSha: event.headSha, url: context.runUrl };
    return startCheck(context, { mode, suite, run, ...(jobCheckId === undefined ? {} : { jobCheckId }) });
}
/** Opens a check that is closed whatever happens, by the step after the job if need be. Never throws. */
async function startCheck(context, request) {
    const { mode, suite, run, jobCheckId } = request;
    try {
        const opening = openCheck({
            client: context.writer(),
            mode,
            name: clampBytes(`agent-regress / ${suite}`, 120),
            headSha: run.headSha,
            externalId: `${run.id}-${run.attempt}-${suiteSlug(suite)}`,
            detailsUrl: run.url,
            ...(jobCheckId === undefined ? {} : { jobCheckId }),
        });
        const check = await unlessStopped(context.signal, openGraceMs, opening);
        remember(context, check, true);
        return { finish: (conclusion, output) => finishCheck(context, check, conclusion, output) };
    }
    catch (error) {
        return noCheck(failedResult(error));
    }
}
/** Why nothing may be written to GitHub; undefined when it may. */
function whyReadOnly({ event, hasToken }) {
    if (event.pullRequest?.isFork)
        return 'the token of a pull request from a fork is read-only';
    if (event.isDependabot)
        return 'the token of a Dependabot run is read-only';
    return hasToken ? undefined : 'there is no token (input `github-token`)';
}
function noCheck(result) {
    return { finish: async () => result };
}
async function finishCheck(context, check, conclusion, output) {
    const published = { kind: 'published', ...(check.url === undefined ? {} : { url: check.url }) };
    const complete = async (what) => {
        const completing = completeCheck({ client: context.writer(), check, conclusion, ...(what === undefined ? {} : { output: what }) });
        await unlessStopped(context.signal, closeGraceMs, completing);
        remember(context, check, false);
    };
    const wasStopped = context.signal.aborted;
    try {
        await complete(output);
        return published;
    }
    catch (error) {
        // Stopped on the way: once more, with the hasty client. A refused text must not leave the check running.
        const isStopping = context.signal.aborted && !wasStopped;
        if (!isStopping && (output === undefined || wasStopped))
            return failedResult(error);
        return complete(isStopping ? output : undefined).then(() => (isStopping ? published : failedResult(error)), () => failedResult(error));
    }
}
function remember({ host }, check, isOpen) {
    if (!check.isOwn)
        return;
    if (isOpen)
        openIds.add(check.id);
    else
        openIds.delete(check.id);
    host.saveState(openChecksState, [...openIds].join(','));
}

;// CONCATENATED MODULE: ./lib/action/close-open-checks.js






/** Closes check runs that a hard kill left in progress. Never throws and never fails the job. */
async function closeOpenChecks(env) {
    const host = await createHost(env);
    const ids = host
        .state(openChecksState)
        .split(',')
        .filter((id) => /^\d+$/.test(id));
    if (ids.length === 0)
        return 0;
    const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
    try {
        const token = readInputs(host.input)['github-token'];
        const client = createGitHubClient({ token, apiUrl: env.GITHUB_API_URL || 'https://api.github.com', owner, repo, limits: { maxWaitMs: 10_000 } });
        for (const id of ids) {
            if (await closeIfOpen(client, Number(id)))
                host.info(`check run ${id} was still open and is now closed as cancelled`);
        }
    }
    catch (error) {
        host.warning(`a check run may still show as in progress: ${errors_messageOf(error)}`);
    }
    return 0;
}


/***/ })

};
