export const id = 634;
export const ids = [634];
export const modules = {

/***/ 1121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ expectsElse),
/* harmony export */   t: () => (/* binding */ compareFingerprints)
/* harmony export */ });
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


/***/ }),

/***/ 4961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ assess)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/assessment.js
var assessment = __webpack_require__(5582);
// EXTERNAL MODULE: ./lib/compare/confirmation.js
var confirmation = __webpack_require__(8222);
// EXTERNAL MODULE: ./lib/compare/counts.js
var compare_counts = __webpack_require__(5251);
// EXTERNAL MODULE: ./lib/compare/decide.js + 1 modules
var decide = __webpack_require__(3308);
// EXTERNAL MODULE: ./lib/compare/decide-options.js
var decide_options = __webpack_require__(9480);
// EXTERNAL MODULE: ./lib/compare/special-functions.js
var special_functions = __webpack_require__(9684);
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
    const criticalZ = (0,special_functions/* normalQuantile */.Zl)(1 - alpha) * Math.sqrt(inflation);
    const powerZ = (0,special_functions/* normalQuantile */.Zl)(power) * Math.sqrt(inflation);
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
var run_index = __webpack_require__(8254);
// EXTERNAL MODULE: ./lib/compare/history-guard.js
var history_guard = __webpack_require__(4227);
// EXTERNAL MODULE: ./lib/compare/permutation.js
var permutation = __webpack_require__(2579);
;// CONCATENATED MODULE: ./lib/compare/values.js

/** The values of every sample of the current run that has any on either side, sorted by id. */
function sampleValues(current, pool, read) {
    const repeats = (0,compare_counts/* plannedRepeats */.Rz)(current);
    const values = [];
    for (const sample of current.samples.values()) {
        const runs = pool.length === 0 ? [] : (0,compare_counts/* sameSamples */.CP)(sample, pool).map((run) => valuesOf((0,compare_counts/* firstStage */.d8)(run.sample, run.repeats), read));
        const now = valuesOf((0,compare_counts/* firstStage */.d8)(sample, repeats), read);
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
    return { sumOfChanges, variance, z, pLower: (0,special_functions/* normalCdf */.vr)(z), pUpper: (0,special_functions/* normalCdf */.vr)(-z) };
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
    const exact = (0,permutation/* withinSamplePermutation */.O)(pairs.map(({ baseline, current }) => ({ b: sumOf(baseline), m: baseline.length, y: sumOf(current), r: current.length })));
    return { change, standardError, pWorse: exact.midLower, pBetter: exact.midUpper };
}

// EXTERNAL MODULE: ./lib/compare/slices.js
var compare_slices = __webpack_require__(4384);
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
    const half = (0,special_functions/* normalQuantile */.Zl)(0.975) * error;
    const baseline = meanAndCount(paired.map((value) => value.baseline));
    const current = meanAndCount(paired.map((value) => value.current));
    const sides = { change, interval: [Math.max(-1, change - half), Math.min(1, change + half)] };
    if (baseline)
        sides.baseline = baseline;
    if (current)
        sides.current = current;
    if (paired.length < compare_slices/* minSliceSamples */.Ac)
        return { sides };
    const test = { name, pWorse: (0,history_guard/* deflate */.Kc)(pWorse, inflation), pBetter: (0,history_guard/* deflate */.Kc)(pBetter, inflation), lower95: change - (0,special_functions/* normalQuantile */.Zl)(0.95) * error };
    return { sides, test };
}
function meanAndCount(lists) {
    const means = lists.flatMap((list) => meanOf(list) ?? []);
    const mean = meanOf(means);
    // Scores are within 0..1; the clamp only removes what rounding adds.
    return mean === undefined ? undefined : { mean: Math.min(1, Math.max(0, mean)), n: lists.reduce((sum, list) => sum + list.length, 0) };
}

// EXTERNAL MODULE: ./lib/compare/multiplicity.js
var multiplicity = __webpack_require__(4324);
;// CONCATENATED MODULE: ./lib/compare/family.js




/** Level of the checkers that are only reported. */
const reportedAlpha = 0.01;
/**
 * Gate A's test per slice and, when the policy's `slices` name `checkers`, per checker that is not required; Holm's correction
 * over all of them. The other checkers are corrected among themselves and only reported.
 */
