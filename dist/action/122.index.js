export const id = 122;
export const ids = [122];
export const modules = {

/***/ 24579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ unlessStopped)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);


/**
 * Waits for work, but after the signal only so many milliseconds more: the runner kills ten seconds after it, and what
 * hangs must not keep a check run open. What was given up goes on unseen. @throws ToolError `cancelled`
 */
async function unlessStopped(signal, graceMs, work) {
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
    await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(graceMs);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({ code: 'cancelled', message: 'the run was cancelled', exitCode: _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.incomplete });
}


/***/ }),

/***/ 19122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ checkTitle),
  o: () => (/* binding */ publishSuite)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/github/artifact.js



/**
 * Stores a run folder as an artifact of the workflow run; only a JavaScript action is given what that needs.
 * Never throws: what it cannot store stays in the folder.
 */
async function uploadRunFolder(request) {
    const unable = whyUnable(request.env);
    if (unable)
        return { kind: 'skipped', reason: `${unable}; store ${request.folder} with actions/upload-artifact as "${request.name}" instead` };
    try {
        const files = await filesOf(request);
        if (files.length === 0)
            return { kind: 'skipped', reason: `${request.folder} holds no file` };
        return await upload(request, files);
    }
    catch (error) {
        return failed(request, error);
    }
}
async function upload(request, files) {
    const { DefaultArtifactClient } = await Promise.all(/* import() */[__webpack_require__.e(659), __webpack_require__.e(579), __webpack_require__.e(451)]).then(__webpack_require__.bind(__webpack_require__, 55451));
    const client = new DefaultArtifactClient();
    const { name, folder, retentionDays } = request;
    const store = () => client.uploadArtifact(name, files, folder, retentionDays === undefined ? {} : { retentionDays });
    let id;
    try {
        ({ id } = await store());
    }
    catch (error) {
        // The artifact of an earlier attempt is replaced; in a first attempt it is another job's, which must keep it.
        if (!isConflict(error) || request.runAttempt < 2)
            throw error;
        await client.deleteArtifact(name);
        ({ id } = await store());
    }
    return { kind: 'published', ...(id === undefined ? {} : { url: `${request.runUrl}/artifacts/${id}` }) };
}
function whyUnable(env) {
    const host = new URL(env.GITHUB_SERVER_URL || 'https://github.com').hostname.toLowerCase();
    const isHosted = host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
    if (!isHosted)
        return 'GitHub Enterprise Server has no artifact service for actions';
    if (!env.ACTIONS_RUNTIME_TOKEN || !env.ACTIONS_RESULTS_URL)
        return 'the runner gave no access to the artifact service';
    return undefined;
}
async function filesOf({ folder, except = [] }) {
    const entries = await (0,promises_.readdir)(folder, { withFileTypes: true });
    return entries
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !except.includes(entry.name))
        .map((entry) => (0,external_node_path_.join)(folder, entry.name))
        .sort();
}
function failed(request, error) {
    const message = `the run could not be stored as artifact "${request.name}": ${(0,errors/* messageOf */.bD)(error)}`;
    const remedy = isConflict(error)
        ? 'another job of this workflow run stored the same name: give each matrix job its own `artifact-name`'
        : `the files are in ${request.folder}; re-run the job, or store them with actions/upload-artifact`;
    return { kind: 'failed', message, remedy };
}
function isConflict(error) {
    return /\b409\b|conflict|already exists/i.test((0,errors/* messageOf */.bD)(error));
}

// EXTERNAL MODULE: ./lib/github/check-run.js
var check_run = __webpack_require__(56255);
// EXTERNAL MODULE: ./lib/github/comment.js
var comment = __webpack_require__(74510);
// EXTERNAL MODULE: ./lib/github/publish-result.js
var publish_result = __webpack_require__(33688);
// EXTERNAL MODULE: ./lib/github/suite-slug.js
var suite_slug = __webpack_require__(6163);
// EXTERNAL MODULE: ./lib/reporters/parts/escape.js
var parts_escape = __webpack_require__(32916);
// EXTERNAL MODULE: ./lib/reporters/parts/phrase.js
var phrase = __webpack_require__(11514);
// EXTERNAL MODULE: ./lib/reporters/parts/view.js + 4 modules
var parts_view = __webpack_require__(44911);
// EXTERNAL MODULE: ./lib/reporters/registry.js + 17 modules
var registry = __webpack_require__(14579);
// EXTERNAL MODULE: ./lib/action/give-up.js
var give_up = __webpack_require__(24579);
// EXTERNAL MODULE: ./lib/action/run-context.js
var run_context = __webpack_require__(88185);
// EXTERNAL MODULE: ./lib/action/suite-check.js
var suite_check = __webpack_require__(15555);
;// CONCATENATED MODULE: ./lib/action/publish-suite.js












/** After the signal, for what hangs; a check run has a grace of its own. */
const graceMs = 500;
/** Shows one report everywhere it is wanted. Each target is tried alone; none changes the verdict. Never throws. */
async function publishSuite(report) {
    const { signal } = report.context;
    const artifact = await attempt(() => (0,give_up/* unlessStopped */.O)(signal, graceMs, storeRun(report)));
    const view = linkedView(report, artifact);
    const summary = await attempt(() => writeSummary(report, view));
    const { evaluation, context } = report;
    const stopped = stopOf(report);
    const conclusion = (0,check_run/* concludeCheck */.Oe)({ assessment: evaluation.assessment, exitCode: evaluation.exitCode, ...(stopped ? { stopped } : {}) });
    const check = await attempt(() => report.check.finish(conclusion, checkOutput(context, view)));
    const comment = await attempt(() => (0,give_up/* unlessStopped */.O)(signal, graceMs, writeComment(report, view)));
    return { artifact, summary, check, comment };
}
async function attempt(publish) {
    try {
        return await publish();
    }
    catch (error) {
        return (0,publish_result/* failedResult */.N)(error);
    }
}
function storeRun({ context, evaluation, outputDir }) {
    const { inputs, host, event } = context;
    if (context.signal.aborted)
        return Promise.resolve({ kind: 'skipped', reason: 'the run was cancelled' });
    return uploadRunFolder({
        name: (0,suite_slug/* artifactNameOf */.nn)(inputs['artifact-name'], evaluation.assessment.suite),
        folder: outputDir,
        except: inputs.html ? [] : ['report.html'],
        retentionDays: Math.min(inputs['retention-days'], Number(host.env.GITHUB_RETENTION_DAYS) || Number.POSITIVE_INFINITY),
        runAttempt: event.runAttempt,
        env: host.env,
        runUrl: context.runUrl,
    });
}
function linkedView({ context, evaluation }, artifact) {
    const { assessment, view } = evaluation;
    const stored = artifact.kind === 'published' ? artifact.url : undefined;
    return (0,parts_view/* makeReportView */.W)({
        assessment,
        evidence: [...view.evidence.values()],
        links: { runUrl: context.runUrl, reportUrl: stored ?? context.runUrl, sampleUrl: (file, line) => (0,run_context/* sampleUrl */.ec)(context, file, line) },
    });
}
async function writeSummary({ context }, view) {
    if (!context.inputs.summary)
        return { kind: 'skipped', reason: 'summary: false' };
    const isWritten = await context.host.summarize((maxBytes) => registry/* reporters */.R.get('markdown').render(view, { maxBytes }));
    return isWritten ? { kind: 'published' } : { kind: 'skipped', reason: 'this runner has no job summary' };
}
function checkOutput(context, view) {
    return {
        title: checkTitle(view),
        render: (maxBytes) => registry/* reporters */.R.get('markdown').render(view, { maxBytes }),
        annotations: (0,check_run/* annotationsOf */.Ih)(view.assessment.samples, (file) => (0,run_context/* repositoryPath */.SH)(context, file)).map(asPlainText),
    };
}
/** The one line that the list of checks shows: the answer, then the numbers, so that what a narrow screen cuts is the rest. */
function checkTitle(view) {
    return (0,parts_escape/* toLine */.S5)((0,phrase/* plainPhrase */.Uy)([view.headline, ...view.summary.slice(0, 2)].join(' '))) || view.suite;
}
/** Annotations are shown as they are, without markdown. */
function asPlainText(annotation) {
    return { ...annotation, title: (0,parts_escape/* toLine */.S5)(annotation.title), message: (0,parts_escape/* toDisplay */.Wn)((0,phrase/* plainPhrase */.Uy)(annotation.message)) };
}
async function writeComment({ context, evaluation }, view) {
    const { event, inputs } = context;
    if (!event.pullRequest)
        return { kind: 'skipped', reason: `${event.name} has no pull request` };
    const readOnly = (0,suite_check/* whyReadOnly */.LU)(context);
    if (readOnly)
        return { kind: 'skipped', reason: readOnly };
    if (context.signal.aborted)
        return { kind: 'skipped', reason: 'the run was cancelled' };
    const { assessment, exitCode } = evaluation;
    return (0,comment/* publishComment */.p8)({
        client: context.writer(),
        pullNumber: event.pullRequest.number,
        marker: { suite: (0,suite_slug/* suiteSlug */.SE)(assessment.suite), runId: event.runId, attempt: event.runAttempt, sha: event.headSha },
        mode: inputs.comment,
        verdict: { status: assessment.verdict.status, isFailure: exitCode !== 0 },
        render: (maxBytes) => registry/* reporters */.R.get('comment').render(view, { maxBytes }),
    });
}
function stopOf({ context, evaluation }) {
    if (context.signal.aborted)
        return 'cancelled';
    return evaluation.assessment.run.stopReason === 'budget-minutes' ? 'timed_out' : undefined;
}


/***/ }),

/***/ 15555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LU: () => (/* binding */ whyReadOnly),
/* harmony export */   Nt: () => (/* binding */ startSuiteCheck),
/* harmony export */   b7: () => (/* binding */ startCheck)
/* harmony export */ });
/* unused harmony export openChecksState */
/* harmony import */ var _github_check_run_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56255);
/* harmony import */ var _github_clamp_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42484);
/* harmony import */ var _github_publish_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33688);
/* harmony import */ var _github_suite_slug_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6163);
/* harmony import */ var _give_up_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24579);





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
        const opening = (0,_github_check_run_js__WEBPACK_IMPORTED_MODULE_0__/* .openCheck */ .Xq)({
            client: context.writer(),
            mode,
            name: (0,_github_clamp_js__WEBPACK_IMPORTED_MODULE_1__/* .clampBytes */ .D)(`agent-regress / ${suite}`, 120),
            headSha: run.headSha,
            externalId: `${run.id}-${run.attempt}-${(0,_github_suite_slug_js__WEBPACK_IMPORTED_MODULE_3__/* .suiteSlug */ .SE)(suite)}`,
            detailsUrl: run.url,
            ...(jobCheckId === undefined ? {} : { jobCheckId }),
        });
        const check = await (0,_give_up_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessStopped */ .O)(context.signal, openGraceMs, opening);
        remember(context, check, true);
        return { finish: (conclusion, output) => finishCheck(context, check, conclusion, output) };
    }
    catch (error) {
        return noCheck((0,_github_publish_result_js__WEBPACK_IMPORTED_MODULE_2__/* .failedResult */ .N)(error));
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
        const completing = (0,_github_check_run_js__WEBPACK_IMPORTED_MODULE_0__/* .completeCheck */ .iL)({ client: context.writer(), check, conclusion, ...(what === undefined ? {} : { output: what }) });
        await (0,_give_up_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessStopped */ .O)(context.signal, closeGraceMs, completing);
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
            return (0,_github_publish_result_js__WEBPACK_IMPORTED_MODULE_2__/* .failedResult */ .N)(error);
        return complete(isStopping ? output : undefined).then(() => (isStopping ? published : (0,_github_publish_result_js__WEBPACK_IMPORTED_MODULE_2__/* .failedResult */ .N)(error)), () => (0,_github_publish_result_js__WEBPACK_IMPORTED_MODULE_2__/* .failedResult */ .N)(error));
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


/***/ }),

/***/ 56255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ih: () => (/* binding */ annotationsOf),
/* harmony export */   Oe: () => (/* binding */ concludeCheck),
/* harmony export */   Xq: () => (/* binding */ openCheck),
/* harmony export */   iL: () => (/* binding */ completeCheck)
/* harmony export */ });
/* unused harmony export closeIfOpen */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53339);
/* harmony import */ var _clamp_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42484);
/* harmony import */ var _publish_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45131);



/** GitHub counts the bytes of summary and text, whatever its documentation says of characters. */
const maxSummaryBytes = 65_535;
const annotationsPerRequest = 50;
/** GitHub shows no more in practice; the rest is in the report. */
const maxAnnotations = 200;
const needs = 'checks: write';
const CheckRun = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ id: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), html_url: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullish(), external_id: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullish(), status: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional() });
/** Opens the check run before the first sample is asked. @throws PublishError */
async function openCheck(request) {
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
        if (!(error instanceof _publish_error_js__WEBPACK_IMPORTED_MODULE_1__/* .PublishError */ .S) || !error.isAmbiguous)
            throw error;
        const query = { check_name: name, filter: 'all' };
        const known = await client.list(`commits/${headSha}/check-runs`, query, { needs, maxPages: 3, key: 'check_runs' });
        const made = known.map((entry) => CheckRun.safeParse(entry).data).find((run) => run?.external_id === externalId);
        return toOpenCheck(made ?? CheckRun.parse(await client.create('check-runs', body, { needs })), true);
    }
}
/** Completes the check run, with its annotations in fifties. @throws PublishError */
async function completeCheck(input) {
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
        const body = { output: { title: (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .clampBytes */ .D)(output.title, 255), summary: text, ...(annotations.length > 0 ? { annotations } : {}) } };
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
const order = ['failure', 'warning', 'notice'];
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
    const room = maxSummaryBytes - (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .byteLength */ .d)(footer);
    const text = (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .clampBytes */ .D)(output.render(room), room) + footer;
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
        title: (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .clampBytes */ .D)(escapeAstral(title), 255),
        message: (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .clampBytes */ .D)(escapeAstral(message), 64_000) || '-',
    };
}
/** The annotations endpoint has refused characters above U+FFFF, such as emoji. */
function escapeAstral(text) {
    return text.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}
function toOpenCheck(run, isOwn) {
    return { id: run.id, isOwn, ...(run.html_url ? { url: run.html_url } : {}) };
}


/***/ }),

/***/ 74510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p8: () => (/* binding */ publishComment)
/* harmony export */ });
/* unused harmony exports renderMarker, parseMarker, isWanted */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53339);
/* harmony import */ var _clamp_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42484);
/* harmony import */ var _publish_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45131);



