export const id = 58;
export const ids = [58];
export const modules = {

/***/ 77938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   De: () => (/* binding */ createHost),
/* harmony export */   N7: () => (/* binding */ reportError)
/* harmony export */ });
/* unused harmony export inertLine */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _github_clamp_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42484);


/** GitHub drops a step's summary above 1 MiB; a little is left for what others of this step add. */
const maxSummaryBytes = 1024 * 1024 - 4096;
/** The runner's side of this process. Loads `@actions/core`. */
async function createHost(env = process.env) {
    const core = await __webpack_require__.e(/* import() */ 659).then(__webpack_require__.bind(__webpack_require__, 91659));
    let left = maxSummaryBytes;
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
            const text = `${(0,_github_clamp_js__WEBPACK_IMPORTED_MODULE_1__/* .clampBytes */ .D)(render(left - 1), left - 1)}\n`;
            left -= (0,_github_clamp_js__WEBPACK_IMPORTED_MODULE_1__/* .byteLength */ .d)(text);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.appendFile)(path, text);
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


/***/ }),

/***/ 59058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAction: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/github/baseline-from-environment.js + 2 modules
var baseline_from_environment = __webpack_require__(20152);
// EXTERNAL MODULE: ./lib/github/event.js
var github_event = __webpack_require__(19607);
// EXTERNAL MODULE: ./lib/action/host.js
var action_host = __webpack_require__(77938);
// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
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
    throw new errors/* ToolError */.v4({
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
        throw new InputError('not a known value', (0,registry/* unknownNameRemedy */.Yk)(value, known));
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

// EXTERNAL MODULE: ./lib/action/run-context.js
var run_context = __webpack_require__(88185);
;// CONCATENATED MODULE: ./lib/action/run-action.js






/** The whole action, from its environment to its exit code. Never throws. */
async function runAction(env, signal) {
    const host = await (0,action_host/* createHost */.De)(env);
    try {
        const code = await dispatch(host, signal);
        return cancelledCode(host, signal) ?? code;
    }
    catch (error) {
        if (error instanceof errors/* ToolError */.v4) {
            (0,action_host/* reportError */.N7)(host, error);
            host.setOutput('exit-code', String(error.exitCode));
            return error.exitCode;
        }
        host.error(`a bug in agent-regress: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        host.setOutput('exit-code', String(errors/* ExitCode */.yU.internal));
        return errors/* ExitCode */.yU.internal;
    }
}
/** A cancelled step says so in its output, whatever its suites had come to. */
function cancelledCode(host, signal) {
    if (!signal.aborted)
        return undefined;
    const code = /SIGTERM/.test((0,errors/* messageOf */.bD)(signal.reason)) ? errors/* ExitCode */.yU.terminated : errors/* ExitCode */.yU.interrupted;
    host.setOutput('exit-code', String(code));
    return code;
}
async function dispatch(host, signal) {
    const inputs = readInputs(host.input);
    if (inputs.mode === 'run')
        (0,github_event/* assertMayRun */.$p)(host.env.GITHUB_EVENT_NAME ?? '');
    const event = await (0,baseline_from_environment/* readEventFromEnvironment */.cB)(host.env);
    const context = (0,run_context/* createRunContext */.ft)({ host, inputs, event, signal });
    switch (inputs.mode) {
        case 'run': {
            const { runMode } = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(122), __webpack_require__.e(41)]).then(__webpack_require__.bind(__webpack_require__, 14041));
            return runMode(context);
        }
        case 'publish': {
            const { publishMode } = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(122), __webpack_require__.e(473)]).then(__webpack_require__.bind(__webpack_require__, 15473));
            return publishMode(context);
        }
        case 'merge':
            throw new errors/* ToolError */.v4({ code: 'not-available', message: 'mode "merge" is not available yet', remedy: 'use mode "run" without `shard`' });
    }
}


/***/ }),

/***/ 88185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SH: () => (/* binding */ repositoryPath),
/* harmony export */   ec: () => (/* binding */ sampleUrl),
/* harmony export */   ft: () => (/* binding */ createRunContext)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _github_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70636);



/** What every stage of one action run shares, with the clients of GitHub made from its inputs; asks nothing. */
function createRunContext(input) {
    const { host, inputs, event, signal } = input;
    const workspace = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(host.env.GITHUB_WORKSPACE || '.');
    const options = { token: inputs['github-token'], apiUrl: event.apiUrl, owner: event.owner, repo: event.repo, onNotice: host.info };
    const patient = (0,_github_client_js__WEBPACK_IMPORTED_MODULE_2__/* .createGitHubClient */ .L)(options);
    const hasty = (0,_github_client_js__WEBPACK_IMPORTED_MODULE_2__/* .createGitHubClient */ .L)({ ...options, limits: { tries: 1, requestTimeoutMs: 1500 } });
    return {
        ...input,
        workspace,
        cwd: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, inputs['working-directory']),
        runUrl: `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/${event.runId}`,
        reader: (0,_github_client_js__WEBPACK_IMPORTED_MODULE_2__/* .createGitHubClient */ .L)({ ...options, signal }),
        writer: () => (signal.aborted ? hasty : patient),
        hasToken: options.token !== '',
    };
}
/** A dataset file as the repository names it, with `/`; undefined when it lies outside. */
function repositoryPath(context, file) {
    const { workspace, cwd } = context;
    for (const folder of [cwd, workspace]) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, file);
        const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace, path);
        if (inside === '' || inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(inside) || !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
            continue;
        return inside.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/');
    }
    return undefined;
}
/** The line of a sample as the pull request has it. */
function sampleUrl(context, file, line) {
    const { event } = context;
    const path = repositoryPath(context, file);
    if (path === undefined)
        return undefined;
    return `${event.serverUrl}/${event.owner}/${event.repo}/blob/${event.headSha}/${path.split('/').map(encodeURIComponent).join('/')}#L${line}`;
}


/***/ }),

/***/ 452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   v4: () => (/* binding */ ToolError),
/* harmony export */   yU: () => (/* binding */ ExitCode)
/* harmony export */ });
/** Exit codes of every face. Disjoint: a number never means two things. */
const ExitCode = {
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
class ToolError extends Error {
    /** Stable kebab-case identifier, such as `config-invalid`. */
    code;
    exitCode;
    remedy;
    problems;
    constructor(options) {
        super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = 'ToolError';
        this.code = options.code;
        this.exitCode = options.exitCode ?? ExitCode.usage;
        this.remedy = options.remedy;
        this.problems = options.problems ?? [];
    }
}
/** The message of anything thrown, for a person; never the stack. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 20152:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A7: () => (/* binding */ findBaselineForSuite),
  cB: () => (/* binding */ readEventFromEnvironment)
});

