export const id = 80;
export const ids = [80];
export const modules = {

/***/ 6798:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "b2f0ba331574cd4afedd.mjs";

/***/ }),

/***/ 356:
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

/***/ 8214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  agents: () => (/* binding */ agents)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(244);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(3339);
// EXTERNAL MODULE: ./lib/io/failure.js
var failure = __webpack_require__(4054);
// EXTERNAL MODULE: ./lib/io/process.js
var process = __webpack_require__(9785);
// EXTERNAL MODULE: ./lib/io/worker-pool.js
var worker_pool = __webpack_require__(791);
// EXTERNAL MODULE: ./lib/agents/agent.js
var agents_agent = __webpack_require__(356);
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
var trajectory = __webpack_require__(5609);
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
    const near = (0,registry.nearestNames)(pointer, placesOf(value));
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
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __webpack_require__(610);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
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
var external_node_zlib_ = __webpack_require__(8522);
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
var json = __webpack_require__(7374);
// EXTERNAL MODULE: ./lib/template.js
var lib_template = __webpack_require__(4933);
// EXTERNAL MODULE: ./node_modules/eventsource-parser/dist/index.js
var dist = __webpack_require__(2309);
;// CONCATENATED MODULE: ./lib/agents/parts/events.js



/** Gathers the events of one streamed reply until its end mark, `[DONE]` by default; more than `maxChars` of text is refused. */
function collectEvents(options) {
    const endMark = options.endMark ?? '[DONE]';
    const events = [];
    let isEnded = false;
    const parser = (0,dist/* createParser */.C)({
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
    return isObject(holder) && (0,registry.nearestNames)(pointer.slice(end + 1), Object.keys(holder).slice(0, 50)).length === 0;
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
    const remedy = head === 'expected' ? 'the agent must not see the expected answer' : (0,registry.unknownNameRemedy)(head, Object.keys(values));
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
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/io/modules.js
var modules = __webpack_require__(2969);
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
    const { OpenAI } = await __webpack_require__.e(/* import() */ 674).then(__webpack_require__.bind(__webpack_require__, 3674));
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
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
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
const agents = (0,registry.createRegistry)('agent', [http, openaiChat, command, module_module, replay, doNothing]);


/***/ }),

/***/ 6418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ pathFrom)
/* harmony export */ });
/** A path of the config from its folder; absolute ones stay. Joined with `/`, which every platform takes. */
function pathFrom(baseDir, path) {
    return /^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${baseDir.replace(/[\\/]+$/, '')}/${path.replace(/^(\.[\\/])+/, '')}`;
}


/***/ }),

/***/ 4367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkers: () => (/* binding */ checkers)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(244);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(3339);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/score.js
var records_score = __webpack_require__(8976);
;// CONCATENATED MODULE: ./lib/checkers/checker.js
/** Gives a definition its types; returns it as it is. */
function defineChecker(definition) {
    return definition;
}

// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(7374);
;// CONCATENATED MODULE: ./lib/checkers/parts/options.js


/** Option fields that several checkers share. */
const actualOption = json/* Json */.LM.optional().describe('template of what is checked, such as "{{finalState.order}}"; default "{{output}}"');
const expectedOption = json/* Json */.LM.optional().describe('template of what is expected; default "{{expected}}", or turn by turn where the turns of a sample have expected values of their own');
const ignoreCaseOption = schemas/* boolean */.zMY().default(false).describe('upper and lower case are the same');
/** Lowest value that passes, 0..1. */
function thresholdOption(initial) {
    return schemas/* number */.aig().min(0).max(1).default(initial).describe(`lowest value that passes, 0..1; default ${initial}`);
}

// EXTERNAL MODULE: ./lib/template.js
var lib_template = __webpack_require__(4933);
;// CONCATENATED MODULE: ./lib/checkers/parts/quote.js
const maxQuoted = 120;
/**
 * Text of an agent or a dataset as it may stand inside a reason: one line, in double quotes, at most 120 characters.
 * Control characters and direction marks become spaces, lone surrogates the replacement character.
 */
function quote(text, maxCharacters = maxQuoted) {
    // Twice the room, so that a long text is not walked through to its end only to be cut.
    const head = text.slice(0, maxCharacters * 4);
    const line = head
        .replace(/[\s\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
        .replace(/\p{Cs}/gu, '\ufffd')
        .trim();
    const characters = [...line];
    const isCut = characters.length > maxCharacters || head.length < text.length;
    return `"${characters.slice(0, maxCharacters).join('')}${isCut ? '…' : ''}"`;
}
/** A number for a person: at most four digits after the point, no trailing zeros. */
function roundText(value) {
    return String(Number(value.toFixed(4)));
}
/** `1 tool call`, `2 tool calls`. */
function countText(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/checkers/parts/pairs.js



/** The default of every option that names the expected value. */
const expectedTemplate = '{{expected}}';
/** The default of every option that names what is checked. */
const outputTemplate = '{{output}}';
/**
 * A check that compares what the agent said with what was expected. When neither template is given and the turns of a
 * sample have expected values of their own, every such turn is compared with its own and the value is their mean;
 * a turn that did not take place counts 0. A value that is missing makes the score unscored, never a pass or a fail.
 */
function checkPairs(options, score) {
    const isPlain = options.actual === undefined && options.expected === undefined;
    const actual = (0,lib_template/* compileTemplate */.Gq)(options.actual ?? outputTemplate);
    const expected = (0,lib_template/* compileTemplate */.Gq)(options.expected ?? expectedTemplate);
    return (input) => {
        if (input.trajectory.turns.length === 0)
            return (0,records_score/* unscored */.c7)('the agent took no turn');
        if (isPlain && hasOwnExpectations(input))
            return scoreTurns(input, options.threshold, score);
        const wanted = fill(expected, input.scope, options.expected ?? expectedTemplate);
        if (!wanted.isFilled)
            return (0,records_score/* unscored */.c7)(wanted.reason);
        const said = fill(actual, input.scope, options.actual ?? outputTemplate);
        if (!said.isFilled)
            return (0,records_score/* unscored */.c7)(said.reason);
        const result = score({ actual: said.value, expected: wanted.value });
        return 'kind' in result ? result : (0,records_score/* scored */.lD)(result.value, result.reason, { threshold: options.threshold });
    };
}
/** Fills a template of a checker's options; never throws. */
function fill(template, scope, source) {
    try {
        const value = template(scope);
        if (value !== null || source === null)
            return { isFilled: true, value };
        return { isFilled: false, reason: `${(0,lib_template/* templateNames */.VQ)(source).join(', ') || 'the value'} of this sample is null` };
    }
    catch (error) {
        if ((0,lib_template/* templateNames */.VQ)(source).includes('expected') && !Object.hasOwn(scope, 'expected')) {
            return { isFilled: false, reason: 'the sample has no "expected" value, which this checker compares with' };
        }
        return { isFilled: false, reason: error instanceof RangeError ? 'a value is nested too deep to be put into text' : (0,lib_template/* templateProblem */.MS)(error) };
    }
}
/** A value as text; a value that is nested too deep for JSON text is empty text. */
function safeTextOf(value) {
    try {
        return (0,lib_template/* textOf */.b6)(value);
    }
    catch {
        return '';
    }
}
function hasOwnExpectations({ sample }) {
    return (sample.turns.length > 1 || sample.expected === undefined) && sample.turns.some((turn) => isGiven(turn.expected));
}
function isGiven(value) {
    return value !== undefined && value !== null;
}
function scoreTurns(input, threshold, score) {
    const perTurn = [];
    const reasons = [];
    let whyNot = 'no turn could be scored';
    const last = input.sample.turns.length - 1;
    for (const [index, wanted] of input.sample.turns.entries()) {
        const expected = wanted.expected ?? (index === last ? input.sample.expected : undefined);
        if (!isGiven(expected)) {
            perTurn.push(null);
            continue;
        }
        const turn = input.trajectory.turns[index];
        const result = turn ? score({ actual: turn.output, expected }) : { value: 0, reason: 'it did not take place' };
        if ('kind' in result) {
            whyNot = result.reason;
            perTurn.push(null);
            continue;
        }
        perTurn.push(result.value);
        reasons.push(`turn ${index + 1}: ${result.reason}`);
    }
    return reasons.length === 0 ? (0,records_score/* unscored */.c7)(whyNot) : meanOfTurns(perTurn, reasons, threshold);
}
/** The mean over the turns that could be scored; the reason is that of the worst turn. Unscored when there is none. */
function meanOfTurns(perTurn, reasons, threshold) {
    const values = perTurn.filter((value) => value !== null);
    if (values.length === 0)
        return (0,records_score/* unscored */.c7)('no turn could be scored');
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const worst = reasons[values.indexOf(Math.min(...values))] ?? '';
    const reason = values.length === 1 ? worst : `mean ${roundText(mean)} over ${values.length} turns; ${worst}`;
    return (0,records_score/* scored */.lD)(mean, reason, { threshold, perTurn });
}

;// CONCATENATED MODULE: ./lib/checkers/contains.js







const Texts = schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig(), schemas/* boolean */.zMY()]))]);
const ContainsOptions = schemas/* strictObject */.rej({
    value: schemas/* union */.KCZ([
        schemas/* string */.YjP(),
        schemas/* number */.aig(),
        schemas/* boolean */.zMY(),
        schemas/* array */.YOg(schemas/* string */.YjP()),
        schemas/* strictObject */.rej({ any: Texts.optional().describe('one of these is enough'), all: Texts.optional().describe('every one of these') }),
    ])
        .optional()
        .describe('text that the output holds, a list of texts that it holds all of, or {any: […]} or {all: […]}; default "{{expected}}"'),
    any: Texts.optional().describe('one of these texts is enough'),
    all: Texts.optional().describe('every one of these texts'),
    actual: actualOption,
    ignoreCase: ignoreCaseOption,
});
const contains = defineChecker({
    type: 'contains',
    summary: 'The output holds a text, one of several, or all of several; the value is the share that was found',
    needs: ['expected'],
    example: { type: 'contains', value: '{{expected}}', ignoreCase: true },
    options: ContainsOptions,
    create(options) {
        const wanted = wantedTexts(options);
        return checkPairs({ actual: options.actual, expected: wanted, threshold: 1 }, ({ actual, expected }) => judge(safeTextOf(actual), wanted === undefined ? { all: [expected], any: [] } : expected, options.ignoreCase));
    },
});
/** The texts that all have to be there, and lists of which one is enough; undefined: the default. @throws ToolError for an empty text or list. */
function wantedTexts(options) {
    const { value } = options;
    const groups = typeof value === 'object' && !Array.isArray(value) ? value : { all: value };
    const result = { all: [], any: [] };
    for (const texts of [groups.all, options.all])
        if (texts !== undefined)
            result.all.push(texts);
    for (const texts of ['any' in groups ? groups.any : undefined, options.any])
        if (texts !== undefined)
            result.any.push(texts);
    if (result.all.length + result.any.length === 0)
        return undefined;
    for (const text of [...result.all, ...result.any].flat())
        if (text === '')
            throw emptyTextError();
    if ([...result.all, ...result.any].some((texts) => Array.isArray(texts) && texts.length === 0))
        throw emptyTextError();
    return result;
}
function emptyTextError() {
    const remedy = 'name at least one text that is not empty';
    const message = 'every output holds an empty text or list, so this check could never fail';
    return new errors/* ToolError */.v4({ code: 'checker-invalid', message, remedy, problems: [{ field: 'value', message, remedy }] });
}
function judge(said, wanted, ignoreCase) {
    const fold = (text) => (ignoreCase ? text.toLowerCase() : text);
    const haystack = fold(said);
    const groups = groupsOf(wanted);
    if (groups.length === 0 || groups.flat().includes(''))
        return (0,records_score/* unscored */.c7)('the text to look for is empty, which every output holds');
    const missing = groups.filter((group) => !group.some((text) => haystack.includes(fold(text))));
    const found = groups.length - missing.length;
    const first = missing[0];
    if (!first)
        return { value: 1, reason: `it holds ${describeGroup(groups[0] ?? [])}${groups.length > 1 ? ` and ${groups.length - 1} more` : ''}` };
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
    return { value: found / groups.length, reason: `it does not hold ${describeGroup(first)}${more}; it says ${quote(said)}` };
}
/** One group per condition: any text of a group fulfils it. */
function groupsOf(wanted) {
    const { all, any } = wanted;
    const either = any.map((texts) => listOf(texts)).filter((texts) => texts.length > 0);
    return [...all.flatMap((texts) => listOf(texts)).map((text) => [text]), ...either];
}
function listOf(texts) {
    return (Array.isArray(texts) ? texts.flat() : [texts]).map((text) => (text === null ? '' : safeTextOf(text)));
}
function describeGroup(group) {
    const shown = group
        .slice(0, 3)
        .map((text) => quote(text, 60))
        .join(', ');
    return group.length === 1 ? shown : `any of ${shown}${group.length > 3 ? ', …' : ''}`;
}

;// CONCATENATED MODULE: ./lib/checkers/parts/limits.js


/** Passes when every given limit holds; a number that was not measured makes the score unscored, unless another limit is broken. */
function checkLimits(limits) {
    const active = limits.filter((limit) => limit.max !== undefined || limit.min !== undefined);
    const broken = active.find((limit) => limit.value !== undefined && isBroken(limit, limit.value));
    if (broken)
        return (0,records_score/* scored */.lD)(0, describe(broken));
    const absent = active.find((limit) => limit.value === undefined || !Number.isFinite(limit.value));
    if (absent)
        return (0,records_score/* unscored */.c7)(`the agent did not report its ${absent.name}`);
    return (0,records_score/* scored */.lD)(1, active.map(describe).join('; '));
}
function isBroken({ max, min }, value) {
    return (max !== undefined && value > max) || (min !== undefined && value < min);
}
function describe({ name, value = 0, max, min, unit }) {
    const said = `${name} was ${roundText(value)}${unit}`;
    if (max !== undefined && value > max)
        return `${said}, more than ${roundText(max)}${unit}`;
    if (min !== undefined && value < min)
        return `${said}, less than ${roundText(min)}${unit}`;
    return max === undefined ? `${said}, at least ${roundText(min ?? 0)}${unit}` : `${said}, at most ${roundText(max)}${unit}`;
}

;// CONCATENATED MODULE: ./lib/checkers/cost.js



const CostOptions = schemas/* strictObject */.rej({ maxUsd: schemas/* number */.aig().min(0).describe('most US dollars for the whole conversation') });
const cost = defineChecker({
    type: 'cost',
    summary: 'The conversation cost no more than allowed',
    needs: ['usage'],
    example: { type: 'cost', maxUsd: 0.02, required: false },
    options: CostOptions,
    create: (options) => (input) => checkLimits([{ name: 'cost', value: input.trajectory.usage?.costUsd, max: options.maxUsd, unit: ' USD' }]),
});

;// CONCATENATED MODULE: ./lib/checkers/parts/json-value.js
/** Levels of nesting that a JSON value may have to be compared or validated. */
const maxJsonDepth = 200;
/**
 * The JSON value that a text holds. With `allowFence` a text that is one Markdown code fence and nothing else counts
 * by its content. Values nested deeper than `maxJsonDepth` are refused.
 */
function parseJsonText(text, options = {}) {
    const source = options.allowFence ? withoutFence(text) : text;
    if (source.trim() === '')
        return { isJson: false, reason: 'it is empty' };
    let value;
    try {
        value = JSON.parse(source);
    }
    catch {
        return { isJson: false, reason: 'it is not JSON' };
    }
    return isTooDeep(value) ? { isJson: false, reason: `it is nested more than ${maxJsonDepth} levels deep` } : { isJson: true, value };
}
/** True when a value has more than `maxJsonDepth` levels. Walks without recursion, so that any depth is safe. */
function isTooDeep(value) {
    let level = [value];
    for (let depth = 0; level.length > 0; depth++) {
        if (depth > maxJsonDepth)
            return true;
        const below = [];
        for (const item of level) {
            if (item === null || typeof item !== 'object')
                continue;
            for (const child of Object.values(item))
                if (child !== null && typeof child === 'object')
                    below.push(child);
        }
        level = below;
    }
    return false;
}
/** Same JSON value, whatever the key order; numbers by value. Values deeper than `maxJsonDepth` are never equal. */
function isJsonEqual(a, b, depth = 0) {
    if (a === b)
        return true;
    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || depth > maxJsonDepth)
        return false;
    if (Array.isArray(a) || Array.isArray(b)) {
        if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length)
            return false;
        return a.every((item, index) => isJsonEqual(item, b[index], depth + 1));
    }
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length)
        return false;
    return keys.every((key) => Object.hasOwn(b, key) && isJsonEqual(a[key], b[key], depth + 1));
}
/** Every key and array element of `part` is in `whole`; extra keys are allowed, arrays must have the same length. */
function isJsonSubset(part, whole, depth = 0) {
    if (part === whole)
        return true;
    if (part === null || whole === null || typeof part !== 'object' || typeof whole !== 'object' || depth > maxJsonDepth)
        return false;
    if (Array.isArray(part) || Array.isArray(whole)) {
        if (!Array.isArray(part) || !Array.isArray(whole) || part.length !== whole.length)
            return false;
        return part.every((item, index) => isJsonSubset(item, whole[index], depth + 1));
    }
    return Object.keys(part).every((key) => Object.hasOwn(whole, key) && isJsonSubset(part[key], whole[key], depth + 1));
}
/** By hand, because a pattern for this takes quadratic time on hostile text. */
function withoutFence(text) {
    const trimmed = text.trim();
    const mark = trimmed.slice(0, 3);
    if ((mark !== '```' && mark !== '~~~') || !trimmed.endsWith(mark))
        return text;
    const start = trimmed.indexOf('\n');
    return start < 0 || start > trimmed.length - 3 ? text : trimmed.slice(start + 1, trimmed.length - 3);
}

;// CONCATENATED MODULE: ./lib/checkers/equals.js






const EqualsOptions = schemas/* strictObject */.rej({
    value: expectedOption,
    actual: actualOption,
    ignoreCase: ignoreCaseOption,
    trim: schemas/* boolean */.zMY().default(true).describe('white space at both ends does not count; default true'),
    json: schemas/* boolean */.zMY().optional().describe('compare as JSON values, whatever the key order and layout; default: when the expected value is not text'),
});
const equals = defineChecker({
    type: 'equals',
    summary: 'The output is the expected value',
    needs: ['expected'],
    example: { type: 'equals', value: '{{expected}}', ignoreCase: true },
    options: EqualsOptions,
    create(options) {
        return checkPairs({ actual: options.actual, expected: options.value, threshold: 1 }, ({ actual, expected }) => {
            const wanted = safeTextOf(expected);
            const said = safeTextOf(actual);
            const isEqual = isTextEqual(said, wanted, options) || (options.json !== false && isEqualJson({ actual, expected, isAsked: options.json === true }));
            if (isEqual)
                return { value: 1, reason: `it equals ${quote(wanted)}` };
            return { value: 0, reason: `expected ${quote(wanted)}, got ${quote(said)}` };
        });
    },
});
function isTextEqual(said, wanted, options) {
    const plain = (text) => {
        const trimmed = options.trim ? text.trim() : text;
        return options.ignoreCase ? trimmed.toLowerCase() : trimmed;
    };
    return plain(said) === plain(wanted);
}
function isEqualJson({ actual, expected, isAsked }) {
    if (typeof expected === 'string' && !isAsked)
        return false;
    const wanted = jsonOf(expected);
    const said = jsonOf(actual);
    return wanted !== undefined && said !== undefined && isJsonEqual(said, wanted);
}
function jsonOf(value) {
    if (typeof value !== 'string')
        return value;
    const parsed = parseJsonText(value);
    return parsed.isJson ? parsed.value : undefined;
}

;// CONCATENATED MODULE: ./lib/checkers/parts/matching.js
/**
 * The size of a maximum matching between `left` and `right` elements: how many of the left can each have a partner of
 * their own (Kuhn's algorithm). `missing` is the first left element that got none. `isMatch` is asked at most once per pair.
 */
function maximumMatching(options) {
    const candidates = Array.from({ length: options.left }, (_, left) => candidatesOf(left, options));
    const partner = new Map();
    let size = 0;
    let missing;
    for (let left = 0; left < options.left; left++) {
        if (augment(left, candidates, partner, new Set()))
            size++;
        else
            missing ??= left;
    }
    return { size, missing };
}
/** More candidates than there are left elements cannot be needed: the others occupy at most all but one. */
function candidatesOf(left, options) {
    const found = [];
    // The same position first: lists that are mostly in order then need no search.
    for (let offset = 0; offset < options.right && found.length < options.left; offset++) {
        const right = (left + offset) % options.right;
        if (options.isMatch(left, right))
            found.push(right);
    }
    return found;
}
function augment(left, candidates, partner, seen) {
    for (const right of candidates[left] ?? []) {
        if (seen.has(right))
            continue;
        seen.add(right);
        const holder = partner.get(right);
        if (holder === undefined || augment(holder, candidates, partner, seen)) {
            partner.set(right, left);
            return true;
        }
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/checkers/parts/json-compare.js



/** Values visited at most, and pairs of elements of two lists that are compared in any order. */
const maxVisits = 5_000_000;
const maxPairs = 1_000_000;
/** Compares two JSON values that are at most `maxJsonDepth` deep; says in words what differs first. */
function compareJson(expected, actual, options) {
    const walk = { ...options, visits: 0, isTooLarge: false, quiet: 0 };
    const difference = compareAt(expected, actual, [], walk);
    if (walk.isTooLarge)
        return { kind: 'too-large' };
    return difference === undefined ? { kind: 'equal' } : { kind: 'different', reason: difference };
}
/** What differs, in words; undefined when nothing does. */
function compareAt(expected, actual, path, walk) {
    walk.visits++;
    if (walk.visits > maxVisits)
        walk.isTooLarge = true;
    if (walk.isTooLarge)
        return 'too large';
    if (Array.isArray(expected) && Array.isArray(actual))
        return compareLists(expected, actual, path, walk);
    if (isObject(expected) && isObject(actual))
        return compareObjects(expected, actual, path, walk);
    if (typeof expected === 'number' && typeof actual === 'number') {
        if (Math.abs(expected - actual) <= walk.tolerance)
            return undefined;
    }
    else if (expected === actual)
        return undefined;
    return say(walk, () => `${at(path)} should be ${show(expected)} and is ${show(actual)}`);
}
function compareObjects(expected, actual, path, walk) {
    for (const [key, value] of Object.entries(expected)) {
        const below = [...path, key];
        if (isIgnored(below, walk))
            continue;
        if (!Object.hasOwn(actual, key))
            return say(walk, () => `${at(below)} is missing, it should be ${show(value)}`);
        const difference = compareAt(value, actual[key], below, walk);
        if (difference !== undefined)
            return difference;
    }
    if (walk.mode === 'subset')
        return undefined;
    const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key) && !isIgnored([...path, key], walk));
    return extra === undefined ? undefined : say(walk, () => `${at([...path, extra])} was not expected, and is ${show(actual[extra])}`);
}
function compareLists(expected, actual, path, walk) {
    const isLengthWrong = walk.mode === 'exact' ? actual.length !== expected.length : actual.length < expected.length;
    if (isLengthWrong)
        return `${at(path)} has ${actual.length} elements, expected ${walk.mode === 'subset' ? 'at least ' : ''}${expected.length}`;
    if (walk.unordered)
        return compareInAnyOrder(expected, actual, path, walk);
    return walk.mode === 'exact' ? compareInStep(expected, actual, path, walk) : compareInOrder(expected, actual, path, walk);
}
/** The index says nothing here, so ignored paths see `*` in its place. */
function compareInAnyOrder(expected, actual, path, walk) {
    const [wanted, said] = walk.mode === 'exact' && walk.tolerance === 0 ? withoutShared(expected, actual, walk) : [expected, actual];
    if (wanted.length * said.length > maxPairs)
        walk.isTooLarge = true;
    if (walk.isTooLarge)
        return 'too large';
    const isMatch = (left, right) => !walk.isTooLarge && compareAt(wanted[left], said[right], [...path, '*'], walk) === undefined;
    walk.quiet++;
    const { missing } = maximumMatching({ left: wanted.length, right: said.length, isMatch });
    walk.quiet--;
    return missing === undefined ? undefined : say(walk, () => `${at(path)} has no element for ${show(wanted[missing])}`);
}
/** Without the elements that are literally the same: where equality is transitive, taking those first loses nothing. */
function withoutShared(expected, actual, walk) {
    const counts = new Map();
    const keyOf = (item) => {
        const key = (0,json/* canonicalJson */.dj)(item);
        walk.visits += 1 + key.length / 16;
        return key;
    };
    for (const item of expected) {
        const key = keyOf(item);
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const said = actual.filter((item) => {
        const key = keyOf(item);
        const count = counts.get(key) ?? 0;
        if (count > 0)
            counts.set(key, count - 1);
        return count === 0;
    });
    const wanted = expected.filter((item) => {
        const key = keyOf(item);
        const count = counts.get(key) ?? 0;
        if (count > 0)
            counts.set(key, count - 1);
        return count > 0;
    });
    return [wanted, said];
}
function compareInStep(expected, actual, path, walk) {
    for (const [index, value] of expected.entries()) {
        const below = [...path, String(index)];
        if (isIgnored(below, walk))
            continue;
        const difference = compareAt(value, actual[index], below, walk);
        if (difference !== undefined)
            return difference;
    }
    return undefined;
}
/** Subset: the expected elements in their order, others between them. */
function compareInOrder(expected, actual, path, walk) {
    let next = 0;
    let difference;
    for (const item of actual) {
        if (next === expected.length)
            break;
        const isNamed = difference !== undefined;
        if (isNamed)
            walk.quiet++;
        const result = compareAt(expected[next], item, [...path, String(next)], walk);
        if (isNamed)
            walk.quiet--;
        if (result === undefined) {
            next++;
            difference = undefined;
        }
        else
            difference ??= result;
    }
    return next === expected.length ? undefined : (difference ?? say(walk, () => `${at(path)} has no element for ${show(expected[next])}`));
}
function say(walk, words) {
    return walk.quiet > 0 ? 'different' : words();
}
function isIgnored(path, { ignore }) {
    return ignore.some((pattern) => pattern.length === path.length && pattern.every((key, index) => key === '*' || key === path[index]));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function at(path) {
    return path.length === 0 ? 'the value' : quote(`/${path.join('/')}`, 80);
}
function show(value) {
    return quote(JSON.stringify(value), 60);
}

;// CONCATENATED MODULE: ./lib/checkers/json-match.js








const JsonMatchOptions = schemas/* strictObject */.rej({
    value: expectedOption,
    actual: actualOption,
    mode: schemas/* enum */.k5n(['exact', 'subset']).default('exact').describe('subset: keys and list elements beside the expected ones are allowed; default exact'),
    unordered: schemas/* boolean */.zMY().default(false).describe('the order of lists does not count'),
    ignore: schemas/* array */.YOg(schemas/* string */.YjP().min(1)).default([]).describe('paths that do not count, such as /items/*/id or items.*.id; * is any key or index'),
    tolerance: schemas/* number */.aig().min(0).default(0).describe('allowed difference of numbers'),
    allowFence: schemas/* boolean */.zMY().default(true).describe('a reply that is one Markdown code fence counts by its content; default true'),
});
const jsonMatch = defineChecker({
    type: 'json-match',
    summary: 'The output is JSON with the expected values: exactly or as a subset, with ignored paths and a tolerance',
    needs: ['expected'],
    example: { type: 'json-match', value: '{{expected}}', mode: 'subset', ignore: ['/items/*/id'] },
    options: JsonMatchOptions,
    create(options) {
        const ignore = options.ignore.map(parsePath);
        return checkPairs({ actual: options.actual, expected: options.value, threshold: 1 }, ({ actual, expected }) => {
            const wanted = toJson(expected, options.allowFence);
            // Expected text that is no JSON document stands for itself.
            const wantedValue = wanted.isJson ? wanted.value : expected;
            if (isTooDeep(wantedValue))
                return (0,records_score/* unscored */.c7)(`the expected value is nested more than ${maxJsonDepth} levels deep`);
            const said = toJson(actual, options.allowFence);
            if (!said.isJson)
                return { value: 0, reason: `the output cannot be compared, because ${said.reason}: ${quote(safeTextOf(actual))}` };
            const result = compareJson(wantedValue, said.value, { ...options, ignore });
            if (result.kind === 'too-large')
                return (0,records_score/* unscored */.c7)('the lists are too large to be compared in any order');
            if (result.kind === 'different')
                return { value: 0, reason: result.reason };
            return { value: 1, reason: `it holds the expected JSON ${quote(safeTextOf(wantedValue))}` };
        });
    },
});
function toJson(value, allowFence) {
    if (typeof value === 'string')
        return parseJsonText(value, { allowFence });
    return isTooDeep(value) ? { isJson: false, reason: `it is nested more than ${maxJsonDepth} levels deep` } : { isJson: true, value };
}
/** The keys of a JSON pointer (`/a/*`), or of a dotted path (`a.*`, `$.a[*]`). */
function parsePath(path) {
    if (path.startsWith('/')) {
        return path
            .slice(1)
            .split('/')
            .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    }
    return path
        .replace(/^\$\.?/, '')
        .replace(/\[([^\]]*)\]/g, '.$1')
        .split('.')
        .filter((key) => key !== '');
}

// EXTERNAL MODULE: ./node_modules/ajv/dist/ajv.js
var dist_ajv = __webpack_require__(2463);
// EXTERNAL MODULE: ./node_modules/ajv/dist/2020.js
var _2020 = __webpack_require__(2210);
// EXTERNAL MODULE: ./node_modules/ajv-formats/dist/index.js
var dist = __webpack_require__(2815);
// EXTERNAL MODULE: ./node_modules/re2js/build/index.js
var build = __webpack_require__(2856);
;// CONCATENATED MODULE: ./lib/checkers/parts/pattern.js


/**
 * Compiles a regular expression in RE2 syntax, which has no look-around and no back-references.
 * @param options.field where the pattern stands, for the message
 * @throws ToolError `checker-invalid`
 */
function compilePattern(pattern, options) {
    let compiled;
    try {
        compiled = build/* RE2JS */.L3.compile(pattern, flagBits(options.flags ?? ''));
    }
    catch (error) {
        throw new errors/* ToolError */.v4({
            code: 'checker-invalid',
            message: `the pattern ${JSON.stringify(pattern)} cannot be used: ${(0,errors/* messageOf */.bD)(error)}`,
            remedy: remedyFor(pattern),
            problems: [{ field: options.field, message: `not a usable pattern: ${(0,errors/* messageOf */.bD)(error)}`, remedy: remedyFor(pattern) }],
            cause: error,
        });
    }
    return {
        test: (text) => compiled.test(text),
        find(text) {
            const matcher = compiled.matcher(text);
            return matcher.find() ? (matcher.group() ?? undefined) : undefined;
        },
    };
}
function flagBits(flags) {
    let bits = 0;
    if (flags.includes('i'))
        bits |= build/* RE2JS */.L3.CASE_INSENSITIVE;
    if (flags.includes('m'))
        bits |= build/* RE2JS */.L3.MULTILINE;
    if (flags.includes('s'))
        bits |= build/* RE2JS */.L3.DOTALL;
    return bits;
}
function remedyFor(pattern) {
    if (/\(\?<?[=!]/.test(pattern))
        return 'look-around, such as (?=…) or (?!…), is not supported, because it can take exponential time; use two checkers, one of them with "not: true"';
    if (/\\[1-9]|\\k</.test(pattern))
        return 'back-references, such as \\1, are not supported, because they can take exponential time; use a module checker';
    return 'use RE2 syntax: https://github.com/google/re2/wiki/Syntax';
}

;// CONCATENATED MODULE: ./lib/checkers/json-schema.js














const JsonSchemaOptions = schemas/* strictObject */.rej({
    schema: schemas/* union */.KCZ([json/* JsonObject */.Y5, schemas/* boolean */.zMY()]).optional().describe('the JSON Schema: draft 7, or 2020-12 when "$schema" says so'),
    path: schemas/* string */.YjP().min(1).optional().describe('file with the JSON Schema, relative to the config file'),
    actual: actualOption,
    allowFence: schemas/* boolean */.zMY().default(true).describe('a reply that is one Markdown code fence counts by its content; default true'),
})
    .refine((options) => (options.schema === undefined) !== (options.path === undefined), { message: 'give one of "schema" and "path"' });
const jsonSchema = defineChecker({
    type: 'json-schema',
    summary: 'The output is JSON that is valid against a JSON Schema',
    needs: [],
    example: { type: 'json-schema', schema: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } } },
    options: JsonSchemaOptions,
    files: (options) => (options.path === undefined ? [] : [options.path]),
    create(options, ports) {
        const validate = compileSchema(readSchema(options, ports), options.path === undefined ? 'schema' : 'path');
        const source = options.actual ?? outputTemplate;
        const actual = (0,lib_template/* compileTemplate */.Gq)(source);
        return ({ trajectory, scope }) => {
            if (trajectory.turns.length === 0)
                return (0,records_score/* unscored */.c7)('the agent took no turn');
            const said = fill(actual, scope, source);
            if (!said.isFilled)
                return (0,records_score/* unscored */.c7)(said.reason);
            const text = typeof said.value === 'string' ? said.value : undefined;
            const parsed = text === undefined ? checkDepth(said.value) : parseJsonText(text, options);
            if (!parsed.isJson)
                return (0,records_score/* scored */.lD)(0, `the output cannot be validated, because ${parsed.reason}: ${quote(safeTextOf(said.value))}`);
            if (validate(parsed.value))
                return (0,records_score/* scored */.lD)(1, 'it is JSON that is valid against the schema');
            return (0,records_score/* scored */.lD)(0, `the JSON is not valid: ${describeError(validate.errors?.[0])}`);
        };
    },
});
function checkDepth(value) {
    return isTooDeep(value) ? { isJson: false, reason: `it is nested more than ${maxJsonDepth} levels deep` } : { isJson: true, value };
}
function readSchema(options, ports) {
    if (options.path === undefined)
        return options.schema ?? true;
    if (!ports.readText)
        throw invalid('path', 'files cannot be read here', 'give the schema inline, as "schema"');
    let text;
    try {
        text = ports.readText(options.path);
    }
    catch (error) {
        throw invalid('path', `the schema file ${JSON.stringify(options.path)} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, 'name a file, relative to the config file');
    }
    const parsed = parseJsonText(text.replace(/^\ufeff/, ''));
    const isSchema = parsed.isJson && (typeof parsed.value === 'boolean' || (typeof parsed.value === 'object' && parsed.value !== null));
    if (!isSchema)
        throw invalid('path', `the schema file ${JSON.stringify(options.path)} does not hold a JSON Schema`, 'it has to hold one JSON object');
    return parsed.value;
}
function compileSchema(schema, field) {
    // Linear-time patterns, and only the first error: a hostile reply can neither stall the run nor fill the reason.
    const linear = Object.assign((pattern) => ({ test: compilePattern(pattern, { field }).test, toString: () => pattern }), { code: 'linear' });
    const ajvOptions = { strict: false, allErrors: false, logger: false, code: { regExp: linear } };
    const dialect = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
    try {
        const ajv = dialect.includes('2020-12') || dialect.includes('2019-09') ? new _2020.Ajv2020(ajvOptions) : new dist_ajv.Ajv(ajvOptions);
        dist["default"](ajv, { mode: 'fast' });
        return ajv.compile(schema);
    }
    catch (error) {
        if (error instanceof errors/* ToolError */.v4)
            throw error;
        throw invalid(field, `the JSON Schema cannot be used: ${(0,errors/* messageOf */.bD)(error)}`, 'it has to be a self-contained schema of draft 7 or 2020-12');
    }
}
function invalid(field, message, remedy) {
    return new errors/* ToolError */.v4({ code: 'checker-invalid', message, remedy, problems: [{ field, message, remedy }] });
}
function describeError(error) {
    if (!error)
        return 'no reason given';
    const where = error.instancePath === '' ? 'the whole value' : quote(error.instancePath, 60);
    const extra = error.keyword === 'additionalProperties' ? `: ${quote(String(error.params.additionalProperty), 60)}` : '';
    return `${where} ${error.message ?? error.keyword}${extra}`;
}

;// CONCATENATED MODULE: ./lib/checkers/latency.js



const LatencyOptions = schemas/* strictObject */.rej({
    maxMs: schemas/* number */.aig().positive().optional().describe('most milliseconds for the whole conversation'),
    firstByteMaxMs: schemas/* number */.aig().positive().optional().describe('most milliseconds until the first byte of the first reply'),
})
    .refine((options) => options.maxMs !== undefined || options.firstByteMaxMs !== undefined, { message: 'give "maxMs" or "firstByteMaxMs"' });
const latency = defineChecker({
    type: 'latency',
    summary: 'The agent answered in time',
    needs: ['usage'],
    example: { type: 'latency', maxMs: 5000, required: false },
    options: LatencyOptions,
    create: (options) => (input) => checkLimits([
        { name: 'latency', value: input.trajectory.latencyMs, max: options.maxMs, unit: ' ms' },
        { name: 'time to the first byte', value: input.trajectory.firstByteMs, max: options.firstByteMaxMs, unit: ' ms' },
    ]),
});

// EXTERNAL MODULE: ./lib/records/trajectory.js
var records_trajectory = __webpack_require__(5609);
// EXTERNAL MODULE: ./lib/checkers/parts/path.js
var path = __webpack_require__(6418);
;// CONCATENATED MODULE: ./lib/checkers/module.js







const ModuleOptions = schemas/* strictObject */.rej({
    path: schemas/* string */.YjP().min(1).describe('JavaScript or TypeScript module, relative to the config file'),
    export: schemas/* string */.YjP().min(1).default('default').describe('the exported function; default: the default export'),
    timeoutMs: schemas/* int */.Whr().min(1).max(600_000).default(30_000).describe('time for one call, milliseconds; default 30000'),
});
const maxReasonLength = 500;
/** What a function of the user's may return. */
const ModuleResult = schemas/* union */.KCZ([
    schemas/* boolean */.zMY(),
    schemas/* number */.aig().min(0).max(1),
    schemas/* strictObject */.rej({ value: schemas/* number */.aig().min(0).max(1), pass: schemas/* boolean */.zMY().optional(), reason: schemas/* string */.YjP().optional() }),
    schemas/* strictObject */.rej({ pass: schemas/* boolean */.zMY(), reason: schemas/* string */.YjP().optional() }),
    schemas/* strictObject */.rej({ unscored: schemas/* string */.YjP() }),
]);
const moduleChecker = defineChecker({
    type: 'module',
    summary: 'A function of your own, in its own process: returns true or false, 0..1, {value, pass?, reason?} or {unscored: "why"}',
    needs: [],
    example: { type: 'module', path: 'checks/polite.js', export: 'isPolite' },
    options: ModuleOptions,
    files: (options) => [options.path],
    isPure: false,
    runsCode: true,
    create: (options, ports) => async (input) => {
        let answer;
        try {
            answer = await ports.modules.call({
                file: (0,path/* pathFrom */.I)(ports.baseDir, options.path),
                exportName: options.export,
                payload: payloadOf(input),
                timeoutMs: options.timeoutMs,
            });
        }
        catch (error) {
            return (0,records_score/* unscored */.c7)(`checker ${quote(options.path, 80)} failed: ${quote((0,errors/* messageOf */.bD)(error), 300)}`);
        }
        return toScore(answer, options.path);
    },
});
/** What the function is given: the sample, the trajectory, and the output once more, because most functions need only that. */
function payloadOf({ sample, trajectory, epoch }) {
    const { id, input, expected, tags, metadata, row, turns } = sample;
    const payload = { sample: { id, input, expected, tags, metadata, row, turns }, trajectory, output: (0,records_trajectory/* outputOf */.jH)(trajectory), epoch };
    return payload;
}
function toScore(answer, path) {
    const parsed = ModuleResult.safeParse(answer);
    if (!parsed.success)
        return (0,records_score/* unscored */.c7)(`checker returned ${describeAnswer(answer)}, not true, false, 0..1, {value, pass?, reason?} or {unscored}`);
    const result = parsed.data;
    const name = quote(path, 80);
    if (typeof result === 'boolean')
        return (0,records_score/* scored */.lD)(result ? 1 : 0, `${name} says ${result ? 'pass' : 'fail'}`);
    if (typeof result === 'number')
        return (0,records_score/* scored */.lD)(result, `${name} gives ${result}`);
    if ('unscored' in result)
        return (0,records_score/* unscored */.c7)(cut(result.unscored) || `${name} could not say`);
    const value = 'value' in result ? result.value : result.pass ? 1 : 0;
    const pass = result.pass ?? value >= 1;
    return (0,records_score/* scored */.lD)(value, cut(result.reason ?? '') || `${name} says ${pass ? 'pass' : 'fail'}`, { pass });
}
function cut(reason) {
    return reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength)}…` : reason;
}
function describeAnswer(answer) {
    if (typeof answer === 'number')
        return String(answer);
    if (answer === undefined)
        return 'nothing';
    try {
        return quote(JSON.stringify(answer) ?? typeof answer, 80);
    }
    catch {
        return 'a value that is no JSON';
    }
}

;// CONCATENATED MODULE: ./lib/checkers/number.js






const NumberOptions = schemas/* strictObject */.rej({
    value: expectedOption,
    actual: actualOption,
    absolute: schemas/* number */.aig().min(0).default(0).describe('allowed difference; default 0'),
    relative: schemas/* number */.aig().min(0).default(0).describe('allowed difference as a fraction of the expected number; 0.01 is 1 %; default 0'),
    pick: schemas/* enum */.k5n(['first', 'last', 'only']).default('last').describe('which number of the output counts; only: exactly one number may be there'),
});
const number = defineChecker({
    type: 'number',
    summary: 'A number in the output is the expected one, within a tolerance; reads 1,234.5, 1e3 and 12 %',
    needs: ['expected'],
    example: { type: 'number', value: '{{expected}}', relative: 0.01, pick: 'last' },
    options: NumberOptions,
    create(options) {
        return checkPairs({ actual: options.actual, expected: options.value, threshold: 1 }, ({ actual, expected }) => {
            const expectedNumbers = numbersIn(safeTextOf(expected));
            const wanted = expectedNumbers[0];
            if (!wanted || expectedNumbers.length > 1)
                return (0,records_score/* unscored */.c7)(`the expected value ${quote(safeTextOf(expected))} is not one number`);
            const said = safeTextOf(actual);
            const numbers = numbersIn(said);
            if (numbers.length === 0)
                return { value: 0, reason: `there is no number in ${quote(said)}` };
            if (options.pick === 'only' && numbers.length > 1)
                return { value: 0, reason: `there are ${numbers.length} numbers, and one was expected, in ${quote(said)}` };
            const found = options.pick === 'last' ? numbers.at(-1) : numbers[0];
            if (!found)
                return (0,records_score/* unscored */.c7)('no number');
            const isClose = readings(found, wanted).some(([a, b]) => Math.abs(a - b) <= Math.max(options.absolute, options.relative * Math.abs(b)));
            if (isClose)
                return { value: 1, reason: `${found.text} is ${describeTolerance(options)}${wanted.text}` };
            return { value: 0, reason: `expected ${describeTolerance(options)}${wanted.text}, got ${found.text}` };
        });
    },
});
// A digit that belongs to a word, such as that of "A7" or "H2O", is no number; a "-" after a letter or digit is no sign.
const pattern = /(?<![A-Za-z_0-9]|\d\.)(?:(?<![\p{L}\p{N}])[-+\u2212])?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?:[ \u00a0\u202f]?%)?/gu;
/** Every number of a text, in order; those too large for a double are left out. */
function numbersIn(text) {
    const found = [];
    for (const [match] of text.matchAll(pattern)) {
        const isPercent = match.endsWith('%');
        const digits = match.replace(/[,%\s]/g, '').replace('\u2212', '-');
        const value = Number(digits);
        if (digits !== '' && Number.isFinite(value))
            found.push({ value, isPercent, text: match.length > 40 ? `${match.slice(0, 40)}…` : match });
    }
    return found;
}
/** The pairs of values that count as the same: 12 % is 12 % and, beside a number without the sign, 12 or 0.12. */
function readings(found, wanted) {
    const plain = [found.value, wanted.value];
    if (found.isPercent === wanted.isPercent)
        return [plain];
    return [plain, found.isPercent ? [found.value / 100, wanted.value] : [found.value, wanted.value / 100]];
}
function describeTolerance(options) {
    const parts = [
        ...(options.absolute > 0 ? [`±${options.absolute}`] : []),
        ...(options.relative > 0 ? [`±${Number((options.relative * 100).toPrecision(6))} %`] : []),
    ];
    return parts.length === 0 ? '' : `within ${parts.join(' or ')} of `;
}

;// CONCATENATED MODULE: ./lib/checkers/regex.js








const RegexOptions = schemas/* strictObject */.rej({
    pattern: schemas/* string */.YjP().min(1).describe('RE2 pattern, found anywhere in the output; anchor it with ^ and $; no look-around, no back-references'),
    flags: schemas/* string */.YjP()
        .regex(/^[imsu]*$/, 'flags are i (ignore case), m (^ and $ at lines), s (. matches line ends); u is always on')
        .default('')
        .describe('i (ignore case), m (^ and $ at lines), s (. matches line ends)'),
    actual: actualOption,
});
const regex = defineChecker({
    type: 'regex',
    summary: 'The output matches a regular expression, in linear time',
    needs: [],
    example: { type: 'regex', pattern: 'order #\\d{6}', flags: 'i' },
    options: RegexOptions,
    create(options) {
        const pattern = compilePattern(options.pattern, { flags: options.flags, field: 'pattern' });
        const source = options.actual ?? outputTemplate;
        const actual = (0,lib_template/* compileTemplate */.Gq)(source);
        return ({ trajectory, scope }) => {
            if (trajectory.turns.length === 0)
                return (0,records_score/* unscored */.c7)('the agent took no turn');
            const said = fill(actual, scope, source);
            if (!said.isFilled)
                return (0,records_score/* unscored */.c7)(said.reason);
            const text = safeTextOf(said.value);
            const found = pattern.find(text);
            if (found !== undefined)
                return (0,records_score/* scored */.lD)(1, `it matches /${options.pattern}/ with ${quote(found)}`);
            return (0,records_score/* scored */.lD)(0, `nothing matches /${options.pattern}/ in ${quote(text)}`);
        };
    },
});

;// CONCATENATED MODULE: ./lib/checkers/parts/porter.js
/**
 * Porter's suffix stripping (Program 14(3), 1980) with the extensions that NLTK 3.8 applies in its default mode: a
 * table of irregular forms, `-ies` and `-ied` of four-letter words, `-y` after a consonant only, `-fulli`, `-logi` and
 * `-alli` first. Expects a lower-case word; words of one or two letters stay as they are.
 */
function stemWord(word) {
    if (Object.hasOwn(irregular, word))
        return irregular[word] ?? word;
    if (word.length <= 2)
        return word;
    let stem = singularStep(word);
    stem = pastStep(stem);
    stem = applyRules(stem, [['y', 'i', (rest) => rest.length > 1 && isConsonant(rest, rest.length - 1)]]);
    stem = doubleSuffixStep(stem);
    stem = applyRules(stem, step3);
    stem = applyRules(stem, step4);
    return finalStep(stem);
}
const irregular = {
    sky: 'sky',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    news: 'news',
    innings: 'inning',
    inning: 'inning',
    outings: 'outing',
    outing: 'outing',
    cannings: 'canning',
    canning: 'canning',
    howe: 'howe',
    proceed: 'proceed',
    exceed: 'exceed',
    succeed: 'succeed',
};
const hasMeasure = (stem) => measure(stem) > 0;
const hasLongMeasure = (stem) => measure(stem) > 1;
function rules(condition, pairs) {
    return pairs.split(' ').map((pair) => {
        const [suffix = '', replacement = ''] = pair.split('>');
        return [suffix, replacement, condition];
    });
}
const step2 = rules(hasMeasure, 'ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble fulli>ful');
const step3 = rules(hasMeasure, 'icate>ic ative> alize>al iciti>ic ical>ic ful> ness>');
const step4 = [
    ...rules(hasLongMeasure, 'al> ance> ence> er> ic> able> ible> ant> ement> ment> ent>'),
    ['ion', '', (stem) => measure(stem) > 1 && /[st]$/.test(stem)],
    ...rules(hasLongMeasure, 'ou> ism> ate> iti> ous> ive> ize>'),
];
/** The first rule whose suffix fits decides, even when its condition then fails. */
function applyRules(word, list) {
    for (const [suffix, replacement, condition] of list) {
        if (!word.endsWith(suffix))
            continue;
        const stem = word.slice(0, word.length - suffix.length);
        return !condition || condition(stem) ? stem + replacement : word;
    }
    return word;
}
function singularStep(word) {
    if (word.length === 4 && word.endsWith('ies'))
        return word.slice(0, -1);
    return applyRules(word, [
        ['sses', 'ss'],
        ['ies', 'i'],
        ['ss', 'ss'],
        ['s', ''],
    ]);
}
function pastStep(word) {
    if (word.endsWith('ied'))
        return word.slice(0, word.length === 4 ? -1 : -2);
    if (word.endsWith('eed'))
        return hasMeasure(word.slice(0, -3)) ? word.slice(0, -1) : word;
    const cut = ['ed', 'ing'].find((suffix) => word.endsWith(suffix) && hasVowel(word.slice(0, -suffix.length)));
    if (cut === undefined)
        return word;
    const stem = word.slice(0, -cut.length);
    if (/(at|bl|iz)$/.test(stem))
        return `${stem}e`;
    if (endsInDoubleConsonant(stem))
        return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
    return measure(stem) === 1 && endsInShortSyllable(stem) ? `${stem}e` : stem;
}
function doubleSuffixStep(word) {
    if (word.endsWith('alli') && hasMeasure(word.slice(0, -4)))
        return doubleSuffixStep(word.slice(0, -2));
    // NLTK measures "-logi" with its "l" kept in the stem, so that "geo" and "theo" work like "archaeo".
    return applyRules(word, [...step2, ['logi', 'log', () => hasMeasure(word.slice(0, -3))]]);
}
function finalStep(word) {
    let stem = word;
    if (word.endsWith('e')) {
        const rest = word.slice(0, -1);
        const size = measure(rest);
        if (size > 1 || (size === 1 && !endsInShortSyllable(rest)))
            stem = rest;
    }
    return stem.endsWith('ll') && measure(stem.slice(0, -1)) > 1 ? stem.slice(0, -1) : stem;
}
/** `y` is a consonant at the start and after a vowel; a run of them alternates. */
function consonants(word) {
    const result = [];
    for (const letter of word)
        result.push(letter === 'y' ? result.at(-1) !== true : !'aeiou'.includes(letter));
    return result;
}
function isConsonant(word, index) {
    return consonants(word)[index] === true;
}
function hasVowel(word) {
    return consonants(word).includes(false);
}
/** Porter's m: how often a vowel sequence is followed by a consonant sequence. */
function measure(word) {
    const kinds = consonants(word);
    return kinds.filter((kind, index) => kind && kinds[index - 1] === false).length;
}
function endsInDoubleConsonant(word) {
    return word.length >= 2 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1);
}
/** Consonant, vowel, consonant other than w, x, y; or, as NLTK has it, a word of a vowel and a consonant. */
function endsInShortSyllable(word) {
    const [a, b, c] = consonants(word).slice(-3);
    if (word.length === 2)
        return a === false && b === true;
    return word.length >= 3 && a === true && b === false && c === true && !/[wxy]$/.test(word);
}

