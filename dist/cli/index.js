#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 5720:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("module");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 481:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");

/***/ }),

/***/ 6848:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline/promises");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 2453:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   commands: () => (/* binding */ commands),
/* harmony export */   helpText: () => (/* binding */ helpText),
/* harmony export */   isCommand: () => (/* binding */ isCommand),
/* harmony export */   parseArguments: () => (/* binding */ parseArguments)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(452);
/* harmony import */ var _registry_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(244);



const all = {
    help: { type: 'boolean', short: 'h', help: 'show this help' },
    verbose: { type: 'boolean', help: 'every notice, and the stack of a bug' },
    quiet: { type: 'boolean', short: 'q', help: 'no progress' },
    'no-color': { type: 'boolean', help: 'no colours (also NO_COLOR)' },
};
const flags = {
    ...all,
    config: { type: 'string', short: 'c', multiple: true, value: 'FILE', help: 'config file; repeat for several suites (default agent-regress.yml)' },
    output: { type: 'string', short: 'o', value: 'DIR', help: 'output folder (default .agent-regress/<suite>)' },
    format: { type: 'string', short: 'f', value: 'NAME', help: 'what standard output shows: terminal, markdown, json, junit, csv, html' },
    baseline: { type: 'string', short: 'b', multiple: true, value: 'RUN', help: 'run folder or run.jsonl; repeat for a pool; or auto, none' },
    limit: { type: 'string', value: 'N', help: 'at most N samples' },
    offset: { type: 'string', value: 'N', help: 'leave out the first N samples' },
    filter: { type: 'string', multiple: true, value: 'TAG|ID', help: 'samples with this tag or id; tag:X or id:X to be exact; repeatable' },
    repeats: { type: 'string', short: 'r', value: 'N', help: 'answers per sample' },
    concurrency: { type: 'string', value: 'N', help: 'calls at once' },
    'timeout-ms': { type: 'string', value: 'MS', help: 'total time of one call' },
    'max-retries': { type: 'string', value: 'N', help: 'tries after the first one' },
    resume: { type: 'boolean', help: 'go on with the run in the output folder' },
    'dry-run': { type: 'boolean', help: 'show calls, tokens and cost; ask nothing' },
    'fail-on': { type: 'string', value: 'LIST', help: 'regressed, inconclusive, no-baseline' },
    model: { type: 'string', value: 'NAME', help: "the agent's model" },
    'base-url': { type: 'string', value: 'URL', help: "the agent's base URL" },
    'api-key': { type: 'string', value: 'KEY', help: "the agent's key (better: an environment variable)" },
    temperature: { type: 'string', value: 'T', help: "the agent's temperature" },
    yes: { type: 'boolean', short: 'y', help: 'take every default, ask nothing' },
    force: { type: 'boolean', help: 'write over files that exist' },
};
const running = [
    'config',
    'output',
    'format',
    'baseline',
    'limit',
    'offset',
    'filter',
    'repeats',
    'concurrency',
    'timeout-ms',
    'max-retries',
    'fail-on',
    'model',
    'base-url',
    'api-key',
    'temperature',
];
/** In the order of the help. */
const commands = {
    demo: {
        usage: '[--output DIR]',
        summary: 'offline tour: a demo agent, a seeded regression, the full report',
        flags: ['output', 'format'],
        operands: [0, 0],
    },
    init: { usage: '[DIR] [--yes]', summary: 'write a working config, a sample set and the workflow files', flags: ['yes', 'force'], operands: [0, 1] },
    validate: {
        usage: '[--config FILE]',
        summary: 'check config and samples; list every problem at once',
        flags: ['config', 'limit', 'offset', 'filter'],
        operands: [0, 0],
    },
    run: {
        usage: '[--config FILE] [--baseline RUN]',
        summary: 'ask, check, compare, report',
        flags: [...running, 'resume', 'dry-run'],
        operands: [0, 0],
    },
    execute: {
        usage: '[--config FILE]',
        summary: 'only ask; the answers are kept unscored',
        flags: [...running, 'resume', 'dry-run'],
        operands: [0, 0],
    },
    check: {
        usage: 'RUN [--config FILE]',
        summary: 'score, or score again, the answers of a run; asks nothing',
        flags: ['config', 'format', 'baseline', 'fail-on'],
        operands: [1, 1],
    },
    compare: {
        usage: 'BASE… HEAD',
        summary: 'compare finished runs; several bases form a pool, newest first',
        flags: ['config', 'output', 'format', 'fail-on'],
        operands: [2, 100],
    },
    report: { usage: 'RUN…', summary: 'write the reports of finished runs again', flags: ['format', 'output'], operands: [1, 100] },
};
/** Whether the word is the name of a command; inherited names are not. */
function isCommand(name) {
    return name !== undefined && Object.hasOwn(commands, name);
}
/** @throws ToolError `usage` that lists every unknown flag and wrong operand at once. */
function parseArguments(command, argv) {
    const info = commands[command];
    const names = [...Object.keys(all), ...info.flags];
    const options = Object.fromEntries(names.map((name) => [name, optionOf(flags[name])]));
    const { values, positionals, tokens } = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
    const problems = [];
    for (const token of tokens) {
        if (token.kind !== 'option')
            continue;
        const flag = names.includes(token.name) ? flags[token.name] : undefined;
        if (!flag)
            problems.push({ field: token.rawName, message: `${command} does not know ${token.rawName}`, remedy: flagHint(token.name, names, command) });
        else if (flag.type === 'string' && (token.value === undefined || token.value === ''))
            problems.push({ field: token.rawName, message: `${token.rawName} needs a value`, remedy: `${token.rawName} ${flag.value ?? 'VALUE'}` });
        else if (flag.type === 'boolean' && token.value !== undefined)
            problems.push({ field: token.rawName, message: `${token.rawName} takes no value`, remedy: `write ${token.rawName} alone` });
    }
    const [least, most] = info.operands;
    const isMisspelt = problems.length > 0; // the value of an unknown flag looks like an operand
    if (!values.help && !isMisspelt && (positionals.length < least || positionals.length > most)) {
        const found = positionals.length === 0 ? 'none was given' : `found ${positionals.join(' ')}`;
        problems.push({
            message: `${command} takes ${operandCount(least, most)}; ${found}`,
            remedy: `agent-regress ${command} ${info.usage}`,
        });
    }
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({
            code: 'usage',
            message: `agent-regress ${command}: the command line is not right`,
            remedy: `agent-regress ${command} --help`,
            problems,
        });
    return {
        command,
        operands: positionals,
        text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
        list: (name) => (Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : []),
        has: (name) => values[name] === true,
    };
}
function flagHint(name, known, command) {
    const near = (0,_registry_js__WEBPACK_IMPORTED_MODULE_2__.nearestNames)(name, known).map((flag) => `--${flag}`);
    return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `agent-regress ${command} --help lists its options`;
}
function operandCount(least, most) {
    if (most === 0)
        return 'no operands';
    if (least === most)
        return `${least} operand${least === 1 ? '' : 's'}`;
    return least === 0 ? `at most ${most} operand${most === 1 ? '' : 's'}` : `${least} or more operands`;
}
function optionOf(flag) {
    return { type: flag.type, ...(flag.multiple ? { multiple: true } : {}), ...(flag.short ? { short: flag.short } : {}) };
}
/** The help of the whole tool, or of one command. */
function helpText(command) {
    if (command) {
        const info = commands[command];
        const names = [...info.flags, ...Object.keys(all)];
        return [`agent-regress ${command} ${info.usage}`, '', info.summary, '', 'Options', ...names.map((name) => flagLine(name, flags[name])), ''].join('\n');
    }
    const width = Math.max(...Object.keys(commands).map((name) => name.length));
    return [
        'agent-regress: did a change make your LLM agent worse?',
        '',
        'Usage: agent-regress <command> [options]',
        '',
        ...Object.entries(commands).map(([name, info]) => `  ${name.padEnd(width)}  ${info.summary}`),
        '',
        'agent-regress <command> --help lists the options of a command.',
        'Exit codes: 0 pass, 1 regression, 2 usage or config, 3 incomplete or infrastructure, 4 bug, 130/143 signal.',
        '',
    ].join('\n');
}
function flagLine(name, flag) {
    const left = `${flag.short ? `-${flag.short}, ` : '    '}--${name}${flag.value ? ` ${flag.value}` : ''}`;
    return `  ${left.padEnd(26)} ${flag.help}`;
}