// UNUSED EXPORTS: findBaselineFromEnvironment

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/git.js
var git = __webpack_require__(98268);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(34561);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(53339);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var classic_errors = __webpack_require__(961);
// EXTERNAL MODULE: ./lib/github/publish-error.js
var publish_error = __webpack_require__(45131);
;// CONCATENATED MODULE: ./lib/github/baseline-line.js


const Commit = schemas/* looseObject */._H3({ sha: schemas/* string */.YjP(), parents: schemas/* array */.YOg(schemas/* looseObject */._H3({ sha: schemas/* string */.YjP() })) });
const Comparison = schemas/* looseObject */._H3({ merge_base_commit: schemas/* looseObject */._H3({ sha: schemas/* string */.YjP() }) });
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
        return schemas/* array */.YOg(Commit).parse(await client.get('commits', { sha, per_page: 100, page }, { needs }));
    }
    catch (error) {
        if (isAbsent(error))
            return undefined;
        throw error;
    }
}
function isAbsent(error) {
    return error instanceof classic_errors/* ZodError */.G || (error instanceof publish_error/* PublishError */.S && [404, 409, 422].includes(error.status ?? 0));
}

// EXTERNAL MODULE: ./lib/github/event.js
var github_event = __webpack_require__(19607);
// EXTERNAL MODULE: ./lib/github/stored-runs.js + 1 modules
var stored_runs = __webpack_require__(55048);
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
        if (!(error instanceof publish_error/* PublishError */.S) || search.wanted.kind !== 'auto')
            throw error;
        const found = none(`GitHub could not be asked: ${error.message}; ${error.remedy}`, notes);
        return { ...found, info: { ...found.info, isUnreadable: true } };
    }
}
async function findAutomatically(search, notes) {
    const { client, event, artifactName } = search;
    const listed = await listTwice(search, () => (0,stored_runs/* listArtifacts */.wn)(client, artifactName));
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
    const listed = wanted.kind === 'run' ? await (0,stored_runs/* listRunArtifacts */.NG)(client, wanted.runId, artifactName) : await (0,stored_runs/* listArtifacts */.wn)(client, artifactName);
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
        const run = await (0,stored_runs/* readRun */.cI)(client, runId);
        const distrust = whyNotTrusted(run, event, isSearched);
        if (distrust)
            return { why: `${label} was left out: ${distrust}` };
        const path = (0,external_node_path_.join)(search.tmpDir, `baseline-${artifact.id}.jsonl`);
        const { files } = await (0,stored_runs/* openArtifact */.HI)(client, artifact, { files: { 'run.jsonl': path } });
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
        if (error instanceof publish_error/* PublishError */.S && [401, 403].includes(error.status ?? 0))
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
    if (!github_event/* baselineEvents */.P6.has(run.event))
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

// EXTERNAL MODULE: ./lib/github/client.js
var client = __webpack_require__(70636);
// EXTERNAL MODULE: ./lib/github/suite-slug.js
var suite_slug = __webpack_require__(6163);
;// CONCATENATED MODULE: ./lib/github/baseline-from-environment.js










/** The event that GITHUB_EVENT_PATH holds. @throws ToolError `event-invalid` for a file that is missing or malformed. */
async function readEventFromEnvironment(env) {
    const checkedOutSha = (0,git/* readGit */.l)(env.GITHUB_WORKSPACE || '.')?.sha;
    return (0,github_event/* readEvent */.j_)({ env, payload: await readPayload(env.GITHUB_EVENT_PATH), ...(checkedOutSha === undefined ? {} : { checkedOutSha }) });
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


/***/ }),

/***/ 42484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ clampBytes),
/* harmony export */   d: () => (/* binding */ byteLength)
/* harmony export */ });
const encoder = new TextEncoder();
/** UTF-8 bytes of a text. */
function byteLength(text) {
    return encoder.encode(text).length;
}
/** The longest start of a text that has at most `maxBytes` UTF-8 bytes with the tail included; never half a character. */
function clampBytes(text, maxBytes, tail = '…') {
    if (byteLength(text) <= maxBytes)
        return text;
    const room = Math.max(0, maxBytes - byteLength(tail));
    let end = room;
    const bytes = encoder.encode(text);
    while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80)
        end--;
    const cut = new TextDecoder().decode(bytes.subarray(0, end)) + tail;
    return byteLength(cut) <= maxBytes ? cut : '';
}


/***/ }),

/***/ 70636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ createGitHubClient)
/* harmony export */ });
/* harmony import */ var _publish_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45131);

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
                throw (0,_publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .explainFailure */ .z)({ method: 'GET', path, status: reply.status, detail: 'no redirect to the content', isRateLimit: false });
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
            throw (0,_publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .explainFailure */ .z)({ method: 'GET', path, detail: 'the reply is not a list', isRateLimit: false });
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
                throw new _publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .PublishError */ .S({
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
                const explained = () => (0,_publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .explainFailure */ .z)({ method, path: url, ...failed, ...pickNeeds(call), cause: error });
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
    const { Octokit } = await Promise.all(/* import() */[__webpack_require__.e(579), __webpack_require__.e(303)]).then(__webpack_require__.bind(__webpack_require__, 11303));
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
            throw (0,_publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .explainFailure */ .z)({ method: 'GET', path: where, status: response.status, detail: 'the content is not available', isRateLimit: false });
        }
        return await readCapped(response.body, maxBytes, where);
    }
    catch (error) {
        if (error instanceof _publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .PublishError */ .S)
            throw error;
        throw (0,_publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .explainFailure */ .z)({
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
            throw new _publish_error_js__WEBPACK_IMPORTED_MODULE_0__/* .PublishError */ .S({ code: 'download-too-large', message: `${where} sent more than ${maxBytes} bytes`, remedy: 'use a smaller run log' });
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
    const { setTimeout: wait } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 58500, 19));
    await wait(ms, undefined, signal ? { signal } : {});
}
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}


/***/ }),

/***/ 19607:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ assertMayRun),
/* harmony export */   P6: () => (/* binding */ baselineEvents),
/* harmony export */   j_: () => (/* binding */ readEvent)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53339);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49567);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);