/** GitHub counts 65,536 characters; bytes are never fewer. */
const maxBodyBytes = 65_536;
const needs = 'pull-requests: write';
/** Rounds of look, write and look again, until nothing is left to do. */
const maxRounds = 4;
const Comment = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
    body: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullish(),
    html_url: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    user: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ login: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), type: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional() }).nullish(),
});
const PullRequest = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ state: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), head: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ sha: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() }) });
/**
 * Leaves exactly one comment per suite that speaks for the newest run. An existing comment is always brought up to
 * date, in every mode but `off`, so that no old alarm remains. @throws PublishError
 */
async function publishComment(request) {
    const { client, marker, mode } = request;
    if (mode === 'off')
        return { kind: 'skipped', reason: 'comment: off' };
    const blocked = await whyNotThisPullRequest(request);
    if (blocked)
        return { kind: 'skipped', reason: blocked };
    const body = bodyOf(request);
    let createdId;
    let url;
    let note = 'unchanged';
    let doubt;
    for (let round = 1; round <= maxRounds; round++) {
        const own = await findOwn(request);
        const [first, ...extras] = own;
        if (!first) {
            if (!isWanted(mode, request.verdict))
                return { kind: 'skipped', reason: `comment: ${mode}, and the verdict is ${request.verdict.status}` };
            const created = await createOnce(request, body);
            doubt = created.doubt;
            createdId = created.comment?.id;
            url = created.comment?.html_url;
            note = 'created';
            continue;
        }
        doubt = undefined;
        url = first.comment.html_url;
        if (own.some((other) => compareRuns(other.marker, marker) > 0)) {
            for (const extra of extras)
                if (extra.comment.id === createdId)
                    await removeQuietly(client, extra.comment.id);
            return { kind: 'skipped', reason: 'a newer run has already reported on this pull request' };
        }
        for (const extra of extras)
            await removeQuietly(client, extra.comment.id);
        if (normalize(first.comment.body ?? '') === normalize(body))
            return { kind: 'published', note, ...(url === undefined ? {} : { url }) };
        if (await updateUnlessGone(client, first.comment.id, body))
            note = 'updated';
    }
    if (doubt)
        throw doubt;
    return { kind: 'published', note, ...(url === undefined ? {} : { url }) };
}
/** First line of a comment; its end is part of the match, so that suite `a` is never suite `ab`. */
function renderMarker({ suite, runId, attempt, sha }) {
    return `<!-- agent-regress:v1 suite=${suite} run=${runId} attempt=${attempt} sha=${sha} -->`;
}
/** Only a comment that begins with the marker has it: a quotation does not. */
function parseMarker(body) {
    const match = /^<!-- agent-regress:v1 suite=([a-z0-9._-]+) run=(\d{1,15}) attempt=(\d{1,9}) sha=([0-9a-f]{7,64}) -->(?:\r?\n|$)/.exec(body);
    if (!match)
        return undefined;
    const [, suite = '', runId, attempt, sha = ''] = match;
    return { suite, runId: Number(runId), attempt: Number(attempt), sha };
}
/** Whether a first comment is worth a notification. */
function isWanted(mode, verdict) {
    switch (mode) {
        case 'always':
            return true;
        case 'changes':
            return verdict.isFailure || verdict.status === 'regressed' || verdict.status === 'improved';
        case 'regressions':
            return verdict.status === 'regressed';
        case 'failures':
            return verdict.isFailure;
        case 'off':
            return false;
    }
}
function bodyOf(request) {
    const head = `${renderMarker(request.marker)}\n`;
    const room = maxBodyBytes - (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .byteLength */ .d)(head);
    return head + (0,_clamp_js__WEBPACK_IMPORTED_MODULE_0__/* .clampBytes */ .D)(request.render(room), room);
}
async function whyNotThisPullRequest({ client, pullNumber, marker }) {
    const pull = PullRequest.parse(await client.get(`pulls/${pullNumber}`, {}, { needs: 'pull-requests: read' }));
    if (pull.state !== 'open')
        return `pull request #${pullNumber} is ${pull.state === 'closed' ? 'closed' : 'not open'}`;
    if (pull.head.sha !== marker.sha)
        return `pull request #${pullNumber} has moved on to another commit`;
    return undefined;
}
/** Own comments of the suite, lowest id first. */
async function findOwn({ client, pullNumber, marker }) {
    const comments = await client.list(`issues/${pullNumber}/comments`, {}, { needs: 'pull-requests: read', maxPages: 30 });
    const marked = comments.flatMap((entry) => {
        const comment = Comment.safeParse(entry).data;
        const found = comment ? parseMarker(comment.body ?? '') : undefined;
        return comment && found?.suite === marker.suite ? [{ comment, marker: found }] : [];
    });
    const own = [];
    for (const entry of marked)
        if (await isOurs(client, entry.comment))
            own.push(entry);
    return own.sort((a, b) => a.comment.id - b.comment.id);
}
const jobTokenLogin = 'github-actions[bot]';
const identities = new WeakMap();
/** Asks GitHub who we are only when somebody other than the job token carries our marker. */
async function isOurs(client, { user }) {
    if (!user)
        return false;
    if (user.login === jobTokenLogin)
        return true;
    const source = user.type === 'Bot' ? 'app' : 'user';
    const known = identities.get(client) ?? new Map();
    identities.set(client, known);
    const identity = known.get(source) ?? (source === 'app' ? readAppLogin(client) : readUserLogin(client));
    known.set(source, identity);
    return (await identity) === user.login;
}
const Login = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ login: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
/** An installation token, such as the job's own, has no user: then no person's comment is ours. */
async function readUserLogin(client) {
    try {
        return Login.parse(await client.get('/user')).login;
    }
    catch (error) {
        if (error instanceof _publish_error_js__WEBPACK_IMPORTED_MODULE_1__/* .PublishError */ .S)
            return undefined;
        throw error;
    }
}
/** The bot of an app can be asked for only by GraphQL. */
async function readAppLogin(client) {
    const reply = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ data: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ viewer: Login }) });
    try {
        return reply.parse(await client.create('/graphql', { query: 'query { viewer { login } }' })).data.viewer.login;
    }
    catch {
        return undefined;
    }
}
/** After a reply that leaves it open whether the comment exists, the caller looks again before a second try. */
async function createOnce({ client, pullNumber }, body) {
    try {
        return { comment: Comment.parse(await client.create(`issues/${pullNumber}/comments`, { body }, { needs })) };
    }
    catch (error) {
        if (error instanceof _publish_error_js__WEBPACK_IMPORTED_MODULE_1__/* .PublishError */ .S && error.isAmbiguous)
            return { doubt: error };
        throw error;
    }
}
async function updateUnlessGone(client, id, body) {
    try {
        await client.update(`issues/comments/${id}`, { body }, { needs });
        return true;
    }
    catch (error) {
        if (error instanceof _publish_error_js__WEBPACK_IMPORTED_MODULE_1__/* .PublishError */ .S && error.status === 404)
            return false;
        throw error;
    }
}
async function removeQuietly(client, id) {
    try {
        await client.remove(`issues/comments/${id}`, { needs });
    }
    catch (error) {
        if (!(error instanceof _publish_error_js__WEBPACK_IMPORTED_MODULE_1__/* .PublishError */ .S) || error.status !== 404)
            throw error;
    }
}
function compareRuns(a, b) {
    return a.runId - b.runId || a.attempt - b.attempt;
}
function normalize(body) {
    return body.replace(/\r\n/g, '\n').trimEnd();
}


/***/ }),

/***/ 33688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ failedResult)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Turns what a target threw into a result, so that one target never hides another. */
function failedResult(error) {
    const remedy = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4 ? error.remedy : undefined;
    return { kind: 'failed', message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), remedy: remedy ?? 'the verdict, the job summary and the output folder are not affected' };
}


/***/ }),

/***/ 24357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ representativePair)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97374);
/* harmony import */ var _trajectory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45609);


/**
 * Compares failing current slots with passing baseline slots when the sample fails more often than before, and passing
 * current slots with failing baseline slots when it fails less often. Deterministic: depends on the order of the slots only.
 */
function representativePair(evidence) {
    const isWorse = failShare(evidence.current) >= failShare(evidence.baseline);
    const now = preferred(evidence.current, !isWorse);
    const before = preferred(evidence.baseline, isWorse);
    const baseline = mostCommon(before);
    const current = mostCommon(now);
    return { before, now, ...(baseline ? { baseline } : {}), ...(current ? { current } : {}) };
}
function failShare(slots) {
    return slots.length === 0 ? 0 : slots.filter((slot) => slot.outcome !== 'pass').length / slots.length;
}
/** Answered slots of the wanted outcome, else any answered slot, else all. */
function preferred(slots, passing) {
    const answered = slots.filter((slot) => slot.trajectory);
    const wanted = answered.filter((slot) => (slot.outcome === 'pass') === passing);
    return wanted.length > 0 ? wanted : answered.length > 0 ? answered : slots;
}
function mostCommon(slots) {
    const groups = new Map();
    for (const slot of slots) {
        const key = behaviourKey(slot);
        const group = groups.get(key);
        if (group)
            group.size += 1;
        else
            groups.set(key, { slot, size: 1 });
    }
    let best;
    for (const group of groups.values())
        if (!best || group.size > best.size)
            best = group;
    return best?.slot;
}
function behaviourKey(slot) {
    if (!slot.trajectory)
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)(slot.error);
    const calls = (0,_trajectory_js__WEBPACK_IMPORTED_MODULE_1__/* .toolCallsOf */ .Ve)(slot.trajectory).map((call) => [call.name, call.args]);
    return `${(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)(calls)} ${(0,_trajectory_js__WEBPACK_IMPORTED_MODULE_1__/* .outputOf */ .jH)(slot.trajectory)}`;
}


/***/ }),

/***/ 4568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D9: () => (/* binding */ markdownCode),
/* harmony export */   Pl: () => (/* binding */ safeUrl),
/* harmony export */   iQ: () => (/* binding */ markdownLink),
/* harmony export */   jV: () => (/* binding */ markdownPhrase),
/* harmony export */   p0: () => (/* binding */ markdownFence),
/* harmony export */   p7: () => (/* binding */ markdownText)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32916);
/* harmony import */ var _phrase_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11514);


/**
 * Text as one inline code element, also inside a table row. A pipe is escaped for the row; a backslash before it, which
 * no table can hold, is shown as U+2216. Empty text is shown as `(empty)`, so that the structure never depends on it.
 */
function markdownCode(text) {
    const shown = breakMarkers((0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .toLine */ .S5)(text)) || '(empty)';
    const inert = shown.replace(/\\+(?=\|)/g, (run) => '∖'.repeat(run.length)).replace(/\|/g, '\\|');
    const fence = '`'.repeat(longestRun(inert) + 1);
    const pad = inert.startsWith('`') || inert.endsWith('`') ? ' ' : '';
    return fence + pad + inert + pad + fence;
}
/** Text as a fenced block; the fence is longer than any run of backticks in it. `language` is ours, never data. */
function markdownFence(text, language = '') {
    const shown = breakMarkers((0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .toDisplay */ .Wn)(text));
    const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
    return [fence + language, ...shown.split('\n'), fence];
}
/**
 * Words on one line with every character that means something escaped. Mentions, references, addresses and commit ids
 * are broken with a zero-width space, the way that is known to keep GitHub from linking them.
 */
function markdownText(text) {
    return breakLinks(breakMarkers((0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .toLine */ .S5)(text)))
        .replace(/[\\`*_[\]~]|\$(?!\d)/g, '\\$&')
        .replace(/[&<>|]/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/^(?:[-=#:]|\+(?=\s|$)|\d+(?=[.)](?:\s|$)))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}
/** A phrase: its names and quoted texts as code, the words between them as text. */
function markdownPhrase(phrase) {
    return (0,_phrase_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePhrase */ .L1)(phrase)
        .map((part) => (part.kind === 'code' ? markdownCode(part.text) : spaced(part.text)))
        .join('');
}
/** A link with an address of ours; anything but http and https gives the text alone. */
function markdownLink(label, url) {
    const target = url === undefined ? undefined : safeUrl(url);
    return target === undefined ? label : `[${label}](${target})`;
}
/** An http(s) address with everything percent-encoded that could end it; otherwise undefined. */
function safeUrl(url) {
    if (!/^https?:\/\/[A-Za-z0-9.[\]:-]+(?:[/?#]|$)/.test(url))
        return undefined;
    return (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .toDisplay */ .Wn)(url).replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/gu, (character) => encodeURIComponent(character).replace(/[()'*]/g, percentEncode));
}
/** Keeps the white space at both ends, which joins the parts of a phrase. */
function spaced(text) {
    const inner = markdownText(text);
    if (inner === '')
        return text === '' ? '' : ' ';
    return (/^\s/.test(text) ? ' ' : '') + inner + (/\s$/.test(text) ? ' ' : '');
}
function breakMarkers(text) {
    return text.replace(/<!-/g, '<! -');
}
function breakLinks(text) {
    return text
        .replace(/@(?=[\p{L}\p{N}_-])/gu, '@\u200b')
        .replace(/#(?=\d)/g, '#\u200b')
        .replace(/\b(gh)-(?=\d)/gi, '$1-\u200b')
        .replace(/:(?=\/\/)/g, ':\u200b')
        .replace(/\b(www)\.(?=\S)/gi, '$1\u200b.')
        .replace(/\b(mailto|xmpp):(?=\S)/gi, '$1:\u200b')
        .replace(/\b(?=[0-9a-f]*\d)([0-9a-f])(?=[0-9a-f]{6,39}\b)/gi, '$1\u200b');
}
function longestRun(text) {
    let longest = 0;
    for (const match of text.matchAll(/`+/g))
        longest = Math.max(longest, match[0].length);
    return longest;
}
function percentEncode(character) {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}


/***/ }),

/***/ 32916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   Fy: () => (/* binding */ escapeWorkflowCommands),
/* harmony export */   GR: () => (/* binding */ escapeCsv),
/* harmony export */   Nd: () => (/* binding */ escapeScriptJson),
/* harmony export */   S5: () => (/* binding */ toLine),
/* harmony export */   Wn: () => (/* binding */ toDisplay),
/* harmony export */   X: () => (/* binding */ escapeXml),
/* harmony export */   ZD: () => (/* binding */ escapeHtml),
/* harmony export */   en: () => (/* binding */ escapeTerminal)
/* harmony export */ });
/*
 * Text of an agent, a dataset, a baseline or a pull request made harmless, one function per sink. Nothing is thrown away
 * silently: what cannot be shown is shown as its escape.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;
/** Layout, and the selectors between the text and the colour form of an emoji. */
const kept = new Set(['\n', '\t', '\ufe0e', '\ufe0f']);
/**
 * Any text as text that can be shown, line breaks and tabs kept: controls, bidi marks, zero-width and other invisible
 * characters, lone surrogates and non-characters become visible escapes such as `\u202E`. CR LF becomes LF.
 */