;// CONCATENATED MODULE: ./lib/checkers/parts/rouge.js

/** Words of each text that the longest common subsequence looks at: its time grows with their product. */
const maxSubsequenceWords = 4_000;
/**
 * ROUGE (Lin 2004) as google's `rouge_score` computes it with its stemmer on: n-gram overlap with clipped counts, or the
 * longest common subsequence. When one of the texts has at most half Latin letters, both are split into runs of letters
 * and digits of any script, compared by case and not stemmed, so that equal Chinese texts score 1 and not 0.
 */
function rouge(candidate, reference, variant) {
    const split = isLatin(candidate) && isLatin(reference) ? latinWords : unicodeWords;
    const said = split(candidate);
    const wanted = split(reference);
    if (variant === 'L') {
        const isCut = Math.max(said.length, wanted.length) > maxSubsequenceWords;
        const common = commonSubsequence(said.slice(0, maxSubsequenceWords), wanted.slice(0, maxSubsequenceWords));
        return { ...rouge_toScore(common, said.length, wanted.length), isLowerBound: isCut };
    }
    const size = variant === '2' ? 2 : 1;
    const saidGrams = grams(said, size);
    const wantedGrams = grams(wanted, size);
    return { ...rouge_toScore(overlap(saidGrams, wantedGrams), saidGrams.length, wantedGrams.length), isLowerBound: false };
}
/** The words of Latin text: runs of a-z and 0-9 in lower case, those of more than three characters stemmed. */
function latinWords(text) {
    const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const stems = new Map();
    return words.map((word) => {
        if (word.length <= 3)
            return word;
        const known = stems.get(word);
        if (known !== undefined)
            return known;
        // A "word" of thousands of letters is an encoded blob; stemming it would cost and mean nothing.
        const stem = word.length > 1_000 ? word : stemWord(word);
        stems.set(word, stem);
        return stem;
    });
}
/** The words of text in any script: runs of letters, digits and underscores. */
function unicodeWords(text) {
    return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}
/** More than half of the letters are Latin; text without letters counts as Latin. */
function isLatin(text) {
    const letters = text.replace(/\P{L}+/gu, '');
    if (letters === '')
        return true;
    return characterCount(letters.replace(/\P{Script=Latin}+/gu, '')) / characterCount(letters) > 0.5;
}
/** Code points, without making a list of them. */
function characterCount(text) {
    return text.length - text.replace(/[^\ud800-\udbff]+/g, '').length;
}
/** How many elements two lists share, each counted at most as often as it stands in both. */
function overlap(a, b) {
    const left = new Map();
    for (const item of b)
        left.set(item, (left.get(item) ?? 0) + 1);
    let shared = 0;
    for (const item of a) {
        const count = left.get(item) ?? 0;
        if (count === 0)
            continue;
        left.set(item, count - 1);
        shared++;
    }
    return shared;
}
/** Precision, recall and their harmonic mean; 0 where a denominator is 0. */
function rouge_toScore(common, said, wanted) {
    const precision = said === 0 ? 0 : common / said;
    const recall = wanted === 0 ? 0 : common / wanted;
    const sum = precision + recall;
    return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}
function grams(words, size) {
    if (size === 1)
        return words;
    return words.slice(0, Math.max(0, words.length - size + 1)).map((_, index) => words.slice(index, index + size).join(' '));
}
function commonSubsequence(a, b) {
    const numbers = new Map();
    const numberOf = (word) => {
        const known = numbers.get(word) ?? numbers.size;
        numbers.set(word, known);
        return known;
    };
    const left = Uint32Array.from(a, numberOf);
    const right = Uint32Array.from(b, numberOf);
    const row = new Uint32Array(right.length + 1);
    for (const word of left) {
        let diagonal = 0;
        for (let j = 1; j <= right.length; j++) {
            const above = row[j] ?? 0;
            row[j] = right[j - 1] === word ? diagonal + 1 : Math.max(above, row[j - 1] ?? 0);
            diagonal = above;
        }
    }
    return row[right.length] ?? 0;
}

;// CONCATENATED MODULE: ./lib/checkers/rouge.js






const RougeOptions = schemas/* strictObject */.rej({
    variant: schemas/* union */.KCZ([schemas/* enum */.k5n(['1', '2', 'L']), schemas/* literal */.euz(1), schemas/* literal */.euz(2)])
        .default('1')
        .describe('1: words, 2: pairs of words, L: longest common subsequence; default 1'),
    measure: schemas/* enum */.k5n(['f1', 'precision', 'recall']).default('f1').describe('default f1'),
    threshold: thresholdOption(0.8),
    reference: expectedOption,
    actual: actualOption,
});
const rouge_rouge = defineChecker({
    type: 'rouge',
    summary: 'Word overlap with the expected text: ROUGE-1, -2 or -L with stemming, as rouge_score and ADK compute it',
    needs: ['expected'],
    example: { type: 'rouge', variant: '1', measure: 'f1', threshold: 0.8 },
    options: RougeOptions,
    create(options) {
        return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
            const score = rouge(safeTextOf(actual), safeTextOf(expected), String(options.variant));
            const value = score[options.measure];
            const bound = score.isLowerBound ? ', a lower bound because the text is very long' : '';
            const comparison = value >= options.threshold ? 'reaches' : 'is below';
            const name = `ROUGE-${options.variant} ${options.measure}`;
            return { value, reason: `${name} is ${roundText(value)}${bound}, which ${comparison} ${roundText(options.threshold)}` };
        });
    },
});

// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __webpack_require__(1916);
;// CONCATENATED MODULE: ./lib/checkers/similarity.js







/** Above this length of either text the edit distance takes too long, and words are compared. */
const maxLevenshteinLength = 50_000;
const SimilarityOptions = schemas/* strictObject */.rej({
    method: schemas/* enum */.k5n(['levenshtein', 'token-f1'])
        .default('levenshtein')
        .describe('levenshtein: 1 − edits ÷ longer length, words instead above 50 000 characters; token-f1: shared words in lower case; default levenshtein'),
    threshold: thresholdOption(0.8),
    reference: expectedOption,
    actual: actualOption,
    ignoreCase: ignoreCaseOption,
});
const similarity = defineChecker({
    type: 'similarity',
    summary: 'The output is close to the expected text, by edits or by shared words',
    needs: ['expected'],
    example: { type: 'similarity', method: 'levenshtein', threshold: 0.8 },
    options: SimilarityOptions,
    create(options) {
        return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
            const fold = (value) => (options.ignoreCase ? safeTextOf(value).toLowerCase() : safeTextOf(value));
            const said = fold(actual);
            const wanted = fold(expected);
            const isTooLong = options.method === 'levenshtein' && Math.max(said.length, wanted.length) > maxLevenshteinLength;
            const value = options.method === 'token-f1' || isTooLong ? tokenF1(said, wanted) : editSimilarity(said, wanted);
            const name = options.method === 'token-f1' ? 'word overlap' : isTooLong ? 'word overlap (the text is too long for edits)' : 'similarity';
            const comparison = value >= options.threshold ? 'reaches' : 'is below';
            return { value, reason: `${name} is ${roundText(value)}, which ${comparison} ${roundText(options.threshold)}` };
        });
    },
});
function editSimilarity(a, b) {
    const longer = Math.max(a.length, b.length);
    return longer === 0 ? 1 : 1 - (0,mod/* distance */.Io)(a, b) / longer;
}
function tokenF1(a, b) {
    if (a === b)
        return 1;
    const said = unicodeWords(a.toLowerCase());
    const wanted = unicodeWords(b.toLowerCase());
    return rouge_toScore(overlap(said, wanted), said.length, wanted.length).f1;
}

;// CONCATENATED MODULE: ./lib/checkers/steps.js




const StepsOptions = schemas/* strictObject */.rej({
    max: schemas/* int */.Whr().min(0).optional().describe('most steps'),
    min: schemas/* int */.Whr().min(0).optional().describe('fewest steps'),
    kind: schemas/* enum */.k5n(['toolCall', 'any']).default('toolCall').describe('toolCall: tool calls only; any: messages and errors too; default toolCall'),
})
    .refine((options) => options.max !== undefined || options.min !== undefined, { message: 'give "max" or "min"' })
    .refine((options) => (options.min ?? 0) <= (options.max ?? Number.POSITIVE_INFINITY), { message: '"min" is above "max"' });
const steps = defineChecker({
    type: 'steps',
    summary: 'The agent took no more, or no fewer, steps than allowed',
    needs: ['tools'],
    example: { type: 'steps', max: 5, kind: 'toolCall' },
    options: StepsOptions,
    create: (options) => (input) => {
        if (input.trajectory.turns.length === 0)
            return (0,records_score/* unscored */.c7)('the agent took no turn');
        const counted = input.trajectory.turns.flatMap((turn) => turn.steps).filter((step) => options.kind === 'any' || step.kind === 'toolCall');
        const name = options.kind === 'any' ? 'number of steps' : 'number of tool calls';
        return checkLimits([{ name, value: counted.length, max: options.max, min: options.min, unit: '' }]);
    },
});

;// CONCATENATED MODULE: ./lib/checkers/tokens.js



const TokensOptions = schemas/* strictObject */.rej({
    max: schemas/* number */.aig().positive().optional().describe('most input and output tokens together'),
    maxInput: schemas/* number */.aig().positive().optional().describe('most input tokens'),
    maxOutput: schemas/* number */.aig().positive().optional().describe('most output tokens'),
})
    .refine((options) => Object.values(options).some((value) => value !== undefined), { message: 'give "max", "maxInput" or "maxOutput"' });
const tokens = defineChecker({
    type: 'tokens',
    summary: 'The agent used no more tokens than allowed',
    needs: ['usage'],
    example: { type: 'tokens', max: 4000, required: false },
    options: TokensOptions,
    create: (options) => (input) => {
        const { inputTokens, outputTokens } = input.trajectory.usage ?? {};
        const total = inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
        return checkLimits([
            { name: 'token use', value: total, max: options.max, unit: ' tokens' },
            { name: 'input', value: inputTokens, max: options.maxInput, unit: ' tokens' },
            { name: 'output', value: outputTokens, max: options.maxOutput, unit: ' tokens' },
        ]);
    },
});

;// CONCATENATED MODULE: ./lib/checkers/parts/tool-call.js
/** True when a call goes by this name: its own, or `server__name` when the server is known. */
function isNamed(call, name) {
    return call.name === name || (call.server !== undefined && `${call.server}__${call.name}` === name);
}
/** The tool calls of one turn, in order. */
function callsOfTurn(turn) {
    return turn.steps.filter((step) => step.kind === 'toolCall');
}

;// CONCATENATED MODULE: ./lib/checkers/tool-absent.js







const ToolAbsentOptions = schemas/* strictObject */.rej({
    tools: schemas/* array */.YOg(schemas/* string */.YjP().min(1)).min(1).optional().describe('names of tools, plain or server__name'),
    pattern: schemas/* string */.YjP().min(1).optional().describe('RE2 pattern of tool names, found anywhere in the name'),
})
    .refine((options) => options.tools !== undefined || options.pattern !== undefined, { message: 'give "tools" or "pattern"' });
const toolAbsent = defineChecker({
    type: 'tool-absent',
    summary: 'The agent called none of the named tools',
    needs: ['tools'],
    example: { type: 'tool-absent', tools: ['delete_account'] },
    options: ToolAbsentOptions,
    create({ tools = [], pattern }) {
        const compiled = pattern === undefined ? undefined : compilePattern(pattern, { field: 'pattern' });
        return ({ trajectory }) => {
            if (trajectory.turns.length === 0)
                return (0,records_score/* unscored */.c7)('the agent took no turn');
            const calls = (0,records_trajectory/* toolCallsOf */.Ve)(trajectory);
            const found = calls.find((call) => tools.some((name) => isNamed(call, name)) || isPatternMatch(call, compiled));
            if (found)
                return (0,records_score/* scored */.lD)(0, `it called ${quote(found.name, 60)}, which it must not`);
            return (0,records_score/* scored */.lD)(1, `none of its ${calls.length} tool calls is one that it must not make`);
        };
    },
});
function isPatternMatch(call, pattern) {
    if (!pattern)
        return false;
    return pattern.test(call.name) || (call.server !== undefined && pattern.test(`${call.server}__${call.name}`));
}

// EXTERNAL MODULE: ./lib/records/sample.js
var sample = __webpack_require__(8006);
;// CONCATENATED MODULE: ./lib/checkers/parts/call-match.js




const ArgsMode = schemas/* enum */.k5n(['exact', 'subset', 'ignore']);
/** How one argument is compared. All but `ignore` apply to arguments that the expected call names. */
const FieldRule = schemas/* union */.KCZ([
    schemas/* enum */.k5n(['exact', 'ignore', 'present']),
    schemas/* strictObject */.rej({ tolerance: schemas/* number */.aig().min(0).describe('allowed difference of a number') }),
    schemas/* strictObject */.rej({ regex: schemas/* string */.YjP().min(1).describe('RE2 pattern that the actual value has to match') }),
    schemas/* strictObject */.rej({ ignoreCase: schemas/* literal */.euz(true) }),
]);
/**
 * Compares calls by name and by arguments; ids, results and servers do not count. An expected call without `args` takes
 * any. As in ADK, no arguments at all and an empty object are not the same.
 * @throws ToolError for a pattern that cannot be used
 */
function createCallMatcher(options) {
    const ignored = new Set(Object.keys(options.fields).filter((name) => options.fields[name] === 'ignore'));
    const tests = new Map(Object.entries(options.fields)
        .filter(([, rule]) => rule !== 'ignore')
        .map(([name, rule]) => [name, createFieldTest(rule, `fields.${name}`)]));
    return (expected, actual) => {
        if (!isNamed(actual, expected.name))
            return false;
        if (options.args === 'ignore' && tests.size === 0)
            return true;
        if (expected.args === undefined)
            return true;
        const said = argsOf(actual);
        if (!isPlainObject(said))
            return false;
        for (const [name, test] of tests) {
            if (!Object.hasOwn(expected.args, name))
                continue;
            if (!Object.hasOwn(said, name) || !test(expected.args[name], said[name]))
                return false;
        }
        if (options.args === 'ignore')
            return true;
        const isRest = (name) => !ignored.has(name) && !(tests.has(name) && expected.args !== undefined && Object.hasOwn(expected.args, name));
        const [wantedRest, saidRest] = [pick(expected.args, isRest), pick(said, isRest)];
        return options.args === 'subset' ? isJsonSubset(wantedRest, saidRest) : isJsonEqual(wantedRest, saidRest);
    };
}
function createFieldTest(rule, field) {
    if (rule === 'present' || rule === 'ignore')
        return () => true;
    if (rule === 'exact')
        return isJsonEqual;
    if ('tolerance' in rule) {
        return (expected, actual) => typeof expected === 'number' && typeof actual === 'number' && Math.abs(expected - actual) <= rule.tolerance;
    }
    if ('regex' in rule) {
        const pattern = compilePattern(rule.regex, { field: `${field}.regex` });
        return (_, actual) => (typeof actual === 'string' || typeof actual === 'number') && pattern.test(String(actual));
    }
    return (expected, actual) => typeof expected === 'string' && typeof actual === 'string' ? expected.toLowerCase() === actual.toLowerCase() : isJsonEqual(expected, actual);
}
/** Some endpoints send arguments as JSON text. */
function argsOf(call) {
    if (typeof call.args !== 'string')
        return call.args;
    const parsed = parseJsonText(call.args);
    return parsed.isJson ? parsed.value : call.args;
}
function isPlainObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** Without a prototype, so that a key such as `__proto__` stays an ordinary key. */
function pick(value, isWanted) {
    const result = Object.create(null);
    for (const [key, item] of Object.entries(value))
        if (isWanted(key))
            result[key] = item;
    return result;
}

;// CONCATENATED MODULE: ./lib/checkers/parts/sequence-match.js


/**
 * One measure of two call lists. `exact`, `in-order` and `any-order` are 0 or 1 as in ADK; `precision` and `recall` count
 * each call at most once, by the best assignment, and are not defined for an empty denominator.
 */
function matchCalls({ match, ...calls }) {
    switch (match) {
        case 'exact':
            return matchExact(calls);
        case 'in-order':
            return matchInOrder(calls);
        case 'any-order': {
            const { missing } = sequence_match_assign(calls);
            return missing === undefined ? passed(calls) : failed(calls, missing);
        }
        case 'precision':
        case 'recall':
            return share(calls, match);
        default:
            return match;
    }
}
function matchExact(calls) {
    const { expected, actual, isMatch } = calls;
    const wrong = expected.findIndex((call, index) => {
        const said = actual[index];
        return said === undefined || !isMatch(call, said);
    });
    if (wrong >= 0)
        return failed(calls, wrong, actual[wrong]);
    const extra = actual[expected.length];
    if (!extra)
        return passed(calls);
    const more = actual.length - expected.length;
    return { value: 0, reason: `it made ${countText(more, 'tool call')} that ${more === 1 ? 'was' : 'were'} not expected: ${sequence_match_describe(extra)}` };
}
/** Greedy: taking each expected call as early as possible never costs a later one its place. */
function matchInOrder(calls) {
    const { expected, actual, isMatch } = calls;
    let next = 0;
    for (const call of actual) {
        const wanted = expected[next];
        if (wanted && isMatch(wanted, call))
            next++;
    }
    return next === expected.length ? passed(calls) : failed(calls, next);
}
function share(calls, match) {
    const { size, missing } = sequence_match_assign(calls);
    const of = match === 'precision' ? calls.actual.length : calls.expected.length;
    if (of === 0)
        return {
            value: undefined,
            reason: match === 'precision' ? 'no tool was called, so there is no precision' : 'no call is expected, so there is no recall',
        };
    const lost = match === 'recall' && missing !== undefined ? `; missing is ${sequence_match_describe(calls.expected[missing])}` : '';
    return { value: size / of, reason: `${size} of ${of} ${match === 'precision' ? 'calls were expected' : 'expected calls were made'}${lost}` };
}
function sequence_match_assign({ expected, actual, isMatch }) {
    return maximumMatching({
        left: expected.length,
        right: actual.length,
        isMatch: (left, right) => {
            const [wanted, said] = [expected[left], actual[right]];
            return wanted !== undefined && said !== undefined && isMatch(wanted, said);
        },
    });
}
function passed({ expected }) {
    return { value: 1, reason: expected.length === 0 ? 'no call was required' : `it made the ${countText(expected.length, 'expected tool call')}` };
}
function failed({ expected, actual }, index, instead) {
    const wanted = expected[index];
    const got = instead
        ? `got ${sequence_match_describe(instead)}`
        : actual.length === 0
            ? 'no tool was called'
            : `it called ${quote(actual
                .slice(0, 10)
                .map((call) => call.name)
                .join(', '))}`;
    return { value: 0, reason: `expected call ${index + 1} of ${expected.length}, ${sequence_match_describe(wanted)}, is missing; ${got}` };
}
function sequence_match_describe(call) {
    if (!call)
        return 'nothing';
    return call.args === undefined ? quote(call.name, 60) : `${quote(call.name, 60)} with ${quote(argsText(call.args))}`;
}
function argsText(args) {
    try {
        return JSON.stringify(args) ?? '';
    }
    catch {
        return 'arguments that are nested too deep to show';
    }
}

;// CONCATENATED MODULE: ./lib/checkers/trajectory.js













const TrajectoryOptions = schemas/* strictObject */.rej({
    match: schemas/* enum */.k5n(['exact', 'in-order', 'any-order', 'precision', 'recall', 'single-tool'])
        .default('exact')
        .describe('exact: the same calls and no others; in-order, any-order: all expected calls, others allowed between; precision: share of the calls that were expected; recall: share of the expected calls that were made; single-tool: one tool was called; default exact'),
    tool: schemas/* string */.YjP().min(1).optional().describe('for single-tool: its name'),
    args: ArgsMode.default('exact').describe('arguments: exact (deep equal), subset (extra ones allowed) or ignore; default exact'),
    fields: schemas/* record */.g1P(schemas/* string */.YjP(), FieldRule)
        .default({})
        .describe('rules for single arguments: exact, ignore, present, {tolerance: 0.01}, {regex: "^A"}, {ignoreCase: true}'),
    expected: schemas/* union */.KCZ([schemas/* array */.YOg(sample/* ExpectedToolCall */.Rz), schemas/* string */.YjP()])
        .optional()
        .describe('expected calls of the whole conversation, or a template of them; default: the toolCalls of each turn of the sample'),
    threshold: thresholdOption(1),
});
const trajectory = defineChecker({
    type: 'trajectory',
    summary: 'The agent called the expected tools: exact, in order, any order, precision, recall or one tool; mean over the turns, as ADK has it',
    needs: ['expected', 'tools'],
    example: { type: 'trajectory', match: 'in-order', args: 'subset', fields: { note: 'ignore' } },
    options: TrajectoryOptions,
    create(options) {
        const isMatch = createCallMatcher(options);
        if (options.match === 'single-tool')
            return createSingleToolCheck(options);
        const { match } = options;
        if (options.expected === undefined)
            return (input) => checkTurns(input, { ...options, match, isMatch });
        const expected = options.expected;
        const template = (0,lib_template/* compileTemplate */.Gq)(expected);
        return (input) => {
            if (input.trajectory.turns.length === 0)
                return (0,records_score/* unscored */.c7)('the agent took no turn');
            const filled = fill(template, input.scope, expected);
            if (!filled.isFilled)
                return (0,records_score/* unscored */.c7)(filled.reason);
            const calls = schemas/* array */.YOg(sample/* ExpectedToolCall */.Rz).safeParse(filled.value);
            if (!calls.success)
                return (0,records_score/* unscored */.c7)('the expected calls are not a list of {name, args}');
            const result = matchCalls({ match, expected: calls.data, actual: (0,records_trajectory/* toolCallsOf */.Ve)(input.trajectory), isMatch });
            return result.value === undefined ? (0,records_score/* unscored */.c7)(result.reason) : (0,records_score/* scored */.lD)(result.value, result.reason, options);
        };
    },
});
function createSingleToolCheck({ tool, threshold }) {
    if (tool === undefined) {
        const message = 'match "single-tool" needs the name of the tool';
        const remedy = 'add "tool", such as tool: lookup_order';
        throw new errors/* ToolError */.v4({ code: 'checker-invalid', message, remedy, problems: [{ field: 'tool', message, remedy }] });
    }
    return (input) => {
        if (input.trajectory.turns.length === 0)
            return (0,records_score/* unscored */.c7)('the agent took no turn');
        const calls = (0,records_trajectory/* toolCallsOf */.Ve)(input.trajectory);
        const count = calls.filter((call) => isNamed(call, tool)).length;
        if (count > 0)
            return (0,records_score/* scored */.lD)(1, `it called ${quote(tool, 60)}${count > 1 ? ` ${count} times` : ''}`, { threshold });
        return (0,records_score/* scored */.lD)(0, `it did not call ${quote(tool, 60)}, but made ${describeCalls(calls)}`, { threshold });
    };
}
/** One value per turn of the sample that says which calls are expected; a turn that did not take place counts 0. */
function checkTurns(input, options) {
    if (input.trajectory.turns.length === 0)
        return (0,records_score/* unscored */.c7)('the agent took no turn');
    if (!input.sample.turns.some((turn) => turn.toolCalls)) {
        return (0,records_score/* notApplicable */.hH)('the sample has no "toolCalls", which say which calls are expected; [] says none');
    }
    const perTurn = [];
    const reasons = [];
    let whyNot = '';
    for (const [index, { toolCalls }] of input.sample.turns.entries()) {
        const result = toolCalls ? checkTurn(input, { ...options, index, expected: toolCalls }) : { value: undefined, reason: whyNot };
        perTurn.push(result.value ?? null);
        if (result.value === undefined)
            whyNot = result.reason;
        else
            reasons.push(input.sample.turns.length > 1 ? `turn ${index + 1}: ${result.reason}` : result.reason);
    }
    return reasons.length === 0 ? (0,records_score/* unscored */.c7)(whyNot) : meanOfTurns(perTurn, reasons, options.threshold);
}
function checkTurn({ sample, trajectory: { turns } }, { index, expected, match, isMatch }) {
    const turn = turns[index];
    if (!turn)
        return { value: 0, reason: 'it did not take place' };
    // A one-turn sample judges all that the agent did, however its driver split it into turns.
    const actual = sample.turns.length === 1 ? turns.flatMap(callsOfTurn) : callsOfTurn(turn);
    return matchCalls({ match, expected, actual, isMatch });
}
function describeCalls(calls) {
    if (calls.length === 0)
        return 'no tool call';
    return `${countText(calls.length, 'tool call')}: ${quote(calls
        .slice(0, 10)
        .map((call) => call.name)
        .join(', '))}`;
}

