export const id = 43;
export const ids = [43,469];
export const modules = {

/***/ 79219:
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

/***/ 42469:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  datasets: () => (/* binding */ datasets)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
// EXTERNAL MODULE: ./node_modules/csv-parse/lib/sync.js + 9 modules
var sync = __webpack_require__(25175);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/datasets/dataset.js
/** Gives a definition its types; returns it as it is. */
function defineDataset(format) {
    return format;
}

// EXTERNAL MODULE: ./lib/datasets/parts/problem.js
var problem = __webpack_require__(79219);
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
var dist = __webpack_require__(38815);
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
const datasets = (0,registry/* createRegistry */.Iq)('dataset', [jsonl, json, yaml, csv]);


/***/ }),

/***/ 34043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  evaluateSuite: () => (/* binding */ evaluateSuite)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/assessment.js
var assessment = __webpack_require__(15582);
;// CONCATENATED MODULE: ./lib/compare/counts.js
/** Repeats of the first stage; a log that lost its header counts every epoch as planned. */
function plannedRepeats(index) {
    if (index.header)
        return index.header.planned.repeats;
    let most = 1;
    for (const sample of index.samples.values())
        most = Math.max(most, sample.slots.at(-1)?.epoch ?? 0);
    return most;
}
/** The slots of the first stage, in epoch order. Later epochs are confirmation re-runs. */
function firstStage(sample, repeats) {
    const { slots } = sample;
    return (slots.at(-1)?.epoch ?? 0) <= repeats ? slots : slots.filter(({ epoch }) => epoch <= repeats);
}
/** Passes and verdicts; errors, unscored and skipped slots are missing, not failures. */
function countOf(slots) {
    let passes = 0;
    let repeats = 0;
    for (const { outcome } of slots) {
        if (outcome === 'pass')
            passes++;
        if (outcome === 'pass' || outcome === 'fail')
            repeats++;
    }
    return { passes, repeats };
}
/**
 * The samples of a run beside those of the pooled baseline runs (newest first), sorted by id.
 * Only baseline samples with the content of today's sample count. A sample that the newest baseline run has and this
 * run does not is listed without `current`.
 */
function sampleCounts(current, pool) {
    const repeats = plannedRepeats(current);
    const counts = [...current.samples.values()].map((sample) => countsOfSample(sample, repeats, pool));
    for (const sample of pool[0]?.samples.values() ?? []) {
        if (!current.samples.has(sample.id))
            counts.push({ id: sample.id, ...pooledCounts(sample, pool) });
    }
    return counts.sort(byId);
}
/** Order of ids by code unit: the same on every machine. */
function byId(a, b) {
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
/** The runs of the pool that asked the same question under the same id, newest first. */
function sameSamples(sample, pool) {
    return pool.flatMap((run) => {
        const found = run.samples.get(sample.id);
        return found && found.hash === sample.hash ? [{ sample: found, repeats: plannedRepeats(run) }] : [];
    });
}
function countsOfSample(sample, repeats, pool) {
    const first = firstStage(sample, repeats);
    const confirmation = countOf(sample.slots.filter((slot) => slot.epoch > repeats));
    const past = pooledCounts(sample, pool);
    const isKnown = pool.some((run) => run.samples.has(sample.id));
    return {
        id: sample.id,
        current: countOf(first),
        planned: repeats,
        errors: withoutVerdict(first),
        ...(confirmation.repeats > 0 ? { confirmation } : {}),
        ...past,
        ...(isKnown && past.baseline === undefined ? { isChanged: true } : {}),
    };
}
function pooledCounts(sample, pool) {
    const same = sameSamples(sample, pool);
    if (same.length === 0)
        return {};
    const stages = same.map((run) => firstStage(run.sample, run.repeats));
    const runs = stages.map(countOf);
    return {
        baseline: { passes: total(runs.map((run) => run.passes)), repeats: total(runs.map((run) => run.repeats)) },
        baselinePlanned: total(same.map((run) => run.repeats)),
        baselineErrors: total(stages.map(withoutVerdict)),
        runs,
    };
}
/** Unscored counts as an error here: an answer that no checker can judge may hide a failure just like no answer. */
function withoutVerdict(slots) {
    return slots.filter(({ outcome }) => outcome === 'error' || outcome === 'unscored').length;
}
function total(numbers) {
    return numbers.reduce((sum, value) => sum + value, 0);
}

;// CONCATENATED MODULE: ./lib/compare/decide-options.js
const defaultDecideOptions = {
    alphaSuite: 0.01,
    alphaSample: 0.01,
    alphaName: 0.05,
    screenDrop: 0.3,
    isConfirming: true,
    confirmationCap: 10,
    finalP: 0.05,
    suspectsShare: 0.2,
    isNamingDecisive: true,
    isToppingUp: false,
    topUpNow: 0.5,
    topUpGrey: 0.15,
    topUpFinal: 0.8,
    margin: 0,
    noChangeDrop: 0.1,
    minValidShare: 0.5,
    errorAlpha: 0.01,
    errorDifference: 0.02,
    minComparedShare: 0.8,
    historyAlpha: 0.05,
};

;// CONCATENATED MODULE: ./lib/compare/special-functions.js
/** Φ(x), relative error about 1e-14 in both tails. ±Infinity gives 0 and 1. */
function normalCdf(x) {
    return 0.5 * erfc(-x / Math.SQRT2);
}
/**
 * Φ⁻¹(p): Acklam's rational start and two Halley steps on `normalCdf`, error about 1e-15.
 * 0 and 1 give ∓Infinity.
 */
function normalQuantile(p) {
    if (p <= 0)
        return -Infinity;
    if (p >= 1)
        return Infinity;
    let x = acklam(p);
    for (let step = 0; step < 2; step++) {
        const u = (normalCdf(x) - p) * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
        x -= u / (1 + (x * u) / 2);
    }
    return x;
}
/** P(T ≤ t) of Student's t with `df` > 0 degrees of freedom, not necessarily whole. */
function studentCdf(t, df) {
    const tail = 0.5 * incompleteBeta(df / 2, 0.5, df / (df + t * t));
    return t < 0 ? tail : 1 - tail;
}
/** Inverse of `studentCdf` for 0 < p < 1, by bisection. */
function studentQuantile(p, df) {
    let low = -1e6;
    let high = 1e6;
    for (let step = 0; step < 200; step++) {
        const middle = (low + high) / 2;
        if (studentCdf(middle, df) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}
/** Lanczos approximation (g = 7, nine terms), x > 0; relative error about 1e-15. */
function logGamma(x) {
    if (x < 0.5)
        return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    const shifted = x - 1;
    let sum = 0.99999999999980993;
    for (const [index, coefficient] of lanczos.entries())
        sum += coefficient / (shifted + index + 1);
    const t = shifted + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}
const lanczos = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
];
/** Coefficients of P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function". */
function acklam(p) {
    if (p >= 0.02425 && p <= 1 - 0.02425) {
        const q = p - 0.5;
        const r = q * q;
        return (polynomial(centralTop, r) * q) / (polynomial(centralBottom, r) * r + 1);
    }
    const q = Math.sqrt(-2 * Math.log(p < 0.5 ? p : 1 - p));
    const x = polynomial(tailTop, q) / (polynomial(tailBottom, q) * q + 1);
    return p < 0.5 ? x : -x;
}
const centralTop = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239];
const centralBottom = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
const tailTop = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
const tailBottom = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
/** Horner's scheme, highest power first. */
function polynomial(coefficients, x) {
    return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
/** Near 0 the series with positive terms only, in the tail the continued fraction: neither loses digits. */
function erfc(x) {
    if (x < 0)
        return 2 - erfc(-x);
    if (x > 40)
        return 0;
    if (x < 2.5) {
        let term = x;
        let sum = x;
        for (let n = 1; term > sum * 1e-18; n++) {
            term *= (2 * x * x) / (2 * n + 1);
            sum += term;
        }
        return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
    }
    let fraction = x;
    for (let k = 120; k >= 1; k--)
        fraction = x + k / 2 / fraction;
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
/** Regularised incomplete beta function by Lentz's continued fraction. */
function incompleteBeta(a, b, x) {
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    if (x > (a + 1) / (a + b + 2))
        return 1 - incompleteBeta(b, a, 1 - x);
    const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    let c = 1;
    let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
    let fraction = d;
    for (let m = 1; m < 1000; m++) {
        const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / awayFromZero(1 + even * d);
        c = awayFromZero(1 + even / c);
        fraction *= d * c;
        const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / awayFromZero(1 + odd * d);
        c = awayFromZero(1 + odd / c);
        fraction *= d * c;
        if (Math.abs(d * c - 1) < 1e-16)
            break;
    }
    return (front * fraction) / a;
}
function awayFromZero(value) {
    return Math.abs(value) > 1e-300 ? value : 1e-300;
}

;// CONCATENATED MODULE: ./lib/compare/history-guard.js

/**
 * The guard, or `undefined` with fewer than three comparable baseline runs. Uses the samples that have every repeat in
 * every run; they must be at least `minComparedShare` of all. `m` and `r` are the mean repeats of the two sides.
 */
function guardAgainstHistory(histories, repeats, options) {
    const runs = comparableHistories(histories);
    const [first] = runs;
    if (!first || runs.length < options.minComparedShare * histories.length)
        return undefined;
    const spread = dispersion(runs);
    const isOn = spread.p < options.historyAlpha;
    const { m, r } = repeats;
    let inflation = isOn ? correlationInflation({ rho: spread.rho, repeatsPerRun: spread.repeatsPerRun, m, newPerRun: r, r }) : 1;
    const { tauSquared, single } = runVariance(runs, spread.rho);
    const base = single * (runs.length / histories.length) * (1 / r + 1 / m) * inflation;
    if (tauSquared > 0 && base > 0)
        inflation *= (base + tauSquared * (1 + 1 / first.length)) / base;
    return { ...spread, isOn, tau: Math.sqrt(tauSquared), inflation };
}
/** Variance factor of (new rate − baseline rate) when repeats within a run are correlated by `rho`; at least 1. */
function correlationInflation(input) {
    const { rho, repeatsPerRun, m, newPerRun, r } = input;
    const variance = (1 + (newPerRun - 1) * rho) / r + (1 + (repeatsPerRun - 1) * rho) / m;
    return Math.max(1, variance / (1 / r + 1 / m));
}
/** A p-value whose variance was too small by `inflation`: Φ(Φ⁻¹(p) / √λ). */
function deflate(p, inflation) {
    if (inflation <= 1)
        return p;
    return normalCdf(normalQuantile(Math.min(Math.max(p, 1e-300), 1 - 1e-16)) / Math.sqrt(inflation));
}
/** The largest set of histories with one number of runs (≥ 3) and one number of repeats in all of them. */
function comparableHistories(histories) {
    const shapes = new Map();
    for (const runs of histories) {
        const repeats = runs[0]?.repeats ?? 0;
        if (runs.length < 3 || repeats === 0 || runs.some((run) => run.repeats !== repeats))
            continue;
        const shape = `${runs.length},${repeats}`;
        const list = shapes.get(shape);
        if (list)
            list.push(runs);
        else
            shapes.set(shape, [runs]);
    }
    return [...shapes.values()].reduce((most, list) => (list.length > most.length ? list : most), []);
}
/** Pearson's dispersion of each sample's passes over the runs against the hypergeometric expectation. */
function dispersion(histories) {
    let squares = 0;
    let expected = 0;
    let expectedSquares = 0;
    const runs = histories[0]?.length ?? 0;
    const repeatsPerRun = histories[0]?.[0]?.repeats ?? 0;
    const n = runs * repeatsPerRun;
    for (const history of histories) {
        const passes = history.reduce((sum, run) => sum + run.passes, 0);
        const variance = (repeatsPerRun * (passes / n) * (1 - passes / n) * (n - repeatsPerRun)) / (n - 1);
        squares += history.reduce((sum, run) => sum + (run.passes - passes / runs) ** 2, 0);
        expected += variance;
        expectedSquares += variance * variance;
    }
    if (expected === 0 || repeatsPerRun < 2)
        return { phi: 1, rho: 0, p: 1, repeatsPerRun };
    const phi = squares / (runs * expected);
    const z = (phi - 1) / Math.sqrt(2 / (((runs - 1) * expected * expected) / expectedSquares));
    return { phi, rho: Math.min(1, Math.max(0, (phi - 1) / (repeatsPerRun - 1))), p: normalCdf(-z), repeatsPerRun };
}
/** τ², the variance of the suite's rate between runs beyond sampling noise, and the variance of one repeat of the suite. */
function runVariance(histories, rho) {
    const runs = histories[0]?.length ?? 0;
    const repeats = histories[0]?.[0]?.repeats ?? 0;
    const m = runs * repeats;
    const means = Array.from({ length: runs }, (_, run) => histories.reduce((sum, history) => sum + (history[run]?.passes ?? 0), 0) / (histories.length * repeats));
    const mean = exactSum(means) / runs;
    const between = exactSum(means.map((value) => (value - mean) ** 2)) / (runs - 1);
    let single = 0;
    for (const history of histories) {
        const rate = history.reduce((sum, run) => sum + run.passes, 0) / m;
        single += (rate * (1 - rate) * m) / (m - 1) / histories.length ** 2;
    }
    return { tauSquared: Math.max(0, between - (single / repeats) * Math.max(1, 1 + (repeats - 1) * rho)), single };
}
/** Neumaier's sum: τ is the root of a small difference, so that rounding of an ordinary sum would be seen in it. */
function exactSum(values) {
    let sum = 0;
    let lost = 0;
    for (const value of values) {
        const next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }
    return sum + lost;
}

;// CONCATENATED MODULE: ./lib/compare/hypergeometric.js
/** A table that computes each distribution once. */
function createHypergeometricTable() {
    const known = new Map();
    return (m, r, passes) => {
        const key = `${m},${r},${passes}`;
        const found = known.get(key);
        if (found)
            return found;
        const made = distribution(m, r, passes);
        known.set(key, made);
        return made;
    };
}
/** Fisher's exact test, one-sided: the chance of at most y passes among the new repeats when nothing changed. */
function fisherWorse(table, { b, m, y, r }) {
    return table(m, r, b + y).lower[y] ?? 1;
}
/** The other side: the chance of at least y passes. */
function fisherBetter(table, { b, m, y, r }) {
    return table(m, r, b + y).upper[y] ?? 1;
}
/** p ≤ t where both come from floating point: exact ties such as 1/20 against .05 must not depend on rounding. */
function isAtMost(p, threshold) {
    return p <= threshold * (1 + 1e-9);
}
/** The binomial coefficient as a double; Infinity when it does not fit. */
function choose(n, k) {
    if (k < 0 || k > n)
        return 0;
    let value = 1;
    for (let i = 1; i <= Math.min(k, n - k); i++)
        value = (value * (n - Math.min(k, n - k) + i)) / i;
    return value;
}
/** Ratios of neighbours from the mode outwards, then normalised: no factorial can overflow and no term cancels. */
function distribution(m, r, passes) {
    const pmf = new Float64Array(r + 1);
    const low = Math.max(0, passes - m);
    const high = Math.min(r, passes);
    const mode = Math.min(high, Math.max(low, Math.floor(((r + 1) * (passes + 1)) / (m + r + 2))));
    pmf[mode] = 1;
    for (let k = mode; k < high; k++)
        pmf[k + 1] = ((pmf[k] ?? 0) * (r - k) * (passes - k)) / ((k + 1) * (m - passes + k + 1));
    for (let k = mode; k > low; k--)
        pmf[k - 1] = ((pmf[k] ?? 0) * k * (m - passes + k)) / ((r - k + 1) * (passes - k + 1));
    const sum = pmf.reduce((s, v) => s + v, 0);
    for (let k = low; k <= high; k++)
        pmf[k] = (pmf[k] ?? 0) / sum;
    const lower = pmf.slice();
    const upper = pmf.slice();
    for (let k = 1; k <= r; k++)
        lower[k] = (lower[k] ?? 0) + (lower[k - 1] ?? 0);
    for (let k = r - 1; k >= 0; k--)
        upper[k] = (upper[k] ?? 0) + (upper[k + 1] ?? 0);
    // A tail near 1 is the complement of the other one: its own sum would end in rounding.
    const [below, above] = [lower.slice(), upper.slice()];
    for (let k = 0; k <= r; k++) {
        if ((below[k] ?? 0) > 0.5)
            lower[k] = 1 - (above[k + 1] ?? 0);
        if ((above[k] ?? 0) > 0.5)
            upper[k] = 1 - (below[k - 1] ?? 0);
    }
    return { pmf, lower, upper };
}

;// CONCATENATED MODULE: ./lib/compare/intervals.js

/**
 * Change of the pass rate of *this* suite (not of a universe of questions) and its standard error: the larger of the
 * pooled and the separate within-sample variance, plus a floor of one pseudo-repeat so that equal counts never look exact.
 * At least one pair.
 */
function suiteEffect(pairs) {
    let change = 0;
    let pooled = 0;
    let separate = 0;
    let floor = 0;
    for (const { b, m, y, r } of pairs) {
        const n = m + r;
        const rate = (b + y) / n;
        const scale = 1 / m + 1 / r;
        const variance = rate * (1 - rate) * (n / (n - 1)) * scale;
        change += y / r - b / m;
        pooled += variance;
        separate += m > 1 && r > 1 ? ((b / m) * (1 - b / m)) / (m - 1) + ((y / r) * (1 - y / r)) / (r - 1) : variance;
        floor += scale / n / pairs.length;
    }
    return { change: change / pairs.length, standardError: Math.sqrt(Math.max(separate, pooled) + floor) / pairs.length };
}
/** Wilson's score interval of a rate 0..1 seen in n > 0 trials (n need not be whole), within 0..1. */
function wilson(rate, n, confidence = 0.95) {
    const z = normalQuantile(1 - (1 - confidence) / 2);
    const centre = (rate + (z * z) / (2 * n)) / (1 + (z * z) / n);
    const half = (z / (1 + (z * z) / n)) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
    return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
/**
 * Pass rate of one run with the 95 % interval of this suite's true rate: Wilson with an effective number of trials, because
 * repeats of a stable sample say more than independent trials. `undefined` when no sample has a repeat.
 */
function passRateInterval(counts, confidence = 0.95) {
    const seen = counts.filter(({ repeats }) => repeats > 0);
    if (seen.length === 0)
        return undefined;
    const trials = seen.reduce((sum, { repeats }) => sum + repeats, 0);
    const rate = seen.reduce((sum, { passes, repeats }) => sum + passes / repeats, 0) / seen.length;
    const meanRepeats = trials / seen.length;
    let variance = meanRepeats > 1 ? ((1 / meanRepeats) * (1 - 1 / meanRepeats)) / (meanRepeats - 1) : 0;
    for (const { passes, repeats } of seen) {
        const own = passes / repeats;
        variance += repeats > 1 ? (own * (1 - own)) / (repeats - 1) : rate * (1 - rate);
    }
    variance /= seen.length ** 2;
    const effectiveTrials = variance > 0 ? Math.max(trials, (rate * (1 - rate)) / variance) : trials;
    return { rate, effectiveTrials, interval: wilson(rate, effectiveTrials, confidence) };
}

;// CONCATENATED MODULE: ./lib/compare/permutation.js

/** Mass dropped from each end of a distribution after a convolution. */
const trimmedMass = 1e-40;
/**
 * Within-sample permutation test of the suite: given each sample's passes on both sides together, every labelling of
 * its repeats as baseline or new is equally likely, so the total T of new passes is a sum of hypergeometric variables.
 * Equals McNemar's exact test with one repeat per side and the exact Cochran–Mantel–Haenszel test in general.
 *
 * The distribution of T is convolved, not approximated: equal samples are grouped and raised to a power by squaring,
 * and after every step mass below 1e-40 is cut from both ends, so that the width follows the standard deviation of T and
 * not the number of samples. The absolute error is below (number of samples) · 1e-39, whatever N; all terms are positive, so
 * nothing cancels. No sample: T = 0 and p = ½ in the mid versions.
 */
function withinSamplePermutation(pairs, table = createHypergeometricTable()) {
    const distribution = totalDistribution(pairs, table);
    const total = pairs.reduce((sum, { y }) => sum + y, 0);
    const at = total - distribution.offset;
    let below = 0;
    let above = 0;
    distribution.mass.forEach((p, index) => {
        if (index < at)
            below += p;
        if (index > at)
            above += p;
    });
    const here = distribution.mass[at] ?? 0;
    // The smaller tail is summed and the other one is its complement: a sum near 1 would end in rounding, which the history guard magnifies.
    const [midLower, midUpper] = [below + here / 2, above + here / 2];
    return {
        total,
        pLower: Math.min(1, below + here),
        pUpper: Math.min(1, above + here),
        midLower: midLower < midUpper ? midLower : 1 - midUpper,
        midUpper: midLower < midUpper ? 1 - midLower : midUpper,
    };
}
function totalDistribution(pairs, table) {
    const groups = new Map();
    for (const pair of pairs) {
        const key = `${pair.m},${pair.r},${pair.b + pair.y}`;
        const group = groups.get(key);
        if (group)
            group.count++;
        else
            groups.set(key, { pair, count: 1 });
    }
    const parts = [...groups.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { pair, count }]) => power(trim({ offset: 0, mass: table(pair.m, pair.r, pair.b + pair.y).pmf }), count));
    // Narrow ones first: a wide one is then multiplied only once.
    parts.sort((a, b) => a.mass.length - b.mass.length);
    return parts.reduce(convolve, { offset: 0, mass: Float64Array.of(1) });
}
function power(base, exponent) {
    let result = { offset: 0, mass: Float64Array.of(1) };
    let square = base;
    for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
        if (rest % 2 === 1)
            result = convolve(result, square);
        if (rest > 1)
            square = convolve(square, square);
    }
    return result;
}
function convolve(a, b) {
    const [short, long] = a.mass.length < b.mass.length ? [a.mass, b.mass] : [b.mass, a.mass];
    const mass = new Float64Array(short.length + long.length - 1);
    for (let i = 0; i < short.length; i++) {
        const weight = short[i];
        for (let j = 0; j < long.length; j++)
            mass[i + j] = mass[i + j] + weight * long[j];
    }
    return trim({ offset: a.offset + b.offset, mass });
}
function trim({ offset, mass }) {
    let start = 0;
    let end = mass.length;
    for (let cut = mass[start] ?? 0; cut < trimmedMass && start < end - 1; cut += mass[start] ?? 0)
        start++;
    for (let cut = mass[end - 1] ?? 0; cut < trimmedMass && end > start + 1; cut += mass[end - 1] ?? 0)
        end--;
    return { offset: offset + start, mass: mass.subarray(start, end) };
}

;// CONCATENATED MODULE: ./lib/compare/multiplicity.js
/** Holm's step-down adjusted p-values, in the order given. */
function holm(pValues) {
    const adjusted = new Array(pValues.length).fill(1);
    let largest = 0;
    for (const [rank, index] of ascending(pValues).entries()) {
        largest = Math.max(largest, Math.min(1, (pValues[index] ?? 1) * (pValues.length - rank)));
        adjusted[index] = largest;
    }
    return adjusted;
}
/**
 * Step-up adjusted p-values: adj_(k) = min over l ≥ k of expectedFalse(p_(l)) / l, at most 1, in the order given.
 * `expectedFalse(t)` is the number of unchanged samples expected at or below t. With t · N this is Benjamini–Hochberg;
 * with the sum of the attainable p-values it is the discrete version (Heyse 2011).
 */
function stepUp(pValues, expectedFalse) {
    const adjusted = new Array(pValues.length).fill(1);
    const known = new Map();
    let smallest = 1;
    for (const [fromTop, index] of ascending(pValues).reverse().entries()) {
        const p = pValues[index] ?? 1;
        const expected = known.get(p) ?? expectedFalse(p);
        known.set(p, expected);
        smallest = Math.min(smallest, expected / (pValues.length - fromTop));
        adjusted[index] = smallest;
    }
    return adjusted;
}
function ascending(pValues) {
    return pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1) || a - b);
}

