export const id = 86;
export const ids = [86,933];
export const modules = {

/***/ 36798:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "b2f0ba331574cd4afedd.mjs";

/***/ }),

/***/ 67975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ AgentFailure),
/* harmony export */   f: () => (/* binding */ defineAgent)
/* harmony export */ });
/** Gives a definition its types; returns it as it is. */
function defineAgent(definition) {
    return definition;
}
/**
 * Why there is no usable answer. `phase` decides about a retry: `not-sent` is safe to send again, `ambiguous` may
 * have been served, `answered` is the agent's own answer and is not asked again unless `isTransient`.
 */
class AgentFailure extends Error {
    kind;
    phase;
    isTransient;
    status;
    /** As the server asked, milliseconds. */
    retryAfterMs;
    constructor(kind, message, options) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = 'AgentFailure';
        this.kind = kind;
        this.phase = options.phase;
        this.isTransient = options.isTransient ?? options.phase === 'not-sent';
        this.status = options.status;
        this.retryAfterMs = options.retryAfterMs;
    }
}


/***/ }),

/***/ 26086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  agents: () => (/* binding */ agents)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(53339);
// EXTERNAL MODULE: ./lib/io/failure.js
var failure = __webpack_require__(94054);
// EXTERNAL MODULE: ./lib/io/process.js
var process = __webpack_require__(29785);
// EXTERNAL MODULE: ./lib/io/worker-pool.js
var worker_pool = __webpack_require__(90791);
// EXTERNAL MODULE: ./lib/agents/agent.js
var agents_agent = __webpack_require__(67975);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/agents/parts/converse.js



/**
 * Speaks with the agent turn by turn until the user has nothing more to say, and adds up latency and usage.
 * A failure after the first turn is never `not-sent`: the turns before it were served.
 * @throws AgentFailure, whatever `sendTurn` throws.
 */
async function converse(request, sendTurn) {
    const { user, signal } = request;
    const turns = [];
    const trajectory = { turns, latencyMs: 0 };
    for (;;) {
        const number = turns.length + 1;
        if (signal.aborted)
            throw (0,failure/* abortFailure */.P1)(signal, number === 1 ? 'not-sent' : 'ambiguous');
        try {
            const input = await user.next(turns);
            if (input === undefined)
                return trajectory;
            const startedAt = performance.now();
            const reply = await sendTurn({ input, history: turns, number });
            trajectory.latencyMs = (trajectory.latencyMs ?? 0) + (reply.latencyMs ?? performance.now() - startedAt);
            if (number === 1 && reply.firstByteMs !== undefined)
                trajectory.firstByteMs = reply.firstByteMs;
            if (reply.usage)
                trajectory.usage = addUsage(trajectory.usage, reply.usage);
            if (reply.finalState !== undefined)
                trajectory.finalState = reply.finalState;
            turns.push({ input, output: reply.output, steps: reply.steps });
        }
        catch (error) {
            throw turnFailure(error, number);
        }
    }
}
/**
 * The name of the conversation at the agent. A one-message slot keeps it for every attempt, so that a repeated request
 * is byte-equal and its idempotency key holds; a longer one starts a new session, as the old one has turns in it.
 */
function sessionOf(request) {
    const { sample, attempt, idempotencyKey } = request;
    return attempt > 1 && sample.turns.length !== 1 ? `${idempotencyKey}-${attempt}` : idempotencyKey;
}
/** All user messages of a slot, for drivers that hand over the whole conversation at once. */
function inputsOf(sample) {
    return sample.turns.length > 0 ? sample.turns.map((turn) => turn.input) : [sample.input];
}
/** The conversation as OpenAI-style messages, the system prompt first. */
function messagesOf(turn, system) {
    const messages = system === undefined ? [] : [{ role: 'system', content: system }];
    for (const { input, output } of turn.history)
        messages.push(...userMessages(input), { role: 'assistant', content: output });
    messages.push(...userMessages(turn.input));
    return messages;
}
function userMessages(input) {
    if (typeof input === 'string')
        return [{ role: 'user', content: input }];
    if (Array.isArray(input))
        return input.map(({ role, content }) => ({ role, content }));
    return [{ role: 'user', content: JSON.stringify(input) }];
}
function addUsage(total, usage) {
    const sum = { ...total };
    for (const key of ['inputTokens', 'outputTokens', 'costUsd']) {
        const number = usage[key];
        if (number !== undefined)
            sum[key] = (sum[key] ?? 0) + number;
    }
    return sum;
}
function turnFailure(error, number) {
    if (!(error instanceof agents_agent/* AgentFailure */.W)) {
        return new agents_agent/* AgentFailure */.W('agent-error', (0,errors/* messageOf */.bD)(error), { phase: number === 1 ? 'not-sent' : 'ambiguous', isTransient: false, cause: error });
    }
    if (number === 1)
        return error;
    const { kind, phase, isTransient, status, retryAfterMs } = error;
    return new agents_agent/* AgentFailure */.W(kind, `turn ${number}: ${error.message}`, {
        phase: phase === 'not-sent' ? 'ambiguous' : phase,
        isTransient,
        ...(status === undefined ? {} : { status }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        cause: error,
    });
}

// EXTERNAL MODULE: ./lib/records/trajectory.js
var trajectory = __webpack_require__(45609);
;// CONCATENATED MODULE: ./lib/agents/parts/pointer.js


/** A JSON pointer (RFC 6901) as a user writes it: empty for the whole value, else `/key/0/…`. */
const Pointer = schemas/* string */.YjP().regex(/^(\/([^~/]|~[01])*)*$/, 'a JSON pointer starts with "/", such as "/answer" or "/choices/0/text"');
/** Compiles a valid pointer once. Own properties only; `-` and indexes with leading zeros are not places. */
function compilePointer(pointer) {
    const keys = pointer
        .split('/')
        .slice(1)
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return (value) => {
        let place = value;
        for (const key of keys) {
            if (Array.isArray(place))
                place = /^(0|[1-9]\d{0,9})$/.test(key) ? place[Number(key)] : undefined;
            else if (place !== null && typeof place === 'object')
                place = Object.hasOwn(place, key) ? place[key] : undefined;
            else
                return undefined;
        }
        return place;
    };
}
/** Keys and types of a value without its content, such as `{answer: string, trace: {calls: [2 items]}}`; at most about 400 characters. */
function describeShape(value, depth = 3) {
    if (value === null)
        return 'null';
    if (Array.isArray(value)) {
        const [first] = value;
        if (first === undefined)
            return '[]';
        const size = `${value.length} item${value.length === 1 ? '' : 's'}`;
        return depth > 1 && typeof first === 'object' && first !== null ? `[${size}: ${describeShape(first, depth - 1)}]` : `[${size}]`;
    }
    if (typeof value !== 'object')
        return typeof value;
    const entries = Object.entries(value);
    if (entries.length === 0)
        return '{}';
    if (depth === 0)
        return '{…}';
    const shown = entries.slice(0, 8).map(([key, item]) => `${showKey(key)}: ${describeShape(item, depth - 1)}`);
    const text = `{${shown.join(', ')}${entries.length > 8 ? `, … ${entries.length - 8} more` : ''}}`;
    return text.length > 400 ? `${[...text].slice(0, 400).join('')}…` : text;
}
/** A sentence about a pointer that leads nowhere: what was looked for, what is there, and the nearest places that exist. */
function missingPlace(field, pointer, value) {
    const near = (0,registry/* nearestNames */.LE)(pointer, placesOf(value));
    const hint = near.length > 0 ? `; did you mean ${near.map((place) => `"${place}"`).join(' or ')}?` : '';
    return `${field} is "${pointer}", but the reply is ${describeShape(value)}${hint}`;
}
/** Pointers into a value, breadth first: at most 200, with keys that can be shown. */
function placesOf(value) {
    const places = [];
    const queue = [['', value]];
    for (const [path, item] of queue) {
        if (item === null || typeof item !== 'object')
            continue;
        for (const [key, child] of Object.entries(item).slice(0, 20)) {
            if (places.length >= 200)
                return places;
            if (showKey(key) !== key)
                continue;
            const place = `${path}/${key}`;
            places.push(place);
            queue.push([place, child]);
        }
    }
    return places;
}
/** Keys come from the agent: anything but a plain word is quoted and cut. */
function showKey(key) {
    if (/^[\w$.-]{1,40}$/.test(key))
        return key;
    return JSON.stringify(key.slice(0, 40).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?'));
}

;// CONCATENATED MODULE: ./lib/agents/parts/reply.js




/** Deeper values break JSON.stringify and recursive readers further on. */
const maxDepth = 200;
/** @throws AgentFailure `bad-response` that names what is wrong with an answer that came. */
function badReply(message, cause) {
    return new agents_agent/* AgentFailure */.W('bad-response', message, { phase: 'answered', cause });
}
/** @throws AgentFailure when the value is nested deeper than 200 levels. */
function checkDepth(value) {
    if (isDeeper(value, maxDepth))
        throw badReply(`the reply is nested deeper than ${maxDepth} levels`);
}
function isDeeper(value, levels) {
    if (value === null || typeof value !== 'object')
        return false;
    if (levels === 0)
        return true;
    for (const key in value)
        if (isDeeper(value[key] ?? null, levels - 1))
            return true;
    return false;
}
/** Output text of a reply's value: text as it is, null is empty, anything else as JSON text. */
function outputText(value) {
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}
/**
 * Tool calls in the common spellings: a name alone, `{name, args | arguments | input, result | output, id, isError}`, and
 * OpenAI's `{id, function: {name, arguments: JSON text}}`; one call or a list; null is none.
 * @throws AgentFailure with the shape of what is not a tool call.
 */
function readToolCalls(value) {
    if (value === null)
        return [];
    return (Array.isArray(value) ? value : [value]).map((item) => readToolCall(item));
}
function readToolCall(item) {
    if (typeof item === 'string' && item !== '')
        return { kind: 'toolCall', name: item };
    if (item === null || typeof item !== 'object' || Array.isArray(item))
        throw badReply(`a tool call is expected, found ${describeShape(item)}`);
    const inner = isObject(item.function) ? item.function : item;
    const name = first(inner, ['name', 'tool', 'toolName', 'tool_name']);
    if (typeof name !== 'string' || name === '')
        throw badReply(`a tool call without a name: ${describeShape(item)}`);
    const step = { kind: 'toolCall', name };
    const args = first(inner, ['args', 'arguments', 'input', 'parameters']);
    const result = first(item, ['result', 'output', 'response']);
    const id = first(item, ['id', 'call_id', 'callId', 'tool_call_id']);
    const isError = first(item, ['isError', 'is_error']);
    if (args !== undefined && args !== null)
        step.args = typeof args === 'string' ? jsonOrText(args) : args;
    if (result !== undefined)
        step.result = result;
    if (typeof id === 'string')
        step.id = id;
    if (typeof isError === 'boolean')
        step.isError = isError;
    if (typeof item.server === 'string')
        step.server = item.server;
    return step;
}
/** Steps in our own form. @throws AgentFailure naming the first one that is not. */
function readSteps(value) {
    if (value === null)
        return [];
    return (Array.isArray(value) ? value : [value]).map((item) => {
        const parsed = trajectory/* Step */.pn.safeParse(item);
        if (parsed.success)
            return parsed.data;
        throw badReply(`a step {kind: toolCall | message | error, …} is expected, found ${describeShape(item)}`);
    });
}
const usageKeys = {
    inputTokens: ['inputTokens', 'input_tokens', 'promptTokens', 'prompt_tokens', 'promptTokenCount'],
    outputTokens: ['outputTokens', 'output_tokens', 'completionTokens', 'completion_tokens', 'candidatesTokenCount'],
    costUsd: ['costUsd', 'cost_usd', 'cost'],
};
/** Token counts and cost in the common spellings. Undefined when there is none; negative or odd numbers are left out. */
function readUsage(value) {
    if (!isObject(value))
        return undefined;
    const usage = {};
    for (const key of ['inputTokens', 'outputTokens', 'costUsd']) {
        const number = first(value, usageKeys[key]);
        if (typeof number === 'number' && Number.isFinite(number) && number >= 0)
            usage[key] = number;
    }
    return Object.keys(usage).length > 0 ? usage : undefined;
}
/**
 * An answer for a whole conversation: a trajectory, the short form `{output, toolCalls?, steps?, usage?, finalState?,
 * latencyMs?}`, or plain text. The short forms answer one user message; a conversation of several needs `turns`.
 * @throws AgentFailure `bad-response`, or `agent-error` for `{error}`.
 */
function toTrajectory(value, inputs) {
    checkDepth(value);
    if (isObject(value) && Array.isArray(value.turns))
        return fullTrajectory({ ...value, turns: value.turns.map((turn, i) => fullTurn(turn, inputs[i])) });
    if (isObject(value) && value.error !== undefined && value.error !== null && value.output === undefined)
        throw reportedError(value.error);
    if (inputs.length > 1) {
        throw badReply(`the sample has ${inputs.length} turns: answer with {turns: [{output, toolCalls?}, …]}, found ${describeShape(value)}`);
    }
    const short = isObject(value) ? value : { output: value };
    if (short.output === undefined)
        throw badReply(`an answer is text, {output, …} or {turns: […]}, found ${describeShape(value)}`);
    const { finalState, latencyMs, firstByteMs } = short;
    const usage = readUsage(short.usage);
    return fullTrajectory({
        turns: [fullTurn(short, inputs[0])],
        ...(finalState === undefined ? {} : { finalState }),
        ...(usage ? { usage } : {}),
        ...(latencyMs === undefined ? {} : { latencyMs }),
        ...(firstByteMs === undefined ? {} : { firstByteMs }),
    });
}
/** The agent's own report of a failure. */
function reportedError(error) {
    const text = isObject(error) && typeof error.message === 'string' ? error.message : outputText(error);
    return new agents_agent/* AgentFailure */.W('agent-error', `the agent reports: ${(0,failure/* excerptOf */.zU)(text, 500)}`, { phase: 'answered' });
}
function fullTurn(turn, input) {
    if (!isObject(turn))
        throw badReply(`a turn is {output, toolCalls? or steps?}, found ${describeShape(turn)}`);
    const { output, steps, toolCalls, tool_calls: calls, ...rest } = turn;
    if (output === undefined)
        throw badReply(`a turn without an output: ${describeShape(turn)}`);
    const isWhole = 'input' in turn && steps !== undefined;
    return {
        ...(isWhole ? rest : {}),
        input: turn.input ?? input ?? '',
        output: outputText(output),
        steps: steps === undefined ? readToolCalls(toolCalls ?? calls ?? null) : readSteps(steps),
    };
}
function fullTrajectory(value) {
    const parsed = trajectory/* Trajectory */.MB.safeParse(value);
    if (parsed.success)
        return parsed.data;
    const issue = parsed.error.issues[0];
    throw badReply(`the trajectory is not valid: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown problem'}`);
}
/** A JSON object: neither null nor a list. */
function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function first(value, keys) {
    const key = keys.find((candidate) => Object.hasOwn(value, candidate) && value[candidate] !== null);
    return key === undefined ? undefined : value[key];
}
function jsonOrText(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/agents/parts/child.js





const EnvOptions = schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z_]\w*$/, 'not a variable name'), schemas/* string */.YjP())
    .default({})
    .describe('variables that the process gets beside PATH, HOME, LANG and the temporary folder');
