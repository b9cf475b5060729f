export const id=9708;export const ids=[9708];export const modules={99708:(function(e,t,n){n.r(t),n.d(t,{init:()=>init});var r=n(73024),i=n(51455),a=n(76760),o=n(26848),s=n(452),c=n(98268),l=n(32916),u=n(9906);let d={http:`agent:
  type: http
  url: \${env:AGENT_URL}
  headers: {authorization: "Bearer \${env:AGENT_KEY}"}
  body: {question: "{{input}}", session: "{{slot}}"}
  reply: {output: /answer, toolCalls: /tool_calls, usage: /usage}   # JSON pointers into the reply
`,"openai-chat":`agent:
  type: openai-chat
  baseUrl: \${env:AGENT_URL}
  apiKey: \${env:AGENT_KEY}
  model: gpt-5-mini
`,command:`agent:
  type: command
  command: [node, my-agent.mjs]   # JSON on standard input, JSON or plain text on standard output
`,example:`agent:
  # A stand-in, so that everything works at once. Point it at your agent instead, for example:
  #   type: http
  #   url: \${env:AGENT_URL}
  #   headers: {authorization: "Bearer \${env:AGENT_KEY}"}
  #   body: {question: "{{input}}", session: "{{slot}}"}
  #   reply: {output: /answer, toolCalls: /tool_calls, usage: /usage}
  type: module
  path: agent-regress/example-agent.mjs
`};function configFile({suite:e,agent:t}){return`# What is asked, how it is judged, and when a pull request is red. Check it with: agent-regress validate
suite: ${JSON.stringify(e)}
samples: agent-regress/samples.jsonl
${d[t]}repeats: 3            # answers per sample: agents are random, one answer proves little
concurrency: 8
timeoutMs: 60000
budget: {calls: 2000, minutes: 30}
checkers:
  - {type: contains, value: "{{expected}}", ignoreCase: true}
  - {type: latency, maxMs: 30000, required: false}
baseline: auto        # on GitHub: the artifact of the base branch; on a laptop: --baseline RUN
policy: {mode: statistical, failOn: [regressed], slices: [tags]}
`}let f=`      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
`;function agentEnvironment({agent:e,variables:t}){return t?t.length===0?``:`        env:\n${t.map(e=>`          ${e}: \${{ secrets.${e} }}\n`).join(``)}`:e!==`http`&&e!==`openai-chat`?``:`        env:
          AGENT_URL: \${{ vars.AGENT_URL }}
          AGENT_KEY: \${{ secrets.AGENT_KEY }}
`}function pullRequestWorkflow(e){return`name: agent-regress
on:
  push:
    branches: [${e.branch}]
  pull_request:
  merge_group:

permissions: {}

concurrency:
  group: \${{ github.workflow_ref }}-\${{ github.event.pull_request.number || github.ref }}
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
${f}      - uses: agent-regress/agent-regress@v1
        with:
          config: agent-regress.yml
${agentEnvironment(e)}`}function nightlyWorkflow(e){return`name: agent-regress nightly
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
      pull-requests: read   # an accepted regression, once it is merged, is no alarm
      issues: write         # the issue that is open while the suite is worse
    steps:
${f}      - uses: agent-regress/agent-regress@v1
        with:
          config: agent-regress.yml
          comment: 'off'
          issue: regressions
${agentEnvironment(e)}`}function publishWorkflow(){return`name: agent-regress publish
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
`}async function init(e,t){if(e.text(`from`)!==void 0)return convert(e,t);let n=(0,a.resolve)(t.cwd,e.operands[0]??`.`),r=await answersFor(n,e,t);return await writeProject(n,filesOf(r),e,t),t.stdout.write((0,u.UJ)(nextSteps(r))),0}async function convert(e,t){let{folder:n,files:r,notes:i,found:o}=await convertedFiles(e,t),s=[...new Set([...(r[0]?.[1]??``).matchAll(/\$\{env:(\w+)\}/g)].map(e=>e[1]??``))],c={suite:(0,a.basename)(n),agent:`example`,branch:branchOf(n),variables:s};await writeProject(n,[...r,...workflowsOf(c)],e,t);for(let{file:e,line:n,field:r,message:a}of i)t.stderr.write(`  ${(0,l.en)(`${e}:${n} ${r}: ${a}`)}\n`);let u=i.length===0?`everything was converted`:`${i.length} thing${i.length===1?``:`s`} to look at, listed above`,d=s.length===0?``:`  export ${s.map(e=>`${e}=\u2026`).join(` `)}\n`;return t.stdout.write(`\n${o}; ${u}.\nNext:\n${d}  agent-regress validate\n  agent-regress run\n`),0}async function convertedFiles(e,t){let r=e.text(`from`)??``,{convertedOnly:i,convertedProject:o}=await Promise.all([n.e(3110),n.e(8815),n.e(1622),n.e(6284),n.e(2182),n.e(2109)]).then(n.bind(n,72182));if(r===i){let{fromPromptfoo:r}=await Promise.all([n.e(3110),n.e(8815),n.e(1622),n.e(8740),n.e(7246),n.e(4941),n.e(775),n.e(7863)]).then(n.bind(n,47863)),{samples:i,...a}=await r(e.operands[0],t.cwd);return{...a,found:`${i} sample${i===1?``:`s`}`}}let s=await o(e,t),{projectConfigFile:c}=await Promise.all([n.e(8815),n.e(827)]).then(n.bind(n,70827)),{text:l,leftOut:u}=c(s,r);for(let e of u)t.stderr.write(`note: ${e} is not written into a file: give it with every call, or as an environment variable\n`);let d=s.suites.length,f=(s.files??[]).map(([e,t])=>[e,t]);return{folder:(0,a.resolve)(t.cwd,s.folder),files:[[`agent-regress.yml`,l],...f],notes:s.notes,found:`${d} suite${d===1?``:`s`}`}}async function writeProject(e,t,n,o){let c=t.filter(([t])=>(0,r.existsSync)((0,a.join)(e,t))).map(([e])=>e);if(c.length>0&&!n.has(`force`))throw new s.v4({code:`init-exists`,message:`${c.join(`, `)} ${c.length===1?`exists`:`exist`} already; nothing was written`,remedy:`move them away, or write over them with --force`});for(let[n,r]of t)await(0,i.mkdir)((0,a.dirname)((0,a.join)(e,n)),{recursive:!0}),await(0,i.writeFile)((0,a.join)(e,n),r),o.stdout.write((0,u.UJ)(`  wrote ${(0,u.pS)(o,(0,a.join)(e,n))}\n`));await ignoreOutput(e)&&o.stdout.write((0,u.UJ)(`  added .agent-regress/ to ${(0,u.pS)(o,(0,a.join)(e,`.gitignore`))}\n`))}function filesOf(e){return[[`agent-regress.yml`,configFile(e)],[`agent-regress/samples.jsonl`,`{"id": "hours", "input": "When are you open?", "expected": "nine to five", "tags": ["faq"]}
{"id": "refund", "input": "I want my money back for order A17", "expected": "refund", "tags": ["refund"]}
{"id": "password", "input": "I forgot my password", "expected": "reset link", "tags": ["faq"]}
{"id": "shipping", "input": "Where is order B04?", "expected": "carrier", "tags": ["shipping"]}
{"id": "cancel", "input": "Please cancel order C33", "expected": "cancelled", "tags": ["refund"], "critical": true}
`],...e.agent===`example`?[[`agent-regress/example-agent.mjs`,`// Stands in for your agent: gets {input, turns, system, state, epoch}, returns text, or {output, toolCalls, usage}.
export default async function answer({ input }) {
  if (input.includes('money back')) return 'Your refund is on its way.';
  if (input.includes('Where is')) return 'It is with the carrier and arrives tomorrow.';
  if (input.includes('cancel')) return 'Your order is cancelled.';
  if (input.includes('password')) return 'Use the reset link on the sign-in page.';
  return 'We are open from nine to five.';
}
`]]:[],...workflowsOf(e)]}function workflowsOf(e){return[[`.github/workflows/agent-regress.yml`,pullRequestWorkflow(e)],[`.github/workflows/agent-regress-nightly.yml`,nightlyWorkflow(e)],[`.github/workflows/agent-regress-publish.yml`,publishWorkflow()]]}function branchOf(e){return/^refs\/heads\/(.+)$/.exec((0,c.l)(e)?.ref??``)?.[1]??`main`}async function ignoreOutput(e){let t=(0,a.join)(e,`.gitignore`),n=(0,r.existsSync)(t)?await(0,i.readFile)(t,`utf8`):``;return!/^\/?\.agent-regress\/?\s*$/m.test(n)&&(await(0,i.writeFile)(t,`${n}${n===``||n.endsWith(`
`)?``:`
`}.agent-regress/\n`),!0)}async function answersFor(e,t,n){let r=branchOf(e),i={suite:(0,a.basename)(e),agent:`example`,branch:r};if(t.has(`yes`)||n.stdout.isTTY!==!0||process.stdin.isTTY!==!0)return i;let s=(0,o.createInterface)({input:process.stdin,output:process.stdout,signal:n.signal});try{return{suite:(await s.question(`Name of the suite [${i.suite}]: `)).trim()||i.suite,agent:await chooseAgent(s),branch:(await s.question(`Default branch [${r}]: `)).trim()||r}}finally{s.close()}}let p={1:`http`,2:`openai-chat`,3:`command`,4:`example`};async function chooseAgent(e){for(;;){let t=(await e.question(`How is your agent reached?
  1  HTTP endpoint
  2  OpenAI-compatible endpoint
  3  a command
  4  not yet: use an example agent
Choice [4]: `)).trim()||`4`,n=Object.hasOwn(p,t)?p[t]:void 0;if(n)return n}}function nextSteps({agent:e}){return`
Next:
  ${e===`http`||e===`openai-chat`?`export AGENT_URL=\u2026 AGENT_KEY=\u2026
  `:``}agent-regress validate
  agent-regress run
Then commit, push to the default branch (its run becomes the baseline) and open a pull request.
`}}),98268:(function(e,t,n){n.d(t,{l:()=>readGit});var r=n(73024),i=n(76760);function readGit(e){let t=findGitDir((0,i.resolve)(e));if(t!==void 0)try{let e=(0,r.readFileSync)((0,i.join)(t,`HEAD`),`utf8`).trim(),n=/^ref: (\S+)$/.exec(e)?.[1];if(n===void 0)return/^[0-9a-f]{40,64}$/.test(e)?{sha:e}:void 0;let a=shaOf(t,n);return a===void 0?{ref:n}:{sha:a,ref:n}}catch{return}}function findGitDir(e){let t=(0,i.join)(e,`.git`);if((0,r.existsSync)(t)){if((0,r.statSync)(t).isDirectory())return t;let n=/^gitdir: (.+)$/m.exec((0,r.readFileSync)(t,`utf8`))?.[1];return n===void 0?void 0:(0,i.resolve)(e,n)}return(0,i.dirname)(e)===e?void 0:findGitDir((0,i.dirname)(e))}function shaOf(e,t){let n=(0,i.join)(e,`commondir`),a=(0,r.existsSync)(n)?(0,i.resolve)(e,(0,r.readFileSync)(n,`utf8`).trim()):e;for(let n of[e,a]){let e=(0,i.join)(n,t);if((0,r.existsSync)(e))return(0,r.readFileSync)(e,`utf8`).trim()}let o=(0,i.join)(a,`packed-refs`);if(!(0,r.existsSync)(o))return;let s=(0,r.readFileSync)(o,`utf8`).split(`
`).find(e=>e.endsWith(` ${t}`));return s?.slice(0,s.indexOf(` `))}})};