const sha = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'not a commit sha');
const repository = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().optional(), full_name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), default_branch: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional() });
const pullRequest = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    number: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().positive(),
    head: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ sha, repo: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ full_name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }).nullish() }),
    base: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ sha, ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }),
});
const workflowRun = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
    run_attempt: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().optional(),
    head_sha: sha,
    head_branch: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().nullish(),
    head_repository: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ full_name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }).nullish(),
    event: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().nullish(),
});
const payloads = {
    pull_request: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ pull_request: pullRequest }),
    pull_request_target: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ pull_request: pullRequest }),
    merge_group: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ merge_group: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ head_sha: sha, base_sha: sha, base_ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }) }),
    push: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ before: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(), after: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional() }),
    workflow_run: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ workflow_run: workflowRun }),
};
const environment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    GITHUB_REPOSITORY: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[^/\s]+\/[^/\s]+$/, 'not owner/name'),
    GITHUB_SHA: sha,
    GITHUB_RUN_ID: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .ai().int().positive(),
    GITHUB_RUN_ATTEMPT: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .ai().int().positive().default(1),
});
/** Reads the facts of a workflow event. @throws ToolError `event-invalid` that names what is missing. */
function readEvent({ env, payload, checkedOutSha }) {
    const name = env.GITHUB_EVENT_NAME;
    if (!name)
        throw invalidEvent([{ message: 'GITHUB_EVENT_NAME is not set' }]);
    const facts = parsePart(environment, env, '');
    const body = parsePart(zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ repository: repository.optional() }), payload, 'event');
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
        code: 'event-invalid',
        message: `the workflow event cannot be read: ${first?.field ? `${first.field}: ` : ''}${first?.message ?? 'empty'}`,
        remedy: 'run inside a GitHub workflow, or use the command line outside of one',
        problems,
    });
}


/***/ }),

/***/ 45131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ PublishError),
/* harmony export */   z: () => (/* binding */ explainFailure)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** A call to GitHub that did not work, in words that name the missing permission or the next step. */
class PublishError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4 {
    /** HTTP status; absent when there was no reply. */
    status;
    /** The request may have been carried out although no good reply came: look before creating again. */
    isAmbiguous;
    constructor(options) {
        super({ ...options, exitCode: _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExitCode */ .yU.incomplete });
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


/***/ }),

/***/ 55048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  wn: () => (/* binding */ listArtifacts),
  NG: () => (/* binding */ listRunArtifacts),
  HI: () => (/* binding */ openArtifact),
  cI: () => (/* binding */ readRun)
});

// UNUSED EXPORTS: StoredArtifact, StoredRun

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(53339);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
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
    const { fromBufferPromise, validateFileName } = await __webpack_require__.e(/* import() */ 663).then(__webpack_require__.t.bind(__webpack_require__, 20663, 19));
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
    const { createWriteStream } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 73024, 19));
    const { pipeline } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 46466, 19));
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
const StoredArtifact = schemas/* looseObject */._H3({
    id: schemas/* int */.Whr(),
    name: schemas/* string */.YjP(),
    expired: schemas/* boolean */.zMY(),
    expires_at: schemas/* string */.YjP().nullish(),
    digest: schemas/* string */.YjP().nullish(),
    workflow_run: schemas/* looseObject */._H3({
        id: schemas/* int */.Whr(),
        repository_id: schemas/* int */.Whr().nullish(),
        head_repository_id: schemas/* int */.Whr().nullish(),
        head_branch: schemas/* string */.YjP().nullish(),
        head_sha: schemas/* string */.YjP().nullish(),
    })
        .nullish(),
});
const StoredRun = schemas/* looseObject */._H3({
    id: schemas/* int */.Whr(),
    event: schemas/* string */.YjP(),
    path: schemas/* string */.YjP().nullish(),
    html_url: schemas/* string */.YjP().optional(),
    head_branch: schemas/* string */.YjP().nullish(),
    head_sha: schemas/* string */.YjP(),
    created_at: schemas/* string */.YjP().optional(),
    run_started_at: schemas/* string */.YjP().nullish(),
    repository: schemas/* looseObject */._H3({ id: schemas/* int */.Whr() }).nullish(),
    head_repository: schemas/* looseObject */._H3({ id: schemas/* int */.Whr() }).nullish(),
});
/** Bytes of one packed artifact. */
const maxArtifactBytes = 200 * 1024 * 1024;
const needs = 'actions: read';
/** Artifacts with exactly this name in the whole repository, newest id first, five hundred at most. @throws PublishError */
async function listArtifacts(client, name) {
    return parseArtifacts(await client.list('actions/artifacts', { name }, { needs, maxPages: 5, key: 'artifacts' }));
}
/** Artifacts of one run, newest id first. @throws PublishError */
async function listRunArtifacts(client, runId, name) {
    const query = name === undefined ? {} : { name };
    return parseArtifacts(await client.list(`actions/runs/${runId}/artifacts`, query, { needs, maxPages: 3, key: 'artifacts' }));
}
/** @throws PublishError */
async function readRun(client, runId) {
    return StoredRun.parse(await client.get(`actions/runs/${runId}`, {}, { needs }));
}
/**
 * Downloads one artifact and reads named entries of it.
 * @throws ToolError `artifact-digest` when the bytes are not those that were uploaded; `archive-refused`; PublishError
 */
async function openArtifact(client, artifact, targets) {
    const bytes = await client.download(`actions/artifacts/${artifact.id}/zip`, { needs, maxBytes: maxArtifactBytes });
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


/***/ }),

/***/ 6163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SE: () => (/* binding */ suiteSlug),
/* harmony export */   nn: () => (/* binding */ artifactNameOf)
/* harmony export */ });
/* unused harmony export defaultArtifactPrefix */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

/** A name for markers and artifacts, `[a-z0-9._-]`: the suite itself where it fits, else with a digest so that two suites never share one. */
function suiteSlug(suite) {
    if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(suite))
        return suite;
    const plain = suite
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[-._]+|[-._]+$/g, '')
        .slice(0, 60);
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(suite).digest('hex').slice(0, 8);
    return plain === '' ? `suite-${digest}` : `${plain}-${digest}`;
}
const defaultArtifactPrefix = 'agent-regress';
/** The one name that every run of a suite stores under, so that a baseline is found with one request. */
function artifactNameOf(prefix, suite) {
    return `${prefix}-${suiteSlug(suite)}`;
}


/***/ }),

/***/ 8315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N0: () => (/* binding */ readByteChunks),
/* harmony export */   Yw: () => (/* binding */ syncFolder),
/* harmony export */   io: () => (/* binding */ readBytes),
/* harmony export */   l5: () => (/* binding */ temporaryPath),
/* harmony export */   tG: () => (/* binding */ writeFileWhole),
/* harmony export */   zO: () => (/* binding */ readChunks)
/* harmony export */ });
/* unused harmony export readText */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57975);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(452);





/**
 * Writes a file whole or not at all: a temporary file in the same folder, synced, renamed, and the folder synced.
 * Creates the folder. On any error the file that was there is untouched and the temporary one is gone.
 * @throws ToolError `write-failed`, exit 3.
 */