function familyGate(input) {
    const { current, pool, pairs, policy, inflation } = input;
    const slices = (0,compare_slices/* sliceTests */.yt)((0,compare_slices/* gatedSlices */.Dr)(current, pairs, policy), inflation);
    const effects = checkerEffects(current, pool, inflation);
    const isGated = (effect) => policy.slices.includes('checkers') && effect.isRequired === false;
    const gated = effects.filter(isGated).flatMap((effect) => effect.test ?? []);
    const reported = effects.filter((effect) => !isGated(effect)).flatMap((effect) => effect.test ?? []);
    const family = decideTogether([...slices, ...gated], confirmation/* sharedAlpha */.iG);
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
        slices: (0,compare_slices/* describeSlices */.Bz)({ current, pairs, policy, inflation, decided: bySlice }),
        checkers: effects.map((effect) => describeChecker(effect, byChecker.get(effect.name))),
    };
}
function decideTogether(tests, alpha) {
    const worse = (0,multiplicity/* holm */.f)(tests.map(({ pWorse }) => pWorse));
    const better = (0,multiplicity/* holm */.f)(tests.map(({ pBetter }) => pBetter));
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
    const repeats = (0,compare_counts/* plannedRepeats */.Rz)(current);
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
        const before = sample ? (0,compare_counts/* sameSamples */.CP)(sample, pool) : [];
        const p = suite?.finalP.get(id);
        const adjusted = suite?.adjusted.get(id);
        return {
            id,
            class: classes.get(id) ?? 'new',
            ...(count.baseline && count.baseline.repeats > 0 ? { baseline: share({ ...count.baseline }) } : {}),
            ...(now ? { current: share({ ...(0,compare_counts/* countOf */.pq)(now.slots) }) } : {}),
            ...(p === undefined ? {} : { p: stored(p) }),
            ...(adjusted === undefined ? {} : { adjusted: stored(Math.min(1, adjusted)) }),
            scores: share(scoresOf(before.flatMap((run) => (0,compare_counts/* firstStage */.d8)(run.sample, run.repeats)), now ? (0,compare_counts/* firstStage */.d8)(now, repeats) : [])),
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
                : `slices and secondary checkers: ${counted(family.size, 'test')} of the same kind, corrected by Holm at ${confirmation/* sharedAlpha */.iG}: ${family.isRed ? 'red' : 'not red'}`,
            isRed: family.isRed,
            tests: family.size,
            alpha: confirmation/* sharedAlpha */.iG,
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

// EXTERNAL MODULE: ./lib/compare/intervals.js
var intervals = __webpack_require__(9137);
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
    const worse = (0,multiplicity/* holm */.f)(found.map(({ test }) => test?.pWorse ?? 1));
    const better = (0,multiplicity/* holm */.f)(found.map(({ test }) => test?.pBetter ?? 1));
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
    const half = noise.error === 0 ? 0 : (0,special_functions/* studentQuantile */.FI)(0.975, noise.degrees) * noise.error;
    sides.interval = [Math.exp(estimate - half), Math.exp(estimate + half)];
    if (!noise.hasRuns)
        return { sides };
    const limit = Math.log(1 + margin);
    return { sides, test: { pWorse: upperTail(estimate - limit, noise), pBetter: upperTail(-estimate - limit, noise) } };
}
function upperTail(distance, { error, degrees }) {
    if (error === 0)
        return distance > 1e-12 ? 0 : 1;
    return (0,special_functions/* studentCdf */.Rf)(-distance / error, degrees);
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

// EXTERNAL MODULE: ./lib/compare/quote.js
var quote = __webpack_require__(5387);
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
        reasons.push(`${counted(criticalFailed.length, 'critical sample')} failed: ${listed(criticalFailed.map(quote/* named */.K))}`);
    }
    if (policy.minPassRate !== undefined && passRate !== undefined && passRate < policy.minPassRate) {
        reasons.push(`the pass rate ${percent(passRate)} is below the required ${percent(policy.minPassRate)}`);
    }
    if (criticalUnknown.length > 0) {
        reasons.push(`nothing is known of ${counted(criticalUnknown.length, 'critical sample')}: ${listed(criticalUnknown.map(quote/* named */.K))}`);
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
        reasons.push(`${counted(flipped.length, 'sample')} flipped from pass to fail: ${listed(flipped.map(quote/* named */.K))}`);
    if (suite?.isGateB) {
        const how = policy.confirm ? ', confirmed by re-runs' : '';
        reasons.push(`${facts.named.length} of ${counted(compared, 'sample')} regressed${how}: ${listed(facts.named.map(quote/* named */.K))}`);
    }
    if (suite?.isGateA)
        reasons.push(`the pass rate fell ${rateText(facts, suite)}`);
    for (const { kind, name } of family.worse)
        reasons.push(`the ${kind} ${(0,quote/* named */.K)(name)} got worse${sidesOf(family, kind, name)}`);
    for (const { assessment, margin } of slowMetrics) {
        const { name, ratio = 1, interval } = assessment;
        const range = interval ? ` (95 % interval ${percent(interval[0] - 1)} … ${percent(interval[1] - 1)})` : '';
        const what = name === 'latencyMs' ? 'the latency' : name === 'firstByteMs' ? 'the time to the first byte' : (0,quote/* named */.K)(name);
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
        reasons.push(`${counted(open.length, 'suspicious sample')} not re-run yet: ${listed(open.map(quote/* named */.K))}`);
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
    const repeats = (0,compare_counts/* plannedRepeats */.Rz)(current);
    const samples = [...current.samples.values()];
    const outcomes = { pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0 };
    let withVerdict = 0;
    let done = 0;
    let measuredSamples = 0;
    for (const sample of samples) {
        for (const slot of sample.slots)
            outcomes[slot.outcome]++;
        const first = (0,compare_counts/* firstStage */.d8)(sample, repeats);
        const valid = (0,compare_counts/* countOf */.pq)(first).repeats;
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
    return (0,compare_counts/* countOf */.pq)(sample.slots);
}

// EXTERNAL MODULE: ./lib/records/policy.js
var policy = __webpack_require__(3642);
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
    const toExclude = (Math.max(options.noChangeDrop, options.margin) + change) / (0,special_functions/* normalQuantile */.Zl)(0.95);
    const toConvict = (-change - options.margin) / (0,special_functions/* normalQuantile */.Zl)(1 - options.alphaSuite);
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
    for (let more = 1; runs + more <= policy/* maxPooledRuns */.C; more++) {
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
    const alike = ({ m, r }) => guard?.isOn ? (0,history_guard/* correlationInflation */.BZ)({ rho: guard.rho, repeatsPerRun: guard.repeatsPerRun, m, newPerRun: r, r }) : 1;
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
    const counts = (0,compare_counts/* sampleCounts */.VX)(current, pool);
    const state = runState(current, input.stopReason);
    const { pairs } = (0,decide/* comparablePairs */.A)(counts, decide_options/* defaultDecideOptions */.s);
    const options = (0,confirmation/* optionsFor */.A5)(policy, (0,confirmation/* hasFamily */.H8)(input, pairs));
    const decision = (0,decide/* decide */.L)(counts, options);
    const inflation = decision.suite?.guard?.inflation ?? 1;
    const family = familyGate({ current, pool, pairs, policy, inflation });
    const metrics = metricEffects(current, pool, policy.latencyMargin);
    const slowMetrics = metrics.filter(({ isDecisive, assessment }) => isDecisive && assessment.effect === 'regressed');
    const strict = strictFindings(policy, pairs);
    const open = [...new Set([...(decision.suite?.openSuspects ?? []), ...strict.open])].sort();
    const status = statusOf({ decision, family, isSlow: slowMetrics.length > 0, strict, open, hasBaseline: pool.length > 0, policy, options });
    const classes = classesOf({ status, decision, strict, open, counts, options });
    const rate = (0,intervals/* passRateInterval */.rk)(counts.flatMap((count) => count.current ?? []));
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
    const isOpen = ({ counts }) => policy.confirm && (0,confirmation/* isDoubtful */.Ge)(counts) && (counts.confirmation?.repeats ?? 0) === 0;
    return {
        flipped: ids(pairs.filter((pair) => (0,confirmation/* isFlipped */.L2)(pair.counts) && !isOpen(pair))),
        open: ids(pairs.filter(isOpen)),
        better: ids(pairs.filter(({ b, m, y, r }) => b * 2 <= m && y === r)),
    };
}
function statusOf(input) {
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
    const own = (0,intervals/* passRateInterval */.rk)(pairs.map(({ y, r }) => ({ passes: y, repeats: r })));
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
        repeats: (0,compare_counts/* plannedRepeats */.Rz)(current),
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


/***/ }),

/***/ 8222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A5: () => (/* binding */ optionsFor),
/* harmony export */   Ge: () => (/* binding */ isDoubtful),
/* harmony export */   H8: () => (/* binding */ hasFamily),
/* harmony export */   HW: () => (/* binding */ planConfirmation),
/* harmony export */   L2: () => (/* binding */ isFlipped),
/* harmony export */   iG: () => (/* binding */ sharedAlpha)
/* harmony export */ });
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5251);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3308);
/* harmony import */ var _decide_options_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9480);
/* harmony import */ var _hypergeometric_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7532);
/* harmony import */ var _screening_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8675);
/* harmony import */ var _slices_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4384);






/** Level of gates B and C when slices or secondary checkers are tested too. */
const sharedAlpha = 0.005;
/** At the shared level 10 more repeats cannot name a sample against a baseline of 3; 12 can: 1/C(18, 3) ≤ .005/4. */
const sharedConfirmationCap = 12;
/** The options of the decision that follow from a policy and from what there is to test. */
function optionsFor(policy, hasFamily) {
    return {
        ..._decide_options_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultDecideOptions */ .s,
        isConfirming: policy.confirm,
        margin: policy.margin,
        isNamingDecisive: policy.margin <= 0,
        alphaSample: hasFamily ? sharedAlpha : _decide_options_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultDecideOptions */ .s.alphaSample,
        confirmationCap: hasFamily ? sharedConfirmationCap : _decide_options_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultDecideOptions */ .s.confirmationCap,
    };
}
/** Whether gate C has anything to test: slices of enough samples, or secondary checkers when the policy names them. */
function hasFamily({ current, policy }, pairs) {
    if ((0,_slices_js__WEBPACK_IMPORTED_MODULE_3__/* .gatedSlices */ .Dr)(current, pairs, policy).length > 0)
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
    const { pairs } = (0,_decide_js__WEBPACK_IMPORTED_MODULE_0__/* .comparablePairs */ .A)((0,_counts_js__WEBPACK_IMPORTED_MODULE_4__/* .sampleCounts */ .VX)(input.current, input.pool), _decide_options_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultDecideOptions */ .s);
    const options = optionsFor(input.policy, hasFamily(input, pairs));
    const plan = (0,_screening_js__WEBPACK_IMPORTED_MODULE_2__/* .screen */ .nj)((0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_5__/* .createHypergeometricTable */ .yR)(), pairs, options);
    if (input.policy.mode === 'strict') {
        for (const { id, m, r, counts } of pairs) {
            if (isDoubtful(counts))
                plan.set(id, Math.max(2, (0,_screening_js__WEBPACK_IMPORTED_MODULE_2__/* .extraRepeats */ .p1)(m, r, options)));
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


/***/ }),

/***/ 5251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $H: () => (/* binding */ byId),
/* harmony export */   CP: () => (/* binding */ sameSamples),
/* harmony export */   Rz: () => (/* binding */ plannedRepeats),
/* harmony export */   VX: () => (/* binding */ sampleCounts),
/* harmony export */   d8: () => (/* binding */ firstStage),
/* harmony export */   pq: () => (/* binding */ countOf)
/* harmony export */ });
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


/***/ }),

/***/ 9480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ defaultDecideOptions)
/* harmony export */ });
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


/***/ }),

/***/ 3308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ comparablePairs),
  L: () => (/* binding */ decide)
});

