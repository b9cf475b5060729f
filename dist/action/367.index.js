export const id = 367;
export const ids = [367];
export const modules = {

/***/ 96418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ pathFrom)
/* harmony export */ });
/** A path of the config from its folder; absolute ones stay. Joined with `/`, which every platform takes. */
function pathFrom(baseDir, path) {
    return /^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${baseDir.replace(/[\\/]+$/, '')}/${path.replace(/^(\.[\\/])+/, '')}`;
}


/***/ }),

/***/ 94367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkers: () => (/* binding */ checkers)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(53339);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/records/score.js
var records_score = __webpack_require__(98976);
;// CONCATENATED MODULE: ./lib/checkers/checker.js
/** Gives a definition its types; returns it as it is. */
function defineChecker(definition) {
    return definition;
}

// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(97374);
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
var lib_template = __webpack_require__(94933);
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
var dist_ajv = __webpack_require__(42463);
// EXTERNAL MODULE: ./node_modules/ajv/dist/2020.js
var _2020 = __webpack_require__(52210);
// EXTERNAL MODULE: ./node_modules/ajv-formats/dist/index.js
var dist = __webpack_require__(82815);
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
var records_trajectory = __webpack_require__(45609);
// EXTERNAL MODULE: ./lib/checkers/parts/path.js
var path = __webpack_require__(96418);
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
var mod = __webpack_require__(21916);
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
var sample = __webpack_require__(98006);
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
const checkers = (0,registry/* createRegistry */.Iq)('checker', [
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


/***/ })

};