async function writeFileWhole(path, content) {
    const temporary = temporaryPath(path);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), { recursive: true });
        await writeSynced(temporary, content);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.unlink)(temporary).catch(() => { });
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({
            code: 'write-failed',
            message: `${path} could not be written: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`,
            remedy: 'check that the folder is writable and has space; the file that was there is unchanged',
            exitCode: _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ExitCode */ .yU.incomplete,
            cause: error,
        });
    }
    await syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
}
/** A hidden name beside `path` that no other process or call uses. */
function temporaryPath(path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), `.${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path)}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}.tmp`);
}
/** Makes renames in a folder durable. Silent where a folder cannot be synced (Windows, some network disks). */
async function syncFolder(folder) {
    let handle;
    try {
        handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(folder, 'r');
        await handle.sync();
    }
    catch {
        // The content is whole either way; only its durability on power loss depends on this.
    }
    finally {
        await handle?.close();
    }
}
/**
 * The bytes of a file of at most `maxBytes`, without ever holding more.
 * @throws ToolError `file-unreadable` or `file-too-large`.
 */
async function readBytes(path, maxBytes) {
    const parts = [];
    let size = 0;
    for await (const chunk of readByteChunks(path)) {
        size += chunk.length;
        if (size > maxBytes) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({ code: 'file-too-large', message: `${path} is larger than ${maxBytes} bytes`, remedy: 'split the file' });
        }
        parts.push(chunk);
    }
    return Buffer.concat(parts);
}
/** The text of a UTF-8 file of at most `maxBytes`, without a byte order mark. @throws ToolError as readBytes, or `file-not-utf8`. */
async function readText(path, maxBytes) {
    return decode(new TextDecoder('utf-8', { fatal: true }), await readBytes(path, maxBytes), path, false);
}
/** The text of a UTF-8 file in pieces, without a byte order mark; a character is never cut. @throws ToolError as readText. */
async function* readChunks(path) {
    const decoder = new node_util__WEBPACK_IMPORTED_MODULE_3__.TextDecoder('utf-8', { fatal: true });
    for await (const chunk of readByteChunks(path)) {
        const text = decode(decoder, chunk, path, true);
        if (text !== '')
            yield text;
    }
    const rest = decode(decoder, new Uint8Array(), path, false);
    if (rest !== '')
        yield rest;
}
const chunkBytes = 256 * 1024;
/** The bytes of a file in fresh pieces of at most 256 KiB. @throws ToolError `file-unreadable`. */
async function* readByteChunks(path) {
    let handle;
    try {
        handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'r');
        for (;;) {
            const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, null);
            if (bytesRead === 0)
                return;
            yield buffer.subarray(0, bytesRead);
        }
    }
    catch (error) {
        throw unreadable(path, error);
    }
    finally {
        await handle?.close();
    }
}
async function writeSynced(path, content) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'wx');
    try {
        if (typeof content === 'string')
            await writeText(handle, content);
        else
            await handle.writeFile(content);
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
/** In pieces through one buffer, so that a long text is not in memory a second time as bytes. No piece ends inside a character. */
async function writeText(handle, text) {
    const bytes = Buffer.allocUnsafe(3 * (Math.min(text.length, pieceLength) + 1));
    for (let start = 0; start < text.length;) {
        const cut = start + pieceLength;
        const end = (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 ? cut + 1 : cut;
        await handle.writeFile(bytes.subarray(0, bytes.write(text.slice(start, end))));
        start = end;
    }
}
const pieceLength = 128 * 1024;
function decode(decoder, bytes, path, isPartial) {
    try {
        return decoder.decode(bytes, { stream: isPartial });
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({ code: 'file-not-utf8', message: `${path} is not UTF-8 text`, remedy: 'save the file as UTF-8', cause: error });
    }
}
/** Errors of a consumer pass through a generator's catch as well, so only file system errors are renamed. */
function unreadable(path, error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4)
        return error;
    const isMissing = code === 'ENOENT';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({
        code: 'file-unreadable',
        message: isMissing ? `there is no file ${path}` : `${path} could not be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`,
        remedy: isMissing ? 'check the path' : 'check that it is a file and readable',
        cause: error,
    });
}


/***/ }),

/***/ 98268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ readGit)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);


/**
 * Commit and ref of the checkout around a folder, read from its files: no git program is needed.
 * `undefined` outside a repository or before its first commit.
 */
function readGit(from) {
    const gitDir = findGitDir((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(from));
    if (gitDir === undefined)
        return undefined;
    try {
        const head = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(gitDir, 'HEAD'), 'utf8').trim();
        const ref = /^ref: (\S+)$/.exec(head)?.[1];
        if (ref === undefined)
            return /^[0-9a-f]{40,64}$/.test(head) ? { sha: head } : undefined;
        const sha = shaOf(gitDir, ref);
        return sha === undefined ? { ref } : { sha, ref };
    }
    catch {
        return undefined; // an unreadable repository only costs the note in the run log
    }
}
function findGitDir(folder) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, '.git');
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path)) {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isDirectory())
            return path;
        const target = /^gitdir: (.+)$/m.exec((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'))?.[1]; // a worktree or submodule
        return target === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, target);
    }
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder) === folder ? undefined : findGitDir((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder));
}
function shaOf(gitDir, ref) {
    const common = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(gitDir, 'commondir');
    const shared = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(common) ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(gitDir, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(common, 'utf8').trim()) : gitDir;
    for (const folder of [gitDir, shared]) {
        const loose = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, ref);
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(loose))
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(loose, 'utf8').trim();
    }
    const packed = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(shared, 'packed-refs');
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(packed))
        return undefined;
    const line = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(packed, 'utf8')
        .split('\n')
        .find((entry) => entry.endsWith(` ${ref}`));
    return line?.slice(0, line.indexOf(' '));
}


/***/ }),

/***/ 34561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ readEvidence),
/* harmony export */   FP: () => (/* binding */ readResponses),
/* harmony export */   eL: () => (/* binding */ resolveRunLog),
/* harmony export */   su: () => (/* binding */ readRunIndex),
/* harmony export */   w3: () => (/* binding */ readRunLog)
/* harmony export */ });
/* unused harmony export runLogName */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _records_run_index_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(68254);
/* harmony import */ var _records_run_log_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89380);
/* harmony import */ var _run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(16162);






const runLogName = 'run.jsonl';
/**
 * Every record of a run log in order, validated; records of types that are not known yet are left out, and so is a
 * final line that a crash has cut. The file may grow meanwhile.
 * @throws ToolError `run-log-damaged`, `run-log-newer`, `run-log-empty`, `file-unreadable`.
 */
async function* readRunLog(path) {
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'whole' }))
        yield* records;
}
/** The numbers of a run log without its trajectories, in memory that grows with the slots only. @throws ToolError as readRunLog. */
async function readRunIndex(path) {
    const index = (0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_3__/* .emptyRunIndex */ .H5)(path);
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'numbers' }))
        for (const record of records)
            (0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_3__/* .foldRecord */ .jo)(index, record);
    return index;
}
/** The recorded answers and final errors in order, for scoring them. @throws ToolError as readRunLog. */
async function* readResponses(path) {
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'whole', types: ['run', 'response'] })) {
        for (const record of records)
            if (record.type === 'response')
                yield record;
    }
}
/**
 * All that was recorded of the slots of some samples, by sample id, by epoch; a slot without an outcome is `skipped`.
 * A sample that the log lacks has no entry. `maxEpochs`: only that many slots per sample, the first ones of the log.
 * @throws ToolError as readRunLog.
 */
