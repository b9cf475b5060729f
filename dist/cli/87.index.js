export const id = 87;
export const ids = [87];
export const modules = {

/***/ 87:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  check: () => (/* binding */ check)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/agents/agent.js
var agent = __webpack_require__(356);
// EXTERNAL MODULE: ./lib/baseline/compatible.js
var compatible = __webpack_require__(1121);
// EXTERNAL MODULE: ./lib/io/journal.js + 2 modules
var journal = __webpack_require__(7590);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
// EXTERNAL MODULE: ./lib/records/run-index.js
var run_index = __webpack_require__(8254);
// EXTERNAL MODULE: ./lib/run/core/redact.js + 1 modules
var redact = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/pipeline/compare-runs.js
var compare_runs = __webpack_require__(9632);
// EXTERNAL MODULE: ./lib/pipeline/open-suite.js + 5 modules
var open_suite = __webpack_require__(4122);
// EXTERNAL MODULE: ./lib/pipeline/rescore.js
var rescore = __webpack_require__(6815);
// EXTERNAL MODULE: ./lib/pipeline/slots.js
var slots = __webpack_require__(1347);
// EXTERNAL MODULE: ./lib/pipeline/stages.js + 12 modules
var stages = __webpack_require__(6475);
;// CONCATENATED MODULE: ./lib/pipeline/check.js














/**
 * Scores the recorded answers of a run with the checkers of the config, in place; asks the agent nothing.
 * The log as it was before is kept beside it as `run.previous.jsonl` when all of it is scored again.
 */
async function checkRun(request) {
    const suite = await (0,open_suite/* openSuite */.H)(request.config);
    try {
        const runLog = await (0,run_log_file/* resolveRunLog */.eL)(request.run);
        const index = await (0,run_log_file/* readRunIndex */.su)(runLog);
        const differs = index.header && (0,compatible/* compareFingerprints */.t)(suite.header(undefined, new Date(0)), index.header).score.length > 0;
        if (differs || index.pending.size === 0)
            await scoreAgain(runLog, index, suite, request.onEvent);
        else
            await scorePending(runLog, request, suite);
        const found = await request.findBaseline(request.config);
        return await (0,compare_runs/* concludeRun */.jf)({ runLog, found, outputDir: (0,external_node_path_.dirname)(runLog), suite, onEvent: request.onEvent });
    }
    finally {
        await suite.close();
    }
}
async function scoreAgain(runLog, index, suite, onEvent) {
    const fresh = (0,external_node_path_.join)((0,external_node_path_.dirname)(runLog), 'run.rescored.jsonl');
    const { slots, leftOut } = await (0,rescore/* rescoreRunLog */.f)({ from: runLog, to: fresh, suite });
    onEvent({ kind: 'rescored', slots, reason: `with the checkers of ${suite.config.file}` });
    const kept = keptName((0,external_node_path_.dirname)(runLog), leftOut);
    if (leftOut > 0)
        onEvent({ kind: 'notice', level: 'warning', message: leftOutText(leftOut, kept) });
    await (0,promises_.rename)(runLog, (0,external_node_path_.join)((0,external_node_path_.dirname)(runLog), kept));
    await (0,promises_.rename)(fresh, runLog);
    if (!index.end)
        await finish(runLog, suite);
}
/** A log that holds answers which the new one does not is never written over. */
function keptName(folder, leftOut) {
    if (leftOut === 0)
        return 'run.previous.jsonl';
    for (let number = 1;; number++) {
        const name = number === 1 ? 'run.previous.jsonl' : `run.previous-${number}.jsonl`;
        if (!(0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, name)))
            return name;
    }
}
function leftOutText(count, kept) {
    const what = count === 1 ? '1 recorded answer is' : `${count} recorded answers are`;
    return `${what} left out: the suite no longer has the sample, or asks something else in it; everything is kept in ${kept}`;
}
async function scorePending(runLog, request, suite) {
    const journal = await reopen(runLog, suite);
    try {
        const total = journal.index.pending.size;
        const redactor = (0,redact/* createRedactor */.l)(suite.config.secrets);
        const stage = (0,stages/* openStage */.j$)({ suite, journal, agent: silentAgent, redactor, signal: request.signal, onEvent: request.onEvent });
        const stopReason = await (0,stages/* askSlots */.TO)(stage, (0,slots/* slotsToScore */.Fj)(runLog, suite.samples, journal.index), { phase: 'run', total });
        if (stopReason !== undefined || isComplete(journal.index))
            (0,stages/* closeRun */.Ql)(journal, stopReason);
    }
    finally {
        await journal.close();
    }
}
/** A run whose planned slots are all done is complete, whoever scored the last of them. */
async function finish(runLog, suite) {
    const journal = await reopen(runLog, suite);
    try {
        if (isComplete(journal.index))
            (0,stages/* closeRun */.Ql)(journal, undefined);
    }
    finally {
        await journal.close();
    }
}
function isComplete(index) {
    const repeats = index.header?.planned.repeats ?? 0;
    if (index.end || index.samples.size < (index.header?.planned.samples ?? 1))
        return false;
    for (const sample of index.samples.values()) {
        for (let epoch = 1; epoch <= repeats; epoch++) {
            if (!(0,run_index/* slotAt */.UP)(sample, epoch) || index.pending.has((0,run_index/* slotKey */.q8)(sample.id, epoch)))
                return false;
        }
    }
    return true;
}
async function reopen(runLog, suite) {
    const { header } = await (0,run_log_file/* readRunIndex */.su)(runLog);
    const today = suite.header(undefined, new Date(0));
    // Only the checkers must agree: nothing is asked, so the agent of the config does not matter.
    const expected = header ? { ...header, fingerprints: { ...header.fingerprints, score: today.fingerprints.score } } : today;
    return (0,journal/* openJournal */._)({ path: runLog, resume: true, redactor: (0,redact/* createRedactor */.l)(suite.config.secrets), header: expected });
}
/** `check` has nothing to ask: every slot it is given has its answer. */
const silentAgent = {
    ask: () => Promise.reject(new agent/* AgentFailure */.W('aborted', 'check asks the agent nothing', { phase: 'answered' })),
    close: () => Promise.resolve(),
};

// EXTERNAL MODULE: ./lib/cli/suites.js + 1 modules
var suites = __webpack_require__(2655);
;// CONCATENATED MODULE: ./lib/cli/commands/check.js




/** Score, or score again, the answers of a run. */
async function check(given, host) {
    (0,suites/* checkFormat */.KA)(given);
    const [config, second] = await (0,suites/* suitesOf */.f3)(given, host);
    if (!config || second)
        throw new errors/* ToolError */.v4({ code: 'usage', message: 'check scores one run with one suite', remedy: 'name the suite of the run with --config FILE' });
    const progress = (0,suites/* progressOf */.jA)(given, host, 1, config.suite);
    try {
        const run = (0,external_node_path_.resolve)(host.cwd, given.operands[0] ?? '');
        const evaluation = await checkRun({ run, config, findBaseline: (0,suites/* baselineFinderOf */.bU)(host), signal: host.signal, onEvent: progress.onEvent });
        progress.end();
        (0,suites/* showEvaluation */.kC)(evaluation, given, host);
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