// EXTERNAL MODULE: ./lib/compare/counts.js
var compare_counts = __webpack_require__(5251);
// EXTERNAL MODULE: ./lib/compare/decide-options.js
var decide_options = __webpack_require__(9480);
// EXTERNAL MODULE: ./lib/compare/history-guard.js
var history_guard = __webpack_require__(4227);
// EXTERNAL MODULE: ./lib/compare/hypergeometric.js
var hypergeometric = __webpack_require__(7532);
// EXTERNAL MODULE: ./lib/compare/intervals.js
var intervals = __webpack_require__(9137);
// EXTERNAL MODULE: ./lib/compare/permutation.js
var permutation = __webpack_require__(2579);
// EXTERNAL MODULE: ./lib/compare/multiplicity.js
var multiplicity = __webpack_require__(4324);
// EXTERNAL MODULE: ./lib/compare/prior.js
var compare_prior = __webpack_require__(8571);
// EXTERNAL MODULE: ./lib/compare/screening.js
var screening = __webpack_require__(8675);
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
        const p = (0,hypergeometric/* fisherWorse */.YD)(table, { b: pair.b, m: pair.m, y: pair.y + more.passes, r });
        finalP.set(pair.id, guard?.isOn ? (0,history_guard/* deflate */.Kc)(p, (0,history_guard/* correlationInflation */.BZ)({ ...guard, m: pair.m, newPerRun: r / 2, r })) : p);
    }
    const candidates = [...finalP].filter(([, p]) => (0,hypergeometric/* isAtMost */.L4)(p, options.finalP));
    if (candidates.length === 0)
        return { finalP, adjusted: new Map(), isRed: false };
    const prior = options.isConfirming ? (0,compare_prior/* fitPrior */.O)(pairs.map(({ b, m, y, r }) => ({ passes: b + y, trials: m + r }))) : [];
    const chances = [...cells(pairs, options).values()].map(({ cell, count }) => ({ count, chance: (0,screening/* falseNameChance */.z8)(table, cell, options, prior) }));
    const values = (0,multiplicity/* stepUp */.e)(candidates.map(([, p]) => p), (threshold) => chances.reduce((sum, { count, chance }) => sum + count * chance(threshold), 0));
    const adjusted = new Map(candidates.map(([id], index) => [id, values[index] ?? 1]));
    return { finalP, adjusted, isRed: values.some((value) => (0,hypergeometric/* isAtMost */.L4)(value, options.alphaSample)) };
}
/** Ids of samples that got better: discrete Benjamini–Hochberg on the upper tail of the first stage. */
function fixedSamples(table, pairs, options) {
    const better = pairs.map((pair) => ({ id: pair.id, p: (0,hypergeometric/* fisherBetter */.Ue)(table, pair) })).filter(({ p }) => (0,hypergeometric/* isAtMost */.L4)(p, options.finalP));
    const groups = [...cells(pairs, { ...options, isConfirming: false }).values()];
    const adjusted = (0,multiplicity/* stepUp */.e)(better.map(({ p }) => p), (threshold) => groups.reduce((sum, { cell, count }) => sum + count * largestBelow(table(cell.m, cell.r, cell.passes).upper, cell, threshold), 0));
    return new Set(better.filter((_, index) => (0,hypergeometric/* isAtMost */.L4)(adjusted[index] ?? 1, options.alphaName)).map(({ id }) => id));
}
/** The largest attainable upper-tail p at or below the threshold, 0 when there is none. */
function largestBelow(upper, { m, r, passes }, threshold) {
    for (let y = Math.max(0, passes - m); y <= Math.min(r, passes); y++) {
        const p = upper[y] ?? 1;
        if ((0,hypergeometric/* isAtMost */.L4)(p, threshold))
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
        const extra = options.isConfirming ? (0,screening/* extraRepeats */.p1)(m, r, options) : 0;
        if (extra > 0 || !options.isConfirming)
            byKey.set(key, { cell: { m, r, extra, passes: b + y }, count: 1 });
    }
    return byKey;
}

// EXTERNAL MODULE: ./lib/compare/special-functions.js
var special_functions = __webpack_require__(9684);
;// CONCATENATED MODULE: ./lib/compare/decide.js









/**
 * Decides whether a suite got worse: exact within-sample permutation (gate A), Fisher with discrete Benjamini–Hochberg on
 * re-run suspects (gate B), history and error guards, margin, optional top-up. Deterministic, no random numbers; the samples
 * are sorted by id first, so that no sum depends on the order of arrival. Nothing comparable: `no-baseline` without numbers.
 */
function decide(samples, overrides = {}) {
    const options = { ...decide_options/* defaultDecideOptions */.s, ...overrides };
    const { pairs, classes, shared } = comparablePairs(samples, options);
    if (pairs.length === 0)
        return { status: 'no-baseline', classes, compared: 0, shared };
    const table = (0,hypergeometric/* createHypergeometricTable */.yR)();
    const test = (0,permutation/* withinSamplePermutation */.O)(pairs, table);
    const guard = (0,history_guard/* guardAgainstHistory */.H0)(pairs.map((pair) => pair.counts.runs ?? []), { m: mean(pairs.map((pair) => pair.m)), r: mean(pairs.map((pair) => pair.r)) }, options);
    const inflation = guard?.inflation ?? 1;
    const { change, standardError: plainError } = (0,intervals/* suiteEffect */.Me)(pairs);
    const effect = {
        change,
        standardError: plainError * Math.sqrt(inflation),
        pWorse: (0,history_guard/* deflate */.Kc)(test.midLower, inflation),
        pBetter: (0,history_guard/* deflate */.Kc)(test.midUpper, inflation),
    };
    const gateA = suiteGate({ table, pairs, effect, inflation, options });
    const plan = options.isConfirming ? (0,screening/* screen */.nj)(table, pairs, options) : new Map();
    const gateB = sampleGate({ table, pairs: pairs.map((pair) => withValidConfirmation(pair, plan)), plan, guard, options });
    const errors = guardAgainstErrors(samples, options, table);
    const z = (0,special_functions/* normalQuantile */.Zl)(0.975);
    const suite = {
        ...effect,
        ...gateA,
        isGateB: gateB.isRed && options.isNamingDecisive,
        interval: [Math.max(-1, effect.change - z * effect.standardError), Math.min(1, effect.change + z * effect.standardError)],
        excludedDrop: -Math.max(-1, effect.change - (0,special_functions/* normalQuantile */.Zl)(0.95) * effect.standardError),
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
    for (const counts of [...samples].sort(compare_counts/* byId */.$H)) {
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
    const isBeyondMargin = options.margin <= 0 || effect.change + (0,special_functions/* normalQuantile */.Zl)(1 - options.alphaSuite) * effect.standardError < -options.margin;
    if (!options.isToppingUp)
        return { isGateA: (0,hypergeometric/* isAtMost */.L4)(effect.pWorse, options.alphaSuite) && isBeyondMargin };
    if ((0,hypergeometric/* isAtMost */.L4)(effect.pWorse, options.topUpNow * options.alphaSuite))
        return { isGateA: isBeyondMargin };
    if (!(0,hypergeometric/* isAtMost */.L4)(effect.pWorse, options.topUpGrey))
        return { isGateA: false };
    const doubled = pairs.flatMap(({ b, m, y, r, counts: { topUp } }) => topUp && topUp.repeats > 0 ? [{ b, m, y: y + topUp.passes, r: r + topUp.repeats }] : []);
    if (doubled.length < pairs.length)
        return { isGateA: false, topUp: 'needed' };
    const pCumulative = (0,history_guard/* deflate */.Kc)((0,permutation/* withinSamplePermutation */.O)(doubled, table).midLower, inflation);
    return { isGateA: (0,hypergeometric/* isAtMost */.L4)(pCumulative, options.topUpFinal * options.alphaSuite) && isBeyondMargin, topUp: 'done', pCumulative };
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
    const pairs = [...samples].sort(compare_counts/* byId */.$H).flatMap(({ baseline, current, errors, planned, baselineErrors, baselinePlanned }) => {
        if (!current || !baseline || baseline.repeats === 0)
            return [];
        return [{ b: baselineErrors ?? 0, m: baselinePlanned ?? baseline.repeats, y: errors ?? 0, r: planned ?? current.repeats }];
    });
    if (pairs.every(({ b, y }) => b === 0 && y === 0))
        return { p: 1, difference: 0, isOn: false };
    const p = (0,permutation/* withinSamplePermutation */.O)(pairs, table).midUpper;
    const difference = total(pairs.map(({ y }) => y)) / total(pairs.map(({ r }) => r)) - total(pairs.map(({ b }) => b)) / total(pairs.map(({ m }) => m));
    return { p, difference, isOn: (0,hypergeometric/* isAtMost */.L4)(p, options.errorAlpha) && difference >= options.errorDifference };
}
function statusOf(suite, comparedShare, options) {
    if (suite.isGateA || suite.isGateB)
        return 'regressed';
    const isUnsettled = suite.errors.isOn || comparedShare < options.minComparedShare || suite.openSuspects.length > 0 || suite.topUp === 'needed';
    if (isUnsettled)
        return 'inconclusive';
    if ((0,hypergeometric/* isAtMost */.L4)(suite.pBetter, options.alphaSuite))
        return 'improved';
    return suite.excludedDrop < Math.max(options.noChangeDrop, options.margin) ? 'no-change' : 'inconclusive';
}
function classify(input) {
    const { pairs, suite, isRed, fixed, options, classes } = input;
    for (const { id, b, m, y, r, counts } of pairs) {
        const isNamed = (0,hypergeometric/* isAtMost */.L4)(suite.adjusted.get(id) ?? 1, options.alphaName);
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
function total(numbers) {
    return numbers.reduce((sum, value) => sum + value, 0);
}
function mean(numbers) {
    return total(numbers) / numbers.length;
}


/***/ }),

/***/ 4227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ correlationInflation),
/* harmony export */   H0: () => (/* binding */ guardAgainstHistory),
/* harmony export */   Kc: () => (/* binding */ deflate)
/* harmony export */ });
/* harmony import */ var _special_functions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9684);

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
    return (0,_special_functions_js__WEBPACK_IMPORTED_MODULE_0__/* .normalCdf */ .vr)((0,_special_functions_js__WEBPACK_IMPORTED_MODULE_0__/* .normalQuantile */ .Zl)(Math.min(Math.max(p, 1e-300), 1 - 1e-16)) / Math.sqrt(inflation));
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
    return { phi, rho: Math.min(1, Math.max(0, (phi - 1) / (repeatsPerRun - 1))), p: (0,_special_functions_js__WEBPACK_IMPORTED_MODULE_0__/* .normalCdf */ .vr)(-z), repeatsPerRun };
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