async function readEvidence(path, ids, options = {}) {
    const bySample = new Map();
    if (ids.size === 0)
        return new Map();
    const types = ['run', 'response', 'score', 'done'];
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'numbers', types })) {
        for (const record of records) {
            if ((record.type !== 'response' && record.type !== 'score' && record.type !== 'done') || !ids.has(record.sample))
                continue;
            const slot = evidenceOf(bySample, record, options.maxEpochs ?? Number.POSITIVE_INFINITY);
            if (slot)
                addEvidence(slot, record.type === 'response' ? wholeResponse(path, record) : record);
        }
    }
    return new Map([...bySample].map(([id, slots]) => [id, [...slots.values()].sort((a, b) => a.epoch - b.epoch)]));
}
/** A `run.jsonl` or a folder that holds one, as the path of the file. @throws ToolError `run-log-not-found`. */
async function resolveRunLog(pathOrFolder) {
    const kind = await kindOf(pathOrFolder);
    if (kind === 'file')
        return pathOrFolder;
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(pathOrFolder, runLogName);
    if (kind === 'folder' && (await kindOf(inside)) === 'file')
        return inside;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ToolError */ .v4({
        code: 'run-log-not-found',
        message: kind === 'folder' ? `the folder ${pathOrFolder} has no ${runLogName}` : `there is no run log at ${pathOrFolder}`,
        remedy: `name a ${runLogName} or the output folder of a run`,
    });
}
function evidenceOf(bySample, record, maxEpochs) {
    const slots = bySample.get(record.sample) ?? new Map();
    bySample.set(record.sample, slots);
    const known = slots.get(record.epoch);
    if (known || slots.size >= maxEpochs)
        return known;
    const slot = { epoch: record.epoch, outcome: 'skipped', scores: [] };
    slots.set(record.epoch, slot);
    return slot;
}
function addEvidence(slot, record) {
    if (record.type === 'done')
        slot.outcome = record.outcome;
    else if (record.type === 'response') {
        if (record.trajectory)
            slot.trajectory = record.trajectory;
        if (record.error)
            slot.error = record.error;
    }
    else {
        // A later score of the same checker is a re-scoring.
        slot.scores = [...slot.scores.filter(({ checker }) => checker !== record.checker), { checker: record.checker, score: scoreOf(record) }];
    }
}
function scoreOf(record) {
    if (record.kind === 'unscored')
        return { kind: 'unscored', reason: record.reason };
    const { kind, value, pass, reason, perTurn } = record;
    return { kind, value, pass, reason, ...(perTurn ? { perTurn } : {}) };
}
function wholeResponse(path, record) {
    try {
        return _records_run_log_js__WEBPACK_IMPORTED_MODULE_4__/* .ResponseRecord */ .Vl.parse(record);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ToolError */ .v4({
            code: 'run-log-damaged',
            message: `${path}: the recorded answer of "${record.sample}" is not a trajectory`,
            remedy: 'the file was edited; use another run',
            cause: error,
        });
    }
}
async function kindOf(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).isDirectory() ? 'folder' : 'file';
    }
    catch {
        return 'nothing';
    }
}


/***/ }),

/***/ 16162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ checksummedLine),
/* harmony export */   t: () => (/* binding */ scanRunLog)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(53339);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(961);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(37428);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89380);
/* harmony import */ var _records_trajectory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(45609);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8315);






/**
 * Reads a run log in batches. A final line that is cut or does not match its checksum is dropped; anything wrong
 * before it is an error that names the line. The file may grow meanwhile.
 * @throws ToolError `run-log-damaged`, `run-log-newer`, `run-log-empty`, `file-unreadable`.
 */