function toDisplay(text) {
    return text.replace(/\r\n/g, '\n').replace(invisible, (character) => (kept.has(character) ? character : visibleEscape(character)));
}
/** `toDisplay` on one line: a line break is shown as `⏎`, runs of white space become one space. Empty text stays empty. */
function toLine(text) {
    return toDisplay(text)
        .replace(/\s*\n\s*/g, ' ⏎ ')
        .replace(/\s+/g, ' ')
        .trim();
}
/** At most `max` characters as a person counts them, the last one `…` when something was cut. */
function clip(text, max) {
    if (text.length <= max)
        return text;
    const kept = [];
    for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, max * 8))) {
        if (kept.length === max)
            return `${kept.slice(0, max - 1).join('')}…`;
        kept.push(segment);
    }
    return kept.join('').length === text.length ? text : `${kept.slice(0, max - 1).join('')}…`;
}
/** Text for HTML content and for attributes in double or single quotes. */
function escapeHtml(text) {
    return toDisplay(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
/** JSON that may stand inside a `<script type="application/json">` element. */
function escapeScriptJson(json) {
    return json.replace(/[<>&\u2028\u2029]/g, (character) => unicodeEscape(character.charCodeAt(0)));
}
/** Text for XML 1.0 content and attributes; line breaks survive in attributes too. */
function escapeXml(text) {
    return toDisplay(text).replace(/[&<>"'\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
/**
 * One CSV field after RFC 4180, quoted where needed. A field that a spreadsheet would take for a formula gets a leading
 * apostrophe (OWASP ASVS 1.2.10), full-width forms and leading white space included.
 */
function escapeCsv(text) {
    if (/^[A-Za-z0-9]*$/.test(text))
        return text;
    const shown = toDisplay(text);
    const inert = /^[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]/u.test(shown) || /^[\t\r\n\0]/.test(text) ? `'${shown}` : shown;
    return /[",\r\n\t;']|^\s|\s$/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}
/** One line for a terminal: no escape sequence survives. */
function escapeTerminal(text) {
    return toLine(text);
}
/**
 * Text that the runner of GitHub Actions does not take for a workflow command when it is printed: `::command` at the
 * start of a line and the legacy `##[command]` anywhere are broken with a space. Colour sequences are left alone.
 */
function escapeWorkflowCommands(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours may precede the text on a line
    return text.replace(/^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gm, '$1: ').replace(/##(?=\[)/g, '## ');
}
function visibleEscape(character) {
    return unicodeEscape(character.codePointAt(0) ?? 0);
}
function unicodeEscape(code) {
    const hex = code.toString(16).toUpperCase().padStart(4, '0');
    return code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`;
}


/***/ }),

/***/ 77460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ ratio),
/* harmony export */   E5: () => (/* binding */ probability),
/* harmony export */   Jb: () => (/* binding */ pointsInterval),
/* harmony export */   KN: () => (/* binding */ percent),
/* harmony export */   KW: () => (/* binding */ age),
/* harmony export */   TH: () => (/* binding */ metric),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   WR: () => (/* binding */ points),
/* harmony export */   dy: () => (/* binding */ utf8Bytes),
/* harmony export */   fN: () => (/* binding */ score),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   y: () => (/* binding */ cost),
/* harmony export */   zr: () => (/* binding */ ratioInterval)
/* harmony export */ });
/*
 * Numbers as people read them. The locale is fixed, the unit is always printed, a minus is U+2212 and zero has no sign.
 * Every function expects a finite number; anything else reads "n/a".
 */
const missing = 'n/a';
/** `0.8417` → `84.2 %`. */
function percent(fraction) {
    return withUnit(fraction * 100, 1, ' %');
}
/** Percentage points of a difference of rates: `-0.072` → `−7.2 pp`, `0.012` → `+1.2 pp`. */
function points(difference) {
    return Number.isFinite(difference) ? `${signed(difference * 100, 1)} pp` : missing;
}
/** An interval in percentage points without the unit, to stand beside one: `−11.0 … −3.5`. */
function pointsInterval(interval) {
    return interval.every(Number.isFinite) ? `${signed(interval[0] * 100, 1)} … ${signed(interval[1] * 100, 1)}` : missing;
}
/** `1.2437` → `×1.24`. */
function ratio(value) {
    return Number.isFinite(value) ? `×${fixed(value, 2)}` : missing;
}
/** An interval of ratios: `1.10 … 1.40`. */
function ratioInterval(interval) {
    return interval.every(Number.isFinite) ? `${fixed(interval[0], 2)} … ${fixed(interval[1], 2)}` : missing;
}
/** A mean score in 0..1: `0.90`. */
function score(value) {
    return withUnit(value, 2, '');
}
/** A p-value: three digits after the point, never "0". */
function probability(p) {
    if (!Number.isFinite(p))
        return missing;
    return p < 0.001 ? '< 0.001' : p > 0.999 ? '> 0.999' : fixed(p, 3);
}
/** Milliseconds: `812 ms`, `4.2 s`, `3 min 12 s`, `2 h 5 min`. */
function duration(ms) {
    if (!Number.isFinite(ms))
        return missing;
    if (Math.round(ms) < 1000)
        return `${fixed(ms, 0)} ms`;
    if (Math.round(ms / 100) < 600)
        return `${fixed(ms / 1000, 1)} s`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 3600)
        return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    const minutes = Math.round(seconds / 60);
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
/** Hours since: `40 min old`, `20 h old`, `3 days old`. */
function age(hours) {
    if (!Number.isFinite(hours))
        return missing;
    if (hours < 1)
        return `${fixed(hours * 60, 0)} min old`;
    return hours < 48 ? `${fixed(hours, 0)} h old` : `${fixed(hours / 24, 0)} days old`;
}
/** US dollars, with as many digits as a small amount needs: `$0.84`, `$0.0031`, `$1,204.50`. */
function cost(usd) {
    if (!Number.isFinite(usd))
        return missing;
    if (usd > 0 && usd < 0.0001)
        return '< $0.0001';
    return `$${grouped(fixed(usd, usd > 0 && usd < 0.1 ? 4 : 2))}`;
}
/** Whole things: `12,345`. */
function count(value) {
    return Number.isFinite(value) ? grouped(fixed(value, 0)) : missing;
}
/** `1 sample`, `6 samples`; the plural adds an s unless it is given. */
function counted(value, noun, plural = `${noun}s`) {
    return `${count(value)} ${value === 1 ? noun : plural}`;
}
/** A plain measured number by the unit in its name: `latencyMs`, `costUsd`, otherwise at most three digits after the point. */
function metric(name, value) {
    if (name.endsWith('Ms'))
        return duration(value);
    if (name.endsWith('Usd'))
        return cost(value);
    if (!Number.isFinite(value))
        return missing;
    // Three decimals beside a two-digit number would be read as thousands: 10.241.
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
    return grouped(digits === 0 ? fixed(value, 0) : fixed(value, digits).replace(/\.?0+$/, ''));
}
/** Bytes of the text in UTF-8; a lone surrogate counts as its replacement character. */
function utf8Bytes(text) {
    let bytes = 0;
    for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        // Each half of a surrogate pair counts two of its four bytes; a half alone is written as U+FFFD, three bytes.
        bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPaired(text, i, code) ? 2 : 3;
    }
    return bytes;
}
function isPaired(text, index, code) {
    if (code >= 0xd800 && code < 0xdc00)
        return (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    return code >= 0xdc00 && code < 0xe000 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
}
function withUnit(value, digits, unit) {
    return Number.isFinite(value) ? fixed(value, digits) + unit : missing;
}
function signed(value, digits) {
    const text = fixed(value, digits);
    return /^[0.]+$/.test(text) || text.startsWith('−') ? text : `+${text}`;
}
/** `toFixed` with a real minus and without a negative zero. */
function fixed(value, digits) {
    const text = Math.abs(value).toFixed(digits);
    return value < 0 && !/^[0.]+$/.test(text) ? `−${text}` : text;
}
function grouped(text) {
    const [whole = '', rest] = text.split('.');
    const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
    return rest === undefined ? separated : `${separated}.${rest}`;
}


/***/ }),

/***/ 11514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KT: () => (/* binding */ named),
/* harmony export */   L1: () => (/* binding */ parsePhrase),
/* harmony export */   Uy: () => (/* binding */ plainPhrase)
/* harmony export */ });
/**
 * A sentence such as ``no longer calls `lookup_order`; says "I cannot help"`` in its parts. A name stands between
 * backticks, a quotation between double quotes, and keeps them. An opening mark without a closing one is text.
 * Lossless apart from the backticks of names; sinks escape each part for what it is.
 */
function parsePhrase(phrase) {
    const parts = [];
    let end = 0;
    for (const match of phrase.matchAll(/`([^`]+)`|"[^"]*"/g)) {
        if (match.index > end)
            parts.push({ kind: 'text', text: phrase.slice(end, match.index) });
        parts.push({ kind: 'code', text: match[1] ?? match[0] });
        end = match.index + match[0].length;
    }
    if (end < phrase.length)
        parts.push({ kind: 'text', text: phrase.slice(end) });
    return parts;
}
/** A phrase as plain text, for sinks without code elements. */
function plainPhrase(phrase) {
    return parsePhrase(phrase)
        .map((part) => part.text)
        .join('');
}
/** A name of somebody else's inside a phrase; a backtick in it is shown as U+02CB, which looks alike. */
function named(name) {
    const inert = name.replace(/`/g, 'ˋ');
    return `\`${inert === '' ? '(empty)' : inert}\``;
}


/***/ }),

/***/ 44911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ makeReportView)
});

// EXTERNAL MODULE: ./lib/reporters/parts/format.js
var format = __webpack_require__(77460);
// EXTERNAL MODULE: ./lib/reporters/parts/phrase.js
var phrase = __webpack_require__(11514);
;// CONCATENATED MODULE: ./lib/reporters/parts/sentences.js


/** The run stopped before its end. */
function isPartialRun(assessment) {
    return !assessment.verdict.complete;
}
/** Bad is a regression or a failed step; warn is anything that is not settled: never green on a partial or unmatched comparison. */
function toneOf(assessment) {
    const { status, exitCode } = assessment.verdict;
    if (status === 'regressed' || exitCode === 1)
        return 'bad';
    if (isPartialRun(assessment) || exitCode !== 0 || status === 'inconclusive')
        return 'warn';
    return status === 'no-baseline' ? 'neutral' : 'good';
}
/** The answer in one sentence. The suite's name opens it and is not marked as a name. */
function headlineOf(assessment) {
    const { status, exitCode } = assessment.verdict;
    const partial = isPartialRun(assessment);
    const suite = assessment.suite.replace(/[`"]/g, "'");
    if (status === 'regressed')
        return `${suite} got worse${partial ? ' (partial run)' : ''}.`;
    if (partial)
        return `${suite}: partial run, no verdict.`;
    if (exitCode === 1)
        return `${suite} breaks its policy.`;
    if (status === 'improved')
        return `${suite} got better.`;
    if (status === 'no-change')
        return `${suite}: no change.`;
    return status === 'no-baseline' ? `${suite}: no baseline to compare with.` : `${suite}: inconclusive.`;
}
/** The sentences after the headline, the most important first. */
function summaryOf(assessment) {
    return [
        ...partialSentences(assessment),
        passRateSentence(assessment),
        samplesSentence(assessment),
        ...meaningSentences(assessment),
        errorSentence(assessment),
    ].filter((sentence) => sentence !== '');
}
function partialSentences(assessment) {
    if (!isPartialRun(assessment))
        return [];
    const told = assessment.verdict.reasons.find(isAboutPartialRun);
    const { stopReason } = assessment.run;
    const why = told ?? `the run stopped before its end${stopReason === undefined ? '' : `: ${stopReason}`}`;
    return [asSentence(`${why.trim().replace(/\.$/, '')}; the numbers cover only what was done`)];
}
/** Said once, at the start, so not again as a reason. */
function isAboutPartialRun(reason) {
    return reason.startsWith('the run is incomplete');
}
/** Rate now, and against the baseline with the change and its interval. */
function passRateSentence(assessment) {
    const { suiteEffect: effect, passRate } = assessment;
    if (effect) {
        const change = `${(0,format/* points */.WR)(effect.change)}, 95 % interval ${(0,format/* pointsInterval */.Jb)(effect.interval)}`;
        return `Pass rate ${(0,format/* percent */.KN)(effect.baselineRate)} → ${(0,format/* percent */.KN)(effect.rate)} (${change}).`;
    }
    return passRate === undefined ? 'No slot of this run has an outcome.' : `Pass rate of this run: ${(0,format/* percent */.KN)(passRate)}.`;
}
function samplesSentence(assessment) {
    const counts = (name) => assessment.counts[name] ?? 0;
    const compared = ['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail'];
    const total = compared.reduce((sum, name) => sum + counts(name), 0);
    if (!assessment.suiteEffect || total === 0)
        return '';
    const worse = counts('regressed');
    const also = [
        counts('suspect') > 0 ? `${(0,format/* count */.U9)(counts('suspect'))} suspect` : '',
        counts('fixed') > 0 ? `${(0,format/* count */.U9)(counts('fixed'))} fixed` : '',
    ].filter((text) => text !== '');
    const tail = also.length > 0 ? `, ${also.join(', ')}` : '';
    const first = worse > 0 ? `${(0,format/* count */.U9)(worse)} of ${(0,format/* counted */.hS)(total, 'sample')} regressed` : `None of ${(0,format/* counted */.hS)(total, 'sample')} regressed`;
    return assessment.verdict.status === 'regressed' && worse === 0
        ? `No single sample accounts for the drop among ${(0,format/* counted */.hS)(total, 'sample')}${tail}.`
        : `${first}${tail}.`;
}
/** What the verdict means: what is excluded, what is missing, what would settle it. */
function meaningSentences(assessment) {
    const { status, exitCode, excludedDrop, minimalDetectableDrop: detectable, reasons } = assessment.verdict;
    const reason = asSentence(reasons.find((text) => !isAboutPartialRun(text)) ?? '');
    if (status === 'no-change') {
        const excluded = excludedDrop === undefined ? '' : `A drop of more than ${(0,format/* points */.WR)(Math.max(0, excludedDrop)).replace('+', '')} is excluded with 95 % confidence.`;
        return exitCode === 0 ? [excluded] : [reason, excluded];
    }
    if (status === 'inconclusive') {
        const found = detectable === undefined
            ? ''
            : `This run finds a true drop of ${(0,format/* points */.WR)(detectable).replace('+', '')} in 4 of 5 cases; smaller ones are easily missed.`;
        return [reason, found, settlingSentence(assessment)];
    }
    if (status === 'no-baseline') {
        const why = asSentence(assessment.baseline.reason ?? '');
        return [exitCode === 0 && why !== '' ? why : reason, 'Nothing was compared, so this is not a pass.'];
    }
    return exitCode !== 0 && status !== 'regressed' ? [reason] : [];
}
/** From the verdict where it knows; otherwise what always helps. */
function settlingSentence(assessment) {
    const known = assessment.verdict.settle ?? assessment.verdict.gates?.settle;
    if (isPartialRun(assessment))
        return 'What would settle it: finishing the run; it can be resumed.';
    const text = typeof known === 'string' ? known : Array.isArray(known) ? known.filter((item) => typeof item === 'string').join(', or ') : '';
    const usual = (assessment.outcomes.error ?? 0) > 0 ? 'a run with fewer errors' : 'more repeats, or more runs of the base branch';
    return `What would settle it: ${text === '' ? usual : text.replace(/\.$/, '')}.`;
}
function errorSentence(assessment) {
    const { error = 0, unscored = 0 } = assessment.outcomes;
    const slots = Object.values(assessment.outcomes).reduce((sum, value) => sum + value, 0);
    const parts = [error > 0 ? `${(0,format/* count */.U9)(error)} without a usable answer` : '', unscored > 0 ? `${(0,format/* count */.U9)(unscored)} without a score` : ''];
    const said = parts.filter((part) => part !== '');
    return said.length === 0 ? '' : `Left out of ${(0,format/* counted */.hS)(slots, 'slot')}: ${said.join(', ')}.`;
}
const kinds = {
    path: 'given files',
    exact: 'the exact base commit',
    ancestor: 'an ancestor of the base commit',
    'base-tip': 'the newest of the base branch',
    'default-tip': 'the newest of the default branch',
    none: 'none',
};
/** `Baseline: 3 runs of main, newest abc1234 (2 commits behind, 20 h old).` */
function baselineSentence(assessment) {
    const { kind, reason, sha, ref, distance, runs, ageHours } = assessment.baseline;
    if (kind === 'none' || runs === 0)
        return `Baseline: none${reason === undefined ? '' : ` (${reason})`}.`;
    const of = ref === undefined ? '' : ` of ${(0,phrase/* named */.KT)(ref.replace(/^refs\/(?:heads|tags)\//, ''))}`;
    const newest = sha === undefined ? '' : `, ${runs > 1 ? 'newest ' : ''}${(0,phrase/* named */.KT)(sha.slice(0, 7))}`;
    const facts = [
        kinds[kind],
        distance === undefined || distance === 0 ? '' : `${(0,format/* counted */.hS)(distance, 'commit')} behind`,
        ageHours === undefined ? '' : (0,format/* age */.KW)(ageHours),
    ].filter((fact) => fact !== '');
    return `Baseline: ${(0,format/* counted */.hS)(runs, 'run')}${of}${newest} (${facts.join(', ')}).`;
}
/** `372 agent calls, 120 judge calls, $0.84, 3 min 12 s.` What is not known is not said. */
function effortSentence(assessment) {
    const { agentCalls, judgeCalls, costUsd, inputTokens, outputTokens } = assessment.cost;
    const tokens = (inputTokens ?? 0) + (outputTokens ?? 0);
    const parts = [
        (0,format/* counted */.hS)(agentCalls, 'agent call'),
        judgeCalls > 0 ? (0,format/* counted */.hS)(judgeCalls, 'judge call') : '',
        tokens > 0 ? (0,format/* counted */.hS)(tokens, 'token') : '',
        costUsd === undefined ? '' : (0,format/* cost */.y)(costUsd),
        assessment.run.durationMs === undefined ? '' : (0,format/* duration */.p0)(assessment.run.durationMs),
    ];
    return `${parts.filter((part) => part !== '').join(', ')}.`;
}
/** A reason as a sentence of its own: capital, full stop. Empty text stays empty. */
function asSentence(text) {
    const trimmed = text.trim();
    if (trimmed === '')
        return '';
    const opened = /^[a-z]+[\s,;:]/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
    return /[.!?…]$/.test(opened) ? opened : `${opened}.`;
}

;// CONCATENATED MODULE: ./lib/reporters/parts/decision.js



/**
 * How the verdict came about, a paragraph each: the reasons, then every gate with its numbers. Gates are free-form; what
 * is not understood is printed as `key: value`.
 */
function decisionOf(assessment) {
    const { reasons, gates = {} } = assessment.verdict;
    const notes = assessment.baseline.notes ?? [];
    return [...reasons, ...Object.entries(gates).map(([key, value]) => gateParagraph(key, value)), ...notes.map((note) => `Baseline: ${note}`)]
        .map(asSentence)
        .filter((paragraph) => paragraph !== '');
}
/** Where the numbers come from; only what is known. */
function provenanceOf(assessment) {
    const { run } = assessment;
    const facts = [
        ['agent', run.agent],
        ['repeats', run.repeats === undefined ? undefined : (0,format/* count */.U9)(run.repeats)],
        ['commit', run.sha],
        ['run', run.runId],
        ['started', run.startedAt],
        ['duration', run.durationMs === undefined ? undefined : (0,format/* duration */.p0)(run.durationMs)],
        ['schema version', String(assessment.schemaVersion)],
    ];
    return facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value: (0,phrase/* named */.KT)(value) }]));
}
function gateParagraph(key, value) {
    if (key === 'settle')
        return '';
    const title = words(key);
    if (typeof value === 'string')
        return value.includes(' ') ? value : `${title}: ${value}`;
    if (!isRecord(value))
        return value === undefined || value === null ? '' : `${title}: ${plain(key, value)}`;
    const { summary, text, ...rest } = value;
    const said = typeof summary === 'string' ? summary : typeof text === 'string' ? text : undefined;
    if (said !== undefined)
        return said;
    const facts = Object.entries(rest)
        .filter(([, fact]) => fact !== undefined && fact !== null)
        .map(([name, fact]) => `${words(name)} ${plain(name, fact)}`);
    return facts.length === 0 ? '' : `${title}: ${facts.join(', ')}`;
}
/** By the name of the field: p-values, rates and drops have their own form. */
function plain(name, value) {
    if (typeof value === 'boolean')
        return value ? 'yes' : 'no';
    if (typeof value === 'number')
        return number(name, value);
    if (Array.isArray(value))
        return value.length === 0 ? 'none' : value.map((item) => plain(name, item)).join(' … ');
    if (isRecord(value)) {
        const facts = Object.entries(value).map(([key, item]) => `${words(key)} ${plain(key, item)}`);
        return `(${facts.join(', ')})`;
    }
    return typeof value === 'string' ? (0,phrase/* named */.KT)(value) : 'n/a';
}
function number(name, value) {
    if (!Number.isFinite(value))
        return 'n/a';
    if (/^(?:p|adjusted)$|^p[A-Z]|^(?:p|adj)Value/.test(name))
        return (0,format/* probability */.E5)(value);
    if (/(?:rate|drop|change|margin|share|level)$/i.test(name))
        return (0,format/* percent */.KN)(value);
    return Number.isInteger(value) ? (0,format/* count */.U9)(value) : String(Number(value.toPrecision(4))).replace('-', '−');
}
/** `gateA` → `Gate A` is left to the reader's eye: `minimalDrop` → `minimal drop`. */
function words(key) {
    return key.replace(/([a-z0-9])([A-Z])/g, (_, low, high) => `${low} ${high.toLowerCase()}`).replace(/[`"]/g, "'");
}
function isRecord(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./lib/reporters/parts/rows.js


const classes = [
    { class: 'regressed', title: 'Regressed', meaning: 'Passed before, fails now, and chance is ruled out.' },
    { class: 'suspect', title: 'Suspect', meaning: 'Looks worse, but chance is not ruled out.' },
    { class: 'errored', title: 'Errored', meaning: 'Fewer than half of the planned repeats have a usable answer; not counted as failures.' },
    { class: 'fixed', title: 'Fixed', meaning: 'Failed before, passes now, and chance is ruled out.' },
    { class: 'flaky', title: 'Flaky', meaning: 'Sometimes passes, sometimes fails, on both sides alike.' },
    { class: 'new', title: 'New', meaning: 'Not in the baseline.' },
    { class: 'removed', title: 'Removed', meaning: 'In the baseline only.' },
    { class: 'stable-fail', title: 'Failing as before', meaning: 'Fails on both sides.' },
    { class: 'stable-pass', title: 'Passing as before', meaning: 'Passes on both sides.' },
];
/** The samples by class, most telling class first; inside a class critical ones, then the surest, then by id. */
function sampleGroups(samples, sampleUrl) {
    // Making one loads the tables of a language: a tenth of the time of a small run.
    let collator;
    const compare = (a, b) => {
        collator ??= new Intl.Collator('en', { numeric: true });
        return collator.compare(a, b);
    };
    return classes
        .map((group) => ({
        ...group,
        rows: samples
            .filter((sample) => sample.class === group.class)
            .sort((a, b) => bySurety(a, b) || compare(a.id, b.id) || (a.id < b.id ? -1 : 1))
            .map((sample) => rowOf(sample, sampleUrl)),
    }))
        .filter((group) => group.rows.length > 0);
}
function rowOf(sample, sampleUrl) {
    const { file, line } = sample;
    const url = file !== undefined && line !== undefined ? sampleUrl?.(file, line) : undefined;
    return {
        id: sample.id,
        class: sample.class,
        isCritical: sample.critical === true,
        baseline: passesText(sample.baseline),
        now: passesText(sample.current),
        changes: sample.changes && sample.changes.length > 0 ? sample.changes : sample.baseline ? scoreChanges(sample) : none,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        ...(url === undefined ? {} : { url }),
    };
}
const none = [];
function passesText(side) {
    return side === undefined || side.repeats === 0 ? '—' : `${side.passes}/${side.repeats}`;
}
/** Stands in where no records were read back: the scores that moved, largest first, at most three. */
function scoreChanges(sample) {
    return Object.entries(sample.scores)
        .map(([checker, { baseline, current }]) => ({ checker, baseline, current, change: Math.abs((current ?? 0) - (baseline ?? 0)) }))
        .filter(({ baseline, current, change }) => baseline !== undefined && current !== undefined && change >= 0.005)
        .sort((a, b) => b.change - a.change || (a.checker < b.checker ? -1 : 1))
        .slice(0, 3)
        .map(({ checker, baseline = 0, current = 0 }) => `${(0,phrase/* named */.KT)(checker)} ${(0,format/* score */.fN)(baseline)} → ${(0,format/* score */.fN)(current)}`);
}
function bySurety(a, b) {
    return Number(b.critical === true) - Number(a.critical === true) || (a.adjusted ?? 1) - (b.adjusted ?? 1) || (a.p ?? 1) - (b.p ?? 1);
}

;// CONCATENATED MODULE: ./lib/reporters/parts/tables.js


const effects = {
    regressed: 'worse',
    improved: 'better',
    unchanged: 'unchanged',
    inconclusive: 'not decided',
    'too-few-samples': 'too few samples',
};
/** Names that people know better than the record's. */
const metricNames = {
    latencyMs: 'latency',
    firstByteMs: 'time to first byte',
    inputTokens: 'input tokens',
    outputTokens: 'output tokens',
    costUsd: 'cost',
};
const tables_none = '—';
/** Checkers, slices and metrics as tables; those without a row are left out. */
function reportTables(assessment) {
    return [checkerTable(assessment), sliceTable(assessment), metricTable(assessment)].filter((table) => table.rows.length > 0);
}
function checkerTable(assessment) {
    return {
        key: 'checkers',
        title: `Checkers${weightedScore(assessment)}`,
        columns: ['mean score', 'baseline (n)', 'now (n)', 'change', '95 % interval', 'p', 'effect'],
        rows: assessment.checkers.map((checker) => ({
            cells: [
                (0,phrase/* named */.KT)(checker.name) + (checker.required === false ? ' (not required)' : ''),
                mean(checker.baseline),
                mean(checker.current),
                optional(checker.change, format/* points */.WR),
                optional(checker.interval, (interval) => `${(0,format/* pointsInterval */.Jb)(interval)} pp`),
                optional(checker.p, format/* probability */.E5),
                effects[checker.effect],
            ],
            tone: tables_toneOf(checker.effect),
        })),
    };
}
/** Only where weights or graded scores make it differ from the pass rate. */
function weightedScore({ score: weighted }) {
    const sides = [weighted?.baseline, weighted?.current].flatMap((value) => (value === undefined ? [] : (0,format/* score */.fN)(value)));
    return sides.length === 0 ? '' : ` · Weighted score ${sides.join(' → ')}`;
}
function sliceTable(assessment) {
    return {
        key: 'slices',
        title: 'Slices',
        columns: ['slice', 'samples', 'baseline', 'now', 'change', 'p', 'effect'],
        rows: assessment.slices.map((slice) => ({
            cells: [
                (0,phrase/* named */.KT)(slice.name),
                (0,format/* count */.U9)(slice.samples),
                optional(slice.baselineRate, format/* percent */.KN),
                optional(slice.rate, format/* percent */.KN),
                optional(slice.change, format/* points */.WR),
                optional(slice.p, format/* probability */.E5),
                effects[slice.effect],
            ],
            tone: tables_toneOf(slice.effect),
        })),
    };
}
function metricTable(assessment) {
    return {
        key: 'metrics',
        title: 'Latency and cost',
        columns: ['per sample', 'baseline', 'now', 'ratio', '95 % interval', 'effect'],
        rows: assessment.metrics.map((entry) => ({
            cells: [
                Object.hasOwn(metricNames, entry.name) ? (metricNames[entry.name] ?? '') : (0,phrase/* named */.KT)(entry.name),
                optional(entry.baseline, (value) => (0,format/* metric */.TH)(entry.name, value)),
                optional(entry.current, (value) => (0,format/* metric */.TH)(entry.name, value)),
                optional(entry.ratio, format/* ratio */.CG),
                optional(entry.interval, (interval) => `×${(0,format/* ratioInterval */.zr)(interval)}`),
                effects[entry.effect],
            ],
            tone: tables_toneOf(entry.effect),
        })),
    };
}
function mean(side) {
    return side === undefined ? tables_none : `${(0,format/* score */.fN)(side.mean)} (${(0,format/* count */.U9)(side.n)})`;
}
function optional(value, format) {
    return value === undefined ? tables_none : format(value);
}
function tables_toneOf(effect) {
    return effect === 'regressed' ? 'bad' : effect === 'improved' ? 'good' : 'plain';
}

;// CONCATENATED MODULE: ./lib/reporters/parts/view.js




/** The view of one assessment. Never throws on an empty one; the same input gives an equal view. */
function makeReportView(input) {
    const { assessment, links = {} } = input;
    const baselineUrl = links.baselineUrl ?? assessment.baseline.url;
    return {
        suite: assessment.suite,
        assessment,
        tone: toneOf(assessment),
        isPartial: isPartialRun(assessment),
        headline: headlineOf(assessment),
        summary: summaryOf(assessment),
        groups: sampleGroups(assessment.samples, links.sampleUrl),
        tables: reportTables(assessment),
        baseline: baselineSentence(assessment),
        effort: effortSentence(assessment),
        decision: decisionOf(assessment),
        provenance: provenanceOf(assessment),
        evidence: new Map(input.evidence.map((sample) => [sample.id, sample])),
        links: {
            ...(links.reportUrl === undefined ? {} : { reportUrl: links.reportUrl }),
            ...(links.runUrl === undefined ? {} : { runUrl: links.runUrl }),
            ...(baselineUrl === undefined ? {} : { baselineUrl }),
        },
    };
}


/***/ }),

/***/ 14579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ reporters)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
// EXTERNAL MODULE: ./node_modules/markdown-table/index.js
var markdown_table = __webpack_require__(735);
// EXTERNAL MODULE: ./lib/reporters/parts/escape.js
var parts_escape = __webpack_require__(32916);
// EXTERNAL MODULE: ./lib/reporters/parts/escape-markdown.js
var escape_markdown = __webpack_require__(4568);
// EXTERNAL MODULE: ./lib/reporters/parts/format.js
var format = __webpack_require__(77460);
;// CONCATENATED MODULE: ./lib/reporters/parts/fit.js

/**
 * The rendering with the most rows that stays within the limit, or undefined when even none does. More rows must not
 * give a shorter text.
 */
function fitRows(total, maxBytes, render) {
    const all = render(total);
    if ((0,format/* utf8Bytes */.dy)(all) <= maxBytes)
        return all;
    let best;
    let low = 0;
    let high = total - 1;
    while (low <= high) {
        const middle = (low + high) >> 1;
        const text = render(middle);
        if ((0,format/* utf8Bytes */.dy)(text) <= maxBytes) {
            best = text;
            low = middle + 1;
        }
        else
            high = middle - 1;
    }
    return best;
}
/** The first rows of several lists taken as one; lists left without a row are dropped. */
function takeRows(groups, rows) {
    let left = rows;
    return groups.flatMap((group) => {
        const taken = group.rows.slice(0, left);
        left -= taken.length;
        return taken.length > 0 ? [{ ...group, rows: taken }] : [];
    });
}
/** Plain text cut to the limit between characters. */
function clipBytes(text, maxBytes) {
    if ((0,format/* utf8Bytes */.dy)(text) <= maxBytes)
        return text;
    const kept = [];
    let bytes = 3;
    for (const character of text) {
        bytes += (0,format/* utf8Bytes */.dy)(character);
        if (bytes > maxBytes)
            break;
        kept.push(character);
    }
    return maxBytes < 3 ? '' : `${kept.join('')}…`;
}

// EXTERNAL MODULE: ./lib/records/representative.js
var representative = __webpack_require__(24357);
;// CONCATENATED MODULE: ./lib/reporters/parts/transcript.js

/** Characters of one line of a transcript; the run log has the whole. */
const maxLineCharacters = 8_000;
/** The slot as lines, in order; long texts are cut and say so. */
function slotTranscript(slot) {
    return {
        epoch: slot.epoch,
        outcome: slot.outcome,
        lines: linesOf(slot).map((line) => ({ ...line, text: bounded(line.text) })),
        scores: slot.scores.map(({ checker, score }) => ({
            checker,
            value: score.kind === 'scored' ? score.value.toFixed(2) : 'unscored',
            isPass: score.kind === 'scored' && score.pass,
            reason: bounded(score.reason),
        })),
    };
}
/** Both sides' most telling slot, if they have one. */
function transcriptPair(evidence) {
    const { baseline, current } = (0,representative/* representativePair */.G)(evidence);
    return { ...(baseline ? { baseline: slotTranscript(baseline) } : {}), ...(current ? { now: slotTranscript(current) } : {}) };
}
/** Any input or JSON value as text for a person. */
function valueText(value) {
    if (value === undefined)
        return '';
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
function linesOf({ trajectory, error }) {
    const lines = [];
    for (const turn of trajectory?.turns ?? []) {
        lines.push({ kind: 'user', text: inputText(turn.input) });
        for (const step of turn.steps) {
            if (step.kind === 'message')
                lines.push({ kind: 'message', text: step.text, ...(step.author === undefined ? {} : { name: step.author }) });
            if (step.kind === 'error')
                lines.push({ kind: 'error', text: step.message });
            if (step.kind !== 'toolCall')
                continue;
            lines.push({ kind: 'tool', name: step.name, text: step.args === undefined ? '' : JSON.stringify(step.args) });
            if (step.result !== undefined)
                lines.push({ kind: step.isError === true ? 'error' : 'result', name: step.name, text: valueText(step.result) });
        }
        lines.push({ kind: 'agent', text: turn.output });
    }
    if (error)
        lines.push({ kind: 'error', name: error.kind, text: error.message });
    return lines;
}
function inputText(input) {
    return Array.isArray(input) ? input.map(({ role, content }) => `${role}: ${content}`).join('\n') : valueText(input);
}
function bounded(text) {
    const left = text.length - maxLineCharacters;
    return left > 0 ? `${text.slice(0, maxLineCharacters)}… (${left} more characters in the run log)` : text;
}

;// CONCATENATED MODULE: ./lib/reporters/parts/markdown-transcript.js



/** Samples whose transcripts a summary shows. */
const shownSamples = 5;
const shownLines = 40;
const shownCharacters = 600;
/** The transcripts of the first samples of a group, folded, before and after as one diff. */
function markdownTranscripts(view, group) {
    return (group?.rows ?? []).slice(0, shownSamples).flatMap((row) => {
        const evidence = view.evidence.get(row.id);
        if (!evidence)
            return [];
        const { baseline, now } = transcriptPair(evidence);
        const lines = [...sideLines('-', baseline), ...sideLines('+', now)];
        if (lines.length === 0)
            return [];
        const block = (0,escape_markdown/* markdownFence */.p0)(lines.join('\n'), 'diff');
        const summary = `<summary>Transcript of <code>${(0,parts_escape/* escapeHtml */.ZD)((0,parts_escape/* toLine */.S5)(row.id))}</code> (− baseline, + now)</summary>`;
        return [['<details>', summary, '', ...block, '', '</details>'].join('\n')];
    });
}
function sideLines(sign, transcript) {
    if (!transcript)
        return [];
    const lines = transcript.lines.flatMap((line) => (0,parts_escape/* clip */.$Q)(lineText(line), shownCharacters).split('\n'));
    const cut = lines.length > shownLines ? [`… ${lines.length - shownLines} more lines`] : [];
    return [...lines.slice(0, shownLines), ...cut].map((line) => `${sign} ${line}`);
}
function lineText({ kind, name, text }) {
    return `${name === undefined ? kind : `${kind} ${name}`}: ${text}`;
}

;// CONCATENATED MODULE: ./lib/reporters/parts/markdown-document.js






const alerts = { bad: 'CAUTION', warn: 'WARNING', good: 'TIP', neutral: 'NOTE' };
/** Rows of the first table: with the alert and the footer about one screen. */
const openRows = { comment: 8, summary: 30 };
const foldedRows = 200;
/** Classes that a reader would act on; the others are told by their number. */
const telling = new Set(['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'removed']);
/**
 * The view as GitHub-flavoured markdown. Over `maxBytes` it gives up detail in steps: everything, then the regressed
 * samples only, then fewer of their rows, then the headline with its link, and last the bare headline. Never cut inside
 * a row; what is missing is counted.
 */
function markdownDocument(view, variant, maxBytes = Number.POSITIVE_INFINITY) {
    const full = fullDocument(view, variant);
    if ((0,format/* utf8Bytes */.dy)(full) <= maxBytes)
        return full;
    const main = mainGroup(view);
    const short = main && fitRows(main.rows.length, maxBytes, (rows) => joined([markdown_document_alert(view), cutNote(view), ...sampleTable(main, rows), ...footer(view)]));
    const headline = joined([markdown_document_alert(view), cutNote(view)]);
    const plain = `${(0,escape_markdown/* markdownText */.p7)(view.headline)}\n`;
    return short ?? [headline, joined([markdown_document_alert(view, 1)]), plain].find((text) => (0,format/* utf8Bytes */.dy)(text) <= maxBytes) ?? lastResort(view, maxBytes);
}
function fullDocument(view, variant) {
    const main = mainGroup(view);
    const rows = openRows[variant];
    const folds = [
        ...view.groups.filter((group) => telling.has(group.class)).flatMap((group) => groupFold(group, group === main ? rows : 0)),
        ...view.tables.map(tableFold),
        ...(variant === 'summary' ? markdownTranscripts(view, main) : []),
        ...decisionFold(view),
    ];
    return joined([markdown_document_alert(view), ...(main ? sampleTable(main, rows) : []), ...folds, ...footer(view)]);
}
/** The group whose rows are shown open: what got worse, else what could be, else what got better. */
function mainGroup(view) {
    const find = (name) => view.groups.find((group) => group.class === name);
    return find('regressed') ?? find('suspect') ?? find('errored') ?? find('fixed');
}
function markdown_document_alert(view, sentences = view.summary.length) {
    const shown = view.summary.slice(0, sentences).map(escape_markdown/* markdownPhrase */.jV).join(' ');
    return `> [!${alerts[view.tone]}]\n> **${(0,escape_markdown/* markdownText */.p7)(view.headline)}** ${shown}`.trimEnd();
}
function cutNote(view) {
    return (0,escape_markdown/* markdownLink */.iQ)('Cut to fit; the full report has the rest.', view.links.reportUrl ?? view.links.runUrl);
}
function sampleTable(group, rows) {
    if (rows === 0)
        return [`${(0,format/* count */.U9)(group.rows.length)} more ${group.title.toLowerCase()} samples are not shown.`];
    const left = group.rows.length - rows;
    const note = left > 0 ? [`…and ${(0,format/* count */.U9)(left)} more ${group.title.toLowerCase()}.`] : [];
    return [...(group.class === 'regressed' ? [] : [`**${group.title}.** ${group.meaning}`]), rowTable(group.rows.slice(0, rows)), ...note];
}
function rowTable(rows) {
    const cells = rows.map((row) => [sampleCell(row), row.baseline, row.now, row.changes.map(escape_markdown/* markdownPhrase */.jV).join('; ')]);
    return table([['sample', 'baseline', 'now', 'what changed'], ...cells], ['l', 'r', 'r', 'l']);
}
function sampleCell(row) {
    return (0,escape_markdown/* markdownLink */.iQ)((0,escape_markdown/* markdownCode */.D9)(row.id), row.url) + (row.isCritical ? ' (critical)' : '');
}
/** The rows of a group that are not open already, folded. */
function groupFold(group, open) {
    const rows = group.rows.slice(open);
    if (rows.length === 0)
        return [];
    const more = open > 0 ? 'more ' : '';
    const left = rows.length - foldedRows;
    const note = left > 0 ? [`…and ${(0,format/* count */.U9)(left)} more.`] : [];
    const title = open > 0 ? group.title.toLowerCase() : group.title;
    return fold(`${open > 0 ? `${(0,format/* count */.U9)(rows.length)} ${more}${title}` : `${title} (${(0,format/* count */.U9)(rows.length)})`}`, [
        group.meaning,
        rowTable(rows.slice(0, foldedRows)),
        ...note,
    ]);
}
function tableFold(entry) {
    const rows = entry.rows.map((row) => row.cells.map(escape_markdown/* markdownPhrase */.jV));
    const worse = entry.rows.filter((row) => row.tone === 'bad').length;
    const alignment = entry.columns.map((_, index) => (index === 0 || index === entry.columns.length - 1 ? 'l' : 'r'));
    return joinedFold(`${entry.title}${worse > 0 ? ` (${(0,format/* count */.U9)(worse)} worse)` : ''}`, [table([entry.columns, ...rows], alignment)]);
}
function decisionFold(view) {
    const facts = view.provenance.map(({ label, value }) => `${label} ${(0,escape_markdown/* markdownPhrase */.jV)(value)}`).join(' · ');
    const paragraphs = [...view.decision.map((paragraph) => `- ${(0,escape_markdown/* markdownPhrase */.jV)(paragraph)}`)].join('\n');
    return paragraphs === '' && facts === '' ? [] : [joinedFold('How this was decided', [paragraphs, facts])];
}
function footer(view) {
    const links = [(0,escape_markdown/* markdownLink */.iQ)('full report', view.links.reportUrl), (0,escape_markdown/* markdownLink */.iQ)('run', view.links.runUrl)].filter((link) => link.startsWith('['));
    const baseline = (0,escape_markdown/* markdownPhrase */.jV)(view.baseline).replace(/\.$/, '');
    const facts = [view.links.baselineUrl === undefined ? baseline : baselineLinked(baseline, view.links.baselineUrl), view.effort.replace(/\.$/, '')];
    return [[...facts, ...links].join(' · ')];
}
function baselineLinked(sentence, url) {
    return sentence.replace(/^Baseline/, () => (0,escape_markdown/* markdownLink */.iQ)('Baseline', url));
}
function fold(title, blocks) {
    return [joinedFold(title, blocks)];
}
/** The blank line after the summary is what makes GitHub read the rest as markdown. */
function joinedFold(title, blocks) {
    return ['<details>', `<summary>${title}</summary>`, '', blocks.filter((block) => block !== '').join('\n\n'), '', '</details>'].join('\n');
}
function table(rows, align) {
    return (0,markdown_table/* markdownTable */.Q)(rows, { align, alignDelimiters: false, padding: true });
}
function joined(blocks) {
    return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
function lastResort(view, maxBytes) {
    return clipBytes((0,parts_escape/* toLine */.S5)(view.headline).replace(/[^\p{L}\p{N} .,:()-]/gu, '-'), maxBytes);
}

;// CONCATENATED MODULE: ./lib/reporters/reporter.js
/** Gives a definition its types; returns it as it is. */
function defineReporter(definition) {
    return definition;
}

;// CONCATENATED MODULE: ./lib/reporters/comment.js


/** The pull-request comment: one screen, the rest folded. */
const comment = defineReporter({
    type: 'comment',
    summary: 'the pull-request comment: one screen of markdown, the rest folded',
    render: (view, { maxBytes }) => markdownDocument(view, 'comment', maxBytes),
});

// EXTERNAL MODULE: ./lib/reporters/parts/phrase.js
var parts_phrase = __webpack_require__(11514);
;// CONCATENATED MODULE: ./lib/reporters/csv.js





/**
 * One row per sample after RFC 4180, worst class first, numbers as 0..1 with a decimal point. Rows that do not fit into
 * `maxBytes` are left out and counted in a last row. For spreadsheets: text that could be a formula gets an apostrophe.
 */
const csv = defineReporter({
    type: 'csv',
    summary: 'one row per sample, for spreadsheets',
    fileName: 'results.csv',
    render(view, { maxBytes }) {
        const rows = sampleRows(view);
        const header = headerOf(view);
        const render = (shown) => {
            const left = rows.length - shown;
            const note = left > 0 ? [lineOf([`(${(0,format/* count */.U9)(left)} more not shown)`, ...header.slice(1).map(() => '')])] : [];
            return [lineOf(header), ...rows.slice(0, shown), ...note].join('');
        };
        return maxBytes === undefined ? render(rows.length) : (fitRows(rows.length, maxBytes, render) ?? '');
    },
});
const fixedColumns = [
    'sample',
    'class',
    'critical',
    'baselinePasses',
    'baselineRepeats',
    'passes',
    'repeats',
    'p',
    'adjusted',
    'changes',
    'file',
    'line',
    'verdict',
    'run',
];
function headerOf(view) {
    return [...fixedColumns, ...checkerNames(view).flatMap((name) => [`${name} baseline`, `${name} now`])];
}
function lineOf(fields) {
    return `${fields.map(parts_escape/* escapeCsv */.GR).join(',')}\r\n`;
}
function sampleRows(view) {
    const { verdict, samples } = view.assessment;
    const byId = new Map(samples.map((sample) => [sample.id, sample]));
    const names = checkerNames(view);
    return view.groups.flatMap((group) => group.rows.map((row) => {
        const sample = byId.get(row.id);
        const scores = names.flatMap((name) => {
            const score = sample && Object.hasOwn(sample.scores, name) ? sample.scores[name] : undefined;
            return [plain(score?.baseline), plain(score?.current)];
        });
        const counts = [
            sample?.baseline?.passes,
            sample?.baseline?.repeats,
            sample?.current?.passes,
            sample?.current?.repeats,
            sample?.p,
            sample?.adjusted,
        ];
        const where = [row.file ?? '', plain(row.line)];
        const told = row.changes.map(parts_phrase/* plainPhrase */.Uy).join('; ');
        return lineOf([
            row.id,
            row.class,
            row.isCritical ? 'yes' : '',
            ...counts.map(plain),
            told,
            ...where,
            verdict.status,
            view.isPartial ? 'partial' : 'complete',
            ...scores,
        ]);
    }));
}
function checkerNames(view) {
    return [...new Set(view.assessment.samples.flatMap((sample) => Object.keys(sample.scores)))].sort();
}
function plain(value) {
    return value === undefined ? '' : String(value + 0);
}

// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/array.js
var array = __webpack_require__(61318);
// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/word.js + 1 modules
var word = __webpack_require__(75367);
;// CONCATENATED MODULE: ./lib/reporters/parts/html/data.js





/** Steps of one transcript; the run log has the rest. */
const maxSteps = 120;
/** Edits after which two texts are called different as a whole. */
const maxEdits = 400;
/** The whole view as page data, without the details of samples. */
function pageData(view) {
    const { suiteEffect: effect } = view.assessment;
    const urls = [
        { label: 'run', url: view.links.runUrl },
        { label: 'baseline', url: view.links.baselineUrl },
    ];
    return {
        groups: view.groups.map((group) => ({ class: group.class, title: group.title, meaning: group.meaning, rows: group.rows.map(pageRow) })),
        tables: view.tables.map((table) => ({
            title: table.title,
            columns: table.columns,
            rows: table.rows.map((row) => ({ tone: row.tone, cells: row.cells.map(phraseParts) })),
        })),
        decision: view.decision.map(phraseParts),
        provenance: view.provenance.map(({ label, value }) => ({ label, value: phraseParts(value) })),
        footer: [view.baseline, view.effort].map(phraseParts),
        links: urls.flatMap(({ label, url }) => data_link(label, url)),
        ...(effect ? { effect: { change: effect.change, low: effect.interval[0], high: effect.interval[1] } } : {}),
        note: '',
    };
}
/** The evidence of one sample as page data. */
function sampleDetail(evidence) {
    const { baseline, now } = transcriptPair(evidence);
    const cut = Math.max(baseline?.lines.length ?? 0, now?.lines.length ?? 0) - maxSteps;
    return {
        ...(evidence.input === undefined ? {} : { input: (0,parts_escape/* toDisplay */.Wn)(valueText(evidence.input)) }),
        ...(evidence.expected === undefined ? {} : { expected: (0,parts_escape/* toDisplay */.Wn)(valueText(evidence.expected)) }),
        steps: alignedSteps(baseline?.lines.slice(0, maxSteps) ?? [], now?.lines.slice(0, maxSteps) ?? []),
        sides: [side('baseline', baseline, evidence.baseline), side('now', now, evidence.current)],
        scores: scoresOf(baseline, now),
        ...(cut > 0 ? { note: `${cut} more steps are in the run log.` } : {}),
    };
}
function pageRow(row) {
    const url = row.url === undefined ? undefined : (0,escape_markdown/* safeUrl */.Pl)(row.url);
    return {
        id: (0,parts_escape/* toLine */.S5)(row.id),
        isCritical: row.isCritical,
        baseline: row.baseline,
        now: row.now,
        changes: row.changes.map(phraseParts),
        ...(row.file === undefined ? {} : { where: `${(0,parts_escape/* toLine */.S5)(row.file)}${row.line === undefined ? '' : `:${row.line}`}` }),
        ...(url === undefined ? {} : { url }),
    };
}
function phraseParts(phrase) {
    return (0,parts_phrase/* parsePhrase */.L1)((0,parts_escape/* toDisplay */.Wn)(phrase)).map(({ kind, text }) => [kind === 'code' ? 1 : 0, text]);
}
function data_link(label, url) {
    const safe = url === undefined ? undefined : (0,escape_markdown/* safeUrl */.Pl)(url);
    return safe === undefined ? [] : [{ label, url: safe }];
}
function side(label, shown, slots) {
    return { label, outcomes: slots.map((slot) => slot.outcome), ...(shown ? { epoch: shown.epoch } : {}) };
}
/** Steps of the same kind and name stand side by side, in order; the others stand alone. */
function alignedSteps(before, now) {
    const steps = [];
    const [left, right] = [[...before], [...now]];
    for (const change of (0,array/* diffArrays */.E)(before.map(stepKey), now.map(stepKey))) {
        for (let index = 0; index < change.count; index++) {
            const was = change.added ? undefined : left.shift();
            const is = change.removed ? undefined : right.shift();
            if (was && is)
                steps.push(pairedStep(was, is));
            else if (was)
                steps.push({ before: wholeLine(was, 1) });
            else if (is)
                steps.push({ now: wholeLine(is, 1) });
        }
    }
    return steps;
}
function stepKey({ kind, name }) {
    return `${kind} ${name ?? ''}`;
}
function pairedStep(was, is) {
    if (was.text === is.text)
        return { before: wholeLine(was, 0), now: wholeLine(is, 0) };
    const parts = (0,word/* diffWordsWithSpace */.pR)(was.text, is.text, { maxEditLength: maxEdits });
    if (!parts)
        return { before: wholeLine(was, 1), now: wholeLine(is, 1) };
    return {
        before: { ...wholeLine(was, 0), parts: parts.filter((part) => !part.added).map((part) => [part.removed ? 1 : 0, (0,parts_escape/* toDisplay */.Wn)(part.value)]) },
        now: { ...wholeLine(is, 0), parts: parts.filter((part) => !part.removed).map((part) => [part.added ? 1 : 0, (0,parts_escape/* toDisplay */.Wn)(part.value)]) },
    };
}
function wholeLine({ kind, name, text }, mark) {
    return { kind, ...(name === undefined ? {} : { name: (0,parts_escape/* toLine */.S5)(name) }), parts: [[mark, (0,parts_escape/* toDisplay */.Wn)(text)]] };
}
function scoresOf(before, now) {
    const names = [...new Set([...(now?.scores ?? []), ...(before?.scores ?? [])].map(({ checker }) => checker))];
    return names.map((checker) => {
        const was = before?.scores.find((score) => score.checker === checker);
        const is = now?.scores.find((score) => score.checker === checker);
        return {
            checker: (0,parts_escape/* toLine */.S5)(checker),
            ...(was ? { before: was.value } : {}),
            ...(is ? { now: is.value } : {}),
            reason: (0,parts_escape/* toDisplay */.Wn)((is ?? was)?.reason ?? ''),
            isPass: (is ?? was)?.isPass ?? false,
        };
    });
}

;// CONCATENATED MODULE: ./lib/reporters/parts/html/hashes.js
/** SHA-256 of the style sheet and the script, as the page's content security policy names them. Checked by a test. */
const styleHash = 'sha256-h4VhlOJ1/VeMIDP0n88YBc8I11L3a9dapNXsaovZOIo=';
const scriptHash = 'sha256-bkceRAp6Ju3VX5FFekT7XlyDhwLWTJFeD9r65Zu8nKc=';

;// CONCATENATED MODULE: ./lib/reporters/parts/html/script.js
/**
 * The page's script. It reads the data element and builds the page with `textContent` only. A change needs the new hash
 * in `hashes.ts`; a test says which.
 */
const pageScript = String.raw `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const report = document.getElementById('report');
const signs = { pass: '●', fail: '✕', error: '!', unscored: '?', skipped: '–' };
const kinds = { user: 'user', agent: 'agent', tool: 'calls', result: 'result of', message: 'says on the way', error: 'error' };

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
function phrase(parts) {
  return parts.map(([kind, text]) => (kind ? make('code', '', text) : text));
}
function link(text, url) {
  const anchor = make('a', '', text);
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  return anchor;
}
function svg(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

function effectFigure({ change, low, high }) {
  const reach = Math.max(0.02, Math.abs(low), Math.abs(high)) * 1.15;
  const x = (value) => 280 + (value / reach) * 250;
  const points = (value) => (value * 100).toFixed(1).replace('-', '−').replace(/^−0\.0$/, '0.0') + ' pp';
  const figure = svg('svg', { viewBox: '0 0 560 62', class: 'effect', role: 'img' });
  figure.append(
    svg('title', {}, 'Change of the pass rate ' + points(change) + ', 95 % interval ' + points(low) + ' to ' + points(high)),
    svg('line', { x1: 20, x2: 540, y1: 34, y2: 34 }),
    svg('line', { x1: 280, x2: 280, y1: 20, y2: 46, class: 'zero' }),
    svg('line', { x1: x(low), x2: x(high), y1: 34, y2: 34, class: 'interval' }),
    svg('circle', { cx: x(change), cy: 34, r: 6 }),
    svg('text', { x: x(change), y: 18, 'text-anchor': 'middle' }, points(change)),
    svg('text', { x: 20, y: 58 }, '← worse'),
    svg('text', { x: 280, y: 58, 'text-anchor': 'middle' }, 'no change'),
    svg('text', { x: 540, y: 58, 'text-anchor': 'end' }, 'better →'),
  );
  return figure;
}

function stepCell(line, mark, isSame) {
  if (!line) return make('div', 'step absent', mark === 'del' ? 'not in the baseline' : 'no longer there');
  const label = make('b', '', kinds[line.kind] || line.kind);
  if (line.name !== undefined) label.append(' ', make('code', '', line.name));
  label.append(make('span', 'whose', isSame ? 'both' : mark === 'del' ? 'baseline' : 'now'));
  const text = make('pre', '', ...line.parts.map(([marked, part]) => (marked ? make(mark, '', part) : part)));
  return make('div', 'step step-' + line.kind + (isSame && mark === 'ins' ? ' same' : ''), label, text);
}
function sideTitle(side) {
  const pips = make('span', 'pips', ...side.outcomes.map((outcome) => make('span', 'pip-' + outcome, signs[outcome] || '?')));
  pips.title = side.outcomes.join(', ');
  const shown = side.epoch === undefined ? ', nothing recorded' : ', repeat ' + side.epoch + ' of ' + side.outcomes.length;
  return make('div', 'side', make('strong', '', side.label), shown, pips);
}
function scoreTable(scores) {
  const head = make('tr', '', ...['checker', 'baseline', 'now', 'reason'].map((name) => make('th', '', name)));
  const rows = scores.map((score) =>
    make('tr', '', make('td', '', make('code', '', score.checker)), make('td', '', score.before || '—'), make('td', score.isPass ? 'good' : 'bad', score.now || '—'), make('td', 'words', score.reason)),
  );
  return make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows)));
}
function detailOf(row) {
  const { detail } = row;
  const box = make('div', 'detail');
  if (row.where) box.append(make('p', 'soft', row.url ? link(row.where, row.url) : row.where));
  if (detail.expected !== undefined) box.append(make('h3', '', 'Expected'), make('pre', '', detail.expected));
  if (detail.input !== undefined && detail.steps.length === 0) box.append(make('h3', '', 'Input'), make('pre', '', detail.input));
  const cells = detail.steps.flatMap((step) => {
    const isSame = JSON.stringify(step.before) === JSON.stringify(step.now);
    return [stepCell(step.before, 'del', isSame), stepCell(step.now, 'ins', isSame)];
  });
  box.append(make('h3', '', 'Transcripts'), make('div', 'sides', ...detail.sides.map(sideTitle), ...cells));
  if (detail.note) box.append(make('p', 'soft', detail.note));
  if (detail.scores.length > 0) box.append(make('h3', '', 'Scores'), scoreTable(detail.scores));
  return box;
}

function sampleElement(group, row) {
  const id = make('span', 'id', row.id, row.isCritical ? make('span', 'critical', 'critical') : undefined);
  const changes = row.changes.flatMap((parts, index) => (index ? ['; ', ...phrase(parts)] : phrase(parts)));
  const cells = [id, make('span', 'class class-' + group.class, group.title), make('span', 'passes', row.baseline + ' → ' + row.now), make('span', 'changes', ...changes)];
  if (!row.detail) {
    if (row.url) id.replaceChildren(link(row.id, row.url), ...[...id.children]);
    return make('div', 'row', ...cells);
  }
  const details = make('details', '', make('summary', '', ...cells));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(detailOf(row));
  });
  return details;
}

const chunk = 200;
function samplesSection() {
  const entries = data.groups.flatMap((group) => group.rows.map((row) => ({ group, row, text: (row.id + ' ' + (row.where || '') + ' ' + row.changes.flat().map((part) => part[1]).join('')).toLowerCase() })));
  const search = make('input');
  search.type = 'search';
  search.placeholder = 'Search samples and changes';
  search.setAttribute('aria-label', 'Search samples');
  const telling = data.groups.filter((group) => !group.class.startsWith('stable'));
  const active = new Set(telling.length > 0 ? telling.map((group) => group.class) : data.groups.map((group) => group.class));
  const list = make('div', 'samples');
  const status = make('p', 'soft');
  status.setAttribute('role', 'status');
  const more = make('button', 'chip', 'Show more');
  let limit = chunk;
  const cache = new Map();
  function draw() {
    const wanted = search.value.trim().toLowerCase();
    const found = entries.filter((entry) => active.has(entry.group.class) && entry.text.includes(wanted));
    const shown = found.slice(0, limit).map((entry) => {
      if (!cache.has(entry)) cache.set(entry, sampleElement(entry.group, entry.row));
      return cache.get(entry);
    });
    list.replaceChildren(...shown);
    list.hidden = shown.length === 0;
    more.hidden = found.length <= limit;
    status.textContent = found.length === entries.length ? entries.length + ' samples' : found.length + ' of ' + entries.length + ' samples';
  }
  const chips = make('div', 'chips', ...data.groups.map((group) => {
    const chip = make('button', 'chip', group.title + ' ' + group.rows.length);
    chip.title = group.meaning;
    chip.setAttribute('aria-pressed', String(active.has(group.class)));
    chip.addEventListener('click', () => {
      if (!active.delete(group.class)) active.add(group.class);
      chip.setAttribute('aria-pressed', String(active.has(group.class)));
      limit = chunk;
      draw();
    });
    return chip;
  }));
  search.addEventListener('input', () => { limit = chunk; draw(); });
  more.addEventListener('click', () => { limit += chunk; draw(); });
  document.addEventListener('keydown', (event) => onKey(event, search, list, draw));
  draw();
  const keys = make('p', 'keys', make('kbd', '', '/'), ' search, ', make('kbd', '', 'j'), ' ', make('kbd', '', 'k'), ' next and previous sample, ', make('kbd', '', 'Enter'), ' open, ', make('kbd', '', 'Esc'), ' clear');
  return make('section', '', make('h2', '', 'Samples'), make('div', 'tools', search, chips), keys, status, list, more);
}
function onKey(event, search, list, draw) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && document.activeElement === search) {
    search.value = '';
    search.blur();
    draw();
  }
  if (document.activeElement === search) return;
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
  }
  if (event.key !== 'j' && event.key !== 'k') return;
  const rows = [...list.querySelectorAll('summary')];
  const at = rows.indexOf(document.activeElement);
  const next = rows[event.key === 'j' ? at + 1 : Math.max(0, at - 1)];
  if (next) next.focus();
}

function tableSection(table) {
  const head = make('tr', '', ...table.columns.map((name) => make('th', '', name)));
  const rows = table.rows.map((row) => make('tr', '', ...row.cells.map((cell, index) => make('td', index === row.cells.length - 1 ? row.tone : '', ...phrase(cell)))));
  return make('section', '', make('h2', '', table.title), make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows))));
}
function decisionSection() {
  const facts = data.provenance.flatMap(({ label, value }) => [make('dt', '', label), make('dd', '', ...phrase(value))]);
  const list = make('ul', 'decision', ...data.decision.map((parts) => make('li', '', ...phrase(parts))));
  return make('section', '', make('h2', '', 'How this was decided'), list, make('dl', '', ...facts));
}