/***/ }),

/***/ 7532:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L4: () => (/* binding */ isAtMost),
/* harmony export */   Sw: () => (/* binding */ choose),
/* harmony export */   Ue: () => (/* binding */ fisherBetter),
/* harmony export */   YD: () => (/* binding */ fisherWorse),
/* harmony export */   yR: () => (/* binding */ createHypergeometricTable)
/* harmony export */ });
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


/***/ }),

/***/ 9137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Me: () => (/* binding */ suiteEffect),
/* harmony export */   rk: () => (/* binding */ passRateInterval)
/* harmony export */ });
/* unused harmony export wilson */
/* harmony import */ var _special_functions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9684);

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
    const z = (0,_special_functions_js__WEBPACK_IMPORTED_MODULE_0__/* .normalQuantile */ .Zl)(1 - (1 - confidence) / 2);
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


/***/ }),

/***/ 4324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ stepUp),
/* harmony export */   f: () => (/* binding */ holm)
/* harmony export */ });
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


/***/ }),

/***/ 2579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ withinSamplePermutation)
/* harmony export */ });
/* harmony import */ var _hypergeometric_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7532);

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
function withinSamplePermutation(pairs, table = (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_0__/* .createHypergeometricTable */ .yR)()) {
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


/***/ }),

/***/ 8571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ predictPasses),
/* harmony export */   O: () => (/* binding */ fitPrior)
/* harmony export */ });
/* harmony import */ var _hypergeometric_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7532);

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
        const ways = (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_0__/* .choose */ .Sw)(repeats, y);
        return grid.reduce((s, p, i) => s + ((posterior[i] ?? 0) / sum) * ways * p ** y * (1 - p) ** (repeats - y), 0);
    });
}
/** Relative to its maximum on the grid: the scale cancels, and large trials do not underflow. */
function likelihoodOf({ passes, trials }) {
    const logs = grid.map((p) => passes * Math.log(p) + (trials - passes) * Math.log1p(-p));
    const top = Math.max(...logs);
    return logs.map((value) => Math.exp(value - top));
}


/***/ }),

/***/ 5387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ named),
/* harmony export */   T: () => (/* binding */ quoted)
/* harmony export */ });
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


/***/ }),

/***/ 8675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   nj: () => (/* binding */ screen),
/* harmony export */   p1: () => (/* binding */ extraRepeats),
/* harmony export */   z8: () => (/* binding */ falseNameChance)
/* harmony export */ });
/* unused harmony export isSuspicious */
/* harmony import */ var _hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7532);
/* harmony import */ var _prior_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8571);


/**
 * Extra repeats that let a sample be named at all: the smallest number, at least min(3r, cap), for which the smallest
 * attainable p is a quarter of the level. 0: the baseline has too few repeats to name any sample.
 */
function extraRepeats(m, r, options) {
    const cap = options.confirmationCap;
    for (let extra = Math.min(3 * r, cap); extra <= cap; extra++) {
        if ((0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .isAtMost */ .L4)(1 / (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .choose */ .Sw)(m + r + extra, m), options.alphaSample / 4))
            return extra;
    }
    return 0;
}
/** Worth a re-run: a small p on the first stage and a drop of at least `screenDrop`. */
function isSuspicious(table, pair, options) {
    const { b, m, y, r } = pair;
    if (b / m - y / r < options.screenDrop - 1e-12)
        return false;
    return (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .isAtMost */ .L4)((0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .fisherWorse */ .YD)(table, pair), Math.max(0.1, 1 / (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .choose */ .Sw)(m + r, r)));
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
            ? [{ id: pair.id, index, extra, p: Number((0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .fisherWorse */ .YD)(table, pair).toPrecision(12)), drop: pair.b / pair.m - pair.y / pair.r }]
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
    const predicted = extra > 0 ? (0,_prior_js__WEBPACK_IMPORTED_MODULE_0__/* .predictPasses */ .L)(prior, { passes, trials: m + r }, extra) : [1];
    const outcomes = [];
    for (let y = Math.max(0, passes - m); y <= Math.min(r, passes); y++) {
        const b = passes - y;
        if (extra > 0 && !isSuspicious(table, { b, m, y, r }, options))
            continue;
        const mass = table(m, r, passes).pmf[y] ?? 0;
        for (const [more, chance] of predicted.entries()) {
            outcomes.push({ p: (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .fisherWorse */ .YD)(table, { b, m, y: y + more, r: r + extra }), mass: mass * chance });
        }
    }
    return (threshold) => outcomes.reduce((sum, { p, mass }) => ((0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_1__/* .isAtMost */ .L4)(p, threshold) ? sum + mass : sum), 0);
}


/***/ }),

/***/ 4384:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ac: () => (/* binding */ minSliceSamples),
/* harmony export */   Bz: () => (/* binding */ describeSlices),
/* harmony export */   Dr: () => (/* binding */ gatedSlices),
/* harmony export */   yt: () => (/* binding */ sliceTests)
/* harmony export */ });
/* harmony import */ var _history_guard_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4227);
/* harmony import */ var _hypergeometric_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7532);
/* harmony import */ var _intervals_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9137);
/* harmony import */ var _permutation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2579);
/* harmony import */ var _special_functions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9684);