/** What a process or module of the user is told of a slot: never the expected answers. */
function slotPayload(request) {
    const { sample, epoch, attempt } = request;
    const { id, system, state, metadata, row, tags, files } = sample;
    const inputs = inputsOf(sample);
    return {
        input: inputs[0] ?? '',
        turns: inputs.map((input) => ({ input })),
        system: system ?? null,
        state: state ?? {},
        sample: { id, metadata, row, tags, files },
        epoch,
        attempt,
        slot: sessionOf(request),
    };
}
/** Turns the answer of a process into a trajectory; without a latency of its own it gets the time since `startedAt`. */
function answeredTrajectory(value, request, startedAt) {
    const latencyMs = performance.now() - startedAt;
    const trajectory = toTrajectory(value, inputsOf(request.sample));
    return trajectory.latencyMs === undefined ? { ...trajectory, latencyMs } : trajectory;
}
/** A worker's failure as the failure of a slot. */
function workerFailure(error, signal, who) {
    const phase = error.isSent ? 'ambiguous' : 'not-sent';
    if (signal.aborted)
        return (0,failure/* abortFailure */.P1)(signal, phase);
    if (error.kind === 'aborted' || error.kind === 'closed')
        return new agents_agent/* AgentFailure */.W('aborted', 'the run was stopped', { phase, isTransient: false });
    if (error.kind === 'too-large')
        return new agents_agent/* AgentFailure */.W('too-large', `${who} ${error.message}`, { phase: 'answered' });
    return new agents_agent/* AgentFailure */.W('process', `${who} ${error.message}`, { phase, isTransient: false, cause: error });
}

;// CONCATENATED MODULE: ./lib/agents/command.js