async function* scanRunLog(path, options) {
    const reader = createLineReader(path, options);
    let rest = Buffer.alloc(0);
    const pieces = [];
    for await (const chunk of (0,_files_js__WEBPACK_IMPORTED_MODULE_4__/* .readByteChunks */ .N0)(path)) {
        const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
        const lastBreak = bytes.lastIndexOf(lineBreak);
        pieces.push(bytes);
        if (lastBreak < 0) {
            reader.refuseLongLine(pieces);
            continue;
        }
        const block = pieces.length === 1 ? bytes : Buffer.concat(pieces);
        const end = block.length - bytes.length + lastBreak + 1;
        rest = block.subarray(end);
        pieces.length = 0;
        if (rest.length > 0)
            pieces.push(rest);
        yield reader.readBlock(block.subarray(0, end));
    }
    yield reader.readEnd(Buffer.concat(pieces));
}
const lineBreak = 0x0a;
const maxLineBytes = 256 * 1024 * 1024;
function createLineReader(path, options) {
    let line = 0;
    let endOffset = 0;
    let isChecked = false;
    let suspect;
    const readLine = (bytes, records) => {
        // Only the final line may be unsound, and it shows only with the next line that it is not the final one.
        if (suspect)
            throw suspect;
        line++;
        try {
            const record = parseLine(bytes, { isFirst: line === 1, isChecked, options });
            if (record?.type === 'run')
                isChecked = record.checksums === 'crc32';
            if (record)
                records.push(record);
        }
        catch (error) {
            if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4)
                throw error;
            suspect = damaged(path, line, error);
        }
    };
    return {
        readBlock(block) {
            const records = [];
            let start = 0;
            while (start < block.length) {
                const end = block.indexOf(lineBreak, start);
                readLine(withoutCarriageReturn(block.subarray(start, end)), records);
                if (!suspect)
                    endOffset += end + 1 - start;
                start = end + 1;
            }
            return { records, endOffset, hasLineBreak: true };
        },
        readEnd(rest) {
            const records = [];
            if (rest.length > 0) {
                readLine(rest, records);
                if (!suspect)
                    endOffset += rest.length;
            }
            if (line === 0 || (line === 1 && suspect))
                throw emptyLog(path);
            return { records, endOffset, hasLineBreak: rest.length === 0 || suspect !== undefined };
        },
        refuseLongLine(pieces) {
            if (pieces.reduce((sum, piece) => sum + piece.length, 0) > maxLineBytes)
                throw damaged(path, line + 1, new Error('the line is too long'));
        },
    };
}
/** A checkout with CRLF line ends must not make a committed baseline unreadable. */
function withoutCarriageReturn(bytes) {
    return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
}
/** @throws ToolError for a log that cannot be read at all, any other error for a line that is not sound. */
function parseLine(bytes, { isFirst, isChecked, options }) {
    if (isChecked && !hasSoundChecksum(bytes))
        throw new Error('the line does not match its checksum');
    const value = JSON.parse(bytes.toString('utf8'));
    const { type } = RecordHead.parse(value);
    if (isFirst !== (type === 'run'))
        throw new Error(isFirst ? 'the first record is not a run header' : 'there is a second run header');
    if (type === 'run')
        refuseNewer(value);
    if (!isKnown(type) || (options.types && !options.types.includes(type)))
        return undefined;
    const schema = type === 'response' && options.depth === 'numbers' ? ResponseNumbers : _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogRecordSchemas */ .BJ[type];
    const record = schema.parse(value);
    if (type === 'run' && record.type === 'run' && record.checksums === 'crc32' && !hasSoundChecksum(bytes)) {
        throw new Error('the line does not match its checksum');
    }
    delete record.crc;
    return record;
}
const RecordHead = zod__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP() });
/** A response of which only the numbers are used: the texts, most of the bytes, are left as they are. */
const ResponseNumbers = _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .ResponseRecord */ .Vl.extend({
    trajectory: zod__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({ usage: _records_trajectory_js__WEBPACK_IMPORTED_MODULE_3__/* .Usage */ ._U.optional(), latencyMs: zod__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig().min(0).optional(), firstByteMs: zod__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig().min(0).optional() })
        .optional(),
});
function isKnown(type) {
    return Object.hasOwn(_records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogRecordSchemas */ .BJ, type);
}
function refuseNewer(value) {
    const version = zod__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({ schemaVersion: zod__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig() }).safeParse(value).data?.schemaVersion ?? _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogSchemaVersion */ .xS;
    if (version <= _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogSchemaVersion */ .xS)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({
        code: 'run-log-newer',
        message: `the run log has format ${version}; this version reads up to ${_records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogSchemaVersion */ .xS}`,
        remedy: 'update agent-regress',
    });
}
/** `,"crc":"89abcdef"}` at the end of the line. */
const checksumLength = 18;
/** A record as a line of a run log: its JSON text with a last key `crc`, the CRC-32 of that text without the key, and a line break. */
function checksummedLine(record) {
    const json = JSON.stringify(record);
    return `${json.slice(0, -1)},"crc":"${hex((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(json))}"}\n`;
}
function hasSoundChecksum(bytes) {
    const start = bytes.length - checksumLength;
    if (start < 2)
        return false;
    const sum = (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)('}', (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes.subarray(0, start)));
    return bytes.toString('latin1', start) === `,"crc":"${hex(sum)}"}`;
}
function hex(sum) {
    return sum.toString(16).padStart(8, '0');
}
function damaged(path, line, cause) {
    const detail = cause instanceof zod__WEBPACK_IMPORTED_MODULE_6__/* .ZodError */ .G ? zod__WEBPACK_IMPORTED_MODULE_7__/* .prettifyError */ .S1(cause).split('\n').slice(0, 4).join(' ') : String(cause instanceof Error ? cause.message : cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({
        code: 'run-log-damaged',
        message: `${path}, line ${line}: ${detail}`,
        remedy: 'the file was edited or cut in the middle; use another run, or start again without --resume',
        problems: [{ file: path, line, message: detail }],
        cause,
    });
}
function emptyLog(path) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({ code: 'run-log-empty', message: `${path} holds no run`, remedy: 'name the run.jsonl of a run that has started' });
}


/***/ }),

/***/ 97374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LM: () => (/* binding */ Json),
/* harmony export */   Y5: () => (/* binding */ JsonObject),
/* harmony export */   dj: () => (/* binding */ canonicalJson)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53339);

const Json = zod__WEBPACK_IMPORTED_MODULE_0__/* .json */ .Pq9();
const JsonObject = zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), Json);
/** JSON text with sorted object keys: equal values give equal text, whatever the key order. */
function canonicalJson(value) {
    if (value === null || typeof value !== 'object')
        return JSON.stringify(value) ?? 'null';
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
    let text = '';
    for (const key of Object.keys(value).sort()) {
        const item = value[key];
        if (item !== undefined)
            text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
    }
    return `{${text}}`;
}


/***/ }),

/***/ 68254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H5: () => (/* binding */ emptyRunIndex),
/* harmony export */   OB: () => (/* binding */ scoreIn),
/* harmony export */   UP: () => (/* binding */ slotAt),
/* harmony export */   jo: () => (/* binding */ foldRecord),
/* harmony export */   q8: () => (/* binding */ slotKey)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** The slot of an epoch; undefined when it is not done. */
function slotAt(sample, epoch) {
    const { slots } = sample;
    // Mostly every epoch up to this one is done, and then its place is known.
    const likely = slots[epoch - 1];
    return likely?.epoch === epoch ? likely : slots.find((slot) => slot.epoch === epoch);
}
/** The value that a checker gave a slot, 0..1; undefined when it did not score it. */
function scoreIn(slot, checker) {
    return slot.scores.find((score) => score.checker === checker)?.value;
}
/** A text that names one slot of a run; the epoch stands first, because ids may hold anything. */
function slotKey(sample, epoch) {
    return `${epoch}/${sample}`;
}
/** The index of a log without a record; `source` is its path, for messages. */
function emptyRunIndex(source) {
    return { source, samples: new Map(), pending: new Map(), attempts: new Map(), shared: { texts: new Map(), tags: new Map(), scores: new Map() } };
}
/** Folds one record into the index, in place: the one reducer of the live run and of the reader. */
function foldRecord(index, record) {
    switch (record.type) {
        case 'run':
            index.header = record;
            return;
        case 'sample':
            foldSample(index, record);
            return;
        case 'attempt':
            index.attempts.set(slotKey(record.sample, record.epoch), record.attempt);
            delete index.stop;
            return;
        case 'response':
            foldResponse(index, record);
            return;
        case 'score':
            foldScore(index, record);
            return;
        case 'done':
            foldDone(index, record);
            return;
        case 'stop':
            index.stop = record;
            return;
        case 'end':
            index.end = record;
            delete index.stop;
            return;
    }
}
function foldSample(index, record) {
    if (index.samples.has(record.sample))
        return;
    const { sample: id, hash, scoreHash, line, weight, critical } = record;
    const file = share(index.shared.texts, record.file, record.file);
    const tags = share(index.shared.tags, record.tags.join('\n'), record.tags);
    index.samples.set(id, { id, hash, scoreHash, file, line, tags, weight, critical, slots: none });
}
function foldResponse(index, record) {
    const pending = { epoch: record.epoch, scores: none };
    const { latencyMs, firstByteMs, usage } = record.trajectory ?? {};
    if (latencyMs !== undefined)
        pending.latencyMs = latencyMs;
    if (firstByteMs !== undefined)
        pending.firstByteMs = firstByteMs;
    if (usage?.inputTokens !== undefined)
        pending.inputTokens = usage.inputTokens;
    if (usage?.outputTokens !== undefined)
        pending.outputTokens = usage.outputTokens;
    if (usage?.costUsd !== undefined)
        pending.costUsd = usage.costUsd;
    index.pending.set(slotKey(record.sample, record.epoch), pending);
}
function foldScore(index, record) {
    if (record.kind !== 'scored')
        return;
    const key = slotKey(record.sample, record.epoch);
    const pending = index.pending.get(key) ?? { epoch: record.epoch };
    const { checker, value, pass } = record;
    pending.scores = [...(pending.scores ?? none).filter((score) => score.checker !== checker), { checker, value, pass }];
    index.pending.set(key, pending);
}
function foldDone(index, record) {
    const sample = index.samples.get(record.sample);
    if (!sample) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
            code: 'run-log-damaged',
            message: `${index.source}: a finished slot names the sample "${record.sample}", which the log does not list`,
            remedy: 'the file was edited or cut; use another run',
        });
    }
    const { epoch, outcome, attempts } = record;
    const key = slotKey(record.sample, epoch);
    const pending = index.pending.get(key);
    const earlier = slotAt(sample, epoch);
    // The same line twice adds nothing, and must not take the scores away.
    if (!pending && earlier?.outcome === outcome && earlier.attempts === attempts)
        return;
    index.pending.delete(key);
    index.attempts.delete(key);
    const scores = sharedScores(index, pending?.scores ?? none);
    const slot = { ...earlier, ...pending, epoch, outcome, attempts, scores };
    // A list made anew is exactly as long as it must be; one that is pushed to has room for 17.
    const others = sample.slots.filter((other) => other !== earlier);
    const place = others.findLastIndex((other) => other.epoch < epoch) + 1;
    sample.slots = others.length === 0 ? [slot] : [...others.slice(0, place), slot, ...others.slice(place)];
}
const none = [];
function sharedScores(index, scores) {
    if (scores.length === 0)
        return none;
    const key = scores.map(({ checker, value, pass }) => `${value}${pass ? '+' : '-'}${checker}`).join('\n');
    return share(index.shared.scores, key, scores);
}
/** Beyond this many the values differ too much for sharing to pay. */
const maxShared = 2000;
/** The first value that came with this key. */
function share(known, key, value) {
    const found = known.get(key);
    if (found !== undefined)
        return found;
    if (known.size < maxShared)
        known.set(key, value);
    return value;
}


