export const id = 473;
export const ids = [473];
export const modules = {

/***/ 15473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   publishMode: () => (/* binding */ publishMode)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(53339);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(452);
/* harmony import */ var _github_check_run_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56255);
/* harmony import */ var _github_comment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(74510);
/* harmony import */ var _github_publish_result_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(33688);
/* harmony import */ var _github_stored_runs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(55048);
/* harmony import */ var _github_suite_slug_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6163);
/* harmony import */ var _io_run_log_file_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(34561);
/* harmony import */ var _records_assessment_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(15582);
/* harmony import */ var _reporters_parts_view_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(44911);
/* harmony import */ var _reporters_registry_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(14579);
/* harmony import */ var _give_up_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(24579);
/* harmony import */ var _publish_suite_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(19122);
/* harmony import */ var _suite_check_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(15555);

















/** After the signal, for a comment that hangs; a check run has a grace of its own. */
const graceMs = 500;
/**
 * Posts what a finished run has stored: for pull requests from forks, whose own run may not write. Executes nothing
 * of it; its text is data, its report is rendered anew, and only the event says which commit and run it is about.
 * @returns the exit code: of the posting, not of the verdict. @throws ToolError
 */
async function publishMode(context) {
    const { host, event, reader, inputs } = context;
    const run = event.triggeringRun;
    if (!run) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ToolError */ .v4({
            code: 'event-refused',
            message: `mode "publish" works on workflow_run, not on ${event.name}`,
            remedy: 'start the workflow with `on: workflow_run`; see docs/github.md',
        });
    }
    if (run.conclusion === 'cancelled' || run.conclusion === 'skipped') {
        host.notice(`Nothing to publish: run ${run.id} was ${run.conclusion}.`);
        return _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ExitCode */ .yU.pass;
    }
    const prefix = `${inputs['artifact-name']}-`;
    const stored = newestByName((await (0,_github_stored_runs_js__WEBPACK_IMPORTED_MODULE_7__/* .listRunArtifacts */ .NG)(reader, run.id)).filter(({ name, expired }) => name.startsWith(prefix) && !expired));
    if (stored.length === 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ToolError */ .v4({
            code: 'nothing-stored',
            message: `run ${run.id} has stored no artifact "${prefix}…"`,
            remedy: 'see the log of that run; `artifact-name` must be the same in both workflows',
            exitCode: _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ExitCode */ .yU.incomplete,
        });
    }
    const pullNumber = await findPullRequest(context, run);
    let worst = _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ExitCode */ .yU.pass;
    for (const artifact of stored) {
        for (const [target, result] of Object.entries(await publishStored(context, { run, artifact, pullNumber }))) {
            if (result.kind === 'failed') {
                host.warning(`${artifact.name}: ${target}: ${result.message}. ${result.remedy}`);
                worst = _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ExitCode */ .yU.incomplete;
            }
            else if (result.kind === 'skipped')
                host.info(`${artifact.name}: no ${target}: ${result.reason}`);
            else if (result.url !== undefined)
                host.setOutput(`${target}-url`, result.url);
        }
    }
    return worst;
}
const Pull = zod__WEBPACK_IMPORTED_MODULE_16__/* .looseObject */ ._H3({
    number: zod__WEBPACK_IMPORTED_MODULE_16__/* .int */ .Whr(),
    state: zod__WEBPACK_IMPORTED_MODULE_16__/* .string */ .YjP(),
    head: zod__WEBPACK_IMPORTED_MODULE_16__/* .looseObject */ ._H3({ sha: zod__WEBPACK_IMPORTED_MODULE_16__/* .string */ .YjP(), repo: zod__WEBPACK_IMPORTED_MODULE_16__/* .looseObject */ ._H3({ full_name: zod__WEBPACK_IMPORTED_MODULE_16__/* .string */ .YjP() }).nullish() }),
});
/** An open pull request of this repository whose head is the trusted commit of the trusted repository, or none. */
async function findPullRequest({ reader }, run) {
    const owner = run.headRepository?.split('/')[0];
    if (owner === undefined || run.headBranch === '')
        return undefined;
    const query = { state: 'open', head: `${owner}:${run.headBranch}` };
    const listed = await reader.list('pulls', query, { needs: 'pull-requests: read', maxPages: 3 });
    const matching = listed
        .flatMap((entry) => Pull.safeParse(entry).data ?? [])
        .filter((pull) => {
        const isSameRepository = pull.head.repo?.full_name.toLowerCase() === run.headRepository?.toLowerCase();
        return pull.state === 'open' && pull.head.sha === run.headSha && isSameRepository;
    });
    return matching.map(({ number }) => number).sort((a, b) => a - b)[0];
}
async function publishStored(context, stored) {
    let assessment;
    try {
        assessment = await readStored(context, stored.artifact);
    }
    catch (error) {
        const failed = (0,_github_publish_result_js__WEBPACK_IMPORTED_MODULE_6__/* .failedResult */ .N)(error);
        return { check: failed, comment: failed };
    }
    const { event } = context;
    const runUrl = `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/${stored.run.id}`;
    const view = (0,_reporters_parts_view_js__WEBPACK_IMPORTED_MODULE_11__/* .makeReportView */ .W)({ assessment, evidence: [], links: { runUrl, reportUrl: `${runUrl}/artifacts/${stored.artifact.id}` } });
    const summary = (maxBytes) => _reporters_registry_js__WEBPACK_IMPORTED_MODULE_12__/* .reporters */ .R.get('markdown').render(view, { maxBytes });
    if (context.inputs.summary)
        await context.host.summarize(summary).catch(() => false);
    const title = (0,_publish_suite_js__WEBPACK_IMPORTED_MODULE_14__/* .checkTitle */ .T)(view);
    const check = await publishCheck(context, { ...stored, assessment, runUrl, title, render: summary });
    const comment = await publishStoredComment(context, stored, assessment, (maxBytes) => _reporters_registry_js__WEBPACK_IMPORTED_MODULE_12__/* .reporters */ .R.get('comment').render(view, { maxBytes }));
    return { check, comment };
}
/** @throws ToolError for anything that is not a whole report of this very artifact. */
async function readStored(context, artifact) {
    const { host, reader, inputs } = context;
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(host.env.RUNNER_TEMP || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'agent-regress-'));
    const runLog = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'run.jsonl');
    const { texts, files } = await (0,_github_stored_runs_js__WEBPACK_IMPORTED_MODULE_7__/* .openArtifact */ .HI)(reader, artifact, { texts: ['assessment.json'], files: { 'run.jsonl': runLog } });
    const refuse = (message) => new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ToolError */ .v4({
        code: 'report-refused',
        message: `artifact "${artifact.name}": ${message}`,
        remedy: 'see the log of the run that stored it',
        exitCode: _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ExitCode */ .yU.incomplete,
    });
    const text = texts.get('assessment.json');
    if (text === undefined || !files.has('run.jsonl'))
        throw refuse('assessment.json or run.jsonl is missing');
    const parsed = _records_assessment_js__WEBPACK_IMPORTED_MODULE_10__/* .Assessment */ .ve.safeParse(parseJson(text));
    if (!parsed.success)
        throw refuse(`assessment.json: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`);
    if (parsed.data.schemaVersion > _records_assessment_js__WEBPACK_IMPORTED_MODULE_10__/* .assessmentSchemaVersion */ .It)
        throw refuse('it was written by a newer version of agent-regress');
    const { suite } = parsed.data;
    if ((0,_github_suite_slug_js__WEBPACK_IMPORTED_MODULE_8__/* .artifactNameOf */ .nn)(inputs['artifact-name'], suite) !== artifact.name)
        throw refuse('it is about another suite than its name says');
    const index = await (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_9__/* .readRunIndex */ .su)(runLog);
    if (index.header?.suite !== suite)
        throw refuse('its run log is of another suite');
    const complete = parsed.data.verdict.complete && index.end !== undefined;
    return { ...parsed.data, verdict: { ...parsed.data.verdict, complete }, baseline: withoutForeignUrl(context, parsed.data.baseline) };
}
/** The only address in a stored report is that of its baseline run; what a fork wrote there must not become a link. */
function withoutForeignUrl({ event }, { url, ...baseline }) {
    const runs = `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/`;
    const isRun = url?.startsWith(runs) && /^\d+$/.test(url.slice(runs.length));
    return isRun ? { ...baseline, url } : baseline;
}
async function publishCheck(context, report) {
    const { inputs } = context;
    if (inputs.check === 'off')
        return { kind: 'skipped', reason: 'check: off' };
    const { assessment, run, runUrl, title, render } = report;
    const check = await (0,_suite_check_js__WEBPACK_IMPORTED_MODULE_15__/* .startCheck */ .b7)(context, { mode: 'create', suite: assessment.suite, run: { ...run, url: runUrl } });
    const conclusion = (0,_github_check_run_js__WEBPACK_IMPORTED_MODULE_4__/* .concludeCheck */ .Oe)({ assessment, exitCode: assessment.verdict.exitCode });
    return check.finish(conclusion, { title, render, annotations: [] });
}
async function publishStoredComment(context, { run, pullNumber }, assessment, render) {
    if (pullNumber === undefined)
        return { kind: 'skipped', reason: `no open pull request has ${run.headSha.slice(0, 7)} as its head` };
    const { status, exitCode } = assessment.verdict;
    const publishing = (0,_github_comment_js__WEBPACK_IMPORTED_MODULE_5__/* .publishComment */ .p8)({
        client: context.writer(),
        pullNumber,
        marker: { suite: (0,_github_suite_slug_js__WEBPACK_IMPORTED_MODULE_8__/* .suiteSlug */ .SE)(assessment.suite), runId: run.id, attempt: run.attempt, sha: run.headSha },
        mode: context.inputs.comment,
        verdict: { status, isFailure: exitCode !== 0 },
        render,
    });
    return (0,_give_up_js__WEBPACK_IMPORTED_MODULE_13__/* .unlessStopped */ .O)(context.signal, graceMs, publishing).catch(_github_publish_result_js__WEBPACK_IMPORTED_MODULE_6__/* .failedResult */ .N);
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function newestByName(artifacts) {
    const seen = new Set();
    return artifacts.filter(({ name }) => !seen.has(name) && seen.add(name)).slice(0, 20);
}


/***/ }),

