export const id = 26;
export const ids = [26];
export const modules = {

/***/ 5026:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  execute: () => (/* binding */ execute)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/clock.js
var clock = __webpack_require__(122);
// EXTERNAL MODULE: ./lib/io/journal.js + 2 modules
var io_journal = __webpack_require__(7590);
// EXTERNAL MODULE: ./lib/run/core/redact.js + 1 modules
var redact = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/pipeline/open-suite.js + 5 modules
var open_suite = __webpack_require__(4122);
// EXTERNAL MODULE: ./lib/pipeline/output-folder.js
var output_folder = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/pipeline/slots.js
var pipeline_slots = __webpack_require__(1347);
// EXTERNAL MODULE: ./lib/pipeline/stages.js + 12 modules
var stages = __webpack_require__(6475);
;// CONCATENATED MODULE: ./lib/pipeline/execute.js









/** Only asks: the answers are in `run.jsonl`, unscored; `check` scores them later without asking again. */
async function executeSuite(request) {
    const { config, outputDir, signal, onEvent } = request;
    const suite = await (0,open_suite/* openSuite */.H)(config);
    await (0,output_folder/* makeOutputFolder */.W)(outputDir);
    const runLog = (0,external_node_path_.join)(outputDir, 'run.jsonl');
    const header = suite.header(request.git, clock/* systemClock */.m.now());
    const redactor = (0,redact/* createRedactor */.l)(config.secrets);
    const journal = await (0,io_journal/* openJournal */._)({ path: runLog, resume: request.resume, redactor, header });
    const agent = await suite.openAgent((message) => onEvent({ kind: 'notice', level: 'warning', message }));
    try {
        await (0,stages/* writeSamples */.pD)(suite.samples, journal);
        const slots = suite.samples.count * config.repeats;
        const resumed = journal.index.pending.size;
        onEvent({ kind: 'started', suite: config.suite, samples: suite.samples.count, repeats: config.repeats, slots, resumed });
        const stage = (0,stages/* openStage */.j$)({ suite, journal, agent, redactor, signal, onEvent });
        const open = (0,pipeline_slots/* slotsToAsk */.qc)(suite.samples, config.repeats, journal.index);
        const stopReason = await (0,stages/* askSlots */.TO)(stage, open, { phase: 'run', total: slots, isScored: false });
        if (stopReason !== undefined)
            (0,stages/* closeRun */.Ql)(journal, stopReason);
        const exitCode = stopReason === undefined ? errors/* ExitCode */.yU.pass : errors/* ExitCode */.yU.incomplete;
        return { runLog, exitCode, index: journal.index, ...(stopReason === undefined ? {} : { stopReason }) };
    }
    finally {
        await agent.close();
        await journal.close();
        await suite.close();
    }
}

// EXTERNAL MODULE: ./lib/cli/estimate.js + 1 modules
var estimate = __webpack_require__(6845);
// EXTERNAL MODULE: ./lib/cli/host.js
var cli_host = __webpack_require__(9906);
// EXTERNAL MODULE: ./lib/cli/suites.js + 1 modules
var cli_suites = __webpack_require__(2655);
;// CONCATENATED MODULE: ./lib/cli/commands/execute.js




/** Only ask. */
async function execute(given, host) {
    const suites = await (0,cli_suites/* suitesOf */.f3)(given, host);
    if (given.has('dry-run'))
        return (0,estimate/* showEstimates */.r)(suites, (0,cli_suites/* baselineFinderOf */.bU)(host), given, host);
    const git = (0,cli_suites/* gitOf */.Od)(host);
    return (0,cli_suites/* eachSuite */.Mf)(suites, host, async (config) => {
        const progress = (0,cli_suites/* progressOf */.jA)(given, host, suites.length, config.suite);
        try {
            const execution = await executeSuite({
                config,
                outputDir: (0,cli_suites/* outputDirOf */.OB)(given, host, config, suites.length),
                resume: given.has('resume'),
                ...(git ? { git } : {}),
                signal: host.signal,
                onEvent: progress.onEvent,
            });
            progress.end();
            const path = (0,cli_host/* shownPath */.pS)(host, execution.runLog);
            const stopped = execution.stopReason === undefined ? '' : ` It stopped early (${execution.stopReason}): go on with --resume.`;
            host.stdout.write(`${execution.index.pending.size} answers in ${path}, not scored yet.${stopped}\n  agent-regress check ${path}\n`);
            return execution.exitCode;
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


/***/ })

};