;// CONCATENATED MODULE: ./lib/compare/prior.js

const grid = Array.from({ length: 50 }, (_, k) => (k + 0.5) / 50);
const pseudoMass = 2;
const steps = 100;
/**
 * Distribution of the pass rates over the suite as 50 weights at (k + ½)/50: nonparametric maximum likelihood by
 * expectation–maximisation from a uniform start, with a pseudo-mass of two samples spread uniformly. No counts: uniform.
 */
function fitPrior(counts) {
    const cells = new Map();
    for (const cell of counts) {
        const key = `${cell.passes},${cell.trials}`;
        const found = cells.get(key);
        if (found)
            found.count++;
        else
            cells.set(key, { likelihood: likelihoodOf(cell), count: 1 });
    }
    let weights = grid.map(() => 1 / grid.length);
    for (let step = 0; step < steps; step++) {
        const mass = grid.map(() => pseudoMass / grid.length);
        for (const { likelihood, count } of cells.values()) {
            let sum = 0;
            for (let i = 0; i < grid.length; i++)
                sum += weights[i] * likelihood[i];
            for (let i = 0; i < grid.length; i++)
                mass[i] = mass[i] + (count * weights[i] * likelihood[i]) / sum;
        }
        weights = mass.map((value) => value / (counts.length + pseudoMass));
    }
    return weights;
}
/** Probabilities of 0…repeats passes of an unchanged sample of which `cell` was seen, under the fitted weights. */
function predictPasses(weights, cell, repeats) {
    const posterior = likelihoodOf(cell).map((value, i) => value * (weights[i] ?? 0));
    const sum = posterior.reduce((s, v) => s + v, 0);
    return Array.from({ length: repeats + 1 }, (_, y) => {
        const ways = choose(repeats, y);
        return grid.reduce((s, p, i) => s + ((posterior[i] ?? 0) / sum) * ways * p ** y * (1 - p) ** (repeats - y), 0);
    });
}
/** Relative to its maximum on the grid: the scale cancels, and large trials do not underflow. */
function likelihoodOf({ passes, trials }) {
    const logs = grid.map((p) => passes * Math.log(p) + (trials - passes) * Math.log1p(-p));
    const top = Math.max(...logs);
    return logs.map((value) => Math.exp(value - top));
}

;// CONCATENATED MODULE: ./lib/compare/screening.js


/**
 * Extra repeats that let a sample be named at all: the smallest number, at least min(3r, cap), for which the smallest
 * attainable p is a quarter of the level. 0: the baseline has too few repeats to name any sample.
 */
function extraRepeats(m, r, options) {
    const cap = options.confirmationCap;
    for (let extra = Math.min(3 * r, cap); extra <= cap; extra++) {
        if (isAtMost(1 / choose(m + r + extra, m), options.alphaSample / 4))
            return extra;
    }
    return 0;
}
/** Worth a re-run: a small p on the first stage and a drop of at least `screenDrop`. */
function isSuspicious(table, pair, options) {
    const { b, m, y, r } = pair;
    if (b / m - y / r < options.screenDrop - 1e-12)
        return false;
    return isAtMost(fisherWorse(table, pair), Math.max(0.1, 1 / choose(m + r, r)));
}
/**
 * Extra repeats by sample id: the suspicious ones, smallest p first, then larger drop, then order given; at most
 * max(5, ⌈`suspectsShare` · N⌉) samples.
 */
function screen(table, pairs, options) {
    // Equal p-values of different repeats differ in their last bits; the larger drop must then decide.
    const suspects = pairs.flatMap((pair, index) => {
        const extra = isSuspicious(table, pair, options) ? extraRepeats(pair.m, pair.r, options) : 0;
        return extra > 0
            ? [{ id: pair.id, index, extra, p: Number(fisherWorse(table, pair).toPrecision(12)), drop: pair.b / pair.m - pair.y / pair.r }]
            : [];
    });
    suspects.sort((a, b) => a.p - b.p || b.drop - a.drop || a.index - b.index);
    const most = Math.max(5, Math.ceil(options.suspectsShare * pairs.length));
    return new Map(suspects.slice(0, most).map(({ id, extra }) => [id, extra]));
}
/**
 * E(t): the chance that an unchanged sample is screened and then reaches Fisher's p ≤ t on all its repeats. The split of
 * the first stage is exact given its passes; the re-run follows from the fitted prior. Without re-runs there is no
 * screen and no prior: the discrete null distribution of p itself.
 */
function falseNameChance(table, cell, options, prior) {
    const { m, r, extra, passes } = cell;
    const predicted = extra > 0 ? predictPasses(prior, { passes, trials: m + r }, extra) : [1];
    const outcomes = [];
    for (let y = Math.max(0, passes - m); y <= Math.min(r, passes); y++) {
        const b = passes - y;
        if (extra > 0 && !isSuspicious(table, { b, m, y, r }, options))
            continue;
        const mass = table(m, r, passes).pmf[y] ?? 0;
        for (const [more, chance] of predicted.entries()) {
            outcomes.push({ p: fisherWorse(table, { b, m, y: y + more, r: r + extra }), mass: mass * chance });
        }
    }
    return (threshold) => outcomes.reduce((sum, { p, mass }) => (isAtMost(p, threshold) ? sum + mass : sum), 0);
}

;// CONCATENATED MODULE: ./lib/compare/sample-gate.js





/**
 * Gate B: names samples. Fisher's test on *all* repeats of a re-run sample, discrete Benjamini–Hochberg over *all* samples:
 * a re-run can only remove suspicion, so the selection does not bias.
 */
function sampleGate(input) {
    const { table, pairs, plan, guard, options } = input;
    const finalP = new Map();
    for (const pair of pairs) {
        const more = options.isConfirming ? pair.confirmation : { passes: 0, repeats: 0 };
        if (!more || (options.isConfirming && !plan.has(pair.id)))
            continue;
        const r = pair.r + more.repeats;
        const p = fisherWorse(table, { b: pair.b, m: pair.m, y: pair.y + more.passes, r });
        finalP.set(pair.id, guard?.isOn ? deflate(p, correlationInflation({ ...guard, m: pair.m, newPerRun: r / 2, r })) : p);
    }
    const candidates = [...finalP].filter(([, p]) => isAtMost(p, options.finalP));
    if (candidates.length === 0)
        return { finalP, adjusted: new Map(), isRed: false };
    const prior = options.isConfirming ? fitPrior(pairs.map(({ b, m, y, r }) => ({ passes: b + y, trials: m + r }))) : [];
    const chances = [...cells(pairs, options).values()].map(({ cell, count }) => ({ count, chance: falseNameChance(table, cell, options, prior) }));
    const values = stepUp(candidates.map(([, p]) => p), (threshold) => chances.reduce((sum, { count, chance }) => sum + count * chance(threshold), 0));
    const adjusted = new Map(candidates.map(([id], index) => [id, values[index] ?? 1]));
    return { finalP, adjusted, isRed: values.some((value) => isAtMost(value, options.alphaSample)) };
}
/** Ids of samples that got better: discrete Benjamini–Hochberg on the upper tail of the first stage. */
function fixedSamples(table, pairs, options) {
    const better = pairs.map((pair) => ({ id: pair.id, p: fisherBetter(table, pair) })).filter(({ p }) => isAtMost(p, options.finalP));
    const groups = [...cells(pairs, { ...options, isConfirming: false }).values()];
    const adjusted = stepUp(better.map(({ p }) => p), (threshold) => groups.reduce((sum, { cell, count }) => sum + count * largestBelow(table(cell.m, cell.r, cell.passes).upper, cell, threshold), 0));
    return new Set(better.filter((_, index) => isAtMost(adjusted[index] ?? 1, options.alphaName)).map(({ id }) => id));
}
/** The largest attainable upper-tail p at or below the threshold, 0 when there is none. */
function largestBelow(upper, { m, r, passes }, threshold) {
    for (let y = Math.max(0, passes - m); y <= Math.min(r, passes); y++) {
        const p = upper[y] ?? 1;
        if (isAtMost(p, threshold))
            return p;
    }
    return 0;
}
function cells(pairs, options) {
    const byKey = new Map();
    for (const { b, m, y, r } of pairs) {
        const key = `${m},${r},${b + y}`;
        const known = byKey.get(key);
        if (known) {
            known.count++;
            continue;
        }
        const extra = options.isConfirming ? extraRepeats(m, r, options) : 0;
        if (extra > 0 || !options.isConfirming)
            byKey.set(key, { cell: { m, r, extra, passes: b + y }, count: 1 });
    }
    return byKey;
}

;// CONCATENATED MODULE: ./lib/compare/decide.js









/**
 * Decides whether a suite got worse: exact within-sample permutation (gate A), Fisher with discrete Benjamini–Hochberg on
 * re-run suspects (gate B), history and error guards, margin, optional top-up. Deterministic, no random numbers; the samples
 * are sorted by id first, so that no sum depends on the order of arrival. Nothing comparable: `no-baseline` without numbers.
 */