;// CONCATENATED MODULE: ./lib/checkers/registry.js
















/** Every checker that a config may name. */
const checkers = (0,registry.createRegistry)('checker', [
    equals,
    contains,
    regex,
    number,
    jsonSchema,
    jsonMatch,
    rouge_rouge,
    similarity,
    trajectory,
    toolAbsent,
    latency,
    tokens,
    cost,
    steps,
    moduleChecker,
]);


/***/ }),

/***/ 2655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bU: () => (/* binding */ baselineFinderOf),
  KA: () => (/* binding */ checkFormat),
  Mf: () => (/* binding */ eachSuite),
  Od: () => (/* binding */ gitOf),
  OB: () => (/* binding */ outputDirOf),
  jA: () => (/* binding */ progressOf),
  kC: () => (/* binding */ showEvaluation),
  f3: () => (/* binding */ suitesOf)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/git.js
var git = __webpack_require__(8268);
// EXTERNAL MODULE: ./lib/pipeline/find-baseline.js
var find_baseline = __webpack_require__(5399);
// EXTERNAL MODULE: ./lib/pipeline/load-suites.js + 11 modules
var load_suites = __webpack_require__(7387);
// EXTERNAL MODULE: ./lib/pipeline/output-folder.js
var output_folder = __webpack_require__(4410);
// EXTERNAL MODULE: ./lib/reporters/registry.js + 19 modules
var registry = __webpack_require__(5800);
// EXTERNAL MODULE: ./lib/cli/host.js
var cli_host = __webpack_require__(9906);
;// CONCATENATED MODULE: ./lib/cli/progress.js
const barEveryMs = 100;
/** Sober lines for logs: at most one in this time. */
const lineEveryMs = 10_000;
/** A bar with counts, rate and time left on a terminal; a line now and then elsewhere. */
function createProgress(stream, options) {
    const now = options.monotonicMs ?? (() => performance.now());
    const isLive = stream.isTTY === true && !options.isQuiet;
    const prefix = options.prefix === undefined ? '' : `${options.prefix}: `;
    const everyMs = isLive ? barEveryMs : lineEveryMs;
    let phaseStart = now();
    let doneAtStart = 0;
    let phase = '';
    let lastShown = Number.NEGATIVE_INFINITY;
    let isBarShown = false;
    const clear = () => {
        if (isBarShown)
            stream.write('\r\u001b[2K');
        isBarShown = false;
    };
    const line = (text) => {
        clear();
        stream.write(`${prefix}${text}\n`);
    };
    const progress = (event) => {
        if (event.phase !== phase) {
            phase = event.phase;
            doneAtStart = Math.max(0, event.done - 1);
            lastShown = isLive ? Number.NEGATIVE_INFINITY : phaseStart;
        }
        const isLast = event.done >= event.total;
        if (!isLast && now() - lastShown < everyMs)
            return;
        lastShown = now();
        const text = progressText(event, { elapsedMs: now() - phaseStart, doneAtStart, columns: isLive ? stream.columns || 80 : 0 });
        if (isLive) {
            stream.write(`\r\u001b[2K${text}`);
            isBarShown = true;
        }
        else {
            line(text);
        }
    };
    return {
        end: clear,
        onEvent(event) {
            if (event.kind === 'notice' && event.level === 'warning')
                line(`warning: ${event.message}`);
            if (options.isQuiet)
                return;
            if (event.kind === 'started' || event.kind === 'confirming')
                phaseStart = now();
            if (event.kind === 'progress')
                progress(event);
            else if (event.kind !== 'notice' || options.isVerbose)
                eventLines(event, options).forEach(line);
        },
    };
}
function eventLines(event, { isVerbose, prefix }) {
    const isNamed = prefix !== undefined;
    switch (event.kind) {
        case 'started': {
            const resumed = event.resumed > 0 ? `, ${event.resumed} already done` : '';
            return [
                `${isNamed ? '' : `${event.suite}: `}${plural(event.samples, 'sample')} × ${plural(event.repeats, 'repeat')} = ${plural(event.slots, 'slot')}${resumed}`,
            ];
        }
        case 'baseline':
            return [
                event.info.kind === 'none'
                    ? `no baseline: ${event.info.reason ?? 'none found'}`
                    : `baseline: ${plural(event.info.runs, 'run')} (${event.info.kind})`,
                ...(isVerbose ? (event.info.notes ?? []) : []),
            ];
        case 'rescored':
            return [`scored ${plural(event.slots, 'recorded answer')} again, ${event.reason}`];
        case 'confirming':
            return [`${plural(event.samples, 'sample')} look${event.samples === 1 ? 's' : ''} worse; asking ${event.slots} more times to be sure`];
        case 'notice':
            return [event.message];
        case 'progress':
            return [];
    }
}
/** Counts, rate and time left; with a bar when there are columns for it. */
function progressText(event, view) {
    const { done, total, pass, fail, error, unscored, answered } = event;
    const seconds = Math.max(view.elapsedMs / 1000, 0.001);
    const rate = (done - view.doneAtStart) / seconds;
    const left = rate > 0 ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
    const scored = answered > 0 ? [`${answered} answered`] : [`${pass} pass`, `${fail} fail`];
    const counts = [...scored, ...(error > 0 ? [`${error} error`] : []), ...(unscored > 0 ? [`${unscored} unscored`] : [])].join(', ');
    const speed = rate >= 10 ? `${Math.round(rate)}/s` : `${rate.toFixed(1)}/s`;
    const time = done >= total || left === undefined ? '' : `, ${durationText(left)} left`;
    const label = event.phase === 'confirm' ? 'confirm ' : '';
    const text = `${label}${done}/${total} · ${counts} · ${speed}${time}`;
    const room = view.columns - text.length - 4;
    if (room < 8)
        return text.slice(0, view.columns > 0 ? view.columns - 1 : undefined);
    const width = Math.min(room, 28);
    const filled = total === 0 ? width : Math.round((Math.min(done, total) / total) * width);
    return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}  ${text}`;
}
function durationText(seconds) {
    if (seconds < 60)
        return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/cli/suites.js










/** Flag → config path. */
const overrideFlags = [
    ['repeats', 'repeats'],
    ['concurrency', 'concurrency'],
    ['limit', 'samples.limit'],
    ['offset', 'samples.offset'],
    ['timeout-ms', 'timeoutMs'],
    ['max-retries', 'maxRetries'],
    ['fail-on', 'policy.failOn'],
    ['model', 'agent.model'],
    ['base-url', 'agent.baseUrl'],
    ['api-key', 'agent.apiKey'],
    ['temperature', 'agent.temperature'],
];
/** The suites of this call, with the flags over the file and the environment. @throws ToolError with every problem of every file. */
async function suitesOf(given, host) {
    const overrides = overrideFlags.flatMap(([flag, path]) => {
        const value = given.text(flag);
        return value === undefined ? [] : [{ path, value, origin: 'flag', source: `--${flag}` }];
    });
    const baseline = given.list('baseline');
    if (baseline.length > 0)
        overrides.push({ path: 'baseline', value: baselineValue(baseline), origin: 'flag', source: '--baseline' });
    const suites = await (0,load_suites/* loadSuites */._)({ configPaths: given.list('config'), overrides, env: host.env, cwd: host.cwd });
    const where = filterOf(given.list('filter'));
    return where ? suites.map((suite) => ({ ...suite, samples: { ...suite.samples, where: { ...suite.samples.where, ...where } } })) : suites;
}
/** `auto`, `none`, `run:123` and `sha:abc` are words; everything else is paths. */
function baselineValue(values) {
    const [only] = values;
    return values.length === 1 && only !== undefined && /^(auto|none|run:.*|sha:.*)$/.test(only) ? only : values;
}
function filterOf(filters) {
    if (filters.length === 0)
        return undefined;
    const exact = (prefix) => filters.filter((filter) => filter.startsWith(prefix)).map((filter) => filter.slice(prefix.length));
    const [tags, ids] = [exact('tag:'), exact('id:')];
    const any = filters.filter((filter) => !/^(tag|id):/.test(filter));
    return { ...(tags.length > 0 ? { tags } : {}), ...(ids.length > 0 ? { ids } : {}), ...(any.length > 0 ? { any } : {}) };
}
/** Absolute output folder of one suite: `--output`, with a folder per suite when there are several, else `.agent-regress/<suite>`. */
function outputDirOf(given, host, suite, suites) {
    const output = given.text('output');
    if (output === undefined)
        return (0,external_node_path_.resolve)(host.cwd, '.agent-regress', (0,output_folder/* folderName */.u)(suite.suite));
    return suites > 1 ? (0,external_node_path_.resolve)(host.cwd, output, (0,output_folder/* folderName */.u)(suite.suite)) : (0,external_node_path_.resolve)(host.cwd, output);
}
/** In a GitHub workflow step with a token, `auto` searches artifacts by REST; elsewhere it is told why it cannot. */
function baselineFinderOf(host) {
    const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = host.env;
    if (!token || !repository)
        return (config) => (0,find_baseline/* findLocalBaseline */.s)(config, host.cwd);
    return (config) => (0,find_baseline/* findLocalBaseline */.s)(config, host.cwd, async (wanted) => {
        const { findBaselineFromEnvironment } = await __webpack_require__.e(/* import() */ 131).then(__webpack_require__.bind(__webpack_require__, 7131));
        return findBaselineFromEnvironment(wanted, host.env);
    });
}
/** sha and ref of the checkout, for the run log. */
function gitOf(host) {
    const { GITHUB_SHA: sha, GITHUB_REF: ref } = host.env;
    if (sha)
        return { sha, ...(ref ? { ref } : {}) };
    return (0,git/* readGit */.l)(host.cwd);
}
/** Progress on standard error as the flags want it; lines name the suite when there are several. */
function progressOf(given, host, suites, suite) {
    return createProgress(host.stderr, { isQuiet: given.has('quiet'), isVerbose: given.has('verbose'), ...(suites > 1 ? { prefix: suite } : {}) });
}
/** Checked before anything is asked: a misspelt format must not cost a run. */
function checkFormat(given) {
    const format = given.text('format');
    if (format !== undefined)
        registry/* reporters */.R.get(format);
}
/** Prints the report in the chosen format, and where the files are. */
function showEvaluation(evaluation, given, host) {
    const format = given.text('format') ?? 'terminal';
    const isColor = (0,cli_host/* wantsColor */.zK)(host, host.stdout, given.has('no-color'));
    host.stdout.write(registry/* reporters */.R.get(format).render(evaluation.view, { width: host.stdout.columns || 100, isColor }));
    if (given.has('quiet'))
        return;
    const shown = [evaluation.files.html, evaluation.files.markdown, evaluation.files.json, evaluation.runLog].filter((path) => path !== undefined && (0,external_node_fs_.existsSync)(path));
    host.stderr.write(`${shown.map((path) => `  ${(0,cli_host/* shownPath */.pS)(host, path)}`).join('\n')}\n`);
}
/** The order in which exit codes of several suites outweigh each other. */
const severity = [errors/* ExitCode */.yU.pass, errors/* ExitCode */.yU.incomplete, errors/* ExitCode */.yU.regression, errors/* ExitCode */.yU.usage, errors/* ExitCode */.yU.internal];
/** Runs one job per suite, one after another; a suite that cannot run does not take the others with it. @returns the worst exit code. */
async function eachSuite(suites, host, job) {
    let worst = errors/* ExitCode */.yU.pass;
    for (const suite of suites) {
        let code;
        try {
            code = await job(suite);
        }
        catch (error) {
            if (!(error instanceof errors/* ToolError */.v4) || suites.length === 1)
                throw error;
            host.stderr.write(`${suite.suite}: ${(0,cli_host/* errorText */.kc)(error)}`);
            code = error.exitCode;
        }
        if (severity.indexOf(code) > severity.indexOf(worst))
            worst = code;
        if (host.signal.aborted)
            break;
    }
    return worst;
}


/***/ }),

/***/ 9219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T_: () => (/* binding */ datasetError),
/* harmony export */   zG: () => (/* binding */ requireObject),
/* harmony export */   zK: () => (/* binding */ readRow)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** The one shape of an error about a dataset file. */
function datasetError(file, line, message, remedy) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({ code: 'dataset-invalid', message: `${file}:${line}: ${message}`, remedy, problems: [{ file, line, message, remedy }] });
}
/** Narrows a parsed row. @throws ToolError when it is not an object. */
function requireObject(value, file, line) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
        return value;
    const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw datasetError(file, line, `a row must be an object, found ${found}`, 'write one object per sample, such as {"input": "…", "expected": "…"}');
}
/** A row, or what is wrong with it, so that all bad rows of a file are told at once. */
function readRow(read, line) {
    try {
        return { row: read(), line };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4))
            throw error;
        return { row: {}, line, problem: error };
    }
}


/***/ }),

/***/ 2469:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  datasets: () => (/* binding */ datasets)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(244);
// EXTERNAL MODULE: ./node_modules/csv-parse/lib/sync.js + 9 modules
var sync = __webpack_require__(5175);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/datasets/dataset.js
/** Gives a definition its types; returns it as it is. */
function defineDataset(format) {
    return format;
}

// EXTERNAL MODULE: ./lib/datasets/parts/problem.js
var problem = __webpack_require__(9219);
;// CONCATENATED MODULE: ./lib/datasets/parts/text.js
/** The whole text of a source, without a byte order mark. */
async function readAll(source) {
    const parts = [];
    for await (const chunk of source)
        parts.push(chunk);
    return withoutMark(parts.join(''));
}
/** The text without a byte order mark at its start. */
function withoutMark(text) {
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
/** Complete lines with their 1-based number; `\n` and `\r\n` end a line; the last line may lack its end. Holds one line at a time. */
async function* readLines(source) {
    let rest = '';
    let line = 0;
    let isFirst = true;
    for await (const chunk of source) {
        const text = rest + (isFirst ? withoutMark(chunk) : chunk);
        isFirst = false;
        let start = 0;
        for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
            line += 1;
            yield { text: text.slice(start, text[end - 1] === '\r' ? end - 1 : end), line };
            start = end + 1;
        }
        rest = text.slice(start);
    }
    if (rest !== '')
        yield { text: rest, line: line + 1 };
}

;// CONCATENATED MODULE: ./lib/datasets/csv.js





/** RFC 4180 with a header row; comma, semicolon or tab, whichever the header uses most. Every cell is text; an empty cell is absent. */
const csv = defineDataset({
    type: 'csv',
    summary: 'a header row, then one sample a row; comma, semicolon or tab',
    extensions: ['.csv', '.tsv'],
    async *rows(source, file) {
        const text = await readAll(source);
        let countedTwice = 0;
        for (const { record, info } of parseRecords(text, file)) {
            const cells = Object.entries(record).filter(([, cell]) => cell !== '');
            // The parser counts a CRLF inside quotes as two lines, and `info.lines` is the last line of a record.
            countedTwice += matchesIn(record, /\r\n/g);
            const line = info.lines - countedTwice - matchesIn(record, /\r\n|\n|\r/g);
            if (cells.length > 0)
                yield { row: Object.fromEntries(cells), line };
        }
    },
});
function parseRecords(text, file) {
    const header = text.slice(0, text.search(/[\r\n]|$/));
    try {
        return (0,sync/* parse */.qg)(text, {
            columns: (names) => uniqueColumns(names, file),
            delimiter: mostUsed(header, [',', ';', '\t']),
            info: true,
            skip_empty_lines: true,
            trim: false,
        });
    }
    catch (error) {
        if (!(error instanceof sync/* CsvError */.J$))
            throw error;
        const line = typeof error.lines === 'number' ? error.lines : 1;
        throw (0,problem/* datasetError */.T_)(file, line, `not CSV: ${(0,errors/* messageOf */.bD)(error)}`, 'quote cells that hold the separator, quotes or line breaks; every row needs as many cells as the header');
    }
}
function uniqueColumns(names, file) {
    const trimmed = names.map((name) => name.trim());
    const twice = trimmed.find((name, index) => trimmed.indexOf(name) !== index);
    if (twice !== undefined)
        throw (0,problem/* datasetError */.T_)(file, 1, `the column "${twice}" appears twice`, 'give every column its own name');
    return trimmed;
}
function matchesIn(record, pattern) {
    return Object.values(record).reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
}
function mostUsed(header, separators) {
    const count = (separator) => header.split(separator).length;
    return separators.reduce((best, next) => (count(next) > count(best) ? next : best));
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/datasets/parts/yaml-rows.js



/** JSON is YAML with the core schema, so one parser gives both formats their line numbers. */
function* yamlRows(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, prettyErrors: false });
    const [error] = document.errors;
    if (error) {
        const { line } = lines.linePos(error.pos[0]);
        throw (0,problem/* datasetError */.T_)(file, line, error.message, 'mend the syntax at that line');
    }
    const root = document.contents;
    const list = (0,dist/* isMap */.jh)(root) ? root.get('samples', true) : root;
    if (root === null)
        return;
    if (!(0,dist/* isSeq */.oP)(list)) {
        throw (0,problem/* datasetError */.T_)(file, 1, 'no list of samples found', 'write a list of objects, or {samples: [ … ]}');
    }
    for (const item of list.items) {
        const range = item.range;
        const line = range ? lines.linePos(range[0]).line : 1;
        const read = () => item.toJS(document, { maxAliasCount: 100 });
        yield (0,problem/* readRow */.zK)(() => (0,problem/* requireObject */.zG)(resolved(read, file, line), file, line), line);
    }
}
/** Aliases are resolved only now: too many of them, or one without its anchor, are errors of that row. */
function resolved(read, file, line) {
    try {
        return read();
    }
    catch (error) {
        throw (0,problem/* datasetError */.T_)(file, line, (0,errors/* messageOf */.bD)(error), 'write the values out instead of using aliases');
    }
}

;// CONCATENATED MODULE: ./lib/datasets/json.js



/** A JSON list of samples, or an object with the list under `samples`. */
const json = defineDataset({
    type: 'json',
    summary: 'a list of samples, or an object with the list under `samples`',
    extensions: ['.json'],
    async *rows(source, file) {
        yield* yamlRows(await readAll(source), file);
    },
});

;// CONCATENATED MODULE: ./lib/datasets/jsonl.js




/** One JSON object a line; blank lines are skipped. Streams. */
const jsonl = defineDataset({
    type: 'jsonl',
    summary: 'one JSON object a line; streams, so any size will do',
    extensions: ['.jsonl', '.ndjson'],
    async *rows(source, file) {
        for await (const { text, line } of readLines(source)) {
            if (text.trim() === '')
                continue;
            yield (0,problem/* readRow */.zK)(() => (0,problem/* requireObject */.zG)(parseLine(text, file, line), file, line), line);
        }
    },
});
function parseLine(text, file, line) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw (0,problem/* datasetError */.T_)(file, line, `not JSON: ${(0,errors/* messageOf */.bD)(error)}`, 'write one complete JSON object per line, without line breaks inside it');
    }
}

;// CONCATENATED MODULE: ./lib/datasets/yaml.js



/** A list of samples, or a mapping with the list under `samples`. */
const yaml = defineDataset({
    type: 'yaml',
    summary: 'a list of samples, or a mapping with the list under `samples`',
    extensions: ['.yaml', '.yml'],
    async *rows(source, file) {
        yield* yamlRows(await readAll(source), file);
    },
});

;// CONCATENATED MODULE: ./lib/datasets/registry.js





/** The one list of dataset formats. */
const datasets = (0,registry.createRegistry)('dataset', [jsonl, json, yaml, csv]);


/***/ }),

/***/ 4054:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cj: () => (/* binding */ tailOf),
/* harmony export */   FP: () => (/* binding */ statusFailure),
/* harmony export */   P1: () => (/* binding */ abortFailure),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter),
/* harmony export */   rd: () => (/* binding */ networkFailure),
/* harmony export */   zU: () => (/* binding */ excerptOf)
/* harmony export */ });
/* harmony import */ var _agents_agent_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(356);
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

/***/ 8315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N0: () => (/* binding */ readByteChunks),
/* harmony export */   Yw: () => (/* binding */ syncFolder),
/* harmony export */   io: () => (/* binding */ readBytes),
/* harmony export */   l5: () => (/* binding */ temporaryPath),
/* harmony export */   tG: () => (/* binding */ writeFileWhole),
/* harmony export */   zO: () => (/* binding */ readChunks)
/* harmony export */ });
/* unused harmony export readText */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7975);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(452);





/**
 * Writes a file whole or not at all: a temporary file in the same folder, synced, renamed, and the folder synced.
 * Creates the folder. On any error the file that was there is untouched and the temporary one is gone.
 * @throws ToolError `write-failed`, exit 3.
 */
async function writeFileWhole(path, content) {
    const temporary = temporaryPath(path);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), { recursive: true });
        await writeSynced(temporary, content);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.unlink)(temporary).catch(() => { });
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({
            code: 'write-failed',
            message: `${path} could not be written: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`,
            remedy: 'check that the folder is writable and has space; the file that was there is unchanged',
            exitCode: _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ExitCode */ .yU.incomplete,
            cause: error,
        });
    }
    await syncFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
}
/** A hidden name beside `path` that no other process or call uses. */
function temporaryPath(path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), `.${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path)}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}.tmp`);
}
/** Makes renames in a folder durable. Silent where a folder cannot be synced (Windows, some network disks). */
async function syncFolder(folder) {
    let handle;
    try {
        handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(folder, 'r');
        await handle.sync();
    }
    catch {
        // The content is whole either way; only its durability on power loss depends on this.
    }
    finally {
        await handle?.close();
    }
}
/**
 * The bytes of a file of at most `maxBytes`, without ever holding more.
 * @throws ToolError `file-unreadable` or `file-too-large`.
 */
async function readBytes(path, maxBytes) {
    const parts = [];
    let size = 0;
    for await (const chunk of readByteChunks(path)) {
        size += chunk.length;
        if (size > maxBytes) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({ code: 'file-too-large', message: `${path} is larger than ${maxBytes} bytes`, remedy: 'split the file' });
        }
        parts.push(chunk);
    }
    return Buffer.concat(parts);
}
/** The text of a UTF-8 file of at most `maxBytes`, without a byte order mark. @throws ToolError as readBytes, or `file-not-utf8`. */
async function readText(path, maxBytes) {
    return decode(new TextDecoder('utf-8', { fatal: true }), await readBytes(path, maxBytes), path, false);
}
/** The text of a UTF-8 file in pieces, without a byte order mark; a character is never cut. @throws ToolError as readText. */
async function* readChunks(path) {
    const decoder = new node_util__WEBPACK_IMPORTED_MODULE_3__.TextDecoder('utf-8', { fatal: true });
    for await (const chunk of readByteChunks(path)) {
        const text = decode(decoder, chunk, path, true);
        if (text !== '')
            yield text;
    }
    const rest = decode(decoder, new Uint8Array(), path, false);
    if (rest !== '')
        yield rest;
}
const chunkBytes = 256 * 1024;
/** The bytes of a file in fresh pieces of at most 256 KiB. @throws ToolError `file-unreadable`. */
async function* readByteChunks(path) {
    let handle;
    try {
        handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'r');
        for (;;) {
            const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, null);
            if (bytesRead === 0)
                return;
            yield buffer.subarray(0, bytesRead);
        }
    }
    catch (error) {
        throw unreadable(path, error);
    }
    finally {
        await handle?.close();
    }
}
async function writeSynced(path, content) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'wx');
    try {
        if (typeof content === 'string')
            await writeText(handle, content);
        else
            await handle.writeFile(content);
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
/** In pieces through one buffer, so that a long text is not in memory a second time as bytes. No piece ends inside a character. */
async function writeText(handle, text) {
    const bytes = Buffer.allocUnsafe(3 * (Math.min(text.length, pieceLength) + 1));
    for (let start = 0; start < text.length;) {
        const cut = start + pieceLength;
        const end = (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 ? cut + 1 : cut;
        await handle.writeFile(bytes.subarray(0, bytes.write(text.slice(start, end))));
        start = end;
    }
}
const pieceLength = 128 * 1024;
function decode(decoder, bytes, path, isPartial) {
    try {
        return decoder.decode(bytes, { stream: isPartial });
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({ code: 'file-not-utf8', message: `${path} is not UTF-8 text`, remedy: 'save the file as UTF-8', cause: error });
    }
}
/** Errors of a consumer pass through a generator's catch as well, so only file system errors are renamed. */
function unreadable(path, error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4)
        return error;
    const isMissing = code === 'ENOENT';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ToolError */ .v4({
        code: 'file-unreadable',
        message: isMissing ? `there is no file ${path}` : `${path} could not be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`,
        remedy: isMissing ? 'check the path' : 'check that it is a file and readable',
        cause: error,
    });
}


/***/ }),

/***/ 8268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ readGit)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/**
 * Commit and ref of the checkout around a folder, read from its files: no git program is needed.
 * `undefined` outside a repository or before its first commit.
 */
function readGit(from) {
    const gitDir = findGitDir((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(from));
    if (gitDir === undefined)
        return undefined;
    try {
        const head = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(gitDir, 'HEAD'), 'utf8').trim();
        const ref = /^ref: (\S+)$/.exec(head)?.[1];
        if (ref === undefined)
            return /^[0-9a-f]{40,64}$/.test(head) ? { sha: head } : undefined;
        const sha = shaOf(gitDir, ref);
        return sha === undefined ? { ref } : { sha, ref };
    }
    catch {
        return undefined; // an unreadable repository only costs the note in the run log
    }
}
function findGitDir(folder) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, '.git');
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path)) {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isDirectory())
            return path;
        const target = /^gitdir: (.+)$/m.exec((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'))?.[1]; // a worktree or submodule
        return target === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, target);
    }
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder) === folder ? undefined : findGitDir((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder));
}
function shaOf(gitDir, ref) {
    const common = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(gitDir, 'commondir');
    const shared = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(common) ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(gitDir, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(common, 'utf8').trim()) : gitDir;
    for (const folder of [gitDir, shared]) {
        const loose = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, ref);
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(loose))
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(loose, 'utf8').trim();
    }
    const packed = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(shared, 'packed-refs');
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(packed))
        return undefined;
    const line = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(packed, 'utf8')
        .split('\n')
        .find((entry) => entry.endsWith(` ${ref}`));
    return line?.slice(0, line.indexOf(' '));
}


/***/ }),

/***/ 2969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ createModulePort),
/* harmony export */   p: () => (/* binding */ ModuleError)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3136);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9785);
/* harmony import */ var _worker_pool_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(791);





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
        const worker = (0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(new URL(/* asset import */ __webpack_require__(6798), __webpack_require__.b));
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

/***/ 9785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KE: () => (/* binding */ describeExit),
/* harmony export */   Oh: () => (/* binding */ startGroup),
/* harmony export */   R3: () => (/* binding */ runProcess),
/* harmony export */   wS: () => (/* binding */ scrubbedEnv)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4054);


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

/***/ 4561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ readEvidence),
/* harmony export */   FP: () => (/* binding */ readResponses),
/* harmony export */   eL: () => (/* binding */ resolveRunLog),
/* harmony export */   su: () => (/* binding */ readRunIndex),
/* harmony export */   w3: () => (/* binding */ readRunLog)
/* harmony export */ });
/* unused harmony export runLogName */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _records_run_index_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8254);
/* harmony import */ var _records_run_log_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9380);
/* harmony import */ var _run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6162);






const runLogName = 'run.jsonl';
/**
 * Every record of a run log in order, validated; records of types that are not known yet are left out, and so is a
 * final line that a crash has cut. The file may grow meanwhile.
 * @throws ToolError `run-log-damaged`, `run-log-newer`, `run-log-empty`, `file-unreadable`.
 */
async function* readRunLog(path) {
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'whole' }))
        yield* records;
}
/** The numbers of a run log without its trajectories, in memory that grows with the slots only. @throws ToolError as readRunLog. */
async function readRunIndex(path) {
    const index = (0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_3__/* .emptyRunIndex */ .H5)(path);
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'numbers' }))
        for (const record of records)
            (0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_3__/* .foldRecord */ .jo)(index, record);
    return index;
}
/** The recorded answers and final errors in order, for scoring them. @throws ToolError as readRunLog. */
async function* readResponses(path) {
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'whole', types: ['run', 'response'] })) {
        for (const record of records)
            if (record.type === 'response')
                yield record;
    }
}
/**
 * All that was recorded of the slots of some samples, by sample id, by epoch; a slot without an outcome is `skipped`.
 * A sample that the log lacks has no entry. `maxEpochs`: only that many slots per sample, the first ones of the log.
 * @throws ToolError as readRunLog.
 */
async function readEvidence(path, ids, options = {}) {
    const bySample = new Map();
    if (ids.size === 0)
        return new Map();
    const types = ['run', 'response', 'score', 'done'];
    for await (const { records } of (0,_run_log_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanRunLog */ .t)(path, { depth: 'numbers', types })) {
        for (const record of records) {
            if ((record.type !== 'response' && record.type !== 'score' && record.type !== 'done') || !ids.has(record.sample))
                continue;
            const slot = evidenceOf(bySample, record, options.maxEpochs ?? Number.POSITIVE_INFINITY);
            if (slot)
                addEvidence(slot, record.type === 'response' ? wholeResponse(path, record) : record);
        }
    }
    return new Map([...bySample].map(([id, slots]) => [id, [...slots.values()].sort((a, b) => a.epoch - b.epoch)]));
}
/** A `run.jsonl` or a folder that holds one, as the path of the file. @throws ToolError `run-log-not-found`. */
async function resolveRunLog(pathOrFolder) {
    const kind = await kindOf(pathOrFolder);
    if (kind === 'file')
        return pathOrFolder;
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(pathOrFolder, runLogName);
    if (kind === 'folder' && (await kindOf(inside)) === 'file')
        return inside;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ToolError */ .v4({
        code: 'run-log-not-found',
        message: kind === 'folder' ? `the folder ${pathOrFolder} has no ${runLogName}` : `there is no run log at ${pathOrFolder}`,
        remedy: `name a ${runLogName} or the output folder of a run`,
    });
}
function evidenceOf(bySample, record, maxEpochs) {
    const slots = bySample.get(record.sample) ?? new Map();
    bySample.set(record.sample, slots);
    const known = slots.get(record.epoch);
    if (known || slots.size >= maxEpochs)
        return known;
    const slot = { epoch: record.epoch, outcome: 'skipped', scores: [] };
    slots.set(record.epoch, slot);
    return slot;
}
function addEvidence(slot, record) {
    if (record.type === 'done')
        slot.outcome = record.outcome;
    else if (record.type === 'response') {
        if (record.trajectory)
            slot.trajectory = record.trajectory;
        if (record.error)
            slot.error = record.error;
    }
    else {
        // A later score of the same checker is a re-scoring.
        slot.scores = [...slot.scores.filter(({ checker }) => checker !== record.checker), { checker: record.checker, score: scoreOf(record) }];
    }
}
function scoreOf(record) {
    if (record.kind === 'unscored')
        return { kind: 'unscored', reason: record.reason };
    const { kind, value, pass, reason, perTurn } = record;
    return { kind, value, pass, reason, ...(perTurn ? { perTurn } : {}) };
}
function wholeResponse(path, record) {
    try {
        return _records_run_log_js__WEBPACK_IMPORTED_MODULE_4__/* .ResponseRecord */ .Vl.parse(record);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ToolError */ .v4({
            code: 'run-log-damaged',
            message: `${path}: the recorded answer of "${record.sample}" is not a trajectory`,
            remedy: 'the file was edited; use another run',
            cause: error,
        });
    }
}
async function kindOf(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).isDirectory() ? 'folder' : 'file';
    }
    catch {
        return 'nothing';
    }
}


/***/ }),

/***/ 6162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ checksummedLine),
/* harmony export */   t: () => (/* binding */ scanRunLog)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8522);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3339);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(961);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7428);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9380);
/* harmony import */ var _records_trajectory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5609);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8315);






/**
 * Reads a run log in batches. A final line that is cut or does not match its checksum is dropped; anything wrong
 * before it is an error that names the line. The file may grow meanwhile.
 * @throws ToolError `run-log-damaged`, `run-log-newer`, `run-log-empty`, `file-unreadable`.
 */
async function* scanRunLog(path, options) {
    const reader = createLineReader(path, options);
    let rest = Buffer.alloc(0);
    const pieces = [];
    for await (const chunk of (0,_files_js__WEBPACK_IMPORTED_MODULE_4__/* .readByteChunks */ .N0)(path)) {
        const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
        const lastBreak = bytes.lastIndexOf(lineBreak);
        pieces.push(bytes);
        if (lastBreak < 0) {
            reader.refuseLongLine(pieces);
            continue;
        }
        const block = pieces.length === 1 ? bytes : Buffer.concat(pieces);
        const end = block.length - bytes.length + lastBreak + 1;
        rest = block.subarray(end);
        pieces.length = 0;
        if (rest.length > 0)
            pieces.push(rest);
        yield reader.readBlock(block.subarray(0, end));
    }
    yield reader.readEnd(Buffer.concat(pieces));
}
const lineBreak = 0x0a;
const maxLineBytes = 256 * 1024 * 1024;
function createLineReader(path, options) {
    let line = 0;
    let endOffset = 0;
    let isChecked = false;
    let suspect;
    const readLine = (bytes, records) => {
        // Only the final line may be unsound, and it shows only with the next line that it is not the final one.
        if (suspect)
            throw suspect;
        line++;
        try {
            const record = parseLine(bytes, { isFirst: line === 1, isChecked, options });
            if (record?.type === 'run')
                isChecked = record.checksums === 'crc32';
            if (record)
                records.push(record);
        }
        catch (error) {
            if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4)
                throw error;
            suspect = damaged(path, line, error);
        }
    };
    return {
        readBlock(block) {
            const records = [];
            let start = 0;
            while (start < block.length) {
                const end = block.indexOf(lineBreak, start);
                readLine(withoutCarriageReturn(block.subarray(start, end)), records);
                if (!suspect)
                    endOffset += end + 1 - start;
                start = end + 1;
            }
            return { records, endOffset, hasLineBreak: true };
        },
        readEnd(rest) {
            const records = [];
            if (rest.length > 0) {
                readLine(rest, records);
                if (!suspect)
                    endOffset += rest.length;
            }
            if (line === 0 || (line === 1 && suspect))
                throw emptyLog(path);
            return { records, endOffset, hasLineBreak: rest.length === 0 || suspect !== undefined };
        },
        refuseLongLine(pieces) {
            if (pieces.reduce((sum, piece) => sum + piece.length, 0) > maxLineBytes)
                throw damaged(path, line + 1, new Error('the line is too long'));
        },
    };
}
/** A checkout with CRLF line ends must not make a committed baseline unreadable. */
function withoutCarriageReturn(bytes) {
    return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
}
/** @throws ToolError for a log that cannot be read at all, any other error for a line that is not sound. */
function parseLine(bytes, { isFirst, isChecked, options }) {
    if (isChecked && !hasSoundChecksum(bytes))
        throw new Error('the line does not match its checksum');
    const value = JSON.parse(bytes.toString('utf8'));
    const { type } = RecordHead.parse(value);
    if (isFirst !== (type === 'run'))
        throw new Error(isFirst ? 'the first record is not a run header' : 'there is a second run header');
    if (type === 'run')
        refuseNewer(value);
    if (!isKnown(type) || (options.types && !options.types.includes(type)))
        return undefined;
    const schema = type === 'response' && options.depth === 'numbers' ? ResponseNumbers : _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogRecordSchemas */ .BJ[type];
    const record = schema.parse(value);
    if (type === 'run' && record.type === 'run' && record.checksums === 'crc32' && !hasSoundChecksum(bytes)) {
        throw new Error('the line does not match its checksum');
    }
    delete record.crc;
    return record;
}
const RecordHead = zod__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP() });
/** A response of which only the numbers are used: the texts, most of the bytes, are left as they are. */
const ResponseNumbers = _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .ResponseRecord */ .Vl.extend({
    trajectory: zod__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({ usage: _records_trajectory_js__WEBPACK_IMPORTED_MODULE_3__/* .Usage */ ._U.optional(), latencyMs: zod__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig().min(0).optional(), firstByteMs: zod__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig().min(0).optional() })
        .optional(),
});
function isKnown(type) {
    return Object.hasOwn(_records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogRecordSchemas */ .BJ, type);
}
function refuseNewer(value) {
    const version = zod__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({ schemaVersion: zod__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig() }).safeParse(value).data?.schemaVersion ?? _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogSchemaVersion */ .xS;
    if (version <= _records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogSchemaVersion */ .xS)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({
        code: 'run-log-newer',
        message: `the run log has format ${version}; this version reads up to ${_records_run_log_js__WEBPACK_IMPORTED_MODULE_2__/* .runLogSchemaVersion */ .xS}`,
        remedy: 'update agent-regress',
    });
}
/** `,"crc":"89abcdef"}` at the end of the line. */
const checksumLength = 18;
/** A record as a line of a run log: its JSON text with a last key `crc`, the CRC-32 of that text without the key, and a line break. */
function checksummedLine(record) {
    const json = JSON.stringify(record);
    return `${json.slice(0, -1)},"crc":"${hex((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(json))}"}\n`;
}
function hasSoundChecksum(bytes) {
    const start = bytes.length - checksumLength;
    if (start < 2)
        return false;
    const sum = (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)('}', (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes.subarray(0, start)));
    return bytes.toString('latin1', start) === `,"crc":"${hex(sum)}"}`;
}
function hex(sum) {
    return sum.toString(16).padStart(8, '0');
}
function damaged(path, line, cause) {
    const detail = cause instanceof zod__WEBPACK_IMPORTED_MODULE_6__/* .ZodError */ .G ? zod__WEBPACK_IMPORTED_MODULE_7__/* .prettifyError */ .S1(cause).split('\n').slice(0, 4).join(' ') : String(cause instanceof Error ? cause.message : cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({
        code: 'run-log-damaged',
        message: `${path}, line ${line}: ${detail}`,
        remedy: 'the file was edited or cut in the middle; use another run, or start again without --resume',
        problems: [{ file: path, line, message: detail }],
        cause,
    });
}
function emptyLog(path) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ToolError */ .v4({ code: 'run-log-empty', message: `${path} holds no run`, remedy: 'name the run.jsonl of a run that has started' });
}


/***/ }),

/***/ 791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ createWorkerPool),
/* harmony export */   r: () => (/* binding */ WorkerFailure)
/* harmony export */ });
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9785);

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

/***/ 5399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ findLocalBaseline)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _io_run_log_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4561);
/* harmony import */ var _output_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4410);




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
            runLogs.push(await (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_2__/* .resolveRunLog */ .eL)(folderOfSuite((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(from, path), config.suite)));
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
    const below = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, (0,_output_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .folderName */ .u)(suite));
    return !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, 'run.jsonl')) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(below, 'run.jsonl')) ? below : path;
}


/***/ }),

/***/ 7387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ loadSuites)
});

// UNUSED EXPORTS: configFileNames

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/parse.js
var parse = __webpack_require__(9171);
;// CONCATENATED MODULE: ./lib/config/located.js
/** The JSON value without its places. */
function plainOf(node) {
    if (node.kind === 'scalar')
        return node.value;
    return node.kind === 'list' ? node.items.map(plainOf) : plainObjectOf(node);
}
/** The mapping without its places, as plain JSON. */
function plainObjectOf(node) {
    return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainOf(entry.value)]));
}
/** A value that a flag or variable gave; every part has the same place. */
function locatedFrom(value, at) {
    if (Array.isArray(value))
        return { kind: 'list', items: value.map((item) => locatedFrom(item, at)), at };
    if (value === null || typeof value !== 'object')
        return { kind: 'scalar', value, at };
    const entries = Object.entries(value).map(([key, item]) => [key, { keyAt: at, value: locatedFrom(item, at) }]);
    return { kind: 'map', entries: new Map(entries), at };
}
/** The value under a key; undefined when there is none. */
function childOf(node, key) {
    if (node?.kind === 'map')
        return node.entries.get(String(key))?.value;
    if (node?.kind === 'list' && typeof key === 'number')
        return node.items[key];
    return undefined;
}
/** The value at a path of keys and indexes; undefined when the path leads nowhere. */
function nodeAt(node, path) {
    return path.reduce(childOf, node);
}
/** The place of a path, or of the nearest thing around it that exists. With `isKey` the place of the key, for a key that should not be there. */
function placeAt(root, path, isKey = false) {
    let node = root;
    for (const [index, key] of path.entries()) {
        const next = childOf(node, key);
        if (next === undefined)
            return node.at;
        if (isKey && index === path.length - 1 && node.kind === 'map')
            return node.entries.get(String(key))?.keyAt ?? node.at;
        node = next;
    }
    return node.at;
}
/** The mapping with one key set, or with the key taken out when `value` is absent. */
function withKey(node, key, value) {
    const entries = new Map(node.entries);
    if (value === undefined)
        entries.delete(key);
    else
        entries.set(key, { keyAt: entries.get(key)?.keyAt ?? value.at, value });
    return { ...node, entries };
}
/** `checkers[0].value`; empty for the top. */
function formatPath(path) {
    return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
/** A problem at a place. A value from a flag or variable is named by that, not by a field nobody wrote. */
function problemAt(at, path, text) {
    const remedy = text.remedy === undefined ? {} : { remedy: text.remedy };
    if ('source' in at)
        return { field: at.source, message: text.message, ...remedy };
    const field = formatPath(path);
    return { file: at.file, line: at.line, column: at.column, ...(field === '' ? {} : { field }), message: text.message, ...remedy };
}

;// CONCATENATED MODULE: ./lib/config/overrides.js


/** Variables that override the file, and what they override. */
const overrideVariables = {
    AGENT_REGRESS_REPEATS: 'repeats',
    AGENT_REGRESS_CONCURRENCY: 'concurrency',
    AGENT_REGRESS_LIMIT: 'samples.limit',
    AGENT_REGRESS_OFFSET: 'samples.offset',
    AGENT_REGRESS_SEED: 'samples.seed',
    AGENT_REGRESS_TAGS: 'samples.where.tags',
    AGENT_REGRESS_IDS: 'samples.where.ids',
    AGENT_REGRESS_TIMEOUT_MS: 'timeoutMs',
    AGENT_REGRESS_MAX_RETRIES: 'maxRetries',
    AGENT_REGRESS_ON_AMBIGUOUS: 'onAmbiguous',
    AGENT_REGRESS_BASELINE: 'baseline',
    AGENT_REGRESS_BUDGET_CALLS: 'budget.calls',
    AGENT_REGRESS_BUDGET_USD: 'budget.costUsd',
    AGENT_REGRESS_BUDGET_MINUTES: 'budget.minutes',
    AGENT_REGRESS_FAIL_ON: 'policy.failOn',
    AGENT_REGRESS_MARGIN: 'policy.margin',
    AGENT_REGRESS_MODE: 'policy.mode',
};
/** The overrides that the environment holds, in the order of `overrideVariables`; an empty variable is none. */
function overridesFromEnvironment(env) {
    return Object.entries(overrideVariables).flatMap(([source, path]) => {
        const value = env[source]?.trim() ?? '';
        return value === '' ? [] : [{ path, value, origin: 'environment', source }];
    });
}
/**
 * The suite with the overrides put in, the environment's first, then flags in their order. `schemaFor` gives the schema
 * that validates a path, by which text is read; the text is kept where nothing fits, so that validation can say why.
 * `baseline` takes `auto`, `none`, `run:123`, `sha:abc1234`, or paths.
 */
function applyOverrides(root, overrides, schemaFor) {
    const inOrder = [...overrides.filter(({ origin }) => origin === 'environment'), ...overrides.filter(({ origin }) => origin === 'flag')];
    return inOrder.reduce((tree, override) => {
        if (override.value === '' || (Array.isArray(override.value) && override.value.length === 0))
            return tree;
        const path = override.path.split('.');
        const at = { source: override.source, origin: override.origin };
        const value = path[0] === 'baseline' && path.length === 1 ? baselineValue(override.value) : readAs(override.value, schemaFor(path));
        return setIn(withSamplesMapping(tree, path), path, locatedFrom(value, at));
    }, root);
}
/** The schema below a path of keys, through optional and null wrappers; the first of a union's forms that has it. */
function schemaAt(schema, path) {
    const [key, ...rest] = path;
    if (key === undefined)
        return schema;
    const def = schema._zod.def;
    const inner = def.innerType ?? def.in;
    if (inner)
        return schemaAt(inner, path);
    if (def.options)
        return def.options.map((option) => schemaAt(option, path)).find((found) => found !== undefined);
    const next = def.shape && Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
    return next && schemaAt(next, rest);
}
function readAs(value, schema) {
    if (typeof value !== 'string' || !schema)
        return value;
    const list = value.split(',').map((item) => item.trim());
    const readings = [value, Number(value), value === 'true' ? true : value === 'false' ? false : value, list];
    const takes = (reading) => parse/* safeParse */.xL(schema, reading).success;
    if (value.includes(',') && takes(list))
        return list;
    const fitting = readings.find(takes);
    // A number out of range is better told as that than as text.
    return fitting ?? (Number.isFinite(Number(value)) ? Number(value) : value);
}
function baselineValue(value) {
    if (typeof value !== 'string')
        return Array.isArray(value) ? { path: value } : value;
    if (value === 'auto' || value === 'none')
        return value;
    const [, kind, name = ''] = /^(run|sha):(.+)$/.exec(value) ?? [];
    if (kind === 'run')
        return { run: /^\d+$/.test(name) ? Number(name) : name };
    return kind === 'sha' ? { sha: name } : { path: value };
}
/** `samples: file.jsonl` becomes `samples: {path: file.jsonl}`, so that one key of it can be set. */
function withSamplesMapping(root, path) {
    const samples = root.entries.get('samples');
    if (path[0] !== 'samples' || path.length === 1 || !samples || samples.value.kind === 'map')
        return root;
    const value = { kind: 'map', entries: new Map([['path', samples]]), at: samples.value.at };
    return withKey(root, 'samples', value);
}
function setIn(node, path, value) {
    const [key = '', ...rest] = path;
    if (rest.length === 0)
        return withKey(node, key, value);
    const below = childOf(node, key);
    const map = below?.kind === 'map' ? below : { kind: 'map', entries: new Map(), at: value.at };
    return withKey(node, key, setIn(map, rest, value));
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/sample.js
var sample = __webpack_require__(8006);
// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(244);
;// CONCATENATED MODULE: ./lib/config/issues.js


/**
 * What zod found, as problems that stand where the value was written. `root` is the whole suite, `prefix` the path of
 * the value that was validated. Values of `secrets` never appear in the text.
 */
function problemsOf(error, where) {
    return error.issues.flatMap(flatten).map((issue) => {
        const path = [...where.prefix, ...issue.path.filter((key) => typeof key !== 'symbol')];
        const { message, remedy } = splitText(issue.message, path);
        return problemAt(placeAt(where.root, path, issue.code === 'unrecognized_keys'), path, {
            message: withoutSecrets(message, where.secrets),
            remedy: remedy === undefined ? undefined : withoutSecrets(remedy, where.secrets),
        });
    });
}
/**
 * zod's error map of the config: a sentence and, on the next line, the remedy. `otherKeys` are names that are known
 * in a place that zod does not see, with what to say about them.
 */
function describeIssue(options) {
    return (issue) => {
        switch (issue.code) {
            case 'invalid_type':
                return typeText(issue.expected, issue.input);
            case 'unrecognized_keys': {
                const known = [...keysOf(issue.inst), ...(options.known ?? [])];
                // One issue holds several keys; `flatten` gives each its own line.
                return issue.keys.map((key) => `unknown key "${key}"\n${options.elsewhere?.(key) ?? (0,registry.unknownNameRemedy)(key, known)}`).join('\n');
            }
            case 'invalid_value': {
                const values = issue.values.map(String);
                const shown = shortText(issue.input, options.secrets);
                const near = typeof issue.input === 'string' ? (0,registry.nearestNames)(issue.input, values) : [];
                const hint = near.length > 0 ? `did you mean "${near[0]}"?` : undefined;
                return `expected ${listOf(values)}${shown === undefined ? '' : `, found ${shown}`}${hint ? `\n${hint}` : ''}`;
            }
            case 'invalid_union':
                return issue.input === undefined || issue.input === null ? 'is missing' : undefined;
            case 'too_small':
                return rangeText(issue, issue.minimum, 'at least');
            case 'too_big':
                return rangeText(issue, issue.maximum, 'at most');
            default:
                return undefined;
        }
    };
}
/** `text` with every secret replaced by stars. */
function withoutSecrets(text, secrets) {
    return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.split(secret).join('***')), text);
}
/** One issue per thing that is wrong: several unknown keys become several, and a union speaks for the form that was meant. */
function flatten(issue) {
    if (issue.code === 'unrecognized_keys') {
        const lines = issue.message.split('\n');
        return issue.keys.map((key, index) => ({
            ...issue,
            keys: [key],
            path: [...issue.path, key],
            message: lines.slice(2 * index, 2 * index + 2).join('\n'),
        }));
    }
    if (issue.code !== 'invalid_union' || issue.errors.length === 0 || issue.message === 'is missing')
        return [issue];
    const isOtherForm = (inner) => inner.path.length === 0 && (inner.code === 'invalid_type' || inner.code === 'invalid_value');
    const forms = issue.errors.filter((branch) => !branch.some(isOtherForm));
    const values = issue.errors.filter((branch) => branch.every((inner) => inner.code === 'invalid_value'));
    const meant = forms.length > 0 ? forms : values;
    const [best] = [...meant].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
    if (best)
        return best.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
    const found = issue.errors.flat().flatMap((inner) => / found (.*)/.exec(inner.message)?.[1] ?? [])[0];
    const expected = [...new Set(issue.errors.flat().flatMap((inner) => /^expected (.*?)(?:, found|\n|$)/.exec(inner.message)?.[1] ?? []))];
    return [{ ...issue, message: expected.length === 0 ? issue.message : `expected ${listOf(expected, '')}${found ? `, found ${found}` : ''}` }];
}
function depthOf(branch) {
    return Math.max(0, ...branch.map((issue) => issue.path.length));
}
function splitText(text, path) {
    const [message = '', ...rest] = text.split('\n');
    const named = message.startsWith('is missing') ? `"${String(path.at(-1) ?? 'the value')}" ${message}` : message;
    return rest.length === 0 ? { message: named } : { message: named, remedy: rest.join(' ') };
}
const typeNames = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
    null: 'null',
};
function typeText(expectedType, input) {
    const expected = typeNames[expectedType] ?? expectedType;
    if (input === undefined || input === null)
        return `is missing\nexpected ${expected}`;
    const found = `expected ${expected}, found ${foundType(input)}`;
    if (expectedType === 'string' && (typeof input === 'number' || typeof input === 'boolean'))
        return `${found}\nput it in quotes`;
    const isNumeric = typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input));
    if ((expectedType === 'number' || expectedType === 'int') && isNumeric)
        return `${found}\nwrite it without quotes`;
    return found;
}
function foundType(input) {
    if (Array.isArray(input))
        return 'a list';
    if (typeof input === 'string')
        return 'text';
    if (typeof input === 'number')
        return Number.isInteger(input) ? 'a whole number' : 'a number with a fraction';
    return typeof input === 'boolean' ? 'true or false' : 'a mapping';
}
function rangeText(issue, bound, words) {
    if (issue.origin === 'string')
        return bound === 1 && words === 'at least' ? 'the text is empty' : `expected ${words} ${bound} characters`;
    if (issue.origin === 'array' || issue.origin === 'set')
        return `expected ${words} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
    const isInclusive = issue.inclusive ?? true;
    const range = isInclusive ? `of ${words}` : words === 'at least' ? 'above' : 'below';
    return `expected a number ${range} ${bound}${typeof issue.input === 'number' ? `, found ${issue.input}` : ''}`;
}
function shortText(input, secrets) {
    if (typeof input === 'number' || typeof input === 'boolean')
        return String(input);
    if (typeof input !== 'string' || secrets.some((secret) => input.includes(secret)))
        return undefined;
    return JSON.stringify(input.length > 60 ? `${input.slice(0, 59)}…` : input);
}
function listOf(values, quote = '"') {
    const quoted = values.map((value) => `${quote}${value}${quote}`);
    return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
function keysOf(schema) {
    const shape = schema?._zod?.def?.shape;
    return shape ? Object.keys(shape) : [];
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(3339);
// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(7374);
;// CONCATENATED MODULE: ./lib/config/suite-file.js


/** A key that may be left out or set to null, which takes back an inherited value. */
function optional(schema) {
    return schema.nullish();
}
const suite_file_text = schemas/* string */.YjP().min(1);
const names = (about) => schemas/* union */.KCZ([suite_file_text, schemas/* array */.YOg(suite_file_text).min(1)]).describe(about);
/** Written numbers are ids too: a CSV knows only text. */
const words = (about) => schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig(), schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()]))]).describe(about);
/** The name of a suite: it becomes a folder name and part of a comment's marker. */
const suiteNamePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;
const SamplesEntry = schemas/* strictObject */.rej({
    path: names('files or glob patterns, relative to the folder of the config file'),
    format: optional(suite_file_text).describe('dataset format; default by the file ending'),
    map: optional(json/* JsonObject */.Y5).describe('sample fields from the columns of a foreign row, such as {input: "{{question}}"}'),
    where: optional(schemas/* strictObject */.rej({
        tags: optional(words('keep samples with one of these tags')),
        ids: optional(words('keep samples with one of these ids')),
    })).describe('which samples to keep; all conditions must hold'),
    limit: optional(schemas/* int */.Whr().min(1)).describe('samples at most, after the offset; at least 1'),
    offset: optional(schemas/* int */.Whr().min(0)).describe('samples to leave out at the start; default 0'),
    seed: optional(schemas/* int */.Whr().min(0)).describe('shuffles the samples before offset and limit; a whole number; default: no shuffling'),
});
const BudgetEntry = schemas/* strictObject */.rej({
    calls: optional(schemas/* int */.Whr().min(1)).describe('calls to the agent, retries included; at least 1; default: no limit'),
    costUsd: optional(schemas/* number */.aig().positive()).describe('US dollars that agent and judge may report; above 0; default: no limit'),
    minutes: optional(schemas/* number */.aig().positive()).describe('wall time of the run in minutes; above 0; default: no limit'),
});
const milliseconds = schemas/* int */.Whr().min(1).max(86_400_000);
const DeadlinesEntry = schemas/* strictObject */.rej({
    connectMs: optional(milliseconds).describe('to open a connection, milliseconds; default 10000'),
    firstByteMs: optional(milliseconds).describe('until the first byte of the reply, milliseconds; default: timeoutMs'),
    idleMs: optional(milliseconds).describe('between two pieces of the reply, milliseconds; default 30000'),
});
const PolicyEntry = schemas/* strictObject */.rej({
    mode: optional(schemas/* enum */.k5n(['statistical', 'strict'])).describe('statistical: a drop must be more than chance; strict: any confirmed pass-to-fail flip is a regression, for deterministic agents; default statistical'),
    margin: optional(schemas/* number */.aig().min(0).max(1)).describe('drop of the pass rate that is tolerated, 0..1 (0.05 is 5 percentage points); default 0'),
    failOn: optional(schemas/* array */.YOg(schemas/* enum */.k5n(['regressed', 'inconclusive', 'no-baseline']))).describe('verdicts that end with exit code 1; default [regressed]'),
    minPassRate: optional(schemas/* number */.aig().min(0).max(1)).describe('pass rate, 0..1, below which the verdict is red whatever the baseline says'),
    slices: optional(schemas/* array */.YOg(suite_file_text)).describe('compare these parts on their own too; "tags" is one slice per tag; default none'),
    latencyMargin: optional(schemas/* number */.aig().min(0).max(100)).describe('share that latency may grow by, 0.1 is 10 %; default 0.1'),
    confirm: optional(schemas/* boolean */.zMY()).describe('ask suspicious samples again before they are named; default true'),
});
const JudgeEntry = schemas/* strictObject */.rej({
    model: suite_file_text.describe('name of the model that judging checkers ask'),
    baseUrl: optional(suite_file_text).describe(`address of an OpenAI-compatible endpoint; may hold \${env:NAME}`),
    apiKey: optional(suite_file_text).describe(`key of that endpoint, as \${env:NAME}`),
});
const BaselineEntry = schemas/* union */.KCZ([
    schemas/* enum */.k5n(['auto', 'none']),
    schemas/* strictObject */.rej({
        path: names('run.jsonl files, or folders that hold one, relative to the folder of the config file').optional(),
        run: schemas/* int */.Whr().min(1).optional().describe('number of a GitHub Actions workflow run'),
        sha: schemas/* string */.YjP()
            .regex(/^[0-9a-f]{7,64}$/i, 'expected 7 to 64 hex digits of a commit')
            .optional(),
        agent: json/* JsonObject */.Y5.optional().describe('not available yet: a second live endpoint'),
    }),
])
    .describe('what to compare with; auto: the stored runs of the base branch; none: report without comparing; default auto');