if (data.effect) document.querySelector('header').append(effectFigure(data.effect));
report.append(
  ...(data.note ? [make('p', 'soft', data.note)] : []),
  ...(data.groups.length > 0 ? [samplesSection()] : []),
  ...data.tables.map(tableSection),
  decisionSection(),
  make('footer', '', ...data.footer.map((parts) => make('p', '', ...phrase(parts))), make('p', '', ...data.links.map(({ label, url }) => link(label, url)))),
);
`;

;// CONCATENATED MODULE: ./lib/reporters/parts/html/style.js
/** The page's style sheet. A change needs the new hash in `hashes.ts`; a test says which. */
const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #5a6575; --line: #dfe3ea; --code: #eef0f4;
  --bad: #b3261e; --bad-wash: #fdecea; --good: #1a7f45; --good-wash: #e5f5ec; --warn: #8a5a00; --warn-wash: #fdf3dc; --neutral: #2458b3;
  --tone: var(--neutral); --focus: #2458b3;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --ink: #e6eaf0; --soft: #9aa6b6; --line: #2d3643; --code: #252d38;
    --bad: #ff8a80; --bad-wash: #43221f; --good: #6fd69b; --good-wash: #17382a; --warn: #f0c46a; --warn-wash: #3a2f16; --neutral: #8db4ff;
    --focus: #8db4ff;
  }
}
.tone-bad { --tone: var(--bad); } .tone-good { --tone: var(--good); } .tone-warn { --tone: var(--warn); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 1180px; background: var(--page); color: var(--ink); font: 15px/1.55 var(--sans); }
header { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px; padding: 20px 24px; }
h1 { margin: 0 0 6px; font-size: 26px; line-height: 1.25; color: var(--tone); overflow-wrap: anywhere; }
h2 { margin: 32px 0 10px; font-size: 18px; }
h3 { margin: 18px 0 6px; font-size: 12px; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
.summary { margin: 0; max-width: 78ch; }
.summary span:first-child { font-weight: 600; }
.partial { display: inline-block; margin: 0 0 8px; padding: 1px 10px; border-radius: 99px; background: var(--warn-wash); color: var(--warn); font-weight: 600; font-size: 13px; }
.soft { color: var(--soft); }
code { font: .9em var(--mono); background: var(--code); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.effect { display: block; width: 100%; max-width: 560px; height: auto; margin-top: 14px; font: 12px var(--sans); }
.effect line { stroke: var(--line); stroke-width: 1.5; } .effect .zero { stroke: var(--soft); stroke-dasharray: 3 3; }
.effect .interval { stroke: var(--tone); stroke-width: 6; stroke-linecap: round; opacity: .45; } .effect circle { fill: var(--tone); } .effect text { fill: var(--soft); }
.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 0; background: var(--page); }
.tools input { flex: 1 1 220px; min-width: 0; padding: 8px 12px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chip { padding: 5px 11px; font: 13px/1.4 var(--sans); color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 99px; cursor: pointer; }
.chip[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }
.samples { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
.samples > details + details, .samples > .row + *, .samples > details + .row { border-top: 1px solid var(--line); }
summary, .row { display: grid; grid-template-columns: 18px minmax(130px, 1.3fr) 92px 112px minmax(0, 4fr); gap: 4px 12px; align-items: baseline; padding: 9px 16px; list-style: none; }
summary { cursor: pointer; } summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--soft); } details[open] > summary::before { content: "▾"; } .row::before { content: ""; }
summary:hover { background: color-mix(in srgb, var(--ink) 4%, transparent); }
.id { font: 13.5px var(--mono); overflow-wrap: anywhere; }
.class { font-size: 12.5px; color: var(--soft); } .class-regressed { color: var(--bad); font-weight: 600; } .class-fixed { color: var(--good); font-weight: 600; }
.class-suspect, .class-errored, .class-flaky { color: var(--warn); }
.passes { font-variant-numeric: tabular-nums; white-space: nowrap; }
.changes { overflow-wrap: anywhere; }
.critical { margin-left: 6px; font: 11px var(--sans); color: var(--bad); border: 1px solid currentColor; border-radius: 4px; padding: 0 4px; }
.detail { padding: 8px 16px 20px 46px; }
.whose { display: none; }
pre { margin: 0; font: 13px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 14px; }
.side { font-size: 13px; color: var(--soft); padding-bottom: 2px; }
.pips { margin-left: 8px; letter-spacing: 1px; } .pip-pass { color: var(--good); } .pip-fail { color: var(--bad); } .pip-error, .pip-unscored, .pip-skipped { color: var(--warn); }
.step { border-left: 3px solid var(--line); padding: 4px 10px; border-radius: 3px; background: color-mix(in srgb, var(--code) 45%, transparent); min-width: 0; }
.step-user { border-left-color: var(--neutral); } .step-error { border-left-color: var(--bad); } .step-agent { border-left-color: var(--ink); }
.step b { display: block; font: 600 11.5px var(--sans); color: var(--soft); overflow-wrap: anywhere; } .step b code { font-size: 12px; }
.absent { border: 1px dashed var(--line); background: none; color: var(--soft); font-size: 12.5px; padding: 6px 10px; }
del, ins { text-decoration: none; border-radius: 3px; padding: 0 1px; }
del { background: var(--bad-wash); color: var(--bad); } ins { background: var(--good-wash); color: var(--good); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.detail .scroll { background: none; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 14px; text-align: right; white-space: nowrap; } td.words { white-space: normal; text-align: left; overflow-wrap: anywhere; min-width: 180px; }
th { font-size: 12.5px; font-weight: 600; color: var(--soft); } tbody tr { border-top: 1px solid var(--line); }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }
.bad { color: var(--bad); } .good { color: var(--good); }
.decision { margin: 0; padding-left: 20px; } .decision li { margin-bottom: 4px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; } footer a { margin-right: 14px; }
.keys { font-size: 12.5px; color: var(--soft); } kbd { font: 11.5px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; background: var(--card); }
[hidden] { display: none !important; }
@media (max-width: 720px) {
  body { padding: 12px 12px 48px; } header { padding: 16px; } h1 { font-size: 21px; } .keys { display: none; }
  summary, .row { grid-template-columns: 14px minmax(0, 1fr) auto; padding: 10px 12px; gap: 2px 8px; }
  .class { grid-column: 2; grid-row: 2; } .passes { grid-column: 3; grid-row: 1; text-align: right; } .changes { grid-column: 2 / -1; grid-row: 3; } .changes:empty { display: none; }
  .detail { padding: 4px 12px 16px; } .sides { grid-template-columns: 1fr; } .absent, .step.same { display: none; } .whose { display: inline; float: right; font-weight: 400; }
  .effect { font-size: 19px; }
  .tools { position: static; } .chips { flex-wrap: nowrap; overflow-x: auto; padding-bottom: 4px; } .chip { flex: none; }
}
@media print { .tools { display: none; } body { background: none; } }
`;

