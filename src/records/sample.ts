import { Json, JsonObject } from './json.ts';
import * as z from './schema.ts';

/** A chat message of an `input` list. */
export const ChatMessage = z.catchall(
  z.object({
    role: z.described(z.string().check(z.minLength(1)), 'who speaks: system, user, assistant, tool'),
    content: z.described(z.string(), 'the text'),
  }),
  Json,
);
export type ChatMessage = z.infer<typeof ChatMessage>;

/** What is said to the agent: text, a JSON object, or a list of messages. */
export const Input = z.described(z.union([z.string(), z.array(ChatMessage), JsonObject]), 'text, a JSON object, or a list of {role, content}');
export type Input = z.infer<typeof Input>;

export const ExpectedToolCall = z.strictObject({
  name: z.described(z.string().check(z.minLength(1)), 'name of the tool'),
  args: z.described(z.optional(JsonObject), 'expected arguments; absent: any'),
  id: z.described(z.optional(z.string()), 'of a recorded call; ignored'),
});
export type ExpectedToolCall = z.infer<typeof ExpectedToolCall>;

export const SampleTurn = z.strictObject({
  input: Input,
  expected: z.described(z.optional(Json), 'expected output of this turn'),
  toolCalls: z.described(z.optional(z.array(ExpectedToolCall)), 'expected tool calls of this turn, in order'),
  messages: z.described(z.optional(z.array(z.string())), 'expected intermediate messages of this turn'),
});
export type SampleTurn = z.infer<typeof SampleTurn>;

const Behavior = z.looseObject({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  behaviorInstructions: z.optional(z.array(z.string())),
  behavior_instructions: z.optional(z.array(z.string())),
});

/** A name that is known (EXPERT, NOVICE, EVALUATOR), a text, or ADK's object. */
export const Persona = z.union([
  z.string(),
  z.looseObject({ id: z.optional(z.string()), description: z.optional(z.string()), behaviors: z.optional(z.array(Behavior)) }),
]);
export type Persona = z.infer<typeof Persona>;

/** The user of a conversation as a model plays it. */
export const Scenario = z.strictObject({
  opening: z.described(z.optional(z.string()), 'first user message; absent: `input`, or the model begins'),
  plan: z.described(z.optional(z.string()), 'what the simulated user wants'),
  persona: z.described(
    z.optional(Persona),
    'who the simulated user is: EXPERT, NOVICE, EVALUATOR, a text, or {description, behaviors: [{name, description, behavior_instructions}]}',
  ),
  stop: z.described(z.optional(z.string().check(z.minLength(1))), 'text with which the user ends the conversation; default that of the suite'),
  maxTurns: z.described(
    z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
    'messages to the agent at most, the opening included; 1..1000; default that of the suite',
  ),
});
export type Scenario = z.infer<typeof Scenario>;

/** A checker entry as a user writes it: `type` plus that checker's options; validated by the checker's own schema. */
export const CheckerEntry = z.looseObject({ type: z.string().check(z.minLength(1)) });
export type CheckerEntry = z.infer<typeof CheckerEntry>;

const sampleFields = {
  id: z.described(
    z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
    'unique in the suite; absent: first 12 hex digits of the content hash',
  ),
  input: z.optional(Input),
  expected: z.described(z.optional(Json), 'expected final output'),
  tags: z.described(z.optional(z.array(z.string())), 'for slices and filters'),
  weight: z.described(z.optional(z.number().check(z.positive(), z.maximum(1e6))), 'share in weighted means; default 1'),
  critical: z.described(z.optional(z.boolean()), 'must pass whatever the baseline says'),
  turns: z.described(z.optional(z.array(SampleTurn).check(z.minLength(1))), 'a scripted conversation'),
  toolCalls: z.described(z.optional(z.array(ExpectedToolCall)), 'expected tool calls of a one-turn sample, in order'),
  scenario: z.optional(Scenario),
  system: z.described(z.optional(z.string()), 'system prompt for agents that take one'),
  state: z.described(z.optional(JsonObject), 'initial state of the agent session'),
  files: z.described(z.optional(z.array(z.string())), 'files that the agent is given'),
  checkers: z.described(z.optional(z.array(CheckerEntry)), 'checkers of this sample, added to those of the suite'),
  metadata: z.described(z.optional(JsonObject), 'free data for reports and templates'),
};

/** The keys of a native dataset row. */
export const sampleKeys: readonly string[] = Object.keys(sampleFields);

/** A native dataset row, as a user writes it. One of `input`, `turns`, `scenario` is required. */
export const SampleRow = z.looseObject(sampleFields).check(
  z.refine((row) => row.input !== undefined || row.turns !== undefined || row.scenario !== undefined, {
    message: 'a sample needs "input" (or "turns", or "scenario")',
  }),
);
export type SampleRow = z.infer<typeof SampleRow>;

/** A sample with every default filled in and its origin. */
export interface Sample {
  id: string;
  input: Input;
  expected?: Json;
  tags: string[];
  weight: number;
  critical: boolean;
  /** One entry per user message; a one-turn sample has one, built from input, expected and toolCalls. Empty for a scenario that a model plays. */
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

/** True when a model has to play the user: there is a scenario, and no scripted turns beside it. */
export function isSimulated({ scenario, turns }: Pick<Sample, 'scenario' | 'turns'>): boolean {
  return scenario !== undefined && turns.length === 0;
}