/***/ }),

/***/ 9906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   kc: () => (/* binding */ errorText),
/* harmony export */   pS: () => (/* binding */ shownPath),
/* harmony export */   zK: () => (/* binding */ wantsColor)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);

/** Colours are for a terminal that wants them. @see https://no-color.org */
function wantsColor(host, stream, isOff) {
    if (isOff || (host.env.NO_COLOR ?? '') !== '' || host.env.TERM === 'dumb')
        return false;
    return stream.isTTY === true || ![undefined, '', '0'].includes(host.env.FORCE_COLOR);
}
/** A path as a person would type it. */
function shownPath(host, path) {
    const short = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(host.cwd, path);
    return short === '' ? '.' : short.startsWith('..') ? path : short;
}
/** A known error with every problem, for standard error. */
function errorText(error) {
    const lines = [`error: ${error.message}`];
    const [only] = error.problems;
    const isSaid = error.problems.length === 1 && only !== undefined && error.message.includes(only.message);
    if (isSaid && error.remedy === undefined && only.remedy !== undefined)
        lines.push(`  → ${only.remedy}`);
    if (isSaid)
        return `${[...lines, ...(error.remedy === undefined ? [] : [`  → ${error.remedy}`])].join('\n')}\n`;
    for (const problem of error.problems)
        lines.push(...problemLines(problem));
    if (error.remedy !== undefined && !error.problems.some((problem) => problem.remedy === error.remedy))
        lines.push(`  → ${error.remedy}`);
    return `${lines.join('\n')}\n`;
}
function problemLines({ file, line, column, field, message, remedy }) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    const named = field !== undefined && !message.startsWith(field) ? `${field}: ${message}` : message;
    return [`  ${place === '' ? '' : `${place}: `}${named}`, ...(remedy === undefined ? [] : [`    → ${remedy}`])];
}