const AgentEntry = schemas/* looseObject */._H3({ type: suite_file_text.describe('the protocol of the agent') });
/** The keys that every checker entry may have beside its `type` and its own options. */
const CheckerCommon = schemas/* strictObject */.rej({
    type: suite_file_text.describe('what is checked'),
    name: optional(schemas/* string */.YjP().regex(/^[^\p{C}]{1,100}$/u, 'expected 1 to 100 visible characters')).describe('unique in the suite; default: the type, numbered from the second on'),
    required: optional(schemas/* boolean */.zMY()).describe('a sample passes when all required checkers pass; default true'),
    weight: optional(schemas/* number */.aig().positive().max(1e6)).describe('share in weighted means, above 0; default 1'),
    not: optional(schemas/* boolean */.zMY()).describe('turn the check round: pass when it fails; default false'),
});
/** Its `type` and options are validated with the checker's own schema. */
const checkerEntry = schemas/* looseObject */._H3({});
/** A suite as a user writes it, after inheritance; options of agents and checkers are validated by their own schemas. */
const SuiteFile = schemas/* strictObject */.rej({
    $schema: optional(schemas/* string */.YjP()).describe('address of this schema, for editors'),
    suite: optional(schemas/* string */.YjP().regex(suiteNamePattern, 'expected 1 to 100 letters, digits, spaces, ".", "_" or "-", beginning with a letter or digit')).describe('name of the suite; default: the name of the folder of the file'),
    samples: schemas/* union */.KCZ([suite_file_text, schemas/* array */.YOg(suite_file_text).min(1), SamplesEntry]).describe('which samples: paths or glob patterns, or a mapping'),
    agent: AgentEntry,
    repeats: optional(schemas/* int */.Whr().min(1).max(1000)).describe('times each sample is asked; 1..1000; default 3'),
    concurrency: optional(schemas/* int */.Whr().min(1).max(1000)).describe('samples that are asked at once; 1..1000; default 8'),
    timeoutMs: optional(milliseconds).describe('for one try at one sample, milliseconds; default 60000'),
    deadlines: optional(DeadlinesEntry).describe('limits inside one try'),
    maxRetries: optional(schemas/* int */.Whr().min(0).max(20)).describe('tries after the first one, of errors that may be retried; 0..20; default 2'),
    onAmbiguous: optional(schemas/* enum */.k5n(['retry', 'fail'])).describe('when a call may or may not have been served: ask again with the same Idempotency-Key, or count an error; default retry'),
    maxReplyBytes: optional(schemas/* int */.Whr().min(1024).max(1_073_741_824)).describe('bytes of one reply after decompression; default 10485760 (10 MiB)'),
    budget: optional(BudgetEntry).describe('the run stops with an incomplete result when one is used up'),
    checkers: optional(schemas/* union */.KCZ([schemas/* array */.YOg(checkerEntry), schemas/* record */.g1P(schemas/* string */.YjP(), checkerEntry)])).describe('how an answer is scored: a list of entries, or a mapping from name to entry'),
    judge: optional(JudgeEntry).describe('the model that judging checkers ask; kept for later use'),
    baseline: optional(BaselineEntry),
    policy: optional(PolicyEntry).describe('how a comparison becomes a verdict'),
    env: optional(schemas/* array */.YOg(suite_file_text)).describe(`environment variables that may be used as \${env:NAME}; default: those that are used in allowed fields`),
});

;// CONCATENATED MODULE: ./lib/config/checkers.js




/** Keys of a checker entry that are not options of its type. */
const checkerCommonKeys = Object.keys(CheckerCommon.shape);
/**
 * The checker entries at a path of a suite, a list or a mapping from name to entry, validated with the schemas of their
 * types. Entries that are not mappings are left to the schema of the file. None gives none.
 */
function parseCheckers(root, path, registry) {
    const node = nodeAt(root, path);
    const problems = [];
    const parsed = [];
    for (const { entry, key } of entriesOf(node)) {
        const entryPath = [...path, key];
        const result = parseEntry({ root, entry, path: entryPath, registry });
        problems.push(...result.problems);
        if (!result.config)
            continue;
        const name = result.name ?? (typeof key === 'string' ? key : undefined);
        parsed.push({ config: { ...result.config, name: name ?? result.config.type }, isNamed: name !== undefined, path: entryPath });
    }
    const taken = new Set();
    for (const { config, path: entryPath } of parsed.filter(({ isNamed }) => isNamed)) {
        if (taken.has(config.name)) {
            const at = nodeAt(root, [...entryPath, 'name'])?.at ?? root.at;
            problems.push(problemAt(at, [...entryPath, 'name'], { message: `two checkers are called "${config.name}"`, remedy: 'give one another name' }));
        }
        taken.add(config.name);
    }
    for (const { config } of parsed.filter(({ isNamed }) => !isNamed)) {
        for (let number = 2; taken.has(config.name); number++)
            config.name = `${config.type}-${number}`;
        taken.add(config.name);
    }
    return { checkers: parsed.map(({ config }) => config), problems };
}
function entriesOf(node) {
    if (node?.kind === 'list')
        return node.items.flatMap((entry, key) => (entry.kind === 'map' ? [{ entry, key }] : []));
    if (node?.kind !== 'map')
        return [];
    return [...node.entries].flatMap(([key, { value }]) => (value.kind === 'map' ? [{ entry: value, key }] : []));
}
function parseEntry(of) {
    const where = { root: of.root, prefix: of.path, secrets: [] };
    const all = Object.entries(plainObjectOf(of.entry));
    const common = CheckerCommon.safeParse(Object.fromEntries(all.filter(([key]) => checkerCommonKeys.includes(key))), { error: describeIssue(where) });
    const problems = common.success ? [] : problemsOf(common.error, where);
    const typeNode = of.entry.entries.get('type')?.value;
    const type = typeNode?.kind === 'scalar' && typeof typeNode.value === 'string' ? typeNode.value : undefined;
    if (typeNode === undefined || type === undefined || type === '')
        return { problems };
    if (!of.registry.has(type)) {
        problems.push(problemAt(typeNode.at, [...of.path, 'type'], unknownChecker(type, of.registry.types)));
        return { problems };
    }
    const error = describeIssue({ ...where, known: checkerCommonKeys.filter((key) => key !== 'type') });
    const own = Object.fromEntries(all.filter(([key]) => !checkerCommonKeys.includes(key)));
    const options = of.registry.get(type).options.safeParse(own, { error });
    if (!options.success)
        problems.push(...problemsOf(options.error, where));
    if (!options.success || !common.success)
        return { problems };
    const { required, weight, not, name } = common.data;
    const config = { type, name: type, required: required ?? true, weight: weight ?? 1, not: not ?? false, options: options.data };
    return name ? { config, name, problems } : { config, problems };
}
function unknownChecker(type, known) {
    if (type === 'judge') {
        return {
            message: 'the checker "judge" is not available in this version',
            remedy: `leave it out; the "judge" settings of the suite may stay. Known: ${known.join(', ')}`,
        };
    }
    return { message: `unknown checker "${type}"`, remedy: (0,registry.unknownNameRemedy)(type, known) };
}

;// CONCATENATED MODULE: ./lib/config/environment.js


/** Characters of a secret, at least: a shorter one cannot be found in text without hiding half of the text. */
const minSecretLength = 6;
/**
 * Puts the values of environment variables in the place of `${env:NAME}`. Allowed only below the paths of `allowed`,
 * and only names in `declared` where that is given; never the names of the runner's own tokens. A variable that is not
 * set, is empty, or cannot stand where it is used is a problem; no problem ever holds a value.
 */
function resolveEnvironment(root, options) {
    const state = { ...options, secrets: new Map(), unresolved: [], problems: [], warnings: [] };
    const resolved = resolveMap(state, root, []);
    const secrets = [...state.secrets].map(([name, value]) => ({ name, value }));
    return { root: resolved, secrets, unresolved: state.unresolved, problems: state.problems, warnings: state.warnings };
}
/** Whether a field holds a key or a header, by its path. */
function isKeyField(path) {
    return path.some((key) => key === 'headers') || keyName.test(String(path.at(-1) ?? ''));
}
const reference = /\$\{env:([^}]*)\}?/g;
const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
const refusedName = /^(GITHUB_TOKEN$|ACTIONS_|RUNNER_|INPUT_)/i;
const keyName = /^(proxy-)?authorization$|^cookie$|(^|[-_])(api|access|auth)?[-_]?key$|apikey$|token$|secret$|password$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header must not hold
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;
function resolveNode(state, node, path) {
    if (node.kind === 'list')
        return { ...node, items: node.items.map((item, index) => resolveNode(state, item, [...path, index])) };
    if (node.kind === 'map')
        return resolveMap(state, node, path);
    if (typeof node.value !== 'string')
        return node;
    const isAllowed = state.allowed.some((prefix) => prefix.every((key, index) => path[index] === key));
    if (!node.value.includes('${env:')) {
        if (isAllowed)
            noteLiteralKey(state, node.value, path);
        return node;
    }
    if (!isAllowed) {
        const fields = state.allowed.map(formatPath).join(', ');
        state.problems.push(problemAt(node.at, path, {
            message: 'environment variables are not put in here',
            remedy: fields === '' ? 'this agent takes none' : `they are allowed in: ${fields}`,
        }));
        return node;
    }
    const before = state.problems.length;
    const value = node.value.replace(reference, (whole, name) => {
        const problem = whole.endsWith('}') ? problemWith(state, name, path) : { message: 'the "}" after the variable is missing' };
        if (problem)
            state.problems.push(problemAt(node.at, path, problem));
        return problem ? whole : (state.env[name] ?? whole);
    });
    if (state.problems.length > before)
        state.unresolved.push(path);
    return { ...node, value };
}
function resolveMap(state, node, path) {
    const entries = new Map();
    for (const [key, entry] of node.entries) {
        if (key.includes('${env:')) {
            state.problems.push(problemAt(entry.keyAt, [...path, key], { message: 'environment variables are not put into keys', remedy: 'write the key' }));
        }
        entries.set(key, { ...entry, value: resolveNode(state, entry.value, [...path, key]) });
    }
    return { ...node, entries };
}
/** Remembers the value as a secret when nothing is wrong with it. */
function problemWith(state, name, path) {
    if (!namePattern.test(name)) {
        return { message: 'not the name of an environment variable', remedy: 'write it like ${' + 'env:MY_AGENT_KEY}: letters, digits and "_"' };
    }
    if (refusedName.test(name)) {
        return { message: `the variable ${name} belongs to the runner and is not given to an agent`, remedy: 'use a variable of your own' };
    }
    if (state.declared && !state.declared.includes(name)) {
        const remedy = state.declared.length === 0 ? `write env: [${name}]` : `add it there. ${(0,registry.unknownNameRemedy)(name, state.declared)}`;
        return { message: `the variable ${name} is not in the "env" list of the file`, remedy };
    }
    const value = state.env[name];
    if (value === undefined || value.trim() === '') {
        const remedy = `set ${name}, in a workflow with "env: {${name}: …}" on the step`;
        return { message: `the variable ${name} is ${value === undefined ? 'not set' : 'empty'}`, remedy };
    }
    const isKey = isKeyField(path);
    if (isKey && controlCharacter.test(value)) {
        return { message: `the variable ${name} holds a line break or another control character`, remedy: 'store the value again without it' };
    }
    if (value.trim().length >= minSecretLength) {
        state.secrets.set(name, value);
        return undefined;
    }
    if (isKey) {
        return {
            message: `the variable ${name} is shorter than ${minSecretLength} characters and could not be hidden in reports`,
            remedy: 'use a longer key',
        };
    }
    state.warnings.push(`the variable ${name} is shorter than ${minSecretLength} characters: it is not hidden in reports`);
    return undefined;
}
function noteLiteralKey(state, value, path) {
    if (!keyName.test(String(path.at(-1) ?? '')) || value.trim().length < minSecretLength)
        return;
    const field = formatPath(path);
    state.secrets.set(field, value);
    state.warnings.push(`${field} holds a key in plain text: keep it in an environment variable and write \${env:NAME}`);
}

;// CONCATENATED MODULE: ./lib/config/merge.js
/**
 * Deep merge of `over` onto `base`: mappings merge key by key, lists are joined (base first), anything else, null
 * included, is replaced by `over`. Every value keeps the place where it was written.
 * The rule of AgentBench's configuration files (THUDM/AgentBench v0.2, src/configs.py).
 */
