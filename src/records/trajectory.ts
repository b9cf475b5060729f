import { Json } from './json.ts';
import { Input } from './sample.ts';
import * as z from './schema.ts';

export const ToolCallStep = z.looseObject({
  kind: z.literal('toolCall'),
  name: z.string(),
  args: z.described(z.optional(Json), 'arguments as sent, usually an object'),
  id: z.optional(z.string()),
  server: z.described(z.optional(z.string()), 'MCP server or other owner of the tool'),
  result: z.optional(Json),
  isError: z.optional(z.boolean()),
  reply: z.described(
    z.catch(z.optional(z.int().check(z.minimum(1))), undefined),
    'only where one reply of a model made several calls: its number in the turn, from 1; calls with one number are in no order among themselves',
  ),
});
export type ToolCallStep = z.infer<typeof ToolCallStep>;

export const MessageStep = z.looseObject({ kind: z.literal('message'), text: z.string(), author: z.optional(z.string()) });
export type MessageStep = z.infer<typeof MessageStep>;

export const ErrorStep = z.looseObject({ kind: z.literal('error'), message: z.string() });
export type ErrorStep = z.infer<typeof ErrorStep>;

export const Step = z.discriminatedUnion('kind', [ToolCallStep, MessageStep, ErrorStep]);
export type Step = z.infer<typeof Step>;

/** Log probabilities (natural logarithm) of the tokens of one output. */
export const TokenLogProbs = z.looseObject({
  tokens: z.described(z.int().check(z.minimum(1)), 'how many there were'),
  mean: z.described(z.number(), 'their mean; the perplexity is e to the power of its negative'),
});
export type TokenLogProbs = z.infer<typeof TokenLogProbs>;

/** More of a turn are not recorded at all: a list with a hole would be compared as if it were whole. */
export const maxNodes = 1000;

export const Turn = z.looseObject({
  input: z.described(Input.clone(), 'the user message'),
  output: z.described(z.string(), "the agent's reply as text; a JSON reply is its JSON text"),
  steps: z.array(Step),
  finishReason: z.described(
    z.catch(z.optional(z.string()), undefined),
    'why the reply ended, as the agent tells: stop, length, tool_calls, content_filter, or another word; of several replies in the turn the last',
  ),
  logProbs: z.described(z.catch(z.optional(TokenLogProbs), undefined), 'of the output, where the agent was asked for them'),
  traceId: z.described(
    z.catch(z.optional(z.string()), undefined),
    "of the agent's own trace, 32 characters, where its reply names one (`eagleeye-traceId`, `traceId`)",
  ),
  nodes: z.described(
    z.catch(z.optional(z.array(z.string()).check(z.maxLength(maxNodes))), undefined),
    'names of the nodes of the graph that ran, as they ended, where the agent was asked for them; at most 1000',
  ),
});
export type Turn = z.infer<typeof Turn>;

export const Usage = z.looseObject({
  inputTokens: z.optional(z.number().check(z.minimum(0))),
  outputTokens: z.optional(z.number().check(z.minimum(0))),
  costUsd: z.optional(z.number().check(z.minimum(0))),
});
export type Usage = z.infer<typeof Usage>;

/** One span of the agent's trace, in short. */
export const SpanSummary = z.looseObject({
  name: z.string(),
  durationMs: z.described(z.optional(z.number().check(z.minimum(0))), 'milliseconds; absent: it has no times'),
  isError: z.optional(z.boolean()),
});
export type SpanSummary = z.infer<typeof SpanSummary>;

/** Why a conversation with a simulated user ended: the user had what it wanted or gave up, or it was the last turn allowed. */
export const ConversationEnd = z.enum(['stop', 'max-turns']);
export type ConversationEnd = z.infer<typeof ConversationEnd>;

/** What the agent did in one slot. Its output is the output of its last turn. Absent numbers are absent, never 0 or NaN. */
export const Trajectory = z.looseObject({
  turns: z.array(Turn),
  end: z.described(z.catch(z.optional(ConversationEnd), undefined), 'only of a simulated user: it said the stop word, or the turns were used up'),
  finalState: z.optional(Json),
  usage: z.optional(Usage),
  latencyMs: z.described(z.optional(z.number().check(z.minimum(0))), 'sum over the turns, milliseconds'),
  spans: z.described(
    z.catch(z.optional(z.array(SpanSummary)), undefined),
    'only where spans were read (`traces`): those of the answer as they started, at most 1000 of them and 100 kB',
  ),
  omittedSpans: z.described(z.catch(z.optional(z.int().check(z.minimum(1))), undefined), 'spans that were read beyond those; absent: none'),
  firstByteMs: z.described(z.optional(z.number().check(z.minimum(0))), 'of the first turn, milliseconds'),
});
export type Trajectory = z.infer<typeof Trajectory>;

/** The output of the last turn; empty text when there is no turn. */
export function outputOf(trajectory: Trajectory): string {
  return trajectory.turns.at(-1)?.output ?? '';
}

/** Every tool call of every turn, in order. */
export function toolCallsOf(trajectory: Trajectory): ToolCallStep[] {
  return trajectory.turns.flatMap((turn) => turn.steps.filter((step): step is ToolCallStep => step.kind === 'toolCall'));
}