/** Fewer samples cannot say anything about a slice. */
const minSliceSamples = 5;
/** The slices that gate C tests: tags of enough comparable samples, when the policy names `tags`; by name. */
function gatedSlices(current, pairs, policy) {
    return slicesByTag(current, pairs, policy).filter((slice) => slice.pairs.length >= minSliceSamples);
}
/** Gate A's test on each slice. */
function sliceTests(slices, inflation) {
    const table = (0,_hypergeometric_js__WEBPACK_IMPORTED_MODULE_0__/* .createHypergeometricTable */ .yR)();
    return slices.map(({ name, pairs }) => {
        const { midLower, midUpper } = (0,_permutation_js__WEBPACK_IMPORTED_MODULE_1__/* .withinSamplePermutation */ .O)(pairs, table);
        return { name, pWorse: (0,_history_guard_js__WEBPACK_IMPORTED_MODULE_2__/* .deflate */ .Kc)(midLower, inflation), pBetter: (0,_history_guard_js__WEBPACK_IMPORTED_MODULE_2__/* .deflate */ .Kc)(midUpper, inflation) };
    });
}
/** Every tag with its rates; `effects` holds the decided ones by name, the others have too few samples. */
function describeSlices(input) {
    return slicesByTag(input.current, input.pairs, input.policy).map(({ name, pairs }) => {
        const found = input.decided.get(name);
        const { change, standardError } = (0,_intervals_js__WEBPACK_IMPORTED_MODULE_3__/* .suiteEffect */ .Me)(pairs);
        const lower = change - (0,_special_functions_js__WEBPACK_IMPORTED_MODULE_4__/* .normalQuantile */ .Zl)(0.95) * standardError * Math.sqrt(input.inflation);
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
            baselineRate: mean(pairs.map(({ b, m }) => b / m)),
            rate: mean(pairs.map(({ y, r }) => y / r)),
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
function mean(values) {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
}


/***/ }),

/***/ 9684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FI: () => (/* binding */ studentQuantile),
/* harmony export */   Rf: () => (/* binding */ studentCdf),
/* harmony export */   Zl: () => (/* binding */ normalQuantile),
/* harmony export */   vr: () => (/* binding */ normalCdf)
/* harmony export */ });
/* unused harmony export logGamma */
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


/***/ }),

/***/ 1787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ loadBaseline)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/baseline/compatible.js
var compatible = __webpack_require__(1121);
// EXTERNAL MODULE: ./lib/records/policy.js
var policy = __webpack_require__(3642);
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
        if (pool.length === policy/* maxPooledRuns */.C)
            break;
        const { header } = candidate;
        const obstacle = obstacleOf(candidate, current, seen);
        if (obstacle !== undefined || !header) {
            notes.push(`${nameOf(candidate)} was left out: ${obstacle}`);
            continue;
        }
        seen.add(header.runId);
        const newest = pool[0]?.header;
        const differing = newest ? (0,compatible/* compareFingerprints */.t)(newest, header).call : [];
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

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
// EXTERNAL MODULE: ./lib/pipeline/rescore.js
var rescore = __webpack_require__(6815);
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
    await (0,promises_.mkdir)(folder, { recursive: true });
    const copy = (0,external_node_path_.join)(folder, 'previous-run.jsonl');
    await (0,promises_.copyFile)(path, copy);
    return copy;
}
async function measuredAlike(index, number, run, notes) {
    if (!index.header)
        return index;
    const differing = (0,compatible/* compareFingerprints */.t)(run.header, index.header);
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
    await (0,promises_.mkdir)(run.folder, { recursive: true });
    const path = (0,external_node_path_.join)(run.folder, `rescored-${number + 1}.jsonl`);
    const { slots } = await (0,rescore/* rescoreRunLog */.f)({ from: index.source, to: path, suite: run.suite });
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
        if ((0,compatible/* expectsElse */.i)(sample, index))
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


/***/ }),

/***/ 2816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ report),
  L: () => (/* binding */ writeReports)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/word.js + 1 modules
var word = __webpack_require__(5367);
// EXTERNAL MODULE: ./lib/records/representative.js
var representative = __webpack_require__(4357);
// EXTERNAL MODULE: ./lib/records/trajectory.js
var trajectory = __webpack_require__(5609);
// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(7374);
// EXTERNAL MODULE: ./lib/compare/quote.js
var quote = __webpack_require__(5387);
;// CONCATENATED MODULE: ./lib/compare/explain-tool-calls.js



/** What changed in the tool calls, most telling first; see `explainChanges` for the form. Empty when nothing did. */
function explainToolCalls({ before, now, baseline, current }) {
    if (!baseline?.trajectory || !current?.trajectory)
        return [];
    const old = (0,trajectory/* toolCallsOf */.Ve)(baseline.trajectory);
    const fresh = (0,trajectory/* toolCallsOf */.Ve)(current.trajectory);
    const missing = namesOf(old).filter((name) => callShare(before, name) > 0.5 && callShare(now, name) < 0.5);
    const added = namesOf(fresh).filter((name) => callShare(now, name) > 0.5 && callShare(before, name) < 0.5);
    const shared = namesOf(old).filter((name) => fresh.some((call) => call.name === name));
    const told = [
        ...(missing.length > 0 ? [`no longer calls ${listed(missing)}`] : []),
        ...(added.length > 0 ? [`now calls ${listed(added)}`] : []),
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
    const calling = answered.filter((slot) => slot.trajectory && (0,trajectory/* toolCallsOf */.Ve)(slot.trajectory).some((call) => call.name === name));
    return answered.length === 0 ? 0 : calling.length / answered.length;
}
function newError(name, old, fresh) {
    const failed = fresh.find((call) => call.name === name && call.isError === true);
    if (!failed || old.some((call) => call.name === name && call.isError === true))
        return [];
    return [`${(0,quote/* named */.K)(name)} returns an error${failed.result === undefined ? '' : ` ${valueText(failed.result)}`}`];
}
function countChange(name, old, fresh) {
    const before = old.filter((call) => call.name === name).length;
    const after = fresh.filter((call) => call.name === name).length;
    return before === after ? [] : [`calls ${(0,quote/* named */.K)(name)} ${times(after)} instead of ${times(before)}`];
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
        return [`${(0,quote/* named */.K)(name)} ${argumentText(was, call.args)}`];
    }
    return [];
}
function argumentText(before, after) {
    if (!isObject(before) || !isObject(after))
        return `gets ${valueText(after)} instead of ${valueText(before)}`;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = keys.find((key) => (0,json/* canonicalJson */.dj)(before[key]) !== (0,json/* canonicalJson */.dj)(after[key])) ?? '';
    if (!Object.hasOwn(after, changed))
        return `no longer gets ${(0,quote/* named */.K)(changed)}`;
    if (!Object.hasOwn(before, changed))
        return `also gets ${(0,quote/* named */.K)(changed)} ${valueText(after[changed])}`;
    return `gets ${(0,quote/* named */.K)(changed)} ${valueText(after[changed])} instead of ${valueText(before[changed])}`;
}
function orderChange(old, fresh) {
    const index = fresh.findIndex((call, position) => call.name !== old[position]?.name);
    const [call, was] = [fresh[index], old[index]];
    return call && was ? [`calls ${(0,quote/* named */.K)(call.name)} before ${(0,quote/* named */.K)(was.name)}`] : [];
}
function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function valueText(value) {
    if (value === undefined)
        return 'nothing';
    if (typeof value === 'number' || typeof value === 'boolean' || value === null)
        return String(value);
    return (0,quote/* quoted */.T)(typeof value === 'string' ? value : JSON.stringify(value));
}
function times(count) {
    return count === 0 ? 'never' : count === 1 ? 'once' : `${count}×`;
}
function listed(names) {
    const shown = names.slice(0, 3).map(quote/* named */.K);
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
    const detail = Object.hasOwn(failures, kind) || !error?.message ? '' : `: ${(0,quote/* quoted */.T)(error.message)}`;
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
        const before = meanScore(baseline, checker);
        const after = meanScore(current, checker);
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
    const reason = change.reason === '' ? '' : `: ${(0,quote/* quoted */.T)(change.reason)}`;
    if (change.passedBefore - change.passNow < minScoreFall) {
        return `${(0,quote/* named */.K)(change.checker)} falls from ${change.before.toFixed(2)} to ${change.now.toFixed(2)}${reason}`;
    }
    return `${(0,quote/* named */.K)(change.checker)} ${change.passNow === 0 ? 'fails' : 'fails more often'}${reason}`;
}
/** A checker's reason may quote the output, which the next phrase does too. */
function withoutOutput(phrase) {
    return phrase.replace(/; it says '[^"]*"$/, '"');
}
function meanScore(slots, checker) {
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
    return found ? [`${(0,quote/* named */.K)(found.checker)} could not score: ${(0,quote/* quoted */.T)(found.score.reason)}`] : [];
}
/** The first difference of the two outputs that a person would point at. */
function explainOutput({ baseline, current }) {
    if (!baseline?.trajectory || !current?.trajectory)
        return [];
    const before = (0,trajectory/* outputOf */.jH)(baseline.trajectory).trim().slice(0, maxCompared);
    const now = (0,trajectory/* outputOf */.jH)(current.trajectory).trim().slice(0, maxCompared);
    if (before === now)
        return [];
    if (now === '')
        return ['says nothing'];
    const replaced = singleReplacement(before, now);
    if (replaced)
        return [`says ${(0,quote/* quoted */.T)(replaced.now)} instead of ${(0,quote/* quoted */.T)(replaced.before)}`];
    const said = firstNewSentence(now, before);
    if (said !== undefined)
        return [`says ${(0,quote/* quoted */.T)(said)}`];
    const dropped = firstNewSentence(before, now);
    return [dropped === undefined ? 'says the same in another order' : `no longer says ${(0,quote/* quoted */.T)(dropped)}`];
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

// EXTERNAL MODULE: ./lib/io/files.js
var io_files = __webpack_require__(8315);
// EXTERNAL MODULE: ./lib/io/run-log-file.js
var run_log_file = __webpack_require__(4561);
// EXTERNAL MODULE: ./lib/reporters/parts/view.js + 4 modules
var parts_view = __webpack_require__(4911);
// EXTERNAL MODULE: ./lib/reporters/registry.js + 19 modules
var registry = __webpack_require__(5800);
// EXTERNAL MODULE: ./lib/pipeline/slots.js
var slots = __webpack_require__(1347);
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
    for (const reporter of registry/* reporters */.R.entries) {
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
            return [`${(0,quote/* named */.K)(found.checker)} could not score: ${(0,quote/* quoted */.T)(found.score.reason)}`];
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
    const samples = input.samples ? await (0,slots/* samplesById */.UH)(input.samples, ids) : new Map();
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


/***/ }),

/***/ 6815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ rescoreRunLog)
/* harmony export */ });
/* harmony import */ var _io_journal_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7590);
/* harmony import */ var _io_run_log_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4561);
/* harmony import */ var _run_core_redact_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8758);
/* harmony import */ var _run_score_slot_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8452);
/* harmony import */ var _slots_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1347);