;// CONCATENATED MODULE: ./lib/reporters/html.js









/** Bytes of a page that browsers and artifact viewers open without trouble. */
const defaultMaxBytes = 8_000_000;
/**
 * One self-contained page: no network, no script but ours, agent text only as text. Over `maxBytes` (default 8 MB) it
 * first leaves out transcripts of the least telling samples, then samples, and says how many; the smallest page is the
 * headline and its sentences without style.
 */
const html = defineReporter({
    type: 'html',
    summary: 'one self-contained page with search, filters and side-by-side transcripts',
    fileName: 'report.html',
    render(view, { maxBytes = defaultMaxBytes }) {
        const data = pageData(view);
        const details = detailsOf(view);
        const total = view.groups.reduce((sum, group) => sum + group.rows.length, 0);
        const withDetails = (shown) => page(view, cutData(data, details.slice(0, shown), total, details.length - shown));
        const withRows = (rows) => page(view, cutData(data, [], rows, details.length, total - rows));
        return fitRows(details.length, maxBytes, withDetails) ?? fitRows(total, maxBytes, withRows) ?? barePage(view);
    },
});
function detailsOf(view) {
    return view.groups.flatMap((group, groupIndex) => group.rows.flatMap((row, rowIndex) => {
        const evidence = view.evidence.get(row.id);
        return evidence ? [{ group: groupIndex, row: rowIndex, detail: sampleDetail(evidence) }] : [];
    }));
}
function cutData(data, details, rows, leftDetails, leftRows = 0) {
    const byPlace = new Map(details.map(({ group, row, detail }) => [`${group}/${row}`, detail]));
    const groups = data.groups.map((group, groupIndex) => ({
        ...group,
        rows: group.rows.map((row, rowIndex) => {
            const detail = byPlace.get(`${groupIndex}/${rowIndex}`);
            return detail ? { ...row, detail } : row;
        }),
    }));
    const notes = [
        leftRows > 0 ? `${(0,format/* count */.U9)(leftRows)} more samples are not shown.` : '',
        leftDetails > 0 ? `${(0,format/* count */.U9)(leftDetails)} more transcripts are not shown.` : '',
    ].filter((note) => note !== '');
    return {
        ...data,
        groups: takeRows(groups, rows),
        note: notes.length > 0 ? `To keep this page small, ${notes.join(' ')} The run log has them.` : '',
    };
}
function page(view, data) {
    const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
    return [
        '<!doctype html>',
        `<html lang="en" class="tone-${view.tone}">`,
        '<head>',
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        `<title>${(0,parts_escape/* escapeHtml */.ZD)(view.headline)}</title>`,
        `<style>${pageStyle}</style>`,
        '</head>',
        '<body>',
        ...header(view),
        '<main id="report"></main>',
        '<noscript><p>The samples and transcripts of this page need JavaScript. The same numbers are in report.md.</p></noscript>',
        `<script type="application/json" id="data">${(0,parts_escape/* escapeScriptJson */.Nd)(JSON.stringify(data))}</script>`,
        `<script>${pageScript}</script>`,
        '</body>',
        '</html>',
        '',
    ].join('\n');
}
function header(view) {
    const partial = view.isPartial ? ['<p class="partial">Partial run</p>'] : [];
    const sentences = view.summary.map((sentence) => `<span>${phraseHtml(sentence)}</span>`).join(' ');
    return ['<header>', ...partial, `<h1>${(0,parts_escape/* escapeHtml */.ZD)(view.headline)}</h1>`, `<p class="summary">${sentences}</p>`, '</header>'];
}
function phraseHtml(phrase) {
    return (0,parts_phrase/* parsePhrase */.L1)(phrase)
        .map(({ kind, text }) => (kind === 'code' ? `<code>${(0,parts_escape/* escapeHtml */.ZD)(text)}</code>` : (0,parts_escape/* escapeHtml */.ZD)(text)))
        .join('');
}
function barePage(view) {
    return ['<!doctype html>', '<meta charset="utf-8">', `<title>${(0,parts_escape/* escapeHtml */.ZD)(view.headline)}</title>`, ...header(view), ''].join('\n');
}

