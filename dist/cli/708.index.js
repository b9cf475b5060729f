export const id = 708;
export const ids = [708];
export const modules = {

/***/ 9708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  init: () => (/* binding */ init)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:readline/promises"
var external_node_readline_promises_ = __webpack_require__(6848);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/io/git.js
var git = __webpack_require__(8268);
// EXTERNAL MODULE: ./lib/cli/host.js
var cli_host = __webpack_require__(9906);
;// CONCATENATED MODULE: ./lib/cli/init/config-files.js
const agentBlocks = {
    http: `agent:
  type: http
  url: \${env:AGENT_URL}
  headers: {authorization: "Bearer \${env:AGENT_KEY}"}
  body: {question: "{{input}}", session: "{{slot}}"}
  reply: {output: /answer, toolCalls: /tool_calls, usage: /usage}   # JSON pointers into the reply
`,
    'openai-chat': `agent:
  type: openai-chat
  baseUrl: \${env:AGENT_URL}
  apiKey: \${env:AGENT_KEY}
  model: gpt-5-mini
`,
    command: `agent:
  type: command
  command: [node, my-agent.mjs]   # JSON on standard input, JSON or plain text on standard output
`,
    example: `agent:
  # A stand-in, so that everything works at once. Point it at your agent instead, for example:
  #   type: http
  #   url: \${env:AGENT_URL}
  #   headers: {authorization: "Bearer \${env:AGENT_KEY}"}
  #   body: {question: "{{input}}", session: "{{slot}}"}
  #   reply: {output: /answer, toolCalls: /tool_calls, usage: /usage}
  type: module
  path: agent-regress/example-agent.mjs
`,
};
/** `agent-regress.yml`. */
function configFile({ suite, agent }) {
    return `# What is asked, how it is judged, and when a pull request is red. Check it with: agent-regress validate
suite: ${JSON.stringify(suite)}
samples: agent-regress/samples.jsonl
${agentBlocks[agent]}repeats: 3            # answers per sample: agents are random, one answer proves little
concurrency: 8
timeoutMs: 60000
budget: {calls: 2000, minutes: 30}
checkers:
  - {type: contains, value: "{{expected}}", ignoreCase: true}
  - {type: latency, maxMs: 30000, required: false}
baseline: auto        # on GitHub: the artifact of the base branch; on a laptop: --baseline RUN
policy: {mode: statistical, failOn: [regressed], slices: [tags]}
`;
}
/** `agent-regress/samples.jsonl`. */
const sampleFile = `{"id": "hours", "input": "When are you open?", "expected": "nine to five", "tags": ["faq"]}
{"id": "refund", "input": "I want my money back for order A17", "expected": "refund", "tags": ["refund"]}
{"id": "password", "input": "I forgot my password", "expected": "reset link", "tags": ["faq"]}
{"id": "shipping", "input": "Where is order B04?", "expected": "carrier", "tags": ["shipping"]}
{"id": "cancel", "input": "Please cancel order C33", "expected": "cancelled", "tags": ["refund"], "critical": true}
`;
/** `agent-regress/example-agent.mjs`. */
const exampleAgentFile = `// Stands in for your agent: gets {input, turns, system, state, epoch}, returns text, or {output, toolCalls, usage}.
export default async function answer({ input }) {
  if (input.includes('money back')) return 'Your refund is on its way.';
  if (input.includes('Where is')) return 'It is with the carrier and arrives tomorrow.';
  if (input.includes('cancel')) return 'Your order is cancelled.';
  if (input.includes('password')) return 'Use the reset link on the sign-in page.';
  return 'We are open from nine to five.';
}
`;

;// CONCATENATED MODULE: ./lib/cli/init/workflow-files.js
const checkout = `      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
`;
function agentEnvironment({ agent }) {
    if (agent !== 'http' && agent !== 'openai-chat')
        return '';
    return `        env:
          AGENT_URL: \${{ vars.AGENT_URL }}
          AGENT_KEY: \${{ secrets.AGENT_KEY }}
`;
}
/** Baseline on every push to the default branch; verdict on every pull request and in the merge queue. */
function pullRequestWorkflow(answers) {
    return `name: agent-regress
on:
  push:
    branches: [${answers.branch}]
  pull_request:
  merge_group:

permissions: {}

concurrency:
  group: agent-regress-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  agent-regress:
    runs-on: ubuntu-latest
    timeout-minutes: 40
    permissions:
      contents: read        # read the repository
      actions: read         # find the baseline among the artifacts of earlier runs
      checks: write         # the check run with annotations
      pull-requests: write  # the comment
    steps:
${checkout}      - uses: agent-regress/agent-regress@v1
        with:
          config: agent-regress.yml
${agentEnvironment(answers)}`;
}
/** Drift of an endpoint or model that nobody touched, and a fresh baseline every night. */
function nightlyWorkflow(answers) {
    return `name: agent-regress nightly
on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:

permissions: {}

jobs:
  agent-regress:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
      actions: read
      checks: write
    steps:
${checkout}      - uses: agent-regress/agent-regress@v1
        with:
          config: agent-regress.yml
          comment: 'off'
${agentEnvironment(answers)}`;
}
/**
 * Posts the report of a pull request from a fork, whose own run may not write. Runs on the default branch, checks nothing
 * out and executes nothing of the pull request: it reads the stored, schema-checked run.
 */
function publishWorkflow() {
    return `name: agent-regress publish
on:
  workflow_run:
    workflows: [agent-regress]
    types: [completed]

permissions: {}

jobs:
  publish:
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.head_repository.full_name != github.repository
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      actions: read
      checks: write
      pull-requests: write
    steps:
      - uses: agent-regress/agent-regress@v1
        with:
          mode: publish
`;
}

;// CONCATENATED MODULE: ./lib/cli/commands/init.js









/** Writes a config that works as it is, samples, and the workflow files. Never over a file that exists, unless told to. */
async function init(given, host) {
    const folder = (0,external_node_path_.resolve)(host.cwd, given.operands[0] ?? '.');
    const answers = await answersFor(folder, given, host);
    const files = filesOf(answers);
    const existing = files.filter(([path]) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, path))).map(([path]) => path);
    if (existing.length > 0 && !given.has('force')) {
        throw new errors/* ToolError */.v4({
            code: 'init-exists',
            message: `${existing.join(', ')} ${existing.length === 1 ? 'exists' : 'exist'} already; nothing was written`,
            remedy: 'move them away, or write over them with --force',
        });
    }
    for (const [path, text] of files) {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(folder, path)), { recursive: true });
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, path), text);
        host.stdout.write(`  wrote ${(0,cli_host/* shownPath */.pS)(host, (0,external_node_path_.join)(folder, path))}\n`);
    }
    if (await ignoreOutput(folder))
        host.stdout.write(`  added .agent-regress/ to ${(0,cli_host/* shownPath */.pS)(host, (0,external_node_path_.join)(folder, '.gitignore'))}\n`);
    host.stdout.write(nextSteps(answers));
    return 0;
}
function filesOf(answers) {
    return [
        ['agent-regress.yml', configFile(answers)],
        ['agent-regress/samples.jsonl', sampleFile],
        ...(answers.agent === 'example' ? [['agent-regress/example-agent.mjs', exampleAgentFile]] : []),
        ['.github/workflows/agent-regress.yml', pullRequestWorkflow(answers)],
        ['.github/workflows/agent-regress-nightly.yml', nightlyWorkflow(answers)],
        ['.github/workflows/agent-regress-publish.yml', publishWorkflow()],
    ];
}
/** Runs are output, not source. @returns whether the line was missing. */
async function ignoreOutput(folder) {
    const path = (0,external_node_path_.join)(folder, '.gitignore');
    const text = (0,external_node_fs_.existsSync)(path) ? await (0,promises_.readFile)(path, 'utf8') : '';
    if (/^\/?\.agent-regress\/?\s*$/m.test(text))
        return false;
    await (0,promises_.writeFile)(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}.agent-regress/\n`);
    return true;
}
async function answersFor(folder, given, host) {
    const branch = /^refs\/heads\/(.+)$/.exec((0,git/* readGit */.l)(folder)?.ref ?? '')?.[1] ?? 'main';
    const defaults = { suite: (0,external_node_path_.basename)(folder), agent: 'example', branch };
    if (given.has('yes') || host.stdout.isTTY !== true || process.stdin.isTTY !== true)
        return defaults;
    const prompt = (0,external_node_readline_promises_.createInterface)({ input: process.stdin, output: process.stdout, signal: host.signal });
    try {
        const suite = (await prompt.question(`Name of the suite [${defaults.suite}]: `)).trim() || defaults.suite;
        const agent = await chooseAgent(prompt);
        const chosen = (await prompt.question(`Default branch [${branch}]: `)).trim() || branch;
        return { suite, agent, branch: chosen };
    }
    finally {
        prompt.close();
    }
}
const choices = { '1': 'http', '2': 'openai-chat', '3': 'command', '4': 'example' };
async function chooseAgent(prompt) {
    const menu = 'How is your agent reached?\n  1  HTTP endpoint\n  2  OpenAI-compatible endpoint\n  3  a command\n  4  not yet: use an example agent\nChoice [4]: ';
    for (;;) {
        const answer = (await prompt.question(menu)).trim() || '4';
        const choice = Object.hasOwn(choices, answer) ? choices[answer] : undefined;
        if (choice)
            return choice;
    }
}
function nextSteps({ agent }) {
    const variables = agent === 'http' || agent === 'openai-chat' ? 'export AGENT_URL=… AGENT_KEY=…\n  ' : '';
    return `
Next:
  ${variables}agent-regress validate
  agent-regress run
Then commit, push to the default branch (its run becomes the baseline) and open a pull request.
`;
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


/***/ })

};