const CommandOptions = schemas/* strictObject */.rej({
    command: schemas/* union */.KCZ([schemas/* string */.YjP().min(1), schemas/* array */.YOg(schemas/* string */.YjP()).min(1)])
        .describe('program and arguments; a text is split at spaces, quotes hold together; no shell')
        .refine((command) => (argvOf(command)[0] ?? '') !== '', 'the program is missing, or a quote is not closed'),
    cwd: schemas/* string */.YjP().optional().describe('working folder, relative to the config file'),
    env: EnvOptions,
    mode: schemas/* enum */.k5n(['per-slot', 'lines'])
        .default('per-slot')
        .describe('per-slot: a process for every slot; lines: long-lived processes, a JSON line in, a JSON line out'),
});
const graceMs = 2000;
/** A program of the user: the slot as JSON on standard input, the answer on standard output. */
const command = (0,agents_agent/* defineAgent */.f)({
    type: 'command',
    summary: 'a program: JSON on standard input, JSON or text on standard output',
    options: CommandOptions,
    envFields: ['env'],
    identity: ({ command: line, cwd, mode }) => ({ template: { command: argvOf(line), cwd: cwd ?? '.', mode } }),
    async open(options, ports) {
        const child = { argv: argvOf(options.command), cwd: (0,external_node_path_.resolve)(ports.baseDir, options.cwd ?? '.'), env: (0,process/* scrubbedEnv */.wS)(options.env) };
        if (options.mode === 'lines') {
            const pool = (0,worker_pool/* createWorkerPool */.V)({ ...child, size: ports.concurrency, maxLineBytes: ports.maxReplyBytes, channel: 'stdio', graceMs });
            return { ask: (request) => askLine(pool, request), close: () => pool.close() };
        }
        const stopping = new AbortController();
        return {
            async ask(request) {
                const startedAt = performance.now();
                const signal = AbortSignal.any([request.signal, stopping.signal]);
                const stdin = `${JSON.stringify(slotPayload(request))}\n`;
                const result = await (0,process/* runProcess */.R3)({ ...child, stdin, signal, maxOutputBytes: ports.maxReplyBytes, graceMs });
                return answeredTrajectory(readOutput(result, signal, ports.maxReplyBytes), request, startedAt);
            },
            close: async () => stopping.abort(),
        };
    },
});
function readOutput(result, signal, maxReplyBytes) {
    switch (result.kind) {
        case 'aborted':
            throw (0,failure/* abortFailure */.P1)(signal, 'ambiguous');
        case 'not-started':
            throw new agents_agent/* AgentFailure */.W('process', `the program could not be started (${result.error.message})`, { phase: 'not-sent', isTransient: false });
        case 'too-large':
            throw new agents_agent/* AgentFailure */.W('too-large', `the program wrote more than ${maxReplyBytes} bytes`, { phase: 'answered' });
        case 'ended': {
            const { exit, stdout, stderrTail } = result;
            if (exit.code === 0)
                return readText(stdout);
            const detail = stderrTail.trim() === '' ? '' : `; it wrote: ${(0,failure/* excerptOf */.zU)((0,failure/* tailOf */.Cj)(stderrTail, 1000), 1001)}`;
            throw new agents_agent/* AgentFailure */.W('process', `the program ${(0,process/* describeExit */.KE)(exit)}${detail}`, { phase: 'answered' });
        }
    }
}
/** JSON objects are an answer in one of our forms; anything else is the output as it is, without the last line break. */
function readText(stdout) {
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(stdout);
    }
    catch {
        throw badReply('the program wrote something that is not UTF-8 text');
    }
    if (text.trimStart().startsWith('{')) {
        const value = parseJson(text);
        if (isObject(value))
            return value;
    }
    return text.replace(/\r?\n$/, '');
}
/** Every line out names the slot of the line in, so that a stray line is never taken for the answer to another sample. */
async function askLine(pool, request) {
    const startedAt = performance.now();
    const payload = slotPayload(request);
    let value = {};
    let refused;
    const isAnswer = (line) => {
        const parsed = parseJson(line);
        if (!isObject(parsed))
            refused = badReply(`the program wrote a line that is not a JSON object: ${(0,failure/* excerptOf */.zU)(line, 120)}`);
        else if (parsed.slot !== payload.slot)
            refused = badReply('the line of the program lacks the "slot" of the line that it answers; copy it from the request');
        else
            value = parsed;
        return refused === undefined;
    };
    try {
        await pool.call(JSON.stringify(payload), { signal: request.signal, isAnswer });
    }
    catch (error) {
        if (refused)
            throw refused;
        if (error instanceof worker_pool/* WorkerFailure */.r)
            throw workerFailure(error, request.signal, 'the program');
        throw error;
    }
    return answeredTrajectory(value, request, startedAt);
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Splits at spaces; single or double quotes hold text together; nothing is expanded. Empty when a quote is not closed. */
function argvOf(commandLine) {
    if (typeof commandLine !== 'string')
        return [...commandLine];
    const words = commandLine.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
    if (words.join('').length !== commandLine.replace(/("[^"]*"|'[^']*')|\s/g, '$1').length)
        return [];
    return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

;// CONCATENATED MODULE: ./lib/agents/do-nothing.js




const DoNothingOptions = schemas/* strictObject */.rej({
    output: schemas/* string */.YjP().default('').describe('what it answers to every message'),
    sleepMs: schemas/* number */.aig().min(0).max(2_147_483_647).default(0).describe('pause before each answer, milliseconds'),
});
/** Answers every message with the same text: a floor for checkers that should not pass, and a load for tests. */
const doNothing = (0,agents_agent/* defineAgent */.f)({
    type: 'do-nothing',
    summary: 'answers every message with the same text; checkers that pass it are too weak',
    options: DoNothingOptions,
    envFields: [],
    isPaid: false,
    identity: ({ output }) => ({ template: { output } }),
    async open({ output, sleepMs }) {
        return {
            ask: (request) => converse(request, async () => {
                if (sleepMs > 0)
                    await pause(sleepMs, request.signal);
                return { output, steps: [] };
            }),
            close: async () => { },
        };
    },
});
function pause(ms, signal) {
    return new Promise((resolve, reject) => {
        const onAbort = () => {
            clearTimeout(timer);
            reject((0,failure/* abortFailure */.P1)(signal, 'answered'));
        };
        const timer = setTimeout(() => {
            signal.removeEventListener('abort', onAbort);
            resolve();
        }, ms);
        signal.addEventListener('abort', onAbort, { once: true });
    });
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __webpack_require__(40610);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./lib/io/address.js


/** Addresses that hand out credentials of the machine: link-local, and the metadata services that lie elsewhere. */
function metadataAddresses() {
    const list = new external_node_net_.BlockList();
    list.addSubnet('169.254.0.0', 16, 'ipv4');
    list.addSubnet('fe80::', 10, 'ipv6');
    list.addAddress('fd00:ec2::254', 'ipv6'); // AWS instance metadata over IPv6
    list.addAddress('100.100.100.200', 'ipv4'); // Alibaba Cloud instance metadata
    list.addAddress('192.0.0.192', 'ipv4'); // Oracle Cloud instance metadata
    list.addAddress('168.63.129.16', 'ipv4'); // Azure WireServer
    // IPv4 inside IPv6 by NAT64 and 6to4; the IPv4-mapped form is covered by BlockList itself.
    list.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
    list.addSubnet('2002:a9fe::', 32, 'ipv6');
    return list;
}
/** An error code of the guard, told apart from those of the resolver. */
const blockedAddressCode = 'EBLOCKEDADDRESS';
/** Keeps the tool away from link-local and cloud metadata addresses, in every spelling. Loopback and private ones are allowed. */
function createAddressGuard(resolve = external_node_dns_.lookup) {
    const blocked = metadataAddresses();
    const isBlocked = (host) => {
        const bare = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
        const family = (0,external_node_net_.isIP)(bare);
        return family !== 0 && blocked.check(bare, family === 6 ? 'ipv6' : 'ipv4');
    };
    return {
        isBlocked,
        lookup: (hostname, options, callback) => {
            resolve(hostname, { ...options, all: true }, (error, addresses) => {
                if (error)
                    return callback(error, []);
                const bad = addresses.find(({ address }) => isBlocked(address));
                if (bad)
                    return callback(Object.assign(new Error(`${hostname} is ${bad.address}`), { code: blockedAddressCode }), []);
                if (options.all)
                    return callback(null, addresses);
                const [first] = addresses;
                return first
                    ? callback(null, first.address, first.family)
                    : callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '');
            });
        },
    };
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./lib/io/http-body.js




/** The media type in lower case without parameters; empty text when there is none. */
function mediaTypeOf(contentType) {
    return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
/** The body as it was before `content-encoding`. The caller listens for errors of the message itself. @throws AgentFailure for an unknown encoding. */
function decompressed(incoming) {
    const encoding = incoming.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    switch (encoding) {
        case '':
        case 'identity':
            return incoming;
        case 'gzip':
        case 'x-gzip':
            return incoming.pipe((0,external_node_zlib_.createGunzip)());
        case 'deflate':
            return incoming.pipe((0,external_node_zlib_.createInflate)());
        case 'br':
            return incoming.pipe((0,external_node_zlib_.createBrotliDecompress)());
        default:
            throw new agents_agent/* AgentFailure */.W('bad-response', `the reply has the content-encoding "${encoding.slice(0, 40)}"; gzip, deflate and br are understood`, {
                phase: 'answered',
            });
    }
}
/** Bytes to text in the charset of the content type, default UTF-8, without a byte order mark. @throws AgentFailure when they are not in it. */
function decodeText(bytes, contentType) {
    const charset = charsetOf(contentType);
    if (charset === 'utf-8') {
        if (!(0,external_node_buffer_.isUtf8)(bytes))
            throw notText(charset, 'a byte sequence is not valid');
        const text = bytes.toString('utf8');
        return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
    try {
        return new TextDecoder(charset, { fatal: true }).decode(bytes);
    }
    catch (error) {
        throw notText(charset, (0,errors/* messageOf */.bD)(error));
    }
}
/** Decodes chunk by chunk, wherever the chunks are cut. @throws AgentFailure, from the function too. */
function createTextStream(contentType) {
    const charset = charsetOf(contentType);
    const attempt = (action) => {
        try {
            return action();
        }
        catch (error) {
            throw notText(charset, (0,errors/* messageOf */.bD)(error));
        }
    };
    const decoder = attempt(() => new TextDecoder(charset, { fatal: true }));
    return (chunk) => attempt(() => (chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()));
}
function charsetOf(contentType) {
    const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1]?.toLowerCase();
    return charset === undefined || charset === 'utf8' || charset === 'us-ascii' ? 'utf-8' : charset;
}
function notText(charset, detail) {
    return new agents_agent/* AgentFailure */.W('bad-response', `the reply is not ${charset} text (${detail})`, { phase: 'answered' });
}

;// CONCATENATED MODULE: ./lib/io/http-receive.js




/** Reads one reply to its end, decompressed, capped and decoded. */
function receiveReply(incoming, receiver) {
    const status = incoming.statusCode ?? 0;
    const contentType = incoming.headers['content-type'];
    const isGood = status >= 200 && status <= 299;
    if (status >= 300 && status <= 399) {
        receiver.fail(redirectFailure(status, incoming.headers.location));
        return;
    }
    const chunks = [];
    let size = 0;
    let firstByteAt;
    let isStopped = false;
    const onText = isGood && mediaTypeOf(contentType) === 'text/event-stream' ? receiver.onText : undefined;
    const guarded = (action) => {
        try {
            action();
        }
        catch (error) {
            receiver.fail(isGood ? asFailure(error) : badStatus(incoming, chunks));
        }
    };
    guarded(() => {
        const source = decompressed(incoming);
        const toText = onText && createTextStream(contentType);
        const broken = (error) => receiver.fail(isGood ? brokenBody(error, source === incoming || !incoming.complete) : badStatus(incoming, chunks));
        source.on('data', (chunk) => {
            firstByteAt ??= performance.now();
            size += chunk.length;
            receiver.onData();
            if (size > receiver.maxBytes) {
                source.destroy();
                return receiver.fail(isGood ? tooLarge(receiver.maxBytes) : badStatus(incoming, chunks));
            }
            if (!onText || !toText)
                return void chunks.push(chunk);
            if (isStopped)
                return;
            guarded(() => {
                isStopped = !onText(toText(chunk));
                if (isStopped)
                    receiver.done('', firstByteAt ?? performance.now());
            });
        });
        source.on('end', () => {
            if (!isGood)
                return receiver.fail(badStatus(incoming, chunks));
            if (!incoming.complete)
                return broken(new Error('the body was cut'));
            guarded(() => {
                if (toText && onText && !isStopped)
                    onText(toText(undefined));
                receiver.done(decodeText(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), contentType), firstByteAt ?? performance.now());
            });
        });
        source.on('error', broken);
        if (source !== incoming)
            incoming.on('error', broken);
    });
}
function asFailure(error) {
    return error instanceof agents_agent/* AgentFailure */.W ? error : new agents_agent/* AgentFailure */.W('bad-response', (0,errors/* messageOf */.bD)(error), { phase: 'answered', cause: error });
}
function brokenBody(error, isTransport) {
    if (isTransport)
        return new agents_agent/* AgentFailure */.W('reset', `the reply was cut before its end (${error.message})`, { phase: 'ambiguous', cause: error });
    return new agents_agent/* AgentFailure */.W('bad-response', `the compressed body of the reply is damaged (${error.message})`, { phase: 'answered', cause: error });
}
function tooLarge(maxBytes) {
    return new agents_agent/* AgentFailure */.W('too-large', `the reply is larger than ${maxBytes} bytes`, { phase: 'answered' });
}
function badStatus(incoming, chunks) {
    const { headers, statusCode = 0 } = incoming;
    const excerpt = (0,failure/* excerptOf */.zU)(Buffer.concat(chunks).subarray(0, 4096).toString('utf8'));
    return (0,failure/* statusFailure */.FP)(statusCode, { excerpt, retryAfterMs: (0,failure/* parseRetryAfter */.mu)(headers['retry-after'], headers.date) });
}
/** Only the origin and path of the new place: its query may hold a secret. */
function redirectFailure(status, location) {
    const place = location !== undefined && URL.canParse(location) ? new URL(location) : undefined;
    const where = place ? ` to ${(0,failure/* excerptOf */.zU)(place.origin + place.pathname)}` : '';
    return new agents_agent/* AgentFailure */.W('redirect', `the agent redirects${where} (status ${status}); redirects are never followed, put the final URL in the config`, {
        phase: 'answered',
        status,
    });
}

;// CONCATENATED MODULE: ./lib/io/http.js








/** Idle connections are dropped before servers do it: 2 s is the shortest common keep-alive limit (gunicorn). */
const idleConnectionMs = 1500;
/** How long a finished event stream may take to end its connection so that it can be used again. */
const drainMs = 200;
/** @throws ToolError `agent-url-invalid` for anything but an absolute http or https URL. */
function parseTarget(url) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
        throw new errors/* ToolError */.v4({
            code: 'agent-url-invalid',
            message: 'the agent URL is not an absolute http or https URL',
            remedy: 'write it like "https://agent.example/chat"',
        });
    }
    const isSecure = parsed.protocol === 'https:';
    const auth = decoded(parsed.username) + (parsed.password ? `:${decoded(parsed.password)}` : '');
    return {
        endpoint: parsed.origin + parsed.pathname,
        isSecure,
        host: parsed.hostname.replace(/^\[|\]$/g, ''),
        port: parsed.port === '' ? (isSecure ? 443 : 80) : Number(parsed.port),
        path: parsed.pathname + parsed.search,
        ...(auth ? { auth } : {}),
    };
}
/** A percent sign that encodes nothing stands for itself. */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** A keep-alive client over node:http and node:https; proxies are not used. */
function createHttpClient(options) {
    const { maxConnections, guard = createAddressGuard() } = options;
    const agentOptions = {
        keepAlive: true,
        maxSockets: maxConnections,
        maxFreeSockets: maxConnections,
        timeout: idleConnectionMs,
        lookup: guard.lookup,
    };
    const allowedHosts = new Set();
    let plain;
    let secure;
    return {
        request(request) {
            const { target } = request;
            if (!allowedHosts.has(target.host)) {
                if (guard.isBlocked(target.host))
                    return Promise.reject(blockedFailure(target.host));
                allowedHosts.add(target.host);
            }
            if (target.isSecure)
                secure ??= new external_node_https_.Agent(agentOptions);
            else
                plain ??= new external_node_http_.Agent(agentOptions);
            return exchange(request, options, target.isSecure ? secure : plain);
        },
        close() {
            plain?.destroy();
            secure?.destroy();
        },
    };
}
function exchange(request, limits, agent) {
    return new Promise((resolve, reject) => {
        const { target, signal, body } = request;
        const { deadlines } = limits;
        if (signal.aborted)
            throw (0,failure/* abortFailure */.P1)(signal, 'not-sent');
        const startedAt = performance.now();
        const outgoing = openRequest(request, agent);
        let isSent = false;
        let isSettled = false;
        let timer;
        const phase = () => (isSent ? 'ambiguous' : 'not-sent');
        const limit = (ms, what) => {
            clearTimeout(timer);
            timer = setTimeout(() => fail(new agents_agent/* AgentFailure */.W('timeout', `${what} within ${ms} ms`, { phase: phase() })), ms);
        };
        const settle = () => {
            isSettled = true;
            clearTimeout(timer);
            signal.removeEventListener('abort', onAbort);
        };
        const fail = (failure) => {
            if (isSettled)
                return;
            settle();
            outgoing.destroy();
            reject(failure);
        };
        const onAbort = () => fail((0,failure/* abortFailure */.P1)(signal, phase()));
        signal.addEventListener('abort', onAbort, { once: true });
        outgoing.on('error', (error) => fail(requestFailure(error, outgoing.reusedSocket && !isAnswered(outgoing), phase(), target)));
        outgoing.on('socket', (socket) => {
            if (isSettled)
                return;
            const onSent = () => {
                isSent = true;
                if (!isSettled)
                    limit(deadlines.firstByteMs, 'no reply');
            };
            if (outgoing.reusedSocket)
                return onSent();
            limit(deadlines.connectMs, 'no connection');
            socket.once(target.isSecure ? 'secureConnect' : 'connect', onSent);
        });
        outgoing.on('response', (incoming) => {
            limit(deadlines.idleMs, 'no more data');
            receiveReply(incoming, {
                onText: request.onText,
                maxBytes: limits.maxReplyBytes,
                onData: () => timer?.refresh(),
                fail,
                done: (text, firstByteAt) => {
                    if (isSettled)
                        return;
                    settle();
                    if (!incoming.complete)
                        drain(incoming);
                    const { headers, statusCode: status = 0 } = incoming;
                    resolve({ status, headers, contentType: mediaTypeOf(headers['content-type']), body: text, firstByteMs: firstByteAt - startedAt });
                },
            });
        });
        outgoing.end(body);
    });
}
/** A header that cannot be sent makes node throw at once; that is the config's or the sample's fault. */
function openRequest(request, agent) {
    const { target, path, method, headers } = request;
    const options = { host: target.host, port: target.port, path: path ?? target.path, method, headers, agent };
    if (target.auth !== undefined)
        options.auth = target.auth;
    try {
        return target.isSecure ? (0,external_node_https_.request)(options) : (0,external_node_http_.request)(options);
    }
    catch (error) {
        throw new agents_agent/* AgentFailure */.W('agent-error', `the request cannot be built: ${(0,errors/* messageOf */.bD)(error)}`, { phase: 'not-sent', isTransient: false });
    }
}
function isAnswered(outgoing) {
    return 'res' in outgoing && outgoing.res !== null;
}
/** EPIPE on a kept connection: the kernel took no byte, so the request cannot have been read. A reset may have come later. */
function requestFailure(error, isReused, phase, target) {
    const code = 'code' in error ? error.code : undefined;
    if (code === blockedAddressCode)
        return blockedFailure(error.message);
    return (0,failure/* networkFailure */.rd)(error, isReused && code === 'EPIPE' ? 'not-sent' : phase, target.endpoint);
}
function blockedFailure(host) {
    const message = `${host}: link-local and cloud metadata addresses are never asked`;
    return new agents_agent/* AgentFailure */.W('refused', message, { phase: 'not-sent', isTransient: false });
}
function drain(incoming) {
    const timer = setTimeout(() => incoming.destroy(), drainMs);
    incoming.once('close', () => clearTimeout(timer));
}

// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(97374);
// EXTERNAL MODULE: ./lib/template.js
var lib_template = __webpack_require__(94933);
;// CONCATENATED MODULE: ./node_modules/eventsource-parser/dist/index.js
class ParseError extends Error {
  constructor(message, options) {
    super(message), this.name = "ParseError", this.type = options.type, this.field = options.field, this.value = options.value, this.line = options.line;
  }
}
const LF = 10, CR = 13, SPACE = 32;
function noop(_arg) {
}
function createParser(config) {
  if (typeof config == "function")
    throw new TypeError(
      "`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?"
    );
  const { onEvent = noop, onError = noop, onRetry = noop, onComment, maxBufferSize } = config, pendingFragments = [];
  let pendingFragmentsLength = 0, isFirstChunk = !0, id, data = "", dataLines = 0, eventType, terminated = !1;
  function feed(chunk) {
    if (terminated)
      throw new Error(
        "Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing."
      );
    if (isFirstChunk && (isFirstChunk = !1, chunk.charCodeAt(0) === 239 && chunk.charCodeAt(1) === 187 && chunk.charCodeAt(2) === 191 && (chunk = chunk.slice(3))), pendingFragments.length === 0) {
      const trailing2 = processLines(chunk);
      trailing2 !== "" && (pendingFragments.push(trailing2), pendingFragmentsLength = trailing2.length), checkBufferSize();
      return;
    }
    if (chunk.indexOf(`
`) === -1 && chunk.indexOf("\r") === -1) {
      pendingFragments.push(chunk), pendingFragmentsLength += chunk.length, checkBufferSize();
      return;
    }
    pendingFragments.push(chunk);
    const input = pendingFragments.join("");
    pendingFragments.length = 0, pendingFragmentsLength = 0;
    const trailing = processLines(input);
    trailing !== "" && (pendingFragments.push(trailing), pendingFragmentsLength = trailing.length), checkBufferSize();
  }
  function checkBufferSize() {
    maxBufferSize !== void 0 && (pendingFragmentsLength + data.length <= maxBufferSize || (terminated = !0, pendingFragments.length = 0, pendingFragmentsLength = 0, id = void 0, data = "", dataLines = 0, eventType = void 0, onError(
      new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, {
        type: "max-buffer-size-exceeded"
      })
    )));
  }
  function processLines(chunk) {
    let searchIndex = 0;
    if (chunk.indexOf("\r") === -1) {
      let lfIndex = chunk.indexOf(`
`, searchIndex);
      for (; lfIndex !== -1; ) {
        if (searchIndex === lfIndex) {
          dataLines > 0 && onEvent({ id, event: eventType, data }), id = void 0, data = "", dataLines = 0, eventType = void 0, searchIndex = lfIndex + 1, lfIndex = chunk.indexOf(`
`, searchIndex);
          continue;
        }
        const firstCharCode = chunk.charCodeAt(searchIndex);
        if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
          const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5, value = chunk.slice(valueStart, lfIndex);
          if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
            onEvent({ id, event: eventType, data: value }), id = void 0, data = "", eventType = void 0, searchIndex = lfIndex + 2, lfIndex = chunk.indexOf(`
`, searchIndex);
            continue;
          }
          data = dataLines === 0 ? value : `${data}
${value}`, dataLines++;
        } else isEventPrefix(chunk, searchIndex, firstCharCode) ? eventType = chunk.slice(
          chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6,
          lfIndex
        ) || void 0 : parseLine(chunk, searchIndex, lfIndex);
        searchIndex = lfIndex + 1, lfIndex = chunk.indexOf(`
`, searchIndex);
      }
      return chunk.slice(searchIndex);
    }
    for (; searchIndex < chunk.length; ) {
      const crIndex = chunk.indexOf("\r", searchIndex), lfIndex = chunk.indexOf(`
`, searchIndex);
      let lineEnd = -1;
      if (crIndex !== -1 && lfIndex !== -1 ? lineEnd = crIndex < lfIndex ? crIndex : lfIndex : crIndex !== -1 ? crIndex === chunk.length - 1 ? lineEnd = -1 : lineEnd = crIndex : lfIndex !== -1 && (lineEnd = lfIndex), lineEnd === -1)
        break;
      parseLine(chunk, searchIndex, lineEnd), searchIndex = lineEnd + 1, chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF && searchIndex++;
    }
    return chunk.slice(searchIndex);
  }
  function parseLine(chunk, start, end) {
    if (start === end) {
      dispatchEvent();
      return;
    }
    const firstCharCode = chunk.charCodeAt(start);
    if (isDataPrefix(chunk, start, firstCharCode)) {
      const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5, value2 = chunk.slice(valueStart, end);
      data = dataLines === 0 ? value2 : `${data}
${value2}`, dataLines++;
      return;
    }
    if (isEventPrefix(chunk, start, firstCharCode)) {
      eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
      return;
    }
    if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
      const value2 = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
      value2.includes("\0") || (id = value2);
      return;
    }
    if (firstCharCode === 58) {
      if (onComment) {
        const line2 = chunk.slice(start, end);
        onComment(line2.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
      }
      return;
    }
    const line = chunk.slice(start, end), fieldSeparatorIndex = line.indexOf(":");
    if (fieldSeparatorIndex === -1) {
      processField(line, "", line);
      return;
    }
    const field = line.slice(0, fieldSeparatorIndex), offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1, value = line.slice(fieldSeparatorIndex + offset);
    processField(field, value, line);
  }
  function processField(field, value, line) {
    switch (field) {
      case "event":
        eventType = value || void 0;
        break;
      case "data":
        data = dataLines === 0 ? value : `${data}
${value}`, dataLines++;
        break;
      case "id":
        value.includes("\0") || (id = value);
        break;
      case "retry":
        /^\d+$/.test(value) ? onRetry(parseInt(value, 10)) : onError(
          new ParseError(`Invalid \`retry\` value: "${value}"`, {
            type: "invalid-retry",
            value,
            line
          })
        );
        break;
      default:
        onError(
          new ParseError(
            `Unknown field "${field.length > 20 ? `${field.slice(0, 20)}\u2026` : field}"`,
            { type: "unknown-field", field, value, line }
          )
        );
        break;
    }
  }
  function dispatchEvent() {
    dataLines > 0 && onEvent({
      id,
      event: eventType,
      data
    }), id = void 0, data = "", dataLines = 0, eventType = void 0;
  }
  function reset(options = {}) {
    if (options.consume && pendingFragments.length > 0) {
      const incompleteLine = pendingFragments.join("");
      parseLine(incompleteLine, 0, incompleteLine.length);
    }
    isFirstChunk = !0, id = void 0, data = "", dataLines = 0, eventType = void 0, pendingFragments.length = 0, pendingFragmentsLength = 0, terminated = !1;
  }
  return { feed, reset };
}
function isDataPrefix(chunk, i, firstCharCode) {
  return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
function isEventPrefix(chunk, i, firstCharCode) {
  return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}

//# sourceMappingURL=index.js.map

;// CONCATENATED MODULE: ./lib/agents/parts/events.js



/** Gathers the events of one streamed reply until its end mark, `[DONE]` by default; more than `maxChars` of text is refused. */
function collectEvents(options) {
    const endMark = options.endMark ?? '[DONE]';
    const events = [];
    let isEnded = false;
    const parser = createParser({
        maxBufferSize: options.maxChars,
        onEvent({ event, data }) {
            if (isEnded)
                return;
            if (data.trim() === endMark)
                isEnded = true;
            else if (data !== '')
                events.push({ type: event, data, json: jsonOf(data) });
        },
        onError(error) {
            if (error.type === 'max-buffer-size-exceeded')
                throw badReply('one event of the stream is too large');
        },
    });
    return {
        feed(text) {
            parser.feed(text);
            return !isEnded;
        },
        finish() {
            const before = events.length;
            if (!isEnded)
                parser.feed('\n\n');
            const last = events.at(-1);
            if (events.length > before && last && /^[{[]/.test(last.data) && last.json === undefined)
                throw cutStream('the event stream was cut inside an event');
            if (!isEnded && options.endMark !== undefined)
                throw cutStream(`the event stream ended without "${endMark}"`);
            return events;
        },
    };
}
function cutStream(message) {
    return new agents_agent/* AgentFailure */.W('reset', message, { phase: 'ambiguous' });
}
function jsonOf(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/agents/parts/reply-map.js





const ReplyOptions = schemas/* strictObject */.rej({
    output: Pointer.optional().describe('where the answer is; absent: the whole reply, when it is text'),
    toolCalls: Pointer.optional().describe('where the list of tool calls is'),
    steps: Pointer.optional().describe('where a list of steps {kind: toolCall | message | error, …} is; instead of toolCalls'),
    usage: Pointer.optional().describe('where the token counts are'),
    finalState: Pointer.optional().describe('where the state after the turn is'),
    error: Pointer.optional().describe('where the agent reports a failure; present and not null is an error of the slot'),
    session: Pointer.optional().describe('what the next turns use as {{session}}'),
});
const StreamOptions = schemas/* strictObject */.rej({
    output: Pointer.optional().describe('where each event has its piece of the answer; the pieces are joined'),
    final: schemas/* boolean */.zMY().optional().describe('true: the last event is the whole reply, read with the pointers of `reply`'),
    done: schemas/* string */.YjP().min(1).optional().describe('data of the event that ends the stream; when given, a stream without it is an error'),
});
/** Compiles the pointers once. */
function compileReplyMap(options, stream) {
    const places = {};
    for (const field of Object.keys(options)) {
        const pointer = options[field];
        if (pointer !== undefined)
            places[field] = { pointer, read: compilePointer(pointer) };
    }
    const piece = stream.output === undefined ? undefined : compilePointer(stream.output);
    return {
        fromBody: (body, contentType) => fromBody(body, contentType, places),
        fromEvents(events) {
            const failed = events.find(({ type }) => type === 'error');
            if (failed)
                throw reportedError(failed.json ?? failed.data);
            if (events.length === 0)
                throw badReply('the reply is an empty event stream');
            if (piece === undefined)
                return fromLastEvent(events, stream, places);
            return fromPieces(events, { pointer: stream.output ?? '', read: piece }, places);
        },
    };
}
function fromBody(body, contentType, places) {
    if (body.trim() === '')
        throw badReply('the reply is empty');
    const isHtml = /^\s*<(!doctype|html|head|body)/i.test(body.slice(0, 200));
    const json = isHtml ? undefined : reply_map_parseJson(body, contentType, Object.keys(places).length > 0);
    if (json === undefined) {
        const isAllText = Object.keys(places).every((field) => field === 'output' && places.output?.pointer === '');
        if (isAllText && !isHtml)
            return { reply: { output: body, steps: [] }, session: undefined };
        throw badReply(`the reply is not JSON${isHtml ? ', it is' : ':'} ${(0,failure/* excerptOf */.zU)(body, 120)}`);
    }
    return fromJson(json, places);
}
/** A body that says it is JSON, or must be as pointers lead into it, is read as JSON; other text that happens to be JSON stays text. */
function reply_map_parseJson(body, contentType, isWanted) {
    if (!isWanted && !/[/+]json$/.test(contentType))
        return undefined;
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}
function fromJson(value, places) {
    checkDepth(value);
    const error = places.error?.read(value);
    if (error !== undefined && error !== null)
        throw reportedError(error);
    const output = outputOf(value, places.output);
    return { reply: { output, ...detailsOf(value, places) }, session: places.session?.read(value) };
}
function outputOf(value, place) {
    if (place) {
        const found = place.read(value);
        if (found === undefined)
            throw badReply(missingPlace('reply.output', place.pointer, value));
        return outputText(found);
    }
    if (typeof value === 'string')
        return value;
    throw badReply(`the reply is ${describeShape(value)}: say where the answer is, such as reply: {output: ${guessOutput(value)}}`);
}
/** The first place that holds text, as an example for a message. */
function guessOutput(value) {
    if (!isObject(value))
        return '/0';
    const key = Object.keys(value).find((name) => typeof value[name] === 'string' && /^[\w-]{1,40}$/.test(name));
    return `/${key ?? 'answer'}`;
}
function detailsOf(value, places) {
    const finalState = places.finalState?.read(value);
    const usage = readUsage(places.usage?.read(value));
    return {
        steps: stepsOf(value, places),
        ...(usage ? { usage } : {}),
        ...(finalState === undefined ? {} : { finalState }),
    };
}
/** A list that is missing is no tool call where the object that would hold it is there and has no similar name; else the pointer is wrong. */
function stepsOf(value, places) {
    for (const field of ['steps', 'toolCalls']) {
        const place = places[field];
        if (!place)
            continue;
        const found = place.read(value);
        if (found === undefined) {
            if (isAbsentLeaf(place.pointer, value))
                return [];
            throw badReply(missingPlace(`reply.${field}`, place.pointer, value));
        }
        return field === 'steps' ? readSteps(found) : readToolCalls(found);
    }
    return [];
}
/** OpenAI-style replies leave the list out when there is none. */
function isAbsentLeaf(pointer, value) {
    const end = pointer.lastIndexOf('/');
    const holder = compilePointer(pointer.slice(0, end))(value);
    return isObject(holder) && (0,registry/* nearestNames */.LE)(pointer.slice(end + 1), Object.keys(holder).slice(0, 50)).length === 0;
}
function fromLastEvent(events, stream, places) {
    if (stream.final || events.length === 1) {
        const last = events.at(-1);
        return last?.json === undefined ? fromBody(last?.data ?? '', 'text/plain', places) : fromJson(last.json, places);
    }
    if (Object.keys(places).length === 0 && events.every(({ json }) => typeof json !== 'object')) {
        return { reply: { output: events.map(({ data }) => data).join(''), steps: [] }, session: undefined };
    }
    const shape = describeShape(events[0]?.json ?? '');
    throw badReply(`the reply is a stream of ${events.length} events like ${shape}: say stream: {output: pointer into each event} or stream: {final: true}`);
}
/** Pieces of the answer from every event; the other fields from whichever event has them, tool calls from all. */
function fromPieces(events, piece, places) {
    const reply = { output: '', steps: [] };
    let session;
    let isFound = false;
    for (const { json, data } of events) {
        if (json === undefined)
            throw badReply(`an event of the stream is not JSON: ${(0,failure/* excerptOf */.zU)(data, 80)}`);
        checkDepth(json);
        const error = places.error?.read(json);
        if (error !== undefined && error !== null)
            throw reportedError(error);
        const text = piece.read(json);
        if (text !== undefined) {
            isFound = true;
            reply.output += outputText(text);
        }
        reply.steps.push(...readToolCalls(places.toolCalls?.read(json) ?? null), ...readSteps(places.steps?.read(json) ?? null));
        const usage = readUsage(places.usage?.read(json));
        const finalState = places.finalState?.read(json);
        if (usage)
            reply.usage = usage;
        if (finalState !== undefined)
            reply.finalState = finalState;
        session = places.session?.read(json) ?? session;
    }
    if (!isFound)
        throw badReply(missingPlace('stream.output', piece.pointer, events[0]?.json ?? null).replace('the reply is', 'an event is'));
    return { reply, session };
}

;// CONCATENATED MODULE: ./lib/agents/parts/scope.js




/** What a sample does not have is null, or empty for objects. `expected` is not among them: the agent must not see the answer. */
const values = {
    input: ({ turn }) => turn.input,
    id: ({ request }) => request.sample.id,
    system: ({ request }) => request.sample.system ?? null,
    state: ({ request }) => request.sample.state ?? {},
    metadata: ({ request }) => request.sample.metadata,
    row: ({ request }) => request.sample.row,
    tags: ({ request }) => request.sample.tags,
    files: ({ request }) => request.sample.files,
    epoch: ({ request }) => request.epoch,
    attempt: ({ request }) => request.attempt,
    slot: ({ slot }) => slot,
    turn: ({ turn }) => turn.number,
    messages: ({ turn, request }) => messagesOf(turn, request.sample.system),
    history: ({ turn }) => turn.history.map(({ input, output }) => ({ input: input, output })),
    session: ({ session }) => session,
};
/** @throws ToolError `template-unknown-name` that names the field, before anything is sent. */
function compileScope(templates) {
    const used = new Map();
    for (const [field, template] of Object.entries(templates)) {
        for (const name of (0,lib_template/* templateNames */.VQ)(template)) {
            const [head = ''] = name.split('.');
            if (!isKnown(head))
                throw unknownName(field, name, head);
            used.set(head, values[head]);
        }
    }
    return (context) => {
        const scope = {};
        for (const [name, value] of used)
            scope[name] = value(context);
        return scope;
    };
}
function isKnown(name) {
    return Object.hasOwn(values, name);
}
function unknownName(field, name, head) {
    const message = `agent.${field} uses {{${name}}}, which requests do not have`;
    const remedy = head === 'expected' ? 'the agent must not see the expected answer' : (0,registry/* unknownNameRemedy */.Yk)(head, Object.keys(values));
    return new errors/* ToolError */.v4({ code: 'template-unknown-name', message, remedy, problems: [{ field: `agent.${field}`, message, remedy }] });
}

;// CONCATENATED MODULE: ./lib/agents/http.js









const HttpOptions = schemas/* strictObject */.rej({
    url: schemas/* string */.YjP()
        .min(1)
        .describe('where to ask; the path and query may be a template, the host may not')
        .refine((url) => (0,lib_template/* templateNames */.VQ)(originOf(url)).length === 0, 'a template cannot choose the host, only the path and query'),
    method: schemas/* enum */.k5n(['POST', 'PUT', 'PATCH', 'GET']).default('POST').describe('request method; GET sends no body'),
    headers: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a header name'), schemas/* string */.YjP())
        .default({})
        .describe('request headers; templates'),
    body: json/* Json */.LM.default({ input: '{{input}}' }).describe('any JSON; a template'),
    reply: ReplyOptions.default({}).describe('where things are in the reply, as JSON pointers'),
    stream: StreamOptions.default({}).describe('for replies of the type text/event-stream'),
});
/** One request per user message to any JSON or event-stream endpoint. */
const http = (0,agents_agent/* defineAgent */.f)({
    type: 'http',
    summary: 'an HTTP endpoint: JSON, text or server-sent events, mapped with templates and JSON pointers',
    options: HttpOptions,
    envFields: ['url', 'headers'],
    identity({ url, method, body, reply, stream }) {
        return { endpoint: endpointOf(url), template: { method, body, reply, stream } };
    },
    async open(options, ports) {
        const driver = compileDriver(options, ports);
        return {
            ask: (request) => {
                let session = null;
                const slot = sessionOf(request);
                return converse(request, async (turn) => {
                    const answer = await sendTurn(driver, { request, turn, slot, session });
                    session = answer.session ?? session;
                    return answer.reply;
                });
            },
            close: async () => driver.client.close(),
        };
    },
});
function compileDriver(options, ports) {
    const { url, method, headers, body, reply, stream } = options;
    const { deadlines, concurrency, maxReplyBytes } = ports;
    return {
        client: createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines }),
        target: parseTarget((0,lib_template/* templateNames */.VQ)(url).length > 0 ? originOf(url) : url),
        method,
        path: (0,lib_template/* templateNames */.VQ)(url).length > 0 ? compilePath(url.slice(originOf(url).length)) : undefined,
        headers: Object.entries(withDefaults(headers, method)).map(([name, value]) => [name, (0,lib_template/* compileTemplate */.Gq)(value)]),
        body: method === 'GET' ? undefined : (0,lib_template/* compileTemplate */.Gq)(body),
        scopeOf: compileScope({ url, headers, ...(method === 'GET' ? {} : { body }) }),
        replyMap: compileReplyMap(reply, stream),
        endMark: stream.done,
        maxReplyBytes,
    };
}
function withDefaults(headers, method) {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const defaults = { accept: 'application/json, text/event-stream;q=0.9, */*;q=0.5', 'accept-encoding': 'gzip, br' };
    if (method !== 'GET')
        defaults['content-type'] = 'application/json';
    return { ...defaults, ...own };
}
async function sendTurn(driver, context) {
    const { client, target, method, replyMap, endMark, maxReplyBytes } = driver;
    const { slot, turn, request } = context;
    const filled = fill(driver, context);
    filled.headers['idempotency-key'] ??= turn.number === 1 ? slot : `${slot}-t${turn.number}`;
    let events;
    const answer = await client.request({
        target,
        method,
        ...filled,
        signal: request.signal,
        onText(text) {
            events ??= collectEvents({ endMark, maxChars: maxReplyBytes });
            return events.feed(text);
        },
    });
    const isStream = answer.contentType === 'text/event-stream';
    const mapped = isStream ? replyMap.fromEvents(events?.finish() ?? []) : replyMap.fromBody(answer.body, answer.contentType);
    mapped.reply.firstByteMs = answer.firstByteMs;
    return mapped;
}
function fill(driver, context) {
    try {
        const scope = driver.scopeOf(context);
        const headers = {};
        for (const [name, value] of driver.headers)
            headers[name] = (0,lib_template/* textOf */.b6)(value(scope));
        const body = driver.body && JSON.stringify(driver.body(scope));
        const path = driver.path && (0,lib_template/* textOf */.b6)(driver.path(scope));
        return { headers, ...(body === undefined ? {} : { body }), ...(path === undefined ? {} : { path }) };
    }
    catch (error) {
        throw new agents_agent/* AgentFailure */.W('agent-error', `the request cannot be built: ${(0,lib_template/* templateProblem */.MS)(error)}`, { phase: 'not-sent', isTransient: false });
    }
}
/** Scheme, credentials and host as written. */
function originOf(url) {
    return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}
/** Values are percent-encoded, so that data cannot leave its place in the path. */
function compilePath(path) {
    const parts = path.split('#', 1)[0]?.split(/(\{\{[^}]*\}\})/) ?? [];
    const pieces = parts.map((part) => (part.startsWith('{{') ? { value: (0,lib_template/* compileTemplate */.Gq)(part) } : part.replace(/[^\x21-\x7e]/gu, encodeURIComponent)));
    return (scope) => {
        const filled = pieces.map((piece) => (typeof piece === 'string' ? piece : encodeURIComponent((0,lib_template/* textOf */.b6)(piece.value(scope))))).join('');
        // Dots are not encoded, and encoding them would not help: servers resolve both.
        if (/\/\.\.?(?:[/?]|$)/.test(filled.split('?', 1)[0] ?? ''))
            throw new Error('a value makes "." or ".." of a part of the path');
        return filled;
    };
}
/** The endpoint without credentials and query, for messages and the fingerprint. */
function endpointOf(url) {
    const [path = ''] = url.slice(originOf(url).length).split(/[?#]/, 1);
    return parseTarget(originOf(url)).endpoint.replace(/\/$/, '') + path;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./lib/io/modules.js
var modules = __webpack_require__(12969);
;// CONCATENATED MODULE: ./lib/agents/module.js








const ModuleOptions = schemas/* strictObject */.rej({
    path: schemas/* string */.YjP().min(1).describe('a JavaScript module; relative to the config file'),
    export: schemas/* string */.YjP().min(1).default('default').describe('name of the exported function'),
    env: EnvOptions,
});
/** How long a module may take to load before the first call. */
const loadTimeoutMs = 60_000;
/** The slot's own signal ends a call; timers need some number. */
const longestTimerMs = 2_147_483_647;
/** Calls `async ({input, turns, sample, system, state, epoch, slot}) => text | {output, …} | {turns}` of a JavaScript file, in child processes. */
const module_module = (0,agents_agent/* defineAgent */.f)({
    type: 'module',
    summary: 'an async function of a JavaScript file, run in its own process',
    options: ModuleOptions,
    envFields: ['env'],
    identity: ({ path, export: name }) => ({ template: { path, export: name } }),
    async open(options, ports) {
        const { path, export: exportName, env } = options;
        const { baseDir, concurrency, maxReplyBytes } = ports;
        await checkFile(path, ports);
        const runner = (0,modules/* createModulePort */.S)({ baseDir, poolSize: concurrency, env, maxAnswerBytes: maxReplyBytes });
        try {
            await runner.check({ file: path, exportName, timeoutMs: loadTimeoutMs });
        }
        catch (error) {
            await runner.close();
            throw invalid((0,errors/* messageOf */.bD)(error), 'fix the file, or agent.path and agent.export');
        }
        return { ask: (request) => call(runner, { file: path, exportName }, request), close: () => runner.close() };
    },
});
async function checkFile(path, ports) {
    const info = await (0,promises_.stat)((0,external_node_path_.resolve)(ports.baseDir, path)).catch(() => undefined);
    if (!info?.isFile())
        throw invalid(`there is no file ${path}`, 'agent.path starts from the folder of the config file');
}
async function call(runner, target, request) {
    const { signal } = request;
    const startedAt = performance.now();
    let value;
    try {
        value = await runner.call({ ...target, payload: slotPayload(request), timeoutMs: longestTimerMs, signal });
    }
    catch (error) {
        if (error instanceof worker_pool/* WorkerFailure */.r)
            throw workerFailure(error, signal, 'the agent');
        const kind = error instanceof modules/* ModuleError */.p ? 'agent-error' : 'process';
        throw new agents_agent/* AgentFailure */.W(kind, (0,errors/* messageOf */.bD)(error), { phase: 'answered', cause: error });
    }
    return answeredTrajectory(value, request, startedAt);
}
function invalid(message, remedy) {
    return new errors/* ToolError */.v4({ code: 'agent-module-invalid', message, remedy, problems: [{ field: 'agent.path', message, remedy }] });
}

;// CONCATENATED MODULE: ./lib/io/openai.js





/** Our deadlines are the only ones: the SDK's own timer must never fire first. */
const neverMs = 2_147_483_647;
/**
 * Chat completions of any OpenAI-compatible endpoint. The SDK is loaded with the first call and speaks through our HTTP
 * client, so that limits, blocked addresses, redirects and failures are the same as for every other agent.
 */
function createChatClient(options) {
    let opened;
    return {
        async complete(request) {
            if (request.signal.aborted)
                throw (0,failure/* abortFailure */.P1)(request.signal, 'not-sent');
            opened ??= openSdk(options);
            const { sdk, firstBytes } = await opened;
            try {
                return await (request.isStream ? stream(sdk, request, firstBytes) : whole(sdk, request, firstBytes));
            }
            catch (error) {
                throw chatFailure(error, request.signal);
            }
        },
    };
}
async function openSdk({ http, baseUrl, apiKey, headers = {} }) {
    const { OpenAI } = await __webpack_require__.e(/* import() */ 674).then(__webpack_require__.bind(__webpack_require__, 93674));
    const firstBytes = new WeakMap();
    // OPENAI_CUSTOM_HEADERS and what the SDK tells about this machine stay here.
    const names = ['accept', 'content-type', 'idempotency-key', ...(apiKey ? ['authorization'] : []), ...Object.keys(headers)];
    const allowedHeaders = new Set(names.map((name) => name.toLowerCase()));
    const sdk = new OpenAI({
        baseURL: baseUrl,
        // The SDK demands some key, and takes what it is not given from the environment: that must not reach the endpoint.
        apiKey: apiKey ?? 'none',
        adminAPIKey: null,
        organization: null,
        project: null,
        webhookSecret: null,
        defaultHeaders: { ...(apiKey ? {} : { authorization: null }), ...headers },
        maxRetries: 0,
        timeout: neverMs,
        logLevel: 'off',
        fetch: (url, init = {}) => send({ http, url: String(url), init, allowedHeaders, firstBytes }),
    });
    return { sdk, firstBytes };
}
async function send({ http, url, init, allowedHeaders, firstBytes }) {
    const texts = [];
    const reply = await http.request({
        target: parseTarget(url),
        method: init.method ?? 'POST',
        headers: Object.fromEntries([...new Headers(init.headers)].filter(([name]) => allowedHeaders.has(name))),
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
        signal: init.signal ?? new AbortController().signal,
        onText(text) {
            texts.push(text);
            return !/(^|\n|\r)data: ?\[DONE\]/.test(texts.slice(-2).join(''));
        },
    });
    const body = texts.length > 0 ? texts.join('') : reply.body;
    const response = new Response(reply.status === 204 ? null : body, { status: reply.status, headers: { 'content-type': reply.contentType } });
    firstBytes.set(response, reply.firstByteMs);
    return response;
}
function callOptions({ signal, idempotencyKey }) {
    return { signal, headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey } };
}
function bodyOf({ model, messages, temperature, maxTokens, extra }) {
    return {
        ...extra,
        model,
        messages: messages,
        ...(temperature === undefined ? {} : { temperature }),
        ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    };
}
const Text = schemas/* string */.YjP().nullish();
/** Some endpoints give the text in parts. */
const Content = schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* looseObject */._H3({ text: Text })]))]).nullish();
/** Some endpoints give the arguments as the object itself. */
const Arguments = schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).transform((value) => JSON.stringify(value))]).nullish();
const ToolCall = schemas/* looseObject */._H3({ id: Text, type: Text, function: schemas/* looseObject */._H3({ name: schemas/* string */.YjP(), arguments: Arguments }).optional() });
const Message = schemas/* looseObject */._H3({ content: Content, refusal: Text, tool_calls: schemas/* array */.YOg(ToolCall).nullish() });
const Completion = schemas/* looseObject */._H3({
    choices: schemas/* tuple */.PVZ([schemas/* looseObject */._H3({ message: Message, finish_reason: Text })], schemas/* unknown */.L5J()),
    usage: schemas/* unknown */.L5J().optional(),
});
/** The place of a piece comes from the stream: anything but a small number could reach into the list itself. */
const Piece = schemas/* looseObject */._H3({
    index: schemas/* int */.Whr().min(0).max(1023),
    id: Text,
    function: schemas/* looseObject */._H3({ name: Text, arguments: Arguments }).nullish(),
});
const Delta = schemas/* looseObject */._H3({ content: Content, refusal: Text, tool_calls: schemas/* array */.YOg(Piece).nullish() });
const Chunk = schemas/* looseObject */._H3({
    choices: schemas/* array */.YOg(schemas/* looseObject */._H3({ delta: Delta.nullish(), finish_reason: Text })).nullish(),
    usage: schemas/* unknown */.L5J().optional(),
});
async function whole(sdk, request, firstBytes) {
    const call = sdk.chat.completions.create({ ...bodyOf(request), stream: false }, callOptions(request));
    const { data, response } = await call.withResponse();
    const { choices, usage } = read(Completion, data);
    const [{ message, finish_reason: finishReason }] = choices;
    const calls = (message.tool_calls ?? []).filter(({ type }) => type !== 'custom');
    return {
        content: contentText(message.content),
        toolCalls: calls.map(({ id, function: called }) => {
            if (!called)
                throw notACompletion(data);
            return { id: id ?? '', name: called.name, arguments: called.arguments ?? '' };
        }),
        ...(message.refusal ? { refusal: message.refusal } : {}),
        ...(finishReason ? { finishReason } : {}),
        ...tokens(usage),
        ...timing(firstBytes, response),
    };
}
async function stream(sdk, request, firstBytes) {
    const body = { ...bodyOf(request), stream: true, stream_options: { include_usage: true } };
    const { data, response } = await sdk.chat.completions.create(body, callOptions(request)).withResponse();
    const calls = new Map();
    const reply = { content: '', toolCalls: [], ...timing(firstBytes, response) };
    for await (const chunk of data) {
        const { choices, usage } = read(Chunk, chunk);
        Object.assign(reply, tokens(usage));
        const choice = choices?.[0];
        if (choice?.finish_reason)
            reply.finishReason = choice.finish_reason;
        reply.content += contentText(choice?.delta?.content);
        if (choice?.delta?.refusal)
            reply.refusal = (reply.refusal ?? '') + choice.delta.refusal;
        for (const piece of choice?.delta?.tool_calls ?? [])
            addPiece(calls, piece);
    }
    if (reply.finishReason === undefined)
        throw new agents_agent/* AgentFailure */.W('reset', 'the event stream ended before the model had finished', { phase: 'ambiguous' });
    return { ...reply, toolCalls: [...calls].sort(([a], [b]) => a - b).map(([, call]) => call) };
}
function addPiece(calls, { index, id, function: called }) {
    const call = calls.get(index) ?? { id: '', name: '', arguments: '' };
    calls.set(index, call);
    call.id ||= id ?? '';
    call.name += called?.name ?? '';
    call.arguments += called?.arguments ?? '';
}
function contentText(content) {
    if (typeof content === 'string')
        return content;
    return (content ?? []).map((part) => (typeof part === 'string' ? part : (part.text ?? ''))).join('');
}
function read(schema, data) {
    const parsed = schema.safeParse(data);
    if (parsed.success)
        return parsed.data;
    throw notACompletion(data, parsed.error.issues[0]);
}
function notACompletion(data, issue) {
    const where = issue ? ` (${issue.path.join('.')}: ${issue.message})` : '';
    return new agents_agent/* AgentFailure */.W('bad-response', `the reply is no chat completion${where}: ${(0,failure/* excerptOf */.zU)(JSON.stringify(data) ?? '')}`, { phase: 'answered' });
}
const Usage = schemas/* looseObject */._H3({ prompt_tokens: schemas/* number */.aig().optional().catch(undefined), completion_tokens: schemas/* number */.aig().optional().catch(undefined) });
function tokens(value) {
    const usage = Usage.safeParse(value).data;
    return {
        ...(usage?.prompt_tokens === undefined ? {} : { inputTokens: usage.prompt_tokens }),
        ...(usage?.completion_tokens === undefined ? {} : { outputTokens: usage.completion_tokens }),
    };
}
function timing(firstBytes, response) {
    const firstByteMs = firstBytes.get(response);
    return firstByteMs === undefined ? {} : { firstByteMs };
}
/** The SDK wraps what our client throws; the failure inside knows best. */
function chatFailure(error, signal) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
        if (cause instanceof agents_agent/* AgentFailure */.W && cause.kind !== 'aborted')
            return cause;
    }
    if (signal.aborted)
        return (0,failure/* abortFailure */.P1)(signal, 'ambiguous');
    const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
    if (status !== undefined)
        return (0,failure/* statusFailure */.FP)(status, { excerpt: (0,failure/* excerptOf */.zU)((0,errors/* messageOf */.bD)(error)), cause: error });
    if (error instanceof SyntaxError)
        return new agents_agent/* AgentFailure */.W('bad-response', `the reply is not JSON (${error.message})`, { phase: 'answered', cause: error });
    return new agents_agent/* AgentFailure */.W('agent-error', (0,failure/* excerptOf */.zU)((0,errors/* messageOf */.bD)(error), 500), { phase: 'answered', cause: error });
}