;// CONCATENATED MODULE: ./lib/reporters/json.js


/**
 * The assessment, lossless, as one JSON object. Over `maxBytes` the last samples are left out and counted in
 * `samplesOmitted`; with none left the limit may be passed by what remains, about 2 KB.
 */
const json = defineReporter({
    type: 'json',
    summary: 'the whole assessment as one JSON object',
    fileName: 'assessment.json',
    render({ assessment }, { maxBytes }) {
        if (maxBytes === undefined)
            return pretty(assessment);
        const worst = [...assessment.samples].sort((a, b) => rank(a.class) - rank(b.class));
        const cut = (rows) => {
            const samplesOmitted = assessment.samples.length - rows;
            return pretty(samplesOmitted === 0 ? assessment : { ...assessment, samples: worst.slice(0, rows), samplesOmitted });
        };
        return fitRows(worst.length, maxBytes, cut) ?? pretty({ ...bare(assessment), samplesOmitted: worst.length });
    },
});
function pretty(value) {
    return `${JSON.stringify(value, null, 2)}\n`;
}
const order = ['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'removed', 'stable-fail', 'stable-pass'];
function rank(name) {
    return order.indexOf(name);
}
function bare(assessment) {
    const { gates: _, ...verdict } = assessment.verdict;
    return { ...assessment, verdict: { ...verdict, reasons: verdict.reasons.slice(0, 1) }, checkers: [], metrics: [], slices: [], samples: [] };
}

;// CONCATENATED MODULE: ./lib/reporters/junit.js




/**
 * JUnit XML: one testcase per sample, a failure is a regressed sample, an error one without usable answers; removed
 * samples are skipped. The first testcase is the verdict itself, so that a drop without a named sample, a partial run or
 * a run without a baseline under a policy that wants one is never all green. Rows that do not fit are left out and counted.
 */
const junit = defineReporter({
    type: 'junit',
    summary: 'JUnit XML: a failed testcase per regressed sample, and one for the verdict',
    fileName: 'junit.xml',
    render(view, { maxBytes }) {
        const rows = view.groups.flatMap((group) => group.rows);
        const render = (shown) => junit_document(view, rows.slice(0, shown), rows.length - shown);
        return maxBytes === undefined
            ? render(rows.length)
            : (fitRows(rows.length, maxBytes, render) ?? junit_document({ ...view, summary: [] }, [], rows.length));
    },
});
function junit_document(view, rows, left) {
    const { verdict } = view.assessment;
    const verdictFails = verdict.exitCode === 1;
    const verdictErrs = !verdictFails && (verdict.exitCode !== 0 || view.isPartial);
    const failures = rows.filter((row) => row.class === 'regressed').length + Number(verdictFails);
    const errors = rows.filter((row) => row.class === 'errored').length + Number(verdictErrs);
    const skipped = rows.filter((row) => row.class === 'removed').length;
    const counts = `tests="${rows.length + 1}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
    const name = (0,parts_escape/* escapeXml */.X)(view.suite);
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="agent-regress" ${counts}>`,
        `  <testsuite name="${name}" ${counts}>`,
        '    <properties>',
        property('verdict', verdict.status),
        property('run', view.isPartial ? 'partial' : 'complete'),
        property('baseline', (0,parts_phrase/* plainPhrase */.Uy)(view.baseline)),
        ...(left > 0 ? [property('samplesNotShown', String(left))] : []),
        '    </properties>',
        ...verdictCase(view, name, verdictFails ? 'failure' : verdictErrs ? 'error' : undefined),
        ...batchesOf(rows).map((batch) => batch.map((row) => sampleCase(row, name).join('\n')).join('\n')),
        '  </testsuite>',
        '</testsuites>',
        '',
    ].join('\n');
}
/** Lines of a whole batch become one text before the next batch is made: a report of 50,000 samples needs half the memory. */
function batchesOf(rows) {
    return Array.from({ length: Math.ceil(rows.length / 1000) }, (_, i) => rows.slice(1000 * i, 1000 * (i + 1)));
}
function property(name, value) {
    return `      <property name="${name}" value="${(0,parts_escape/* escapeXml */.X)(value)}"/>`;
}
function verdictCase(view, suite, element) {
    const headline = (0,parts_escape/* escapeXml */.X)((0,parts_phrase/* plainPhrase */.Uy)(view.headline));
    const said = (0,parts_escape/* escapeXml */.X)(view.summary.map(parts_phrase/* plainPhrase */.Uy).join(' '));
    const opening = `    <testcase classname="${suite}" name="verdict">`;
    const inner = element === undefined ? `<system-out>${headline} ${said}</system-out>` : `<${element} message="${headline}">${said}</${element}>`;
    return [opening, `      ${inner}`, '    </testcase>'];
}
function sampleCase(row, suite) {
    const where = `${row.file === undefined ? '' : ` file="${(0,parts_escape/* escapeXml */.X)(row.file)}"`}${row.line === undefined ? '' : ` line="${row.line}"`}`;
    const opening = `    <testcase classname="${suite}" name="${(0,parts_escape/* escapeXml */.X)(row.id)}"${where}`;
    const passes = `baseline ${row.baseline}, now ${row.now}`;
    const told = (0,parts_escape/* escapeXml */.X)([passes, ...row.changes.map(parts_phrase/* plainPhrase */.Uy)].join('; '));
    const inner = {
        regressed: `<failure type="regressed" message="${(0,parts_escape/* escapeXml */.X)(`regressed: ${passes}`)}">${told}</failure>`,
        errored: `<error type="errored" message="${(0,parts_escape/* escapeXml */.X)(`errored: ${passes}`)}">${told}</error>`,
        removed: '<skipped message="in the baseline only"/>',
    };
    const body = inner[row.class] ?? (row.class === 'stable-pass' ? undefined : `<system-out>${row.class}: ${told}</system-out>`);
    return body === undefined ? [`${opening}/>`] : [`${opening}>`, `      ${body}`, '    </testcase>'];
}

