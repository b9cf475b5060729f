export const id = 934;
export const ids = [934];
export const modules = {

/***/ 6934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   compare: () => (/* binding */ compare)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _pipeline_compare_runs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9632);
/* harmony import */ var _suites_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2655);



/** Compare finished runs; the last operand is the head. */
async function compare(given, host) {
    (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .checkFormat */ .KA)(given);
    const [config] = given.list('config').length > 0 ? await (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .suitesOf */ .f3)(given, host) : [];
    const paths = given.operands.map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(host.cwd, path));
    const head = paths.at(-1) ?? '';
    const progress = (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .progressOf */ .jA)(given, host, 1, '');
    try {
        const outputDir = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(host.cwd, given.text('output') ?? '.agent-regress/comparison');
        const evaluation = await (0,_pipeline_compare_runs_js__WEBPACK_IMPORTED_MODULE_1__/* .compareRuns */ .qB)({ base: paths.slice(0, -1), head, outputDir, ...(config ? { config } : {}), onEvent: progress.onEvent });
        progress.end();
        (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .showEvaluation */ .kC)(evaluation, given, host);
        return evaluation.exitCode;
    }
    finally {
        progress.end();
    }
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