;// CONCATENATED MODULE: ./lib/agents/openai-chat.js






const OpenaiChatOptions = schemas/* strictObject */.rej({
    baseUrl: schemas/* string */.YjP().min(1).default('https://api.openai.com/v1').describe('up to and with the version, such as https://api.openai.com/v1'),
    apiKey: schemas/* string */.YjP().optional().describe('sent as a bearer token; absent: no authorization header'),
    model: schemas/* string */.YjP().min(1).describe('name of the model'),
    system: schemas/* string */.YjP().optional().describe('system prompt; the one of a sample wins'),
    temperature: schemas/* number */.aig().min(0).max(2).optional().describe('0..2; absent: the default of the endpoint'),
    maxTokens: schemas/* int */.Whr().min(1).optional().describe('tokens of one reply at most'),
    headers: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).default({}).describe('further headers'),
    stream: schemas/* boolean */.zMY().default(false).describe('true: the time to the first byte is that of the first token'),
});
/** A model behind an OpenAI-compatible endpoint. Tool calls are recorded as steps; no tool is run. */
const openaiChat = (0,agents_agent/* defineAgent */.f)({
    type: 'openai-chat',
    summary: 'a model behind an OpenAI-compatible chat completions endpoint',
    options: OpenaiChatOptions,
    envFields: ['baseUrl', 'apiKey', 'headers'],
    identity({ baseUrl, model, system, temperature, maxTokens, stream }) {
        const template = { model, system, temperature, maxTokens, stream };
        return { endpoint: parseTarget(baseUrl).endpoint, template: JSON.parse(JSON.stringify(template)) };
    },
    async open(options, ports) {
        const { baseUrl, apiKey, model, system, temperature, maxTokens, headers, stream } = options;
        parseTarget(baseUrl);
        const { deadlines, concurrency, maxReplyBytes } = ports;
        const client = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
        const chat = createChatClient({ http: client, baseUrl, apiKey, headers });
        return {
            ask: (request) => converse(request, async (turn) => {
                const messages = messagesOf(turn, request.sample.system ?? system);
                const session = sessionOf(request);
                const key = turn.number === 1 ? session : `${session}-t${turn.number}`;
                const { signal } = request;
                return toTurn(await chat.complete({ model, messages, temperature, maxTokens, isStream: stream, idempotencyKey: key, signal }));
            }),
            close: async () => client.close(),
        };
    },
});
function toTurn(reply) {
    const { content, refusal, toolCalls, inputTokens, outputTokens, firstByteMs } = reply;
    const output = content || refusal || '';
    if (output === '' && toolCalls.length === 0)
        throw badReply(`the model gave no text and no tool call (finish reason: ${reply.finishReason ?? 'none'})`);
    const usage = { ...(inputTokens === undefined ? {} : { inputTokens }), ...(outputTokens === undefined ? {} : { outputTokens }) };
    return {
        output,
        steps: readToolCalls(toolCalls),
        ...(Object.keys(usage).length > 0 ? { usage } : {}),
        ...(firstByteMs === undefined ? {} : { firstByteMs }),
    };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(80481);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(34561);
;// CONCATENATED MODULE: ./lib/agents/replay.js












const ReplayOptions = schemas/* strictObject */.rej({
    path: schemas/* string */.YjP().min(1).describe('a recorded.jsonl, a run.jsonl, or the output folder of a run'),
});
const ErrorLine = schemas/* looseObject */._H3({
    kind: schemas/* string */.YjP().default('agent-error'),
    message: schemas/* string */.YjP().default('recorded error'),
    status: schemas/* int */.Whr().optional(),
});
/** A line of a recording that people or other tools write. */
const RecordedLine = schemas/* looseObject */._H3({
    id: schemas/* string */.YjP().min(1),
    epoch: schemas/* int */.Whr().min(1).optional(),
    trajectory: json/* JsonObject */.Y5.optional(),
    output: json/* Json */.LM.optional(),
    error: ErrorLine.optional(),
})
    .refine((line) => line.trajectory !== undefined || line.output !== undefined || line.error !== undefined, {
    message: 'a line needs "output", "trajectory" or "error"',
});
/** Answers from a recording, at no cost: offline examples, tests, checking output that something else produced. */
const replay = (0,agents_agent/* defineAgent */.f)({
    type: 'replay',
    summary: 'answers from a recording or an earlier run, without a call',
    options: ReplayOptions,
    envFields: [],
    isPaid: false,
    identity: ({ path }) => ({ template: { path } }),
    async open({ path }, ports) {
        const recording = await loadRecording(path, (0,external_node_path_.resolve)(ports.baseDir, path));
        return {
            ask: async (request) => answer(recording, request, path),
            close: async () => recording.clear(),
        };
    },
});
function answer(recording, request, path) {
    const { sample, epoch, signal } = request;
    if (signal.aborted)
        throw (0,failure/* abortFailure */.P1)(signal, 'not-sent');
    const epochs = recording.get(sample.id);
    const recorded = epochs?.get(epoch) ?? epochs?.get(0);
    if (!recorded) {
        const detail = epochs ? `repeat ${epoch} of sample "${sample.id}"` : `sample "${sample.id}"`;
        throw new agents_agent/* AgentFailure */.W('no-recording', `${path} has no line for ${detail}`, { phase: 'answered' });
    }
    if ('error' in recorded)
        throw recordedFailure(recorded.error);
    return 'trajectory' in recorded ? recorded.trajectory : toTrajectory(recorded.value, inputsOf(sample));
}
const failureKinds = [
    'refused',
    'unreachable',
    'tls',
    'timeout',
    'reset',
    'rate-limited',
    'http-status',
    'redirect',
    'bad-response',
    'too-large',
    'agent-error',
    'process',
    'no-recording',
    'aborted',
];
/** The agent's own answer now: asking a recording again cannot help, whatever the kind was then. */
function recordedFailure({ kind, message, status }) {
    const known = failureKinds.find((candidate) => candidate === kind);
    return new agents_agent/* AgentFailure */.W(known ?? 'agent-error', known ? message : `${kind}: ${message}`, {
        phase: 'answered',
        isTransient: false,
        ...(status === undefined ? {} : { status }),
    });
}
async function loadRecording(shownPath, path) {
    const info = await (0,promises_.stat)(path).catch((error) => {
        throw replay_invalid(shownPath, undefined, `the recording cannot be read (${(0,errors/* messageOf */.bD)(error)})`, 'check agent.path; it starts from the folder of the config file');
    });
    if (info.isDirectory())
        return loadRunLog(await (0,run_log_file/* resolveRunLog */.eL)(path));
    const recording = new Map();
    let line = 0;
    const input = (0,external_node_fs_.createReadStream)(path, 'utf8');
    try {
        for await (const raw of (0,external_node_readline_.createInterface)({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
            line += 1;
            const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw;
            if (text.trim() === '')
                continue;
            const value = parseLine(text, shownPath, line);
            if (recording.size === 0 && isObject(value) && value.type === 'run' && value.schemaVersion !== undefined)
                return await loadRunLog(path);
            addLine(recording, value, shownPath, line);
        }
    }
    finally {
        input.destroy();
    }
    if (recording.size === 0)
        throw replay_invalid(shownPath, undefined, 'the recording is empty', 'write one JSON object per line: {"id", "output"}');
    return recording;
}
async function loadRunLog(path) {
    const recording = new Map();
    for await (const { sample, epoch, trajectory, error } of (0,run_log_file/* readResponses */.FP)(path)) {
        if (trajectory)
            keep(recording, sample, epoch, { trajectory });
        else if (error)
            keep(recording, sample, epoch, { error });
    }
    return recording;
}
function parseLine(text, file, line) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw replay_invalid(file, line, `not JSON (${(0,errors/* messageOf */.bD)(error)})`, 'write one JSON object per line: {"id", "output"}');
    }
}
/** Answers are read fully now, so that a mistake is a line number at the start and not an error per slot. */
function addLine(recording, value, file, line) {
    const parsed = RecordedLine.safeParse(value);
    if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
        throw replay_invalid(file, line, `${where}${issue?.message ?? 'not a recorded line'}`, 'a line is {"id", "epoch"?, "output" | "trajectory" | "error"}');
    }
    const { id, epoch = 0, error, trajectory } = parsed.data;
    if (error) {
        keep(recording, id, epoch, { error });
        return;
    }
    const recorded = trajectory ?? value;
    try {
        toTrajectory(recorded, []);
    }
    catch (problem) {
        throw replay_invalid(file, line, (0,errors/* messageOf */.bD)(problem), 'see "Replay agent" in the documentation for the forms of a line');
    }
    keep(recording, id, epoch, { value: recorded });
}
function keep(recording, id, epoch, recorded) {
    const epochs = recording.get(id) ?? new Map();
    recording.set(id, epochs.set(epoch, recorded));
}
function replay_invalid(file, line, message, remedy) {
    const problem = { file, ...(line === undefined ? {} : { line }), field: 'agent.path', message, remedy };
    return new errors/* ToolError */.v4({
        code: 'recording-invalid',
        message: `${file}${line === undefined ? '' : `:${line}`}: ${message}`,
        remedy,
        problems: [problem],
    });
}