/***/ }),

/***/ 89380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BJ: () => (/* binding */ runLogRecordSchemas),
/* harmony export */   Pi: () => (/* binding */ Outcome),
/* harmony export */   Vl: () => (/* binding */ ResponseRecord),
/* harmony export */   xS: () => (/* binding */ runLogSchemaVersion)
/* harmony export */ });
/* unused harmony exports Fingerprints, AgentErrorRecord, RunRecord, SampleRecord, AttemptRecord, ScoreRecord, DoneRecord, StopRecord, EndRecord, RunLogRecord */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53339);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(64377);
/* harmony import */ var _score_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(98976);
/* harmony import */ var _trajectory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45609);



/** Raised only when an older reader would misread a newer log. */
const runLogSchemaVersion = 1;
/**
 * Fingerprints by part, sha256 hex (first 16 digits). `call` covers everything that decides what the agent
 * is asked and how; `score` everything that decides what a recorded trajectory is worth.
 * A difference names the parts that differ.
 */
const Fingerprints = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    call: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()).describe('endpoint, template, user, tool'),
    score: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()).describe('one entry per checker name, and `judge`'),
});
/** A sample and one of its repeats. Epochs count from 1; those above the planned repeats are confirmation re-runs or top-ups. */
const slot = { sample: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('sample id'), epoch: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1) };
const AgentErrorRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('such as timeout, refused, rate-limited, bad-response, http-status'),
    message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('redacted'),
    status: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().optional().describe('HTTP status, when there was one'),
});
/** What a slot came to. `error`: the agent gave no usable answer; `unscored`: a required checker could not say. */
const Outcome = zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['pass', 'fail', 'error', 'unscored', 'skipped']);
const RunRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('run'),
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
    toolVersion: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    runId: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    startedAt: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(),
    suite: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    configFile: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    fingerprints: Fingerprints,
    git: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ sha: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(), ref: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional() }).optional(),
    planned: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ samples: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), repeats: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), slots: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr() }),
    samplesDigest: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('sha256 hex over the ordered (id, hash) pairs that were selected'),
    caps: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ calls: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional(), costUsd: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional(), minutes: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional() }),
    secrets: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()).describe('names only'),
    agent: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), endpoint: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional().describe('without credentials or query') }),
    checkers: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ name: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), required: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(), weight: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), pure: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().optional() })),
    checksums: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('crc32').optional().describe('every line ends with its crc'),
});
const SampleRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('sample'),
    sample: slot.sample,
    hash: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    scoreHash: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    file: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    line: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    tags: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
    weight: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(),
    critical: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(),
});
const AttemptRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('attempt'),
    ...slot,
    attempt: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    idempotencyKey: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    at: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(),
});
/** Written when the slot has its final answer or its final error; never for an attempt that is retried. */
const ResponseRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('response'),
    ...slot,
    attempt: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    trajectory: _trajectory_js__WEBPACK_IMPORTED_MODULE_1__/* .Trajectory */ .MB.optional(),
    error: AgentErrorRecord.optional(),
});
const scoreFields = { type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('score'), ...slot, checker: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), fingerprint: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() };
const ScoreRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .discriminatedUnion */ .gMt('kind', [_score_js__WEBPACK_IMPORTED_MODULE_0__/* .ScoredScore */ .t$.extend(scoreFields), _score_js__WEBPACK_IMPORTED_MODULE_0__/* .UnscoredScore */ .km.extend(scoreFields)]);
const DoneRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('done'), ...slot, outcome: Outcome, attempts: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0) });
/** The run stopped before its end: on a signal, a spent budget, a full disk. Resume goes on after it. */
const StopRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('stop'), at: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(), reason: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
const EndRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('end'),
    at: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(),
    durationMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(),
    totals: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
        slots: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        pass: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        fail: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        error: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        unscored: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        skipped: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        agentCalls: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().describe('attempts that were made, retries included'),
    }),
});
const RunLogRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([RunRecord, SampleRecord, AttemptRecord, ResponseRecord, ScoreRecord, DoneRecord, StopRecord, EndRecord]);
/** Schema by `type`; a record of another type comes from a newer minor version and is kept unread. */
const runLogRecordSchemas = {
    run: RunRecord,
    sample: SampleRecord,
    attempt: AttemptRecord,
    response: ResponseRecord,
    score: ScoreRecord,
    done: DoneRecord,
    stop: StopRecord,
    end: EndRecord,
};


/***/ }),