function mergeLocated(base, over) {
    if (base.kind === 'list' && over.kind === 'list')
        return { ...over, items: [...base.items, ...over.items] };
    if (base.kind !== 'map' || over.kind !== 'map')
        return over;
    const entries = new Map(base.entries);
    for (const [key, entry] of over.entries) {
        const below = entries.get(key);
        entries.set(key, below ? { keyAt: entry.keyAt, value: mergeLocated(below.value, entry.value) } : entry);
    }
    return { ...over, entries };
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/config/read-text.js



/** Characters of one config file, at most. */
const maxConfigLength = 1_048_576;
/** Values of one config file after its aliases are written out, at most. */
const maxValues = 100_000;
const maxDepth = 60;
const maxSyntaxProblems = 10;
const poisonKeys = ['__proto__', 'constructor', 'prototype'];
/**
 * YAML (1.2 core schema) or, by the file ending `.json`, JSON text as located values. Both get lines and columns.
 * Refused: more than 1 MiB, duplicate keys, several documents, tags, merge keys, prototype keys, keys that are not
 * text, numbers that cannot be kept exactly, aliases that expand to more than 100 000 values. Empty text is null.
 */
function readConfigText(text, file) {
    const start = { file, line: 1, column: 1 };
    const nothing = nullAt(start);
    if (text.length > maxConfigLength) {
        const message = `the file is larger than 1 MiB (${text.length} characters)`;
        return { root: nothing, problems: [problemAt(start, [], { message, remedy: 'keep samples in their own files and name them in "samples"' })] };
    }
    const lines = new dist/* LineCounter */.HN();
    const reader = { file, lines, problems: [], anchors: new Map(), size: 0 };
    try {
        const document = (0,dist/* parseDocument */.Tp)(text.replace(/^\uFEFF/, ''), {
            schema: 'core',
            version: '1.2',
            merge: false,
            stringKeys: true,
            uniqueKeys: true,
            prettyErrors: false,
            // "silent" would also take a second document for none.
            logLevel: 'error',
            lineCounter: lines,
        });
        for (const issue of [...document.errors, ...document.warnings].slice(0, maxSyntaxProblems)) {
            report(reader, placeOf(reader, issue.pos[0]), [], { message: syntaxMessage(issue.code, issue.message), remedy: syntaxRemedy(issue.code) });
        }
        if (reader.problems.length === 0 && file.toLowerCase().endsWith('.json'))
            checkJson(text, reader);
        const root = reader.problems.length === 0 && document.contents ? convert(reader, document.contents, []) : nothing;
        return { root, problems: reader.problems };
    }
    catch (error) {
        report(reader, start, [], { message: `cannot be read as ${file.toLowerCase().endsWith('.json') ? 'JSON' : 'YAML'}: ${(0,errors/* messageOf */.bD)(error)}` });
        return { root: nothing, problems: reader.problems };
    }
}
function syntaxMessage(code, message) {
    if (code === 'DUPLICATE_KEY')
        return 'the same key is written twice in one mapping';
    if (code === 'TAG_RESOLVE_FAILED')
        return 'YAML tags ("!name") are not accepted';
    return message.split('\n')[0] ?? message;
}
function syntaxRemedy(code) {
    if (code === 'DUPLICATE_KEY')
        return 'keep one of them';
    if (code === 'TAG_RESOLVE_FAILED')
        return 'put text that starts with "!" in quotes';
    if (code === 'MULTIPLE_DOCS')
        return 'one file is one document: remove the "---" line';
    if (code === 'TAB_AS_INDENT')
        return 'indent with spaces';
    return undefined;
}
/** YAML reads more than JSON does, such as a trailing comma; another JSON reader would not. */
function checkJson(text, reader) {
    try {
        JSON.parse(text.replace(/^\uFEFF/, ''));
    }
    catch (error) {
        const position = /position (\d+)/.exec((0,errors/* messageOf */.bD)(error))?.[1];
        report(reader, placeOf(reader, Number(position ?? 0)), [], { message: `not valid JSON: ${(0,errors/* messageOf */.bD)(error)}` });
    }
}
function report(reader, at, path, text) {
    reader.problems.push(problemAt(at, path, text));
}
function placeOf(reader, offset) {
    const { line, col } = reader.lines.linePos(offset);
    return { file: reader.file, line: Math.max(1, line), column: Math.max(1, col) };
}
/** An alias shares the value it names, so nothing is copied. */
function convert(reader, node, path) {
    const at = placeOf(reader, node.range?.[0] ?? 0);
    const before = reader.size;
    reader.size += 1;
    if (reader.size > maxValues)
        throw new Error(`it holds more than ${maxValues} values, written or through aliases`);
    if (path.length > maxDepth)
        throw new Error(`it is nested deeper than ${maxDepth} levels`);
    if ((0,dist/* isAlias */.Vj)(node)) {
        const anchor = reader.anchors.get(node.source);
        if (!anchor)
            report(reader, at, path, { message: `the alias "*${node.source}" stands before or inside what it names` });
        reader.size += anchor?.size ?? 0;
        return anchor?.node ?? nullAt(at);
    }
    const located = convertContent(reader, node, path, at);
    if (node.anchor)
        reader.anchors.set(node.anchor, { node: located, size: reader.size - before });
    return located;
}
function convertContent(reader, node, path, at) {
    if ((0,dist/* isMap */.jh)(node))
        return convertMap(reader, node.items, path, at);
    if ((0,dist/* isSeq */.oP)(node)) {
        return { kind: 'list', items: node.items.map((item, index) => (item ? convert(reader, item, [...path, index]) : nullAt(at))), at };
    }
    return (0,dist/* isScalar */.jn)(node) ? convertScalar(reader, node.value, path, at) : nullAt(at);
}
function convertMap(reader, pairs, path, at) {
    const entries = new Map();
    for (const pair of pairs) {
        const keyAt = placeOf(reader, pair.key.range?.[0] ?? 0);
        const key = (0,dist/* isScalar */.jn)(pair.key) ? pair.key.value : undefined;
        if (typeof key !== 'string')
            report(reader, keyAt, path, { message: 'a key must be text' });
        else if (key === '<<') {
            const remedy = 'use an alias for the whole value, or "extends"';
            report(reader, keyAt, [...path, key], { message: 'merge keys ("<<") are not accepted', remedy });
        }
        else if (poisonKeys.includes(key)) {
            report(reader, keyAt, [...path, key], { message: `the key "${key}" is not accepted`, remedy: 'use another name' });
        }
        else {
            entries.set(key, { keyAt, value: pair.value ? convert(reader, pair.value, [...path, key]) : nullAt(keyAt) });
        }
    }
    return { kind: 'map', entries, at };
}
function convertScalar(reader, value, path, at) {
    if (value === null || value === undefined)
        return nullAt(at);
    if (typeof value === 'string' || typeof value === 'boolean')
        return { kind: 'scalar', value, at };
    if (typeof value === 'number' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) {
        return { kind: 'scalar', value: value === 0 ? 0 : value, at };
    }
    report(reader, at, path, { message: 'the number cannot be kept exactly', remedy: 'put it in quotes if it is text' });
    return nullAt(at);
}
function nullAt(at) {
    return { kind: 'scalar', value: null, at };
}

;// CONCATENATED MODULE: ./lib/config/inherit.js




/** Keys that name files to build on, in the order in which they are applied. */
const fileWords = ['extends', 'from', 'import'];
/** Keys that are merged under or over each child of their mapping. */
const childWords = ['default', 'overwrite'];
const maxFiles = 100;
/** Values of all files that are read, and of the merged result, at most: lists grow with every file that is joined. */
const maxMergedValues = 200_000;
/**
 * One file with everything that it builds on. The order, which is that of AgentBench (v0.2 src/configs.py, and v0.1
 * for `from`):
 * 1. In any mapping `extends`, `from` and `import` name one file or a list of files, relative to the file that names
 *    them. Each is read and fully resolved first, its own `default` and `overwrite` included; they are merged in
 *    order, and the mapping's own keys are merged over them (`mergeLocated`). Deeper mappings likewise.
 * 2. Then, from the inside out, each child of a mapping with `overwrite` gets that merged over it, and each child of a
 *    mapping with `default` is merged over that. A child that is not a mapping replaces the default; null stays null.
 * The words are gone from the result. Cycles, missing files and wrong values are problems, all collected.
 */
async function resolveInheritance(entry, options) {
    const resolver = { ...options, problems: [], files: 0, values: 0, parsed: new Map() };
    const root = await resolveFile(resolver, { source: entry, path: [], stack: [] });
    if (resolver.problems.length === 0 && countUpTo(root, maxMergedValues) >= maxMergedValues) {
        resolver.problems.push(problemAt(root.at, [], { message: `the files merge to more than ${maxMergedValues} values` }));
    }
    return { root, problems: resolver.problems };
}
async function resolveFile(resolver, reading) {
    const root = parseOnce(resolver, reading.source);
    const imported = await resolveFileWords(resolver, root, { ...reading, stack: [...reading.stack, reading.source.id] });
    return applyChildWords(resolver, imported, reading.path);
}
/** Values are shared, and a problem of a file is told once however often it is named. */
function parseOnce(resolver, source) {
    const known = resolver.parsed.get(source.id);
    if (known)
        return known;
    const { root, problems } = readConfigText(source.text, source.file);
    resolver.problems.push(...problems);
    resolver.parsed.set(source.id, root);
    return root;
}
async function resolveFileWords(resolver, node, reading) {
    if (node.kind === 'scalar')
        return node;
    if (node.kind === 'list') {
        const items = [];
        for (const [index, item] of node.items.entries()) {
            items.push(await resolveFileWords(resolver, item, { ...reading, path: [...reading.path, index] }));
        }
        return { ...node, items };
    }
    const hasWords = resolver.wordsAt(reading.path).files;
    const entries = new Map();
    for (const [key, entry] of node.entries) {
        if (hasWords && fileWords.includes(key))
            continue;
        entries.set(key, { ...entry, value: await resolveFileWords(resolver, entry.value, { ...reading, path: [...reading.path, key] }) });
    }
    let base;
    for (const word of hasWords ? fileWords : []) {
        for (const reference of referencesOf(resolver, node.entries.get(word)?.value, [...reading.path, word])) {
            const loaded = await loadReference(resolver, reference, reading);
            if (loaded)
                base = base ? mergeLocated(base, loaded) : loaded;
        }
    }
    const own = { ...node, entries };
    return base ? mergeLocated(base, own) : own;
}
function referencesOf(resolver, node, path) {
    if (node === undefined || (node.kind === 'scalar' && node.value === null))
        return [];
    const items = node.kind === 'list' ? node.items : [node];
    return items.flatMap((item) => {
        if (item.kind === 'scalar' && typeof item.value === 'string' && item.value.trim() !== '')
            return [{ name: item.value, at: item.at, path }];
        resolver.problems.push(problemAt(item.at, path, { message: `expected the path of a config file, found ${kindOf(item)}` }));
        return [];
    });
}
function kindOf(node) {
    if (node.kind !== 'scalar')
        return `a ${node.kind === 'map' ? 'mapping' : 'list'}`;
    return node.value === null ? 'nothing' : typeof node.value === 'string' ? 'empty text' : `a ${typeof node.value}`;
}
async function loadReference(resolver, reference, reading) {
    const fail = (message, remedy) => {
        resolver.problems.push(problemAt(reference.at, reference.path, { message, remedy }));
        return undefined;
    };
    resolver.files += 1;
    if (resolver.files > maxFiles)
        return fail(`more than ${maxFiles} files are read`, 'build on fewer files');
    let source;
    try {
        source = await resolver.read(reference.name, reading.source);
    }
    catch (error) {
        return fail(`"${reference.name}" cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, 'the path starts from the folder of the file that names it');
    }
    if (reading.stack.includes(source.id))
        return fail(`"${reference.name}" builds on itself`, 'take one link out of the circle');
    resolver.values += countUpTo(parseOnce(resolver, source), maxMergedValues);
    if (resolver.values >= maxMergedValues)
        return fail(`the files hold more than ${maxMergedValues} values`, 'build on smaller files');
    const located = await resolveFile(resolver, { ...reading, source });
    if (located.kind === 'map')
        return located;
    return fail(`"${reference.name}" does not hold a mapping`, `it is merged into ${formatPath(reading.path) || 'the top level'}, which is one`);
}
function applyChildWords(resolver, node, path) {
    if (node.kind === 'scalar')
        return node;
    if (node.kind === 'list')
        return { ...node, items: node.items.map((item, index) => applyChildWords(resolver, item, [...path, index])) };
    let rest = node;
    const words = {};
    if (resolver.wordsAt(path).children) {
        for (const word of childWords) {
            const value = node.entries.get(word)?.value;
            if (value)
                words[word] = applyChildWords(resolver, value, [...path, word]);
            rest = withKey(rest, word, undefined);
        }
    }
    const entries = new Map();
    for (const [key, entry] of rest.entries) {
        let value = applyChildWords(resolver, entry.value, [...path, key]);
        if (words.overwrite)
            value = mergeLocated(value, words.overwrite);
        if (words.default)
            value = mergeLocated(words.default, value);
        entries.set(key, { ...entry, value });
    }
    return { ...rest, entries };
}
function countUpTo(node, limit) {
    let count = 1;
    const children = node.kind === 'list' ? node.items : node.kind === 'map' ? [...node.entries.values()].map((entry) => entry.value) : [];
    for (const child of children) {
        if (count >= limit)
            break;
        count += countUpTo(child, limit - count);
    }
    return count;
}

;// CONCATENATED MODULE: ./lib/config/build-suite.js









/** One suite after inheritance, complete, or every problem that it has. */
function buildSuite(tree, registries, request) {
    const definition = agentDefinitionOf(tree, registries.agents);
    const overridden = applyOverrides(tree, request.overrides, (path) => path[0] === 'agent' ? definition && schemaAt(definition.options, path.slice(1)) : schemaAt(SuiteFile, path));
    const environment = resolveEnvironment(overridden, {
        env: request.env,
        allowed: allowedPaths(definition),
        ...declaredNames(overridden),
    });
    const context = { root: environment.root, secrets: environment.secrets.map(({ value }) => value), problems: [...environment.problems] };
    const file = parseFile(context);
    const agent = parseAgent(context, registries.agents);
    const checkers = parseCheckers(context.root, ['checkers'], registries.checkers);
    context.problems.push(...checkers.problems);
    if (isEmpty(context.root, 'checkers')) {
        const remedy = 'add one, such as: checkers: [{type: contains, value: "{{expected}}"}]';
        context.problems.push(problemAt(placeAt(context.root, ['checkers']), ['checkers'], { message: 'there are no checkers: nothing would be scored', remedy }));
    }
    checkNames(context, registries.datasetTypes);
    checkBaseline(context);
    const problems = context.problems.filter((problem) => !isNoise(problem, environment));
    if (problems.length > 0 || !file || !agent)
        return { problems };
    const suite = {
        ...assemble(file, request),
        agent,
        checkers: checkers.checkers,
        secrets: [...environment.secrets, ...secretOverrides(request.overrides)],
        origins: originsOf(context.root),
        warnings: environment.warnings,
    };
    return { suite, problems };
}
const nestedKeys = ['agent', 'samples', 'policy', 'budget', 'deadlines', 'judge'];
const topKeys = Object.keys(SuiteFile.shape);
function agentDefinitionOf(root, agents) {
    const type = nodeAt(root, ['agent', 'type']);
    return type?.kind === 'scalar' && typeof type.value === 'string' && agents.has(type.value) ? agents.get(type.value) : undefined;
}
/** All of an agent that is not known: it has one problem, not two. */
function allowedPaths(definition) {
    const agent = definition ? definition.envFields.map((field) => ['agent', field]) : [['agent']];
    return [...agent, ['judge', 'apiKey'], ['judge', 'baseUrl']];
}
function declaredNames(root) {
    const node = nodeAt(root, ['env']);
    if (node?.kind !== 'list')
        return {};
    return { declared: node.items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [])) };
}
function parseFile(context) {
    const where = { root: context.root, prefix: [], secrets: context.secrets };
    const error = describeIssue({ ...where, known: [...fileWords, 'suites'], elsewhere: misplacedAtTop });
    const result = SuiteFile.safeParse(plainObjectOf(context.root), { error });
    if (result.success)
        return result.data;
    context.problems.push(...problemsOf(result.error, where));
    return undefined;
}
function misplacedAtTop(key) {
    if (childWords.includes(key))
        return `"${key}" works inside "suites" and "checkers"; all suites of a file are merged over its top level`;
    if (key === 'suites')
        return 'suites do not hold suites';
    const owner = nestedKeys.find((name) => name !== 'agent' && schemaAt(SuiteFile, [name, key]) !== undefined);
    return owner && `write it under "${owner}"`;
}
function parseAgent(context, agents) {
    const node = nodeAt(context.root, ['agent']);
    const type = nodeAt(node ?? context.root, ['type']);
    if (node?.kind !== 'map' || type?.kind !== 'scalar' || typeof type.value !== 'string' || type.value === '')
        return undefined;
    if (!agents.has(type.value)) {
        const text = { message: `unknown agent "${type.value}"`, remedy: (0,registry.unknownNameRemedy)(type.value, agents.types) };
        context.problems.push(problemAt(type.at, ['agent', 'type'], text));
        return undefined;
    }
    const { type: _, ...own } = plainObjectOf(node);
    const where = { root: context.root, prefix: ['agent'], secrets: context.secrets };
    const elsewhere = (key) => (topKeys.includes(key) ? 'write it at the top level of the suite' : undefined);
    const options = agents.get(type.value).options.safeParse(own, { error: describeIssue({ ...where, elsewhere }) });
    if (options.success)
        return { type: type.value, options: options.data };
    context.problems.push(...problemsOf(options.error, where));
    return undefined;
}
function isEmpty(root, key) {
    const node = nodeAt(root, [key]);
    if (node?.kind === 'list')
        return node.items.length === 0;
    return node?.kind === 'map' ? node.entries.size === 0 : node === undefined || node.value === null;
}
function checkNames(context, datasetTypes) {
    const format = nodeAt(context.root, ['samples', 'format']);
    if (format?.kind === 'scalar' && typeof format.value === 'string' && !datasetTypes.includes(format.value)) {
        const text = { message: `unknown format "${format.value}"`, remedy: (0,registry.unknownNameRemedy)(format.value, datasetTypes) };
        context.problems.push(problemAt(format.at, ['samples', 'format'], text));
    }
    const map = nodeAt(context.root, ['samples', 'map']);
    for (const [key, { keyAt }] of map?.kind === 'map' ? map.entries : []) {
        if (sample/* sampleKeys */.nu.includes(key))
            continue;
        const text = { message: `a sample has no field "${key}"`, remedy: (0,registry.unknownNameRemedy)(key, sample/* sampleKeys */.nu) };
        context.problems.push(problemAt(keyAt, ['samples', 'map', key], text));
    }
}
function checkBaseline(context) {
    const node = nodeAt(context.root, ['baseline']);
    if (node?.kind !== 'map')
        return;
    const agent = node.entries.get('agent');
    if (agent) {
        const remedy = 'compare with stored runs: baseline: auto, {path: …}, {run: …} or {sha: …}';
        context.problems.push(problemAt(agent.keyAt, ['baseline', 'agent'], { message: 'a second live agent as the baseline is not available yet', remedy }));
        return;
    }
    const given = ['path', 'run', 'sha'].filter((key) => node.entries.has(key));
    if (given.length === 1)
        return;
    const message = `a baseline is exactly one of path, run and sha, found ${given.length === 0 ? 'none of them' : given.join(' and ')}`;
    context.problems.push(problemAt(node.at, ['baseline'], { message, remedy: 'keep one of them' }));
}
/** A schema's complaint about text that still holds `${env:…}`, which has its own problem already. */
function isNoise(problem, environment) {
    const fields = environment.unresolved.map(formatPath);
    return problem.field !== undefined && fields.includes(problem.field) && !environment.problems.includes(problem);
}
function assemble(file, request) {
    const timeoutMs = file.timeoutMs ?? 60_000;
    const { budget, deadlines, judge, policy } = file;
    return {
        suite: file.suite ?? request.defaultSuite,
        file: request.file,
        baseDir: request.baseDir,
        samples: samplesOf(file.samples),
        repeats: file.repeats ?? 3,
        concurrency: file.concurrency ?? 8,
        timeoutMs,
        deadlines: {
            connectMs: deadlines?.connectMs ?? 10_000,
            firstByteMs: deadlines?.firstByteMs ?? timeoutMs,
            idleMs: deadlines?.idleMs ?? 30_000,
        },
        maxRetries: file.maxRetries ?? 2,
        onAmbiguous: file.onAmbiguous ?? 'retry',
        maxReplyBytes: file.maxReplyBytes ?? 10_485_760,
        budget: given({ calls: budget?.calls, costUsd: budget?.costUsd, minutes: budget?.minutes }),
        ...given({ judge: judge ? { model: judge.model, ...given({ baseUrl: judge.baseUrl, apiKey: judge.apiKey }) } : undefined }),
        baseline: baselineOf(file.baseline),
        policy: policyOf(policy),
    };
}
function policyOf(policy) {
    return {
        mode: policy?.mode ?? 'statistical',
        margin: policy?.margin ?? 0,
        failOn: policy?.failOn ?? ['regressed'],
        ...given({ minPassRate: policy?.minPassRate }),
        slices: policy?.slices ?? [],
        latencyMargin: policy?.latencyMargin ?? 0.1,
        confirm: policy?.confirm ?? true,
    };
}
function samplesOf(samples) {
    if (typeof samples === 'string' || Array.isArray(samples))
        return { paths: build_suite_listOf(samples), offset: 0 };
    const { path, format, map, where, limit, offset, seed } = samples;
    const tags = where?.tags == null ? undefined : build_suite_listOf(where.tags).map(String);
    const ids = where?.ids == null ? undefined : build_suite_listOf(where.ids).map(String);
    const kept = given({ format, map, limit, seed, where: tags || ids ? given({ tags, ids }) : undefined });
    return { paths: build_suite_listOf(path), offset: offset ?? 0, ...kept };
}
function baselineOf(baseline) {
    if (baseline == null || baseline === 'auto')
        return { kind: 'auto' };
    if (baseline === 'none')
        return { kind: 'none' };
    if (baseline.run !== undefined)
        return { kind: 'run', runId: baseline.run };
    if (baseline.sha !== undefined)
        return { kind: 'sha', sha: baseline.sha.toLowerCase() };
    return { kind: 'path', paths: build_suite_listOf(baseline.path ?? []) };
}
function build_suite_listOf(value) {
    return Array.isArray(value) ? value : [value];
}
/** The object without what is absent or null. */
function given(fields) {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
/** Keys given by a flag are hidden like those of the environment. */
function secretOverrides(overrides) {
    return overrides.flatMap(({ path, value, source }) => isKeyField(path.split('.')) && typeof value === 'string' && value.length >= minSecretLength ? [{ name: source, value }] : []);
}
/** By path, two levels deep where a mapping is ours to know. */
function originsOf(root) {
    const origins = {};
    const originAt = (path) => {
        const at = placeAt(root, path);
        return 'source' in at ? at.origin : 'file';
    };
    for (const [key, { value }] of root.entries) {
        const isNested = value.kind === 'map' && nestedKeys.includes(key);
        for (const path of isNested ? [...value.entries.keys()].map((below) => [key, below]) : [[key]]) {
            if (plainOf(nodeAt(root, path) ?? value) !== null)
                origins[path.join('.')] = originAt(path);
        }
    }
    return origins;
}

;// CONCATENATED MODULE: ./lib/config/parse-config.js






/**
 * Parses one config file into its suites. The order: inheritance (`resolveInheritance`), then for a file with `suites`
 * (a mapping from name to suite) each of them merged over the rest of the file, then overrides, then the environment,
 * then validation. The name of such a suite is its own `suite`, else its key. Relative paths, inherited ones included,
 * start from the folder of the file that was named, not of the files that it builds on.
 */
function makeConfigParser(registries) {
    return async (request) => {
        const { root, problems } = await resolveInheritance(request.entry, { read: request.read, wordsAt });
        if (problems.length > 0)
            return { suites: [], problems };
        const split = splitSuites(root);
        const built = split.trees.map((tree) => buildSuite(tree, registries, { ...request, file: request.entry.file }));
        const found = [...split.problems, ...built.flatMap((result) => result.problems)];
        return { suites: built.flatMap(({ suite }) => suite ?? []), problems: distinct(found) };
    };
}
/** The one error for everything that is wrong in the config files, flags and variables. */
function configError(problems) {
    const count = problems.length === 1 ? 'there is 1 problem' : `there are ${problems.length} problems`;
    return new errors/* ToolError */.v4({ code: 'config-invalid', message: `${count} in the config`, remedy: 'nothing was run; fix them and try again', problems });
}
/** Any folder name as the name of a suite. */
function suiteNameOf(folder) {
    const name = folder
        .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
        .replace(/^[^\p{L}\p{N}]+/u, '')
        .slice(0, 100);
    return suiteNamePattern.test(name) ? name : 'suite';
}
const importable = ['agent', 'samples', 'policy', 'budget', 'deadlines', 'judge'];
/** Inheritance is a matter of the config's own mappings: a header, a request body or a JSON schema may have a key called `from` or `default`. */
function wordsAt(path) {
    if (path[0] === 'suites') {
        if (path.length === 1)
            return { files: true, children: true };
        return wordsInSuite(path.slice(2));
    }
    return wordsInSuite(path);
}
function wordsInSuite(path) {
    const [first, second, ...deeper] = path;
    if (first === undefined)
        return { files: true, children: false };
    if (first === 'checkers')
        return { files: deeper.length === 0, children: second === undefined };
    return { files: second === undefined && importable.includes(String(first)), children: false };
}
function splitSuites(root) {
    if (root.kind !== 'map') {
        const remedy = 'start with: suite, samples, agent, checkers; or let `agent-regress init` write a file';
        return { trees: [], problems: [problemAt(root.at, [], { message: 'the file does not hold a mapping', remedy })] };
    }
    const suites = root.entries.get('suites');
    if (!suites)
        return { trees: [root], problems: [] };
    if (suites.value.kind !== 'map' || suites.value.entries.size === 0) {
        const text = { message: 'expected a mapping from name to suite', remedy: 'suites: {first: {samples: …}, second: {samples: …}}' };
        return { trees: [], problems: [problemAt(suites.value.at, ['suites'], text)] };
    }
    const rest = withKey(withKey(root, 'suites', undefined), 'suite', undefined);
    const trees = [];
    const problems = [];
    for (const [key, { keyAt, value }] of suites.value.entries) {
        const isEmpty = value.kind === 'scalar' && value.value === null;
        const merged = isEmpty ? rest : mergeLocated(rest, value);
        if (merged.kind === 'map') {
            trees.push(merged.entries.has('suite') ? merged : withKey(merged, 'suite', { kind: 'scalar', value: key, at: keyAt }));
        }
        else
            problems.push(problemAt(value.at, ['suites', key], { message: 'expected a mapping with what differs in this suite' }));
    }
    return { trees, problems };
}
/** Suites of one file share most of it, and what is wrong in that part is told once. */
function distinct(problems) {
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

// EXTERNAL MODULE: ./lib/io/files.js
var files = __webpack_require__(8315);
;// CONCATENATED MODULE: ./lib/pipeline/load-suites.js









/** Names that are looked for in a folder, in this order. */
const configFileNames = ['agent-regress.yml', 'agent-regress.yaml', 'agent-regress.json'];
/**
 * Every suite of the named files, complete and checked, in the order of the files.
 * @throws ToolError `config-not-found`, or `config-invalid` with everything that is wrong in all of them.
 */
async function loadSuites(request, registries) {
    const files = findConfigFiles(request);
    const parse = makeConfigParser(registries ?? (await knownKinds()));
    const overrides = [...overridesFromEnvironment(request.env), ...request.overrides];
    const workspace = await (0,promises_.realpath)(gitRootOf(request.cwd) ?? request.cwd);
    const suites = [];
    const problems = [];
    for (const file of files) {
        const path = (0,external_node_path_.resolve)(request.cwd, file);
        try {
            const entry = await readEntry(path, { file, workspace });
            const baseDir = (0,external_node_path_.dirname)(path);
            const read = makeReader({ workspace, roots: [workspace, (0,external_node_path_.dirname)(entry.id)], shownFrom: request.cwd });
            const result = await parse({ entry, read, baseDir, defaultSuite: suiteNameOf((0,external_node_path_.basename)(baseDir)), overrides, env: request.env });
            suites.push(...result.suites);
            problems.push(...result.problems);
        }
        catch (error) {
            if (!(error instanceof UnreadableFile))
                throw error;
            problems.push({ file, message: error.message });
        }
    }
    problems.push(...(problems.length === 0 ? duplicateNames(suites) : []));
    if (problems.length > 0)
        throw configError(problems);
    return suites;
}
/** Says why a file cannot be read, without anything of its content. */
class UnreadableFile extends Error {
    name = 'UnreadableFile';
}
/** Loaded on use: a command that reads no config does not pay for the kinds. */
async function knownKinds() {
    const [{ agents }, { checkers }, { datasets }] = await Promise.all([
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 8214)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 4367)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 2469)),
    ]);
    return { agents, checkers, datasetTypes: datasets.types };
}
function findConfigFiles(request) {
    const named = request.configPaths.length > 0 ? request.configPaths : ['.'];
    const missing = [];
    const files = named.flatMap((name) => {
        const path = (0,external_node_path_.resolve)(request.cwd, name);
        if ((0,external_node_fs_.existsSync)(path) && (0,external_node_path_.extname)(path) !== '')
            return [name];
        const found = configFileNames.map((file) => (0,external_node_path_.join)(name, file)).find((file) => (0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(request.cwd, file)));
        if (found)
            return [slashed(found)];
        if ((0,external_node_fs_.existsSync)(path) && name !== '.')
            missing.push({ file: name, message: `there is no ${configFileNames.join(', ')} in the folder` });
        else
            missing.push({ file: name, message: name === '.' ? `there is no ${configFileNames.join(', ')}` : 'there is no such file' });
        return [];
    });
    if (missing.length === 0)
        return [...new Set(files)];
    throw new errors/* ToolError */.v4({
        code: 'config-not-found',
        message: request.configPaths.length === 0 ? 'there is no config file in this folder' : 'a config file was not found',
        remedy: 'write one with `agent-regress init`, or name it with --config FILE',
        problems: missing,
    });
}
/** The file that the user named may be anywhere; a link inside the workspace may not lead out of it. */
async function readEntry(path, where) {
    const isNamedInside = isWithin(path, [where.workspace]);
    return readSource(path, { file: where.file, roots: isNamedInside ? [where.workspace] : undefined });
}
function makeReader(where) {
    return (reference, from) => {
        if (!/\.(ya?ml|json)$/i.test(reference))
            throw new UnreadableFile('it must end with .yml, .yaml or .json');
        const path = (0,external_node_path_.resolve)((0,external_node_path_.dirname)(from.id), reference);
        const shown = (0,external_node_path_.relative)(where.shownFrom, path);
        return readSource(path, { file: slashed((0,external_node_path_.isAbsolute)(shown) ? path : shown), roots: where.roots });
    };
}
async function readSource(path, where) {
    if (path.includes('\0'))
        throw new UnreadableFile('the path holds a NUL character');
    let id;
    try {
        id = await (0,promises_.realpath)(path);
    }
    catch {
        throw new UnreadableFile('there is no such file');
    }
    if (where.roots && !isWithin(id, where.roots))
        throw new UnreadableFile('it lies outside the workspace');
    if (!(await (0,promises_.stat)(id)).isFile())
        throw new UnreadableFile('it is not a regular file');
    let bytes;
    try {
        bytes = await (0,files/* readBytes */.io)(id, maxConfigLength);
    }
    catch (error) {
        throw new UnreadableFile((0,errors/* messageOf */.bD)(error));
    }
    try {
        return { id, file: where.file, text: new external_node_util_.TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    }
    catch {
        throw new UnreadableFile('it is not UTF-8 text');
    }
}
function isWithin(path, roots) {
    return roots.some((root) => path === root || path.startsWith(root.endsWith(external_node_path_.sep) ? root : root + external_node_path_.sep));
}
function gitRootOf(folder) {
    for (let current = folder;; current = (0,external_node_path_.dirname)(current)) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(current, '.git')))
            return current;
        if ((0,external_node_path_.dirname)(current) === current)
            return undefined;
    }
}
/** Suites that differ only in case would share an output folder on some disks. */
function duplicateNames(suites) {
    const first = new Map();
    return suites.flatMap((suite) => {
        const key = suite.suite.toLowerCase();
        const other = first.get(key);
        if (!other)
            first.set(key, suite);
        const message = `two suites are called "${suite.suite}"${other && other.file !== suite.file ? `, the other in ${other.file}` : ''}`;
        return other ? [{ file: suite.file, field: 'suite', message, remedy: 'give one another name with "suite"' }] : [];
    });
}
function slashed(path) {
    return path.split(external_node_path_.sep).join('/');
}


/***/ }),

/***/ 4122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ openSuite)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/agents/registry.js + 18 modules
var registry = __webpack_require__(8214);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(3339);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/errors.js
var errors = __webpack_require__(7428);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(7374);
// EXTERNAL MODULE: ./lib/records/score.js
var records_score = __webpack_require__(8976);
// EXTERNAL MODULE: ./lib/registry.js
var lib_registry = __webpack_require__(244);
// EXTERNAL MODULE: ./lib/checkers/parts/path.js
var parts_path = __webpack_require__(6418);
;// CONCATENATED MODULE: ./lib/checkers/compile.js






/**
 * Compiles the checkers of a suite, in order; none give none.
 * @throws ToolError `checker-invalid` that lists every checker whose options cannot work
 */
function compileCheckers(configs, registry, ports, digest) {
    const problems = [];
    const compiled = configs.flatMap((config, index) => {
        try {
            return [compileOne(config, registry.get(config.type), ports, digest)];
        }
        catch (error) {
            problems.push(...problemsOf(error, `checkers[${index}]`));
            return [];
        }
    });
    if (problems.length > 0)
        throw invalid(problems);
    return compiled;
}
/**
 * Compiles a sample's own checkers. Their names end in `-sample`, unless the sample names them itself, and are made
 * unique by a number. Checkers that run code are refused, because a dataset is data.
 * @throws ToolError `checker-invalid` with the sample's file and line
 */
function compileSampleCheckers(sample, registry, ports, digest, takenNames = []) {
    const taken = new Set(takenNames);
    const problems = [];
    const compiled = sample.checkers.flatMap((entry, index) => {
        try {
            const config = parseEntry(entry, registry);
            const name = uniqueName(config.name, taken);
            return [compileOne({ ...config, name }, registry.get(config.type), ports, digest)];
        }
        catch (error) {
            const found = problemsOf(error, `checkers[${index}]`);
            problems.push(...found.map((problem) => ({ ...problem, file: sample.file, line: sample.line })));
            return [];
        }
    });
    if (problems.length > 0)
        throw invalid(problems, `sample "${sample.id}" has checkers that cannot work`);
    return compiled;
}
/** The keys of an entry that are no options of its type. */
const CommonKeys = schemas/* object */.Ikc({
    name: schemas/* string */.YjP().min(1).max(100).optional(),
    required: schemas/* boolean */.zMY().default(true),
    weight: schemas/* number */.aig().positive().max(1e6).default(1),
    not: schemas/* boolean */.zMY().default(false),
});
function parseEntry(entry, registry) {
    const { type, name, required, weight, not, ...own } = entry;
    if (!registry.has(type))
        throw invalid([{ field: 'type', message: `unknown checker "${type}"`, remedy: (0,lib_registry.unknownNameRemedy)(type, registry.types) }]);
    const definition = registry.get(type);
    if (definition.runsCode) {
        const remedy = 'list it under "checkers" of the config, where code review sees it';
        throw invalid([{ field: 'type', message: `a sample cannot bring a "${type}" checker, because it runs code`, remedy }]);
    }
    const common = CommonKeys.safeParse({ name, required, weight, not });
    const options = definition.options.safeParse(own);
    const issues = [...(common.error?.issues ?? []), ...(options.error?.issues ?? [])];
    if (!common.success || !options.success) {
        throw invalid(issues.map((issue) => ({ field: errors/* toDotPath */.sR(issue.path), message: issue.message })));
    }
    return { type, ...common.data, name: common.data.name ?? `${type}-sample`, options: options.data };
}
function uniqueName(wanted, taken) {
    let name = wanted;
    for (let number = 2; taken.has(name); number++)
        name = `${wanted}-${number}`;
    taken.add(name);
    return name;
}
function compileOne(config, definition, ports, digest) {
    const { name, type, required, weight, not, options } = config;
    const fromBase = {
        ...ports,
        ...(ports.readText ? { readText: (path) => ports.readText((0,parts_path/* pathFrom */.I)(ports.baseDir, path)) } : {}),
    };
    const check = definition.create(options, fromBase);
    const files = (definition.files?.(options) ?? []).map((path) => digestFile(path, ports));
    const fingerprint = digest((0,json/* canonicalJson */.dj)({ type, version: definition.version ?? 1, options, not, ...(files.length > 0 ? { files } : {}) }));
    return { name, type, required, weight, fingerprint, isPure: definition.isPure ?? true, check: guard(check, not) };
}
function digestFile(path, ports) {
    if (!ports.fileDigest)
        return null;
    try {
        return ports.fileDigest((0,parts_path/* pathFrom */.I)(ports.baseDir, path));
    }
    catch (error) {
        const message = `the file ${JSON.stringify(path)} cannot be read: ${(0,lib_errors/* messageOf */.bD)(error)}`;
        throw invalid([{ field: 'path', message, remedy: 'name a file, relative to the config file' }]);
    }
}
function guard(check, not) {
    return async (input) => {
        try {
            const score = sound(await check(input));
            return not ? invert(score) : score;
        }
        catch (error) {
            return (0,records_score/* unscored */.c7)(`the checker failed: ${(0,lib_errors/* messageOf */.bD)(error).slice(0, 300)}`);
        }
    };
}
function sound(score) {
    if (score.kind === 'unscored')
        return score;
    const values = [score.value, ...(score.perTurn ?? [])];
    if (values.every((value, index) => (value === null && index > 0) || isShare(value)))
        return score;
    return (0,records_score/* unscored */.c7)(`the checker gave the value ${String(score.value)}, which is not in 0..1`);
}
function isShare(value) {
    return typeof value === 'number' && value >= 0 && value <= 1;
}
/** Unscored stays: what could not be said cannot be turned round either. */
function invert(score) {
    if (score.kind === 'unscored')
        return score;
    const perTurn = score.perTurn?.map((value) => (value === null ? null : 1 - value));
    const reason = score.pass ? `this must not hold, but does: ${score.reason}` : `this does not hold, as it must not: ${score.reason}`;
    return { ...score, value: 1 - score.value, pass: !score.pass, reason, ...(perTurn ? { perTurn } : {}) };
}
function problemsOf(error, field) {
    if (!(error instanceof lib_errors/* ToolError */.v4))
        throw error;
    const own = { field, message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
    return error.problems.length === 0
        ? [own]
        : error.problems.map((problem) => ({ ...problem, field: problem.field ? `${field}.${problem.field}` : field }));
}
function invalid(problems, what = 'a checker cannot work') {
    const first = problems[0];
    return new lib_errors/* ToolError */.v4({
        code: 'checker-invalid',
        message: first ? `${what}: ${first.message}` : what,
        ...(first?.remedy === undefined ? {} : { remedy: first.remedy }),
        problems,
    });
}

// EXTERNAL MODULE: ./lib/checkers/registry.js + 29 modules
var checkers_registry = __webpack_require__(4367);
;// CONCATENATED MODULE: ./lib/io/hash.js

/** sha256 of text (as UTF-8) or bytes, 64 lower-case hex digits. */
function sha256(content) {
    return (0,external_node_crypto_.hash)('sha256', content, 'hex');
}
/** The first `digits` hex digits of the sha256; 16 as in fingerprints. */
function shortDigest(content, digits = 16) {
    const whole = sha256(content);
    // V8 keeps the whole text for a slice of 13 characters or more; shorter ones are copies.
    let digest = '';
    for (let start = 0; start < digits; start += 8)
        digest += whole.slice(start, Math.min(start + 8, digits));
    return digest;
}

// EXTERNAL MODULE: ./lib/io/modules.js
var modules = __webpack_require__(2969);
// EXTERNAL MODULE: ./lib/records/run-log.js
var run_log = __webpack_require__(9380);
// EXTERNAL MODULE: ./lib/template.js
var template = __webpack_require__(4933);
// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/datasets/registry.js + 7 modules
var datasets_registry = __webpack_require__(2469);
// EXTERNAL MODULE: ./lib/datasets/parts/problem.js
var problem = __webpack_require__(9219);
// EXTERNAL MODULE: ./lib/records/sample.js
var sample = __webpack_require__(8006);
;// CONCATENATED MODULE: ./lib/datasets/to-sample.js





/** Turns rows into samples: maps foreign columns, checks, fills defaults, hashes. Cells of a CSV row are read as the type of their field. */
function makeSampleMaker(options) {
    const map = options.map ? (0,template/* compileTemplate */.Gq)(options.map) : undefined;
    const warnings = [];
    const warnedKeys = new Set();
    return {
        warnings,
        toSample(source, file) {
            const fields = map ? mapRow(map, source, file) : source.row;
            if (!map)
                warnMisspelt(fields, file, source.line, warnedKeys, warnings);
            const row = readCells(fields);
            // The schema costs more than all the rest, three times a row, and most rows are these few texts.
            if (isPlainRow(row))
                return complete(row, source, file, options);
            const parsed = sample/* SampleRow */.HT.safeParse(row);
            if (!parsed.success)
                throw rowError(parsed.error.issues, fields, source.line, file);
            return complete(parsed.data, source, file, options);
        },
    };
}
/** True for a row of text that the schema takes; false where it is in doubt. */
function isPlainRow(row) {
    for (const key of sample/* sampleKeys */.nu) {
        const value = Object.hasOwn(row, key) ? row[key] : undefined;
        if (value === undefined ? key === 'input' : typeof value !== 'string' || !isPlainText(key, value))
            return false;
    }
    return true;
}
function isPlainText(key, value) {
    return key === 'id' ? value.length >= 1 && value.length <= 256 : textKeys.has(key);
}
function mapRow(map, { row, line }, file) {
    try {
        const mapped = map({ ...row, row });
        const id = mapped.id ?? row.id;
        return id === undefined ? mapped : { ...mapped, id };
    }
    catch (error) {
        const { message, remedy } = error;
        throw (0,problem/* datasetError */.T_)(file, line, `samples.map: ${message}`, remedy ?? 'use the names of the columns of this file');
    }
}
function warnMisspelt(row, file, line, warned, warnings) {
    for (const key of Object.keys(row)) {
        if (sample/* sampleKeys */.nu.includes(key) || warned.has(key))
            continue;
        warned.add(key);
        const [near] = (0,lib_registry.nearestNames)(key, sample/* sampleKeys */.nu);
        if (near && !(near in row))
            warnings.push(`${file}:${line}: the key "${key}" is not known; did you mean "${near}"? It stays reachable as {{row.${key}}}`);
    }
}
const textKeys = new Set(['id', 'input', 'expected', 'system']);
/** Numbers as ids, one tag as text, and the cells of a CSV row, which are all text. */
function readCells(row) {
    let changed;
    const set = (key, value) => {
        changed ??= { ...row };
        changed[key] = value;
    };
    for (const key of sample/* sampleKeys */.nu) {
        const value = Object.hasOwn(row, key) ? row[key] : undefined;
        if (key === 'id' && typeof value === 'number')
            set(key, String(value));
        else if (key === 'tags' && typeof value === 'string')
            set(key, readTags(value));
        else if (typeof value === 'string' && !textKeys.has(key))
            set(key, readCell(value));
    }
    return changed ?? row;
}
function readTags(text) {
    if (text.trimStart().startsWith('['))
        return readCell(text);
    return text
        .split(/[,;|]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '');
}
function readCell(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return text; // not JSON: the schema says what was expected
    }
}
function rowError(issues, row, line, file) {
    const [issue] = issues;
    const field = (issue?.path ?? [])
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');
    const keys = Object.keys(row);
    const hint = keys.length > 0
        ? `; this row has ${keys.slice(0, 12).join(', ')}: for columns of your own use samples.map, such as {input: "{{${keys[0]}}}"}`
        : '';
    const remedy = field === '' ? `give the row an "input"${hint}` : `schemas/sample.schema.json says what "${field}" may hold`;
    return (0,problem/* datasetError */.T_)(file, line, field === '' ? (issue?.message ?? 'invalid row') : `${field}: ${issue?.message}`, remedy);
}
function complete(row, source, file, options) {
    const turns = turnsOf(row);
    const metadata = row.metadata ?? {};
    const asked = {
        input: row.input,
        turns: row.turns?.map((turn) => turn.input),
        scenario: row.scenario,
        system: row.system,
        state: row.state,
        files: row.files,
        names: options.callNames?.map((name) => valueAt({ row: source.row, metadata, tags: row.tags ?? [] }, name)),
    };
    const judged = {
        expected: row.expected,
        toolCalls: row.toolCalls,
        turns: row.turns?.map(({ expected, toolCalls, messages }) => ({ expected, toolCalls, messages })),
        checkers: row.checkers,
    };
    const hash = options.digest((0,json/* canonicalJson */.dj)(asked));
    const scoreHash = options.digest((0,json/* canonicalJson */.dj)(judged));
    return {
        id: row.id ?? options.digest(`${hash}${scoreHash}`).slice(0, 12),
        input: row.input ?? row.turns?.[0]?.input ?? row.scenario?.opening ?? '',
        ...(row.expected === undefined ? {} : { expected: row.expected }),
        tags: row.tags ?? [],
        weight: row.weight ?? 1,
        critical: row.critical ?? false,
        turns,
        ...(row.scenario ? { scenario: row.scenario } : {}),
        ...(row.system === undefined ? {} : { system: row.system }),
        ...(row.state ? { state: row.state } : {}),
        files: row.files ?? [],
        checkers: row.checkers ?? [],
        metadata,
        row: source.row,
        hash,
        scoreHash,
        file,
        line: source.line,
    };
}
/** A one-turn sample is a conversation of one turn; the expectation of the sample is that of its last turn unless the turn has its own. */
function turnsOf(row) {
    if (row.turns)
        return row.turns;
    if (row.input === undefined)
        return [];
    const { input, expected, toolCalls } = row;
    return [{ input, ...(expected === undefined ? {} : { expected }), ...(toolCalls ? { toolCalls } : {}) }];
}
function valueAt(scope, name) {
    let value = scope;
    for (const key of name.split('.')) {
        value = value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    return value ?? null;
}

;// CONCATENATED MODULE: ./lib/datasets/select.js




const maxProblems = 50;
/** Below this many samples they are kept instead of read again. */
const keptSamples = 5000;
/**
 * Reads every row once: all problems in one error, duplicate ids refused, then where, seed, offset, limit.
 * @throws ToolError `dataset-invalid`, `dataset-empty`.
 */
async function selectSamples(sources, options) {
    const { warnings, ...chosen } = await scanAndChoose(sources, options);
    const { count, total, samplesDigest, leftOut } = chosen;
    return { count, total, samplesDigest, warnings, isLeftOut: (id) => leftOut.has(id), stream: () => stream(sources, options, chosen) };
}
async function scanAndChoose(sources, options) {
    const { toSample, warnings } = makeSampleMaker(options);
    const scan = await scanRows(sources, toSample, options);
    throwProblems(scan.problems, scan.problemCount);
    const chosen = choose(scan.matching, options);
    if (chosen.length === 0)
        throw emptyError(sources, scan, options);
    const leftOut = new Set(chosen.length < scan.total ? scan.ids.keys() : []);
    for (const { id } of chosen)
        leftOut.delete(id);
    return {
        warnings: [...warnings, ...unmatchedNames(scan, options.where)],
        leftOut,
        count: chosen.length,
        total: scan.total,
        samplesDigest: options.digest(chosen.map((entry) => `${JSON.stringify(entry.id)} ${entry.hash}`).join('\n')),
        ordinals: Uint32Array.from(chosen, ({ ordinal }) => ordinal),
        checks: Uint32Array.from(chosen, checkOf),
        kept: scan.kept,
    };
}
/** FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function checkOf({ id, hash }) {
    const text = `${id} ${hash}`;
    let sum = 0x811c9dc5;
    for (let i = 0; i < text.length; i++)
        sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
    return sum >>> 0;
}
async function scanRows(sources, toSample, options) {
    const origins = new Map();
    const scan = { total: 0, matching: [], kept: new Map(), ids: origins, tags: new Set(), problems: [], problemCount: 0 };
    const note = (error) => {
        if (!(error instanceof lib_errors/* ToolError */.v4) || error.code !== 'dataset-invalid')
            throw error;
        scan.problemCount += 1;
        if (scan.problems.length < maxProblems)
            scan.problems.push(...error.problems);
    };
    for (const [number, source] of sources.entries()) {
        try {
            for await (const row of source.format.rows(source.open(), source.file)) {
                const ordinal = scan.total++;
                try {
                    if (row.problem)
                        throw row.problem;
                    const sample = toSample(row, source.file);
                    for (const tag of sample.tags)
                        scan.tags.add(tag);
                    refuseDuplicate(sample, origins, number * maxLines, sources);
                    if (matches(sample, options.where))
                        keep(scan, ordinal, sample);
                }
                catch (error) {
                    note(error);
                }
            }
        }
        catch (error) {
            note(error); // the file cannot be read further
        }
    }
    return scan;
}
function keep(scan, ordinal, sample) {
    scan.matching.push({ ordinal, id: sample.id, hash: sample.hash });
    scan.kept?.set(ordinal, sample);
    if (scan.kept && scan.kept.size > keptSamples)
        scan.kept = undefined;
}
const maxLines = 2 ** 32;
function refuseDuplicate(sample, origins, fileStart, sources) {
    const origin = origins.get(sample.id);
    if (origin !== undefined) {
        const first = `${sources[Math.floor(origin / maxLines)]?.file}:${origin % maxLines}`;
        const isGiven = Object.hasOwn(sample.row, 'id');
        throw (0,problem/* datasetError */.T_)(sample.file, sample.line, isGiven ? `the id "${sample.id}" was used before at ${first}` : `the same sample stands at ${first}`, isGiven ? 'give every sample an id of its own' : 'remove one of them, or give each an "id"');
    }
    origins.set(sample.id, fileStart + sample.line);
}
function matches(sample, where) {
    if (where?.ids && !where.ids.includes(sample.id))
        return false;
    if (where?.any && !where.any.some((name) => name === sample.id || sample.tags.includes(name)))
        return false;
    return !where?.tags || where.tags.some((tag) => sample.tags.includes(tag));
}
/** A filter that finds nothing beside others that do is probably misspelt. */
function unmatchedNames(scan, where) {
    const missing = [
        ...(where?.tags ?? []).filter((tag) => !scan.tags.has(tag)).map((tag) => `the tag "${tag}"`),
        ...(where?.ids ?? []).filter((id) => !scan.ids.has(id)).map((id) => `the id "${id}"`),
        ...(where?.any ?? []).filter((name) => !scan.ids.has(name) && !scan.tags.has(name)).map((name) => `the tag or id "${name}"`),
    ];
    return missing.map((name) => `no sample has ${name} of the filter`);
}
function choose(matching, { seed, offset, limit }) {
    const end = limit === undefined ? undefined : offset + limit;
    if (seed === undefined)
        return matching.slice(offset, end);
    return shuffle(matching, seed)
        .slice(offset, end)
        .sort((a, b) => a.ordinal - b.ordinal);
}
/** Fisher–Yates over a 32-bit linear generator (mulberry32): the same everywhere, good enough to pick a subset. */
function shuffle(items, seed) {
    const result = [...items];
    let state = seed >>> 0;
    const random = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), state | 1);
        t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    for (let i = result.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
}
async function* stream(sources, options, { ordinals, checks, kept }) {
    if (kept) {
        for (const ordinal of ordinals)
            yield kept.get(ordinal);
        return;
    }
    const { toSample } = makeSampleMaker(options);
    let ordinal = -1;
    let next = 0;
    for (const source of sources) {
        for await (const row of source.format.rows(source.open(), source.file)) {
            ordinal += 1;
            if (next === ordinals.length)
                return;
            if (ordinals[next] !== ordinal)
                continue;
            const sample = toSample(row, source.file);
            if (checks[next] !== checkOf(sample))
                throw changedError(source.file);
            next += 1;
            yield sample;
        }
    }
    if (next < ordinals.length)
        throw changedError(sources.at(-1)?.file ?? '');
}
function changedError(file) {
    return new lib_errors/* ToolError */.v4({
        code: 'dataset-changed',
        message: `${file} changed while the run was reading it`,
        remedy: 'start the run again when the file is complete',
    });
}
function throwProblems(problems, count) {
    if (count === 0)
        return;
    const [first] = problems;
    const more = count > problems.length ? ` (the first ${problems.length} are listed)` : '';
    throw new lib_errors/* ToolError */.v4({
        code: 'dataset-invalid',
        message: count === 1 ? 'the dataset has a problem' : `the dataset has ${count} problems${more}`,
        problems: first ? problems : [],
    });
}
function emptyError(sources, scan, options) {
    const files = sources.map((source) => source.file).join(', ');
    if (scan.total === 0)
        return new lib_errors/* ToolError */.v4({ code: 'dataset-empty', message: `${files}: no samples`, remedy: 'add at least one row, such as {"input": "…"}' });
    if (scan.matching.length === 0) {
        const wanted = [...(options.where?.ids ?? []), ...(options.where?.any ?? [])];
        const unknown = wanted.find((id) => !scan.ids.has(id));
        const near = unknown === undefined ? [] : (0,lib_registry.nearestNames)(unknown, [...scan.ids.keys(), ...scan.tags]);
        return new lib_errors/* ToolError */.v4({
            code: 'dataset-empty',
            message: `none of the ${scan.total} samples matches the filter`,
            remedy: near.length > 0 ? `did you mean ${near.map((id) => `"${id}"`).join(' or ')}?` : 'check the tags and ids of --filter or samples.where',
        });
    }
    return new lib_errors/* ToolError */.v4({
        code: 'dataset-empty',
        message: `offset ${options.offset} and limit ${options.limit ?? 'none'} leave none of the ${scan.matching.length} samples`,
        remedy: 'lower --offset or raise --limit',
    });
}

// EXTERNAL MODULE: ./lib/io/files.js
var io_files = __webpack_require__(8315);
;// CONCATENATED MODULE: ./lib/pipeline/open-samples.js







/**
 * Finds the dataset files of a suite, checks every row and selects.
 * @throws ToolError `dataset-not-found`, `dataset-invalid`, `dataset-empty`, `unknown-dataset`.
 */
async function openSamples(config, callNames) {
    const files = await findFiles(config);
    const root = workspaceRoot(config.baseDir);
    const sources = files.map((path) => {
        const file = (0,external_node_path_.relative)(root, path).split(external_node_path_.sep).join('/');
        return { file, format: formatOf(path, config.samples.format), open: () => (0,io_files/* readChunks */.zO)(path) };
    });
    const { map, where, offset, limit, seed } = config.samples;
    return selectSamples(sources, {
        offset,
        digest: shortDigest,
        callNames,
        ...(map ? { map } : {}),
        ...(where ? { where } : {}),
        ...(limit === undefined ? {} : { limit }),
        ...(seed === undefined ? {} : { seed }),
    });
}
/** The folder that recorded file names start from: the repository, where there is one, so that they are the same on every machine. */
function workspaceRoot(from) {
    for (let folder = (0,external_node_path_.resolve)(from);; folder = (0,external_node_path_.dirname)(folder)) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, '.git')))
            return folder;
        if ((0,external_node_path_.dirname)(folder) === folder)
            return (0,external_node_path_.resolve)(from);
    }
}
async function findFiles(config) {
    const found = [];
    for (const pattern of config.samples.paths) {
        const plain = (0,external_node_path_.resolve)(config.baseDir, pattern);
        const files = (0,external_node_fs_.existsSync)(plain) && (0,external_node_fs_.statSync)(plain).isFile() ? [plain] : await globFiles(pattern, config.baseDir);
        if (files.length === 0)
            throw notFound(pattern, config);
        found.push(...files.filter((file) => !found.includes(file)));
    }
    return found;
}
async function globFiles(pattern, cwd) {
    const folder = (0,external_node_path_.resolve)(cwd, pattern);
    const isFolder = (0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.statSync)(folder).isDirectory();
    const endings = datasets_registry.datasets.entries.flatMap((format) => format.extensions).map((ending) => ending.slice(1));
    const { glob } = await __webpack_require__.e(/* import() */ 382).then(__webpack_require__.bind(__webpack_require__, 3382));
    const files = await glob(isFolder ? `**/*.{${endings.join(',')}}` : pattern, {
        cwd: isFolder ? folder : cwd,
        absolute: true,
        dot: false,
        expandDirectories: false,
    });
    return files.map((file) => (0,external_node_path_.resolve)(file)).sort();
}
function notFound(pattern, config) {
    const problem = {
        file: config.file,
        field: 'samples',
        message: `no dataset file matches "${pattern}"`,
        remedy: `paths start from the folder of the config file, ${config.baseDir}`,
    };
    return new lib_errors/* ToolError */.v4({
        code: 'dataset-not-found',
        message: `${config.file}: samples: ${problem.message}`,
        remedy: problem.remedy,
        problems: [problem],
    });
}
function formatOf(path, format) {
    if (format !== undefined)
        return datasets_registry.datasets.get(format);
    const found = datasets_registry.datasets.entries.find((entry) => entry.extensions.some((ending) => path.toLowerCase().endsWith(ending)));
    if (found)
        return found;
    throw new lib_errors/* ToolError */.v4({
        code: 'unknown-dataset',
        message: `${path}: the file ending tells no format`,
        remedy: `name it: samples: {path: …, format: …}. Known: ${datasets_registry.datasets.types.join(', ')}`,
    });
}

;// CONCATENATED MODULE: ./lib/pipeline/open-suite.js












/** @throws ToolError for samples, checkers or agent options that cannot work. */
async function openSuite(config) {
    const definition = registry.agents.get(config.agent.type);
    const identity = definition.identity(config.agent.options);
    const callNames = (0,template/* templateNames */.VQ)(identity.template).filter((name) => /^(row|metadata|tags)\b/.test(name));
    const samples = await openSamples(config, callNames);
    const modules = lazyModules(config);
    const ports = {
        baseDir: config.baseDir,
        modules: modules.port,
        readText: (path) => (0,external_node_fs_.readFileSync)(path, 'utf8'),
        fileDigest: (path) => shortDigest((0,external_node_fs_.readFileSync)(path)),
    };
    const compiled = compileCheckers(config.checkers, checkers_registry.checkers, ports, shortDigest);
    const fingerprints = fingerprintsOf(config, compiled, identity);
    return {
        config,
        samples,
        definition,
        fingerprints,
        checkersOf: sampleCheckers(compiled, ports),
        header: (git, now) => headerOf({ config, samples, compiled, fingerprints, identity, git, now }),
        openAgent: (warn) => definition.open(config.agent.options, {
            baseDir: config.baseDir,
            deadlines: config.deadlines,
            concurrency: config.concurrency,
            maxReplyBytes: config.maxReplyBytes,
            warn,
        }),
        close: modules.close,
    };
}
/** The checkers of the suite and, after them, those of the sample. */
function sampleCheckers(suite, ports) {
    const names = suite.map(({ name }) => name);
    return (sample) => (sample.checkers.length === 0 ? suite : [...suite, ...compileSampleCheckers(sample, checkers_registry.checkers, ports, shortDigest, names)]);
}
/** No process is started for a suite without a module checker. */
function lazyModules(config) {
    let opened;
    const open = () => {
        opened ??= (0,modules/* createModulePort */.S)({ baseDir: config.baseDir, poolSize: Math.min(config.concurrency, 2) });
        return opened;
    };
    return { port: { call: (request) => open().call(request) }, close: async () => opened?.close() };
}
function fingerprintsOf(config, compiled, identity) {
    const required = compiled.map(({ name, required }) => [name, required]);
    return {
        call: {
            tool: version/* version */.r.split('.')[0] ?? '0',
            agent: config.agent.type,
            endpoint: shortDigest(identity.endpoint ?? ''),
            template: shortDigest((0,json/* canonicalJson */.dj)(identity.template)),
            user: 'scripted',
        },
        score: { ...Object.fromEntries(compiled.map(({ name, fingerprint }) => [name, fingerprint])), required: shortDigest((0,json/* canonicalJson */.dj)(required)) },
    };
}
function headerOf(parts) {
    const { config, samples, compiled, fingerprints, identity, git, now } = parts;
    return {
        type: 'run',
        schemaVersion: run_log/* runLogSchemaVersion */.xS,
        toolVersion: version/* version */.r,
        runId: (0,external_node_crypto_.randomUUID)(),
        startedAt: now.toISOString(),
        suite: config.suite,
        configFile: config.file,
        fingerprints,
        ...(git ? { git } : {}),
        planned: { samples: samples.count, repeats: config.repeats, slots: samples.count * config.repeats },
        samplesDigest: samples.samplesDigest,
        caps: config.budget,
        secrets: config.secrets.map(({ name }) => name),
        agent: { type: config.agent.type, ...(identity.endpoint === undefined ? {} : { endpoint: identity.endpoint }) },
        checkers: compiled.map(({ name, required, weight, isPure }) => ({ name, required, weight, pure: isPure })),
    };
}


/***/ }),

/***/ 4410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ makeOutputFolder),
/* harmony export */   u: () => (/* binding */ folderName)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
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