;// CONCATENATED MODULE: ./lib/agents/registry.js







/** The one list of agent drivers. */
const agents = (0,registry/* createRegistry */.Iq)('agent', [http, openaiChat, command, module_module, replay, doNothing]);


/***/ }),

/***/ 94054:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cj: () => (/* binding */ tailOf),
/* harmony export */   FP: () => (/* binding */ statusFailure),
/* harmony export */   P1: () => (/* binding */ abortFailure),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter),
/* harmony export */   rd: () => (/* binding */ networkFailure),
/* harmony export */   zU: () => (/* binding */ excerptOf)
/* harmony export */ });
/* harmony import */ var _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67975);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);


/** Why a call ended early: `timeout` when the signal's reason is a TimeoutError (the slot's deadline), else `aborted`. */
function abortFailure(signal, phase) {
    const reason = signal.reason;
    const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
    if (isTimeout)
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('timeout', 'the time limit of the slot passed before the answer was complete', { phase });
    return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('aborted', 'the run was stopped', { phase, isTransient: false, cause: reason });
}
/** Safe to send again after a pause: the server says that it did not serve the request. 504 is a gateway's own answer. */
const transientStatuses = new Set([408, 425, 429, 502, 503, 504, 529]);
/** What a status outside 200..299 means for a retry. `excerpt` is the start of the body, as one line of text. */
function statusFailure(status, options) {
    const { excerpt, retryAfterMs, cause } = options;
    const message = `the agent answered with status ${status}${excerpt ? `: ${excerpt}` : ''}`;
    const details = { status, cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    if (status === 500)
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('http-status', message, { phase: 'ambiguous', ...details });
    const kind = status === 429 ? 'rate-limited' : 'http-status';
    return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W(kind, message, { phase: 'answered', isTransient: transientStatuses.has(status), ...details });
}
/**
 * `Retry-After` as milliseconds from now: seconds, or an HTTP date against the response's own `Date` header, so that
 * a wrong clock on either side does not matter. A past date is 0. Absent, negative or junk: undefined.
 */
function parseRetryAfter(retryAfter, date) {
    const text = retryAfter?.trim() ?? '';
    if (/^\d{1,9}(\.\d+)?$/.test(text))
        return Math.ceil(Number(text) * 1000);
    if (!/^[A-Za-z]{3}/.test(text))
        return undefined;
    const until = Date.parse(text);
    if (Number.isNaN(until))
        return undefined;
    const now = date === undefined ? Number.NaN : Date.parse(date);
    return Math.max(0, until - (Number.isNaN(now) ? Date.now() : now));
}
const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;
const unreachableCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL']);
/** An error of a socket or of name resolution as a failure. `phase` is what is known of the request then; `where` goes into the message. */
function networkFailure(error, phase, where) {
    const code = codeOf(error);
    const message = (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error) || code;
    if (code === 'ECONNREFUSED')
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('refused', `nothing listens at ${where} (${message})`, { phase: 'not-sent', cause: error });
    if (unreachableCodes.has(code))
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('unreachable', `${where} cannot be reached (${message})`, { phase, cause: error });
    if (code === 'ETIMEDOUT')
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('timeout', `the connection to ${where} timed out (${message})`, { phase, cause: error });
    if (tlsCode.test(code))
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('tls', `no secure connection to ${where} (${message})`, { phase, isTransient: false, cause: error });
    if (code.startsWith('HPE_'))
        return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('bad-response', `${where} gave no valid HTTP reply (${message})`, { phase: 'answered', cause: error });
    return new _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .AgentFailure */ .W('reset', `the connection to ${where} broke (${message})`, { phase, cause: error });
}
/** Error text of several addresses sits in an AggregateError, whose own code is that of the first. */
function codeOf(error) {
    if (typeof error !== 'object' || error === null)
        return '';
    if ('code' in error && typeof error.code === 'string')
        return error.code;
    return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}
/** Text of a stranger as one short line for a message: no control or format characters, at most `maxLength` characters, never half a word. */
function excerptOf(text, maxLength = 200) {
    const head = text.slice(0, maxLength * 8);
    const title = /<title[^>]*>([^<]*)</i.exec(head)?.[1];
    const source = /^\s*<(?:!doctype|html)/i.test(head) ? `an HTML page "${title?.trim() || head.replace(/<[^>]*>/g, ' ')}"` : head;
    const line = source.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
    const characters = [...line];
    const isCut = characters.length > maxLength || (source === head && head.length < text.length);
    return isCut ? `${characters.slice(0, maxLength).join('').replace(cutWordAtEnd, '')}…` : line;
}
/** The end of a text, at most `maxLength` characters, never half a word. */
function tailOf(text, maxLength) {
    return text.length > maxLength ? `…${text.slice(-maxLength).replace(cutWordAtStart, '')}` : text;
}
/** A cut goes in front of a word, not through it: nobody would recognize, and hide, half of a secret. */
const cutWordAtEnd = /[!#-&(-;=?-~]+$/;
const cutWordAtStart = /^[!#-&(-;=?-~]+/;


/***/ }),

/***/ 12969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ createModulePort),
/* harmony export */   p: () => (/* binding */ ModuleError)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73136);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(29785);
/* harmony import */ var _worker_pool_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(90791);





