export const id = 572;
export const ids = [572];
export const modules = {

/***/ 3572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  report: () => (/* binding */ report_report)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/pipeline/output-folder.js
var output_folder = __webpack_require__(4410);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
// EXTERNAL MODULE: ./lib/records/assessment.js
var assessment = __webpack_require__(5582);
// EXTERNAL MODULE: ./lib/reporters/parts/view.js + 4 modules
var parts_view = __webpack_require__(4911);
// EXTERNAL MODULE: ./lib/pipeline/compare-runs.js
var compare_runs = __webpack_require__(9632);
// EXTERNAL MODULE: ./lib/pipeline/report.js + 2 modules
var report = __webpack_require__(2816);
;// CONCATENATED MODULE: ./lib/pipeline/stored-report.js










/**
 * The reports of a finished run, made again from what it stored; a run that was only executed or checked is
 * assessed without a baseline. Asks nothing, executes nothing of the run.
 */
async function reportStored(request) {
    const runLog = await (0,run_log_file/* resolveRunLog */.eL)(request.run);
    const folder = (0,external_node_path_.dirname)(runLog);
    const outputDir = request.outputDir ?? folder;
    const stored = (0,external_node_path_.join)(folder, 'assessment.json');
    if (!(0,external_node_fs_.existsSync)(stored))
        return (0,compare_runs/* compareRuns */.qB)({ base: [], head: runLog, outputDir, onEvent: request.onEvent });
    await (0,output_folder/* makeOutputFolder */.W)(outputDir);
    const assessment = await readAssessment(stored);
    const view = (0,parts_view/* makeReportView */.W)({ assessment, evidence: await readStoredEvidence((0,external_node_path_.join)(folder, 'evidence.jsonl')) });
    const files = await (0,report/* writeReports */.L)(view, outputDir);
    return { assessment, view, files, runLog, exitCode: assessment.verdict.exitCode };
}
/** @throws ToolError `assessment-invalid`. */
async function readAssessment(path) {
    const remedy = 'make it again with: agent-regress compare BASE HEAD';
    let value;
    try {
        value = JSON.parse(await (0,promises_.readFile)(path, 'utf8'));
    }
    catch (error) {
        throw new errors/* ToolError */.v4({ code: 'assessment-invalid', message: `${path}: ${(0,errors/* messageOf */.bD)(error)}`, remedy });
    }
    const parsed = assessment/* Assessment */.ve.safeParse(value);
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new errors/* ToolError */.v4({
            code: 'assessment-invalid',
            message: `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an assessment'}`,
            remedy,
        });
    }
    if (parsed.data.schemaVersion > assessment/* assessmentSchemaVersion */.It) {
        throw new errors/* ToolError */.v4({
            code: 'assessment-newer',
            message: `${path} was written by a newer version (schema ${parsed.data.schemaVersion})`,
            remedy: 'use that version of agent-regress',
        });
    }
    return parsed.data;
}
/** Transcripts are an extra: without the file the report has none. */
async function readStoredEvidence(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return [];
    const text = await (0,promises_.readFile)(path, 'utf8');
    return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
}

// EXTERNAL MODULE: ./lib/cli/suites.js + 1 modules
var suites = __webpack_require__(2655);
;// CONCATENATED MODULE: ./lib/cli/commands/report.js




/** Write the reports of finished runs again. A report is never red by itself: the exit code is 0 when it was written. */
async function report_report(given, host) {
    (0,suites/* checkFormat */.KA)(given);
    const output = given.text('output');
    for (const run of given.operands) {
        const progress = (0,suites/* progressOf */.jA)(given, host, given.operands.length, run);
        const outputDir = output === undefined ? undefined : (0,external_node_path_.resolve)(host.cwd, output, given.operands.length > 1 ? (0,output_folder/* folderName */.u)(run) : '');
        const evaluation = await reportStored({
            run: (0,external_node_path_.resolve)(host.cwd, run),
            ...(outputDir === undefined ? {} : { outputDir: (0,external_node_path_.join)(outputDir) }),
            onEvent: progress.onEvent,
        });
        progress.end();
        (0,suites/* showEvaluation */.kC)(evaluation, given, host);
    }
    return 0;
}


/***/ }),

/***/ 9632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jf: () => (/* binding */ concludeRun),
/* harmony export */   qB: () => (/* binding */ compareRuns)
/* harmony export */ });
/* unused harmony export defaultPolicy */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _compare_assess_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4961);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _io_run_log_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4561);
/* harmony import */ var _load_baseline_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1787);
/* harmony import */ var _open_suite_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4122);
/* harmony import */ var _output_folder_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4410);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2816);








/** Used when no config is at hand: the defaults of design and README. */
const defaultPolicy = {
    mode: 'statistical',
    margin: 0,
    failOn: ['regressed'],
    slices: [],
    latencyMargin: 0.1,
    confirm: true,
};
/**
 * Compares finished runs; asks nothing.
 * @throws ToolError for a run that cannot be read.
 */
async function compareRuns(request) {
    const head = await (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_3__/* .resolveRunLog */ .eL)(request.head);
    const runLogs = [];
    for (const path of request.base)
        runLogs.push(await (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_3__/* .resolveRunLog */ .eL)(path));
    const found = runLogs.length > 0
        ? { info: { kind: 'path', reason: request.base.join(', '), runs: runLogs.length }, runLogs }
        : { info: { kind: 'none', reason: 'no baseline was named', runs: 0 }, runLogs };
    const suite = request.config ? await (0,_open_suite_js__WEBPACK_IMPORTED_MODULE_5__/* .openSuite */ .H)(request.config) : undefined;
    try {
        return await concludeRun({ runLog: head, found, outputDir: request.outputDir, suite, onEvent: request.onEvent });
    }
    finally {
        await suite?.close();
    }
}
/** The second half of every command that has its answers already: baseline, verdict, reports. */
async function concludeRun(input) {
    const { runLog, found, outputDir, suite, onEvent } = input;
    await (0,_output_folder_js__WEBPACK_IMPORTED_MODULE_6__/* .makeOutputFolder */ .W)(outputDir);
    const current = await (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readRunIndex */ .su)(runLog);
    const header = headerOf(current);
    const baseline = await (0,_load_baseline_js__WEBPACK_IMPORTED_MODULE_4__/* .loadBaseline */ .o)(found, { header, suite, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(outputDir, 'baseline'), onEvent });
    onEvent({ kind: 'baseline', info: baseline.info });
    const policy = suite?.config.policy ?? defaultPolicy;
    const stopReason = input.stopReason ?? (current.end ? undefined : (current.stop?.reason ?? 'the run log has no end'));
    const assessment = (0,_compare_assess_js__WEBPACK_IMPORTED_MODULE_1__/* .assess */ .n)({ current, ...baseline.comparison, policy, ...(stopReason === undefined ? {} : { stopReason }) });
    const written = await (0,_report_js__WEBPACK_IMPORTED_MODULE_7__/* .report */ .z)({ assessment, current: runLog, pool: baseline.pool, outputDir, ...(suite ? { samples: suite.samples } : {}) });
    return { ...written, exitCode: written.assessment.verdict.exitCode, runLog };
}
function headerOf(index) {
    if (index.header)
        return index.header;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ToolError */ .v4({
        code: 'run-log-damaged',
        message: `${index.source} has no run header: it is empty or was cut at its start`,
        remedy: 'run the suite again',
    });
}


/***/ })

};
