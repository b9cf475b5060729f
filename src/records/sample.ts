import { z } from 'zod';
import { Json, JsonObject } from './json.ts';

/** A chat message of an `input` list. */
export const ChatMessage = z
  .object({
    role: z.string().min(1).describe('who speaks: system, user, assistant, tool'),
    content: z.string().describe('the text'),
  })
  .catchall(Json);
export type ChatMessage = z.infer<typeof ChatMessage>;

/** What is said to the agent: text, a JSON object, or a list of messages. */
export const Input = z.union([z.string(), z.array(ChatMessage), JsonObject]).describe('text, a JSON object, or a list of {role, content}');
export type Input = z.infer<typeof Input>;

export const ExpectedToolCall = z.strictObject({
  name: z.string().min(1).describe('name of the tool'),
  args: JsonObject.optional().describe('expected arguments; absent: any'),
  id: z.string().optional().describe('of a recorded call; ignored'),
});
export type ExpectedToolCall = z.infer<typeof ExpectedToolCall>;

export const SampleTurn = z.strictObject({
  input: Input,
  expected: Json.optional().describe('expected output of this turn'),
  toolCalls: z.array(ExpectedToolCall).optional().describe('expected tool calls of this turn, in order'),
  messages: z.array(z.string()).optional().describe('expected intermediate messages of this turn'),
});
export type SampleTurn = z.infer<typeof SampleTurn>;

export const Scenario = z.strictObject({
  opening: z.string().optional().describe('first user message'),
  plan: z.string().optional().describe('what the simulated user wants'),
  persona: z.string().optional().describe('who the simulated user is'),
  stop: z.string().optional().describe('text that ends the conversation'),
  maxTurns: z.int().min(1).max(1000).optional().describe('turns at most'),
});
export type Scenario = z.infer<typeof Scenario>;

/** A checker entry as a user writes it: `type` plus that checker's options; validated by the checker's own schema. */
export const CheckerEntry = z.looseObject({ type: z.string().min(1) });
export type CheckerEntry = z.infer<typeof CheckerEntry>;

const sampleFields = {
  id: z.string().min(1).max(256).optional().describe('unique in the suite; absent: first 12 hex digits of the content hash'),
  input: Input.optional(),
  expected: Json.optional().describe('expected final output'),
  tags: z.array(z.string()).optional().describe('for slices and filters'),
  weight: z.number().positive().max(1e6).optional().describe('share in weighted means; default 1'),
  critical: z.boolean().optional().describe('must pass whatever the baseline says'),
  turns: z.array(SampleTurn).min(1).optional().describe('a scripted conversation'),
  toolCalls: z.array(ExpectedToolCall).optional().describe('expected tool calls of a one-turn sample, in order'),
  scenario: Scenario.optional(),
  system: z.string().optional().describe('system prompt for agents that take one'),
  state: JsonObject.optional().describe('initial state of the agent session'),
  files: z.array(z.string()).optional().describe('files that the agent is given'),
  checkers: z.array(CheckerEntry).optional().describe('checkers of this sample, added to those of the suite'),
  metadata: JsonObject.optional().describe('free data for reports and templates'),
};

/** The keys of a native dataset row. */
export const sampleKeys: readonly string[] = Object.keys(sampleFields);

/** A native dataset row, as a user writes it. One of `input`, `turns`, `scenario` is required. */
export const SampleRow = z
  .looseObject(sampleFields)
  .refine((row) => row.input !== undefined || row.turns !== undefined || row.scenario !== undefined, {
    message: 'a sample needs "input" (or "turns", or "scenario")',
  });
export type SampleRow = z.infer<typeof SampleRow>;

/** A sample with every default filled in and its origin. */
export interface Sample {
  id: string;
  input: Input;
  expected?: Json;
  tags: string[];
  weight: number;
  critical: boolean;
  /** One entry per user message; a one-turn sample has one, built from input, expected and toolCalls. Empty for a scenario. */
  turns: SampleTurn[];
  scenario?: Scenario;
  system?: string;
  state?: JsonObject;
  files: string[];
  checkers: CheckerEntry[];
  metadata: JsonObject;
  /** The untouched dataset row, for `{{row.x}}`. */
  row: JsonObject;
  /** sha256 hex of what the agent is given: two samples with one hash ask the same question. */
  hash: string;
  /** sha256 hex of what the checkers are given beside the answer: expected values, own checkers. */
  scoreHash: string;
  /** Dataset file, relative to the repository or working folder, with `/`. */
  file: string;
  /** 1-based line of the row in its file. */
  line: number;
}