/** What is wrong with the user's own code or its answer: the process is well, and asking again would give the same. */
class ModuleError extends Error {
    constructor(message) {
        super(message);
        this.name = 'ModuleError';
    }
}
const answerLimit = 10 * 1024 * 1024;
/**
 * Runs functions of user modules in child processes. A throw, an exit, a crash, too much memory, an endless loop (killed at
 * the time limit) or a value that is not JSON rejects that one call with a reason. Its own process is not a sandbox.
 */
function createModulePort(options) {
    const { baseDir, poolSize, env = {}, maxAnswerBytes = answerLimit, maxHeapMiB = 1024 } = options;
    let pool;
    const openPool = () => {
        const worker = (0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(new URL(/* asset import */ __webpack_require__(36798), __webpack_require__.b));
        return (0,_worker_pool_js__WEBPACK_IMPORTED_MODULE_4__/* .createWorkerPool */ .V)({
            argv: [process.execPath, `--max-old-space-size=${maxHeapMiB}`, worker],
            cwd: baseDir,
            env: (0,_process_js__WEBPACK_IMPORTED_MODULE_3__/* .scrubbedEnv */ .wS)(env),
            size: poolSize,
            maxLineBytes: maxAnswerBytes + 4096,
            channel: 'private',
            graceMs: 0,
        });
    };
    const send = async (request) => {
        pool ??= openPool();
        const { file, exportName, payload, isCheck, timeoutMs, signal } = request;
        const id = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
        const url = (0,node_url__WEBPACK_IMPORTED_MODULE_2__.pathToFileURL)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(baseDir, file)).href;
        const line = JSON.stringify({ id, url, exportName, payload, isCheck, maxBytes: maxAnswerBytes });
        try {
            let answer;
            const isAnswer = (text) => {
                answer = parseAnswer(text, id);
                return answer !== undefined;
            };
            await pool.call(line, { signal, timeoutMs, isAnswer });
            if (answer?.error !== undefined)
                throw new ModuleError(`${file}: ${answer.error}`);
            return answer?.value ?? null;
        }
        catch (error) {
            throw error instanceof _worker_pool_js__WEBPACK_IMPORTED_MODULE_4__/* .WorkerFailure */ .r ? new _worker_pool_js__WEBPACK_IMPORTED_MODULE_4__/* .WorkerFailure */ .r(error.kind, `${file}: ${reasonOf(error)}`, error.isSent) : error;
        }
    };
    return {
        call: send,
        async check(request) {
            await send({ ...request, payload: null, isCheck: true });
        },
        close: async () => pool?.close(),
    };
}
function reasonOf({ kind, message }) {
    return kind === 'ended' ? `its process ${message}` : message;
}
/** The answer to this very call: a line that the user's code forged has no known id. */
function parseAnswer(line, id) {
    let answer;
    try {
        answer = JSON.parse(line);
    }
    catch {
        return undefined;
    }
    if (typeof answer !== 'object' || answer === null || !('id' in answer) || answer.id !== id)
        return undefined;
    if ('error' in answer)
        return { error: String(answer.error) };
    return 'value' in answer ? { value: answer.value } : {};
}