/**
 * Writes a run log with the recorded answers of another and the scores of today's checkers; nothing is asked.
 * Answers of samples that the suite no longer has are left out of `to`, as are their sample records.
 */
async function rescoreRunLog({ from, to, suite }) {
    const samples = await (0,_slots_js__WEBPACK_IMPORTED_MODULE_4__/* .samplesById */ .UH)(suite.samples);
    const redactor = (0,_run_core_redact_js__WEBPACK_IMPORTED_MODULE_2__/* .createRedactor */ .l)(suite.config.secrets);
    let journal;
    const counts = { slots: 0, leftOut: 0 };
    try {
        for await (const record of (0,_io_run_log_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readRunLog */ .w3)(from)) {
            if (record.type === 'run') {
                journal = await (0,_io_journal_js__WEBPACK_IMPORTED_MODULE_0__/* .openJournal */ ._)({ path: to, resume: false, redactor, header: scoredToday(record, suite) });
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
    const { scores, outcome } = await (0,_run_score_slot_js__WEBPACK_IMPORTED_MODULE_3__/* .scoreSlot */ .X)({ sample, trajectory: record.trajectory, epoch: record.epoch, checkers: suite.checkersOf(sample) });
    for (const { checker, fingerprint, score } of scores)
        journal.append({ type: 'score', ...slot, checker, fingerprint, ...score });
    journal.append({ type: 'done', ...slot, outcome, attempts: record.attempt });
}


/***/ }),

/***/ 5582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   It: () => (/* binding */ assessmentSchemaVersion),
/* harmony export */   ve: () => (/* binding */ Assessment)
/* harmony export */ });
/* unused harmony exports VerdictStatus, SampleClass, Effect, BaselineKind, BaselineInfo, SampleAssessment, CheckerAssessment, MetricAssessment, SliceAssessment */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3339);
/* harmony import */ var _run_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9380);


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


/***/ }),

/***/ 3642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ maxPooledRuns)
/* harmony export */ });
/** Baseline runs that a comparison pools at most: more say little more and reach further into the past. */
const maxPooledRuns = 5;


/***/ }),

/***/ 4911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ makeReportView)
});

// EXTERNAL MODULE: ./lib/reporters/parts/format.js
var format = __webpack_require__(7460);
// EXTERNAL MODULE: ./lib/reporters/parts/phrase.js
var phrase = __webpack_require__(1514);
;// CONCATENATED MODULE: ./lib/reporters/parts/sentences.js


