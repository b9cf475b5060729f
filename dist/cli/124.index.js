export const id = 124;
export const ids = [124];
export const modules = {

/***/ 2124:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _pipeline_evaluate_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8787);
/* harmony import */ var _estimate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6845);
/* harmony import */ var _suites_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2655);



/** Ask, check, compare, report. */
async function run(given, host) {
    (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .checkFormat */ .KA)(given);
    const suites = await (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .suitesOf */ .f3)(given, host);
    const findBaseline = (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .baselineFinderOf */ .bU)(host);
    if (given.has('dry-run'))
        return (0,_estimate_js__WEBPACK_IMPORTED_MODULE_1__/* .showEstimates */ .r)(suites, findBaseline, given, host);
    const git = (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .gitOf */ .Od)(host);
    return (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .eachSuite */ .Mf)(suites, host, async (config) => {
        const progress = (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .progressOf */ .jA)(given, host, suites.length, config.suite);
        try {
            const evaluation = await (0,_pipeline_evaluate_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluateSuite */ .w)({
                config,
                outputDir: (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .outputDirOf */ .OB)(given, host, config, suites.length),
                resume: given.has('resume'),
                findBaseline,
                ...(git ? { git } : {}),
                signal: host.signal,
                onEvent: progress.onEvent,
            });
            progress.end();
            (0,_suites_js__WEBPACK_IMPORTED_MODULE_2__/* .showEvaluation */ .kC)(evaluation, given, host);
            if (!evaluation.assessment.verdict.complete && !given.has('quiet'))
                host.stderr.write('Go on where it stopped: the same command with --resume\n');
            return evaluation.exitCode;
        }
        finally {
            progress.end();
        }
    });
}


/***/ }),

/***/ 6845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ showEstimates)
});

// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
// EXTERNAL MODULE: ./lib/template.js
var template = __webpack_require__(4933);
// EXTERNAL MODULE: ./lib/pipeline/open-suite.js + 5 modules
var open_suite = __webpack_require__(4122);
;// CONCATENATED MODULE: ./lib/pipeline/dry-run.js



/** @throws ToolError as the run itself would, for everything but the network. */
async function estimateSuite(config, findBaseline) {
    const suite = await (0,open_suite/* openSuite */.H)(config);
    try {
        let turns = 0;
        let characters = 0;
        for await (const sample of suite.samples.stream()) {
            turns += Math.max(1, sample.turns.length);
            characters += (0,template/* textOf */.b6)(sample.system).length;
            for (const turn of sample.turns)
                characters += (0,template/* textOf */.b6)(turn.input).length;
        }
        const slots = suite.samples.count * config.repeats;
        const confirmation = config.policy.confirm && config.baseline.kind !== 'none' ? mostConfirmation(config, suite.samples.count) : 0;
        const header = suite.header(undefined, new Date(0));
        const calls = turns * config.repeats;
        const { info, runLogs } = await findBaseline(config);
        return {
            suite: config.suite,
            samples: suite.samples.count,
            repeats: config.repeats,
            calls,
            maxCalls: Math.min(config.budget.calls ?? Number.POSITIVE_INFINITY, Math.ceil((calls + confirmation) * 1.2)),
            inputTokens: Math.ceil((characters * config.repeats) / 4),
            hasBaseline: runLogs.length > 0,
            ...(await fromBaseline(runLogs[0], slots, config.concurrency)),
            baseline: runLogs.length > 0 ? `${info.kind}, ${runLogs.length} run${runLogs.length === 1 ? '' : 's'}` : `none: ${info.reason ?? 'not found'}`,
            checkers: header.checkers.map(({ name, required }) => (required ? name : `${name} (not required)`)),
            ...(header.agent.endpoint === undefined ? {} : { endpoint: header.agent.endpoint }),
        };
    }
    finally {
        await suite.close();
    }
}
/** A fifth of the samples, at least five, in strict mode all; 10 times, with slices 12. @see compare/confirmation.ts */
function mostConfirmation({ policy }, samples) {
    const suspects = policy.mode === 'strict' ? samples : Math.min(samples, Math.max(5, Math.ceil(0.2 * samples)));
    return suspects * (policy.slices.length > 0 ? 12 : 10);
}
async function fromBaseline(runLog, slots, concurrency) {
    if (runLog === undefined)
        return {};
    const index = await (0,run_log_file/* readRunIndex */.su)(runLog);
    const recorded = [...index.samples.values()].flatMap((sample) => sample.slots);
    const mean = (values) => {
        const present = values.filter((value) => value !== undefined);
        return present.length === 0 ? undefined : present.reduce((sum, value) => sum + value, 0) / present.length;
    };
    const output = mean(recorded.map((slot) => slot.outputTokens));
    const cost = mean(recorded.map((slot) => slot.costUsd));
    const latency = mean(recorded.map((slot) => slot.latencyMs));
    return {
        ...(output === undefined ? {} : { outputTokens: Math.ceil(output * slots) }),
        ...(cost === undefined ? {} : { costUsd: cost * slots }),
        ...(latency === undefined ? {} : { seconds: (latency * slots) / concurrency / 1000 }),
    };
}