function decide(samples, overrides = {}) {
    const options = { ...defaultDecideOptions, ...overrides };
    const { pairs, classes, shared } = comparablePairs(samples, options);
    if (pairs.length === 0)
        return { status: 'no-baseline', classes, compared: 0, shared };
    const table = createHypergeometricTable();
    const test = withinSamplePermutation(pairs, table);
    const guard = guardAgainstHistory(pairs.map((pair) => pair.counts.runs ?? []), { m: mean(pairs.map((pair) => pair.m)), r: mean(pairs.map((pair) => pair.r)) }, options);
    const inflation = guard?.inflation ?? 1;
    const { change, standardError: plainError } = suiteEffect(pairs);
    const effect = {
        change,
        standardError: plainError * Math.sqrt(inflation),
        pWorse: deflate(test.midLower, inflation),
        pBetter: deflate(test.midUpper, inflation),
    };
    const gateA = suiteGate({ table, pairs, effect, inflation, options });
    const plan = options.isConfirming ? screen(table, pairs, options) : new Map();
    const gateB = sampleGate({ table, pairs: pairs.map((pair) => withValidConfirmation(pair, plan)), plan, guard, options });
    const errors = guardAgainstErrors(samples, options, table);
    const z = normalQuantile(0.975);
    const suite = {
        ...effect,
        ...gateA,
        isGateB: gateB.isRed && options.isNamingDecisive,
        interval: [Math.max(-1, effect.change - z * effect.standardError), Math.min(1, effect.change + z * effect.standardError)],
        excludedDrop: -Math.max(-1, effect.change - normalQuantile(0.95) * effect.standardError),
        plan,
        openSuspects: [...plan.keys()].filter((id) => !gateB.finalP.has(id)),
        finalP: gateB.finalP,
        adjusted: gateB.adjusted,
        errors,
        ...(guard ? { guard } : {}),
    };
    const status = statusOf(suite, pairs.length / Math.max(1, shared), options);
    classify({ pairs, suite, isRed: status === 'regressed', fixed: fixedSamples(table, pairs, options), options, classes });
    return { status, classes, compared: pairs.length, shared, suite };
}
/** Splits the samples, sorted by id, into those that can be compared and those that cannot, with their class. */
function comparablePairs(samples, options) {
    const pairs = [];
    const classes = new Map();
    let shared = 0;
    for (const counts of [...samples].sort(byId)) {
        const { id, baseline, current, planned, isChanged } = counts;
        if (current && baseline && baseline.repeats > 0)
            shared++;
        if (!current)
            classes.set(id, 'removed');
        else if (current.repeats === 0 || current.repeats < options.minValidShare * (planned ?? current.repeats))
            classes.set(id, 'errored');
        else if (!baseline || baseline.repeats === 0 || isChanged)
            classes.set(id, 'new');
        else
            pairs.push({ id, b: baseline.passes, m: baseline.repeats, y: current.passes, r: current.repeats, counts });
    }
    return { pairs, classes, shared };
}
function suiteGate(input) {
    const { table, pairs, effect, inflation, options } = input;
    const isBeyondMargin = options.margin <= 0 || effect.change + normalQuantile(1 - options.alphaSuite) * effect.standardError < -options.margin;
    if (!options.isToppingUp)
        return { isGateA: isAtMost(effect.pWorse, options.alphaSuite) && isBeyondMargin };
    if (isAtMost(effect.pWorse, options.topUpNow * options.alphaSuite))
        return { isGateA: isBeyondMargin };
    if (!isAtMost(effect.pWorse, options.topUpGrey))
        return { isGateA: false };
    const doubled = pairs.flatMap(({ b, m, y, r, counts: { topUp } }) => topUp && topUp.repeats > 0 ? [{ b, m, y: y + topUp.passes, r: r + topUp.repeats }] : []);
    if (doubled.length < pairs.length)
        return { isGateA: false, topUp: 'needed' };
    const pCumulative = deflate(withinSamplePermutation(doubled, table).midLower, inflation);
    return { isGateA: isAtMost(pCumulative, options.topUpFinal * options.alphaSuite) && isBeyondMargin, topUp: 'done', pCumulative };
}
/** A re-run error is missing, not a failure; with fewer than half of the planned re-runs the sample stays a suspect. */
function withValidConfirmation(pair, plan) {
    const { id, b, m, y, r, counts } = pair;
    const { confirmation } = counts;
    const isEnough = confirmation && confirmation.repeats > 0 && confirmation.repeats * 2 >= (plan.get(id) ?? 0);
    return { id, b, m, y, r, ...(isEnough ? { confirmation } : {}) };
}
/** Errors are missing values; many more of them than before may hide failures. */
function guardAgainstErrors(samples, options, table) {
    const pairs = [...samples].sort(byId).flatMap(({ baseline, current, errors, planned, baselineErrors, baselinePlanned }) => {
        if (!current || !baseline || baseline.repeats === 0)
            return [];
        return [{ b: baselineErrors ?? 0, m: baselinePlanned ?? baseline.repeats, y: errors ?? 0, r: planned ?? current.repeats }];
    });
    if (pairs.every(({ b, y }) => b === 0 && y === 0))
        return { p: 1, difference: 0, isOn: false };
    const p = withinSamplePermutation(pairs, table).midUpper;
    const difference = decide_total(pairs.map(({ y }) => y)) / decide_total(pairs.map(({ r }) => r)) - decide_total(pairs.map(({ b }) => b)) / decide_total(pairs.map(({ m }) => m));
    return { p, difference, isOn: isAtMost(p, options.errorAlpha) && difference >= options.errorDifference };
}
function statusOf(suite, comparedShare, options) {
    if (suite.isGateA || suite.isGateB)
        return 'regressed';
    const isUnsettled = suite.errors.isOn || comparedShare < options.minComparedShare || suite.openSuspects.length > 0 || suite.topUp === 'needed';
    if (isUnsettled)
        return 'inconclusive';
    if (isAtMost(suite.pBetter, options.alphaSuite))
        return 'improved';
    return suite.excludedDrop < Math.max(options.noChangeDrop, options.margin) ? 'no-change' : 'inconclusive';
}
function classify(input) {
    const { pairs, suite, isRed, fixed, options, classes } = input;
    for (const { id, b, m, y, r, counts } of pairs) {
        const isNamed = isAtMost(suite.adjusted.get(id) ?? 1, options.alphaName);
        if (isNamed && isRed)
            classes.set(id, 'regressed');
        else if (suite.plan.has(id) && (isNamed || !suite.finalP.has(id)))
            classes.set(id, 'suspect');
        else if (fixed.has(id))
            classes.set(id, 'fixed');
        else
            classes.set(id, steadiness((b + y + (counts.confirmation?.passes ?? 0)) / (m + r + (counts.confirmation?.repeats ?? 0))));
    }
}
function steadiness(rate) {
    return rate >= 0.95 ? 'stable-pass' : rate <= 0.05 ? 'stable-fail' : 'flaky';
}
function decide_total(numbers) {
    return numbers.reduce((sum, value) => sum + value, 0);
}
function mean(numbers) {
    return decide_total(numbers) / numbers.length;
}

;// CONCATENATED MODULE: ./lib/compare/slices.js