/***/ }),

/***/ 1273:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8877);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(452);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3411);
/* harmony import */ var _args_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2453);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9906);





process.exitCode = await main(process.argv.slice(2));
/** Starts one command and turns what it throws into a message and an exit code. */
async function main(argv) {
    const [name, ...rest] = argv;
    if (name === '--version' || name === '-v')
        return say(`${_version_js__WEBPACK_IMPORTED_MODULE_4__/* .version */ .r}\n`);
    if (name === undefined || name === '--help' || name === '-h' || name === 'help')
        return say((0,_args_js__WEBPACK_IMPORTED_MODULE_2__.helpText)((0,_args_js__WEBPACK_IMPORTED_MODULE_2__.isCommand)(rest[0]) ? rest[0] : undefined));
    const stop = new AbortController();
    const host = { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr, signal: stop.signal };
    try {
        if (!(0,_args_js__WEBPACK_IMPORTED_MODULE_2__.isCommand)(name))
            throw await unknownCommand(name);
        const given = (0,_args_js__WEBPACK_IMPORTED_MODULE_2__.parseArguments)(name, rest);
        if (given.has('help'))
            return say((0,_args_js__WEBPACK_IMPORTED_MODULE_2__.helpText)(name));
        listenForSignals(stop);
        keepHeapSmall();
        const run = await loadCommand(name);
        letYoungGenerationGrow();
        return interruptedOr(await run(given, host), stop.signal);
    }
    catch (error) {
        return interruptedOr(tell(error, rest.includes('--verbose')), stop.signal);
    }
}
/**
 * V8 would let its young generation grow to 16 MB a half and its heap to several times what is in use: twice the
 * memory of a run of 50,000 slots, for a few per cent of its time. Both flags are read anew at every collection.
 */