/***/ }),

/***/ 29785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KE: () => (/* binding */ describeExit),
/* harmony export */   Oh: () => (/* binding */ startGroup),
/* harmony export */   R3: () => (/* binding */ runProcess),
/* harmony export */   wS: () => (/* binding */ scrubbedEnv)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(94054);


const stderrTailChars = 4000;
const inheritedNames = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'SystemRoot', 'TEMP', 'PATHEXT'];
/** What a child process gets of our environment: where programs and temporary files are, the language, and what was declared. */
function scrubbedEnv(declared = {}) {
    const env = {};
    for (const name of inheritedNames) {
        const value = process.env[name];
        if (value !== undefined)
            env[name] = value;
    }
    return { ...env, ...declared };
}
/** Runs a process to its end: text in, bytes out. Never rejects. */
async function runProcess(options) {
    const { signal, stdin, maxOutputBytes, graceMs = 2000 } = options;
    if (signal.aborted)
        return { kind: 'aborted', stderrTail: '' };
    const group = startGroup(options, ['pipe', 'pipe', 'pipe']);
    const chunks = [];
    let size = 0;
    let stopped;
    const stop = (kind, grace) => {
        stopped ??= kind;
        void group.stop(grace);
    };
    const onAbort = () => stop('aborted', graceMs);
    signal.addEventListener('abort', onAbort, { once: true });
    group.child.stdout?.on('data', (chunk) => {
        size += chunk.length;
        if (size > maxOutputBytes)
            stop('too-large', 0);
        else
            chunks.push(chunk);
    });
    // A child that does not read its input is its own affair: EPIPE is expected.
    group.child.stdin?.on('error', () => { });
    group.child.stdin?.end(stdin);
    const exit = await group.exit;
    signal.removeEventListener('abort', onAbort);
    if (exit.error)
        return { kind: 'not-started', error: exit.error };
    if (stopped)
        return { kind: stopped, stderrTail: group.stderrTail() };
    return { kind: 'ended', exit, stdout: Buffer.concat(chunks), stderrTail: group.stderrTail() };
}
/** Starts a child as the leader of a new process group; it is killed when our own process exits. */
function startGroup(options, stdio) {
    const [program = '', ...args] = options.argv;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd: options.cwd, env: options.env, stdio, detached: process.platform !== 'win32', windowsHide: true });
    let tail = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
        tail = (tail + text).slice(-stderrTailChars - 1);
    });
    killOnOurExit(child);
    const exit = new Promise((resolve) => {
        let isDone = false;
        const done = (end) => {
            if (isDone)
                return;
            isDone = true;
            living.delete(child);
            resolve(end);
        };
        child.once('error', (error) => {
            if (child.pid === undefined)
                done({ code: null, signal: null, error });
        });
        child.once('close', (code, signal) => done({ code, signal }));
        // `close` waits for everyone who holds the pipes; leftovers of the group would keep it open for ever.
        child.once('exit', () => killGroup(child, 'SIGKILL'));
    });
    return {
        child,
        exit,
        stderrTail: () => (0,_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .tailOf */ .Cj)(tail, stderrTailChars),
        async stop(graceMs) {
            if (graceMs > 0)
                killGroup(child, 'SIGTERM');
            const timer = setTimeout(() => killGroup(child, 'SIGKILL'), graceMs);
            if (graceMs === 0)
                killGroup(child, 'SIGKILL');
            await exit;
            clearTimeout(timer);
        },
    };
}
const living = new Set();
/** One listener for all children: one each would pass node's warning limit. */
function killOnOurExit(child) {
    if (!process.listeners('exit').includes(killLiving))
        process.on('exit', killLiving);
    living.add(child);
}
function killLiving() {
    for (const child of living)
        killGroup(child, 'SIGKILL');
}
/** Signals every process of the group; one that has gone is no error. */
function killGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        if (process.platform === 'win32')
            child.kill(signal);
        else
            process.kill(-child.pid, signal);
    }
    catch {
        // ESRCH: nobody of the group is left.
    }
}
/** How a process ended, for a person: `exited with code 3`, `was killed by SIGKILL`. */
function describeExit(exit) {
    if (exit.error)
        return `could not be started (${exit.error.message})`;
    return exit.signal ? `was killed by ${exit.signal}` : `exited with code ${exit.code}`;
}