/** Fewer samples cannot say anything about a slice. */
const minSliceSamples = 5;
/** The slices that gate C tests: tags of enough comparable samples, when the policy names `tags`; by name. */
function gatedSlices(current, pairs, policy) {
    return slicesByTag(current, pairs, policy).filter((slice) => slice.pairs.length >= minSliceSamples);
}
/** Gate A's test on each slice. */
function sliceTests(slices, inflation) {
    const table = createHypergeometricTable();
    return slices.map(({ name, pairs }) => {
        const { midLower, midUpper } = withinSamplePermutation(pairs, table);
        return { name, pWorse: deflate(midLower, inflation), pBetter: deflate(midUpper, inflation) };
    });
}
/** Every tag with its rates; `effects` holds the decided ones by name, the others have too few samples. */
function describeSlices(input) {
    return slicesByTag(input.current, input.pairs, input.policy).map(({ name, pairs }) => {
        const found = input.decided.get(name);
        const { change, standardError } = suiteEffect(pairs);
        const lower = change - normalQuantile(0.95) * standardError * Math.sqrt(input.inflation);
        const effect = !found
            ? 'too-few-samples'
            : found.isWorse
                ? 'regressed'
                : found.isBetter
                    ? 'improved'
                    : lower > -0.1
                        ? 'unchanged'
                        : 'inconclusive';
        return {
            name,
            samples: pairs.length,
            baselineRate: slices_mean(pairs.map(({ b, m }) => b / m)),
            rate: slices_mean(pairs.map(({ y, r }) => y / r)),
            change,
            ...(found ? { p: found.p } : {}),
            effect,
        };
    });
}
function slicesByTag(current, pairs, policy) {
    if (!policy.slices.includes('tags'))
        return [];
    const slices = new Map();
    for (const pair of pairs) {
        for (const tag of new Set(current.samples.get(pair.id)?.tags)) {
            const list = slices.get(tag);
            if (list)
                list.push(pair);
            else
                slices.set(tag, [pair]);
        }
    }
    return [...slices].map(([name, list]) => ({ name, pairs: list })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
function slices_mean(values) {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
}

;// CONCATENATED MODULE: ./lib/compare/confirmation.js






/** Level of gates B and C when slices or secondary checkers are tested too. */
const sharedAlpha = 0.005;
/** At the shared level 10 more repeats cannot name a sample against a baseline of 3; 12 can: 1/C(18, 3) ≤ .005/4. */
const sharedConfirmationCap = 12;
/** The options of the decision that follow from a policy and from what there is to test. */
function optionsFor(policy, hasFamily) {
    return {
        ...defaultDecideOptions,
        isConfirming: policy.confirm,
        margin: policy.margin,
        isNamingDecisive: policy.margin <= 0,
        alphaSample: hasFamily ? sharedAlpha : defaultDecideOptions.alphaSample,
        confirmationCap: hasFamily ? sharedConfirmationCap : defaultDecideOptions.confirmationCap,
    };
}
/** Whether gate C has anything to test: slices of enough samples, or secondary checkers when the policy names them. */
function hasFamily({ current, policy }, pairs) {
    if (gatedSlices(current, pairs, policy).length > 0)
        return true;
    return policy.slices.includes('checkers') && (current.header?.checkers ?? []).some((checker) => !checker.required);
}
/**
 * Samples to ask again, with the number of extra repeats (epochs after the planned ones). In strict mode every sample that mostly
 * passed in the baseline and failed at least once now. Empty without a baseline or when the policy does not confirm.
 * The same logs give the same plan, whatever confirmation repeats they already hold.
 */
function planConfirmation(input) {
    if (!input.policy.confirm || input.pool.length === 0)
        return [];
    const { pairs } = comparablePairs(sampleCounts(input.current, input.pool), defaultDecideOptions);
    const options = optionsFor(input.policy, hasFamily(input, pairs));
    const plan = screen(createHypergeometricTable(), pairs, options);
    if (input.policy.mode === 'strict') {
        for (const { id, m, r, counts } of pairs) {
            if (isDoubtful(counts))
                plan.set(id, Math.max(2, extraRepeats(m, r, options)));
        }
    }
    return [...plan].map(([sample, extra]) => ({ sample, extraRepeats: extra }));
}
/** Strict mode: mostly passed before, failed at least once now. */
function isDoubtful({ baseline, current }) {
    return baseline !== undefined && current !== undefined && baseline.passes * 2 > baseline.repeats && current.passes < current.repeats;
}
/** Strict mode: mostly passed before, does not mostly pass now, on all repeats. */
function isFlipped({ baseline, current, confirmation }) {
    if (!baseline || !current || baseline.passes * 2 <= baseline.repeats)
        return false;
    const passes = current.passes + (confirmation?.passes ?? 0);
    return passes * 2 <= current.repeats + (confirmation?.repeats ?? 0);
}

;// CONCATENATED MODULE: ./lib/compare/detectable-drop.js

const step = 0.002;
/**
 * The smallest true drop of the suite's pass rate, 0..1, that gate A finds with the given power: normal approximation with
 * every sample that can fall falling by the same amount. `r` repeats against the baseline's mean repeats; `inflation` is the
 * history guard's variance factor. A baseline of one repeat borrows its noise from both sides together.
 * `undefined` when no drop would be found or nothing can fall.
 */
function detectableDrop(pairs, options) {
    const { r, alpha = 0.01, power = 0.8, inflation = 1 } = options;
    const count = pairs.length;
    if (count === 0)
        return undefined;
    const m = pairs.reduce((sum, pair) => sum + pair.m, 0) / count;
    const isSingle = m < 2;
    const trials = isSingle ? m + r : m;
    const rates = pairs.map((pair) => (isSingle ? (pair.b + pair.y) / (pair.m + pair.r) : pair.b / pair.m)).sort((a, b) => b - a);
    const noise = ((rates.reduce((sum, rate) => sum + rate * (1 - rate), 0) / count) * trials) / (trials - 1);
    const criticalZ = normalQuantile(1 - alpha) * Math.sqrt(inflation);
    const powerZ = normalQuantile(power) * Math.sqrt(inflation);
    const sums = prefixSums(rates);
    let falling = count;
    for (let k = 1; k <= Math.round(1 / step); k++) {
        const drop = k * step;
        while (falling > 0 && (rates[falling - 1] ?? 0) < drop - 1e-12)
            falling--;
        if (falling === 0)
            return undefined;
        const share = falling / count;
        const mean = (sums[falling] ?? 0) / falling;
        const after = Math.max(noise + share * (drop * (2 * mean - 1) - drop * drop), 0);
        const n = m + r;
        const both = (m * noise + r * after) / n + (share * drop * drop * m * r) / (n * (n - 1));
        const needed = criticalZ * Math.sqrt((both * (1 / m + 1 / r)) / count) + powerZ * Math.sqrt((noise / m + after / r) / count);
        if (share * drop >= needed)
            return share * drop;
    }
    return undefined;
}
function prefixSums(values) {
    const sums = [0];
    for (const value of values)
        sums.push((sums.at(-1) ?? 0) + value);
    return sums;
}

// EXTERNAL MODULE: ./lib/records/run-index.js
var run_index = __webpack_require__(68254);
;// CONCATENATED MODULE: ./lib/compare/values.js

/** The values of every sample of the current run that has any on either side, sorted by id. */
function sampleValues(current, pool, read) {
    const repeats = plannedRepeats(current);
    const values = [];
    for (const sample of current.samples.values()) {
        const runs = pool.length === 0 ? [] : sameSamples(sample, pool).map((run) => valuesOf(firstStage(run.sample, run.repeats), read));
        const now = valuesOf(firstStage(sample, repeats), read);
        const baseline = runs.flat();
        if (baseline.length + now.length > 0)
            values.push({ id: sample.id, runs, baseline, current: now });
    }
    return values.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
/** Samples with values on both sides. */
function pairedValues(values) {
    return values.filter(({ baseline, current }) => baseline.length > 0 && current.length > 0);
}
/** Arithmetic mean; `undefined` of nothing. */
function meanOf(values) {
    return values.length === 0 ? undefined : sumOf(values) / values.length;
}
/** Sum of the numbers in their order; 0 of none. */
function sumOf(values) {
    return values.reduce((sum, value) => sum + value, 0);
}
/** Sum of squares about the mean; 0 of nothing. */
function squaresOf(values) {
    const mean = meanOf(values) ?? 0;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
const none = [];
function valuesOf(slots, read) {
    let values = none;
    for (const slot of slots) {
        const value = slot.outcome === 'error' || slot.outcome === 'skipped' ? undefined : read(slot);
        if (value !== undefined && Number.isFinite(value))
            values = values.length === 0 ? [value] : [...values, value];
    }
    return values;
}

;// CONCATENATED MODULE: ./lib/compare/score-test.js



/**
 * Within-sample permutation z of scores: exact mean (0) and variance, normal reference. Calibrated from about 20 samples.
 * No variance (every value of every sample equal): z = 0, p = ½.
 */
function permutationZ(pairs) {
    let sumOfChanges = 0;
    let variance = 0;
    for (const { baseline, current } of pairs) {
        const all = [...baseline, ...current];
        sumOfChanges += sumOf(current) / current.length - sumOf(baseline) / baseline.length;
        variance += (squaresOf(all) / (all.length - 1)) * (1 / baseline.length + 1 / current.length);
    }
    const z = variance > 0 ? sumOfChanges / Math.sqrt(variance) : 0;
    return { sumOfChanges, variance, z, pLower: normalCdf(z), pUpper: normalCdf(-z) };
}
/** Mean change of the scores (0..1) with both one-sided p-values: exact for scores of 0 and 1 only, else by z. */
function scoreEffect(pairs) {
    const test = permutationZ(pairs);
    const floor = meanOf(pairs.map(({ baseline: { length: m }, current: { length: r } }) => (1 / m + 1 / r) / (m + r))) ?? 0;
    const change = test.sumOfChanges / pairs.length;
    const standardError = Math.sqrt(test.variance + floor) / pairs.length;
    const isBinary = pairs.every(({ baseline, current }) => [...baseline, ...current].every((value) => value === 0 || value === 1));
    if (!isBinary)
        return { change, standardError, pWorse: test.pLower, pBetter: test.pUpper };
    const exact = withinSamplePermutation(pairs.map(({ baseline, current }) => ({ b: sumOf(baseline), m: baseline.length, y: sumOf(current), r: current.length })));
    return { change, standardError, pWorse: exact.midLower, pBetter: exact.midUpper };
}

;// CONCATENATED MODULE: ./lib/compare/checker-effects.js






/** Every checker of the suite in its order, then those of single samples by name. */
function checkerNames(current) {
    const declared = new Set((current.header?.checkers ?? []).map(({ name }) => name));
    const others = new Set();
    for (const sample of current.samples.values()) {
        for (const slot of sample.slots)
            for (const { checker } of slot.scores)
                if (!declared.has(checker))
                    others.add(checker);
    }
    return [...declared, ...[...others].sort()];
}
/** The effect of each checker, in the order of `checkerNames`. */
function checkerEffects(current, pool, inflation) {
    const declared = new Map((current.header?.checkers ?? []).map((checker) => [checker.name, checker.required]));
    return checkerNames(current).map((name) => {
        const values = sampleValues(current, pool, (slot) => (0,run_index/* scoreIn */.OB)(slot, name));
        return { name, isRequired: declared.get(name), ...effectOf(name, values, inflation) };
    });
}
/** With a baseline both means cover the samples that have a score on both sides, so that their difference is the change. */
function effectOf(name, values, inflation) {
    const paired = pairedValues(values);
    if (paired.length === 0) {
        const current = meanAndCount(values.map((value) => value.current));
        return { sides: current ? { current } : {} };
    }
    const { change, standardError, pWorse, pBetter } = scoreEffect(paired);
    const error = standardError * Math.sqrt(inflation);
    const half = normalQuantile(0.975) * error;
    const baseline = meanAndCount(paired.map((value) => value.baseline));
    const current = meanAndCount(paired.map((value) => value.current));
    const sides = { change, interval: [Math.max(-1, change - half), Math.min(1, change + half)] };
    if (baseline)
        sides.baseline = baseline;
    if (current)
        sides.current = current;
    if (paired.length < minSliceSamples)
        return { sides };
    const test = { name, pWorse: deflate(pWorse, inflation), pBetter: deflate(pBetter, inflation), lower95: change - normalQuantile(0.95) * error };
    return { sides, test };
}
function meanAndCount(lists) {
    const means = lists.flatMap((list) => meanOf(list) ?? []);
    const mean = meanOf(means);
    // Scores are within 0..1; the clamp only removes what rounding adds.
    return mean === undefined ? undefined : { mean: Math.min(1, Math.max(0, mean)), n: lists.reduce((sum, list) => sum + list.length, 0) };
}

;// CONCATENATED MODULE: ./lib/compare/family.js




/** Level of the checkers that are only reported. */
const reportedAlpha = 0.01;
/**
 * Gate A's test per slice and, when the policy's `slices` name `checkers`, per checker that is not required; Holm's correction
 * over all of them. The other checkers are corrected among themselves and only reported.
 */
function familyGate(input) {
    const { current, pool, pairs, policy, inflation } = input;
    const slices = sliceTests(gatedSlices(current, pairs, policy), inflation);
    const effects = checkerEffects(current, pool, inflation);
    const isGated = (effect) => policy.slices.includes('checkers') && effect.isRequired === false;
    const gated = effects.filter(isGated).flatMap((effect) => effect.test ?? []);
    const reported = effects.filter((effect) => !isGated(effect)).flatMap((effect) => effect.test ?? []);
    const family = decideTogether([...slices, ...gated], sharedAlpha);
    const bySlice = mapOf(slices, family.slice(0, slices.length));
    const byChecker = new Map([...mapOf(gated, family.slice(slices.length)), ...mapOf(reported, decideTogether(reported, reportedAlpha))]);
    const worse = [
        ...slices.map(({ name }) => ({ kind: 'slice', name, found: bySlice.get(name) })),
        ...gated.map(({ name }) => ({ kind: 'checker', name, found: byChecker.get(name) })),
    ].flatMap(({ kind, name, found }) => (found?.isWorse ? [{ kind, name, p: found.p }] : []));
    return {
        isRed: worse.length > 0,
        worse: worse.sort((a, b) => a.p - b.p),
        size: family.length,
        slices: describeSlices({ current, pairs, policy, inflation, decided: bySlice }),
        checkers: effects.map((effect) => describeChecker(effect, byChecker.get(effect.name))),
    };
}
function decideTogether(tests, alpha) {
    const worse = holm(tests.map(({ pWorse }) => pWorse));
    const better = holm(tests.map(({ pBetter }) => pBetter));
    return tests.map(({ pWorse }, i) => ({ p: pWorse, isWorse: (worse[i] ?? 1) <= alpha, isBetter: (better[i] ?? 1) <= alpha }));
}
function mapOf(tests, decided) {
    return new Map(tests.flatMap(({ name }, i) => (decided[i] ? [[name, decided[i]]] : [])));
}
function describeChecker({ name, isRequired, sides, test }, decided) {
    return {
        name,
        ...(isRequired === undefined ? {} : { required: isRequired }),
        ...sides,
        ...(decided ? { p: decided.p } : {}),
        effect: family_effectOf(test?.lower95, decided),
    };
}
function family_effectOf(lower95, decided) {
    if (lower95 === undefined || !decided)
        return 'too-few-samples';
    if (decided.isWorse)
        return 'regressed';
    if (decided.isBetter)
        return 'improved';
    return lower95 > -0.1 ? 'unchanged' : 'inconclusive';
}

;// CONCATENATED MODULE: ./lib/compare/sample-rows.js



/** Most telling first. */
const severity = ['regressed', 'suspect', 'errored', 'flaky', 'stable-fail', 'fixed', 'new', 'removed', 'stable-pass'];
/** One row per sample of either side, by severity, then p, then id. */
function sampleRows(input) {
    const { current, pool, counts, classes, suite } = input;
    const repeats = plannedRepeats(current);
    const shared = new Map();
    /** Rows that are alike share their parts: most samples of a large suite have the same counts and scores. */
    const share = (value) => {
        const key = JSON.stringify(value);
        if (!shared.has(key) && shared.size < maxShared)
            shared.set(key, value);
        return (shared.get(key) ?? value);
    };
    const rows = counts.map((count) => {
        const { id } = count;
        const now = current.samples.get(id);
        const sample = now ?? pool[0]?.samples.get(id);
        const before = sample ? sameSamples(sample, pool) : [];
        const p = suite?.finalP.get(id);
        const adjusted = suite?.adjusted.get(id);
        return {
            id,
            class: classes.get(id) ?? 'new',
            ...(count.baseline && count.baseline.repeats > 0 ? { baseline: share({ ...count.baseline }) } : {}),
            ...(now ? { current: share({ ...countOf(now.slots) }) } : {}),
            ...(p === undefined ? {} : { p: stored(p) }),
            ...(adjusted === undefined ? {} : { adjusted: stored(Math.min(1, adjusted)) }),
            scores: share(scoresOf(before.flatMap((run) => firstStage(run.sample, run.repeats)), now ? firstStage(now, repeats) : [])),
            ...placeOf(sample),
            ...(count.isChanged ? { changes: ['its content differs from the baseline, so it is not compared'] } : {}),
        };
    });
    return rows.sort(bySeverity);
}
const maxShared = 2000;
/** p-values as they are stored: 12 significant digits, so that rounding differences of platforms do not show. */
function stored(p) {
    return Number(p.toPrecision(12));
}
/** The class of every sample without a comparison: what has a verdict is new. */
function isMeasured({ current, planned }) {
    return current !== undefined && current.repeats > 0 && current.repeats * 2 >= (planned ?? 0);
}
function bySeverity(a, b) {
    const rank = severity.indexOf(a.class) - severity.indexOf(b.class);
    if (rank !== 0)
        return rank;
    const p = (a.p ?? 1) - (b.p ?? 1);
    return p !== 0 ? p : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
function scoresOf(before, now) {
    const names = new Set([...before, ...now].flatMap((slot) => slot.scores.map(({ checker }) => checker)));
    return Object.fromEntries([...names].sort().map((name) => {
        const baseline = meanScore(before, name);
        const current = meanScore(now, name);
        return [name, { ...(baseline === undefined ? {} : { baseline }), ...(current === undefined ? {} : { current }) }];
    }));
}
function meanScore(slots, name) {
    const mean = meanOf(slots.flatMap((slot) => (0,run_index/* scoreIn */.OB)(slot, name) ?? []));
    return mean === undefined ? undefined : Math.min(1, Math.max(0, mean));
}
function placeOf(sample) {
    if (!sample)
        return {};
    const { file, line, critical } = sample;
    return { file, line, ...(critical ? { critical } : {}) };
}

;// CONCATENATED MODULE: ./lib/compare/words.js
/** 0.914 → `91.4 %`. */
function percent(rate) {
    return `${signless((rate * 100).toFixed(1))} %`;
}
/** −0.072 → `−7.2 pp`; a positive change has its sign too. */
function points(change) {
    return `${signed(change * 100)} pp`;
}
/** `−11.0 … −3.5`, percentage points. */
function pointsRange([low, high]) {
    return `${signed(low * 100)} … ${signed(high * 100)}`;
}
/** `p = 0.0004`, or `p < 0.0001`. */
function probability(p) {
    return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}
/** `1 sample`, `2 samples`. */
function counted(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** At most `most` items, then how many more there are. */
function listed(items, most = 3) {
    const more = items.length - most;
    return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ');
}
function signed(value) {
    const text = value.toFixed(1);
    if (Number(text) === 0)
        return '0.0';
    return value > 0 ? `+${text}` : signless(text);
}
/** A real minus sign; never `-0.0`. */
function signless(text) {
    return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

;// CONCATENATED MODULE: ./lib/compare/gates.js



/** How the verdict was decided, as plain data: an entry per gate or guard, each with a `summary` for a reader and its numbers. */
function describeGates(input) {
    const { decision, options, family, repeats, settle } = input;
    const { suite, compared, shared } = decision;
    if (!suite)
        return { compared: { summary: `compared: none of ${counted(shared, 'shared sample')}`, compared, shared } };
    return {
        compared: {
            summary: `compared: ${compared} of ${counted(shared, 'shared sample')}, ${round(repeats.current)} repeats each against ${round(repeats.baseline)} of the baseline on average`,
            compared,
            shared,
            repeats,
        },
        suite: describeSuiteGate(suite, options),
        samples: describeSampleGate(suite, options),
        family: {
            summary: family.size === 0
                ? 'slices and secondary checkers: none tested'
                : `slices and secondary checkers: ${counted(family.size, 'test')} of the same kind, corrected by Holm at ${sharedAlpha}: ${family.isRed ? 'red' : 'not red'}`,
            isRed: family.isRed,
            tests: family.size,
            alpha: sharedAlpha,
        },
        history: describeHistory(suite),
        errors: {
            summary: `slots without a verdict: ${points(suite.errors.difference)} against the baseline (${probability(suite.errors.p)})${suite.errors.isOn ? ', too many to trust the rest' : ''}`,
            ...suite.errors,
            p: stored(suite.errors.p),
        },
        ...(settle === undefined ? {} : { settle }),
    };
}
function describeSuiteGate(suite, options) {
    const margin = options.margin > 0 ? ` and a drop credibly above ${percent(options.margin)}` : '';
    return {
        summary: `whole suite: exact within-sample permutation test, ${probability(suite.pWorse)} for worse and ${probability(suite.pBetter)} for better; red needs p ≤ ${options.alphaSuite}${margin}: ${suite.isGateA ? 'red' : 'not red'}`,
        isRed: suite.isGateA,
        pWorse: stored(suite.pWorse),
        pBetter: stored(suite.pBetter),
        alpha: options.alphaSuite,
        margin: options.margin,
        change: suite.change,
        standardError: suite.standardError,
        interval: suite.interval,
        ...(suite.topUp === undefined ? {} : { topUp: suite.topUp }),
        ...(suite.pCumulative === undefined ? {} : { pCumulative: stored(suite.pCumulative) }),
    };
}
function describeSampleGate(suite, options) {
    const smallest = suite.adjusted.size > 0 ? Math.min(...suite.adjusted.values()) : undefined;
    const found = smallest === undefined ? 'none came near' : `smallest adjusted ${probability(smallest)}`;
    const asked = options.isConfirming ? `${counted(suite.plan.size, 'suspicious sample')} to re-run, ${suite.openSuspects.length} of them open; ` : '';
    const role = options.isNamingDecisive ? `red needs ≤ ${options.alphaSample}` : 'names only, as a margin is tolerated';
    return {
        summary: `single samples: ${asked}Fisher's test on all repeats with discrete Benjamini–Hochberg over all samples, ${found}; ${role}: ${suite.isGateB ? 'red' : 'not red'}`,
        isRed: suite.isGateB,
        alpha: options.alphaSample,
        plan: [...suite.plan].map(([sample, extraRepeats]) => ({ sample, extraRepeats })),
        open: suite.openSuspects,
        ...(smallest === undefined ? {} : { adjusted: stored(Math.min(1, smallest)) }),
    };
}
function describeHistory({ guard }) {
    if (!guard)
        return { summary: 'movement between baseline runs: unknown, it needs 3 runs with the same repeats', isKnown: false };
    const correlated = guard.isOn ? `repeats of one run are alike (correlation ${round(guard.rho)})` : 'repeats of one run look independent';
    return {
        summary: `movement between baseline runs: ${correlated}; the whole suite moves by ${points(guard.tau).replace('+', '')}; variance counted ${round(guard.inflation)} times`,
        isKnown: true,
        ...guard,
        p: stored(guard.p),
    };
}
function round(value) {
    return String(Number(value.toFixed(2)));
}

;// CONCATENATED MODULE: ./lib/compare/metric-effects.js



const metricNames = ['latencyMs', 'firstByteMs', 'inputTokens', 'outputTokens', 'costUsd'];
const alpha = 0.01;
const defaultMargin = 0.1;
/** Below this nobody waits longer, and timers and loopback decide: such a difference is never a regression. */
const negligibleMs = 50;
/** Latency, tokens and cost, as ratio of geometric means over the samples; metrics without values are left out. */
function metricEffects(current, pool, latencyMargin) {
    const found = metricNames.flatMap((name) => {
        const values = sampleValues(current, pool, (slot) => slot[name]);
        const isTime = name === 'latencyMs' || name === 'firstByteMs';
        const margin = isTime ? latencyMargin : defaultMargin;
        return values.length === 0 ? [] : [{ name, isTime, margin, ...compareLogs(values, margin) }];
    });
    const worse = holm(found.map(({ test }) => test?.pWorse ?? 1));
    const better = holm(found.map(({ test }) => test?.pBetter ?? 1));
    return found.map(({ name, isTime, margin, sides, test }, index) => {
        const isNegligible = isTime && Math.abs((sides.current ?? 0) - (sides.baseline ?? 0)) < negligibleMs;
        const effect = metric_effects_effectOf({ sides, margin, isTested: test !== undefined, worse: worse[index] ?? 1, better: better[index] ?? 1, isNegligible });
        return { assessment: { name, ...sides, effect }, isDecisive: isTime && test !== undefined, margin };
    });
}
function metric_effects_effectOf(input) {
    const { sides, margin, isTested, worse, better, isNegligible } = input;
    if (!sides.interval)
        return sides.ratio === undefined ? 'too-few-samples' : 'inconclusive';
    if (isNegligible)
        return 'unchanged';
    if (isTested && worse <= alpha)
        return 'regressed';
    if (isTested && better <= alpha)
        return 'improved';
    return sides.interval[0] >= 1 / (1 + margin) && sides.interval[1] <= 1 + margin ? 'unchanged' : 'inconclusive';
}
/**
 * Change of the mean log with the sampling noise of the repeats and, from three baseline runs on, the movement between runs
 * (Satterthwaite's degrees of freedom). Fewer runs: an interval of sampling noise only and no test.
 */
function compareLogs(values, margin) {
    const paired = pairedValues(values);
    const used = paired.length > 0 ? paired : values;
    const hasZero = used.some((value) => [...value.baseline, ...value.current].some((x) => x <= 0));
    const toLog = (x) => (hasZero ? Math.log1p(Math.max(0, x)) : Math.log(x));
    const fromLog = (x) => (hasZero ? Math.expm1(x) : Math.exp(x));
    const logs = used.map(({ id, runs, baseline, current }) => ({
        id,
        runs: runs.map((run) => run.map(toLog)),
        baseline: baseline.map(toLog),
        current: current.map(toLog),
    }));
    const current = meanOf(logs.flatMap((value) => meanOf(value.current) ?? []));
    if (paired.length === 0)
        return { sides: current === undefined ? {} : { current: fromLog(current) } };
    const baseline = meanOf(logs.flatMap((value) => meanOf(value.baseline) ?? [])) ?? 0;
    const estimate = (current ?? 0) - baseline;
    const sides = { baseline: fromLog(baseline), current: fromLog(current ?? 0), ratio: Math.exp(estimate) };
    const noise = noiseOf(logs);
    if (!noise)
        return { sides };
    const half = noise.error === 0 ? 0 : studentQuantile(0.975, noise.degrees) * noise.error;
    sides.interval = [Math.exp(estimate - half), Math.exp(estimate + half)];
    if (!noise.hasRuns)
        return { sides };
    const limit = Math.log(1 + margin);
    return { sides, test: { pWorse: upperTail(estimate - limit, noise), pBetter: upperTail(-estimate - limit, noise) } };
}
function upperTail(distance, { error, degrees }) {
    if (error === 0)
        return distance > 1e-12 ? 0 : 1;
    return studentCdf(-distance / error, degrees);
}
/** `undefined` when there is nothing to estimate noise from: one value in all per sample and side is enough, as both sides share a variance. */
function noiseOf(logs) {
    const count = logs.length;
    const variances = logs.map(({ baseline, current }) => {
        const all = [...baseline, ...current];
        return squaresOf(all) / (all.length - 1);
    });
    const sampling = sumOf(logs.map(({ baseline, current }, i) => (variances[i] ?? 0) * (1 / baseline.length + 1 / current.length))) / count ** 2;
    const samplingDegrees = sumOf(logs.map(({ baseline, current }) => baseline.length + current.length - 1));
    const between = betweenRuns(logs, variances);
    if (!between)
        return samplingDegrees > 0 ? { error: Math.sqrt(sampling), degrees: samplingDegrees, hasRuns: false } : undefined;
    const { movement, runs } = between;
    const error = Math.sqrt(sampling + movement);
    const degrees = error === 0 ? samplingDegrees : (sampling + movement) ** 2 / (sampling ** 2 / samplingDegrees + movement ** 2 / (runs - 1));
    return { error, degrees, hasRuns: true };
}
/** Variance of a new run's mean against the pool's by movement between runs; needs 80 % of the samples in each of ≥ 3 runs. */
function betweenRuns(logs, variances) {
    const runs = Math.max(0, ...logs.map((value) => value.runs.length));
    if (runs < 3)
        return undefined;
    const complete = logs.flatMap((value, i) => value.runs.length === runs && value.runs.every((run) => run.length > 0) ? [{ runs: value.runs, variance: variances[i] ?? 0 }] : []);
    if (complete.length < 0.8 * logs.length)
        return undefined;
    const means = Array.from({ length: runs }, (_, run) => meanOf(complete.map((value) => meanOf(value.runs[run] ?? []) ?? 0)) ?? 0);
    const perRun = sumOf(complete.map((value) => (value.variance * runs) / sumOf(value.runs.map((run) => run.length)))) / complete.length ** 2;
    const tauSquared = Math.max(0, squaresOf(means) / (runs - 1) - perRun);
    return { movement: tauSquared * (1 + 1 / runs), runs };
}

;// CONCATENATED MODULE: ./lib/compare/quote.js
/** Characters of a quotation, as code points. */
const maxQuoted = 80;
const maxNamed = 60;
/** A text of somebody else inside a phrase: one line, cut, between double quotes; marks inside it become apostrophes. */
function quoted(text) {
    return `"${shortLine(text, maxQuoted).replace(/["`]/g, "'")}"`;
}
/** A name of somebody else inside a phrase: one line, cut, between backticks. Empty: `(empty)`. */
function named(name) {
    return `\`${shortLine(name, maxNamed).replace(/["`]/g, "'") || '(empty)'}\``;
}
function shortLine(text, max) {
    const line = text
        .slice(0, max * 40)
        .replace(/\s+/g, ' ')
        .trim();
    const characters = [...line];
    return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}

;// CONCATENATED MODULE: ./lib/compare/reasons.js


/** The verdict in words, the deciding reason first, then what limits it. Names of samples stand between backticks. */
function reasonsFor(facts) {
    const demands = demandReasons(facts);
    const main = statusReasons(facts);
    const reasons = facts.status === 'regressed' ? [...main, ...demands] : [...demands, ...main];
    const partial = partialReasons(facts.state);
    // What was measured says nothing good as long as the run is partial.
    return facts.status === 'regressed' || demands.length > 0 ? [...reasons, ...partial, ...limits(facts)] : [...partial, ...reasons, ...limits(facts)];
}
function demandReasons({ state, policy, passRate }) {
    const reasons = [];
    const { criticalFailed, criticalUnknown } = state;
    if (criticalFailed.length > 0) {
        reasons.push(`${counted(criticalFailed.length, 'critical sample')} failed: ${listed(criticalFailed.map(named))}`);
    }
    if (policy.minPassRate !== undefined && passRate !== undefined && passRate < policy.minPassRate) {
        reasons.push(`the pass rate ${percent(passRate)} is below the required ${percent(policy.minPassRate)}`);
    }
    if (criticalUnknown.length > 0) {
        reasons.push(`nothing is known of ${counted(criticalUnknown.length, 'critical sample')}: ${listed(criticalUnknown.map(named))}`);
    }
    return reasons;
}
function partialReasons(state) {
    if (state.samples === 0)
        return ['the run has no samples, so there is nothing to judge'];
    const reasons = [];
    if (!state.isComplete) {
        const why = state.stopReason === undefined ? '' : ` (${state.stopReason.replace(/[`"]/g, "'")})`;
        reasons.push(state.missing > 0
            ? `the run is incomplete${why}: ${state.missing} of ${counted(state.planned, 'slot')} ${state.missing === 1 ? 'is' : 'are'} missing`
            : `the run is incomplete${why}`);
    }
    if (state.withVerdict === 0)
        reasons.push(`no slot has a verdict: ${state.outcomes.error} errors, ${state.outcomes.unscored} unscored`);
    return reasons;
}
function statusReasons(facts) {
    switch (facts.status) {
        case 'regressed':
            return regressedReasons(facts);
        case 'improved':
            return improvedReasons(facts);
        case 'no-change':
            return [noChangeReason(facts)];
        case 'inconclusive':
            return [...doubts(facts), ...(facts.settle === undefined ? [] : [`what would settle it: ${facts.settle}`])];
        case 'no-baseline':
            return [
                facts.baselineReason === undefined ? 'there is no baseline to compare with' : `there is no baseline to compare with: ${facts.baselineReason}`,
            ];
        default:
            return facts.status;
    }
}
function regressedReasons(facts) {
    const { decision, family, slowMetrics, flipped, policy } = facts;
    const { suite, compared } = decision;
    const reasons = [];
    if (flipped.length > 0)
        reasons.push(`${counted(flipped.length, 'sample')} flipped from pass to fail: ${listed(flipped.map(named))}`);
    if (suite?.isGateB) {
        const how = policy.confirm ? ', confirmed by re-runs' : '';
        reasons.push(`${facts.named.length} of ${counted(compared, 'sample')} regressed${how}: ${listed(facts.named.map(named))}`);
    }
    if (suite?.isGateA)
        reasons.push(`the pass rate fell ${rateText(facts, suite)}`);
    for (const { kind, name } of family.worse)
        reasons.push(`the ${kind} ${named(name)} got worse${sidesOf(family, kind, name)}`);
    for (const { assessment, margin } of slowMetrics) {
        const { name, ratio = 1, interval } = assessment;
        const range = interval ? ` (95 % interval ${percent(interval[0] - 1)} … ${percent(interval[1] - 1)})` : '';
        const what = name === 'latencyMs' ? 'the latency' : name === 'firstByteMs' ? 'the time to the first byte' : named(name);
        reasons.push(`${what} grew by ${percent(ratio - 1)}${range}; ${percent(margin)} is allowed`);
    }
    return reasons;
}
function improvedReasons(facts) {
    const { suite } = facts.decision;
    if (facts.policy.mode === 'strict')
        return ['samples went from fail to pass, and none from pass to fail'];
    return suite ? [`the pass rate rose ${rateText(facts, suite)}`] : [];
}
function noChangeReason(facts) {
    const { decision, policy, options } = facts;
    const { suite, compared } = decision;
    if (policy.mode === 'strict')
        return `none of ${counted(compared, 'sample')} flipped from pass to fail`;
    const limit = Math.max(options.noChangeDrop, options.margin);
    const isWithinMargin = suite !== undefined && options.margin > 0 && suite.pWorse <= options.alphaSuite;
    const found = isWithinMargin
        ? `the pass rate fell within the tolerated margin: ${rateText(facts, suite)}`
        : 'no drop of the pass rate beyond chance was found';
    return `${found}; one of more than ${size(suite?.excludedDrop)} is excluded with 95 % confidence (the limit is ${size(limit)})`;
}
function doubts(facts) {
    const { decision, state, options, open } = facts;
    const { suite, compared, shared } = decision;
    if (!suite) {
        return [
            shared > 0
                ? `none of the ${counted(shared, 'shared sample')} has enough repeats with a verdict`
                : 'no sample of this run is in the baseline with the same content',
        ];
    }
    const reasons = [];
    if (suite.errors.isOn) {
        reasons.push(`the share of slots without a verdict rose by ${size(suite.errors.difference)}, which may hide failures`);
    }
    if (compared < options.minComparedShare * shared)
        reasons.push(`only ${compared} of ${counted(shared, 'shared sample')} could be compared`);
    if (open.length > 0)
        reasons.push(`${counted(open.length, 'suspicious sample')} not re-run yet: ${listed(open.map(named))}`);
    if (reasons.length === 0 && state.isComplete) {
        reasons.push(`too little was measured to tell: a drop of up to ${size(suite.excludedDrop)} is neither shown nor excluded, ${rateText(facts, suite)}`);
    }
    return reasons;
}
function limits({ status, decision, baselineRuns, state }) {
    const reasons = [];
    if (decision.suite && baselineRuns < 3) {
        reasons.push(`with ${counted(baselineRuns, 'baseline run')} this assumes that repeats are independent and that days do not differ; 3 runs would show whether they do`);
    }
    const counts = (name) => [...decision.classes.values()].filter((value) => value === name).length;
    const [fresh, gone] = [counts('new'), counts('removed')];
    if (status !== 'no-baseline' && fresh > 0)
        reasons.push(`${counted(fresh, 'sample')} new or changed, not compared`);
    if (gone > 0)
        reasons.push(`${counted(gone, 'sample')} of the baseline not in this run`);
    if (state.measuredSamples < state.samples)
        reasons.push(`${counted(state.samples - state.measuredSamples, 'sample')} without enough repeats with a verdict`);
    return reasons;
}
function rateText({ rates }, suite) {
    const sides = rates ? `${percent(rates.baseline)} → ${percent(rates.current)} ` : '';
    return `${sides}(${points(suite.change)}, 95 % interval ${pointsRange(suite.interval)})`;
}
/** `: 100.0 % → 58.3 %` of a slice's pass rate, `: 0.85 → 0.35` of a checker's mean score. */
function sidesOf(family, kind, name) {
    const slice = kind === 'slice' ? family.slices.find((one) => one.name === name) : undefined;
    if (slice?.baselineRate !== undefined && slice.rate !== undefined)
        return `: ${percent(slice.baselineRate)} → ${percent(slice.rate)}`;
    const checker = kind === 'checker' ? family.checkers.find((one) => one.name === name) : undefined;
    return checker?.baseline && checker.current ? `: ${checker.baseline.mean.toFixed(2)} → ${checker.current.mean.toFixed(2)}` : '';
}
/** 0.137 → `13.7 pp`, never below 0: the size of a drop. */
function size(drop = 0) {
    return points(Math.max(0, drop)).replace('+', '');
}

;// CONCATENATED MODULE: ./lib/compare/run-state.js

/** Summary of a run; an empty index gives zeros and is not complete. */
function runState(current, stopReason) {
    const repeats = plannedRepeats(current);
    const samples = [...current.samples.values()];
    const outcomes = { pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0 };
    let withVerdict = 0;
    let done = 0;
    let measuredSamples = 0;
    for (const sample of samples) {
        for (const slot of sample.slots)
            outcomes[slot.outcome]++;
        const first = firstStage(sample, repeats);
        const valid = countOf(first).repeats;
        withVerdict += valid;
        done += first.filter(({ outcome }) => outcome !== 'skipped').length;
        if (valid > 0 && valid * 2 >= repeats)
            measuredSamples++;
    }
    const planned = Math.max(current.header?.planned.slots ?? 0, samples.length * repeats);
    const stopped = stopReason ?? (current.end ? undefined : current.stop?.reason);
    const critical = samples.filter((sample) => sample.critical).map((sample) => ({ id: sample.id, ...allRepeats(sample) }));
    return {
        outcomes,
        withVerdict,
        planned,
        missing: planned - done,
        measuredSamples,
        samples: samples.length,
        ...(stopped === undefined ? {} : { stopReason: stopped }),
        isComplete: stopped === undefined && planned > 0 && done >= planned,
        criticalFailed: critical.filter(({ passes, repeats: valid }) => valid > 0 && passes * 2 <= valid).map(({ id }) => id),
        criticalUnknown: critical.filter(({ repeats: valid }) => valid === 0).map(({ id }) => id),
    };
}
/** Calls, tokens and money of this run; what no slot knows is left out. */
function costOf(current, judgeCalls) {
    const cost = { agentCalls: 0, judgeCalls };
    for (const sample of current.samples.values()) {
        for (const slot of sample.slots) {
            cost.agentCalls += slot.attempts;
            for (const key of ['inputTokens', 'outputTokens', 'costUsd']) {
                const value = slot[key];
                if (value !== undefined)
                    cost[key] = (cost[key] ?? 0) + value;
            }
        }
    }
    if (current.end)
        cost.agentCalls = current.end.totals.agentCalls;
    return cost;
}
function allRepeats(sample) {
    return countOf(sample.slots);
}

;// CONCATENATED MODULE: ./lib/records/policy.js
/** Baseline runs that a comparison pools at most: more say little more and reach further into the past. */
const maxPooledRuns = 5;

;// CONCATENATED MODULE: ./lib/compare/settle.js



const maxRepeats = 50;
/**
 * What would settle an inconclusive comparison if the change stays as it was seen, such as `12 repeats, or 3 more baseline runs`:
 * the cheapest numbers for which either the drop would be significant or a drop above the limit would be excluded. Where the
 * baseline's history shows noise that more repeats or samples do not average out, that part stays as it is.
 */
function settlement(suite, design, options) {
    const { change } = suite;
    const { samples, m, r, runs } = design;
    const toExclude = (Math.max(options.noChangeDrop, options.margin) + change) / normalQuantile(0.95);
    const toConvict = (-change - options.margin) / normalQuantile(1 - options.alphaSuite);
    const wanted = Math.max(toExclude, toConvict);
    if (!(wanted > 0))
        return 'more samples';
    const { sampling, movement } = variances(suite, design);
    const isEnough = (next) => sampling(next) + movement(next) <= wanted ** 2;
    const ways = [];
    for (let repeats = Math.floor(r) + 1; repeats <= maxRepeats; repeats++) {
        if (!isEnough({ m, r: repeats, runs }))
            continue;
        ways.push(`${repeats} repeats`);
        break;
    }
    const perRun = m / Math.max(1, runs);
    for (let more = 1; runs + more <= maxPooledRuns; more++) {
        if (!isEnough({ m: m + more * perRun, r, runs: runs + more }))
            continue;
        ways.push(`${more} more baseline run${more === 1 ? '' : 's'}`);
        break;
    }
    if (ways.length > 0)
        return ways.join(', or ');
    const left = wanted ** 2 - movement(design);
    if (left <= 0)
        return 'runs of both sides close in time, as the whole suite moves from run to run by more than such a drop';
    const needed = Math.max(samples + 1, Math.ceil((samples * sampling(design)) / left));
    return `about ${needed} samples instead of ${samples}`;
}
/** The variance of the change under another design: what repeats average out, and the movement of the whole suite between runs. */
function variances({ standardError, guard }, now) {
    const alike = ({ m, r }) => guard?.isOn ? correlationInflation({ rho: guard.rho, repeatsPerRun: guard.repeatsPerRun, m, newPerRun: r, r }) : 1;
    const plain = standardError ** 2 / (guard?.inflation ?? 1);
    const single = plain / (1 / now.m + 1 / now.r);
    const moved = (plain * Math.max(0, (guard?.inflation ?? 1) - alike(now))) / (1 + 1 / Math.max(1, now.runs));
    return {
        sampling: (next) => single * (1 / next.m + 1 / next.r) * alike(next),
        movement: ({ runs }) => moved * (1 + 1 / Math.max(1, runs)),
    };
}

;// CONCATENATED MODULE: ./lib/compare/weighted-score.js



/**
 * Mean score, 0..1, over samples and checkers, each mean of a sample's first-stage scores weighted by the sample's weight times
 * the checker's; unscored slots are left out. Both sides use today's weights and, where anything is on both sides, cover only
 * that, so that their difference is the change. `undefined` when nothing is scored, or when every weight is 1 and every score 0
 * or 1: then the checkers' means say it all. No part of the verdict.
 */
function weightedScore(current, pool) {
    const checkerWeights = new Map((current.header?.checkers ?? []).map(({ name, weight }) => [name, weight]));
    const cells = checkerNames(current).flatMap((name) => sampleValues(current, pool, (slot) => (0,run_index/* scoreIn */.OB)(slot, name)).map((values) => ({
        values,
        weight: (current.samples.get(values.id)?.weight ?? 1) * (checkerWeights.get(name) ?? 1),
    })));
    if (cells.every(({ values, weight }) => weight === 1 && isBinary(values)))
        return undefined;
    const paired = new Set(pairedValues(cells.map(({ values }) => values)));
    const used = paired.size > 0 ? cells.filter(({ values }) => paired.has(values)) : cells;
    const baseline = meanOfCells(used.map(({ values, weight }) => ({ values: values.baseline, weight })));
    const now = meanOfCells(used.map(({ values, weight }) => ({ values: values.current, weight })));
    return { ...(baseline === undefined ? {} : { baseline }), ...(now === undefined ? {} : { current: now }) };
}
function isBinary({ baseline, current }) {
    return [...baseline, ...current].every((value) => value === 0 || value === 1);
}
function meanOfCells(cells) {
    let sum = 0;
    let total = 0;
    for (const { values, weight } of cells) {
        const mean = meanOf(values);
        if (mean === undefined)
            continue;
        sum += weight * mean;
        total += weight;
    }
    // Scores are within 0..1; the clamp only removes what rounding adds.
    return total > 0 ? Math.min(1, Math.max(0, sum / total)) : undefined;
}

;// CONCATENATED MODULE: ./lib/compare/assess.js

















/**
 * The one verdict of a run against its baseline: numbers in, numbers and words out, the same for the same logs.
 * Never a pass for a run that is empty, partial, without verdicts or without a shared sample although a baseline exists.
 */
function assess(input) {
    const { current, pool, baseline, policy } = input;
    const counts = sampleCounts(current, pool);
    const state = runState(current, input.stopReason);
    const { pairs } = comparablePairs(counts, defaultDecideOptions);
    const options = optionsFor(policy, hasFamily(input, pairs));
    const decision = decide(counts, options);
    const inflation = decision.suite?.guard?.inflation ?? 1;
    const family = familyGate({ current, pool, pairs, policy, inflation });
    const metrics = metricEffects(current, pool, policy.latencyMargin);
    const slowMetrics = metrics.filter(({ isDecisive, assessment }) => isDecisive && assessment.effect === 'regressed');
    const strict = strictFindings(policy, pairs);
    const open = [...new Set([...(decision.suite?.openSuspects ?? []), ...strict.open])].sort();
    const status = assess_statusOf({ decision, family, isSlow: slowMetrics.length > 0, strict, open, hasBaseline: pool.length > 0, policy, options });
    const classes = classesOf({ status, decision, strict, open, counts, options });
    const rate = passRateInterval(counts.flatMap((count) => count.current ?? []));
    const settle = status === 'inconclusive' ? settleText({ decision, pairs, pool, open, options, state }) : undefined;
    const rates = ratesOf(pairs);
    const namedSamples = [...classes].filter(([, value]) => value === 'regressed').map(([id]) => id);
    const reasons = reasonsFor({
        ...{ status, decision, state, policy, options, family, slowMetrics, open, settle, rates },
        flipped: strict.flipped,
        named: namedSamples,
        passRate: rate?.rate,
        baselineRuns: pool.length,
        baselineReason: baseline.reason,
    });
    const mde = drop(pairs, options, inflation);
    const score = weightedScore(current, pool);
    return {
        schemaVersion: assessment/* assessmentSchemaVersion */.It,
        suite: current.header?.suite ?? '',
        verdict: {
            status,
            reasons,
            exitCode: exitCodeOf({ status, decision, state, policy, options, passRate: rate?.rate, flips: strict.flipped.length }),
            ...(mde === undefined ? {} : { minimalDetectableDrop: mde }),
            ...(decision.suite ? { excludedDrop: decision.suite.excludedDrop } : {}),
            complete: state.isComplete,
            gates: describeGates({ decision, options, family, repeats: meanRepeats(pairs), settle }),
        },
        run: describeRun(input, state),
        baseline,
        ...suiteEffectOf(decision, rates, pairs),
        ...(rate ? { passRate: rate.rate } : {}),
        ...(score ? { score } : {}),
        checkers: family.checkers,
        metrics: metrics.map(({ assessment }) => assessment),
        slices: family.slices,
        counts: tally(classes),
        outcomes: state.outcomes,
        samples: sampleRows({ current, pool, counts, classes, suite: decision.suite }),
        cost: costOf(current, input.judgeCalls ?? 0),
    };
}
function strictFindings(policy, pairs) {
    if (policy.mode !== 'strict')
        return { flipped: [], open: [], better: [] };
    const ids = (list) => list.map(({ id }) => id);
    const isOpen = ({ counts }) => policy.confirm && isDoubtful(counts) && (counts.confirmation?.repeats ?? 0) === 0;
    return {
        flipped: ids(pairs.filter((pair) => isFlipped(pair.counts) && !isOpen(pair))),
        open: ids(pairs.filter(isOpen)),
        better: ids(pairs.filter(({ b, m, y, r }) => b * 2 <= m && y === r)),
    };
}
function assess_statusOf(input) {
    const { decision, family, isSlow, strict, open, hasBaseline, policy, options } = input;
    if (!hasBaseline)
        return 'no-baseline';
    if (!decision.suite)
        return 'inconclusive';
    if (decision.status === 'regressed' || family.isRed || isSlow || strict.flipped.length > 0)
        return 'regressed';
    if (policy.mode !== 'strict')
        return decision.status;
    if (open.length > 0 || isUntrustworthy(decision, options))
        return 'inconclusive';
    return decision.status === 'improved' || strict.better.length > 0 ? 'improved' : 'no-change';
}
/** Too many errors, or too few of the shared samples compared. */
function isUntrustworthy({ suite, compared, shared }, options) {
    return suite === undefined || suite.errors.isOn || compared < options.minComparedShare * shared;
}
function classesOf(input) {
    const { status, decision, strict, open, counts, options } = input;
    const classes = new Map(decision.classes);
    if (!decision.suite)
        for (const count of counts)
            if (count.current && isMeasured(count) && !classes.has(count.id))
                classes.set(count.id, 'new');
    if (status === 'regressed') {
        for (const [id, adjusted] of decision.suite?.adjusted ?? [])
            if (adjusted <= options.alphaName)
                classes.set(id, 'regressed');
    }
    for (const id of strict.better)
        classes.set(id, 'fixed');
    for (const id of open)
        classes.set(id, 'suspect');
    for (const id of strict.flipped)
        classes.set(id, 'regressed');
    return classes;
}
/** 1 for a finding that fails, 3 for a run that cannot pass, else 0. */
function exitCodeOf(input) {
    const { status, decision, state, policy, options, passRate, flips } = input;
    const isBelow = policy.minPassRate !== undefined && passRate !== undefined && passRate < policy.minPassRate;
    const isWorse = status === 'regressed' && policy.failOn.includes('regressed');
    if (isWorse || isBelow || flips > 0 || state.criticalFailed.length > 0)
        return errors/* ExitCode */.yU.regression;
    const isPartial = !state.isComplete || state.withVerdict === 0 || state.criticalUnknown.length > 0;
    const isThin = state.measuredSamples < options.minComparedShare * state.samples;
    const isUnmatched = status === 'inconclusive' && isUntrustworthy(decision, options);
    if (isPartial || isThin || isUnmatched)
        return errors/* ExitCode */.yU.incomplete;
    return policy.failOn.some((reason) => reason === status) ? errors/* ExitCode */.yU.regression : errors/* ExitCode */.yU.pass;
}
function settleText(input) {
    const { decision, pairs, pool, open, options, state } = input;
    const { suite } = decision;
    if (!state.isComplete)
        return 'a complete run';
    if (!suite && decision.shared === 0)
        return 'a baseline run with these samples';
    if (!suite)
        return state.outcomes.unscored > state.outcomes.error ? 'a run whose answers the checkers can score' : 'a run in which the agent answers';
    if (suite.errors.isOn || isUntrustworthy(decision, options))
        return 'a run without these errors';
    if (open.length > 0)
        return 'the confirmation re-runs of the suspicious samples';
    const { baseline: m, current: r } = meanRepeats(pairs);
    return settlement(suite, { samples: pairs.length, m, r, runs: pool.length }, options);
}
/** With a margin gate A needs the drop to exceed it as well. */
function drop(pairs, options, inflation) {
    const found = detectableDrop(pairs, { r: meanRepeats(pairs).current, alpha: options.alphaSuite, inflation });
    return found === undefined ? undefined : Math.min(1, found + options.margin);
}
function meanRepeats(pairs) {
    return { baseline: meanOf(pairs.map(({ m }) => m)) ?? 0, current: meanOf(pairs.map(({ r }) => r)) ?? 0 };
}
function ratesOf(pairs) {
    const baseline = meanOf(pairs.map(({ b, m }) => b / m));
    const current = meanOf(pairs.map(({ y, r }) => y / r));
    if (baseline === undefined || current === undefined)
        return undefined;
    return { baseline: Math.min(1, baseline), current: Math.min(1, current) };
}
function suiteEffectOf({ suite }, rates, pairs) {
    if (!suite || !rates)
        return {};
    const own = passRateInterval(pairs.map(({ y, r }) => ({ passes: y, repeats: r })));
    return {
        suiteEffect: {
            baselineRate: rates.baseline,
            rate: rates.current,
            ...(own ? { rateInterval: own.interval } : {}),
            change: suite.change,
            interval: suite.interval,
            pWorse: stored(suite.pWorse),
            pBetter: stored(suite.pBetter),
        },
    };
}
function describeRun({ current }, state) {
    const { header, end } = current;
    const agent = header && (header.agent.endpoint ?? header.agent.type);
    return {
        ...(header ? { runId: header.runId, startedAt: header.startedAt } : {}),
        ...(header?.git?.sha === undefined ? {} : { sha: header.git.sha }),
        ...(end ? { durationMs: end.durationMs } : {}),
        ...(agent === undefined ? {} : { agent }),
        repeats: plannedRepeats(current),
        ...(state.stopReason === undefined ? {} : { stopReason: state.stopReason }),
    };
}
function tally(classes) {
    const counts = {
        regressed: 0,
        suspect: 0,
        fixed: 0,
        flaky: 0,
        'stable-pass': 0,
        'stable-fail': 0,
        errored: 0,
        new: 0,
        removed: 0,
    };
    for (const value of classes.values())
        counts[value]++;
    return counts;
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./lib/io/clock.js

/** The machine's clock: wall time for records, monotonic time for durations and limits. */
const systemClock = {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    async sleep(ms, signal) {
        if (signal?.aborted)
            return;
        try {
            await (0,promises_.setTimeout)(Math.max(0, ms), undefined, { signal });
        }
        catch {
            // An aborted sleep ends early; the sleeper looks at its signal.
        }
    },
};

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
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
var external_node_crypto_ = __webpack_require__(77598);
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
var io_files = __webpack_require__(8315);
// EXTERNAL MODULE: ./lib/io/run-log-scan.js
var run_log_scan = __webpack_require__(16162);
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
        await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
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
    const temporary = (0,io_files/* temporaryPath */.l5)(path);
    return guard(path, async () => {
        let fd;
        try {
            fd = (0,external_node_fs_.openSync)(temporary, 'wx');
            const size = writeAll(fd, line, 0);
            (0,external_node_fs_.fdatasyncSync)(fd);
            if (await holdsAnswers(path))
                await (0,external_node_fs_promises_.rename)(path, (0,external_node_path_.join)((0,external_node_path_.dirname)(path), previousRunLogName));
            await (0,external_node_fs_promises_.rename)(temporary, path);
            await (0,io_files/* syncFolder */.Yw)((0,external_node_path_.dirname)(path));
            (0,run_index/* foldRecord */.jo)(index, header);
            return { fd, index, size };
        }
        catch (error) {
            if (fd !== undefined)
                (0,external_node_fs_.closeSync)(fd);
            await (0,external_node_fs_promises_.unlink)(temporary).catch(() => { });
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
    for await (const chunk of (0,io_files/* readByteChunks */.N0)(path)) {
        const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
        if (text.includes(mark))
            return true;
        tail = text.slice(-mark.length);
    }
    return false;
}
async function exists(path) {
    return (0,external_node_fs_promises_.stat)(path).then(() => true, () => false);
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

// EXTERNAL MODULE: ./lib/run/core/redact.js + 1 modules
var redact = __webpack_require__(58758);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(34561);
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

;// CONCATENATED MODULE: ./lib/baseline/compatible.js
/** Which parts of the two runs' fingerprints differ. */
function compareFingerprints(current, other) {
    return {
        call: differingKeys(current.fingerprints.call, other.fingerprints.call),
        score: differingKeys(current.fingerprints.score, other.fingerprints.score),
    };
}
/** Whether the other run asked this sample the same question and measured the answer against another expectation. */
function expectsElse(sample, other) {
    const past = other.samples.get(sample.id);
    return past !== undefined && past.hash === sample.hash && past.scoreHash !== sample.scoreHash;
}
function differingKeys(a, b) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].filter((name) => own(a, name) !== own(b, name)).sort();
}
/** Own keys only: the names come from a file. */
function own(record, name) {
    return Object.hasOwn(record, name) ? record[name] : undefined;
}

;// CONCATENATED MODULE: ./lib/baseline/pool.js


/**
 * The runs that a comparison pools, newest first: the last five at most that are complete, of the same suite and of the current
 * epoch, which begins where what the agent is asked or how last changed. `notes` says in words which runs were left out and why.
 * No usable run: an empty pool.
 */
function choosePool(current, candidates) {
    const pool = [];
    const notes = [];
    const seen = new Set([current.runId]);
    for (const candidate of candidates) {
        if (pool.length === maxPooledRuns)
            break;
        const { header } = candidate;
        const obstacle = obstacleOf(candidate, current, seen);
        if (obstacle !== undefined || !header) {
            notes.push(`${nameOf(candidate)} was left out: ${obstacle}`);
            continue;
        }
        seen.add(header.runId);
        const newest = pool[0]?.header;
        const differing = newest ? compareFingerprints(newest, header).call : [];
        if (differing.length > 0) {
            notes.push(`${nameOf(candidate)} and older runs were left out: asked differently than the newest baseline run (${differing.join(', ')})`);
            break;
        }
        pool.push(candidate);
    }
    return { pool, notes };
}
function obstacleOf({ header, end, samples }, current, seen) {
    if (!header)
        return 'it has no run header';
    if (header.suite !== current.suite)
        return `it is a run of the suite "${header.suite}"`;
    if (header.runId === current.runId)
        return 'it is the run that is being compared';
    if (seen.has(header.runId))
        return 'it is listed twice';
    if (!end)
        return 'it is incomplete';
    if (samples.size === 0)
        return 'it has no samples';
    if (end.totals.pass + end.totals.fail === 0)
        return 'none of its slots has a verdict';
    return undefined;
}
function nameOf({ header, source }) {
    const sha = header?.git?.sha;
    return sha === undefined ? `baseline run ${header?.runId ?? source}` : `baseline run of ${sha.slice(0, 7)}`;
}

// EXTERNAL MODULE: ./lib/records/trajectory.js
var records_trajectory = __webpack_require__(45609);
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
var records_score = __webpack_require__(98976);
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

;// CONCATENATED MODULE: ./lib/run/core/slots.js

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
        if (!sample || !options.index.pending.has((0,run_index/* slotKey */.q8)(sample.id, response.epoch)))
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

;// CONCATENATED MODULE: ./lib/pipeline/slots.js



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
    yield* planAnswered({ responses: (0,run_log_file/* readResponses */.FP)(runLog), samples: await samplesById(samples), index });
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
    return !(sample && (0,run_index/* slotAt */.UP)(sample, epoch)) && (index.pending.size === 0 || !index.pending.has((0,run_index/* slotKey */.q8)(id, epoch)));
}

;// CONCATENATED MODULE: ./lib/pipeline/rescore.js





/**
 * Writes a run log with the recorded answers of another and the scores of today's checkers; nothing is asked.
 * Answers of samples that the suite no longer has are left out of `to`, as are their sample records.
 */
async function rescoreRunLog({ from, to, suite }) {
    const samples = await samplesById(suite.samples);
    const redactor = (0,redact/* createRedactor */.l)(suite.config.secrets);
    let journal;
    const counts = { slots: 0, leftOut: 0 };
    try {
        for await (const record of (0,run_log_file/* readRunLog */.w3)(from)) {
            if (record.type === 'run') {
                journal = await openJournal({ path: to, resume: false, redactor, header: scoredToday(record, suite) });
                continue;
            }
            if (!journal)
                continue;
            if (record.type === 'sample') {
                const sample = samples.get(record.sample);
                // A sample that asks something else today cannot be scored with today's expectation.
                if (sample?.hash === record.hash)
                    journal.append({ ...record, scoreHash: sample.scoreHash });
                else
                    samples.delete(record.sample);
            }
            else if (record.type === 'response') {
                const sample = samples.get(record.sample);
                if (!sample) {
                    counts.leftOut += 1;
                    continue;
                }
                await scoreRecorded(record, sample, suite, journal);
                counts.slots += 1;
            }
            else if (record.type === 'end' || record.type === 'stop') {
                journal.append(record);
            }
        }
    }
    finally {
        await journal?.close();
    }
    return counts;
}
function scoredToday(header, suite) {
    const { checksums, crc, ...rest } = header;
    void checksums;
    void crc;
    const today = suite.header(undefined, new Date(0));
    return { ...rest, fingerprints: { ...header.fingerprints, score: suite.fingerprints.score }, checkers: today.checkers };
}
async function scoreRecorded(record, sample, suite, journal) {
    journal.append(record);
    const slot = { sample: record.sample, epoch: record.epoch };
    if (!record.trajectory) {
        journal.append({ type: 'done', ...slot, outcome: 'error', attempts: record.attempt });
        return;
    }
    const { scores, outcome } = await scoreSlot({ sample, trajectory: record.trajectory, epoch: record.epoch, checkers: suite.checkersOf(sample) });
    for (const { checker, fingerprint, score } of scores)
        journal.append({ type: 'score', ...slot, checker, fingerprint, ...score });
    journal.append({ type: 'done', ...slot, outcome, attempts: record.attempt });
}

;// CONCATENATED MODULE: ./lib/pipeline/load-baseline.js







/**
 * Reads, pools and, where the checkers differ, re-scores the found run logs. Copies and re-scored logs go to `folder`.
 * @throws ToolError when a run that the user named cannot be read; one that was searched for is left out with a note.
 */
async function loadBaseline(found, run) {
    const notes = [...(found.info.notes ?? [])];
    const candidates = [];
    for (const path of found.runLogs) {
        try {
            candidates.push(await (0,run_log_file/* readRunIndex */.su)(await keepCopy(path, run)));
        }
        catch (error) {
            if (found.info.kind === 'path' || !(error instanceof errors/* ToolError */.v4))
                throw error;
            notes.push(`${path} was left out: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
    const chosen = choosePool(run.header, candidates);
    notes.push(...chosen.notes);
    const pool = [];
    for (const [number, index] of chosen.pool.entries()) {
        pool.push(await measuredAlike(index, number, run, notes));
    }
    if (pool.length === 0 && found.info.kind === 'path')
        throw unusable(notes);
    if (run.suite)
        leaveOut(run.suite, pool, notes);
    const info = describe(found, pool, notes);
    return { info, pool, comparison: { baseline: info, pool } };
}
/** The run that is about to start writes to its output folder: a baseline that lies there is copied away first. */
async function keepCopy(path, { folder, outputLog }) {
    if (outputLog === undefined || (0,external_node_path_.resolve)(path) !== (0,external_node_path_.resolve)(outputLog))
        return path;
    await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
    const copy = (0,external_node_path_.join)(folder, 'previous-run.jsonl');
    await (0,external_node_fs_promises_.copyFile)(path, copy);
    return copy;
}
async function measuredAlike(index, number, run, notes) {
    if (!index.header)
        return index;
    const differing = compareFingerprints(run.header, index.header);
    if (number === 0 && differing.call.length > 0)
        notes.push(`asked differently than the baseline: ${differing.call.join(', ')}`);
    if (!run.suite) {
        if (differing.score.length > 0)
            notes.push(`scored differently than the baseline (${differing.score.join(', ')}); give --config to re-score it`);
        return index;
    }
    const samples = await changedExpectations(run.suite, index);
    if (differing.score.length === 0 && samples === 0)
        return index;
    await (0,external_node_fs_promises_.mkdir)(run.folder, { recursive: true });
    const path = (0,external_node_path_.join)(run.folder, `rescored-${number + 1}.jsonl`);
    const { slots } = await rescoreRunLog({ from: index.source, to: path, suite: run.suite });
    const what = differing.score.length > 0
        ? `checkers differ (${differing.score.join(', ')})`
        : `expectations of ${samples} sample${samples === 1 ? '' : 's'} differ`;
    run.onEvent({ kind: 'rescored', slots, reason: `of the baseline: ${what}` });
    notes.push(`baseline run ${number + 1}: ${what}; its ${slots} recorded answers were scored again with today's checkers`);
    return (0,run_log_file/* readRunIndex */.su)(path);
}
/** Samples that ask the same question and expect another answer. */
async function changedExpectations(suite, index) {
    let count = 0;
    for await (const sample of suite.samples.stream()) {
        if (expectsElse(sample, index))
            count += 1;
    }
    return count;
}
/** A baseline that was named and cannot serve is a mistake, never "no baseline". */
function unusable(notes) {
    return new errors/* ToolError */.v4({
        code: 'baseline-unusable',
        message: `no named baseline can be used: ${notes.join('; ')}`,
        remedy: 'name a finished run of the same suite, or compare with nothing: --baseline none',
    });
}
/** Samples that this run was told to leave out (filter, limit, offset) are not removed ones. */
function leaveOut(suite, pool, notes) {
    const { count, total, isLeftOut } = suite.samples;
    if (count === total)
        return;
    for (const index of pool) {
        for (const id of index.samples.keys())
            if (isLeftOut(id))
                index.samples.delete(id);
    }
    notes.push(`only ${count} of the ${total} samples were chosen for this run; the others are left out on both sides`);
}
function describe(found, pool, notes) {
    const [newest] = pool;
    const finished = newest?.end?.at ?? newest?.header?.startedAt;
    const info = { ...found.info, runs: pool.length };
    const { sha, ref } = newest?.header?.git ?? {};
    if (info.sha === undefined && sha !== undefined)
        info.sha = sha;
    if (info.ref === undefined && ref !== undefined)
        info.ref = ref;
    if (info.ageHours === undefined && finished !== undefined)
        info.ageHours = Math.max(0, (Date.now() - Date.parse(finished)) / 3_600_000);
    if (pool.length === 0 && found.info.kind !== 'none') {
        info.kind = 'none';
        info.reason = notes.at(-1) ?? 'no usable run';
    }
    if (notes.length > 0)
        info.notes = notes;
    return info;
}

// EXTERNAL MODULE: ./lib/agents/registry.js + 19 modules
var registry = __webpack_require__(26086);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(53339);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/errors.js
var core_errors = __webpack_require__(37428);
// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(97374);
// EXTERNAL MODULE: ./lib/registry.js
var lib_registry = __webpack_require__(70244);
// EXTERNAL MODULE: ./lib/checkers/parts/path.js
var parts_path = __webpack_require__(96418);
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
        throw invalid([{ field: 'type', message: `unknown checker "${type}"`, remedy: (0,lib_registry/* unknownNameRemedy */.Yk)(type, registry.types) }]);
    const definition = registry.get(type);
    if (definition.runsCode) {
        const remedy = 'list it under "checkers" of the config, where code review sees it';
        throw invalid([{ field: 'type', message: `a sample cannot bring a "${type}" checker, because it runs code`, remedy }]);
    }
    const common = CommonKeys.safeParse({ name, required, weight, not });
    const options = definition.options.safeParse(own);
    const issues = [...(common.error?.issues ?? []), ...(options.error?.issues ?? [])];
    if (!common.success || !options.success) {
        throw invalid(issues.map((issue) => ({ field: core_errors/* toDotPath */.sR(issue.path), message: issue.message })));
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
    return { name, type, required, weight, fingerprint, isPure: definition.isPure ?? true, check: compile_guard(check, not) };
}
function digestFile(path, ports) {
    if (!ports.fileDigest)
        return null;
    try {
        return ports.fileDigest((0,parts_path/* pathFrom */.I)(ports.baseDir, path));
    }
    catch (error) {
        const message = `the file ${JSON.stringify(path)} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`;
        throw invalid([{ field: 'path', message, remedy: 'name a file, relative to the config file' }]);
    }
}
function compile_guard(check, not) {
    return async (input) => {
        try {
            const score = sound(await check(input));
            return not ? invert(score) : score;
        }
        catch (error) {
            return (0,records_score/* unscored */.c7)(`the checker failed: ${(0,errors/* messageOf */.bD)(error).slice(0, 300)}`);
        }
    };
}
function sound(score) {
    if (score.kind === 'unscored')
        return score;
    const values = [score.value, ...(score.perTurn ?? [])];
    if (values.every((value, index) => (value === null && index > 0) || compile_isShare(value)))
        return score;
    return (0,records_score/* unscored */.c7)(`the checker gave the value ${String(score.value)}, which is not in 0..1`);
}
function compile_isShare(value) {
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
    if (!(error instanceof errors/* ToolError */.v4))
        throw error;
    const own = { field, message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
    return error.problems.length === 0
        ? [own]
        : error.problems.map((problem) => ({ ...problem, field: problem.field ? `${field}.${problem.field}` : field }));
}
function invalid(problems, what = 'a checker cannot work') {
    const first = problems[0];
    return new errors/* ToolError */.v4({
        code: 'checker-invalid',
        message: first ? `${what}: ${first.message}` : what,
        ...(first?.remedy === undefined ? {} : { remedy: first.remedy }),
        problems,
    });
}

// EXTERNAL MODULE: ./lib/checkers/registry.js + 29 modules
var checkers_registry = __webpack_require__(94367);
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
var modules = __webpack_require__(12969);
// EXTERNAL MODULE: ./lib/records/run-log.js
var run_log = __webpack_require__(89380);
// EXTERNAL MODULE: ./lib/template.js
var template = __webpack_require__(94933);
;// CONCATENATED MODULE: ./lib/version.js
/** Kept equal to package.json by a test. */
const version = '0.1.0';

// EXTERNAL MODULE: ./lib/datasets/registry.js + 7 modules
var datasets_registry = __webpack_require__(42469);
// EXTERNAL MODULE: ./lib/datasets/parts/problem.js
var problem = __webpack_require__(79219);
// EXTERNAL MODULE: ./lib/records/sample.js
var sample = __webpack_require__(98006);
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
        const [near] = (0,lib_registry/* nearestNames */.LE)(key, sample/* sampleKeys */.nu);
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
    const chosen = select_choose(scan.matching, options);
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
        if (!(error instanceof errors/* ToolError */.v4) || error.code !== 'dataset-invalid')
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
function select_choose(matching, { seed, offset, limit }) {
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
    return new errors/* ToolError */.v4({
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
    throw new errors/* ToolError */.v4({
        code: 'dataset-invalid',
        message: count === 1 ? 'the dataset has a problem' : `the dataset has ${count} problems${more}`,
        problems: first ? problems : [],
    });
}
function emptyError(sources, scan, options) {
    const files = sources.map((source) => source.file).join(', ');
    if (scan.total === 0)
        return new errors/* ToolError */.v4({ code: 'dataset-empty', message: `${files}: no samples`, remedy: 'add at least one row, such as {"input": "…"}' });
    if (scan.matching.length === 0) {
        const wanted = [...(options.where?.ids ?? []), ...(options.where?.any ?? [])];
        const unknown = wanted.find((id) => !scan.ids.has(id));
        const near = unknown === undefined ? [] : (0,lib_registry/* nearestNames */.LE)(unknown, [...scan.ids.keys(), ...scan.tags]);
        return new errors/* ToolError */.v4({
            code: 'dataset-empty',
            message: `none of the ${scan.total} samples matches the filter`,
            remedy: near.length > 0 ? `did you mean ${near.map((id) => `"${id}"`).join(' or ')}?` : 'check the tags and ids of --filter or samples.where',
        });
    }
    return new errors/* ToolError */.v4({
        code: 'dataset-empty',
        message: `offset ${options.offset} and limit ${options.limit ?? 'none'} leave none of the ${scan.matching.length} samples`,
        remedy: 'lower --offset or raise --limit',
    });
}

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
    const { glob } = await __webpack_require__.e(/* import() */ 382).then(__webpack_require__.bind(__webpack_require__, 73382));
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
    return new errors/* ToolError */.v4({
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
    throw new errors/* ToolError */.v4({
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
            tool: version.split('.')[0] ?? '0',
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
        toolVersion: version,
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

// EXTERNAL MODULE: ./lib/pipeline/output-folder.js
var output_folder = __webpack_require__(94410);
// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/word.js + 1 modules
var word = __webpack_require__(75367);
// EXTERNAL MODULE: ./lib/records/representative.js
var representative = __webpack_require__(24357);
;// CONCATENATED MODULE: ./lib/compare/explain-tool-calls.js



/** What changed in the tool calls, most telling first; see `explainChanges` for the form. Empty when nothing did. */
function explainToolCalls({ before, now, baseline, current }) {
    if (!baseline?.trajectory || !current?.trajectory)
        return [];
    const old = (0,records_trajectory/* toolCallsOf */.Ve)(baseline.trajectory);
    const fresh = (0,records_trajectory/* toolCallsOf */.Ve)(current.trajectory);
    const missing = namesOf(old).filter((name) => callShare(before, name) > 0.5 && callShare(now, name) < 0.5);
    const added = namesOf(fresh).filter((name) => callShare(now, name) > 0.5 && callShare(before, name) < 0.5);
    const shared = namesOf(old).filter((name) => fresh.some((call) => call.name === name));
    const told = [
        ...(missing.length > 0 ? [`no longer calls ${explain_tool_calls_listed(missing)}`] : []),
        ...(added.length > 0 ? [`now calls ${explain_tool_calls_listed(added)}`] : []),
        ...shared.flatMap((name) => newError(name, old, fresh)),
        ...shared.flatMap((name) => countChange(name, old, fresh)),
        ...shared.flatMap((name) => argumentChange(name, old, fresh)),
    ];
    return told.length > 0 ? told : orderChange(old, fresh);
}
function namesOf(calls) {
    return [...new Set(calls.map((call) => call.name))];
}
/** Share of the slots that call the tool at all. */
function callShare(slots, name) {
    const answered = slots.filter((slot) => slot.trajectory);
    const calling = answered.filter((slot) => slot.trajectory && (0,records_trajectory/* toolCallsOf */.Ve)(slot.trajectory).some((call) => call.name === name));
    return answered.length === 0 ? 0 : calling.length / answered.length;
}
function newError(name, old, fresh) {
    const failed = fresh.find((call) => call.name === name && call.isError === true);
    if (!failed || old.some((call) => call.name === name && call.isError === true))
        return [];
    return [`${named(name)} returns an error${failed.result === undefined ? '' : ` ${valueText(failed.result)}`}`];
}
function countChange(name, old, fresh) {
    const before = old.filter((call) => call.name === name).length;
    const after = fresh.filter((call) => call.name === name).length;
    return before === after ? [] : [`calls ${named(name)} ${times(after)} instead of ${times(before)}`];
}
/** The first argument that differs in the first call that differs; nothing when the number of calls differs already. */
function argumentChange(name, old, fresh) {
    const before = old.filter((call) => call.name === name);
    const after = fresh.filter((call) => call.name === name);
    if (before.length !== after.length)
        return [];
    for (const [index, call] of after.entries()) {
        const was = before[index]?.args;
        if ((0,json/* canonicalJson */.dj)(was) === (0,json/* canonicalJson */.dj)(call.args))
            continue;
        return [`${named(name)} ${argumentText(was, call.args)}`];
    }
    return [];
}
function argumentText(before, after) {
    if (!isObject(before) || !isObject(after))
        return `gets ${valueText(after)} instead of ${valueText(before)}`;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = keys.find((key) => (0,json/* canonicalJson */.dj)(before[key]) !== (0,json/* canonicalJson */.dj)(after[key])) ?? '';
    if (!Object.hasOwn(after, changed))
        return `no longer gets ${named(changed)}`;
    if (!Object.hasOwn(before, changed))
        return `also gets ${named(changed)} ${valueText(after[changed])}`;
    return `gets ${named(changed)} ${valueText(after[changed])} instead of ${valueText(before[changed])}`;
}
function orderChange(old, fresh) {
    const index = fresh.findIndex((call, position) => call.name !== old[position]?.name);
    const [call, was] = [fresh[index], old[index]];
    return call && was ? [`calls ${named(call.name)} before ${named(was.name)}`] : [];
}
function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function valueText(value) {
    if (value === undefined)
        return 'nothing';
    if (typeof value === 'number' || typeof value === 'boolean' || value === null)
        return String(value);
    return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}
function times(count) {
    return count === 0 ? 'never' : count === 1 ? 'once' : `${count}×`;
}
function explain_tool_calls_listed(names) {
    const shown = names.slice(0, 3).map(named);
    const rest = names.length - shown.length;
    if (rest > 0)
        return `${shown.join(', ')} and ${rest} more`;
    return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

;// CONCATENATED MODULE: ./lib/compare/explain.js





/** Sentences at most; a table cell holds no more. */
const maxSentences = 3;
/** Characters of an output that are compared: enough for a first difference, and bounded. */
const maxCompared = 4000;
/** A change of a mean score, 0..1, below which nothing is said. */
const minScoreFall = 0.05;
/**
 * What changed between the baseline and the current run of one sample, in words, most telling first, at most three
 * phrases without a full stop. Names stand between backticks and quotations between double quotes, at most 80 characters
 * on one line; marks inside them are replaced, apart from that the text is raw and must be escaped where it is shown.
 * Empty when nothing was recorded or nothing differs. The same evidence gives the same phrases.
 */
function explainChanges(evidence) {
    const pair = (0,representative/* representativePair */.G)(evidence);
    const output = explainOutput(pair);
    const scores = explainScores(evidence, pair).slice(0, 1);
    const told = [
        ...explainErrors(evidence),
        ...(evidence.baseline.length > 0 ? explainToolCalls(pair).slice(0, 2) : []),
        ...(output.length > 0 ? scores.map(withoutOutput) : scores),
        ...output,
    ];
    return (told.length > 0 ? told : explainLatency(pair)).slice(0, maxSentences);
}
const failures = {
    timeout: 'timed out',
    'rate-limited': 'hit a rate limit',
    refused: 'found the connection refused',
    unreachable: 'did not reach the agent',
    reset: 'lost the connection',
    'no-recording': 'have no recording',
    aborted: 'were stopped',
};
/** Errors that the baseline did not have to the same extent; the most frequent kind speaks. */
function explainErrors({ baseline, current }) {
    const errors = current.filter((slot) => slot.error);
    if (errors.length === 0 || errorShare(baseline) >= errorShare(current))
        return [];
    const byKind = new Map();
    for (const slot of errors)
        byKind.set(errorKind(slot), [...(byKind.get(errorKind(slot)) ?? []), slot]);
    const [[kind, slots] = ['', []]] = [...byKind].sort(([, a], [, b]) => b.length - a.length);
    const error = slots[0]?.error;
    const what = Object.hasOwn(failures, kind)
        ? failures[kind]
        : error?.status === undefined
            ? 'gave no usable answer'
            : `answered HTTP ${error.status}`;
    const detail = Object.hasOwn(failures, kind) || !error?.message ? '' : `: ${quoted(error.message)}`;
    return [`${slots.length} of ${current.length} repeats ${what}${detail}`];
}
function errorShare(slots) {
    return slots.length === 0 ? 0 : slots.filter((slot) => slot.error).length / slots.length;
}
function errorKind(slot) {
    return slot.error ? `${slot.error.kind}` : '';
}
/** The checkers whose mean moved, the largest fall of the pass share first, with the reason of a failing slot. */
function explainScores({ baseline, current }, { now, current: representative }) {
    const names = [...new Set(current.flatMap((slot) => slot.scores.map(({ checker }) => checker)))];
    const changes = names.flatMap((checker) => {
        const before = explain_meanScore(baseline, checker);
        const after = explain_meanScore(current, checker);
        if (!after || !before)
            return [];
        const reason = reasonOf(representative ? [representative, ...now] : now, checker);
        return [{ checker, before: before.value, now: after.value, passedBefore: before.pass, passNow: after.pass, reason }];
    });
    const said = changes
        .filter((change) => change.passedBefore - change.passNow >= minScoreFall || change.before - change.now >= minScoreFall)
        .sort((a, b) => b.passedBefore - b.passNow - (a.passedBefore - a.passNow) || b.before - b.now - (a.before - a.now))
        .map(scoreSentence);
    return said.length > 0 ? said : unscoredSentences(current, baseline);
}
function scoreSentence(change) {
    const reason = change.reason === '' ? '' : `: ${quoted(change.reason)}`;
    if (change.passedBefore - change.passNow < minScoreFall) {
        return `${named(change.checker)} falls from ${change.before.toFixed(2)} to ${change.now.toFixed(2)}${reason}`;
    }
    return `${named(change.checker)} ${change.passNow === 0 ? 'fails' : 'fails more often'}${reason}`;
}
/** A checker's reason may quote the output, which the next phrase does too. */
function withoutOutput(phrase) {
    return phrase.replace(/; it says '[^"]*"$/, '"');
}
function explain_meanScore(slots, checker) {
    const scores = slots.flatMap((slot) => slot.scores.filter((entry) => entry.checker === checker).map(({ score }) => score));
    const scored = scores.filter((score) => score.kind === 'scored');
    if (scored.length === 0)
        return undefined;
    const value = scored.reduce((sum, score) => sum + score.value, 0) / scored.length;
    return { value, pass: scored.filter((score) => score.pass).length / scored.length };
}
function reasonOf(slots, checker) {
    for (const slot of slots) {
        const score = slot.scores.find((entry) => entry.checker === checker)?.score;
        if (score?.kind === 'scored' && !score.pass)
            return score.reason;
    }
    return '';
}
function unscoredSentences(current, baseline) {
    const isUnscored = (slot) => slot.scores.some(({ score }) => score.kind === 'unscored');
    if (baseline.some(isUnscored))
        return [];
    const found = current.flatMap((slot) => slot.scores).find(({ score }) => score.kind === 'unscored');
    return found ? [`${named(found.checker)} could not score: ${quoted(found.score.reason)}`] : [];
}
/** The first difference of the two outputs that a person would point at. */
function explainOutput({ baseline, current }) {
    if (!baseline?.trajectory || !current?.trajectory)
        return [];
    const before = (0,records_trajectory/* outputOf */.jH)(baseline.trajectory).trim().slice(0, maxCompared);
    const now = (0,records_trajectory/* outputOf */.jH)(current.trajectory).trim().slice(0, maxCompared);
    if (before === now)
        return [];
    if (now === '')
        return ['says nothing'];
    const replaced = singleReplacement(before, now);
    if (replaced)
        return [`says ${quoted(replaced.now)} instead of ${quoted(replaced.before)}`];
    const said = firstNewSentence(now, before);
    if (said !== undefined)
        return [`says ${quoted(said)}`];
    const dropped = firstNewSentence(before, now);
    return [dropped === undefined ? 'says the same in another order' : `no longer says ${quoted(dropped)}`];
}
/** When the texts differ in one short place only, such as a number. */
function singleReplacement(before, now) {
    const parts = (0,word/* diffWordsWithSpace */.pR)(before, now, { maxEditLength: 4 });
    if (!parts)
        return undefined;
    const removed = parts.filter((part) => part.removed);
    const added = parts.filter((part) => part.added);
    const [from, to] = [removed[0]?.value.trim(), added[0]?.value.trim()];
    const isShared = parts.some((part) => !part.removed && !part.added && /[\p{L}\p{N}]/u.test(part.value));
    if (!isShared || removed.length !== 1 || added.length !== 1 || !from || !to)
        return undefined;
    return from.length <= 40 && to.length <= 40 ? { before: from, now: to } : undefined;
}
function firstNewSentence(text, other) {
    const known = new Set(sentencesOf(other).map(sentenceKey));
    return sentencesOf(text).find((sentence) => sentenceKey(sentence) !== '' && !known.has(sentenceKey(sentence)));
}
function sentencesOf(text) {
    return text.split(/(?<=[.!?。!?])\s+|\n+|(?<=[。!?])/u).map((sentence) => sentence.trim());
}
function sentenceKey(sentence) {
    return sentence.toLowerCase().replace(/\s+/g, ' ');
}
/** Only where the median at least grew or shrank by half and by 200 ms. */
function explainLatency({ before, now }) {
    const [from, to] = [medianLatency(before), medianLatency(now)];
    if (from === undefined || to === undefined || Math.abs(to - from) < 200)
        return [];
    return to >= from * 1.5 || from >= to * 1.5 ? [`takes ${seconds(to)} instead of ${seconds(from)}`] : [];
}
function medianLatency(slots) {
    const values = slots.flatMap((slot) => slot.trajectory?.latencyMs ?? []).sort((a, b) => a - b);
    return values[Math.floor((values.length - 1) / 2)];
}
function seconds(ms) {
    return `${(ms / 1000).toFixed(1)} s`;
}

// EXTERNAL MODULE: ./lib/reporters/parts/view.js + 4 modules
var parts_view = __webpack_require__(44911);
// EXTERNAL MODULE: ./lib/reporters/registry.js + 17 modules
var reporters_registry = __webpack_require__(14579);
;// CONCATENATED MODULE: ./lib/pipeline/report.js








/** Samples whose transcripts are kept for the reports, worst first. The run log has all of them. */
const maxEvidence = 200;
/** Repeats per side and sample that a report shows. */
const maxEpochs = 12;
/**
 * Gathers the transcripts worth showing, says in words what changed, and writes every report of the registry.
 * @returns the assessment with `changes` filled in, the view, and the written files by reporter type.
 */
async function report(input) {
    const evidence = await gatherEvidence(input);
    const byId = new Map(evidence.map((item) => [item.id, item]));
    const samples = input.assessment.samples.map((sample) => withChanges(sample, byId.get(sample.id)));
    const assessment = { ...input.assessment, samples };
    const view = (0,parts_view/* makeReportView */.W)({ assessment, evidence });
    await (0,io_files/* writeFileWhole */.tG)((0,external_node_path_.join)(input.outputDir, 'evidence.jsonl'), evidence.map((item) => `${JSON.stringify(item)}\n`).join(''));
    return { assessment, view, files: await writeReports(view, input.outputDir) };
}
/** Every reporter that has a file name, whole or absent. */
async function writeReports(view, outputDir) {
    const files = {};
    for (const reporter of reporters_registry/* reporters */.R.entries) {
        if (reporter.fileName === undefined)
            continue;
        const path = (0,external_node_path_.join)(outputDir, reporter.fileName);
        await (0,io_files/* writeFileWhole */.tG)(path, reporter.render(view, {}));
        files[reporter.type] = path;
    }
    return files;
}
const toldClasses = ['regressed', 'suspect', 'errored', 'fixed'];
function withChanges(sample, evidence) {
    if (!evidence || !toldClasses.includes(sample.class))
        return sample;
    if (evidence.baseline.length === 0 && sample.class !== 'errored')
        return sample;
    const changes = [...explainChanges(evidence), ...unscoredReason(evidence)];
    return changes.length > 0 ? { ...sample, changes } : sample;
}
/** Why there is no outcome though there is an answer: the first checker that could not say. */
function unscoredReason({ current }) {
    for (const slot of current) {
        if (slot.outcome !== 'unscored')
            continue;
        const found = slot.scores.find(({ score }) => score.kind === 'unscored');
        if (found)
            return [`${named(found.checker)} could not score: ${quoted(found.score.reason)}`];
    }
    return [];
}
async function gatherEvidence(input) {
    const shown = input.assessment.samples.filter(isWorthShowing).slice(0, maxEvidence);
    const ids = new Set(shown.map(({ id }) => id));
    if (ids.size === 0)
        return [];
    const current = await (0,run_log_file/* readEvidence */.At)(input.current, ids, { maxEpochs });
    const baselines = await Promise.all(input.pool.map((index) => (0,run_log_file/* readEvidence */.At)(index.source, ids, { maxEpochs })));
    const samples = input.samples ? await samplesById(input.samples, ids) : new Map();
    return shown.map(({ id }) => {
        const sample = samples.get(id);
        const now = current.get(id) ?? [];
        const before = baselines.flatMap((runs) => runs.get(id) ?? []).slice(0, maxEpochs);
        const input = sample?.input ?? [...now, ...before].find((slot) => slot.trajectory)?.trajectory?.turns[0]?.input;
        return {
            id,
            ...(input === undefined ? {} : { input }),
            ...(sample?.expected === undefined ? {} : { expected: sample.expected }),
            baseline: before,
            current: now,
        };
    });
}
/** All that is not plainly fine: a stable pass is told by its count. */
function isWorthShowing(sample) {
    if (sample.class === 'stable-pass' || sample.class === 'removed')
        return false;
    if (sample.class !== 'new')
        return true;
    return sample.current === undefined || sample.current.passes < sample.current.repeats;
}

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
var agents_agent = __webpack_require__(67975);
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
        const parsed = records_trajectory/* Trajectory */.MB.safeParse(value);
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
    if (!sound_trajectory_isObject(value))
        return false;
    const { turns, usage, latencyMs, firstByteMs } = value;
    if (!Array.isArray(turns) || !turns.every(isTurn) || !isAmount(latencyMs) || !isAmount(firstByteMs))
        return false;
    return usage === undefined || (sound_trajectory_isObject(usage) && isAmount(usage.inputTokens) && isAmount(usage.outputTokens) && isAmount(usage.costUsd));
}
function isTurn(turn) {
    if (!sound_trajectory_isObject(turn) || typeof turn.output !== 'string' || !Array.isArray(turn.steps))
        return false;
    return (typeof turn.input === 'string' || sound_trajectory_isObject(turn.input)) && turn.steps.every(isStep);
}
function isStep(step) {
    if (!sound_trajectory_isObject(step))
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
function sound_trajectory_isObject(value) {
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
    const key = idempotencyKey(options.runId, sample, epoch);
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

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
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
    const result = await run.stop.unlessStopped(scoreSlot({ sample, trajectory, epoch, checkers }));
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
            batch.push(sampleRecord(sample));
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
        clock: systemClock,
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
    return { ...parts, budget: createBudget({ caps, spent: spentIn(parts.journal.index), monotonicMs: systemClock.monotonicMs }) };
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
    const at = systemClock.now().toISOString();
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

;// CONCATENATED MODULE: ./lib/pipeline/evaluate.js













/**
 * The whole job of one suite, top to bottom: samples, baseline, answers, scores, confirmation, verdict, reports.
 * Everything that was answered is in `run.jsonl` of the output folder, whatever happens next.
 * @throws ToolError for anything that the user can fix; a slot that fails is a record, not an exception.
 */
async function evaluateSuite(request) {
    const suite = await openSuite(request.config);
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
    const written = await report({ assessment, current: runLog, pool, outputDir, samples: suite.samples });
    return { ...written, exitCode: written.assessment.verdict.exitCode, runLog };
}
/** What only the verdict needs, the indexes above all, goes with this function: the reports of a large run want the room. */
async function runAndAssess(request, suite, runLog) {
    const { config, outputDir, onEvent } = request;
    const header = suite.header(request.git, systemClock.now());
    const found = await request.findBaseline(config);
    const baseline = await loadBaseline(found, { header, suite, folder: (0,external_node_path_.join)(outputDir, 'baseline'), outputLog: runLog, onEvent });
    onEvent({ kind: 'baseline', info: baseline.info });
    const redactor = (0,redact/* createRedactor */.l)(config.secrets);
    const journal = await openJournal({ path: runLog, resume: request.resume, redactor, header });
    let stopReason;
    try {
        stopReason = await runStages({ request, suite, journal, redactor, baseline });
        for (const message of await failureNotices(runLog, journal.index))
            onEvent({ kind: 'notice', level: 'warning', message });
    }
    finally {
        await journal.close();
    }
    const assessment = assess({
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
    const resumed = doneSlots(journal);
    onEvent({ kind: 'started', suite: config.suite, samples: suite.samples.count, repeats: config.repeats, slots, resumed });
    if (journal.index.end)
        return undefined;
    await writeSamples(suite.samples, journal);
    const agent = await suite.openAgent((message) => onEvent({ kind: 'notice', level: 'warning', message }));
    const stage = openStage({ suite, journal, agent, redactor, signal, onEvent });
    try {
        let stopReason = await askSlots(stage, slotsToScore(journal.path, suite.samples, journal.index), { phase: 'run', total: slots });
        stopReason ??= await askSlots(stage, slotsToAsk(suite.samples, config.repeats, journal.index), { phase: 'run', total: slots });
        if (stopReason === undefined && baseline.pool.length > 0 && config.policy.confirm)
            stopReason = await evaluate_confirm(stage, baseline);
        closeRun(journal, stopReason);
        return stopReason;
    }
    finally {
        await agent.close();
    }
}
async function evaluate_confirm(stage, baseline) {
    const { config, samples } = stage.suite;
    const plan = planConfirmation({ current: stage.journal.index, ...baseline.comparison, policy: config.policy });
    if (plan.length === 0)
        return undefined;
    const extra = new Map(plan.map(({ sample, extraRepeats }) => [sample, extraRepeats]));
    const slots = plan.reduce((sum, { extraRepeats }) => sum + extraRepeats, 0);
    stage.onEvent({ kind: 'confirming', samples: plan.length, slots });
    return askSlots(stage, confirmationSlots(samples, config.repeats, extra, stage.journal.index), { phase: 'confirm', total: slots });
}
function announce(suite, onEvent) {
    for (const message of [...suite.config.warnings, ...suite.samples.warnings])
        onEvent({ kind: 'notice', level: 'warning', message });
}


/***/ }),

/***/ 15582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   It: () => (/* binding */ assessmentSchemaVersion),
/* harmony export */   ve: () => (/* binding */ Assessment)
/* harmony export */ });
/* unused harmony exports VerdictStatus, SampleClass, Effect, BaselineKind, BaselineInfo, SampleAssessment, CheckerAssessment, MetricAssessment, SliceAssessment */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(53339);
/* harmony import */ var _run_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89380);


const assessmentSchemaVersion = 1;
/** A change in percentage points is a fraction here: −0.072 is −7.2 pp. Rates and p-values are 0..1. */
const rate = zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().min(0).max(1);
const interval = zod__WEBPACK_IMPORTED_MODULE_1__/* .tuple */ .PVZ([zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()]).describe('95 % interval, low and high');
const VerdictStatus = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['regressed', 'improved', 'no-change', 'inconclusive', 'no-baseline']);
const SampleClass = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail', 'errored', 'new', 'removed']);
const Effect = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['regressed', 'improved', 'unchanged', 'inconclusive', 'too-few-samples']);
const BaselineKind = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['path', 'exact', 'ancestor', 'base-tip', 'default-tip', 'none']);
const BaselineInfo = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    kind: BaselineKind,
    reason: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('why there is none, or why this one'),
    isUnreadable: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional().describe('there may be one, but it could not be asked for'),
    sha: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional().describe('of the newest run'),
    ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    distance: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(0).optional().describe('commits between it and the target'),
    runs: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(0),
    ageHours: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().min(0).optional(),
    url: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    notes: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('fingerprint differences, re-scoring, runs left out and why'),
});
const SampleAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    class: SampleClass,
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ passes: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(), repeats: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    current: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ passes: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(), repeats: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional().describe('confirmation re-runs included'),
    p: rate.optional().describe('one-sided Fisher p on all repeats; only of samples that were asked again, or of all when re-runs are off'),
    adjusted: rate.optional().describe('discrete Benjamini–Hochberg; only of samples that were screened'),
    scores: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ baseline: rate.optional(), current: rate.optional() })).describe('mean value by checker'),
    file: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    line: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).optional(),
    critical: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional(),
    changes: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).optional().describe('what changed, in words'),
});
const CheckerAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    required: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional(),
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ mean: rate, n: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    current: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ mean: rate, n: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    change: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    interval: interval.optional(),
    p: rate.optional(),
    effect: Effect,
});
const MetricAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    baseline: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional().describe('geometric mean over the samples'),
    current: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    ratio: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional().describe('current / baseline; above 1 is more'),
    interval: interval.optional(),
    effect: Effect,
});
const SliceAssessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    samples: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
    baselineRate: rate.optional(),
    rate: rate.optional(),
    change: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    p: rate.optional(),
    effect: Effect,
});
/** The one verdict object that feeds every output. */
const Assessment = zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
    suite: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    verdict: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        status: VerdictStatus,
        reasons: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()).describe('in words, the deciding one first'),
        exitCode: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
        minimalDetectableDrop: rate.optional().describe('true drop of the pass rate found in 80 % of the runs'),
        excludedDrop: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional().describe('drops above this are excluded with 95 % confidence'),
        complete: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().describe('false: a partial run, never a pass'),
        gates: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({}).optional().describe('how this was decided, with the numbers'),
    }),
    run: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        runId: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        sha: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        startedAt: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        durationMs: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
        agent: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
        repeats: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().optional(),
        stopReason: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    }),
    baseline: BaselineInfo,
    suiteEffect: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        baselineRate: rate,
        rate,
        rateInterval: interval.optional(),
        change: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(),
        interval,
        pWorse: rate,
        pBetter: rate,
    })
        .optional()
        .describe('absent when nothing could be compared'),
    passRate: rate.optional().describe('of this run alone; absent when no slot has an outcome'),
    score: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({ baseline: rate.optional(), current: rate.optional() })
        .optional()
        .describe('mean weighted by sample and checker; absent when every weight is 1 and every score 0 or 1'),
    checkers: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(CheckerAssessment),
    metrics: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(MetricAssessment),
    slices: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(SliceAssessment),
    counts: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(SampleClass, zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr()),
    outcomes: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(_run_log_js__WEBPACK_IMPORTED_MODULE_0__/* .Outcome */ .Pi, zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr()).describe('slots of this run by outcome'),
    samples: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(SampleAssessment),
    cost: zod__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
        agentCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
        judgeCalls: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
        inputTokens: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
        outputTokens: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
        costUsd: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().optional(),
    }),
});


/***/ })

};