/***/ 7374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LM: () => (/* binding */ Json),
/* harmony export */   Y5: () => (/* binding */ JsonObject),
/* harmony export */   dj: () => (/* binding */ canonicalJson)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3339);

const Json = zod__WEBPACK_IMPORTED_MODULE_0__/* .json */ .Pq9();
const JsonObject = zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), Json);
/** JSON text with sorted object keys: equal values give equal text, whatever the key order. */
function canonicalJson(value) {
    if (value === null || typeof value !== 'object')
        return JSON.stringify(value) ?? 'null';
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
    let text = '';
    for (const key of Object.keys(value).sort()) {
        const item = value[key];
        if (item !== undefined)
            text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
    }
    return `{${text}}`;
}


/***/ }),

/***/ 4357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ representativePair)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7374);
/* harmony import */ var _trajectory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5609);


/**
 * Compares failing current slots with passing baseline slots when the sample fails more often than before, and passing
 * current slots with failing baseline slots when it fails less often. Deterministic: depends on the order of the slots only.
 */
function representativePair(evidence) {
    const isWorse = failShare(evidence.current) >= failShare(evidence.baseline);
    const now = preferred(evidence.current, !isWorse);
    const before = preferred(evidence.baseline, isWorse);
    const baseline = mostCommon(before);
    const current = mostCommon(now);
    return { before, now, ...(baseline ? { baseline } : {}), ...(current ? { current } : {}) };
}
function failShare(slots) {
    return slots.length === 0 ? 0 : slots.filter((slot) => slot.outcome !== 'pass').length / slots.length;
}
/** Answered slots of the wanted outcome, else any answered slot, else all. */
function preferred(slots, passing) {
    const answered = slots.filter((slot) => slot.trajectory);
    const wanted = answered.filter((slot) => (slot.outcome === 'pass') === passing);
    return wanted.length > 0 ? wanted : answered.length > 0 ? answered : slots;
}
function mostCommon(slots) {
    const groups = new Map();
    for (const slot of slots) {
        const key = behaviourKey(slot);
        const group = groups.get(key);
        if (group)
            group.size += 1;
        else
            groups.set(key, { slot, size: 1 });
    }
    let best;
    for (const group of groups.values())
        if (!best || group.size > best.size)
            best = group;
    return best?.slot;
}
function behaviourKey(slot) {
    if (!slot.trajectory)
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)(slot.error);
    const calls = (0,_trajectory_js__WEBPACK_IMPORTED_MODULE_1__/* .toolCallsOf */ .Ve)(slot.trajectory).map((call) => [call.name, call.args]);
    return `${(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)(calls)} ${(0,_trajectory_js__WEBPACK_IMPORTED_MODULE_1__/* .outputOf */ .jH)(slot.trajectory)}`;
}


/***/ }),

/***/ 8254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H5: () => (/* binding */ emptyRunIndex),
/* harmony export */   OB: () => (/* binding */ scoreIn),
/* harmony export */   UP: () => (/* binding */ slotAt),
/* harmony export */   jo: () => (/* binding */ foldRecord),
/* harmony export */   q8: () => (/* binding */ slotKey)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** The slot of an epoch; undefined when it is not done. */
function slotAt(sample, epoch) {
    const { slots } = sample;
    // Mostly every epoch up to this one is done, and then its place is known.
    const likely = slots[epoch - 1];
    return likely?.epoch === epoch ? likely : slots.find((slot) => slot.epoch === epoch);
}
/** The value that a checker gave a slot, 0..1; undefined when it did not score it. */
function scoreIn(slot, checker) {
    return slot.scores.find((score) => score.checker === checker)?.value;
}
/** A text that names one slot of a run; the epoch stands first, because ids may hold anything. */
function slotKey(sample, epoch) {
    return `${epoch}/${sample}`;
}
/** The index of a log without a record; `source` is its path, for messages. */
function emptyRunIndex(source) {
    return { source, samples: new Map(), pending: new Map(), attempts: new Map(), shared: { texts: new Map(), tags: new Map(), scores: new Map() } };
}
/** Folds one record into the index, in place: the one reducer of the live run and of the reader. */
function foldRecord(index, record) {
    switch (record.type) {
        case 'run':
            index.header = record;
            return;
        case 'sample':
            foldSample(index, record);
            return;
        case 'attempt':
            index.attempts.set(slotKey(record.sample, record.epoch), record.attempt);
            delete index.stop;
            return;
        case 'response':
            foldResponse(index, record);
            return;
        case 'score':
            foldScore(index, record);
            return;
        case 'done':
            foldDone(index, record);
            return;
        case 'stop':
            index.stop = record;
            return;
        case 'end':
            index.end = record;
            delete index.stop;
            return;
    }
}
function foldSample(index, record) {
    if (index.samples.has(record.sample))
        return;
    const { sample: id, hash, scoreHash, line, weight, critical } = record;
    const file = share(index.shared.texts, record.file, record.file);
    const tags = share(index.shared.tags, record.tags.join('\n'), record.tags);
    index.samples.set(id, { id, hash, scoreHash, file, line, tags, weight, critical, slots: none });
}
function foldResponse(index, record) {
    const pending = { epoch: record.epoch, scores: none };
    const { latencyMs, firstByteMs, usage } = record.trajectory ?? {};
    if (latencyMs !== undefined)
        pending.latencyMs = latencyMs;
    if (firstByteMs !== undefined)
        pending.firstByteMs = firstByteMs;
    if (usage?.inputTokens !== undefined)
        pending.inputTokens = usage.inputTokens;
    if (usage?.outputTokens !== undefined)
        pending.outputTokens = usage.outputTokens;
    if (usage?.costUsd !== undefined)
        pending.costUsd = usage.costUsd;
    index.pending.set(slotKey(record.sample, record.epoch), pending);
}
function foldScore(index, record) {
    if (record.kind !== 'scored')
        return;
    const key = slotKey(record.sample, record.epoch);
    const pending = index.pending.get(key) ?? { epoch: record.epoch };
    const { checker, value, pass } = record;
    pending.scores = [...(pending.scores ?? none).filter((score) => score.checker !== checker), { checker, value, pass }];
    index.pending.set(key, pending);
}
function foldDone(index, record) {
    const sample = index.samples.get(record.sample);
    if (!sample) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
            code: 'run-log-damaged',
            message: `${index.source}: a finished slot names the sample "${record.sample}", which the log does not list`,
            remedy: 'the file was edited or cut; use another run',
        });
    }
    const { epoch, outcome, attempts } = record;
    const key = slotKey(record.sample, epoch);
    const pending = index.pending.get(key);
    const earlier = slotAt(sample, epoch);
    // The same line twice adds nothing, and must not take the scores away.
    if (!pending && earlier?.outcome === outcome && earlier.attempts === attempts)
        return;
    index.pending.delete(key);
    index.attempts.delete(key);
    const scores = sharedScores(index, pending?.scores ?? none);
    const slot = { ...earlier, ...pending, epoch, outcome, attempts, scores };
    // A list made anew is exactly as long as it must be; one that is pushed to has room for 17.
    const others = sample.slots.filter((other) => other !== earlier);
    const place = others.findLastIndex((other) => other.epoch < epoch) + 1;
    sample.slots = others.length === 0 ? [slot] : [...others.slice(0, place), slot, ...others.slice(place)];
}
const none = [];
function sharedScores(index, scores) {
    if (scores.length === 0)
        return none;
    const key = scores.map(({ checker, value, pass }) => `${value}${pass ? '+' : '-'}${checker}`).join('\n');
    return share(index.shared.scores, key, scores);
}
/** Beyond this many the values differ too much for sharing to pay. */
const maxShared = 2000;
/** The first value that came with this key. */
function share(known, key, value) {
    const found = known.get(key);
    if (found !== undefined)
        return found;
    if (known.size < maxShared)
        known.set(key, value);
    return value;
}


/***/ }),

/***/ 9380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BJ: () => (/* binding */ runLogRecordSchemas),
/* harmony export */   Pi: () => (/* binding */ Outcome),
/* harmony export */   Vl: () => (/* binding */ ResponseRecord),
/* harmony export */   xS: () => (/* binding */ runLogSchemaVersion)
/* harmony export */ });
/* unused harmony exports Fingerprints, AgentErrorRecord, RunRecord, SampleRecord, AttemptRecord, ScoreRecord, DoneRecord, StopRecord, EndRecord, RunLogRecord */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3339);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4377);
/* harmony import */ var _score_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8976);
/* harmony import */ var _trajectory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5609);



/** Raised only when an older reader would misread a newer log. */
const runLogSchemaVersion = 1;
/**
 * Fingerprints by part, sha256 hex (first 16 digits). `call` covers everything that decides what the agent
 * is asked and how; `score` everything that decides what a recorded trajectory is worth.
 * A difference names the parts that differ.
 */
const Fingerprints = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    call: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()).describe('endpoint, template, user, tool'),
    score: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()).describe('one entry per checker name, and `judge`'),
});
/** A sample and one of its repeats. Epochs count from 1; those above the planned repeats are confirmation re-runs or top-ups. */
const slot = { sample: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('sample id'), epoch: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1) };
const AgentErrorRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('such as timeout, refused, rate-limited, bad-response, http-status'),
    message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('redacted'),
    status: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().optional().describe('HTTP status, when there was one'),
});
/** What a slot came to. `error`: the agent gave no usable answer; `unscored`: a required checker could not say. */
const Outcome = zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['pass', 'fail', 'error', 'unscored', 'skipped']);
const RunRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('run'),
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
    toolVersion: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    runId: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    startedAt: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(),
    suite: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    configFile: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    fingerprints: Fingerprints,
    git: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ sha: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(), ref: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional() }).optional(),
    planned: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ samples: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), repeats: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), slots: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr() }),
    samplesDigest: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe('sha256 hex over the ordered (id, hash) pairs that were selected'),
    caps: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ calls: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional(), costUsd: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional(), minutes: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional() }),
    secrets: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()).describe('names only'),
    agent: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), endpoint: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional().describe('without credentials or query') }),
    checkers: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ name: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), required: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(), weight: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), pure: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().optional() })),
    checksums: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('crc32').optional().describe('every line ends with its crc'),
});
const SampleRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('sample'),
    sample: slot.sample,
    hash: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    scoreHash: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    file: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    line: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    tags: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
    weight: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(),
    critical: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(),
});
const AttemptRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('attempt'),
    ...slot,
    attempt: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    idempotencyKey: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    at: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(),
});
/** Written when the slot has its final answer or its final error; never for an attempt that is retried. */
const ResponseRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('response'),
    ...slot,
    attempt: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    trajectory: _trajectory_js__WEBPACK_IMPORTED_MODULE_1__/* .Trajectory */ .MB.optional(),
    error: AgentErrorRecord.optional(),
});
const scoreFields = { type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('score'), ...slot, checker: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), fingerprint: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() };
const ScoreRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .discriminatedUnion */ .gMt('kind', [_score_js__WEBPACK_IMPORTED_MODULE_0__/* .ScoredScore */ .t$.extend(scoreFields), _score_js__WEBPACK_IMPORTED_MODULE_0__/* .UnscoredScore */ .km.extend(scoreFields)]);
const DoneRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('done'), ...slot, outcome: Outcome, attempts: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0) });
/** The run stopped before its end: on a signal, a spent budget, a full disk. Resume goes on after it. */
const StopRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('stop'), at: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(), reason: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
const EndRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('end'),
    at: zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$(),
    durationMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(),
    totals: zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
        slots: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        pass: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        fail: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        error: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        unscored: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        skipped: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
        agentCalls: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().describe('attempts that were made, retries included'),
    }),
});
const RunLogRecord = zod__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([RunRecord, SampleRecord, AttemptRecord, ResponseRecord, ScoreRecord, DoneRecord, StopRecord, EndRecord]);
/** Schema by `type`; a record of another type comes from a newer minor version and is kept unread. */
const runLogRecordSchemas = {
    run: RunRecord,
    sample: SampleRecord,
    attempt: AttemptRecord,
    response: ResponseRecord,
    score: ScoreRecord,
    done: DoneRecord,
    stop: StopRecord,
    end: EndRecord,
};


/***/ }),

/***/ 8006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ SampleRow),
/* harmony export */   Rz: () => (/* binding */ ExpectedToolCall),
/* harmony export */   nu: () => (/* binding */ sampleKeys),
/* harmony export */   pd: () => (/* binding */ Input)
/* harmony export */ });
/* unused harmony exports ChatMessage, SampleTurn, Scenario, CheckerEntry */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3339);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7374);


/** A chat message of an `input` list. */
const ChatMessage = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    role: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).describe('who speaks: system, user, assistant, tool'),
    content: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe('the text'),
})
    .catchall(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM);
