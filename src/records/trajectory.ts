import { z } from 'zod';
import { Json } from './json.ts';
import { Input } from './sample.ts';

export const ToolCallStep = z.looseObject({
  kind: z.literal('toolCall'),
  name: z.string(),
  args: Json.optional().describe('arguments as sent, usually an object'),
  id: z.string().optional(),
  server: z.string().optional().describe('MCP server or other owner of the tool'),
  result: Json.optional(),
  isError: z.boolean().optional(),
});
export type ToolCallStep = z.infer<typeof ToolCallStep>;

export const MessageStep = z.looseObject({ kind: z.literal('message'), text: z.string(), author: z.string().optional() });
export type MessageStep = z.infer<typeof MessageStep>;

export const ErrorStep = z.looseObject({ kind: z.literal('error'), message: z.string() });
export type ErrorStep = z.infer<typeof ErrorStep>;

export const Step = z.discriminatedUnion('kind', [ToolCallStep, MessageStep, ErrorStep]);
export type Step = z.infer<typeof Step>;

export const Turn = z.looseObject({
  input: Input.describe('the user message'),
  output: z.string().describe("the agent's reply as text; a JSON reply is its JSON text"),
  steps: z.array(Step),
});
export type Turn = z.infer<typeof Turn>;

export const Usage = z.looseObject({
  inputTokens: z.number().min(0).optional(),
  outputTokens: z.number().min(0).optional(),
  costUsd: z.number().min(0).optional(),
});
export type Usage = z.infer<typeof Usage>;

/** What the agent did in one slot. Its output is the output of its last turn. Absent numbers are absent, never 0 or NaN. */
export const Trajectory = z.looseObject({
  turns: z.array(Turn),
  finalState: Json.optional(),
  usage: Usage.optional(),
  latencyMs: z.number().min(0).optional().describe('sum over the turns, milliseconds'),
  firstByteMs: z.number().min(0).optional().describe('of the first turn, milliseconds'),
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
