export const id = 41;
export const ids = [41];
export const modules = {

/***/ 14041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runMode: () => (/* binding */ runMode)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/github/baseline-from-environment.js + 2 modules
var baseline_from_environment = __webpack_require__(20152);
// EXTERNAL MODULE: ./lib/github/suite-slug.js
var suite_slug = __webpack_require__(6163);
// EXTERNAL MODULE: ./lib/io/git.js
var git = __webpack_require__(98268);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(34561);
// EXTERNAL MODULE: ./lib/pipeline/output-folder.js
var output_folder = __webpack_require__(94410);
;// CONCATENATED MODULE: ./lib/pipeline/find-baseline.js




/**
 * Baselines that are files: `path` and `none`; for the others, `remote` is asked, where the face has one.
 * @throws ToolError for a path that is named and not there: that is never "no baseline".
 */
async function findLocalBaseline(config, cwd, remote) {
    const { baseline } = config;
    if (baseline.kind === 'none')
        return { info: { kind: 'none', reason: 'switched off (baseline: none)', runs: 0 }, runLogs: [] };
    if (baseline.kind === 'path') {
        const from = config.origins.baseline === 'flag' || config.origins.baseline === 'environment' ? cwd : config.baseDir;
        const runLogs = [];
        for (const path of baseline.paths)
            runLogs.push(await (0,run_log_file/* resolveRunLog */.eL)(folderOfSuite((0,external_node_path_.resolve)(from, path), config.suite)));
        return { info: { kind: 'path', reason: baseline.paths.join(', '), runs: runLogs.length }, runLogs };
    }
    if (remote)
        return remote(config);
    const wanted = baseline.kind === 'auto' ? 'baseline: auto' : baseline.kind === 'run' ? `baseline: {run: ${baseline.runId}}` : `baseline: {sha: ${baseline.sha}}`;
    return {
        info: {
            kind: 'none',
            reason: `only a GitHub workflow can search for one (${wanted}); here, name a run with --baseline PATH`,
            runs: 0,
        },
        runLogs: [],
    };
}
/** Several suites write to one folder each below `--output`; the same folder serves all of them as a baseline. */
function folderOfSuite(path, suite) {
    const below = (0,external_node_path_.join)(path, (0,output_folder/* folderName */.u)(suite));
    return !(0,external_node_fs_.existsSync)((0,external_node_path_.join)(path, 'run.jsonl')) && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(below, 'run.jsonl')) ? below : path;
}

// EXTERNAL MODULE: ./lib/reporters/parts/escape-markdown.js
var escape_markdown = __webpack_require__(4568);
// EXTERNAL MODULE: ./lib/reporters/parts/phrase.js
var phrase = __webpack_require__(11514);
// EXTERNAL MODULE: ./lib/run/core/redact.js + 1 modules
var redact = __webpack_require__(58758);
// EXTERNAL MODULE: ./lib/action/give-up.js
var give_up = __webpack_require__(24579);
// EXTERNAL MODULE: ./lib/action/host.js
var action_host = __webpack_require__(77938);
;// CONCATENATED MODULE: ./lib/action/outputs.js
/** Every output of action.yml; with several suites, those of the worst one. */
const outputTable = {
    verdict: '`regressed`, `improved`, `no-change`, `inconclusive` or `no-baseline`.',
    'exit-code': '0 pass, 1 regression, 2 usage or config, 3 incomplete or infrastructure, 4 bug, 130 or 143 cancelled.',
    regressed: 'Number of samples that regressed.',
    fixed: 'Number of samples that were fixed.',
    'pass-rate': 'Pass rate of this run, 0 to 1; empty when nothing was scored.',
    'baseline-pass-rate': 'Pass rate of the baseline on the samples that were compared, 0 to 1; empty without a baseline.',
    change: 'Change of the pass rate, such as -0.072; empty without a baseline.',
    'baseline-sha': 'Commit of the newest baseline run; empty without a baseline.',
    'run-log': 'Path of run.jsonl.',
    'report-html': 'Path of the HTML report; empty when there is none.',
    'comment-url': 'The pull-request comment; empty when there is none.',
    'check-url': 'The check run; empty when there is none.',
};
/** Numbers, known words and our own paths only: nothing that a sample, an agent or a branch could have named. */
function outputsOf(outcome, hasHtml) {
    const { evaluation, published } = outcome;
    const assessment = evaluation?.assessment;
    const effect = assessment?.suiteEffect;
    return {
        verdict: assessment?.verdict.status ?? '',
        'exit-code': String(outcome.exitCode),
        regressed: numberText(assessment?.counts.regressed),
        fixed: numberText(assessment?.counts.fixed),
        'pass-rate': numberText(assessment?.passRate ?? effect?.rate),
        'baseline-pass-rate': numberText(effect?.baselineRate),
        change: numberText(effect?.change),
        'baseline-sha': shaText(assessment?.baseline.sha),
        'run-log': evaluation?.runLog ?? '',
        'report-html': hasHtml ? (evaluation?.files.html ?? '') : '',
        'comment-url': urlOf(published.comment),
        'check-url': urlOf(published.check),
    };
}
/** Which of several exit codes stands for all: a regression is known even where another suite could not finish. */
function worstOf(outcomes) {
    return outcomes.reduce((worst, next) => (worst && rank(worst.exitCode) >= rank(next.exitCode) ? worst : next), undefined);
}
const byWeight = [0, 3, 1, 2, 4, 130, 143];
function rank(exitCode) {
    return byWeight.indexOf(exitCode);
}
function numberText(value) {
    if (value === undefined || !Number.isFinite(value))
        return '';
    return String(Math.round(value * 1e6) / 1e6 + 0);
}
function shaText(value) {
    return value !== undefined && /^[0-9a-f]{7,64}$/.test(value) ? value : '';
}
function urlOf(result) {
    return result?.kind === 'published' ? (result.url ?? '') : '';
}

