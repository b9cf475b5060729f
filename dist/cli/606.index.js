export const id = 606;
export const ids = [606];
export const modules = {

/***/ 1606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  demo: () => (/* binding */ demo)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/pipeline/evaluate.js + 1 modules
var evaluate = __webpack_require__(8787);
// EXTERNAL MODULE: ./lib/pipeline/find-baseline.js
var find_baseline = __webpack_require__(5399);
// EXTERNAL MODULE: ./lib/pipeline/load-suites.js + 11 modules
var load_suites = __webpack_require__(7387);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./lib/cli/demo/demo-agent.js

/** Listens on a free port of 127.0.0.1 until closed. */
async function startDemoAgent(version) {
    const server = (0,external_node_http_.createServer)((request, response) => {
        const chunks = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
            const { question, slot } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
            const chance = chanceOf(`${version} ${slot}`);
            setTimeout(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(question, version, chance))), 4 + chance * 8);
        });
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    return { url: `http://127.0.0.1:${port}/chat`, close: () => demo_agent_close(server) };
}
function demo_agent_close(server) {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
}
function answer(question, version, chance) {
    const order = /order (\w+)/i.exec(question)?.[1] ?? '';
    const [tool, text] = reply(question.toLowerCase(), order, version, chance);
    const calls = tool === '' ? [] : [{ name: tool, args: { order_id: order }, result: 'ok' }];
    return { answer: text, trace: { tool_calls: calls }, usage: { input_tokens: 40 + question.length, output_tokens: Math.ceil(text.length / 4) } };
}
/** Tool and answer. The broken version forgets refunds; both are unsure about holidays, as real agents are about something. */
function reply(question, order, version, chance) {
    if (question.includes('money back')) {
        if (version === 'broken')
            return ['', 'I am sorry, I cannot help with refunds.'];
        return ['lookup_order', `Your refund for order ${order} is on its way: 3 to 5 days.`];
    }
    if (question.includes('where is'))
        return ['track_parcel', `Order ${order} is with the carrier and arrives tomorrow.`];
    if (question.includes('cancel'))
        return ['lookup_order', `Order ${order} is cancelled; nothing was charged.`];
    if (question.includes('holiday'))
        return ['', chance < 0.6 ? 'We are closed on public holidays.' : 'Our opening hours are nine to five.'];
    if (question.includes('password'))
        return ['', 'Use the reset link on the sign-in page.'];
    return ['', 'We are open from nine to five, Monday to Friday.'];
}
/** A number in 0..1 from a text, the same on every machine: FNV-1a over its characters. */
function chanceOf(text) {
    let hash = 0x811c9dc5;
    for (const character of text)
        hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
    return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/cli/demo/demo-project.js


const orders = ['A17', 'B04', 'C33', 'D58', 'E21', 'F90', 'G12', 'H47'];
/** What each group of questions expects. */
const groups = [
    { tag: 'refund', question: (order) => `I want my money back for order ${order}`, expected: 'refund', tool: 'lookup_order' },
    { tag: 'shipping', question: (order) => `Where is order ${order}?`, expected: 'carrier', tool: 'track_parcel' },
    { tag: 'cancel', question: (order) => `Please cancel order ${order}`, expected: 'cancelled', tool: 'lookup_order' },
    { tag: 'account', question: (order) => `I forgot the password of the account with order ${order}`, expected: 'reset link' },
    { tag: 'hours', question: (order) => `When are you open? It is about order ${order}`, expected: 'nine to five' },
];
/** Writes the config and the samples of the demo into a folder, as files that a reader can open and change. @returns the config's path. */
async function writeDemoProject(folder) {
    await (0,promises_.mkdir)(folder, { recursive: true });
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'samples.jsonl'), demoSamples());
    const path = (0,external_node_path_.join)(folder, 'agent-regress.yml');
    await (0,promises_.writeFile)(path, demoConfig);
    return path;
}
function demoSamples() {
    const rows = groups.flatMap(({ tag, question, expected, tool }) => orders.map((order, index) => ({
        id: `${tag}-${index + 1}`,
        input: question(order),
        expected,
        tags: [tag],
        ...(tool === undefined ? {} : { toolCalls: [{ name: tool, args: { order_id: order } }] }),
    })));
    const unsure = [1, 2].map((number) => ({
        id: `holiday-${number}`,
        input: `Are you open on a holiday? (${number})`,
        expected: 'closed',
        tags: ['hours'],
    }));
    return [...rows, ...unsure].map((row) => `${JSON.stringify(row)}\n`).join('');
}
const demoConfig = `# The demo's suite. The URL is that of the demo agent, which runs only while the demo does.
suite: support-bot
samples: samples.jsonl
agent:
  type: http
  url: \${env:DEMO_AGENT_URL}
  body: {question: "{{input}}", slot: "{{slot}}"}
  reply: {output: /answer, toolCalls: /trace/tool_calls, usage: /usage}
repeats: 3
concurrency: 8
checkers:
  - {type: contains, value: "{{expected}}", ignoreCase: true}
  - {type: trajectory, match: in-order}
policy:
  slices: [tags]
`;