// EXTERNAL MODULE: ./lib/cli/suites.js + 1 modules
var cli_suites = __webpack_require__(2655);
;// CONCATENATED MODULE: ./lib/cli/estimate.js


/** Prints what the run would do; asks nothing. */
async function showEstimates(suites, findBaseline, given, host) {
    return (0,cli_suites/* eachSuite */.Mf)(suites, host, async (config) => {
        const estimate = await estimateSuite(config, findBaseline);
        host.stdout.write(given.text('format') === 'json' ? `${JSON.stringify(estimate, null, 2)}\n` : estimateText(estimate));
        return 0;
    });
}
function estimateText(estimate) {
    const { suite, samples, repeats, calls, maxCalls } = estimate;
    const unknown = (what) => (estimate.hasBaseline ? `not known: the baseline recorded no ${what}` : `not known without a baseline`);
    const rows = [
        ['samples', `${samples} × ${repeats} repeat${repeats === 1 ? '' : 's'}`],
        ['calls', maxCalls === calls ? `${calls}` : `${calls}, at most ${maxCalls} with retries and confirmation`],
        ['input tokens', `about ${estimate.inputTokens} (4 characters a token, without the agent's own prompt)`],
        ['output tokens', estimate.outputTokens === undefined ? unknown('token usage') : `about ${estimate.outputTokens}, as in the baseline`],
        ['cost', estimate.costUsd === undefined ? unknown('cost') : `about $${estimate.costUsd.toFixed(2)}, as in the baseline`],
        ['time', estimate.seconds === undefined ? unknown('latency') : `about ${Math.ceil(estimate.seconds)} s, as in the baseline`],
        ['baseline', estimate.baseline],
        ['checkers', estimate.checkers.join(', ')],
        ...(estimate.endpoint === undefined ? [] : [['endpoint', estimate.endpoint]]),
    ];
    return [`${suite}: dry run, nothing was asked`, ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`), ''].join('\n');
}


/***/ }),

/***/ 8787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ evaluateSuite)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/compare/assess.js + 13 modules
var assess = __webpack_require__(4961);
// EXTERNAL MODULE: ./lib/compare/confirmation.js
var confirmation = __webpack_require__(8222);
// EXTERNAL MODULE: ./lib/io/clock.js
var clock = __webpack_require__(122);
// EXTERNAL MODULE: ./lib/io/journal.js + 2 modules
var io_journal = __webpack_require__(7590);
// EXTERNAL MODULE: ./lib/run/core/redact.js + 1 modules
var redact = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
;// CONCATENATED MODULE: ./lib/pipeline/failure-notices.js

/** What went wrong in slots without a verdict, with the first reason in full: usually all of them share it. Empty when nothing did. */
async function failureNotices(runLog, index) {
    const counts = { slots: 0, error: 0, unscored: 0 };
    for (const { slots } of index.samples.values()) {
        for (const { outcome } of slots) {
            counts.slots += 1;
            if (outcome === 'error' || outcome === 'unscored')
                counts[outcome] += 1;
        }
    }
    const notices = [];
    const isOpen = { error: counts.error > 0, unscored: counts.unscored > 0 };
    for await (const record of isOpen.error || isOpen.unscored ? (0,run_log_file/* readRunLog */.w3)(runLog) : []) {
        if (isOpen.error && record.type === 'response' && record.error) {
            isOpen.error = false;
            notices.push(`${counts.error} of ${counts.slots} slots have no usable answer; the first, of "${record.sample}": ${record.error.message}`);
        }
        else if (isOpen.unscored && record.type === 'score' && record.kind === 'unscored' && record.isApplicable !== false) {
            isOpen.unscored = false;
            notices.push(`${counts.unscored} of ${counts.slots} slots could not be scored; the first, of "${record.sample}": ${record.reason}`);
        }
        if (!isOpen.error && !isOpen.unscored)
            break;
    }
    return notices;
}

// EXTERNAL MODULE: ./lib/pipeline/load-baseline.js + 1 modules
var load_baseline = __webpack_require__(1787);
// EXTERNAL MODULE: ./lib/pipeline/open-suite.js + 5 modules
var open_suite = __webpack_require__(4122);
// EXTERNAL MODULE: ./lib/pipeline/output-folder.js
var output_folder = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/pipeline/report.js + 2 modules
var report = __webpack_require__(2816);
// EXTERNAL MODULE: ./lib/pipeline/slots.js
var pipeline_slots = __webpack_require__(1347);
// EXTERNAL MODULE: ./lib/pipeline/stages.js + 12 modules
var stages = __webpack_require__(6475);
;// CONCATENATED MODULE: ./lib/pipeline/evaluate.js













/**
 * The whole job of one suite, top to bottom: samples, baseline, answers, scores, confirmation, verdict, reports.
 * Everything that was answered is in `run.jsonl` of the output folder, whatever happens next.
 * @throws ToolError for anything that the user can fix; a slot that fails is a record, not an exception.
 */
async function evaluateSuite(request) {
    const suite = await (0,open_suite/* openSuite */.H)(request.config);
    try {
        return await evaluateOpenSuite(request, suite);
    }
    finally {
        await suite.close();
    }
}
async function evaluateOpenSuite(request, suite) {
    const { outputDir } = request;
    await (0,output_folder/* makeOutputFolder */.W)(outputDir);
    announce(suite, request.onEvent);
    const runLog = (0,external_node_path_.join)(outputDir, 'run.jsonl');
    const { assessment, pool } = await runAndAssess(request, suite, runLog);
    const written = await (0,report/* report */.z)({ assessment, current: runLog, pool, outputDir, samples: suite.samples });
    return { ...written, exitCode: written.assessment.verdict.exitCode, runLog };
}
/** What only the verdict needs, the indexes above all, goes with this function: the reports of a large run want the room. */
async function runAndAssess(request, suite, runLog) {
    const { config, outputDir, onEvent } = request;
    const header = suite.header(request.git, clock/* systemClock */.m.now());
    const found = await request.findBaseline(config);
    const baseline = await (0,load_baseline/* loadBaseline */.o)(found, { header, suite, folder: (0,external_node_path_.join)(outputDir, 'baseline'), outputLog: runLog, onEvent });
    onEvent({ kind: 'baseline', info: baseline.info });
    const redactor = (0,redact/* createRedactor */.l)(config.secrets);
    const journal = await (0,io_journal/* openJournal */._)({ path: runLog, resume: request.resume, redactor, header });
    let stopReason;
    try {
        stopReason = await runStages({ request, suite, journal, redactor, baseline });
        for (const message of await failureNotices(runLog, journal.index))
            onEvent({ kind: 'notice', level: 'warning', message });
    }
    finally {
        await journal.close();
    }
    const assessment = (0,assess/* assess */.n)({
        current: journal.index,
        ...baseline.comparison,
        policy: config.policy,
        ...(stopReason === undefined ? {} : { stopReason }),
    });
    return { assessment, pool: baseline.pool.map(({ source }) => ({ source })) };
}
/** Asks, scores, re-runs the suspicious. @returns why the run stopped before its end, if it did. */
async function runStages(run) {
    const { suite, journal, redactor, baseline } = run;
    const { config, signal, onEvent } = run.request;
    const slots = suite.samples.count * config.repeats;
    const resumed = (0,stages/* doneSlots */.On)(journal);
    onEvent({ kind: 'started', suite: config.suite, samples: suite.samples.count, repeats: config.repeats, slots, resumed });
    if (journal.index.end)
        return undefined;
    await (0,stages/* writeSamples */.pD)(suite.samples, journal);
    const agent = await suite.openAgent((message) => onEvent({ kind: 'notice', level: 'warning', message }));
    const stage = (0,stages/* openStage */.j$)({ suite, journal, agent, redactor, signal, onEvent });
    try {
        let stopReason = await (0,stages/* askSlots */.TO)(stage, (0,pipeline_slots/* slotsToScore */.Fj)(journal.path, suite.samples, journal.index), { phase: 'run', total: slots });
        stopReason ??= await (0,stages/* askSlots */.TO)(stage, (0,pipeline_slots/* slotsToAsk */.qc)(suite.samples, config.repeats, journal.index), { phase: 'run', total: slots });
        if (stopReason === undefined && baseline.pool.length > 0 && config.policy.confirm)
            stopReason = await evaluate_confirm(stage, baseline);
        (0,stages/* closeRun */.Ql)(journal, stopReason);
        return stopReason;
    }
    finally {
        await agent.close();
    }
}
async function evaluate_confirm(stage, baseline) {
    const { config, samples } = stage.suite;
    const plan = (0,confirmation/* planConfirmation */.HW)({ current: stage.journal.index, ...baseline.comparison, policy: config.policy });
    if (plan.length === 0)
        return undefined;
    const extra = new Map(plan.map(({ sample, extraRepeats }) => [sample, extraRepeats]));
    const slots = plan.reduce((sum, { extraRepeats }) => sum + extraRepeats, 0);
    stage.onEvent({ kind: 'confirming', samples: plan.length, slots });
    return (0,stages/* askSlots */.TO)(stage, (0,pipeline_slots/* confirmationSlots */.fn)(samples, config.repeats, extra, stage.journal.index), { phase: 'confirm', total: slots });
}
function announce(suite, onEvent) {
    for (const message of [...suite.config.warnings, ...suite.samples.warnings])
        onEvent({ kind: 'notice', level: 'warning', message });
}


/***/ })

};