/***/ }),

/***/ 90791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ createWorkerPool),
/* harmony export */   r: () => (/* binding */ WorkerFailure)
/* harmony export */ });
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29785);

/** Why a worker gave no answer. `isSent`: the request had been written, so its work may have been done. */
class WorkerFailure extends Error {
    kind;
    isSent;
    constructor(kind, message, isSent) {
        super(message);
        this.name = 'WorkerFailure';
        this.kind = kind;
        this.isSent = isSent;
    }
}
/** Long-lived child processes that answer lines with lines; started when first needed, replaced when they go. */
function createWorkerPool(options) {
    const workers = new Set();
    const idle = [];
    const waiting = [];
    let isClosed = false;
    const onGone = (worker) => {
        workers.delete(worker);
        const at = idle.indexOf(worker);
        if (at >= 0)
            idle.splice(at, 1);
        waiting.shift()?.();
    };
    const release = (worker) => {
        if (!worker.isGone)
            idle.push(worker);
        waiting.shift()?.();
    };
    const acquire = async (signal) => {
        for (;;) {
            if (isClosed)
                throw new WorkerFailure('closed', 'was closed', false);
            if (signal?.aborted) {
                // The wake-up that this call got may have been meant for the next one.
                waiting.shift()?.();
                throw new WorkerFailure('aborted', 'was stopped', false);
            }
            const worker = idle.pop() ?? (workers.size < options.size ? startWorker(options, onGone) : undefined);
            if (worker) {
                workers.add(worker);
                return worker;
            }
            await turnOf(waiting, signal);
        }
    };
    return {
        async call(line, limits) {
            const worker = await acquire(limits.signal);
            try {
                return await callWorker(worker, line, { ...limits, graceMs: options.graceMs });
            }
            finally {
                release(worker);
            }
        },
        async close() {
            isClosed = true;
            for (const wake of waiting.splice(0))
                wake();
            await Promise.all([...workers].map((worker) => worker.group.stop(options.graceMs)));
        },
    };
}
/** Resolves when something changed: a worker is free or gone, the pool closed, the signal aborted. */
function turnOf(waiting, signal) {
    return new Promise((resolve) => {
        const wake = () => {
            signal?.removeEventListener('abort', wake);
            const at = waiting.indexOf(wake);
            if (at >= 0)
                waiting.splice(at, 1);
            resolve();
        };
        waiting.push(wake);
        signal?.addEventListener('abort', wake, { once: true });
    });
}
function callWorker(worker, line, { signal, timeoutMs, isAnswer, graceMs }) {
    return new Promise((resolve, reject) => {
        const clear = () => {
            worker.call = undefined;
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
        };
        const give = (failure) => {
            clear();
            reject(failure);
        };
        const stop = (kind, message) => {
            worker.isGone = true;
            void worker.group.stop(graceMs);
            give(new WorkerFailure(kind, message, true));
        };
        const onAbort = () => stop('aborted', 'was stopped');
        const timer = timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout', `gave no answer within ${timeoutMs} ms`), timeoutMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        worker.call = {
            resolve(answer) {
                if (isAnswer && !isAnswer(answer))
                    return stop('foreign', 'wrote something that is not an answer');
                clear();
                resolve(answer);
            },
            reject: give,
        };
        worker.input.write(`${line}\n`);
    });
}
function startWorker(options, onGone) {
    const isPrivate = options.channel === 'private';
    const group = (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh)(options, isPrivate ? ['ignore', 'ignore', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe']);
    const [stdin, stdout, , own] = group.child.stdio;
    const input = (isPrivate ? own : stdin);
    const output = (isPrivate ? own : stdout);
    const worker = { group, input, call: undefined, isGone: false };
    // A worker that went is reported once, by its exit; a broken pipe comes with it.
    input?.on('error', () => { });
    if (output !== null && output !== undefined)
        readLines(output, worker, options.maxLineBytes);
    void group.exit.then((exit) => {
        worker.isGone = true;
        const tail = group.stderrTail().trim();
        const reason = `${/heap out of memory/.test(tail) ? 'ran out of memory' : (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .describeExit */ .KE)(exit)}${tail ? `; it wrote: ${tail}` : ''}`;
        worker.call?.reject(new WorkerFailure(exit.error ? 'not-started' : 'ended', reason, !exit.error));
        onGone(worker);
    });
    return worker;
}
/** Bytes up to a newline are one answer; without a call under way they are dropped. The caller checks whose answer it is. */
function readLines(output, worker, maxLineBytes) {
    let parts = [];
    let size = 0;
    output.on('error', () => { });
    output.on('data', (chunk) => {
        let rest = chunk;
        for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
            const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
            parts = [];
            size = 0;
            rest = rest.subarray(end + 1);
            worker.call?.resolve(line);
        }
        size += rest.length;
        if (rest.length > 0)
            parts.push(rest);
        if (size <= maxLineBytes)
            return;
        parts = [];
        worker.isGone = true;
        void worker.group.stop(0);
        worker.call?.reject(new WorkerFailure('too-large', `wrote more than ${maxLineBytes} bytes in one answer`, true));
    });
}


/***/ }),

/***/ 94933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gq: () => (/* binding */ compileTemplate),
/* harmony export */   MS: () => (/* binding */ templateProblem),
/* harmony export */   VQ: () => (/* binding */ templateNames),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _registry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70244);


/**
 * Compiles a JSON value whose strings may hold `{{name}}` or `{{name.path.0}}`. A string that is one placeholder
 * and nothing else becomes the value itself, whatever its type; inside longer text, text is put in as it is and
 * anything else as JSON text. Keys are not templates. Values are data: a `{{…}}` inside a value is not expanded again.
 */
function compileTemplate(template) {
    if (typeof template === 'string')
        return compileText(template);
    if (Array.isArray(template)) {
        const items = template.map((item) => compileTemplate(item));
        return (scope) => items.map((item) => item(scope));
    }
    if (template !== null && typeof template === 'object') {
        const entries = Object.entries(template).map(([key, value]) => [key, compileTemplate(value)]);
        return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
    }
    return () => template;
}
/** The names that a template uses, such as `row.question`, in order of appearance. */
function templateNames(template) {
    if (typeof template === 'string')
        return [...template.matchAll(placeholder)].map((match) => match[1] ?? '');
    if (template !== null && typeof template === 'object')
        return Object.values(template).flatMap((item) => templateNames(item));
    return [];
}
/** A value as it stands inside longer text. */
function textOf(value) {
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
/** A name starts with a letter, a digit, `_` or `$` and may hold spaces, as the columns of a spreadsheet do. */
const placeholder = /\{\{\s*([\p{L}\p{N}_$](?:[^{}\r\n]*[^{}\s])?)\s*\}\}/gu;
function compileText(text) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(placeholder)) {
        if (match.index > end)
            parts.push(text.slice(end, match.index));
        parts.push({ name: match[1] ?? '' });
        end = match.index + match[0].length;
    }
    if (end < text.length)
        parts.push(text.slice(end));
    const [only] = parts;
    if (only === undefined)
        return () => '';
    if (parts.length === 1)
        return typeof only === 'string' ? () => only : (scope) => lookUp(scope, only.name);
    return (scope) => parts.map((part) => (typeof part === 'string' ? part : textOf(lookUp(scope, part.name)))).join('');
}
/**
 * Own properties only, so that `constructor` and `__proto__` are ordinary missing names. A key that holds dots, such as
 * a column `a.b`, wins over the path of the same text.
 */
function lookUp(scope, name) {
    let value = scope;
    let rest = name;
    for (;;) {
        const fields = value !== null && typeof value === 'object' ? value : undefined;
        if (fields && Object.hasOwn(fields, rest))
            return fields[rest];
        const dot = rest.indexOf('.');
        const key = dot === -1 ? rest : rest.slice(0, dot);
        if (dot === -1 || !fields || !Object.hasOwn(fields, key))
            throw unknownName(name, { key, rest, fields });
        value = fields[key];
        rest = rest.slice(dot + 1);
    }
}
function unknownName(name, at) {
    const parent = name.slice(0, name.length - at.rest.length - 1);
    const known = Object.keys(at.fields ?? {});
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
        code: 'template-unknown-name',
        message: `the template uses {{${name}}}, but there is no "${at.key}"${parent === '' ? '' : ` in "${parent}"`}`,
        remedy: known.length > 0 ? (0,_registry_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownNameRemedy */ .Yk)(at.key, known) : 'the value above it has no fields',
    });
}
/** The reason why a template could not be filled, for a score or an error of one slot. */
function templateProblem(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4 && error.remedy ? `${error.message}: ${error.remedy}` : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
}


/***/ })

};