// EXTERNAL MODULE: ./lib/action/publish-suite.js + 1 modules
var publish_suite = __webpack_require__(19122);
// EXTERNAL MODULE: ./lib/action/suite-check.js
var suite_check = __webpack_require__(15555);
;// CONCATENATED MODULE: ./lib/action/run-mode.js














/** After the first signal a run gets so long to hand over what it has; the runner kills after ten seconds. */
const graceMs = 3000;
/** Asks, checks, compares and reports every suite. @returns the exit code. @throws ToolError when no suite could be started. */
async function runMode(context) {
    const { host, inputs } = context;
    const suites = await readSuites(context);
    for (const suite of suites)
        for (const { value } of suite.secrets)
            host.mask(value);
    if (inputs['github-token'] !== '')
        host.mask(inputs['github-token']);
    const readOnly = (0,suite_check/* whyReadOnly */.LU)(context);
    if (readOnly)
        host.notice(`No comment and no check run: ${readOnly}. The report is in the job summary and in the artifact.`);
    const outcomes = [];
    for (const suite of suites) {
        if (context.signal.aborted)
            break;
        const outcome = await runSuite(context, suite);
        tellTargets(context, outcome, readOnly);
        outcomes.push(outcome);
    }
    const worst = worstOf(outcomes);
    if (worst)
        setOutputs(context, outputsOf(worst, inputs.html));
    return worst?.exitCode ?? errors/* ExitCode */.yU.incomplete;
}
async function readSuites(context) {
    const { inputs, host, cwd } = context;
    if (inputs.shard !== undefined) {
        throw new errors/* ToolError */.v4({
            code: 'not-available',
            message: 'input "shard" is not available yet',
            remedy: 'split the samples over several config files',
        });
    }
    const { loadSuites } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(387)]).then(__webpack_require__.bind(__webpack_require__, 77387));
    const suites = await loadSuites({ configPaths: inputs.config, overrides: overridesOf(context), env: host.env, cwd });
    const failOn = inputs['fail-on'];
    return suites.map((suite) => {
        const base = failOn ?? suite.policy.failOn;
        const withBaseline = inputs['require-baseline'] && !base.includes('no-baseline') ? [...base, 'no-baseline'] : base;
        return { ...suite, policy: { ...suite.policy, failOn: withBaseline } };
    });
}
function overridesOf({ inputs }) {
    const [baseline, ...more] = inputs.baseline;
    const given = [
        ['repeats', 'repeats', inputs.repeats],
        ['limit', 'samples.limit', inputs.limit],
        ['concurrency', 'concurrency', inputs.concurrency],
        ['budget-usd', 'budget.costUsd', inputs['budget-usd']],
        ['baseline', 'baseline', more.length > 0 ? inputs.baseline : baseline],
    ];
    return given.flatMap(([name, path, value]) => (value === undefined ? [] : [{ path, value, origin: 'flag', source: `input "${name}"` }]));
}
async function runSuite(context, config) {
    const { host, cwd } = context;
    const { suite } = config;
    const outputDir = (0,external_node_path_.join)(cwd, '.agent-regress', (0,suite_slug/* suiteSlug */.SE)(suite));
    host.info(`${suite}: started, output in ${(0,external_node_path_.relative)(context.workspace, outputDir)}`);
    const check = await (0,suite_check/* startSuiteCheck */.Nt)(context, suite);
    try {
        const evaluation = await evaluate(context, config, outputDir);
        const published = await (0,publish_suite/* publishSuite */.o)({ context, evaluation, outputDir, check });
        host.info((0,phrase/* plainPhrase */.Uy)([evaluation.view.headline, ...evaluation.view.summary].join(' ')));
        return { suite, evaluation, published, exitCode: evaluation.exitCode };
    }
    catch (error) {
        return failSuite(context, { config, check, error });
    }
}
async function evaluate(context, config, outputDir) {
    const { event, signal, workspace, cwd, reader } = context;
    const { evaluateSuite } = await Promise.all(/* import() */[__webpack_require__.e(246), __webpack_require__.e(815), __webpack_require__.e(175), __webpack_require__.e(86), __webpack_require__.e(367), __webpack_require__.e(43)]).then(__webpack_require__.bind(__webpack_require__, 34043));
    const remote = (wanted) => {
        const artifactName = (0,suite_slug/* artifactNameOf */.nn)(context.inputs['artifact-name'], wanted.suite);
        return (0,baseline_from_environment/* findBaselineForSuite */.A7)({ client: reader, event, config: wanted, artifactName, tmpRoot: context.host.env.RUNNER_TEMP ?? '' });
    };
    const running = evaluateSuite({
        config,
        outputDir,
        resume: false,
        findBaseline: (wanted) => findLocalBaseline(wanted, cwd, remote),
        git: { sha: (0,git/* readGit */.l)(workspace)?.sha ?? event.sha, ...(event.ref === undefined ? {} : { ref: event.ref }) },
        signal,
        onEvent: createTeller(context, config.suite),
    });
    return (0,give_up/* unlessStopped */.O)(signal, graceMs, running);
}
async function failSuite(context, failure) {
    const { host, signal } = context;
    const { config, check, error } = failure;
    const { suite } = config;
    // The runner hides secrets in the log and the summary only, and only as they are: the text also goes into the check run.
    const { text: hide } = (0,redact/* createRedactor */.l)(config.secrets);
    const isKnown = error instanceof errors/* ToolError */.v4;
    if (isKnown)
        (0,action_host/* reportError */.N7)(host, error, hide);
    else
        host.error(hide(`${suite}: a bug in agent-regress: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
    // The text of an error may quote a config or an answer, so it goes where text is inert: into a code block.
    const why = hide([(0,errors/* messageOf */.bD)(error), isKnown ? error.remedy : undefined].filter(Boolean).join('\n'));
    const text = `${(0,escape_markdown/* markdownText */.p7)(suite)} could not be evaluated.\n\n${codeBlock(why)}\n`;
    const conclusion = signal.aborted ? 'cancelled' : 'failure';
    const checked = await check.finish(conclusion, { title: 'Not evaluated', render: () => text, annotations: [] });
    const isSummed = context.inputs.summary && (await host.summarize(() => text).catch(() => false));
    const summary = isSummed ? { kind: 'published' } : { kind: 'skipped', reason: 'no job summary' };
    return { suite, published: { check: checked, summary }, exitCode: isKnown ? error.exitCode : errors/* ExitCode */.yU.internal };
}
function codeBlock(text) {
    return text
        .split(/\r?\n/)
        .map((line) => `    ${line}`)
        .join('\n');
}
function createTeller({ host }, suite) {
    let told = -1;
    return (event) => {
        switch (event.kind) {
            case 'started':
                return host.info(`${suite}: ${event.samples} samples × ${event.repeats}, ${event.slots} slots`);
            case 'baseline':
                return host[event.info.isUnreadable ? 'warning' : 'info'](`${suite}: baseline: ${event.info.kind}${event.info.reason ? ` (${event.info.reason})` : ''}`);
            case 'rescored':
                return host.info(`${suite}: ${event.slots} baseline slots scored again: ${event.reason}`);
            case 'confirming':
                return host.info(`${suite}: asking ${event.samples} suspicious samples again, ${event.slots} slots`);
            case 'notice':
                return event.level === 'warning' ? host.warning(`${suite}: ${event.message}`) : host.info(`${suite}: ${event.message}`);
            case 'progress': {
                const tenth = Math.floor((10 * event.done) / Math.max(1, event.total));
                if (tenth === told)
                    return undefined;
                told = tenth;
                return host.info(`${suite}: ${event.done}/${event.total} done, ${event.fail} failed, ${event.error} errors`);
            }
        }
    };
}
/** One warning per target that did not work; what was switched off or already told is not repeated. */
function tellTargets({ host }, { suite, published }, told) {
    for (const [target, result] of Object.entries(published)) {
        if (result.kind === 'failed')
            host.warning(`${suite}: ${target}: ${result.message}. ${result.remedy}`);
        else if (result.kind === 'skipped' && result.reason !== told)
            host.info(`${suite}: no ${target}: ${result.reason}`);
    }
}
function setOutputs({ host }, outputs) {
    for (const [name, value] of Object.entries(outputs))
        host.setOutput(name, value);
}


/***/ }),

/***/ 94410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ makeOutputFolder),
/* harmony export */   u: () => (/* binding */ folderName)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(452);




/** A suite name as a folder name: nothing in it can climb out. */
function folderName(suite) {
    const name = suite.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '');
    return name === '' ? 'suite' : name;
}
/** Creates the folder before anything is asked, so that no answer is paid for and lost. @throws ToolError `output-unwritable`. */
async function makeOutputFolder(folder) {
    try {
        await makeFolder(folder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ToolError */ .v4({
            code: 'output-unwritable',
            message: `the output folder ${folder} cannot be written: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error)}`,
            remedy: 'choose another folder with --output; nothing was asked',
        });
    }
}
/** One folder after another: the recursive call of Node never returns on some file systems, such as /proc. */
async function makeFolder(folder) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(folder).catch(() => undefined);
    if (found?.isDirectory())
        return;
    if (found)
        throw new Error(`${folder} is a file`);
    if ((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(folder) !== folder)
        await makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(folder));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder).catch(async (error) => {
        // Another process may have been faster.
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(folder).catch(() => undefined))?.isDirectory())
            throw error;
    });
}


/***/ }),

/***/ 58758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ createRedactor)
});

;// CONCATENATED MODULE: ./lib/run/core/secret-forms.js
/** Shorter text appears by chance in ordinary answers; such a secret cannot be found without destroying them. */
const shortestSecret = 6;
/**
 * Every form in which a secret may come back: as it is, trimmed, each of its lines, each text inside it when it is
 * JSON, the login and keys of an address, the key behind `Bearer`; and of each of these base64 at any offset (url-safe too), percent-encoding, JSON, HTML and hex escapes.
 * Only forms of at least `shortestSecret` characters; none for a shorter secret.
 */
function secretForms(value) {
    const forms = new Set();
    for (const text of texts(value)) {
        if (text.length < shortestSecret)
            continue;
        for (const form of encodings(text))
            if (form.length >= shortestSecret)
                forms.add(form);
    }
    return [...forms];
}
function texts(value) {
    const found = new Set([value, value.trim()]);
    for (const line of value.split(/\r\n|\r|\n/))
        found.add(line.trim());
    for (const text of [...textsInJson(value), ...textsInUrl(value.trim())])
        found.add(text);
    const credentials = /^(?:bearer|basic|token|apikey)\s+(\S.*)$/i.exec(value.trim())?.[1];
    if (credentials !== undefined)
        found.add(credentials);
    return found;
}
/** What of an address is secret by itself, as it is and decoded: the login, parameters that are keys, parts that nobody chose by hand. */
function textsInUrl(value) {
    const match = /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(value);
    if (!match)
        return [];
    const [, scheme = '', login = '', host = '', path = '', query = ''] = match;
    const parameters = query.split('&').map((pair) => /^([^=]*)=(.*)$/.exec(pair)?.slice(1) ?? [pair, '']);
    const found = [
        // How an endpoint is shown: without login and query.
        path.length > 1 ? scheme + host + path : '',
        ...(login === '' ? [] : [login, login.slice(login.indexOf(':') + 1)]),
        ...parameters.flatMap(([name = '', text = '']) => (/key|token|secret|sig|pass|auth|code|cred/i.test(name) || isRandom(text) ? [text] : [])),
        ...path.split('/').filter(isRandom),
    ];
    return found.filter((text) => text !== '').flatMap((text) => [text, percentDecoded(text)]);
}
function isRandom(text) {
    return text.length >= 16 && /\d/.test(text) && /[A-Za-z]/.test(text);
}
function percentDecoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function textsInJson(value) {
    if (!/^\s*[[{"]/.test(value))
        return [];
    try {
        return leaves(JSON.parse(value));
    }
    catch {
        return [];
    }
}
function leaves(value) {
    if (typeof value === 'string')
        return [value];
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap((item) => leaves(item)) : [];
}
function encodings(text) {
    const bytes = utf8Bytes(text);
    const json = jsonEscaped(text);
    const ascii = asciiEscaped(json);
    const percent = [percentEncoded(bytes, isUriUnreserved), percentEncoded(bytes, isFormUnreserved), percentEncoded(bytes, isRfc3986Unreserved)];
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
    return [
        text,
        json,
        ascii,
        ascii.replace(/\\u[0-9a-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`),
        json.replaceAll('/', '\\/'),
        jsonEscaped(json),
        ...percent,
        ...percent.map((form) => form.replace(/%[0-9A-F]{2}/g, (unit) => unit.toLowerCase())),
        ...percent.map((form) => form.replaceAll('%20', '+')),
        ...percent.map((form) => form.replaceAll('%', '%25')),
        ...htmlForms(text),
        hex.join(''),
        hex.join('').toUpperCase(),
        hex.join(' '),
        hex.join(':'),
        hex.map((pair) => `\\x${pair}`).join(''),
        ...base64Forms(bytes),
    ];
}
function jsonEscaped(text) {
    return JSON.stringify(text).slice(1, -1);
}
function asciiEscaped(text) {
    return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
function htmlForms(text) {
    const named = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const quoted = named.replaceAll('"', '&quot;');
    return [named, quoted, quoted.replaceAll("'", '&#39;'), quoted.replaceAll("'", '&#x27;'), quoted.replaceAll("'", '&apos;')];
}
/** encodeURIComponent leaves `!'()*` alone, a form also encodes those but not `*`, strict encoders leave only `-._~`. */
const isUriUnreserved = (unit) => /[A-Za-z0-9\-_.!~*'()]/.test(unit);
const isFormUnreserved = (unit) => /[A-Za-z0-9\-_.*]/.test(unit);
const isRfc3986Unreserved = (unit) => /[A-Za-z0-9\-_.~]/.test(unit);
function percentEncoded(bytes, isUnreserved) {
    return bytes
        .map((byte) => {
        const unit = String.fromCharCode(byte);
        return byte < 128 && isUnreserved(unit) ? unit : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
        .join('');
}
/** The whole encoding with its padding, and for each offset in a longer text the digits that the secret alone decides. */
function base64Forms(bytes) {
    const whole = base64Digits(bytes);
    const forms = [whole, whole + '='.repeat((4 - (whole.length % 4)) % 4)];
    for (const offset of [0, 1, 2]) {
        const digits = base64Digits([...new Array(offset).fill(0), ...bytes]);
        forms.push(digits.slice(Math.ceil((8 * offset) / 6), Math.floor((8 * (offset + bytes.length)) / 6)));
    }
    return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function base64Digits(bytes) {
    let digits = '';
    for (let i = 0; i < bytes.length; i += 3) {
        const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
        const count = Math.min(4, bytes.length - i + 1);
        for (let digit = 0; digit < count; digit++)
            digits += base64Alphabet[(group >> (18 - 6 * digit)) & 63];
    }
    return digits;
}
function utf8Bytes(text) {
    const bytes = [];
    for (const character of text) {
        const point = character.codePointAt(0) ?? 0;
        const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
        if (code < 0x80)
            bytes.push(code);
        else if (code < 0x800)
            bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
        else if (code < 0x10000)
            bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
        else
            bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return bytes;
}

;// CONCATENATED MODULE: ./lib/run/core/redact.js

/**
 * Replaces every form of every secret by `[redacted:NAME]`: see secretForms. Where forms overlap the whole covered
 * stretch goes, under the name of the longest. Costs nothing without secrets. In `json`, the words of our own
 * formats stay as keys and kinds even when a secret has the same text.
 */
function createRedactor(secrets) {
    const ignored = secrets.filter(({ value }) => value.trim().length < shortestSecret && value.trim() !== '').map(({ name }) => name);
    const needles = secrets
        .flatMap(({ name, value }) => secretForms(value).map((form) => ({ form, label: `[redacted:${name}]` })))
        .sort((a, b) => b.form.length - a.form.length || (a.form < b.form ? -1 : 1));
    if (needles.length === 0)
        return { ignored, text: (text) => text, json: (value) => value };
    const shortest = needles.at(-1)?.form.length ?? 0;
    const text = (original) => {
        if (original.length < shortest || !needles.some(({ form }) => original.includes(form)))
            return original;
        return replaceAll(original, needles);
    };
    return { ignored, text, json: (value) => redactValue(value, text) };
}
function replaceAll(text, needles) {
    const spans = [];
    for (const { form, label } of needles) {
        for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1))
            spans.push({ start, end: start + form.length, label });
    }
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    let result = '';
    let end = 0;
    for (const span of spans) {
        if (span.start >= end)
            result += text.slice(end, span.start) + span.label;
        end = Math.max(end, span.end);
    }
    return result + text.slice(end);
}
/** Keys of run log records: as keys they say nothing about a secret, and without them a record cannot be read. */
const ownKeys = new Set(`type schemaVersion toolVersion runId startedAt suite configFile fingerprints call score git sha ref planned samples repeats slots
  samplesDigest caps calls costUsd minutes secrets agent endpoint checkers name required weight pure checksums sample hash scoreHash file
  line tags critical epoch attempt attempts idempotencyKey at trajectory error kind message status turns input output steps args id server
  result isError text author finalState usage inputTokens outputTokens latencyMs firstByteMs checker fingerprint value pass reason perTurn
  outcome durationMs totals fail unscored skipped agentCalls template user tool judge`.split(/\s+/));
/** Their values are chosen by us or by the dataset, and other records refer to them. */
const referenceKeys = new Set(['type', 'kind', 'sample', 'hash', 'scoreHash', 'outcome', 'checksums']);
function redactValue(value, text, key = '', depth = 0) {
    if (typeof value === 'string')
        return depth === 1 && referenceKeys.has(key) ? value : key === 'kind' && ownKinds.has(value) ? value : text(value);
    if (typeof value === 'number')
        return (depth === 1 ? ownKeys : ownNumbers).has(key) ? value : redactNumber(value, text);
    if (value === null || typeof value !== 'object')
        return value;
    if (Array.isArray(value)) {
        const items = value.map((item) => redactValue(item, text, key, depth + 1));
        return items.some((item, index) => item !== value[index]) ? items : value;
    }
    const entries = Object.entries(value);
    let isChanged = false;
    const redacted = entries.map(([name, item]) => {
        const newName = ownKeys.has(name) ? name : text(name);
        const newItem = redactValue(item, text, name, depth + 1);
        isChanged ||= newName !== name || newItem !== item;
        return [newName, newItem];
    });
    return isChanged ? Object.fromEntries(redacted) : value;
}
const ownNumbers = new Set('latencyMs firstByteMs inputTokens outputTokens costUsd status samples repeats slots calls minutes weight perTurn'.split(' '));
const ownKinds = new Set(['toolCall', 'message', 'error']);
function redactNumber(value, text) {
    const original = String(value);
    const redacted = text(original);
    return redacted === original ? value : redacted;
}


/***/ })

};