/***/ 98006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ SampleRow),
/* harmony export */   Rz: () => (/* binding */ ExpectedToolCall),
/* harmony export */   nu: () => (/* binding */ sampleKeys),
/* harmony export */   pd: () => (/* binding */ Input)
/* harmony export */ });
/* unused harmony exports ChatMessage, SampleTurn, Scenario, CheckerEntry */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53339);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97374);


/** A chat message of an `input` list. */
const ChatMessage = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    role: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).describe('who speaks: system, user, assistant, tool'),
    content: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe('the text'),
})
    .catchall(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM);
/** What is said to the agent: text, a JSON object, or a list of messages. */
const Input = zod__WEBPACK_IMPORTED_MODULE_1__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ChatMessage), _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5]).describe('text, a JSON object, or a list of {role, content}');
const ExpectedToolCall = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).describe('name of the tool'),
    args: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5.optional().describe('expected arguments; absent: any'),
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('of a recorded call; ignored'),
});
const SampleTurn = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    input: Input,
    expected: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional().describe('expected output of this turn'),
    toolCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ExpectedToolCall).optional().describe('expected tool calls of this turn, in order'),
    messages: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('expected intermediate messages of this turn'),
});
const Scenario = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    opening: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('first user message'),
    plan: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('what the simulated user wants'),
    persona: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('who the simulated user is'),
    stop: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('text that ends the conversation'),
    maxTurns: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).max(1000).optional().describe('turns at most'),
});
/** A checker entry as a user writes it: `type` plus that checker's options; validated by the checker's own schema. */
const CheckerEntry = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1) });
const sampleFields = {
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(256).optional().describe('unique in the suite; absent: first 12 hex digits of the content hash'),
    input: Input.optional(),
    expected: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional().describe('expected final output'),
    tags: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('for slices and filters'),
    weight: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().positive().max(1e6).optional().describe('share in weighted means; default 1'),
    critical: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional().describe('must pass whatever the baseline says'),
    turns: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(SampleTurn).min(1).optional().describe('a scripted conversation'),
    toolCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ExpectedToolCall).optional().describe('expected tool calls of a one-turn sample, in order'),
    scenario: Scenario.optional(),
    system: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('system prompt for agents that take one'),
    state: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5.optional().describe('initial state of the agent session'),
    files: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('files that the agent is given'),
    checkers: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(CheckerEntry).optional().describe('checkers of this sample, added to those of the suite'),
    metadata: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5.optional().describe('free data for reports and templates'),
};
/** The keys of a native dataset row. */
const sampleKeys = Object.keys(sampleFields);
/** A native dataset row, as a user writes it. One of `input`, `turns`, `scenario` is required. */
const SampleRow = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3(sampleFields)
    .refine((row) => row.input !== undefined || row.turns !== undefined || row.scenario !== undefined, {
    message: 'a sample needs "input" (or "turns", or "scenario")',
});


/***/ }),

/***/ 98976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c7: () => (/* binding */ unscored),
/* harmony export */   hH: () => (/* binding */ notApplicable),
/* harmony export */   km: () => (/* binding */ UnscoredScore),
/* harmony export */   lD: () => (/* binding */ scored),
/* harmony export */   t$: () => (/* binding */ ScoredScore)
/* harmony export */ });
/* unused harmony export Score */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53339);

const perTurn = zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).max(1).nullable()).optional().describe('value per turn; null: nothing to score in that turn');
const ScoredScore = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('scored'),
    value: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).max(1),
    pass: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().describe('one sentence for a person, on a pass too'),
    perTurn,
});
const UnscoredScore = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('unscored'),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    isApplicable: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(false)
        .optional()
        .describe('the sample gives this checker nothing to judge, such as no expected tool calls; it then takes no part in the outcome'),
});
/** What one checker says of one trajectory. `unscored` is not a fail: nothing could be said. */
const Score = zod__WEBPACK_IMPORTED_MODULE_0__/* .discriminatedUnion */ .gMt('kind', [ScoredScore, UnscoredScore]);
/** A finite value in 0..1, passing when it reaches the threshold (default 1). */
function scored(value, reason, options = {}) {
    const pass = options.pass ?? value >= (options.threshold ?? 1);
    return { kind: 'scored', value, pass, reason, ...(options.perTurn ? { perTurn: options.perTurn } : {}) };
}
/** Nothing could be said of the trajectory; `reason` is one sentence for a person. */
function unscored(reason) {
    return { kind: 'unscored', reason };
}
/** The sample asks nothing of this checker: in a suite of mixed samples that must not leave the slot without an outcome. */
function notApplicable(reason) {
    return { kind: 'unscored', reason, isApplicable: false };
}


/***/ }),

/***/ 45609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ Trajectory),
/* harmony export */   Ve: () => (/* binding */ toolCallsOf),
/* harmony export */   _U: () => (/* binding */ Usage),
/* harmony export */   jH: () => (/* binding */ outputOf),
/* harmony export */   pn: () => (/* binding */ Step)
/* harmony export */ });
/* unused harmony exports ToolCallStep, MessageStep, ErrorStep, Turn */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53339);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97374);
/* harmony import */ var _sample_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98006);



const ToolCallStep = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('toolCall'),
    name: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    args: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional().describe('arguments as sent, usually an object'),
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    server: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional().describe('MCP server or other owner of the tool'),
    result: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional(),
    isError: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().optional(),
});
const MessageStep = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('message'), text: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), author: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional() });
const ErrorStep = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('error'), message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
const Step = zod__WEBPACK_IMPORTED_MODULE_2__/* .discriminatedUnion */ .gMt('kind', [ToolCallStep, MessageStep, ErrorStep]);
const Turn = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    input: _sample_js__WEBPACK_IMPORTED_MODULE_1__/* .Input */ .pd.describe('the user message'),
    output: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe("the agent's reply as text; a JSON reply is its JSON text"),
    steps: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Step),
});
const Usage = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    inputTokens: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional(),
    outputTokens: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional(),
    costUsd: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional(),
});
/** What the agent did in one slot. Its output is the output of its last turn. Absent numbers are absent, never 0 or NaN. */
const Trajectory = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    turns: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Turn),
    finalState: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional(),
    usage: Usage.optional(),
    latencyMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional().describe('sum over the turns, milliseconds'),
    firstByteMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional().describe('of the first turn, milliseconds'),
});
/** The output of the last turn; empty text when there is no turn. */
function outputOf(trajectory) {
    return trajectory.turns.at(-1)?.output ?? '';
}
/** Every tool call of every turn, in order. */
function toolCallsOf(trajectory) {
    return trajectory.turns.flatMap((turn) => turn.steps.filter((step) => step.kind === 'toolCall'));
}


/***/ }),

/***/ 70244:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Iq: () => (/* binding */ createRegistry),
/* harmony export */   LE: () => (/* binding */ nearestNames),
/* harmony export */   Yk: () => (/* binding */ unknownNameRemedy)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

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
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
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


/***/ })

};