// EXTERNAL MODULE: ./lib/cli/host.js
var cli_host = __webpack_require__(9906);
// EXTERNAL MODULE: ./lib/cli/suites.js + 1 modules
var suites = __webpack_require__(2655);
;// CONCATENATED MODULE: ./lib/cli/commands/demo.js








/**
 * Runs the whole job against an embedded agent: once as it was, once after a careless change. Nothing leaves the machine.
 * The exit code is 0 when the tour went through, though the verdict is red.
 */
async function demo(given, host) {
    (0,suites/* checkFormat */.KA)(given);
    const folder = (0,external_node_path_.resolve)(host.cwd, given.text('output') ?? '.agent-regress/demo');
    const configPath = await writeDemoProject(folder);
    const tell = (text) => (given.has('quiet') ? undefined : host.stderr.write(`${text}\n`));
    tell('1. The agent as it is on the main branch answers 42 questions, 3 times each.');
    await runVersion({ version: 'good', configPath, outputDir: (0,external_node_path_.join)(folder, 'baseline'), given, host });
    tell('2. A pull request changes its prompt; the same questions again, compared with the baseline.');
    const evaluation = await runVersion({
        version: 'broken',
        configPath,
        outputDir: (0,external_node_path_.join)(folder, 'pull-request'),
        baseline: (0,external_node_path_.join)(folder, 'baseline'),
        given,
        host,
    });
    tell('');
    (0,suites/* showEvaluation */.kC)(evaluation, given, host);
    tell(`\nThis was the demo; in a workflow the exit code would be ${evaluation.exitCode}.\nOpen ${(0,cli_host/* shownPath */.pS)(host, evaluation.files.html ?? folder)} in a browser. Your own agent: agent-regress init`);
    return 0;
}
async function runVersion(run) {
    const { version, configPath, outputDir, baseline, given, host } = run;
    const agent = await startDemoAgent(version);
    const progress = (0,suites/* progressOf */.jA)(given, host, 1, '');
    try {
        const overrides = [{ path: 'baseline', value: baseline ?? 'none', origin: 'flag', source: '--baseline' }];
        const [config] = await (0,load_suites/* loadSuites */._)({ configPaths: [configPath], overrides, env: { ...host.env, DEMO_AGENT_URL: agent.url }, cwd: host.cwd });
        if (!config)
            throw new Error('the demo config holds no suite');
        return await (0,evaluate/* evaluateSuite */.w)({
            config,
            outputDir,
            resume: false,
            findBaseline: (wanted) => (0,find_baseline/* findLocalBaseline */.s)(wanted, host.cwd),
            signal: host.signal,
            onEvent: progress.onEvent,
        });
    }
    finally {
        progress.end();
        await agent.close();
    }
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