;// CONCATENATED MODULE: ./lib/reporters/markdown.js


/** The report as a markdown page: `report.md` and the job summary. */
const markdown = defineReporter({
    type: 'markdown',
    summary: 'a page in GitHub-flavoured markdown, with transcripts of the worst samples; also the job summary',
    fileName: 'report.md',
    render: (view, { maxBytes }) => markdownDocument(view, 'summary', maxBytes),
});

;// CONCATENATED MODULE: ./lib/reporters/parts/columns.js
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303f]/u;
const narrow = /[\p{Mn}\p{Me}]/u;
/** Terminal columns of a text: wide scripts and emoji take two, combining marks none. */
function columnsOf(text) {
    let columns = 0;
    for (const character of text)
        columns += character < '\u007f' ? 1 : narrow.test(character) ? 0 : wide.test(character) ? 2 : 1;
    return columns;
}
/** At most `width` columns, the last one `…` when something was cut. */
function clipColumns(text, width) {
    if (columnsOf(text) <= width)
        return text;
    let kept = '';
    let columns = 1;
    for (const character of text) {
        columns += columnsOf(character);
        if (columns > width)
            break;
        kept += character;
    }
    return width < 1 ? '' : `${kept}…`;
}
/** The text filled up with spaces to `width` terminal columns; a wider one stays as it is. */
function padColumns(text, width) {
    return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}