/** The run stopped before its end. */
function isPartialRun(assessment) {
    return !assessment.verdict.complete;
}
/** Bad is a regression or a failed step; warn is anything that is not settled: never green on a partial or unmatched comparison. */
function toneOf(assessment) {
    const { status, exitCode } = assessment.verdict;
    if (status === 'regressed' || exitCode === 1)
        return 'bad';
    if (isPartialRun(assessment) || exitCode !== 0 || status === 'inconclusive')
        return 'warn';
    return status === 'no-baseline' ? 'neutral' : 'good';
}
/** The answer in one sentence. The suite's name opens it and is not marked as a name. */
function headlineOf(assessment) {
    const { status, exitCode } = assessment.verdict;
    const partial = isPartialRun(assessment);
    const suite = assessment.suite.replace(/[`"]/g, "'");
    if (status === 'regressed')
        return `${suite} got worse${partial ? ' (partial run)' : ''}.`;
    if (partial)
        return `${suite}: partial run, no verdict.`;
    if (exitCode === 1)
        return `${suite} breaks its policy.`;
    if (status === 'improved')
        return `${suite} got better.`;
    if (status === 'no-change')
        return `${suite}: no change.`;
    return status === 'no-baseline' ? `${suite}: no baseline to compare with.` : `${suite}: inconclusive.`;
}
/** The sentences after the headline, the most important first. */
function summaryOf(assessment) {
    return [
        ...partialSentences(assessment),
        passRateSentence(assessment),
        samplesSentence(assessment),
        ...meaningSentences(assessment),
        errorSentence(assessment),
    ].filter((sentence) => sentence !== '');
}
function partialSentences(assessment) {
    if (!isPartialRun(assessment))
        return [];
    const told = assessment.verdict.reasons.find(isAboutPartialRun);
    const { stopReason } = assessment.run;
    const why = told ?? `the run stopped before its end${stopReason === undefined ? '' : `: ${stopReason}`}`;
    return [asSentence(`${why.trim().replace(/\.$/, '')}; the numbers cover only what was done`)];
}
/** Said once, at the start, so not again as a reason. */
function isAboutPartialRun(reason) {
    return reason.startsWith('the run is incomplete');
}
/** Rate now, and against the baseline with the change and its interval. */
function passRateSentence(assessment) {
    const { suiteEffect: effect, passRate } = assessment;
    if (effect) {
        const change = `${(0,format/* points */.WR)(effect.change)}, 95 % interval ${(0,format/* pointsInterval */.Jb)(effect.interval)}`;
        return `Pass rate ${(0,format/* percent */.KN)(effect.baselineRate)} → ${(0,format/* percent */.KN)(effect.rate)} (${change}).`;
    }
    return passRate === undefined ? 'No slot of this run has an outcome.' : `Pass rate of this run: ${(0,format/* percent */.KN)(passRate)}.`;
}
function samplesSentence(assessment) {
    const counts = (name) => assessment.counts[name] ?? 0;
    const compared = ['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail'];
    const total = compared.reduce((sum, name) => sum + counts(name), 0);
    if (!assessment.suiteEffect || total === 0)
        return '';
    const worse = counts('regressed');
    const also = [
        counts('suspect') > 0 ? `${(0,format/* count */.U9)(counts('suspect'))} suspect` : '',
        counts('fixed') > 0 ? `${(0,format/* count */.U9)(counts('fixed'))} fixed` : '',
    ].filter((text) => text !== '');
    const tail = also.length > 0 ? `, ${also.join(', ')}` : '';
    const first = worse > 0 ? `${(0,format/* count */.U9)(worse)} of ${(0,format/* counted */.hS)(total, 'sample')} regressed` : `None of ${(0,format/* counted */.hS)(total, 'sample')} regressed`;
    return assessment.verdict.status === 'regressed' && worse === 0
        ? `No single sample accounts for the drop among ${(0,format/* counted */.hS)(total, 'sample')}${tail}.`
        : `${first}${tail}.`;
}
/** What the verdict means: what is excluded, what is missing, what would settle it. */
function meaningSentences(assessment) {
    const { status, exitCode, excludedDrop, minimalDetectableDrop: detectable, reasons } = assessment.verdict;
    const reason = asSentence(reasons.find((text) => !isAboutPartialRun(text)) ?? '');
    if (status === 'no-change') {
        const excluded = excludedDrop === undefined ? '' : `A drop of more than ${(0,format/* points */.WR)(Math.max(0, excludedDrop)).replace('+', '')} is excluded with 95 % confidence.`;
        return exitCode === 0 ? [excluded] : [reason, excluded];
    }
    if (status === 'inconclusive') {
        const found = detectable === undefined
            ? ''
            : `This run finds a true drop of ${(0,format/* points */.WR)(detectable).replace('+', '')} in 4 of 5 cases; smaller ones are easily missed.`;
        return [reason, found, settlingSentence(assessment)];
    }
    if (status === 'no-baseline') {
        const why = asSentence(assessment.baseline.reason ?? '');
        return [exitCode === 0 && why !== '' ? why : reason, 'Nothing was compared, so this is not a pass.'];
    }
    return exitCode !== 0 && status !== 'regressed' ? [reason] : [];
}
/** From the verdict where it knows; otherwise what always helps. */
function settlingSentence(assessment) {
    const known = assessment.verdict.settle ?? assessment.verdict.gates?.settle;
    if (isPartialRun(assessment))
        return 'What would settle it: finishing the run; it can be resumed.';
    const text = typeof known === 'string' ? known : Array.isArray(known) ? known.filter((item) => typeof item === 'string').join(', or ') : '';
    const usual = (assessment.outcomes.error ?? 0) > 0 ? 'a run with fewer errors' : 'more repeats, or more runs of the base branch';
    return `What would settle it: ${text === '' ? usual : text.replace(/\.$/, '')}.`;
}
function errorSentence(assessment) {
    const { error = 0, unscored = 0 } = assessment.outcomes;
    const slots = Object.values(assessment.outcomes).reduce((sum, value) => sum + value, 0);
    const parts = [error > 0 ? `${(0,format/* count */.U9)(error)} without a usable answer` : '', unscored > 0 ? `${(0,format/* count */.U9)(unscored)} without a score` : ''];
    const said = parts.filter((part) => part !== '');
    return said.length === 0 ? '' : `Left out of ${(0,format/* counted */.hS)(slots, 'slot')}: ${said.join(', ')}.`;
}
const kinds = {
    path: 'given files',
    exact: 'the exact base commit',
    ancestor: 'an ancestor of the base commit',
    'base-tip': 'the newest of the base branch',
    'default-tip': 'the newest of the default branch',
    none: 'none',
};
/** `Baseline: 3 runs of main, newest abc1234 (2 commits behind, 20 h old).` */
function baselineSentence(assessment) {
    const { kind, reason, sha, ref, distance, runs, ageHours } = assessment.baseline;
    if (kind === 'none' || runs === 0)
        return `Baseline: none${reason === undefined ? '' : ` (${reason})`}.`;
    const of = ref === undefined ? '' : ` of ${(0,phrase/* named */.KT)(ref.replace(/^refs\/(?:heads|tags)\//, ''))}`;
    const newest = sha === undefined ? '' : `, ${runs > 1 ? 'newest ' : ''}${(0,phrase/* named */.KT)(sha.slice(0, 7))}`;
    const facts = [
        kinds[kind],
        distance === undefined || distance === 0 ? '' : `${(0,format/* counted */.hS)(distance, 'commit')} behind`,
        ageHours === undefined ? '' : (0,format/* age */.KW)(ageHours),
    ].filter((fact) => fact !== '');
    return `Baseline: ${(0,format/* counted */.hS)(runs, 'run')}${of}${newest} (${facts.join(', ')}).`;
}
/** `372 agent calls, 120 judge calls, $0.84, 3 min 12 s.` What is not known is not said. */
function effortSentence(assessment) {
    const { agentCalls, judgeCalls, costUsd, inputTokens, outputTokens } = assessment.cost;
    const tokens = (inputTokens ?? 0) + (outputTokens ?? 0);
    const parts = [
        (0,format/* counted */.hS)(agentCalls, 'agent call'),
        judgeCalls > 0 ? (0,format/* counted */.hS)(judgeCalls, 'judge call') : '',
        tokens > 0 ? (0,format/* counted */.hS)(tokens, 'token') : '',
        costUsd === undefined ? '' : (0,format/* cost */.y)(costUsd),
        assessment.run.durationMs === undefined ? '' : (0,format/* duration */.p0)(assessment.run.durationMs),
    ];
    return `${parts.filter((part) => part !== '').join(', ')}.`;
}
/** A reason as a sentence of its own: capital, full stop. Empty text stays empty. */
function asSentence(text) {
    const trimmed = text.trim();
    if (trimmed === '')
        return '';
    const opened = /^[a-z]+[\s,;:]/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
    return /[.!?…]$/.test(opened) ? opened : `${opened}.`;
}

;// CONCATENATED MODULE: ./lib/reporters/parts/decision.js



/**
 * How the verdict came about, a paragraph each: the reasons, then every gate with its numbers. Gates are free-form; what
 * is not understood is printed as `key: value`.
 */
function decisionOf(assessment) {
    const { reasons, gates = {} } = assessment.verdict;
    const notes = assessment.baseline.notes ?? [];
    return [...reasons, ...Object.entries(gates).map(([key, value]) => gateParagraph(key, value)), ...notes.map((note) => `Baseline: ${note}`)]
        .map(asSentence)
        .filter((paragraph) => paragraph !== '');
}
/** Where the numbers come from; only what is known. */
function provenanceOf(assessment) {
    const { run } = assessment;
    const facts = [
        ['agent', run.agent],
        ['repeats', run.repeats === undefined ? undefined : (0,format/* count */.U9)(run.repeats)],
        ['commit', run.sha],
        ['run', run.runId],
        ['started', run.startedAt],
        ['duration', run.durationMs === undefined ? undefined : (0,format/* duration */.p0)(run.durationMs)],
        ['schema version', String(assessment.schemaVersion)],
    ];
    return facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value: (0,phrase/* named */.KT)(value) }]));
}
function gateParagraph(key, value) {
    if (key === 'settle')
        return '';
    const title = words(key);
    if (typeof value === 'string')
        return value.includes(' ') ? value : `${title}: ${value}`;
    if (!isRecord(value))
        return value === undefined || value === null ? '' : `${title}: ${plain(key, value)}`;
    const { summary, text, ...rest } = value;
    const said = typeof summary === 'string' ? summary : typeof text === 'string' ? text : undefined;
    if (said !== undefined)
        return said;
    const facts = Object.entries(rest)
        .filter(([, fact]) => fact !== undefined && fact !== null)
        .map(([name, fact]) => `${words(name)} ${plain(name, fact)}`);
    return facts.length === 0 ? '' : `${title}: ${facts.join(', ')}`;
}
/** By the name of the field: p-values, rates and drops have their own form. */
function plain(name, value) {
    if (typeof value === 'boolean')
        return value ? 'yes' : 'no';
    if (typeof value === 'number')
        return number(name, value);
    if (Array.isArray(value))
        return value.length === 0 ? 'none' : value.map((item) => plain(name, item)).join(' … ');
    if (isRecord(value)) {
        const facts = Object.entries(value).map(([key, item]) => `${words(key)} ${plain(key, item)}`);
        return `(${facts.join(', ')})`;
    }
    return typeof value === 'string' ? (0,phrase/* named */.KT)(value) : 'n/a';
}
function number(name, value) {
    if (!Number.isFinite(value))
        return 'n/a';
    if (/^(?:p|adjusted)$|^p[A-Z]|^(?:p|adj)Value/.test(name))
        return (0,format/* probability */.E5)(value);
    if (/(?:rate|drop|change|margin|share|level)$/i.test(name))
        return (0,format/* percent */.KN)(value);
    return Number.isInteger(value) ? (0,format/* count */.U9)(value) : String(Number(value.toPrecision(4))).replace('-', '−');
}
/** `gateA` → `Gate A` is left to the reader's eye: `minimalDrop` → `minimal drop`. */
function words(key) {
    return key.replace(/([a-z0-9])([A-Z])/g, (_, low, high) => `${low} ${high.toLowerCase()}`).replace(/[`"]/g, "'");
}
function isRecord(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./lib/reporters/parts/rows.js


const classes = [
    { class: 'regressed', title: 'Regressed', meaning: 'Passed before, fails now, and chance is ruled out.' },
    { class: 'suspect', title: 'Suspect', meaning: 'Looks worse, but chance is not ruled out.' },
    { class: 'errored', title: 'Errored', meaning: 'Fewer than half of the planned repeats have a usable answer; not counted as failures.' },
    { class: 'fixed', title: 'Fixed', meaning: 'Failed before, passes now, and chance is ruled out.' },
    { class: 'flaky', title: 'Flaky', meaning: 'Sometimes passes, sometimes fails, on both sides alike.' },
    { class: 'new', title: 'New', meaning: 'Not in the baseline.' },
    { class: 'removed', title: 'Removed', meaning: 'In the baseline only.' },
    { class: 'stable-fail', title: 'Failing as before', meaning: 'Fails on both sides.' },
    { class: 'stable-pass', title: 'Passing as before', meaning: 'Passes on both sides.' },
];
/** The samples by class, most telling class first; inside a class critical ones, then the surest, then by id. */
function sampleGroups(samples, sampleUrl) {
    // Making one loads the tables of a language: a tenth of the time of a small run.
    let collator;
    const compare = (a, b) => {
        collator ??= new Intl.Collator('en', { numeric: true });
        return collator.compare(a, b);
    };
    return classes
        .map((group) => ({
        ...group,
        rows: samples
            .filter((sample) => sample.class === group.class)
            .sort((a, b) => bySurety(a, b) || compare(a.id, b.id) || (a.id < b.id ? -1 : 1))
            .map((sample) => rowOf(sample, sampleUrl)),
    }))
        .filter((group) => group.rows.length > 0);
}
function rowOf(sample, sampleUrl) {
    const { file, line } = sample;
    const url = file !== undefined && line !== undefined ? sampleUrl?.(file, line) : undefined;
    return {
        id: sample.id,
        class: sample.class,
        isCritical: sample.critical === true,
        baseline: passesText(sample.baseline),
        now: passesText(sample.current),
        changes: sample.changes && sample.changes.length > 0 ? sample.changes : sample.baseline ? scoreChanges(sample) : none,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        ...(url === undefined ? {} : { url }),
    };
}
const none = [];
function passesText(side) {
    return side === undefined || side.repeats === 0 ? '—' : `${side.passes}/${side.repeats}`;
}
/** Stands in where no records were read back: the scores that moved, largest first, at most three. */
function scoreChanges(sample) {
    return Object.entries(sample.scores)
        .map(([checker, { baseline, current }]) => ({ checker, baseline, current, change: Math.abs((current ?? 0) - (baseline ?? 0)) }))
        .filter(({ baseline, current, change }) => baseline !== undefined && current !== undefined && change >= 0.005)
        .sort((a, b) => b.change - a.change || (a.checker < b.checker ? -1 : 1))
        .slice(0, 3)
        .map(({ checker, baseline = 0, current = 0 }) => `${(0,phrase/* named */.KT)(checker)} ${(0,format/* score */.fN)(baseline)} → ${(0,format/* score */.fN)(current)}`);
}
function bySurety(a, b) {
    return Number(b.critical === true) - Number(a.critical === true) || (a.adjusted ?? 1) - (b.adjusted ?? 1) || (a.p ?? 1) - (b.p ?? 1);
}

;// CONCATENATED MODULE: ./lib/reporters/parts/tables.js


const effects = {
    regressed: 'worse',
    improved: 'better',
    unchanged: 'unchanged',
    inconclusive: 'not decided',
    'too-few-samples': 'too few samples',
};
/** Names that people know better than the record's. */
const metricNames = {
    latencyMs: 'latency',
    firstByteMs: 'time to first byte',
    inputTokens: 'input tokens',
    outputTokens: 'output tokens',
    costUsd: 'cost',
};
const tables_none = '—';
/** Checkers, slices and metrics as tables; those without a row are left out. */
function reportTables(assessment) {
    return [checkerTable(assessment), sliceTable(assessment), metricTable(assessment)].filter((table) => table.rows.length > 0);
}
function checkerTable(assessment) {
    return {
        key: 'checkers',
        title: `Checkers${weightedScore(assessment)}`,
        columns: ['mean score', 'baseline (n)', 'now (n)', 'change', '95 % interval', 'p', 'effect'],
        rows: assessment.checkers.map((checker) => ({
            cells: [
                (0,phrase/* named */.KT)(checker.name) + (checker.required === false ? ' (not required)' : ''),
                mean(checker.baseline),
                mean(checker.current),
                optional(checker.change, format/* points */.WR),
                optional(checker.interval, (interval) => `${(0,format/* pointsInterval */.Jb)(interval)} pp`),
                optional(checker.p, format/* probability */.E5),
                effects[checker.effect],
            ],
            tone: tables_toneOf(checker.effect),
        })),
    };
}
/** Only where weights or graded scores make it differ from the pass rate. */
function weightedScore({ score: weighted }) {
    const sides = [weighted?.baseline, weighted?.current].flatMap((value) => (value === undefined ? [] : (0,format/* score */.fN)(value)));
    return sides.length === 0 ? '' : ` · Weighted score ${sides.join(' → ')}`;
}
function sliceTable(assessment) {
    return {
        key: 'slices',
        title: 'Slices',
        columns: ['slice', 'samples', 'baseline', 'now', 'change', 'p', 'effect'],
        rows: assessment.slices.map((slice) => ({
            cells: [
                (0,phrase/* named */.KT)(slice.name),
                (0,format/* count */.U9)(slice.samples),
                optional(slice.baselineRate, format/* percent */.KN),
                optional(slice.rate, format/* percent */.KN),
                optional(slice.change, format/* points */.WR),
                optional(slice.p, format/* probability */.E5),
                effects[slice.effect],
            ],
            tone: tables_toneOf(slice.effect),
        })),
    };
}
function metricTable(assessment) {
    return {
        key: 'metrics',
        title: 'Latency and cost',
        columns: ['per sample', 'baseline', 'now', 'ratio', '95 % interval', 'effect'],
        rows: assessment.metrics.map((entry) => ({
            cells: [
                Object.hasOwn(metricNames, entry.name) ? (metricNames[entry.name] ?? '') : (0,phrase/* named */.KT)(entry.name),
                optional(entry.baseline, (value) => (0,format/* metric */.TH)(entry.name, value)),
                optional(entry.current, (value) => (0,format/* metric */.TH)(entry.name, value)),
                optional(entry.ratio, format/* ratio */.CG),
                optional(entry.interval, (interval) => `×${(0,format/* ratioInterval */.zr)(interval)}`),
                effects[entry.effect],
            ],
            tone: tables_toneOf(entry.effect),
        })),
    };
}
function mean(side) {
    return side === undefined ? tables_none : `${(0,format/* score */.fN)(side.mean)} (${(0,format/* count */.U9)(side.n)})`;
}
function optional(value, format) {
    return value === undefined ? tables_none : format(value);
}
function tables_toneOf(effect) {
    return effect === 'regressed' ? 'bad' : effect === 'improved' ? 'good' : 'plain';
}

;// CONCATENATED MODULE: ./lib/reporters/parts/view.js




/** The view of one assessment. Never throws on an empty one; the same input gives an equal view. */
function makeReportView(input) {
    const { assessment, links = {} } = input;
    const baselineUrl = links.baselineUrl ?? assessment.baseline.url;
    return {
        suite: assessment.suite,
        assessment,
        tone: toneOf(assessment),
        isPartial: isPartialRun(assessment),
        headline: headlineOf(assessment),
        summary: summaryOf(assessment),
        groups: sampleGroups(assessment.samples, links.sampleUrl),
        tables: reportTables(assessment),
        baseline: baselineSentence(assessment),
        effort: effortSentence(assessment),
        decision: decisionOf(assessment),
        provenance: provenanceOf(assessment),
        evidence: new Map(input.evidence.map((sample) => [sample.id, sample])),
        links: {
            ...(links.reportUrl === undefined ? {} : { reportUrl: links.reportUrl }),
            ...(links.runUrl === undefined ? {} : { runUrl: links.runUrl }),
            ...(baselineUrl === undefined ? {} : { baselineUrl }),
        },
    };
}


/***/ })

};
