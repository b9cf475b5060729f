export const id = 475;
export const ids = [475];
export const modules = {

/***/ 122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);

/** The machine's clock: wall time for records, monotonic time for durations and limits. */
const systemClock = {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    async sleep(ms, signal) {
        if (signal?.aborted)
            return;
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(Math.max(0, ms), undefined, { signal });
        }
        catch {
            // An aborted sleep ends early; the sleeper looks at its signal.
        }
    },
};


/***/ }),

/***/ 6475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  TO: () => (/* binding */ askSlots),
  Ql: () => (/* binding */ closeRun),
  On: () => (/* binding */ doneSlots),
  j$: () => (/* binding */ openStage),
  pD: () => (/* binding */ writeSamples)
});

// EXTERNAL MODULE: ./lib/io/clock.js
var clock = __webpack_require__(122);
;// CONCATENATED MODULE: ./lib/run/core/budget.js
/** Counts what a run spends against its caps; the minutes start now. */
function createBudget(options) {
    const { caps, monotonicMs } = options;
    const spent = { calls: 0, costUsd: 0, ...options.spent };
    const endsAt = caps.minutes === undefined ? Number.POSITIVE_INFINITY : monotonicMs() + caps.minutes * 60_000;
    return {
        spent,
        exhausted() {
            if (caps.calls !== undefined && spent.calls >= caps.calls)
                return 'budget-calls';
            if (caps.costUsd !== undefined && spent.costUsd >= caps.costUsd)
                return 'budget-cost';
            return monotonicMs() >= endsAt ? 'budget-minutes' : undefined;
        },
        addCall() {
            spent.calls++;
        },
        addCost(costUsd) {
            if (costUsd !== undefined && Number.isFinite(costUsd))
                spent.costUsd += costUsd;
        },
        remainingMs: () => Math.max(0, endsAt - monotonicMs()),
    };
}
/** What the sessions recorded so far have used: every attempt counts, the cost only where the agent told it. */
function spentIn(index) {
    const spent = { calls: 0, costUsd: 0 };
    for (const sample of index.samples.values()) {
        for (const slot of sample.slots) {
            spent.calls += slot.attempts;
            spent.costUsd += slot.costUsd ?? 0;
        }
    }
    for (const attempts of index.attempts.values())
        spent.calls += attempts;
    for (const pending of index.pending.values())
        spent.costUsd += pending.costUsd ?? 0;
    return spent;
}

// EXTERNAL MODULE: ./lib/run/core/slots.js
var slots = __webpack_require__(2404);
;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}

// EXTERNAL MODULE: ./lib/agents/agent.js
var agents_agent = __webpack_require__(356);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/run-index.js
var run_index = __webpack_require__(8254);
// EXTERNAL MODULE: ./lib/records/trajectory.js
var trajectory = __webpack_require__(5609);
;// CONCATENATED MODULE: ./lib/run/sound-trajectory.js



/**
 * What a reader of the log will get: JSON, in shape, without secrets. Checkers see the same, so that scoring the
 * record again gives the same scores. A failure `bad-response` says what is not in shape.
 */