/** Spaces where a line may end: not between a number and its unit, and not inside an interval. */
const breaks = /(?<!…) (?!(?:%|pp|ms|s|min|h|…)(?:[\s,.;)]|$))/;
/** Words on lines of at most `width` columns; a longer word is broken, a number keeps its unit. Empty text gives no line. */
function wrapColumns(text, width) {
    const lines = [];
    let line = '';
    for (const word of text.split(breaks).flatMap((word) => pieces(word, width))) {
        if (line === '')
            line = word;
        else if (columnsOf(line) + 1 + columnsOf(word) <= width)
            line += ` ${word}`;
        else {
            lines.push(line);
            line = word;
        }
    }
    return line === '' ? lines : [...lines, line];
}
function pieces(word, width) {
    if (columnsOf(word) <= width)
        return [word];
    const parts = [''];
    let columns = 0;
    for (const character of word) {
        const size = columnsOf(character);
        if (columns + size > width && columns > 0) {
            parts.push('');
            columns = 0;
        }
        parts[parts.length - 1] += character;
        columns += size;
    }
    return parts;
}

;// CONCATENATED MODULE: ./lib/reporters/terminal.js






/** Rows of one class; the files have them all. */
const shownRows = 20;
const listed = new Set(['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'removed']);
const detailed = new Set(['regressed', 'suspect', 'errored', 'fixed']);
/** For a person at a terminal: 40 columns or more (default 80), colours only where allowed. Over `maxBytes` rows are left out and counted. */
const terminal = defineReporter({
    type: 'terminal',
    summary: 'for reading at a terminal, with colours where they are shown',
    render(view, { width = 80, isColor = false, maxBytes }) {
        const page = { width: Math.max(20, width), paint: painter(isColor) };
        const groups = view.groups.filter((group) => listed.has(group.class));
        const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
        const render = (rows) => terminal_text(view, page, takeRows(groups, rows), total - rows);
        if (maxBytes === undefined)
            return render(total);
        return fitRows(total, maxBytes, render) ?? clipBytes(`${(0,parts_escape/* escapeWorkflowCommands */.Fy)((0,parts_escape/* escapeTerminal */.en)(view.headline))}\n`, maxBytes);
    },
});
const codes = { bad: '31', warn: '33', good: '32', neutral: '36', bold: '1', dim: '2' };
function painter(isColor) {
    return (text, style) => (isColor && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
function terminal_text(view, page, groups, left) {
    const blocks = [
        headLines(view, page),
        ...groups.map((group) => groupLines(group, page)),
        left > 0 ? [`… ${(0,format/* count */.U9)(left)} more samples are not shown.`] : [],
        ...view.tables.map((table) => tableLines(table, page)),
        footLines(view, page),
    ];
    const lines = blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
    return `${lines.map((line) => (0,parts_escape/* escapeWorkflowCommands */.Fy)(line.trimEnd())).join('\n')}\n`;
}
function headLines(view, page) {
    const headline = wrapColumns(shown(view.headline), page.width).map((line) => page.paint(page.paint(line, view.tone), 'bold'));
    return [...headline, ...wrapColumns(view.summary.map(shown).join(' '), page.width)];
}
function footLines(view, page) {
    const links = [view.links.reportUrl, view.links.runUrl].flatMap((url) => (url === undefined ? [] : [`Report: ${(0,parts_escape/* escapeTerminal */.en)(url)}`])).slice(0, 1);
    return [view.baseline, view.effort]
        .flatMap((sentence) => wrapColumns(shown(sentence), page.width))
        .concat(links)
        .map((line) => page.paint(line, 'dim'));
}
/** Only a name list for the classes that ask for no action. */
function groupLines(group, page) {
    const tone = group.class === 'regressed' ? 'bad' : group.class === 'fixed' ? 'good' : 'warn';
    const title = page.paint(`${group.title} (${(0,format/* count */.U9)(group.rows.length)})`, detailed.has(group.class) ? tone : 'dim');
    if (!detailed.has(group.class))
        return [title, ...nameLines(group, page)];
    const rows = group.rows.slice(0, shownRows);
    const left = group.rows.length - rows.length;
    const widths = rowWidths(rows, page.width);
    return [title, ...rows.flatMap((row) => rowLines(row, page, widths)), ...(left > 0 ? [`  … ${(0,format/* count */.U9)(left)} more`] : [])];
}
function nameLines(group, page) {
    const rows = group.rows.slice(0, shownRows);
    const left = group.rows.length - rows.length;
    const names = rows.map((row) => clipColumns((0,parts_escape/* escapeTerminal */.en)(row.id), page.width - 2)).join(', ');
    return wrapColumns(left > 0 ? `${names}, … ${(0,format/* count */.U9)(left)} more` : names, page.width - 2).map((line) => `  ${line}`);
}
function rowWidths(rows, width) {
    const widest = (texts) => Math.max(0, ...texts.map(columnsOf));
    return {
        id: Math.min(widest(rows.map(idText)), Math.floor(width * 0.4)),
        passes: widest(rows.map(passesText)),
    };
}
/** On one line where there is room for the words, else the words below, indented. */
function rowLines(row, page, widths) {
    const left = `  ${padColumns(clipColumns(idText(row), widths.id), widths.id)}  ${padColumns(passesText(row), widths.passes)}`;
    const told = row.changes.map(shown).join('; ');
    const column = columnsOf(left) + 2;
    const isBeside = page.width - column >= 36;
    const lines = wrapColumns(told, page.width - (isBeside ? column : 4));
    if (!isBeside)
        return [left, ...lines.map((line) => `    ${line}`)];
    return [`${left}  ${lines[0] ?? ''}`, ...lines.slice(1).map((line) => ' '.repeat(column) + line)];
}
function idText(row) {
    return (0,parts_escape/* escapeTerminal */.en)(row.id) + (row.isCritical ? ' (critical)' : '');
}
function passesText(row) {
    return `${row.baseline} → ${row.now}`;
}
/** As a table where it fits, else one block per row. */
function tableLines(table, page) {
    const cells = [table.columns, ...table.rows.map((row) => row.cells.map(shown))];
    const widths = table.columns.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
    const total = widths.reduce((sum, width) => sum + width + 2, 0);
    const style = (index) => {
        const tone = table.rows[index]?.tone;
        return tone === 'bad' || tone === 'good' ? tone : undefined;
    };
    const painted = (line, index) => {
        const tone = style(index);
        return tone ? page.paint(line, tone) : line;
    };
    const title = page.paint(table.title, 'dim');
    if (total <= page.width) {
        const lines = cells.map((row) => `  ${row.map((cell, column) => padColumns(cell, widths[column] ?? 0)).join('  ')}`);
        return [title, page.paint(lines[0] ?? '', 'dim'), ...lines.slice(1).map(painted)];
    }
    return [title, ...table.rows.flatMap((row, index) => stackedRow(table.columns, row.cells.map(shown), page).map((line) => painted(line, index)))];
}
function stackedRow(columns, cells, page) {
    const [name = '', ...rest] = cells;
    const facts = rest.map((cell, index) => `${columns[index + 1] ?? ''} ${cell}`).filter((fact) => !fact.endsWith(' —'));
    return [
        ...wrapColumns(name, page.width - 2).map((line) => `  ${line}`),
        ...wrapColumns(facts.join(', '), page.width - 4).map((line) => `    ${line}`),
    ];
}
function shown(phrase) {
    return (0,parts_escape/* escapeTerminal */.en)((0,parts_phrase/* plainPhrase */.Uy)(phrase));
}

;// CONCATENATED MODULE: ./lib/reporters/registry.js








/** The one list of output formats. */
const reporters = (0,registry/* createRegistry */.Iq)('reporter', [terminal, markdown, comment, html, json, junit, csv]);


/***/ })

};