/** What is said to the agent: text, a JSON object, or a list of messages. */
const Input = zod__WEBPACK_IMPORTED_MODULE_1__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ChatMessage), _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5]).describe('text, a JSON object, or a list of {role, content}');
const ExpectedToolCall = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).describe('name of the tool'),
    args: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5.optional().describe('expected arguments; absent: any'),
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('of a recorded call; ignored'),
});
const SampleTurn = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    input: Input,
    expected: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional().describe('expected output of this turn'),
    toolCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ExpectedToolCall).optional().describe('expected tool calls of this turn, in order'),
    messages: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('expected intermediate messages of this turn'),
});
const Scenario = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    opening: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('first user message'),
    plan: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('what the simulated user wants'),
    persona: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('who the simulated user is'),
    stop: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('text that ends the conversation'),
    maxTurns: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).max(1000).optional().describe('turns at most'),
});
/** A checker entry as a user writes it: `type` plus that checker's options; validated by the checker's own schema. */
const CheckerEntry = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ type: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1) });
const sampleFields = {
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(256).optional().describe('unique in the suite; absent: first 12 hex digits of the content hash'),
    input: Input.optional(),
    expected: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional().describe('expected final output'),
    tags: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('for slices and filters'),
    weight: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().positive().max(1e6).optional().describe('share in weighted means; default 1'),
    critical: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional().describe('must pass whatever the baseline says'),
    turns: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(SampleTurn).min(1).optional().describe('a scripted conversation'),
    toolCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ExpectedToolCall).optional().describe('expected tool calls of a one-turn sample, in order'),
    scenario: Scenario.optional(),
    system: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('system prompt for agents that take one'),
    state: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5.optional().describe('initial state of the agent session'),
    files: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('files that the agent is given'),
    checkers: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(CheckerEntry).optional().describe('checkers of this sample, added to those of the suite'),
    metadata: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonObject */ .Y5.optional().describe('free data for reports and templates'),
};
/** The keys of a native dataset row. */
const sampleKeys = Object.keys(sampleFields);
/** A native dataset row, as a user writes it. One of `input`, `turns`, `scenario` is required. */
const SampleRow = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3(sampleFields)
    .refine((row) => row.input !== undefined || row.turns !== undefined || row.scenario !== undefined, {
    message: 'a sample needs "input" (or "turns", or "scenario")',
});


/***/ }),

/***/ 8976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c7: () => (/* binding */ unscored),
/* harmony export */   hH: () => (/* binding */ notApplicable),
/* harmony export */   km: () => (/* binding */ UnscoredScore),
/* harmony export */   lD: () => (/* binding */ scored),
/* harmony export */   t$: () => (/* binding */ ScoredScore)
/* harmony export */ });
/* unused harmony export Score */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3339);

const perTurn = zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).max(1).nullable()).optional().describe('value per turn; null: nothing to score in that turn');
const ScoredScore = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('scored'),
    value: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).max(1),
    pass: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().describe('one sentence for a person, on a pass too'),
    perTurn,
});
const UnscoredScore = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('unscored'),
    reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    isApplicable: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(false)
        .optional()
        .describe('the sample gives this checker nothing to judge, such as no expected tool calls; it then takes no part in the outcome'),
});
/** What one checker says of one trajectory. `unscored` is not a fail: nothing could be said. */
const Score = zod__WEBPACK_IMPORTED_MODULE_0__/* .discriminatedUnion */ .gMt('kind', [ScoredScore, UnscoredScore]);
/** A finite value in 0..1, passing when it reaches the threshold (default 1). */
function scored(value, reason, options = {}) {
    const pass = options.pass ?? value >= (options.threshold ?? 1);
    return { kind: 'scored', value, pass, reason, ...(options.perTurn ? { perTurn: options.perTurn } : {}) };
}
/** Nothing could be said of the trajectory; `reason` is one sentence for a person. */
function unscored(reason) {
    return { kind: 'unscored', reason };
}
/** The sample asks nothing of this checker: in a suite of mixed samples that must not leave the slot without an outcome. */
function notApplicable(reason) {
    return { kind: 'unscored', reason, isApplicable: false };
}


/***/ }),

/***/ 5609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ Trajectory),
/* harmony export */   Ve: () => (/* binding */ toolCallsOf),
/* harmony export */   _U: () => (/* binding */ Usage),
/* harmony export */   jH: () => (/* binding */ outputOf),
/* harmony export */   pn: () => (/* binding */ Step)
/* harmony export */ });
/* unused harmony exports ToolCallStep, MessageStep, ErrorStep, Turn */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3339);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7374);
/* harmony import */ var _sample_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8006);



const ToolCallStep = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('toolCall'),
    name: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    args: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional().describe('arguments as sent, usually an object'),
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    server: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional().describe('MCP server or other owner of the tool'),
    result: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional(),
    isError: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().optional(),
});
const MessageStep = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('message'), text: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), author: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional() });
const ErrorStep = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({ kind: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('error'), message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
const Step = zod__WEBPACK_IMPORTED_MODULE_2__/* .discriminatedUnion */ .gMt('kind', [ToolCallStep, MessageStep, ErrorStep]);
const Turn = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    input: _sample_js__WEBPACK_IMPORTED_MODULE_1__/* .Input */ .pd.describe('the user message'),
    output: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().describe("the agent's reply as text; a JSON reply is its JSON text"),
    steps: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Step),
});
const Usage = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    inputTokens: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional(),
    outputTokens: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional(),
    costUsd: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional(),
});
/** What the agent did in one slot. Its output is the output of its last turn. Absent numbers are absent, never 0 or NaN. */
const Trajectory = zod__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    turns: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Turn),
    finalState: _json_js__WEBPACK_IMPORTED_MODULE_0__/* .Json */ .LM.optional(),
    usage: Usage.optional(),
    latencyMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional().describe('sum over the turns, milliseconds'),
    firstByteMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).optional().describe('of the first turn, milliseconds'),
});
/** The output of the last turn; empty text when there is no turn. */
function outputOf(trajectory) {
    return trajectory.turns.at(-1)?.output ?? '';
}
/** Every tool call of every turn, in order. */
function toolCallsOf(trajectory) {
    return trajectory.turns.flatMap((turn) => turn.steps.filter((step) => step.kind === 'toolCall'));
}


/***/ }),

/***/ 7460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ ratio),
/* harmony export */   E5: () => (/* binding */ probability),
/* harmony export */   Jb: () => (/* binding */ pointsInterval),
/* harmony export */   KN: () => (/* binding */ percent),
/* harmony export */   KW: () => (/* binding */ age),
/* harmony export */   TH: () => (/* binding */ metric),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   WR: () => (/* binding */ points),
/* harmony export */   dy: () => (/* binding */ utf8Bytes),
/* harmony export */   fN: () => (/* binding */ score),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   y: () => (/* binding */ cost),
/* harmony export */   zr: () => (/* binding */ ratioInterval)
/* harmony export */ });
/*
 * Numbers as people read them. The locale is fixed, the unit is always printed, a minus is U+2212 and zero has no sign.
 * Every function expects a finite number; anything else reads "n/a".
 */
const missing = 'n/a';
/** `0.8417` → `84.2 %`. */
function percent(fraction) {
    return withUnit(fraction * 100, 1, ' %');
}
/** Percentage points of a difference of rates: `-0.072` → `−7.2 pp`, `0.012` → `+1.2 pp`. */
function points(difference) {
    return Number.isFinite(difference) ? `${signed(difference * 100, 1)} pp` : missing;
}
/** An interval in percentage points without the unit, to stand beside one: `−11.0 … −3.5`. */
function pointsInterval(interval) {
    return interval.every(Number.isFinite) ? `${signed(interval[0] * 100, 1)} … ${signed(interval[1] * 100, 1)}` : missing;
}
/** `1.2437` → `×1.24`. */
function ratio(value) {
    return Number.isFinite(value) ? `×${fixed(value, 2)}` : missing;
}
/** An interval of ratios: `1.10 … 1.40`. */
function ratioInterval(interval) {
    return interval.every(Number.isFinite) ? `${fixed(interval[0], 2)} … ${fixed(interval[1], 2)}` : missing;
}
/** A mean score in 0..1: `0.90`. */
function score(value) {
    return withUnit(value, 2, '');
}
/** A p-value: three digits after the point, never "0". */
function probability(p) {
    if (!Number.isFinite(p))
        return missing;
    return p < 0.001 ? '< 0.001' : p > 0.999 ? '> 0.999' : fixed(p, 3);
}
/** Milliseconds: `812 ms`, `4.2 s`, `3 min 12 s`, `2 h 5 min`. */
function duration(ms) {
    if (!Number.isFinite(ms))
        return missing;
    if (Math.round(ms) < 1000)
        return `${fixed(ms, 0)} ms`;
    if (Math.round(ms / 100) < 600)
        return `${fixed(ms / 1000, 1)} s`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 3600)
        return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    const minutes = Math.round(seconds / 60);
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
/** Hours since: `40 min old`, `20 h old`, `3 days old`. */
function age(hours) {
    if (!Number.isFinite(hours))
        return missing;
    if (hours < 1)
        return `${fixed(hours * 60, 0)} min old`;
    return hours < 48 ? `${fixed(hours, 0)} h old` : `${fixed(hours / 24, 0)} days old`;
}
/** US dollars, with as many digits as a small amount needs: `$0.84`, `$0.0031`, `$1,204.50`. */
function cost(usd) {
    if (!Number.isFinite(usd))
        return missing;
    if (usd > 0 && usd < 0.0001)
        return '< $0.0001';
    return `$${grouped(fixed(usd, usd > 0 && usd < 0.1 ? 4 : 2))}`;
}
/** Whole things: `12,345`. */
function count(value) {
    return Number.isFinite(value) ? grouped(fixed(value, 0)) : missing;
}
/** `1 sample`, `6 samples`; the plural adds an s unless it is given. */
function counted(value, noun, plural = `${noun}s`) {
    return `${count(value)} ${value === 1 ? noun : plural}`;
}
/** A plain measured number by the unit in its name: `latencyMs`, `costUsd`, otherwise at most three digits after the point. */
function metric(name, value) {
    if (name.endsWith('Ms'))
        return duration(value);
    if (name.endsWith('Usd'))
        return cost(value);
    if (!Number.isFinite(value))
        return missing;
    // Three decimals beside a two-digit number would be read as thousands: 10.241.
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
    return grouped(digits === 0 ? fixed(value, 0) : fixed(value, digits).replace(/\.?0+$/, ''));
}
/** Bytes of the text in UTF-8; a lone surrogate counts as its replacement character. */
function utf8Bytes(text) {
    let bytes = 0;
    for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        // Each half of a surrogate pair counts two of its four bytes; a half alone is written as U+FFFD, three bytes.
        bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPaired(text, i, code) ? 2 : 3;
    }
    return bytes;
}
function isPaired(text, index, code) {
    if (code >= 0xd800 && code < 0xdc00)
        return (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    return code >= 0xdc00 && code < 0xe000 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
}
function withUnit(value, digits, unit) {
    return Number.isFinite(value) ? fixed(value, digits) + unit : missing;
}
function signed(value, digits) {
    const text = fixed(value, digits);
    return /^[0.]+$/.test(text) || text.startsWith('−') ? text : `+${text}`;
}
/** `toFixed` with a real minus and without a negative zero. */
function fixed(value, digits) {
    const text = Math.abs(value).toFixed(digits);
    return value < 0 && !/^[0.]+$/.test(text) ? `−${text}` : text;
}
function grouped(text) {
    const [whole = '', rest] = text.split('.');
    const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
    return rest === undefined ? separated : `${separated}.${rest}`;
}


/***/ }),

/***/ 1514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KT: () => (/* binding */ named),
/* harmony export */   L1: () => (/* binding */ parsePhrase),
/* harmony export */   Uy: () => (/* binding */ plainPhrase)
/* harmony export */ });
/**
 * A sentence such as ``no longer calls `lookup_order`; says "I cannot help"`` in its parts. A name stands between
 * backticks, a quotation between double quotes, and keeps them. An opening mark without a closing one is text.
 * Lossless apart from the backticks of names; sinks escape each part for what it is.
 */
function parsePhrase(phrase) {
    const parts = [];
    let end = 0;
    for (const match of phrase.matchAll(/`([^`]+)`|"[^"]*"/g)) {
        if (match.index > end)
            parts.push({ kind: 'text', text: phrase.slice(end, match.index) });
        parts.push({ kind: 'code', text: match[1] ?? match[0] });
        end = match.index + match[0].length;
    }
    if (end < phrase.length)
        parts.push({ kind: 'text', text: phrase.slice(end) });
    return parts;
}
/** A phrase as plain text, for sinks without code elements. */
function plainPhrase(phrase) {
    return parsePhrase(phrase)
        .map((part) => part.text)
        .join('');
}
/** A name of somebody else's inside a phrase; a backtick in it is shown as U+02CB, which looks alike. */
function named(name) {
    const inert = name.replace(/`/g, 'ˋ');
    return `\`${inert === '' ? '(empty)' : inert}\``;
}


/***/ }),

/***/ 5800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ reporters)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(244);
// EXTERNAL MODULE: ./node_modules/markdown-table/index.js
var markdown_table = __webpack_require__(735);
;// CONCATENATED MODULE: ./lib/reporters/parts/escape.js
/*
 * Text of an agent, a dataset, a baseline or a pull request made harmless, one function per sink. Nothing is thrown away
 * silently: what cannot be shown is shown as its escape.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;
/** Layout, and the selectors between the text and the colour form of an emoji. */
const kept = new Set(['\n', '\t', '\ufe0e', '\ufe0f']);
/**
 * Any text as text that can be shown, line breaks and tabs kept: controls, bidi marks, zero-width and other invisible
 * characters, lone surrogates and non-characters become visible escapes such as `\u202E`. CR LF becomes LF.
 */