function keepHeapSmall() {
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=1');
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--heap-growing-percent=40');
}
/** From 1 MB a half, where collections cost a fifth of a run, to 2 MB (4 MB when two fall between two looks). */
function letYoungGenerationGrow() {
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=2');
    const timer = setInterval(() => {
        const size = (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.getHeapSpaceStatistics)().find((space) => space.space_name === 'new_space')?.space_size ?? 0;
        if (size < 4_000_000)
            return;
        (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=1');
        clearInterval(timer);
    }, 5).unref();
}
function say(text) {
    process.stdout.write(text);
    return _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.pass;
}
async function unknownCommand(name) {
    if (name.startsWith('-'))
        return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({ code: 'usage', message: `the command comes first, found ${name}`, remedy: 'agent-regress --help lists the commands' });
    const [{ unknownNameRemedy }, { commands }] = await Promise.all([Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 244)), Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 2453))]);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({ code: 'usage', message: `there is no command "${name}"`, remedy: unknownNameRemedy(name, Object.keys(commands)) });
}
/** Each command loads what it needs and nothing else: a start that does little takes little. */
async function loadCommand(name) {
    switch (name) {
        case 'demo':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(858), __nccwpck_require__.e(634), __nccwpck_require__.e(475), __nccwpck_require__.e(606)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1606))).demo;
        case 'init':
            return (await __nccwpck_require__.e(/* import() */ 708).then(__nccwpck_require__.bind(__nccwpck_require__, 9708))).init;
        case 'validate':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(295)]).then(__nccwpck_require__.bind(__nccwpck_require__, 295))).validate;
        case 'run':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(858), __nccwpck_require__.e(634), __nccwpck_require__.e(475), __nccwpck_require__.e(124)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2124))).run;
        case 'execute':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(858), __nccwpck_require__.e(475), __nccwpck_require__.e(26)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5026))).execute;
        case 'check':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(858), __nccwpck_require__.e(634), __nccwpck_require__.e(475), __nccwpck_require__.e(87)]).then(__nccwpck_require__.bind(__nccwpck_require__, 87))).check;
        case 'compare':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(858), __nccwpck_require__.e(634), __nccwpck_require__.e(934)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6934))).compare;
        case 'report':
            return (await Promise.all(/* import() */[__nccwpck_require__.e(725), __nccwpck_require__.e(80), __nccwpck_require__.e(858), __nccwpck_require__.e(634), __nccwpck_require__.e(572)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3572))).report;
    }
}
/** The first signal stops gracefully, with a labelled partial report; the second one at once. The run log is whole either way. */
function listenForSignals(stop) {
    for (const [name, code] of [
        ['SIGINT', _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.interrupted],
        ['SIGTERM', _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.terminated],
    ]) {
        process.on(name, () => {
            if (stop.signal.aborted)
                process.exit(code);
            process.stderr.write(`\n${name}: stopping; a second one stops at once\n`);
            stop.abort(name);
        });
    }
}
function interruptedOr(exitCode, signal) {
    if (!signal.aborted)
        return exitCode;
    return signal.reason === 'SIGTERM' ? _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.terminated : _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.interrupted;
}
function tell(error, isVerbose) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4) {
        process.stderr.write((0,_host_js__WEBPACK_IMPORTED_MODULE_3__/* .errorText */ .kc)(error));
        if (isVerbose && error.stack)
            process.stderr.write(`${error.stack}\n`);
        return error.exitCode;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`This is a bug in agent-regress ${_version_js__WEBPACK_IMPORTED_MODULE_4__/* .version */ .r}; please report it with the lines below.\n${text}\n`);
    return _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExitCode */ .yU.internal;
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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

/***/ 244:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   createRegistry: () => (/* binding */ createRegistry),
/* harmony export */   nearestNames: () => (/* binding */ nearestNames),
/* harmony export */   unknownNameRemedy: () => (/* binding */ unknownNameRemedy)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(452);

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


/***/ }),

/***/ 3411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ version)
/* harmony export */ });
/** Kept equal to package.json by a test. */
const version = '0.1.0';


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/publicPath */
/******/ (() => {
/******/ 	var scriptUrl;
/******/ 	if (typeof import.meta.url === "string") scriptUrl = import.meta.url
/******/ 	// When supporting browsers where an automatic publicPath is not supported you must specify an output.publicPath manually via configuration
/******/ 	// or pass an empty string ("") and set the __webpack_public_path__ variable from your code to use your own logic.
/******/ 	if (!scriptUrl) throw new Error("Automatic publicPath is not supported in this browser");
/******/ 	scriptUrl = scriptUrl.replace(/#.*$/, "").replace(/\?.*$/, "").replace(/\/[^\/]+$/, "/");
/******/ 	__nccwpck_require__.p = scriptUrl;
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	__nccwpck_require__.b = new URL("./", import.meta.url);
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(1273);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
