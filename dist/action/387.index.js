export const id = 387;
export const ids = [387];
export const modules = {

/***/ 77387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadSuites: () => (/* binding */ loadSuites)
});

// UNUSED EXPORTS: configFileNames

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/parse.js
var parse = __webpack_require__(69171);
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
var sample = __webpack_require__(98006);
// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
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
                return issue.keys.map((key) => `unknown key "${key}"\n${options.elsewhere?.(key) ?? (0,registry/* unknownNameRemedy */.Yk)(key, known)}`).join('\n');
            }
            case 'invalid_value': {
                const values = issue.values.map(String);
                const shown = shortText(issue.input, options.secrets);
                const near = typeof issue.input === 'string' ? (0,registry/* nearestNames */.LE)(issue.input, values) : [];
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
var schemas = __webpack_require__(53339);
// EXTERNAL MODULE: ./lib/records/json.js
var json = __webpack_require__(97374);
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
    return { message: `unknown checker "${type}"`, remedy: (0,registry/* unknownNameRemedy */.Yk)(type, known) };
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
        const remedy = state.declared.length === 0 ? `write env: [${name}]` : `add it there. ${(0,registry/* unknownNameRemedy */.Yk)(name, state.declared)}`;
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
var dist = __webpack_require__(38815);
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
        const text = { message: `unknown agent "${type.value}"`, remedy: (0,registry/* unknownNameRemedy */.Yk)(type.value, agents.types) };
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
        const text = { message: `unknown format "${format.value}"`, remedy: (0,registry/* unknownNameRemedy */.Yk)(format.value, datasetTypes) };
        context.problems.push(problemAt(format.at, ['samples', 'format'], text));
    }
    const map = nodeAt(context.root, ['samples', 'map']);
    for (const [key, { keyAt }] of map?.kind === 'map' ? map.entries : []) {
        if (sample/* sampleKeys */.nu.includes(key))
            continue;
        const text = { message: `a sample has no field "${key}"`, remedy: (0,registry/* unknownNameRemedy */.Yk)(key, sample/* sampleKeys */.nu) };
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
        __webpack_require__.e(/* import() */ 86).then(__webpack_require__.bind(__webpack_require__, 26086)),
        Promise.all(/* import() */[__webpack_require__.e(246), __webpack_require__.e(367), __webpack_require__.e(933)]).then(__webpack_require__.bind(__webpack_require__, 94367)),
        Promise.all(/* import() */[__webpack_require__.e(175), __webpack_require__.e(469)]).then(__webpack_require__.bind(__webpack_require__, 42469)),
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


/***/ })

};