function toDisplay(text) {
    return text.replace(/\r\n/g, '\n').replace(invisible, (character) => (kept.has(character) ? character : visibleEscape(character)));
}
/** `toDisplay` on one line: a line break is shown as `⏎`, runs of white space become one space. Empty text stays empty. */
function toLine(text) {
    return toDisplay(text)
        .replace(/\s*\n\s*/g, ' ⏎ ')
        .replace(/\s+/g, ' ')
        .trim();
}
/** At most `max` characters as a person counts them, the last one `…` when something was cut. */
function clip(text, max) {
    if (text.length <= max)
        return text;
    const kept = [];
    for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, max * 8))) {
        if (kept.length === max)
            return `${kept.slice(0, max - 1).join('')}…`;
        kept.push(segment);
    }
    return kept.join('').length === text.length ? text : `${kept.slice(0, max - 1).join('')}…`;
}
/** Text for HTML content and for attributes in double or single quotes. */
function escapeHtml(text) {
    return toDisplay(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
/** JSON that may stand inside a `<script type="application/json">` element. */
function escapeScriptJson(json) {
    return json.replace(/[<>&\u2028\u2029]/g, (character) => unicodeEscape(character.charCodeAt(0)));
}
/** Text for XML 1.0 content and attributes; line breaks survive in attributes too. */
function escapeXml(text) {
    return toDisplay(text).replace(/[&<>"'\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
/**
 * One CSV field after RFC 4180, quoted where needed. A field that a spreadsheet would take for a formula gets a leading
 * apostrophe (OWASP ASVS 1.2.10), full-width forms and leading white space included.
 */
function escapeCsv(text) {
    if (/^[A-Za-z0-9]*$/.test(text))
        return text;
    const shown = toDisplay(text);
    const inert = /^[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]/u.test(shown) || /^[\t\r\n\0]/.test(text) ? `'${shown}` : shown;
    return /[",\r\n\t;']|^\s|\s$/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}
/** One line for a terminal: no escape sequence survives. */
function escapeTerminal(text) {
    return toLine(text);
}
/**
 * Text that the runner of GitHub Actions does not take for a workflow command when it is printed: `::command` at the
 * start of a line and the legacy `##[command]` anywhere are broken with a space. Colour sequences are left alone.
 */
function escapeWorkflowCommands(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours may precede the text on a line
    return text.replace(/^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gm, '$1: ').replace(/##(?=\[)/g, '## ');
}
function visibleEscape(character) {
    return unicodeEscape(character.codePointAt(0) ?? 0);
}
function unicodeEscape(code) {
    const hex = code.toString(16).toUpperCase().padStart(4, '0');
    return code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`;
}

// EXTERNAL MODULE: ./lib/reporters/parts/phrase.js
var parts_phrase = __webpack_require__(1514);
;// CONCATENATED MODULE: ./lib/reporters/parts/escape-markdown.js


/**
 * Text as one inline code element, also inside a table row. A pipe is escaped for the row; a backslash before it, which
 * no table can hold, is shown as U+2216. Empty text is shown as `(empty)`, so that the structure never depends on it.
 */
function markdownCode(text) {
    const shown = breakMarkers(toLine(text)) || '(empty)';
    const inert = shown.replace(/\\+(?=\|)/g, (run) => '∖'.repeat(run.length)).replace(/\|/g, '\\|');
    const fence = '`'.repeat(longestRun(inert) + 1);
    const pad = inert.startsWith('`') || inert.endsWith('`') ? ' ' : '';
    return fence + pad + inert + pad + fence;
}
/** Text as a fenced block; the fence is longer than any run of backticks in it. `language` is ours, never data. */
function markdownFence(text, language = '') {
    const shown = breakMarkers(toDisplay(text));
    const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
    return [fence + language, ...shown.split('\n'), fence];
}
/**
 * Words on one line with every character that means something escaped. Mentions, references, addresses and commit ids
 * are broken with a zero-width space, the way that is known to keep GitHub from linking them.
 */
function markdownText(text) {
    return breakLinks(breakMarkers(toLine(text)))
        .replace(/[\\`*_[\]~]|\$(?!\d)/g, '\\$&')
        .replace(/[&<>|]/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/^(?:[-=#:]|\+(?=\s|$)|\d+(?=[.)](?:\s|$)))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}
/** A phrase: its names and quoted texts as code, the words between them as text. */
function markdownPhrase(phrase) {
    return (0,parts_phrase/* parsePhrase */.L1)(phrase)
        .map((part) => (part.kind === 'code' ? markdownCode(part.text) : spaced(part.text)))
        .join('');
}
/** A link with an address of ours; anything but http and https gives the text alone. */
function markdownLink(label, url) {
    const target = url === undefined ? undefined : safeUrl(url);
    return target === undefined ? label : `[${label}](${target})`;
}
/** An http(s) address with everything percent-encoded that could end it; otherwise undefined. */
function safeUrl(url) {
    if (!/^https?:\/\/[A-Za-z0-9.[\]:-]+(?:[/?#]|$)/.test(url))
        return undefined;
    return toDisplay(url).replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/gu, (character) => encodeURIComponent(character).replace(/[()'*]/g, percentEncode));
}
/** Keeps the white space at both ends, which joins the parts of a phrase. */
function spaced(text) {
    const inner = markdownText(text);
    if (inner === '')
        return text === '' ? '' : ' ';
    return (/^\s/.test(text) ? ' ' : '') + inner + (/\s$/.test(text) ? ' ' : '');
}
function breakMarkers(text) {
    return text.replace(/<!-/g, '<! -');
}
function breakLinks(text) {
    return text
        .replace(/@(?=[\p{L}\p{N}_-])/gu, '@\u200b')
        .replace(/#(?=\d)/g, '#\u200b')
        .replace(/\b(gh)-(?=\d)/gi, '$1-\u200b')
        .replace(/:(?=\/\/)/g, ':\u200b')
        .replace(/\b(www)\.(?=\S)/gi, '$1\u200b.')
        .replace(/\b(mailto|xmpp):(?=\S)/gi, '$1:\u200b')
        .replace(/\b(?=[0-9a-f]*\d)([0-9a-f])(?=[0-9a-f]{6,39}\b)/gi, '$1\u200b');
}
function longestRun(text) {
    let longest = 0;
    for (const match of text.matchAll(/`+/g))
        longest = Math.max(longest, match[0].length);
    return longest;
}
function percentEncode(character) {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// EXTERNAL MODULE: ./lib/reporters/parts/format.js
var format = __webpack_require__(7460);
;// CONCATENATED MODULE: ./lib/reporters/parts/fit.js

/**
 * The rendering with the most rows that stays within the limit, or undefined when even none does. More rows must not
 * give a shorter text.
 */
function fitRows(total, maxBytes, render) {
    const all = render(total);
    if ((0,format/* utf8Bytes */.dy)(all) <= maxBytes)
        return all;
    let best;
    let low = 0;
    let high = total - 1;
    while (low <= high) {
        const middle = (low + high) >> 1;
        const text = render(middle);
        if ((0,format/* utf8Bytes */.dy)(text) <= maxBytes) {
            best = text;
            low = middle + 1;
        }
        else
            high = middle - 1;
    }
    return best;
}
/** The first rows of several lists taken as one; lists left without a row are dropped. */
function takeRows(groups, rows) {
    let left = rows;
    return groups.flatMap((group) => {
        const taken = group.rows.slice(0, left);
        left -= taken.length;
        return taken.length > 0 ? [{ ...group, rows: taken }] : [];
    });
}
/** Plain text cut to the limit between characters. */
function clipBytes(text, maxBytes) {
    if ((0,format/* utf8Bytes */.dy)(text) <= maxBytes)
        return text;
    const kept = [];
    let bytes = 3;
    for (const character of text) {
        bytes += (0,format/* utf8Bytes */.dy)(character);
        if (bytes > maxBytes)
            break;
        kept.push(character);
    }
    return maxBytes < 3 ? '' : `${kept.join('')}…`;
}

// EXTERNAL MODULE: ./lib/records/representative.js
var representative = __webpack_require__(4357);
;// CONCATENATED MODULE: ./lib/reporters/parts/transcript.js

/** Characters of one line of a transcript; the run log has the whole. */
const maxLineCharacters = 8_000;
/** The slot as lines, in order; long texts are cut and say so. */
function slotTranscript(slot) {
    return {
        epoch: slot.epoch,
        outcome: slot.outcome,
        lines: linesOf(slot).map((line) => ({ ...line, text: bounded(line.text) })),
        scores: slot.scores.map(({ checker, score }) => ({
            checker,
            value: score.kind === 'scored' ? score.value.toFixed(2) : 'unscored',
            isPass: score.kind === 'scored' && score.pass,
            reason: bounded(score.reason),
        })),
    };
}
/** Both sides' most telling slot, if they have one. */
function transcriptPair(evidence) {
    const { baseline, current } = (0,representative/* representativePair */.G)(evidence);
    return { ...(baseline ? { baseline: slotTranscript(baseline) } : {}), ...(current ? { now: slotTranscript(current) } : {}) };
}
/** Any input or JSON value as text for a person. */
function valueText(value) {
    if (value === undefined)
        return '';
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
function linesOf({ trajectory, error }) {
    const lines = [];
    for (const turn of trajectory?.turns ?? []) {
        lines.push({ kind: 'user', text: inputText(turn.input) });
        for (const step of turn.steps) {
            if (step.kind === 'message')
                lines.push({ kind: 'message', text: step.text, ...(step.author === undefined ? {} : { name: step.author }) });
            if (step.kind === 'error')
                lines.push({ kind: 'error', text: step.message });
            if (step.kind !== 'toolCall')
                continue;
            lines.push({ kind: 'tool', name: step.name, text: step.args === undefined ? '' : JSON.stringify(step.args) });
            if (step.result !== undefined)
                lines.push({ kind: step.isError === true ? 'error' : 'result', name: step.name, text: valueText(step.result) });
        }
        lines.push({ kind: 'agent', text: turn.output });
    }
    if (error)
        lines.push({ kind: 'error', name: error.kind, text: error.message });
    return lines;
}
function inputText(input) {
    return Array.isArray(input) ? input.map(({ role, content }) => `${role}: ${content}`).join('\n') : valueText(input);
}
function bounded(text) {
    const left = text.length - maxLineCharacters;
    return left > 0 ? `${text.slice(0, maxLineCharacters)}… (${left} more characters in the run log)` : text;
}

;// CONCATENATED MODULE: ./lib/reporters/parts/markdown-transcript.js



/** Samples whose transcripts a summary shows. */
const shownSamples = 5;
const shownLines = 40;
const shownCharacters = 600;
/** The transcripts of the first samples of a group, folded, before and after as one diff. */
function markdownTranscripts(view, group) {
    return (group?.rows ?? []).slice(0, shownSamples).flatMap((row) => {
        const evidence = view.evidence.get(row.id);
        if (!evidence)
            return [];
        const { baseline, now } = transcriptPair(evidence);
        const lines = [...sideLines('-', baseline), ...sideLines('+', now)];
        if (lines.length === 0)
            return [];
        const block = markdownFence(lines.join('\n'), 'diff');
        const summary = `<summary>Transcript of <code>${escapeHtml(toLine(row.id))}</code> (− baseline, + now)</summary>`;
        return [['<details>', summary, '', ...block, '', '</details>'].join('\n')];
    });
}
function sideLines(sign, transcript) {
    if (!transcript)
        return [];
    const lines = transcript.lines.flatMap((line) => clip(lineText(line), shownCharacters).split('\n'));
    const cut = lines.length > shownLines ? [`… ${lines.length - shownLines} more lines`] : [];
    return [...lines.slice(0, shownLines), ...cut].map((line) => `${sign} ${line}`);
}
function lineText({ kind, name, text }) {
    return `${name === undefined ? kind : `${kind} ${name}`}: ${text}`;
}

;// CONCATENATED MODULE: ./lib/reporters/parts/markdown-document.js






const alerts = { bad: 'CAUTION', warn: 'WARNING', good: 'TIP', neutral: 'NOTE' };
/** Rows of the first table: with the alert and the footer about one screen. */
const openRows = { comment: 8, summary: 30 };
const foldedRows = 200;
/** Classes that a reader would act on; the others are told by their number. */
const telling = new Set(['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'removed']);
/**
 * The view as GitHub-flavoured markdown. Over `maxBytes` it gives up detail in steps: everything, then the regressed
 * samples only, then fewer of their rows, then the headline with its link, and last the bare headline. Never cut inside
 * a row; what is missing is counted.
 */
function markdownDocument(view, variant, maxBytes = Number.POSITIVE_INFINITY) {
    const full = fullDocument(view, variant);
    if ((0,format/* utf8Bytes */.dy)(full) <= maxBytes)
        return full;
    const main = mainGroup(view);
    const short = main && fitRows(main.rows.length, maxBytes, (rows) => joined([markdown_document_alert(view), cutNote(view), ...sampleTable(main, rows), ...footer(view)]));
    const headline = joined([markdown_document_alert(view), cutNote(view)]);
    const plain = `${markdownText(view.headline)}\n`;
    return short ?? [headline, joined([markdown_document_alert(view, 1)]), plain].find((text) => (0,format/* utf8Bytes */.dy)(text) <= maxBytes) ?? lastResort(view, maxBytes);
}
function fullDocument(view, variant) {
    const main = mainGroup(view);
    const rows = openRows[variant];
    const folds = [
        ...view.groups.filter((group) => telling.has(group.class)).flatMap((group) => groupFold(group, group === main ? rows : 0)),
        ...view.tables.map(tableFold),
        ...(variant === 'summary' ? markdownTranscripts(view, main) : []),
        ...decisionFold(view),
    ];
    return joined([markdown_document_alert(view), ...(main ? sampleTable(main, rows) : []), ...folds, ...footer(view)]);
}
/** The group whose rows are shown open: what got worse, else what could be, else what got better. */
function mainGroup(view) {
    const find = (name) => view.groups.find((group) => group.class === name);
    return find('regressed') ?? find('suspect') ?? find('errored') ?? find('fixed');
}
function markdown_document_alert(view, sentences = view.summary.length) {
    const shown = view.summary.slice(0, sentences).map(markdownPhrase).join(' ');
    return `> [!${alerts[view.tone]}]\n> **${markdownText(view.headline)}** ${shown}`.trimEnd();
}
function cutNote(view) {
    return markdownLink('Cut to fit; the full report has the rest.', view.links.reportUrl ?? view.links.runUrl);
}
function sampleTable(group, rows) {
    if (rows === 0)
        return [`${(0,format/* count */.U9)(group.rows.length)} more ${group.title.toLowerCase()} samples are not shown.`];
    const left = group.rows.length - rows;
    const note = left > 0 ? [`…and ${(0,format/* count */.U9)(left)} more ${group.title.toLowerCase()}.`] : [];
    return [...(group.class === 'regressed' ? [] : [`**${group.title}.** ${group.meaning}`]), rowTable(group.rows.slice(0, rows)), ...note];
}
function rowTable(rows) {
    const cells = rows.map((row) => [sampleCell(row), row.baseline, row.now, row.changes.map(markdownPhrase).join('; ')]);
    return table([['sample', 'baseline', 'now', 'what changed'], ...cells], ['l', 'r', 'r', 'l']);
}
function sampleCell(row) {
    return markdownLink(markdownCode(row.id), row.url) + (row.isCritical ? ' (critical)' : '');
}
/** The rows of a group that are not open already, folded. */
function groupFold(group, open) {
    const rows = group.rows.slice(open);
    if (rows.length === 0)
        return [];
    const more = open > 0 ? 'more ' : '';
    const left = rows.length - foldedRows;
    const note = left > 0 ? [`…and ${(0,format/* count */.U9)(left)} more.`] : [];
    const title = open > 0 ? group.title.toLowerCase() : group.title;
    return fold(`${open > 0 ? `${(0,format/* count */.U9)(rows.length)} ${more}${title}` : `${title} (${(0,format/* count */.U9)(rows.length)})`}`, [
        group.meaning,
        rowTable(rows.slice(0, foldedRows)),
        ...note,
    ]);
}
function tableFold(entry) {
    const rows = entry.rows.map((row) => row.cells.map(markdownPhrase));
    const worse = entry.rows.filter((row) => row.tone === 'bad').length;
    const alignment = entry.columns.map((_, index) => (index === 0 || index === entry.columns.length - 1 ? 'l' : 'r'));
    return joinedFold(`${entry.title}${worse > 0 ? ` (${(0,format/* count */.U9)(worse)} worse)` : ''}`, [table([entry.columns, ...rows], alignment)]);
}
function decisionFold(view) {
    const facts = view.provenance.map(({ label, value }) => `${label} ${markdownPhrase(value)}`).join(' · ');
    const paragraphs = [...view.decision.map((paragraph) => `- ${markdownPhrase(paragraph)}`)].join('\n');
    return paragraphs === '' && facts === '' ? [] : [joinedFold('How this was decided', [paragraphs, facts])];
}
function footer(view) {
    const links = [markdownLink('full report', view.links.reportUrl), markdownLink('run', view.links.runUrl)].filter((link) => link.startsWith('['));
    const baseline = markdownPhrase(view.baseline).replace(/\.$/, '');
    const facts = [view.links.baselineUrl === undefined ? baseline : baselineLinked(baseline, view.links.baselineUrl), view.effort.replace(/\.$/, '')];
    return [[...facts, ...links].join(' · ')];
}
function baselineLinked(sentence, url) {
    return sentence.replace(/^Baseline/, () => markdownLink('Baseline', url));
}
function fold(title, blocks) {
    return [joinedFold(title, blocks)];
}
/** The blank line after the summary is what makes GitHub read the rest as markdown. */
function joinedFold(title, blocks) {
    return ['<details>', `<summary>${title}</summary>`, '', blocks.filter((block) => block !== '').join('\n\n'), '', '</details>'].join('\n');
}
function table(rows, align) {
    return (0,markdown_table/* markdownTable */.Q)(rows, { align, alignDelimiters: false, padding: true });
}
function joined(blocks) {
    return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
function lastResort(view, maxBytes) {
    return clipBytes(toLine(view.headline).replace(/[^\p{L}\p{N} .,:()-]/gu, '-'), maxBytes);
}

;// CONCATENATED MODULE: ./lib/reporters/reporter.js
/** Gives a definition its types; returns it as it is. */
function defineReporter(definition) {
    return definition;
}

;// CONCATENATED MODULE: ./lib/reporters/comment.js


/** The pull-request comment: one screen, the rest folded. */
const comment = defineReporter({
    type: 'comment',
    summary: 'the pull-request comment: one screen of markdown, the rest folded',
    render: (view, { maxBytes }) => markdownDocument(view, 'comment', maxBytes),
});

;// CONCATENATED MODULE: ./lib/reporters/csv.js





/**
 * One row per sample after RFC 4180, worst class first, numbers as 0..1 with a decimal point. Rows that do not fit into
 * `maxBytes` are left out and counted in a last row. For spreadsheets: text that could be a formula gets an apostrophe.
 */
const csv = defineReporter({
    type: 'csv',
    summary: 'one row per sample, for spreadsheets',
    fileName: 'results.csv',
    render(view, { maxBytes }) {
        const rows = sampleRows(view);
        const header = headerOf(view);
        const render = (shown) => {
            const left = rows.length - shown;
            const note = left > 0 ? [lineOf([`(${(0,format/* count */.U9)(left)} more not shown)`, ...header.slice(1).map(() => '')])] : [];
            return [lineOf(header), ...rows.slice(0, shown), ...note].join('');
        };
        return maxBytes === undefined ? render(rows.length) : (fitRows(rows.length, maxBytes, render) ?? '');
    },
});
const fixedColumns = [
    'sample',
    'class',
    'critical',
    'baselinePasses',
    'baselineRepeats',
    'passes',
    'repeats',
    'p',
    'adjusted',
    'changes',
    'file',
    'line',
    'verdict',
    'run',
];
function headerOf(view) {
    return [...fixedColumns, ...checkerNames(view).flatMap((name) => [`${name} baseline`, `${name} now`])];
}
function lineOf(fields) {
    return `${fields.map(escapeCsv).join(',')}\r\n`;
}
function sampleRows(view) {
    const { verdict, samples } = view.assessment;
    const byId = new Map(samples.map((sample) => [sample.id, sample]));
    const names = checkerNames(view);
    return view.groups.flatMap((group) => group.rows.map((row) => {
        const sample = byId.get(row.id);
        const scores = names.flatMap((name) => {
            const score = sample && Object.hasOwn(sample.scores, name) ? sample.scores[name] : undefined;
            return [plain(score?.baseline), plain(score?.current)];
        });
        const counts = [
            sample?.baseline?.passes,
            sample?.baseline?.repeats,
            sample?.current?.passes,
            sample?.current?.repeats,
            sample?.p,
            sample?.adjusted,
        ];
        const where = [row.file ?? '', plain(row.line)];
        const told = row.changes.map(parts_phrase/* plainPhrase */.Uy).join('; ');
        return lineOf([
            row.id,
            row.class,
            row.isCritical ? 'yes' : '',
            ...counts.map(plain),
            told,
            ...where,
            verdict.status,
            view.isPartial ? 'partial' : 'complete',
            ...scores,
        ]);
    }));
}
function checkerNames(view) {
    return [...new Set(view.assessment.samples.flatMap((sample) => Object.keys(sample.scores)))].sort();
}
function plain(value) {
    return value === undefined ? '' : String(value + 0);
}

// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/array.js
var array = __webpack_require__(1318);
// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/word.js + 1 modules
var word = __webpack_require__(5367);
;// CONCATENATED MODULE: ./lib/reporters/parts/html/data.js





/** Steps of one transcript; the run log has the rest. */
const maxSteps = 120;
/** Edits after which two texts are called different as a whole. */
const maxEdits = 400;
/** The whole view as page data, without the details of samples. */
function pageData(view) {
    const { suiteEffect: effect } = view.assessment;
    const urls = [
        { label: 'run', url: view.links.runUrl },
        { label: 'baseline', url: view.links.baselineUrl },
    ];
    return {
        groups: view.groups.map((group) => ({ class: group.class, title: group.title, meaning: group.meaning, rows: group.rows.map(pageRow) })),
        tables: view.tables.map((table) => ({
            title: table.title,
            columns: table.columns,
            rows: table.rows.map((row) => ({ tone: row.tone, cells: row.cells.map(phraseParts) })),
        })),
        decision: view.decision.map(phraseParts),
        provenance: view.provenance.map(({ label, value }) => ({ label, value: phraseParts(value) })),
        footer: [view.baseline, view.effort].map(phraseParts),
        links: urls.flatMap(({ label, url }) => data_link(label, url)),
        ...(effect ? { effect: { change: effect.change, low: effect.interval[0], high: effect.interval[1] } } : {}),
        note: '',
    };
}
/** The evidence of one sample as page data. */
function sampleDetail(evidence) {
    const { baseline, now } = transcriptPair(evidence);
    const cut = Math.max(baseline?.lines.length ?? 0, now?.lines.length ?? 0) - maxSteps;
    return {
        ...(evidence.input === undefined ? {} : { input: toDisplay(valueText(evidence.input)) }),
        ...(evidence.expected === undefined ? {} : { expected: toDisplay(valueText(evidence.expected)) }),
        steps: alignedSteps(baseline?.lines.slice(0, maxSteps) ?? [], now?.lines.slice(0, maxSteps) ?? []),
        sides: [side('baseline', baseline, evidence.baseline), side('now', now, evidence.current)],
        scores: scoresOf(baseline, now),
        ...(cut > 0 ? { note: `${cut} more steps are in the run log.` } : {}),
    };
}
function pageRow(row) {
    const url = row.url === undefined ? undefined : safeUrl(row.url);
    return {
        id: toLine(row.id),
        isCritical: row.isCritical,
        baseline: row.baseline,
        now: row.now,
        changes: row.changes.map(phraseParts),
        ...(row.file === undefined ? {} : { where: `${toLine(row.file)}${row.line === undefined ? '' : `:${row.line}`}` }),
        ...(url === undefined ? {} : { url }),
    };
}
function phraseParts(phrase) {
    return (0,parts_phrase/* parsePhrase */.L1)(toDisplay(phrase)).map(({ kind, text }) => [kind === 'code' ? 1 : 0, text]);
}
function data_link(label, url) {
    const safe = url === undefined ? undefined : safeUrl(url);
    return safe === undefined ? [] : [{ label, url: safe }];
}
function side(label, shown, slots) {
    return { label, outcomes: slots.map((slot) => slot.outcome), ...(shown ? { epoch: shown.epoch } : {}) };
}
/** Steps of the same kind and name stand side by side, in order; the others stand alone. */
function alignedSteps(before, now) {
    const steps = [];
    const [left, right] = [[...before], [...now]];
    for (const change of (0,array/* diffArrays */.E)(before.map(stepKey), now.map(stepKey))) {
        for (let index = 0; index < change.count; index++) {
            const was = change.added ? undefined : left.shift();
            const is = change.removed ? undefined : right.shift();
            if (was && is)
                steps.push(pairedStep(was, is));
            else if (was)
                steps.push({ before: wholeLine(was, 1) });
            else if (is)
                steps.push({ now: wholeLine(is, 1) });
        }
    }
    return steps;
}
function stepKey({ kind, name }) {
    return `${kind} ${name ?? ''}`;
}
function pairedStep(was, is) {
    if (was.text === is.text)
        return { before: wholeLine(was, 0), now: wholeLine(is, 0) };
    const parts = (0,word/* diffWordsWithSpace */.pR)(was.text, is.text, { maxEditLength: maxEdits });
    if (!parts)
        return { before: wholeLine(was, 1), now: wholeLine(is, 1) };
    return {
        before: { ...wholeLine(was, 0), parts: parts.filter((part) => !part.added).map((part) => [part.removed ? 1 : 0, toDisplay(part.value)]) },
        now: { ...wholeLine(is, 0), parts: parts.filter((part) => !part.removed).map((part) => [part.added ? 1 : 0, toDisplay(part.value)]) },
    };
}
function wholeLine({ kind, name, text }, mark) {
    return { kind, ...(name === undefined ? {} : { name: toLine(name) }), parts: [[mark, toDisplay(text)]] };
}
function scoresOf(before, now) {
    const names = [...new Set([...(now?.scores ?? []), ...(before?.scores ?? [])].map(({ checker }) => checker))];
    return names.map((checker) => {
        const was = before?.scores.find((score) => score.checker === checker);
        const is = now?.scores.find((score) => score.checker === checker);
        return {
            checker: toLine(checker),
            ...(was ? { before: was.value } : {}),
            ...(is ? { now: is.value } : {}),
            reason: toDisplay((is ?? was)?.reason ?? ''),
            isPass: (is ?? was)?.isPass ?? false,
        };
    });
}

;// CONCATENATED MODULE: ./lib/reporters/parts/html/hashes.js
/** SHA-256 of the style sheet and the script, as the page's content security policy names them. Checked by a test. */
const styleHash = 'sha256-h4VhlOJ1/VeMIDP0n88YBc8I11L3a9dapNXsaovZOIo=';
const scriptHash = 'sha256-bkceRAp6Ju3VX5FFekT7XlyDhwLWTJFeD9r65Zu8nKc=';

;// CONCATENATED MODULE: ./lib/reporters/parts/html/script.js
/**
 * The page's script. It reads the data element and builds the page with `textContent` only. A change needs the new hash
 * in `hashes.ts`; a test says which.
 */
const pageScript = String.raw `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const report = document.getElementById('report');
const signs = { pass: '●', fail: '✕', error: '!', unscored: '?', skipped: '–' };
const kinds = { user: 'user', agent: 'agent', tool: 'calls', result: 'result of', message: 'says on the way', error: 'error' };

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
function phrase(parts) {
  return parts.map(([kind, text]) => (kind ? make('code', '', text) : text));
}
function link(text, url) {
  const anchor = make('a', '', text);
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  return anchor;
}
function svg(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

function effectFigure({ change, low, high }) {
  const reach = Math.max(0.02, Math.abs(low), Math.abs(high)) * 1.15;
  const x = (value) => 280 + (value / reach) * 250;
  const points = (value) => (value * 100).toFixed(1).replace('-', '−').replace(/^−0\.0$/, '0.0') + ' pp';
  const figure = svg('svg', { viewBox: '0 0 560 62', class: 'effect', role: 'img' });
  figure.append(
    svg('title', {}, 'Change of the pass rate ' + points(change) + ', 95 % interval ' + points(low) + ' to ' + points(high)),
    svg('line', { x1: 20, x2: 540, y1: 34, y2: 34 }),
    svg('line', { x1: 280, x2: 280, y1: 20, y2: 46, class: 'zero' }),
    svg('line', { x1: x(low), x2: x(high), y1: 34, y2: 34, class: 'interval' }),
    svg('circle', { cx: x(change), cy: 34, r: 6 }),
    svg('text', { x: x(change), y: 18, 'text-anchor': 'middle' }, points(change)),
    svg('text', { x: 20, y: 58 }, '← worse'),
    svg('text', { x: 280, y: 58, 'text-anchor': 'middle' }, 'no change'),
    svg('text', { x: 540, y: 58, 'text-anchor': 'end' }, 'better →'),
  );
  return figure;
}

function stepCell(line, mark, isSame) {
  if (!line) return make('div', 'step absent', mark === 'del' ? 'not in the baseline' : 'no longer there');
  const label = make('b', '', kinds[line.kind] || line.kind);
  if (line.name !== undefined) label.append(' ', make('code', '', line.name));
  label.append(make('span', 'whose', isSame ? 'both' : mark === 'del' ? 'baseline' : 'now'));
  const text = make('pre', '', ...line.parts.map(([marked, part]) => (marked ? make(mark, '', part) : part)));
  return make('div', 'step step-' + line.kind + (isSame && mark === 'ins' ? ' same' : ''), label, text);
}
function sideTitle(side) {
  const pips = make('span', 'pips', ...side.outcomes.map((outcome) => make('span', 'pip-' + outcome, signs[outcome] || '?')));
  pips.title = side.outcomes.join(', ');
  const shown = side.epoch === undefined ? ', nothing recorded' : ', repeat ' + side.epoch + ' of ' + side.outcomes.length;
  return make('div', 'side', make('strong', '', side.label), shown, pips);
}
function scoreTable(scores) {
  const head = make('tr', '', ...['checker', 'baseline', 'now', 'reason'].map((name) => make('th', '', name)));
  const rows = scores.map((score) =>
    make('tr', '', make('td', '', make('code', '', score.checker)), make('td', '', score.before || '—'), make('td', score.isPass ? 'good' : 'bad', score.now || '—'), make('td', 'words', score.reason)),
  );
  return make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows)));
}
function detailOf(row) {
  const { detail } = row;
  const box = make('div', 'detail');
  if (row.where) box.append(make('p', 'soft', row.url ? link(row.where, row.url) : row.where));
  if (detail.expected !== undefined) box.append(make('h3', '', 'Expected'), make('pre', '', detail.expected));
  if (detail.input !== undefined && detail.steps.length === 0) box.append(make('h3', '', 'Input'), make('pre', '', detail.input));
  const cells = detail.steps.flatMap((step) => {
    const isSame = JSON.stringify(step.before) === JSON.stringify(step.now);
    return [stepCell(step.before, 'del', isSame), stepCell(step.now, 'ins', isSame)];
  });
  box.append(make('h3', '', 'Transcripts'), make('div', 'sides', ...detail.sides.map(sideTitle), ...cells));
  if (detail.note) box.append(make('p', 'soft', detail.note));
  if (detail.scores.length > 0) box.append(make('h3', '', 'Scores'), scoreTable(detail.scores));
  return box;
}

function sampleElement(group, row) {
  const id = make('span', 'id', row.id, row.isCritical ? make('span', 'critical', 'critical') : undefined);
  const changes = row.changes.flatMap((parts, index) => (index ? ['; ', ...phrase(parts)] : phrase(parts)));
  const cells = [id, make('span', 'class class-' + group.class, group.title), make('span', 'passes', row.baseline + ' → ' + row.now), make('span', 'changes', ...changes)];
  if (!row.detail) {
    if (row.url) id.replaceChildren(link(row.id, row.url), ...[...id.children]);
    return make('div', 'row', ...cells);
  }
  const details = make('details', '', make('summary', '', ...cells));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(detailOf(row));
  });
  return details;
}

const chunk = 200;
function samplesSection() {
  const entries = data.groups.flatMap((group) => group.rows.map((row) => ({ group, row, text: (row.id + ' ' + (row.where || '') + ' ' + row.changes.flat().map((part) => part[1]).join('')).toLowerCase() })));
  const search = make('input');
  search.type = 'search';
  search.placeholder = 'Search samples and changes';
  search.setAttribute('aria-label', 'Search samples');
  const telling = data.groups.filter((group) => !group.class.startsWith('stable'));
  const active = new Set(telling.length > 0 ? telling.map((group) => group.class) : data.groups.map((group) => group.class));
  const list = make('div', 'samples');
  const status = make('p', 'soft');
  status.setAttribute('role', 'status');
  const more = make('button', 'chip', 'Show more');
  let limit = chunk;
  const cache = new Map();
  function draw() {
    const wanted = search.value.trim().toLowerCase();
    const found = entries.filter((entry) => active.has(entry.group.class) && entry.text.includes(wanted));
    const shown = found.slice(0, limit).map((entry) => {
      if (!cache.has(entry)) cache.set(entry, sampleElement(entry.group, entry.row));
      return cache.get(entry);
    });
    list.replaceChildren(...shown);
    list.hidden = shown.length === 0;
    more.hidden = found.length <= limit;
    status.textContent = found.length === entries.length ? entries.length + ' samples' : found.length + ' of ' + entries.length + ' samples';
  }
  const chips = make('div', 'chips', ...data.groups.map((group) => {
    const chip = make('button', 'chip', group.title + ' ' + group.rows.length);
    chip.title = group.meaning;
    chip.setAttribute('aria-pressed', String(active.has(group.class)));
    chip.addEventListener('click', () => {
      if (!active.delete(group.class)) active.add(group.class);
      chip.setAttribute('aria-pressed', String(active.has(group.class)));
      limit = chunk;
      draw();
    });
    return chip;
  }));
  search.addEventListener('input', () => { limit = chunk; draw(); });
  more.addEventListener('click', () => { limit += chunk; draw(); });
  document.addEventListener('keydown', (event) => onKey(event, search, list, draw));
  draw();
  const keys = make('p', 'keys', make('kbd', '', '/'), ' search, ', make('kbd', '', 'j'), ' ', make('kbd', '', 'k'), ' next and previous sample, ', make('kbd', '', 'Enter'), ' open, ', make('kbd', '', 'Esc'), ' clear');
  return make('section', '', make('h2', '', 'Samples'), make('div', 'tools', search, chips), keys, status, list, more);
}
function onKey(event, search, list, draw) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && document.activeElement === search) {
    search.value = '';
    search.blur();
    draw();
  }
  if (document.activeElement === search) return;
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
  }
  if (event.key !== 'j' && event.key !== 'k') return;
  const rows = [...list.querySelectorAll('summary')];
  const at = rows.indexOf(document.activeElement);
  const next = rows[event.key === 'j' ? at + 1 : Math.max(0, at - 1)];
  if (next) next.focus();
}

function tableSection(table) {
  const head = make('tr', '', ...table.columns.map((name) => make('th', '', name)));
  const rows = table.rows.map((row) => make('tr', '', ...row.cells.map((cell, index) => make('td', index === row.cells.length - 1 ? row.tone : '', ...phrase(cell)))));
  return make('section', '', make('h2', '', table.title), make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows))));
}
function decisionSection() {
  const facts = data.provenance.flatMap(({ label, value }) => [make('dt', '', label), make('dd', '', ...phrase(value))]);
  const list = make('ul', 'decision', ...data.decision.map((parts) => make('li', '', ...phrase(parts))));
  return make('section', '', make('h2', '', 'How this was decided'), list, make('dl', '', ...facts));
}

if (data.effect) document.querySelector('header').append(effectFigure(data.effect));
report.append(
  ...(data.note ? [make('p', 'soft', data.note)] : []),
  ...(data.groups.length > 0 ? [samplesSection()] : []),
  ...data.tables.map(tableSection),
  decisionSection(),
  make('footer', '', ...data.footer.map((parts) => make('p', '', ...phrase(parts))), make('p', '', ...data.links.map(({ label, url }) => link(label, url)))),
);
`;

;// CONCATENATED MODULE: ./lib/reporters/parts/html/style.js
/** The page's style sheet. A change needs the new hash in `hashes.ts`; a test says which. */
const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #5a6575; --line: #dfe3ea; --code: #eef0f4;
  --bad: #b3261e; --bad-wash: #fdecea; --good: #1a7f45; --good-wash: #e5f5ec; --warn: #8a5a00; --warn-wash: #fdf3dc; --neutral: #2458b3;
  --tone: var(--neutral); --focus: #2458b3;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --ink: #e6eaf0; --soft: #9aa6b6; --line: #2d3643; --code: #252d38;
    --bad: #ff8a80; --bad-wash: #43221f; --good: #6fd69b; --good-wash: #17382a; --warn: #f0c46a; --warn-wash: #3a2f16; --neutral: #8db4ff;
    --focus: #8db4ff;
  }
}
.tone-bad { --tone: var(--bad); } .tone-good { --tone: var(--good); } .tone-warn { --tone: var(--warn); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 1180px; background: var(--page); color: var(--ink); font: 15px/1.55 var(--sans); }
header { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px; padding: 20px 24px; }
h1 { margin: 0 0 6px; font-size: 26px; line-height: 1.25; color: var(--tone); overflow-wrap: anywhere; }
h2 { margin: 32px 0 10px; font-size: 18px; }
h3 { margin: 18px 0 6px; font-size: 12px; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
.summary { margin: 0; max-width: 78ch; }
.summary span:first-child { font-weight: 600; }
.partial { display: inline-block; margin: 0 0 8px; padding: 1px 10px; border-radius: 99px; background: var(--warn-wash); color: var(--warn); font-weight: 600; font-size: 13px; }
.soft { color: var(--soft); }
code { font: .9em var(--mono); background: var(--code); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.effect { display: block; width: 100%; max-width: 560px; height: auto; margin-top: 14px; font: 12px var(--sans); }
.effect line { stroke: var(--line); stroke-width: 1.5; } .effect .zero { stroke: var(--soft); stroke-dasharray: 3 3; }
.effect .interval { stroke: var(--tone); stroke-width: 6; stroke-linecap: round; opacity: .45; } .effect circle { fill: var(--tone); } .effect text { fill: var(--soft); }
.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 0; background: var(--page); }
.tools input { flex: 1 1 220px; min-width: 0; padding: 8px 12px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chip { padding: 5px 11px; font: 13px/1.4 var(--sans); color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 99px; cursor: pointer; }
.chip[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }
.samples { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
.samples > details + details, .samples > .row + *, .samples > details + .row { border-top: 1px solid var(--line); }
summary, .row { display: grid; grid-template-columns: 18px minmax(130px, 1.3fr) 92px 112px minmax(0, 4fr); gap: 4px 12px; align-items: baseline; padding: 9px 16px; list-style: none; }
summary { cursor: pointer; } summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--soft); } details[open] > summary::before { content: "▾"; } .row::before { content: ""; }
summary:hover { background: color-mix(in srgb, var(--ink) 4%, transparent); }
.id { font: 13.5px var(--mono); overflow-wrap: anywhere; }
.class { font-size: 12.5px; color: var(--soft); } .class-regressed { color: var(--bad); font-weight: 600; } .class-fixed { color: var(--good); font-weight: 600; }
.class-suspect, .class-errored, .class-flaky { color: var(--warn); }
.passes { font-variant-numeric: tabular-nums; white-space: nowrap; }
.changes { overflow-wrap: anywhere; }
.critical { margin-left: 6px; font: 11px var(--sans); color: var(--bad); border: 1px solid currentColor; border-radius: 4px; padding: 0 4px; }
.detail { padding: 8px 16px 20px 46px; }
.whose { display: none; }
pre { margin: 0; font: 13px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 14px; }
.side { font-size: 13px; color: var(--soft); padding-bottom: 2px; }
.pips { margin-left: 8px; letter-spacing: 1px; } .pip-pass { color: var(--good); } .pip-fail { color: var(--bad); } .pip-error, .pip-unscored, .pip-skipped { color: var(--warn); }
.step { border-left: 3px solid var(--line); padding: 4px 10px; border-radius: 3px; background: color-mix(in srgb, var(--code) 45%, transparent); min-width: 0; }
.step-user { border-left-color: var(--neutral); } .step-error { border-left-color: var(--bad); } .step-agent { border-left-color: var(--ink); }
.step b { display: block; font: 600 11.5px var(--sans); color: var(--soft); overflow-wrap: anywhere; } .step b code { font-size: 12px; }
.absent { border: 1px dashed var(--line); background: none; color: var(--soft); font-size: 12.5px; padding: 6px 10px; }
del, ins { text-decoration: none; border-radius: 3px; padding: 0 1px; }
del { background: var(--bad-wash); color: var(--bad); } ins { background: var(--good-wash); color: var(--good); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.detail .scroll { background: none; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 14px; text-align: right; white-space: nowrap; } td.words { white-space: normal; text-align: left; overflow-wrap: anywhere; min-width: 180px; }
th { font-size: 12.5px; font-weight: 600; color: var(--soft); } tbody tr { border-top: 1px solid var(--line); }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }
.bad { color: var(--bad); } .good { color: var(--good); }
.decision { margin: 0; padding-left: 20px; } .decision li { margin-bottom: 4px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; } footer a { margin-right: 14px; }
.keys { font-size: 12.5px; color: var(--soft); } kbd { font: 11.5px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; background: var(--card); }
[hidden] { display: none !important; }
@media (max-width: 720px) {
  body { padding: 12px 12px 48px; } header { padding: 16px; } h1 { font-size: 21px; } .keys { display: none; }
  summary, .row { grid-template-columns: 14px minmax(0, 1fr) auto; padding: 10px 12px; gap: 2px 8px; }
  .class { grid-column: 2; grid-row: 2; } .passes { grid-column: 3; grid-row: 1; text-align: right; } .changes { grid-column: 2 / -1; grid-row: 3; } .changes:empty { display: none; }
  .detail { padding: 4px 12px 16px; } .sides { grid-template-columns: 1fr; } .absent, .step.same { display: none; } .whose { display: inline; float: right; font-weight: 400; }
  .effect { font-size: 19px; }
  .tools { position: static; } .chips { flex-wrap: nowrap; overflow-x: auto; padding-bottom: 4px; } .chip { flex: none; }
}
@media print { .tools { display: none; } body { background: none; } }
`;

;// CONCATENATED MODULE: ./lib/reporters/html.js









/** Bytes of a page that browsers and artifact viewers open without trouble. */
const defaultMaxBytes = 8_000_000;
/**
 * One self-contained page: no network, no script but ours, agent text only as text. Over `maxBytes` (default 8 MB) it
 * first leaves out transcripts of the least telling samples, then samples, and says how many; the smallest page is the
 * headline and its sentences without style.
 */
const html = defineReporter({
    type: 'html',
    summary: 'one self-contained page with search, filters and side-by-side transcripts',
    fileName: 'report.html',
    render(view, { maxBytes = defaultMaxBytes }) {
        const data = pageData(view);
        const details = detailsOf(view);
        const total = view.groups.reduce((sum, group) => sum + group.rows.length, 0);
        const withDetails = (shown) => page(view, cutData(data, details.slice(0, shown), total, details.length - shown));
        const withRows = (rows) => page(view, cutData(data, [], rows, details.length, total - rows));
        return fitRows(details.length, maxBytes, withDetails) ?? fitRows(total, maxBytes, withRows) ?? barePage(view);
    },
});
function detailsOf(view) {
    return view.groups.flatMap((group, groupIndex) => group.rows.flatMap((row, rowIndex) => {
        const evidence = view.evidence.get(row.id);
        return evidence ? [{ group: groupIndex, row: rowIndex, detail: sampleDetail(evidence) }] : [];
    }));
}
function cutData(data, details, rows, leftDetails, leftRows = 0) {
    const byPlace = new Map(details.map(({ group, row, detail }) => [`${group}/${row}`, detail]));
    const groups = data.groups.map((group, groupIndex) => ({
        ...group,
        rows: group.rows.map((row, rowIndex) => {
            const detail = byPlace.get(`${groupIndex}/${rowIndex}`);
            return detail ? { ...row, detail } : row;
        }),
    }));
    const notes = [
        leftRows > 0 ? `${(0,format/* count */.U9)(leftRows)} more samples are not shown.` : '',
        leftDetails > 0 ? `${(0,format/* count */.U9)(leftDetails)} more transcripts are not shown.` : '',
    ].filter((note) => note !== '');
    return {
        ...data,
        groups: takeRows(groups, rows),
        note: notes.length > 0 ? `To keep this page small, ${notes.join(' ')} The run log has them.` : '',
    };
}
function page(view, data) {
    const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
    return [
        '<!doctype html>',
        `<html lang="en" class="tone-${view.tone}">`,
        '<head>',
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        `<title>${escapeHtml(view.headline)}</title>`,
        `<style>${pageStyle}</style>`,
        '</head>',
        '<body>',
        ...header(view),
        '<main id="report"></main>',
        '<noscript><p>The samples and transcripts of this page need JavaScript. The same numbers are in report.md.</p></noscript>',
        `<script type="application/json" id="data">${escapeScriptJson(JSON.stringify(data))}</script>`,
        `<script>${pageScript}</script>`,
        '</body>',
        '</html>',
        '',
    ].join('\n');
}
function header(view) {
    const partial = view.isPartial ? ['<p class="partial">Partial run</p>'] : [];
    const sentences = view.summary.map((sentence) => `<span>${phraseHtml(sentence)}</span>`).join(' ');
    return ['<header>', ...partial, `<h1>${escapeHtml(view.headline)}</h1>`, `<p class="summary">${sentences}</p>`, '</header>'];
}
function phraseHtml(phrase) {
    return (0,parts_phrase/* parsePhrase */.L1)(phrase)
        .map(({ kind, text }) => (kind === 'code' ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text)))
        .join('');
}
function barePage(view) {
    return ['<!doctype html>', '<meta charset="utf-8">', `<title>${escapeHtml(view.headline)}</title>`, ...header(view), ''].join('\n');
}

;// CONCATENATED MODULE: ./lib/reporters/json.js


/**
 * The assessment, lossless, as one JSON object. Over `maxBytes` the last samples are left out and counted in
 * `samplesOmitted`; with none left the limit may be passed by what remains, about 2 KB.
 */
const json = defineReporter({
    type: 'json',
    summary: 'the whole assessment as one JSON object',
    fileName: 'assessment.json',
    render({ assessment }, { maxBytes }) {
        if (maxBytes === undefined)
            return pretty(assessment);
        const worst = [...assessment.samples].sort((a, b) => rank(a.class) - rank(b.class));
        const cut = (rows) => {
            const samplesOmitted = assessment.samples.length - rows;
            return pretty(samplesOmitted === 0 ? assessment : { ...assessment, samples: worst.slice(0, rows), samplesOmitted });
        };
        return fitRows(worst.length, maxBytes, cut) ?? pretty({ ...bare(assessment), samplesOmitted: worst.length });
    },
});
function pretty(value) {
    return `${JSON.stringify(value, null, 2)}\n`;
}
const order = ['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'removed', 'stable-fail', 'stable-pass'];
function rank(name) {
    return order.indexOf(name);
}
function bare(assessment) {
    const { gates: _, ...verdict } = assessment.verdict;
    return { ...assessment, verdict: { ...verdict, reasons: verdict.reasons.slice(0, 1) }, checkers: [], metrics: [], slices: [], samples: [] };
}

;// CONCATENATED MODULE: ./lib/reporters/junit.js




/**
 * JUnit XML: one testcase per sample, a failure is a regressed sample, an error one without usable answers; removed
 * samples are skipped. The first testcase is the verdict itself, so that a drop without a named sample, a partial run or
 * a run without a baseline under a policy that wants one is never all green. Rows that do not fit are left out and counted.
 */
const junit = defineReporter({
    type: 'junit',
    summary: 'JUnit XML: a failed testcase per regressed sample, and one for the verdict',
    fileName: 'junit.xml',
    render(view, { maxBytes }) {
        const rows = view.groups.flatMap((group) => group.rows);
        const render = (shown) => junit_document(view, rows.slice(0, shown), rows.length - shown);
        return maxBytes === undefined
            ? render(rows.length)
            : (fitRows(rows.length, maxBytes, render) ?? junit_document({ ...view, summary: [] }, [], rows.length));
    },
});
function junit_document(view, rows, left) {
    const { verdict } = view.assessment;
    const verdictFails = verdict.exitCode === 1;
    const verdictErrs = !verdictFails && (verdict.exitCode !== 0 || view.isPartial);
    const failures = rows.filter((row) => row.class === 'regressed').length + Number(verdictFails);
    const errors = rows.filter((row) => row.class === 'errored').length + Number(verdictErrs);
    const skipped = rows.filter((row) => row.class === 'removed').length;
    const counts = `tests="${rows.length + 1}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
    const name = escapeXml(view.suite);
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="agent-regress" ${counts}>`,
        `  <testsuite name="${name}" ${counts}>`,
        '    <properties>',
        property('verdict', verdict.status),
        property('run', view.isPartial ? 'partial' : 'complete'),
        property('baseline', (0,parts_phrase/* plainPhrase */.Uy)(view.baseline)),
        ...(left > 0 ? [property('samplesNotShown', String(left))] : []),
        '    </properties>',
        ...verdictCase(view, name, verdictFails ? 'failure' : verdictErrs ? 'error' : undefined),
        ...batchesOf(rows).map((batch) => batch.map((row) => sampleCase(row, name).join('\n')).join('\n')),
        '  </testsuite>',
        '</testsuites>',
        '',
    ].join('\n');
}
/** Lines of a whole batch become one text before the next batch is made: a report of 50,000 samples needs half the memory. */
function batchesOf(rows) {
    return Array.from({ length: Math.ceil(rows.length / 1000) }, (_, i) => rows.slice(1000 * i, 1000 * (i + 1)));
}
function property(name, value) {
    return `      <property name="${name}" value="${escapeXml(value)}"/>`;
}
function verdictCase(view, suite, element) {
    const headline = escapeXml((0,parts_phrase/* plainPhrase */.Uy)(view.headline));
    const said = escapeXml(view.summary.map(parts_phrase/* plainPhrase */.Uy).join(' '));
    const opening = `    <testcase classname="${suite}" name="verdict">`;
    const inner = element === undefined ? `<system-out>${headline} ${said}</system-out>` : `<${element} message="${headline}">${said}</${element}>`;
    return [opening, `      ${inner}`, '    </testcase>'];
}
function sampleCase(row, suite) {
    const where = `${row.file === undefined ? '' : ` file="${escapeXml(row.file)}"`}${row.line === undefined ? '' : ` line="${row.line}"`}`;
    const opening = `    <testcase classname="${suite}" name="${escapeXml(row.id)}"${where}`;
    const passes = `baseline ${row.baseline}, now ${row.now}`;
    const told = escapeXml([passes, ...row.changes.map(parts_phrase/* plainPhrase */.Uy)].join('; '));
    const inner = {
        regressed: `<failure type="regressed" message="${escapeXml(`regressed: ${passes}`)}">${told}</failure>`,
        errored: `<error type="errored" message="${escapeXml(`errored: ${passes}`)}">${told}</error>`,
        removed: '<skipped message="in the baseline only"/>',
    };
    const body = inner[row.class] ?? (row.class === 'stable-pass' ? undefined : `<system-out>${row.class}: ${told}</system-out>`);
    return body === undefined ? [`${opening}/>`] : [`${opening}>`, `      ${body}`, '    </testcase>'];
}

;// CONCATENATED MODULE: ./lib/reporters/markdown.js


/** The report as a markdown page: `report.md` and the job summary. */
const markdown = defineReporter({
    type: 'markdown',
    summary: 'a page in GitHub-flavoured markdown, with transcripts of the worst samples; also the job summary',
    fileName: 'report.md',
    render: (view, { maxBytes }) => markdownDocument(view, 'summary', maxBytes),
});

;// CONCATENATED MODULE: ./lib/reporters/parts/columns.js
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303f]/u;
const narrow = /[\p{Mn}\p{Me}]/u;
/** Terminal columns of a text: wide scripts and emoji take two, combining marks none. */
function columnsOf(text) {
    let columns = 0;
    for (const character of text)
        columns += character < '\u007f' ? 1 : narrow.test(character) ? 0 : wide.test(character) ? 2 : 1;
    return columns;
}
/** At most `width` columns, the last one `…` when something was cut. */
function clipColumns(text, width) {
    if (columnsOf(text) <= width)
        return text;
    let kept = '';
    let columns = 1;
    for (const character of text) {
        columns += columnsOf(character);
        if (columns > width)
            break;
        kept += character;
    }
    return width < 1 ? '' : `${kept}…`;
}
/** The text filled up with spaces to `width` terminal columns; a wider one stays as it is. */
function padColumns(text, width) {
    return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}
/** Spaces where a line may end: not between a number and its unit, and not inside an interval. */
const breaks = /(?<!…) (?!(?:%|pp|ms|s|min|h|…)(?:[\s,.;)]|$))/;
/** Words on lines of at most `width` columns; a longer word is broken, a number keeps its unit. Empty text gives no line. */
function wrapColumns(text, width) {
    const lines = [];
    let line = '';
    for (const word of text.split(breaks).flatMap((word) => pieces(word, width))) {
        if (line === '')
            line = word;
        else if (columnsOf(line) + 1 + columnsOf(word) <= width)
            line += ` ${word}`;
        else {
            lines.push(line);
            line = word;
        }
    }
    return line === '' ? lines : [...lines, line];
}
function pieces(word, width) {
    if (columnsOf(word) <= width)
        return [word];
    const parts = [''];
    let columns = 0;
    for (const character of word) {
        const size = columnsOf(character);
        if (columns + size > width && columns > 0) {
            parts.push('');
            columns = 0;
        }
        parts[parts.length - 1] += character;
        columns += size;
    }
    return parts;
}

;// CONCATENATED MODULE: ./lib/reporters/terminal.js






/** Rows of one class; the files have them all. */
const shownRows = 20;
const listed = new Set(['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'removed']);
const detailed = new Set(['regressed', 'suspect', 'errored', 'fixed']);
/** For a person at a terminal: 40 columns or more (default 80), colours only where allowed. Over `maxBytes` rows are left out and counted. */
const terminal = defineReporter({
    type: 'terminal',
    summary: 'for reading at a terminal, with colours where they are shown',
    render(view, { width = 80, isColor = false, maxBytes }) {
        const page = { width: Math.max(20, width), paint: painter(isColor) };
        const groups = view.groups.filter((group) => listed.has(group.class));
        const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
        const render = (rows) => terminal_text(view, page, takeRows(groups, rows), total - rows);
        if (maxBytes === undefined)
            return render(total);
        return fitRows(total, maxBytes, render) ?? clipBytes(`${escapeWorkflowCommands(escapeTerminal(view.headline))}\n`, maxBytes);
    },
});
const codes = { bad: '31', warn: '33', good: '32', neutral: '36', bold: '1', dim: '2' };
function painter(isColor) {
    return (text, style) => (isColor && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
function terminal_text(view, page, groups, left) {
    const blocks = [
        headLines(view, page),
        ...groups.map((group) => groupLines(group, page)),
        left > 0 ? [`… ${(0,format/* count */.U9)(left)} more samples are not shown.`] : [],
        ...view.tables.map((table) => tableLines(table, page)),
        footLines(view, page),
    ];
    const lines = blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
    return `${lines.map((line) => escapeWorkflowCommands(line.trimEnd())).join('\n')}\n`;
}
function headLines(view, page) {
    const headline = wrapColumns(shown(view.headline), page.width).map((line) => page.paint(page.paint(line, view.tone), 'bold'));
    return [...headline, ...wrapColumns(view.summary.map(shown).join(' '), page.width)];
}
function footLines(view, page) {
    const links = [view.links.reportUrl, view.links.runUrl].flatMap((url) => (url === undefined ? [] : [`Report: ${escapeTerminal(url)}`])).slice(0, 1);
    return [view.baseline, view.effort]
        .flatMap((sentence) => wrapColumns(shown(sentence), page.width))
        .concat(links)
        .map((line) => page.paint(line, 'dim'));
}
/** Only a name list for the classes that ask for no action. */
function groupLines(group, page) {
    const tone = group.class === 'regressed' ? 'bad' : group.class === 'fixed' ? 'good' : 'warn';
    const title = page.paint(`${group.title} (${(0,format/* count */.U9)(group.rows.length)})`, detailed.has(group.class) ? tone : 'dim');
    if (!detailed.has(group.class))
        return [title, ...nameLines(group, page)];
    const rows = group.rows.slice(0, shownRows);
    const left = group.rows.length - rows.length;
    const widths = rowWidths(rows, page.width);
    return [title, ...rows.flatMap((row) => rowLines(row, page, widths)), ...(left > 0 ? [`  … ${(0,format/* count */.U9)(left)} more`] : [])];
}
function nameLines(group, page) {
    const rows = group.rows.slice(0, shownRows);
    const left = group.rows.length - rows.length;
    const names = rows.map((row) => clipColumns(escapeTerminal(row.id), page.width - 2)).join(', ');
    return wrapColumns(left > 0 ? `${names}, … ${(0,format/* count */.U9)(left)} more` : names, page.width - 2).map((line) => `  ${line}`);
}
function rowWidths(rows, width) {
    const widest = (texts) => Math.max(0, ...texts.map(columnsOf));
    return {
        id: Math.min(widest(rows.map(idText)), Math.floor(width * 0.4)),
        passes: widest(rows.map(passesText)),
    };
}
/** On one line where there is room for the words, else the words below, indented. */
function rowLines(row, page, widths) {
    const left = `  ${padColumns(clipColumns(idText(row), widths.id), widths.id)}  ${padColumns(passesText(row), widths.passes)}`;
    const told = row.changes.map(shown).join('; ');
    const column = columnsOf(left) + 2;
    const isBeside = page.width - column >= 36;
    const lines = wrapColumns(told, page.width - (isBeside ? column : 4));
    if (!isBeside)
        return [left, ...lines.map((line) => `    ${line}`)];
    return [`${left}  ${lines[0] ?? ''}`, ...lines.slice(1).map((line) => ' '.repeat(column) + line)];
}
function idText(row) {
    return escapeTerminal(row.id) + (row.isCritical ? ' (critical)' : '');
}
function passesText(row) {
    return `${row.baseline} → ${row.now}`;
}
/** As a table where it fits, else one block per row. */
function tableLines(table, page) {
    const cells = [table.columns, ...table.rows.map((row) => row.cells.map(shown))];
    const widths = table.columns.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
    const total = widths.reduce((sum, width) => sum + width + 2, 0);
    const style = (index) => {
        const tone = table.rows[index]?.tone;
        return tone === 'bad' || tone === 'good' ? tone : undefined;
    };
    const painted = (line, index) => {
        const tone = style(index);
        return tone ? page.paint(line, tone) : line;
    };
    const title = page.paint(table.title, 'dim');
    if (total <= page.width) {
        const lines = cells.map((row) => `  ${row.map((cell, column) => padColumns(cell, widths[column] ?? 0)).join('  ')}`);
        return [title, page.paint(lines[0] ?? '', 'dim'), ...lines.slice(1).map(painted)];
    }
    return [title, ...table.rows.flatMap((row, index) => stackedRow(table.columns, row.cells.map(shown), page).map((line) => painted(line, index)))];
}
function stackedRow(columns, cells, page) {
    const [name = '', ...rest] = cells;
    const facts = rest.map((cell, index) => `${columns[index + 1] ?? ''} ${cell}`).filter((fact) => !fact.endsWith(' —'));
    return [
        ...wrapColumns(name, page.width - 2).map((line) => `  ${line}`),
        ...wrapColumns(facts.join(', '), page.width - 4).map((line) => `    ${line}`),
    ];
}
function shown(phrase) {
    return escapeTerminal((0,parts_phrase/* plainPhrase */.Uy)(phrase));
}

;// CONCATENATED MODULE: ./lib/reporters/registry.js








/** The one list of output formats. */
const reporters = (0,registry.createRegistry)('reporter', [terminal, markdown, comment, html, json, junit, csv]);


/***/ }),

/***/ 4933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gq: () => (/* binding */ compileTemplate),
/* harmony export */   MS: () => (/* binding */ templateProblem),
/* harmony export */   VQ: () => (/* binding */ templateNames),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _registry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(244);


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
        remedy: known.length > 0 ? (0,_registry_js__WEBPACK_IMPORTED_MODULE_1__.unknownNameRemedy)(at.key, known) : 'the value above it has no fields',
    });
}
/** The reason why a template could not be filled, for a score or an error of one slot. */
function templateProblem(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4 && error.remedy ? `${error.message}: ${error.remedy}` : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
}


/***/ })

};