/***/ 15582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   It: () => (/* binding */ assessmentSchemaVersion),
/* harmony export */   ve: () => (/* binding */ Assessment)
/* harmony export */ });
/* unused harmony exports VerdictStatus, SampleClass, Effect, BaselineKind, BaselineInfo, SampleAssessment, CheckerAssessment, MetricAssessment, SliceAssessment */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53339);
/* harmony import */ var _run_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89380);


const assessmentSchemaVersion = 1;
/** A change in percentage points is a fraction here: −0.072 is −7.2 pp. Rates and p-values are 0..1. */
const rate = zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().min(0).max(1);
const interval = zod__WEBPACK_IMPORTED_MODULE_1__/* .tuple */ .PVZ([zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()]).describe('95 % interval, low and high');
const VerdictStatus = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['regressed', 'improved', 'no-change', 'inconclusive', 'no-baseline']);
const SampleClass = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail', 'errored', 'new', 'removed']);
const Effect = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['regressed', 'improved', 'unchanged', 'inconclusive', 'too-few-samples']);
const BaselineKind = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['path', 'exact', 'ancestor', 'base-tip', 'default-tip', 'none']);
const BaselineInfo = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    kind: BaselineKind,
    reason: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('why there is none, or why this one'),
    isUnreadable: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional().describe('there may be one, but it could not be asked for'),
    sha: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('of the newest run'),
    ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    distance: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(0).optional().describe('commits between it and the target'),
    runs: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(0),
    ageHours: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().min(0).optional(),
    url: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    notes: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('fingerprint differences, re-scoring, runs left out and why'),
});
const SampleAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    class: SampleClass,
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ passes: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(), repeats: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    current: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ passes: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(), repeats: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional().describe('confirmation re-runs included'),
    p: rate.optional().describe('one-sided Fisher p on all repeats; only of samples that were asked again, or of all when re-runs are off'),
    adjusted: rate.optional().describe('discrete Benjamini–Hochberg; only of samples that were screened'),
    scores: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ baseline: rate.optional(), current: rate.optional() })).describe('mean value by checker'),
    file: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    line: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).optional(),
    critical: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional(),
    changes: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('what changed, in words'),
});
const CheckerAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    required: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional(),
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ mean: rate, n: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    current: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ mean: rate, n: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    change: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    interval: interval.optional(),
    p: rate.optional(),
    effect: Effect,
});
const MetricAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional().describe('geometric mean over the samples'),
    current: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    ratio: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional().describe('current / baseline; above 1 is more'),
    interval: interval.optional(),
    effect: Effect,
});
const SliceAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    samples: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
    baselineRate: rate.optional(),
    rate: rate.optional(),
    change: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    p: rate.optional(),
    effect: Effect,
});
/** The one verdict object that feeds every output. */
const Assessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
    suite: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    verdict: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        status: VerdictStatus,
        reasons: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).describe('in words, the deciding one first'),
        exitCode: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
        minimalDetectableDrop: rate.optional().describe('true drop of the pass rate found in 80 % of the runs'),
        excludedDrop: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional().describe('drops above this are excluded with 95 % confidence'),
        complete: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().describe('false: a partial run, never a pass'),
        gates: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({}).optional().describe('how this was decided, with the numbers'),
    }),
    run: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        runId: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        sha: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        startedAt: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        durationMs: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
        agent: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        repeats: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().optional(),
        stopReason: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    }),
    baseline: BaselineInfo,
    suiteEffect: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        baselineRate: rate,
        rate,
        rateInterval: interval.optional(),
        change: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(),
        interval,
        pWorse: rate,
        pBetter: rate,
    })
        .optional()
        .describe('absent when nothing could be compared'),
    passRate: rate.optional().describe('of this run alone; absent when no slot has an outcome'),
    score: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ baseline: rate.optional(), current: rate.optional() })
        .optional()
        .describe('mean weighted by sample and checker; absent when every weight is 1 and every score 0 or 1'),
    checkers: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(CheckerAssessment),
    metrics: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(MetricAssessment),
    slices: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(SliceAssessment),
    counts: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(SampleClass, zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr()),
    outcomes: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(_run_log_js__WEBPACK_IMPORTED_MODULE_0__/* .Outcome */ .Pi, zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr()).describe('slots of this run by outcome'),
    samples: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(SampleAssessment),
    cost: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        agentCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
        judgeCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
        inputTokens: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
        outputTokens: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
        costUsd: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    }),
});


/***/ })

};
