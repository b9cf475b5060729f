/** What `init` was told. */
export interface InitAnswers {
  suite: string;
  agent: 'http' | 'openai-chat' | 'command' | 'example';
  /** Default branch of the repository. */
  branch: string;
  /** Environment variables that the workflows hand on from secrets of the same name. Absent: those of the agent. */
  variables?: readonly string[];
}

const agentBlocks: Record<InitAnswers['agent'], string> = {
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
export function configFile({ suite, agent }: InitAnswers): string {
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
export const sampleFile = `{"id": "hours", "input": "When are you open?", "expected": "nine to five", "tags": ["faq"]}
{"id": "refund", "input": "I want my money back for order A17", "expected": "refund", "tags": ["refund"]}
{"id": "password", "input": "I forgot my password", "expected": "reset link", "tags": ["faq"]}
{"id": "shipping", "input": "Where is order B04?", "expected": "carrier", "tags": ["shipping"]}
{"id": "cancel", "input": "Please cancel order C33", "expected": "cancelled", "tags": ["refund"], "critical": true}
`;

/** `agent-regress/example-agent.mjs`. */
export const exampleAgentFile = `// Stands in for your agent: gets {input, turns, system, state, epoch}, returns text, or {output, toolCalls, usage}.
export default async function answer({ input }) {
  if (input.includes('money back')) return 'Your refund is on its way.';
  if (input.includes('Where is')) return 'It is with the carrier and arrives tomorrow.';
  if (input.includes('cancel')) return 'Your order is cancelled.';
  if (input.includes('password')) return 'Use the reset link on the sign-in page.';
  return 'We are open from nine to five.';
}
`;
