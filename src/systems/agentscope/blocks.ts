import { Json, type JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import type { Step, ToolCallStep, Trajectory, Turn } from '../../records/trajectory.ts';

const ToolUseBlock = z.looseObject({ type: z.literal('tool_use'), id: z.optional(z.string()), name: z.string(), input: z.optional(Json) });
const ToolResultBlock = z.looseObject({
  type: z.literal('tool_result'),
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  output: z.optional(Json),
});
const TextBlock = z.looseObject({ type: z.literal('text'), text: z.string() });

/** One entry of `SolutionOutput.trajectory`; blocks of other types, such as `thinking`, say nothing that is compared. */
export const Block = z.union(
  [
    ToolUseBlock,
    ToolResultBlock,
    TextBlock,
    z.looseObject({
      type: z.string().check(z.refine((type) => !['tool_use', 'tool_result', 'text'].includes(type), 'a block of this type lacks a field')),
    }),
  ],
  'expected a block: {type: tool_use, id, name, input}, {type: tool_result, id, name, output} or {type: text, text}',
);
export type Block = z.infer<typeof Block>;

/**
 * The steps of a turn from AgentScope's blocks: a result joins the call of its id, else the oldest open call of its name, else it is a
 * call without arguments. A last text that equals the output is the reply, not a step. `unread` counts blocks of other types.
 */
export function stepsFromBlocks(blocks: readonly Block[], output: string): { steps: Step[]; unread: number } {
  const steps: Step[] = [];
  const open: ToolCallStep[] = [];
  let unread = 0;
  for (const [index, block] of blocks.entries()) {
    if (isToolUse(block)) {
      const call: ToolCallStep = {
        kind: 'toolCall',
        name: block.name,
        args: (block.input ?? {}) as Json,
        ...(block.id === undefined ? {} : { id: block.id }),
      };
      steps.push(call);
      open.push(call);
    } else if (isToolResult(block)) {
      const call = takeCall(open, block);
      const result = resultFromOutput((block.output ?? null) as Json);
      if (call) call.result = result;
      else steps.push({ kind: 'toolCall', name: block.name ?? '', ...(block.id === undefined ? {} : { id: block.id }), result });
    } else if (isText(block)) {
      if (index < blocks.length - 1 || block.text !== output) steps.push({ kind: 'message', text: block.text });
    } else unread += 1;
  }
  return { steps, unread };
}

/** AgentScope's blocks of everything the agent did. The last reply is a text block too where it did anything else. */
export function blocksFromTrajectory({ turns }: Pick<Trajectory, 'turns'>): JsonObject[] {
  const isPlain = turns.length <= 1 && (turns[0]?.steps.length ?? 0) === 0;
  if (isPlain) return [];
  let calls = 0;
  return turns.flatMap((turn) => [
    ...turn.steps.flatMap((step) => blocksFromStep(step, () => `call-${++calls}`)),
    ...(turn.output === '' ? [] : [{ type: 'text', text: turn.output }]),
  ]);
}

/** A reply as text: text as it is, nothing as the empty text, other JSON as JSON text. */
export function textOfOutput(output: Json | undefined): string {
  if (output === undefined || output === null) return '';
  return typeof output === 'string' ? output : JSON.stringify(output);
}

/** What the dataset row asks, as the input of a turn: text, an object, or messages; other JSON as its text. */
export function inputOfTask(input: Json): Turn['input'] {
  if (typeof input === 'string') return input;
  if (Array.isArray(input)) return input.every(isMessage) ? input : JSON.stringify(input);
  return input !== null && typeof input === 'object' ? input : JSON.stringify(input);
}

function isMessage(item: Json): item is { role: string; content: string } {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return false;
  return typeof item.role === 'string' && item.role !== '' && typeof item.content === 'string';
}

function isToolUse(block: Block): block is z.infer<typeof ToolUseBlock> {
  return block.type === 'tool_use';
}

function isToolResult(block: Block): block is z.infer<typeof ToolResultBlock> {
  return block.type === 'tool_result';
}

function isText(block: Block): block is z.infer<typeof TextBlock> {
  return block.type === 'text';
}

function takeCall(open: ToolCallStep[], { id, name }: z.infer<typeof ToolResultBlock>): ToolCallStep | undefined {
  const byId = id === undefined ? -1 : open.findIndex((call) => call.id === id);
  const index = byId >= 0 ? byId : open.findIndex((call) => call.name === name && (id === undefined || call.id === undefined));
  return index < 0 ? undefined : open.splice(index, 1)[0];
}

/** A list of one text block is that text. */
function resultFromOutput(output: Json): Json {
  const [only, ...more] = Array.isArray(output) ? output : [];
  if (more.length > 0 || only === undefined || only === null || typeof only !== 'object' || Array.isArray(only)) return output;
  return only.type === 'text' && typeof only.text === 'string' ? only.text : output;
}

function blocksFromStep(step: Step, nextId: () => string): JsonObject[] {
  if (step.kind === 'message') return [{ type: 'text', text: step.text }];
  if (step.kind === 'error') return [{ type: 'text', text: `Error: ${step.message}` }];
  const id = step.id ?? nextId();
  const use: JsonObject = { type: 'tool_use', id, name: step.name, input: step.args ?? {} };
  return step.result === undefined ? [use] : [use, { type: 'tool_result', id, name: step.name, output: outputFromResult(step.result) }];
}

function outputFromResult(result: Json): Json {
  if (Array.isArray(result) && result.length > 0 && result.every(isBlock)) return result;
  return [{ type: 'text', text: typeof result === 'string' ? result : JSON.stringify(result) }];
}

function isBlock(item: Json): boolean {
  return item !== null && typeof item === 'object' && !Array.isArray(item) && typeof item.type === 'string';
}
