export const id = 858;
export const ids = [858];
export const modules = {

/***/ 7590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ openJournal)
});

// UNUSED EXPORTS: previousRunLogName

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/run-index.js
var run_index = __webpack_require__(8254);
;// CONCATENATED MODULE: ./lib/run/core/resume.js

/**
 * Two halves of one run must be one experiment.
 * @throws ToolError `resume-mismatch` that names every part that differs, and how to go on.
 */
function refuseOtherExperiment(path, recorded, current) {
    const call = differences('call', recorded.fingerprints.call, current.fingerprints.call);
    const score = differences('score', recorded.fingerprints.score, current.fingerprints.score);
    const plan = differences('', planOf(recorded), planOf(current));
    const fields = [...plan, ...call, ...score];
    if (fields.length === 0)
        return;
    const isScoreOnly = plan.length + call.length === 0;
    throw new errors/* ToolError */.v4({
        code: 'resume-mismatch',
        message: `${path} cannot be resumed, it is another experiment: ${fields.join(', ')} changed since it was started`,
        remedy: isScoreOnly
            ? `run \`agent-regress check ${path}\`: it scores the recorded answers with the checkers of now and asks the agent nothing`
            : 'undo the change to go on, or start a new run without --resume; the old log is kept as run.previous.jsonl',
        problems: fields.map((field) => ({ file: path, field, message: 'differs from the run that is resumed' })),
    });
}
function planOf(run) {
    return { suite: run.suite, samples: run.samplesDigest, repeats: String(run.planned.repeats) };
}
function differences(prefix, recorded, current) {
    return [...new Set([...Object.keys(recorded), ...Object.keys(current)])]
        .filter((key) => recorded[key] !== current[key])
        .sort()
        .map((key) => (prefix ? `${prefix}.${key}` : key));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/io/file-lock.js



/**
 * Takes an exclusive lock: a file beside `path` that names this process and when it started, so that a process
 * id that was used again does not count as its owner. A lock whose owner is gone is taken over.
 * @throws ToolError `run-in-use` when another process, or this one, holds it.
 */
function lockFile(path) {
    const lockPath = `${path}.lock`;
    for (let tries = 0; tries < 10; tries++) {
        const lock = tryLock(lockPath);
        if (lock)
            return lock;
        const owner = readOwner(lockPath);
        if (owner === undefined)
            continue;
        if (isHeld(lockPath, owner))
            throw inUse(path, lockPath, owner);
        removeStale(lockPath, owner);
    }
    throw inUse(path, lockPath, undefined);
}
/** A link appears with its content: nobody can see a lock that is still being written. */
function tryLock(lockPath) {
    const owner = { pid: process.pid, started: startOf(process.pid) };
    const content = JSON.stringify(owner);
    const own = `${lockPath}.${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
    (0,external_node_fs_.writeFileSync)(own, content, { flag: 'wx' });
    try {
        (0,external_node_fs_.linkSync)(own, lockPath);
    }
    catch (error) {
        if (codeOf(error) === 'EEXIST')
            return undefined;
        if (!createWithoutLink(lockPath, content))
            return undefined;
    }
    finally {
        (0,external_node_fs_.unlinkSync)(own);
    }
    return { release: () => removeIf(lockPath, owner) };
}
/** For disks without hard links. */
function createWithoutLink(lockPath, content) {
    try {
        (0,external_node_fs_.writeFileSync)(lockPath, content, { flag: 'wx' });
        return true;
    }
    catch (error) {
        if (codeOf(error) === 'EEXIST')
            return false;
        throw error;
    }
}
/**
 * Two processes may find the same stale lock. Only the holder of a second lock, named after the stale owner, removes
 * it, and only after it has seen that the owner is still that one; so a fresh lock is never removed.
 */
function removeStale(lockPath, owner) {
    const claimPath = `${lockPath}.${owner.pid}-${owner.started || 'x'}`;
    const claim = tryLock(claimPath);
    if (!claim) {
        const claimant = readOwner(claimPath);
        if (claimant !== undefined && !isHeld(claimPath, claimant))
            removeStale(claimPath, claimant);
        return;
    }
    try {
        removeIf(lockPath, owner);
    }
    finally {
        claim.release();
    }
}
function removeIf(lockPath, owner) {
    const current = readOwner(lockPath);
    if (current?.pid !== owner.pid || current.started !== owner.started)
        return;
    try {
        (0,external_node_fs_.unlinkSync)(lockPath);
    }
    catch {
        // Gone already.
    }
}
/** A lock without a readable owner, such as after a power loss. */
const nobody = { pid: 0, started: '' };
function readOwner(lockPath) {
    let text;
    try {
        text = (0,external_node_fs_.readFileSync)(lockPath, 'utf8');
    }
    catch {
        return undefined;
    }
    const match = /^\{"pid":(\d{1,10}),"started":"(\d*)"\}$/.exec(text);
    return match ? { pid: Number(match[1]), started: match[2] ?? '' } : nobody;
}
/** Where a lock cannot be made whole at once, its owner may still be writing it. */
const beingWrittenMs = 10_000;
function isHeld(lockPath, owner) {
    if (owner.pid === nobody.pid)
        return Date.now() - ((0,external_node_fs_.statSync)(lockPath, { throwIfNoEntry: false })?.mtimeMs ?? 0) < beingWrittenMs;
    try {
        process.kill(owner.pid, 0);
    }
    catch (error) {
        if (codeOf(error) === 'ESRCH')
            return false;
    }
    const started = startOf(owner.pid);
    return started === '' || owner.started === '' || started === owner.started;
}
/** Field 22 of /proc/pid/stat, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before it may hold spaces. */
function startOf(pid) {
    try {
        const stat = (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8');
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    }
    catch {
        return '';
    }
}
function codeOf(error) {
    return error instanceof Error && 'code' in error ? error.code : undefined;
}
function inUse(path, lockPath, owner) {
    return new errors/* ToolError */.v4({
        code: 'run-in-use',
        message: `${path} is being written by another process${owner ? ` (id ${owner.pid})` : ''}`,
        remedy: `wait for it, or choose another --output; if there is no such process, delete ${lockPath}`,
    });
}

// EXTERNAL MODULE: ./lib/io/files.js
var files = __webpack_require__(8315);
// EXTERNAL MODULE: ./lib/io/run-log-scan.js
var run_log_scan = __webpack_require__(6162);
;// CONCATENATED MODULE: ./lib/io/journal.js









/** Where a run log goes when a new run takes its place. */
const previousRunLogName = 'run.previous.jsonl';
/**
 * Opens the run log for writing and creates its folder. With `resume` and a log of the same experiment, goes on after
 * its last sound line; else starts a new log with `header`, and keeps the one that was there as `run.previous.jsonl`.
 * A record is in the operating system's hands when `append` returns, so that no death of this process loses it; scores
 * and outcomes, which a resume makes again from the answer, only with what comes next or the next sync. What was
 * appended while a sync was under way shares the next one.
 * @throws ToolError `run-in-use`, `resume-mismatch`, `run-log-damaged`, `run-log-newer`, `journal-write-failed`.
 */
async function openJournal(options) {
    const { path, resume, redactor } = options;
    const header = redactor.json({ ...options.header, checksums: 'crc32' });
    const lock = await guard(path, async () => {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
        return lockFile(path);
    });
    try {
        const opened = (resume && (await resumeLog(path, header))) || (await startLog(path, header));
        return createJournal({ ...opened, path, redactor, lock });
    }
    catch (error) {
        lock.release();
        throw error;
    }
}
/** Undefined when there is nothing to go on from. */
async function resumeLog(path, header) {
    const found = await readForResume(path);
    if (!found)
        return undefined;
    const { index, endOffset, hasLineBreak } = found;
    if (index.header)
        refuseOtherExperiment(path, index.header, header);
    return guard(path, async () => {
        const fd = (0,external_node_fs_.openSync)(path, 'r+');
        (0,external_node_fs_.ftruncateSync)(fd, endOffset);
        const size = hasLineBreak ? endOffset : endOffset + writeAll(fd, '\n', endOffset);
        return { fd, index, size };
    });
}
async function readForResume(path) {
    const index = (0,run_index/* emptyRunIndex */.H5)(path);
    let last = { endOffset: 0, hasLineBreak: true };
    try {
        for await (const { records, endOffset, hasLineBreak } of (0,run_log_scan/* scanRunLog */.t)(path, { depth: 'numbers' })) {
            for (const record of records)
                (0,run_index/* foldRecord */.jo)(index, record);
            last = { endOffset, hasLineBreak };
        }
    }
    catch (error) {
        if (error instanceof errors/* ToolError */.v4 && error.code === 'run-log-empty')
            return undefined;
        if (error instanceof errors/* ToolError */.v4 && error.code === 'file-unreadable' && !(await exists(path)))
            return undefined;
        throw error;
    }
    return { index, ...last };
}
/** At every moment the earlier log is whole under one of its two names. */
async function startLog(path, header) {
    const index = (0,run_index/* emptyRunIndex */.H5)(path);
    const line = (0,run_log_scan/* checksummedLine */.c)(header);
    const temporary = (0,files/* temporaryPath */.l5)(path);
    return guard(path, async () => {
        let fd;
        try {
            fd = (0,external_node_fs_.openSync)(temporary, 'wx');
            const size = writeAll(fd, line, 0);
            (0,external_node_fs_.fdatasyncSync)(fd);
            if (await holdsAnswers(path))
                await (0,promises_.rename)(path, (0,external_node_path_.join)((0,external_node_path_.dirname)(path), previousRunLogName));
            await (0,promises_.rename)(temporary, path);
            await (0,files/* syncFolder */.Yw)((0,external_node_path_.dirname)(path));
            (0,run_index/* foldRecord */.jo)(index, header);
            return { fd, index, size };
        }
        catch (error) {
            if (fd !== undefined)
                (0,external_node_fs_.closeSync)(fd);
            await (0,promises_.unlink)(temporary).catch(() => { });
            throw error;
        }
    });
}
/** A log without an answer is not worth the place of one that has some: two failed starts must not push out a good run. */
async function holdsAnswers(path) {
    if (!(await exists(path)))
        return false;
    const mark = '"type":"response"';
    let tail = '';
    for await (const chunk of (0,files/* readByteChunks */.N0)(path)) {
        const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
        if (text.includes(mark))
            return true;
        tail = text.slice(-mark.length);
    }
    return false;
}
async function exists(path) {
    return (0,promises_.stat)(path).then(() => true, () => false);
}
function createJournal(options) {
    const { fd, path, redactor, index, lock } = options;
    const isFinished = index.end !== undefined;
    let { size } = options;
    let failure;
    let waiting = '';
    const write = (lines) => {
        const text = waiting + lines;
        waiting = '';
        try {
            size += writeAll(fd, text, size);
        }
        catch (error) {
            failure = writeFailed(path, error);
            throw failure;
        }
    };
    const sync = createGroupSync({
        fd,
        prepare: () => (waiting === '' ? undefined : write('')),
        onError(error) {
            failure ??= writeFailed(path, error);
            return failure;
        },
    });
    let isClosed = false;
    return {
        path,
        index,
        isFinished,
        append(...records) {
            if (failure)
                throw failure;
            if (isClosed)
                throw new Error('the journal is closed');
            const redacted = records.map((record) => redactor.json(record));
            const lines = redacted.map((record) => (0,run_log_scan/* checksummedLine */.c)(record)).join('');
            if (records.every(({ type }) => type === 'score' || type === 'done'))
                waiting += lines;
            else
                write(lines);
            for (const record of redacted)
                (0,run_index/* foldRecord */.jo)(index, record);
            sync.request();
        },
        synced: () => (failure ? Promise.reject(failure) : sync.done()),
        async close() {
            if (isClosed)
                return;
            isClosed = true;
            try {
                // A failure that was thrown before is known.
                if (!failure)
                    await sync.done();
            }
            finally {
                (0,external_node_fs_.closeSync)(fd);
                lock.release();
            }
        },
    };
}
/** A sync waits this long after the one before it, so that a fast run does not sync all the time. */
const syncGapMs = 5;
/** One fdatasync at a time; every request that comes before the next one starts shares it. */
function createGroupSync({ fd, prepare, onError }) {
    let latest = Promise.resolve();
    let waiting;
    let endedAt = Number.NEGATIVE_INFINITY;
    const syncAfter = async (before) => {
        await before;
        const restMs = endedAt + syncGapMs - performance.now();
        if (restMs > 0)
            await new Promise((resolve) => setTimeout(resolve, restMs));
        waiting = undefined;
        try {
            prepare();
            await syncData(fd);
        }
        catch (error) {
            throw onError(error);
        }
        endedAt = performance.now();
    };
    return {
        request() {
            if (waiting)
                return;
            waiting = syncAfter(latest);
            latest = waiting;
            // Whoever needs it asks `done`; without anybody asking, the next append throws.
            latest.catch(() => { });
        },
        done: () => latest,
    };
}
function syncData(fd) {
    return new Promise((resolve, reject) => (0,external_node_fs_.fdatasync)(fd, (error) => (error ? reject(error) : resolve())));
}
/** A short write is not an error of the system but would be a torn line: goes on until all is written. Returns the bytes. */
function writeAll(fd, text, position) {
    const bytes = Buffer.from(text, 'utf8');
    let written = 0;
    try {
        while (written < bytes.length)
            written += (0,external_node_fs_.writeSync)(fd, bytes, written, bytes.length - written, position + written);
    }
    catch (error) {
        truncate(fd, position);
        throw error;
    }
    return written;
}
/** Best effort: a reader drops a torn final line anyway. */
function truncate(fd, size) {
    try {
        (0,external_node_fs_.ftruncateSync)(fd, size);
    }
    catch {
        // The write error is the one that counts.
    }
}
async function guard(path, work) {
    try {
        return await work();
    }
    catch (error) {
        throw error instanceof errors/* ToolError */.v4 ? error : writeFailed(path, error);
    }
}
function writeFailed(path, cause) {
    return new errors/* ToolError */.v4({
        code: 'journal-write-failed',
        message: `${path} could not be written: ${(0,errors/* messageOf */.bD)(cause)}`,
        remedy: 'make room or choose another --output, then go on with --resume: what was recorded is kept',
        exitCode: errors/* ExitCode */.yU.incomplete,
        cause,
    });
}


/***/ }),

/***/ 1347:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ slotsToScore),
/* harmony export */   UH: () => (/* binding */ samplesById),
/* harmony export */   fn: () => (/* binding */ confirmationSlots),
/* harmony export */   qc: () => (/* binding */ slotsToAsk)
/* harmony export */ });
/* harmony import */ var _io_run_log_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4561);
/* harmony import */ var _records_run_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8254);
/* harmony import */ var _run_core_slots_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2404);



/**
 * The slots still to be asked, epoch by epoch, so that a run that stops early has seen every sample.
 * Slots that are done, or whose answer is on disk, are left out.
 */
async function* slotsToAsk(samples, repeats, index) {
    for (let epoch = 1; epoch <= repeats; epoch++) {
        for await (const sample of samples.stream()) {
            if (isOpen(index, sample.id, epoch))
                yield { sample, epoch };
        }
    }
}
/** Re-runs beyond the planned repeats: `extra` more of each named sample. */
async function* confirmationSlots(samples, repeats, extra, index) {
    const wanted = await samplesById(samples, new Set(extra.keys()));
    for (const [id, repeatsMore] of extra) {
        const sample = wanted.get(id);
        for (let epoch = repeats + 1; sample && epoch <= repeats + repeatsMore; epoch++) {
            if (isOpen(index, id, epoch))
                yield { sample, epoch };
        }
    }
}
/** Answers that are on disk without a score: after a crash between the two, or after `execute`. They cost no call. */
async function* slotsToScore(runLog, samples, index) {
    if (index.pending.size === 0)
        return;
    yield* (0,_run_core_slots_js__WEBPACK_IMPORTED_MODULE_2__/* .planAnswered */ .PX)({ responses: (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_0__/* .readResponses */ .FP)(runLog), samples: await samplesById(samples), index });
}
/** The chosen samples by id; all of them, or the wanted ones. */
async function samplesById(samples, wanted) {
    const found = new Map();
    for await (const sample of samples.stream()) {
        if (!wanted || wanted.has(sample.id))
            found.set(sample.id, sample);
        if (wanted && found.size === wanted.size)
            break;
    }
    return found;
}
function isOpen(index, id, epoch) {
    const sample = index.samples.get(id);
    return !(sample && (0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_1__/* .slotAt */ .UP)(sample, epoch)) && (index.pending.size === 0 || !index.pending.has((0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_1__/* .slotKey */ .q8)(id, epoch)));
}


/***/ }),

/***/ 8758:
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


/***/ }),

/***/ 2404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PX: () => (/* binding */ planAnswered),
/* harmony export */   T5: () => (/* binding */ idempotencyKey),
/* harmony export */   qF: () => (/* binding */ sampleRecord)
/* harmony export */ });
/* unused harmony export planSlots */
/* harmony import */ var _records_run_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8254);

/**
 * The slots of epochs `from` to `to` (both included) that have neither an outcome nor an answer in the log, all
 * samples of one epoch before the next, so that a run that stops early has covered the samples evenly.
 */
function* planSlots(options) {
    const { samples, from, to, index } = options;
    for (let epoch = from; epoch <= to; epoch++) {
        for (const sample of samples) {
            const known = index.samples.get(sample.id);
            if ((known && slotAt(known, epoch)) || index.pending.has(slotKey(sample.id, epoch)))
                continue;
            yield { sample, epoch };
        }
    }
}
/** The slots whose answer is in the log without an outcome, of the samples given, from the log's responses in their order. */
async function* planAnswered(options) {
    for await (const response of options.responses) {
        const sample = options.samples.get(response.sample);
        if (!sample || !options.index.pending.has((0,_records_run_index_js__WEBPACK_IMPORTED_MODULE_0__/* .slotKey */ .q8)(sample.id, response.epoch)))
            continue;
        const { attempt, epoch, trajectory, error } = response;
        yield { sample, epoch, recorded: { attempts: attempt, ...(trajectory ? { trajectory } : {}), ...(error ? { error } : {}) } };
    }
}
/** What the run log says of a sample, before its first slot. */
function sampleRecord(sample) {
    const { id, hash, scoreHash, file, line, tags, weight, critical } = sample;
    return { type: 'sample', sample: id, hash, scoreHash, file, line, tags, weight, critical };
}
/** The same for every attempt of a slot in every session of a run, and different for every other slot; ASCII, under 128 characters. */
function idempotencyKey(runId, sample, epoch) {
    return `${runId}-${sample.hash.slice(0, 16)}${idDigest(sample.id)}-${epoch}`;
}
/** Two samples may ask the same question, so the id takes part. FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function idDigest(id) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < id.length; i++)
        hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
}


/***/ }),

/***/ 8452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ scoreSlot)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/trajectory.js
var records_trajectory = __webpack_require__(5609);
;// CONCATENATED MODULE: ./lib/records/check-scope.js

/**
 * The names that templates of checkers may use: id, input, output, turns, toolCalls, tags, metadata, row, epoch, and,
 * where the sample or the agent has them, expected, state, finalState. `expected` is the sample's, else that of its last turn.
 */
function scopeOf(sample, trajectory, epoch) {
    const expected = sample.expected ?? sample.turns.at(-1)?.expected;
    const scope = {
        id: sample.id,
        input: sample.input,
        output: (0,records_trajectory/* outputOf */.jH)(trajectory),
        turns: trajectory.turns,
        toolCalls: (0,records_trajectory/* toolCallsOf */.Ve)(trajectory),
        tags: sample.tags,
        metadata: sample.metadata,
        row: sample.row,
        epoch,
        ...(expected === undefined ? {} : { expected }),
        ...(sample.state === undefined ? {} : { state: sample.state }),
        ...(trajectory.finalState === undefined ? {} : { finalState: trajectory.finalState }),
    };
    return scope;
}

// EXTERNAL MODULE: ./lib/records/score.js
var records_score = __webpack_require__(8976);
;// CONCATENATED MODULE: ./lib/run/core/outcome.js
/**
 * What a slot with an answer came to. A required checker that fails decides; else one that could not say; else it is
 * a pass. Checkers that are not required, or
 * that the sample asks nothing of, decide nothing. When none is left nothing was judged: `unscored`.
 */
function outcomeOf(scores) {
    let hasRequired = false;
    let hasUnscored = false;
    for (const { required, score } of scores) {
        if (!required || (score.kind === 'unscored' && score.isApplicable === false))
            continue;
        hasRequired = true;
        if (score.kind === 'unscored')
            hasUnscored = true;
        else if (!score.pass)
            return 'fail';
    }
    return hasRequired && !hasUnscored ? 'pass' : 'unscored';
}

;// CONCATENATED MODULE: ./lib/run/score-slot.js




/**
 * Scores one recorded trajectory with every checker at once, in the order of the checkers. Never rejects: a checker
 * that throws, or whose score is not finite or not in 0..1, is unscored with the reason. Asks the agent nothing.
 */
async function scoreSlot(options) {
    const { sample, trajectory, epoch, checkers } = options;
    const input = { sample, trajectory, epoch, scope: scopeOf(sample, trajectory, epoch) };
    const scores = await Promise.all(checkers.map((checker) => runChecker(checker, input)));
    return { scores, outcome: outcomeOf(scores) };
}
async function runChecker(checker, input) {
    const { name, fingerprint, required, weight } = checker;
    let score;
    try {
        score = soundScore(await checker.check(input));
    }
    catch (error) {
        score = (0,records_score/* unscored */.c7)(`the checker failed: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    return { checker: name, fingerprint, required, weight, score };
}
/** Scores of user code are data from outside: a reader must be able to trust the log. */
function soundScore(score) {
    if (score.kind === 'unscored')
        return score;
    const { value, perTurn, reason } = score;
    if (typeof score.pass !== 'boolean')
        return (0,records_score/* unscored */.c7)(`the checker did not say whether it passes: ${String(reason)}`);
    if (![value, ...(perTurn ?? [])].every((number) => number === null || isShare(number)) || value === null) {
        return (0,records_score/* unscored */.c7)(`the checker gave the value ${String(value)}, which is not in 0..1: ${String(reason)}`);
    }
    return typeof reason === 'string' ? score : { ...score, reason: '' };
}
function isShare(value) {
    return typeof value === 'number' && value >= 0 && value <= 1;
}


/***/ })

};