function soundTrajectory(answer, redactor) {
    try {
        const text = JSON.stringify(answer);
        const value = JSON.parse(text);
        // The schema costs more than the rest of the slot. It is needed to say what is wrong, and to drop keys `__proto__`.
        if (!text.includes('__proto__') && isTrajectory(value))
            return redactor.json(value);
        const parsed = trajectory/* Trajectory */.MB.safeParse(value);
        if (parsed.success)
            return redactor.json(parsed.data);
        const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'not a trajectory' };
        return new agents_agent/* AgentFailure */.W('bad-response', `the agent's driver gave no trajectory: ${path.join('.')}: ${message}`, { phase: 'answered' });
    }
    catch (error) {
        return new agents_agent/* AgentFailure */.W('bad-response', `the agent's answer is not JSON: ${(0,errors/* messageOf */.bD)(error)}`, { phase: 'answered', cause: error });
    }
}
/** True only for what the schema `Trajectory` takes; false for it too where it is in doubt. `value` is parsed JSON. */
function isTrajectory(value) {
    if (!isObject(value))
        return false;
    const { turns, usage, latencyMs, firstByteMs } = value;
    if (!Array.isArray(turns) || !turns.every(isTurn) || !isAmount(latencyMs) || !isAmount(firstByteMs))
        return false;
    return usage === undefined || (isObject(usage) && isAmount(usage.inputTokens) && isAmount(usage.outputTokens) && isAmount(usage.costUsd));
}
function isTurn(turn) {
    if (!isObject(turn) || typeof turn.output !== 'string' || !Array.isArray(turn.steps))
        return false;
    return (typeof turn.input === 'string' || isObject(turn.input)) && turn.steps.every(isStep);
}
function isStep(step) {
    if (!isObject(step))
        return false;
    switch (step.kind) {
        case 'toolCall':
            return (typeof step.name === 'string' && isText(step.id) && isText(step.server) && (step.isError === undefined || typeof step.isError === 'boolean'));
        case 'message':
            return typeof step.text === 'string' && isText(step.author);
        case 'error':
            return typeof step.message === 'string';
        default:
            return false;
    }
}
function isText(value) {
    return value === undefined || typeof value === 'string';
}
function isAmount(value) {
    return value === undefined || (typeof value === 'number' && value >= 0);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./lib/run/attempt.js



/** One call with its deadline. A driver that does not heed its signal is left behind. Never rejects. */
async function attemptOnce(options, { slot, attempt, key }) {
    const { agent, timeoutMs, stop } = options;
    const { sample, epoch } = slot;
    const controller = new AbortController();
    let giveUp = () => { };
    const givenUp = new Promise((resolve) => {
        giveUp = resolve;
    });
    const end = (failure) => {
        giveUp(failure);
        controller.abort(failure);
    };
    const timer = setTimeout(() => end(tooLate(timeoutMs)), Math.min(timeoutMs, 2 ** 31 - 1));
    const detach = stop.onAbort(end);
    const asked = async () => {
        try {
            const user = options.createUser(sample);
            const answer = await agent.ask({ sample, epoch, attempt, idempotencyKey: key, user, signal: controller.signal });
            return soundTrajectory(answer, options.redactor);
        }
        catch (error) {
            return error instanceof agents_agent/* AgentFailure */.W ? error : new agents_agent/* AgentFailure */.W('agent-error', (0,errors/* messageOf */.bD)(error), { phase: 'answered', cause: error });
        }
    };
    try {
        return await Promise.race([asked(), givenUp]);
    }
    finally {
        clearTimeout(timer);
        detach();
    }
}
function tooLate(timeoutMs) {
    return new agents_agent/* AgentFailure */.W('timeout', `no complete answer within ${timeoutMs / 1000} s`, { phase: 'ambiguous' });
}

;// CONCATENATED MODULE: ./lib/run/core/health.js

const unreachableAtStart = 5;
const refusedAtStart = 3;
/**
 * Stops after 5 calls in a row that could not be sent when nothing was ever answered; once something was answered,
 * after `20` or four times the concurrency, whichever is more. Stops when the first 3 answers are all 401 or 403.
 */
function createHealth(concurrency) {
    let hasAnswer = false;
    let unsentInRow = 0;
    let refused = 0;
    let last;
    return {
        addAnswer() {
            hasAnswer = true;
            unsentInRow = 0;
        },
        addFailure(failure) {
            last = failure.message;
            if (isUnsent(failure)) {
                unsentInRow++;
                const limit = hasAnswer ? Math.max(20, 4 * concurrency) : unreachableAtStart;
                return unsentInRow >= limit ? unreachable(unsentInRow, failure.message) : undefined;
            }
            unsentInRow = 0;
            if (!isRefusal(failure)) {
                hasAnswer ||= failure.phase === 'answered';
                return undefined;
            }
            refused++;
            return !hasAnswer && refused >= refusedAtStart ? refusedCredentials(refused, failure.message) : undefined;
        },
        conclude() {
            if (hasAnswer || last === undefined)
                return undefined;
            return refused > 0 ? refusedCredentials(refused, last) : unreachable(unsentInRow, last);
        },
        isSuspect: (failure) => isUnsent(failure) || (!hasAnswer && isRefusal(failure)),
    };
}
function isUnsent(failure) {
    return failure.phase === 'not-sent' && failure.kind !== 'aborted';
}
function isRefusal(failure) {
    return failure.phase === 'answered' && (failure.status === 401 || failure.status === 403);
}
function unreachable(calls, message) {
    return {
        reason: 'agent-unreachable',
        error: new errors/* ToolError */.v4({
            code: 'agent-unreachable',
            message: `the agent could not be reached, ${calls === 1 ? 'in the only call' : `${calls} times in a row`}: ${message}`,
            remedy: 'check that the agent runs and that its address is right, then go on with --resume: no slot was lost',
            exitCode: errors/* ExitCode */.yU.incomplete,
        }),
    };
}
function refusedCredentials(calls, message) {
    return {
        reason: 'agent-refused-credentials',
        error: new errors/* ToolError */.v4({
            code: 'agent-refused-credentials',
            message: `the agent refused the credentials of the first ${calls === 1 ? 'call' : `${calls} calls`}: ${message}`,
            remedy: 'check the key or token in the headers of the agent, then go on with --resume: no slot was lost',
            exitCode: errors/* ExitCode */.yU.incomplete,
        }),
    };
}

;// CONCATENATED MODULE: ./lib/run/core/retry.js
/** The longest wait that a server may ask for. */
const maxRetryAfterMs = 120_000;
const firstWaitMs = 500;
const maxBackoffMs = 30_000;
/**
 * Whether a failed attempt is made again, and after what wait. Sent again: what was not sent, transient statuses, and
 * once what may have been served. The wait doubles from 0.5 s to 30 s with jitter (half to all of it), or is what the
 * server asked for; when that is over 120 s or over the run's time, the run stops instead of asking early.
 */
function decideRetry(input) {
    const { failure, attempt, maxRetries, random, remainingMs, retries } = input;
    if (failure.kind === 'aborted')
        return { retry: false };
    const isRateLimited = failure.kind === 'rate-limited' || failure.status === 429;
    const askedMs = failure.retryAfterMs;
    if (isRateLimited && askedMs !== undefined && (askedMs > maxRetryAfterMs || askedMs > remainingMs))
        return { retry: false, stopRun: 'rate-limited' };
    if (attempt > maxRetries || !isWorthAnother(input))
        return { retry: false };
    // A server that names its time is not amplified by coming back at that time.
    if (!(isRateLimited && askedMs !== undefined) && !retries.take())
        return { retry: false };
    const backoffMs = Math.min(maxBackoffMs, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + 0.5 * random);
    const waitMs = Math.round(Math.max(backoffMs, askedMs !== undefined && askedMs <= maxRetryAfterMs ? askedMs : 0));
    return waitMs > remainingMs ? { retry: false } : { retry: true, waitMs, pauseHost: isRateLimited };
}
function isWorthAnother({ failure, ambiguousAttempts, onAmbiguous }) {
    switch (failure.phase) {
        case 'not-sent':
            return failure.isTransient;
        case 'ambiguous':
            return onAmbiguous === 'retry' && ambiguousAttempts <= 1;
        case 'answered':
            return failure.isTransient;
    }
}
/** At most a fifth more calls, and never fewer than `minimum` retries. */
function createRetryAllowance(minimum = 10) {
    let calls = 0;
    let retries = 0;
    return {
        addCall() {
            calls++;
        },
        take() {
            if (retries >= Math.max(minimum, Math.floor(calls * 0.2)))
                return false;
            retries++;
            return true;
        },
    };
}

;// CONCATENATED MODULE: ./lib/run/ask-slot.js







/** Asks slots of one run: attempts, retries and pauses; counts the calls. */
function createAsker(options) {
    const asking = {
        options,
        health: createHealth(options.concurrency),
        retries: createRetryAllowance(),
        calls: 0,
        pausedUntilMs: Number.NEGATIVE_INFINITY,
        suspects: [],
    };
    return {
        get calls() {
            return asking.calls;
        },
        ask: (slot) => askSlot(asking, slot),
        releaseSuspects() {
            // The slots ran out before the row was long enough: an agent that answered none of them is just as absent.
            const problem = asking.suspects.length > 0 ? asking.health.conclude() : undefined;
            if (problem)
                options.stop.request(problem.reason, problem.error);
            return problem ? [] : releaseSuspects(asking);
        },
    };
}
async function askSlot(asking, slot) {
    const { options, health } = asking;
    const { sample, epoch } = slot;
    const earlier = options.journal.index.attempts.get((0,run_index/* slotKey */.q8)(sample.id, epoch)) ?? 0;
    if (earlier > 0 && options.onAmbiguous === 'fail')
        return [record(asking, slot, { attempts: earlier, error: ambiguousEarlier })];
    const key = (0,slots/* idempotencyKey */.T5)(options.runId, sample, epoch);
    let ambiguousAttempts = earlier > 0 ? 1 : 0;
    for (let tries = 1;; tries++) {
        const attempt = earlier + tries;
        if (!(await mayAsk(asking, slot, attempt, key)))
            return [];
        if (tries === 1)
            asking.retries.addCall();
        const result = await attemptOnce(options, { slot, attempt, key });
        if (!(result instanceof agents_agent/* AgentFailure */.W)) {
            health.addAnswer();
            options.budget.addCost(result.usage?.costUsd);
            return [...releaseSuspects(asking), record(asking, slot, { attempts: attempt, trajectory: result })];
        }
        const failure = withoutSecrets(result, options.redactor);
        if (options.stop.signal.aborted && failure.phase !== 'answered')
            return [];
        if (failure.phase === 'ambiguous')
            ambiguousAttempts++;
        const next = afterFailure(asking, failure, tries, ambiguousAttempts);
        if (next === 'stop')
            return [];
        if (next === 'give-up')
            return failed(asking, slot, attempt, failure);
        await waitForRetry(asking, slot, attempt, failure, next);
    }
}
/** Waits until the host may be asked, and records the attempt; false when the run stops instead. */
async function mayAsk(asking, slot, attempt, key) {
    const { clock, stop, budget, journal, isPaid } = asking.options;
    while (!stop.reason && asking.pausedUntilMs > clock.monotonicMs())
        await clock.sleep(asking.pausedUntilMs - clock.monotonicMs(), stop.signal);
    const spent = stop.reason ? undefined : budget.exhausted();
    if (spent)
        stop.request(spent);
    if (stop.reason)
        return false;
    if (isPaid !== false) {
        const at = clock.now().toISOString();
        journal.append({ type: 'attempt', sample: slot.sample.id, epoch: slot.epoch, attempt, idempotencyKey: key, at });
    }
    budget.addCall();
    asking.calls++;
    return true;
}
function afterFailure(asking, failure, attempt, ambiguousAttempts) {
    const { maxRetries, onAmbiguous, random, budget, stop } = asking.options;
    const problem = asking.health.addFailure(failure);
    if (problem) {
        stop.request(problem.reason, problem.error);
        return 'stop';
    }
    const decision = decideRetry({
        failure,
        attempt,
        ambiguousAttempts,
        maxRetries,
        onAmbiguous,
        random: random(),
        remainingMs: budget.remainingMs(),
        retries: asking.retries,
    });
    if (decision.retry)
        return decision;
    if (!decision.stopRun)
        return 'give-up';
    stop.request(decision.stopRun, rateLimited(failure));
    return 'stop';
}
/** A pause of the host is waited for with everybody else, before the next attempt. */
async function waitForRetry(asking, slot, attempt, failure, { waitMs, pauseHost }) {
    const { clock, stop, onEvent } = asking.options;
    const reason = failure.message;
    onEvent({ kind: 'retry', sample: slot.sample.id, epoch: slot.epoch, attempt: attempt + 1, waitMs, reason });
    if (!pauseHost)
        return clock.sleep(waitMs, stop.signal);
    const untilMs = clock.monotonicMs() + waitMs;
    if (untilMs <= asking.pausedUntilMs)
        return;
    asking.pausedUntilMs = untilMs;
    onEvent({ kind: 'paused', waitMs, reason });
}
/** A failure that may be one of an absent agent waits until that is known. */
function failed(asking, slot, attempts, failure) {
    if (!asking.health.isSuspect(failure)) {
        return [...releaseSuspects(asking), record(asking, slot, { attempts, error: errorRecord(failure) })];
    }
    asking.suspects.push({ slot, attempts, failure });
    return [];
}
function releaseSuspects(asking) {
    const released = asking.suspects;
    asking.suspects = [];
    return released.map(({ slot, attempts, failure }) => record(asking, slot, { attempts, error: errorRecord(failure) }));
}
function record(asking, slot, answer) {
    const { attempts, ...response } = answer;
    asking.options.journal.append({ type: 'response', sample: slot.sample.id, epoch: slot.epoch, attempt: attempts, ...response });
    return { slot, answer };
}
const ambiguousEarlier = {
    kind: 'ambiguous',
    message: 'an earlier session ended while the agent was asked, and on-ambiguous is "fail"',
};
const maxMessageLength = 4000;
function withoutSecrets(failure, redactor) {
    const { kind, phase, isTransient, status, retryAfterMs } = failure;
    const message = redactor.text(failure.message).slice(0, maxMessageLength);
    return new agents_agent/* AgentFailure */.W(kind, message, {
        phase,
        isTransient,
        ...(status === undefined ? {} : { status }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
}
function errorRecord({ kind, message, status }) {
    return { kind, message, ...(Number.isInteger(status) ? { status } : {}) };
}
function rateLimited(failure) {
    const wait = failure.retryAfterMs === undefined ? '' : ` (it asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s)`;
    return new errors/* ToolError */.v4({
        code: 'rate-limited',
        message: `the agent's server limits the rate for longer than this run waits${wait}: ${failure.message}`,
        remedy: 'go on later with --resume, lower the concurrency, or raise the limit: no slot was lost',
        exitCode: errors/* ExitCode */.yU.incomplete,
    });
}

// EXTERNAL MODULE: ./lib/run/score-slot.js + 2 modules
var score_slot = __webpack_require__(8452);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
;// CONCATENATED MODULE: ./lib/run/stop.js



/** The one place that decides that a run stops, and why: a signal, a spent cap, an error. */
function createStop(options) {
    const controller = new AbortController();
    const listeners = new Set();
    // Every slot that waits listens to it.
    (0,external_node_events_.setMaxListeners)(0, controller.signal);
    let reason;
    let error;
    let fatal;
    const abort = () => {
        if (controller.signal.aborted)
            return;
        controller.abort();
        for (const listener of listeners)
            listener(abortedFailure());
    };
    const request = (newReason, newError) => {
        const isFirst = reason === undefined;
        reason ??= newReason;
        if (isFirst)
            error = newError;
        if (newReason !== 'budget-calls' && newReason !== 'budget-cost')
            abort();
        if (isFirst)
            options.onEvent({ kind: 'stopping', reason });
    };
    const interrupt = () => request('interrupted');
    options.signal.addEventListener('abort', interrupt, { once: true });
    if (options.signal.aborted)
        interrupt();
    const timer = timerFor(options.budget.remainingMs(), () => request('budget-minutes'));
    return {
        get reason() {
            return reason;
        },
        get error() {
            return error;
        },
        signal: controller.signal,
        request,
        fail(cause) {
            if (cause instanceof errors/* ToolError */.v4 && cause.code === 'journal-write-failed')
                return request('journal-write-failed', cause);
            fatal ??= { cause };
            abort();
            reason ??= 'interrupted';
        },
        onAbort(listener) {
            if (controller.signal.aborted)
                listener(abortedFailure());
            else
                listeners.add(listener);
            return () => listeners.delete(listener);
        },
        unlessStopped(work) {
            let detach = () => { };
            const aborted = new Promise((resolve) => {
                detach = this.onAbort(() => resolve(undefined));
            });
            return Promise.race([work, aborted]).finally(() => detach());
        },
        dispose() {
            clearTimeout(timer);
            options.signal.removeEventListener('abort', interrupt);
            if (fatal)
                throw fatal.cause;
        },
    };
}
function abortedFailure() {
    return new agents_agent/* AgentFailure */.W('aborted', 'the run was stopped', { phase: 'ambiguous' });
}
/** A timer cannot be set for longer than 2^31 - 1 ms, and fires at once when it is. */
function timerFor(ms, work) {
    return ms <= 2 ** 31 - 1 ? setTimeout(work, ms) : undefined;
}

;// CONCATENATED MODULE: ./lib/run/run-slots.js




/**
 * Asks, records and scores slots, `concurrency` at a time. One slot's failure never ends the run. An answer is in the
 * journal before it is scored, and a slot is told only when it is on disk. On a stop nothing new starts, calls under
 * way are aborted and left to a resume, and the result says why. Rejects only for a bug.
 */
async function runSlots(options) {
    const stop = createStop(options);
    const announce = createAnnouncer(options, stop);
    const counts = { pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, answered: 0 };
    const asker = createAsker({ ...options, stop });
    const run = { options, stop, counts, announce, asker };
    try {
        await forEachSlot(options, stop, (slot) => runSlot(run, slot));
        if (!stop.reason)
            for (const { slot, answer } of asker.releaseSuspects())
                await finishSlot(run, slot, answer);
        await announce.flush();
    }
    catch (error) {
        stop.fail(error);
    }
    finally {
        stop.dispose();
    }
    const { reason, error } = stop;
    return { counts, agentCalls: asker.calls, ...(reason ? { stop: { reason, ...(error ? { error } : {}) } } : {}) };
}
/** Waits for room before it pulls the next slot: never more than twice the concurrency are pending. */
async function forEachSlot(options, stop, work) {
    const limit = pLimit(options.concurrency);
    let wake = () => { };
    const guarded = async (slot) => {
        try {
            if (!stop.reason)
                await work(slot);
        }
        catch (error) {
            stop.fail(error);
        }
    };
    const settle = () => wake();
    const untilAtMost = async (pending) => {
        while (limit.activeCount + limit.pendingCount > pending) {
            await new Promise((resolve) => {
                wake = resolve;
            });
        }
    };
    for await (const slot of options.slots) {
        if (stop.reason)
            break;
        limit(guarded, slot).then(settle, settle);
        await untilAtMost(2 * options.concurrency - 1);
    }
    await untilAtMost(0);
}
async function runSlot(run, slot) {
    if (slot.recorded)
        return finishSlot(run, slot, recordedAnswer(slot.recorded));
    for (const answered of await run.asker.ask(slot))
        await finishSlot(run, answered.slot, answered.answer);
}
function recordedAnswer(recorded) {
    const { attempts, trajectory, error } = recorded;
    return trajectory ? { attempts, trajectory } : { attempts, error: error ?? { kind: 'bad-response', message: 'the log has no answer' } };
}
async function finishSlot(run, slot, answer) {
    const { options, counts, announce } = run;
    const { sample, epoch } = slot;
    const { attempts } = answer;
    if (!options.checkersOf) {
        counts.answered++;
        announce.add({ kind: 'answered', sample: sample.id, epoch, isError: answer.error !== undefined, attempts });
        return;
    }
    const result = answer.trajectory ? await scoreUnlessStopped(run, slot, answer.trajectory) : { records: [], outcome: 'error' };
    if (!result)
        return;
    const { records, outcome } = result;
    options.journal.append(...records, { type: 'done', sample: sample.id, epoch, outcome, attempts });
    counts[outcome]++;
    announce.add({ kind: 'slot', sample: sample.id, epoch, outcome, attempts });
}
/** A checker that hangs must not hold up a stop: its slot has its answer on disk, and a resume only scores it. */
async function scoreUnlessStopped(run, slot, trajectory) {
    const { sample, epoch } = slot;
    const checkers = run.options.checkersOf?.(sample) ?? [];
    const result = await run.stop.unlessStopped((0,score_slot/* scoreSlot */.X)({ sample, trajectory, epoch, checkers }));
    if (!result)
        return undefined;
    const records = result.scores.map(({ checker, fingerprint, score }) => ({ type: 'score', sample: sample.id, epoch, checker, fingerprint, ...score }));
    return { records, outcome: result.outcome };
}
/** Tells about slots after the sync that made them durable, one wait for all that came together. */
function createAnnouncer(options, stop) {
    let waiting = [];
    let isDelivering = false;
    let delivered = Promise.resolve();
    const deliver = async () => {
        isDelivering = true;
        try {
            while (waiting.length > 0) {
                const events = waiting;
                waiting = [];
                await options.journal.synced();
                for (const event of events)
                    options.onEvent(event);
            }
        }
        catch (error) {
            stop.fail(error);
        }
        finally {
            isDelivering = false;
        }
    };
    return {
        add(event) {
            waiting.push(event);
            if (!isDelivering)
                delivered = deliver();
        },
        flush: () => delivered,
    };
}

;// CONCATENATED MODULE: ./lib/users/user.js
/** Gives a definition its types; returns it as it is. */
function defineUser(definition) {
    return definition;
}

;// CONCATENATED MODULE: ./lib/users/scripted.js


/** Says the turns of the sample in order, whatever the agent answers. A one-turn sample has one. */
const scripted = defineUser({
    type: 'scripted',
    summary: 'says the turns of the sample in order',
    create(sample) {
        if (sample.scenario) {
            const where = { file: sample.file, line: sample.line, field: 'scenario' };
            const message = `sample "${sample.id}" has a scenario, which needs a simulated user; this version has none`;
            const remedy = 'write the user messages as "turns", or leave the sample out with samples.where';
            throw new errors/* ToolError */.v4({ code: 'user-unavailable', message, remedy, problems: [{ ...where, message, remedy }] });
        }
        return { next: async (history) => sample.turns[history.length]?.input };
    },
});

;// CONCATENATED MODULE: ./lib/pipeline/stages.js





/** Lists every chosen sample in the run log before the first call, so that a missing slot can be named. */
async function writeSamples(samples, journal) {
    let batch = [];
    for await (const sample of samples.stream()) {
        if (!journal.index.samples.has(sample.id))
            batch.push((0,slots/* sampleRecord */.qF)(sample));
        if (batch.length < 200)
            continue;
        journal.append(...batch);
        batch = [];
    }
    if (batch.length > 0)
        journal.append(...batch);
}
/** Runs slots and reports progress. @returns why it stopped before the last of them, if it did. */
async function askSlots(stage, slots, options) {
    const { suite, journal, agent, signal, redactor, budget } = stage;
    const { concurrency, timeoutMs, maxRetries, onAmbiguous } = suite.config;
    const { stop } = await runSlots({
        slots,
        agent,
        isPaid: suite.definition.isPaid ?? true,
        createUser: scripted.create,
        ...(options.isScored === false ? {} : { checkersOf: suite.checkersOf }),
        journal,
        redactor,
        runId: journal.index.header?.runId ?? '',
        clock: clock/* systemClock */.m,
        random: Math.random,
        signal,
        concurrency,
        timeoutMs,
        maxRetries,
        onAmbiguous,
        budget,
        onEvent: countProgress(stage, options),
    });
    if (stop?.error)
        stage.onEvent({ kind: 'notice', level: 'warning', message: [stop.error.message, stop.error.remedy].filter(Boolean).join(': ') });
    return stop?.reason;
}
/** What the stages of one run share, from its journal. The budget counts what earlier sessions of the run have spent. */
function openStage(parts) {
    const caps = parts.suite.config.budget;
    return { ...parts, budget: createBudget({ caps, spent: spentIn(parts.journal.index), monotonicMs: clock/* systemClock */.m.monotonicMs }) };
}
/** Counts as it goes: looking at the whole index for each slot would cost the square of the slots. */
function countProgress(stage, { phase, total, isScored }) {
    const counts = { done: 0, pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, answered: 0 };
    if (phase === 'run') {
        for (const sample of stage.journal.index.samples.values()) {
            for (const slot of sample.slots.values()) {
                counts.done += 1;
                counts[slot.outcome] += 1;
            }
        }
    }
    if (isScored === false)
        counts.answered = stage.journal.index.pending.size;
    counts.done += counts.answered;
    return (event) => {
        if (event.kind === 'paused')
            stage.onEvent({ kind: 'notice', level: 'warning', message: `${event.reason}; waiting ${Math.ceil(event.waitMs / 1000)} s` });
        else if (event.kind === 'retry')
            stage.onEvent({
                kind: 'notice',
                level: 'info',
                message: `${event.sample} #${event.epoch}: ${event.reason}; asked again in ${event.waitMs} ms`,
            });
        if (event.kind !== 'slot' && event.kind !== 'answered')
            return;
        counts.done += 1;
        counts[event.kind === 'slot' ? event.outcome : event.isError ? 'error' : 'answered'] += 1;
        const { skipped, ...shown } = counts;
        void skipped;
        stage.onEvent({ kind: 'progress', phase, total, ...shown });
    };
}
/** Slots that have an outcome. */
function doneSlots(journal) {
    let done = 0;
    for (const sample of journal.index.samples.values())
        done += sample.slots.length;
    return done;
}
/** Marks the run complete, or says why it stopped. */
function closeRun(journal, stopReason) {
    const at = clock/* systemClock */.m.now().toISOString();
    if (stopReason !== undefined) {
        journal.append({ type: 'stop', at, reason: stopReason });
        return;
    }
    const totals = { slots: 0, pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, agentCalls: 0 };
    for (const sample of journal.index.samples.values()) {
        for (const slot of sample.slots) {
            totals.slots += 1;
            totals[slot.outcome] += 1;
            totals.agentCalls += slot.attempts;
        }
    }
    const startedAt = journal.index.header?.startedAt ?? at;
    journal.append({ type: 'end', at, durationMs: Math.max(0, Date.parse(at) - Date.parse(startedAt)), totals });
}


/***/ })

};
