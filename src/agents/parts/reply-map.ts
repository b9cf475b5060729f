import { excerptOf } from '../../io/failure.ts';
import { isJsonObject, type Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { nearestNames } from '../../registry.ts';
import { readHttpReply } from '../../systems/agentloop/http-reply.ts';
import type { StreamEvent } from './events.ts';
import { finishReasonOf } from './finish-reason.ts';
import { compilePointer, describeShape, missingPlace, type PlaceReader, Pointer } from './pointer.ts';
import { badReply, checkDepth, outputText, readSteps, readToolCalls, readUsage, reportedError, type TurnReply } from './reply.ts';

export const ReplyOptions = z.strictObject({
  output: z.described(z.optional(Pointer), 'where the answer is; absent: the whole reply, when it is text'),
  toolCalls: z.described(z.optional(Pointer), 'where the list of tool calls is'),
  steps: z.described(z.optional(Pointer), 'where a list of steps {kind: toolCall | message | error, …} is; instead of toolCalls'),
  usage: z.described(z.optional(Pointer), 'where the token counts are'),
  finishReason: z.described(z.optional(Pointer), 'where it says why the answer ended, such as stop or length'),
  finalState: z.described(z.optional(Pointer), 'where the state after the turn is'),
  error: z.described(z.optional(Pointer), 'where the agent reports a failure; present and not null is an error of the slot'),
  session: z.described(z.optional(Pointer), 'what the next turns use as {{session}}'),
});
export type ReplyOptions = z.infer<typeof ReplyOptions>;

export const StreamOptions = z.strictObject({
  output: z.described(z.optional(Pointer), 'where each event has its piece of the answer; the pieces are joined'),
  final: z.described(z.optional(z.boolean()), 'true: the last event is the whole reply, read with the pointers of `reply`'),
  done: z.described(
    z.optional(z.string().check(z.minLength(1))),
    'data of the event that ends the stream; when given, a stream without it is an error',
  ),
  lenient: z.described(
    z.optional(z.boolean()),
    'read a reply as the AgentLoop SDK does: a body that begins with "data:" is a stream whatever its type, pieces are trimmed and joined, one that is no JSON is kept as it is, and a reply that is no stream is read whole; only with `output`',
  ),
});
export type StreamOptions = z.infer<typeof StreamOptions>;

/** A turn's reply and what the next turns use as `{{session}}`. */
export interface MappedReply {
  reply: TurnReply;
  session: Json | undefined;
}

export interface ReplyMap {
  /** @throws AgentFailure `bad-response` or `agent-error`. */
  fromBody(body: string, contentType: string): MappedReply;
  /** As the AgentLoop SDK reads a reply, whatever its type: never fails. */
  fromWhole?: (body: string, contentType: string) => MappedReply;
  /** @throws AgentFailure `bad-response` or `agent-error`. */
  fromEvents(events: readonly StreamEvent[]): MappedReply;
}

type Field = keyof ReplyOptions;
export interface Place {
  pointer: Pointer;
  read: PlaceReader;
}

/** Compiles the pointers once. */
export function compileReplyMap(options: ReplyOptions, stream: StreamOptions): ReplyMap {
  const places = compilePlaces(options);
  const piece = stream.output === undefined ? undefined : compilePointer(stream.output);
  return {
    fromBody: (body, contentType) => fromBody(body, contentType, places),
    ...(stream.lenient ? { fromWhole: (body: string, contentType: string) => fromWhole(body, contentType, { places, piece }) } : {}),
    fromEvents(events) {
      const failed = events.find(({ type }) => type === 'error');
      if (failed) throw reportedError(failed.json ?? failed.data);
      if (events.length === 0) throw badReply('the reply is an empty event stream');
      if (piece === undefined) return fromLastEvent(events, stream, places);
      return fromPieces(events, { pointer: stream.output ?? '', read: piece }, places);
    },
  };
}

export type Places = Partial<Record<Field, Place>>;

/** The places that are given, each ready to be read. */
export function compilePlaces(options: ReplyOptions): Places {
  const places: Places = {};
  for (const field of Object.keys(options) as Field[]) {
    const pointer = options[field];
    if (pointer !== undefined) places[field] = { pointer, read: compilePointer(pointer) };
  }
  return places;
}

function fromBody(body: string, contentType: string, places: Places): MappedReply {
  if (body.trim() === '') throw badReply('the reply is empty');
  const isHtml = /^\s*<(!doctype|html|head|body)/i.test(body.slice(0, 200));
  const json = isHtml ? undefined : parseJson(body, contentType, Object.keys(places).length > 0);
  if (json === undefined) {
    const isAllText = Object.keys(places).every((field) => field === 'output' && places.output?.pointer === '');
    if (isAllText && !isHtml) return { reply: { output: body, steps: [] }, session: undefined };
    throw badReply(`the reply is not JSON${isHtml ? ', it is' : ':'} ${excerptOf(body, 120)}`);
  }
  return fromJson(json, places);
}

/** A body that says it is JSON, or must be as pointers lead into it, is read as JSON; other text that happens to be JSON stays text. */
function parseJson(body: string, contentType: string, isWanted: boolean): Json | undefined {
  if (!isWanted && !/[/+]json$/.test(contentType)) return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

function fromJson(value: Json, places: Places): MappedReply {
  checkDepth(value);
  const error = places.error?.read(value);
  if (error !== undefined && error !== null) throw reportedError(error);
  const output = outputOf(value, places.output);
  return { reply: { output, ...detailsOf(value, places) }, session: places.session?.read(value) };
}

function outputOf(value: Json, place: Place | undefined): string {
  if (place) {
    const found = place.read(value);
    if (found === undefined) throw badReply(missingPlace('reply.output', place.pointer, value));
    return outputText(found);
  }
  if (typeof value === 'string') return value;
  throw badReply(`the reply is ${describeShape(value)}: say where the answer is, such as reply: {output: ${guessOutput(value)}}`);
}

/** A stream is its pieces; anything else is read with the places where it is JSON that they fit, and is itself where it is not. */
function fromWhole(body: string, contentType: string, { places, piece }: { places: Places; piece: PlaceReader | undefined }): MappedReply {
  const { sse, output } = readHttpReply({ contentType, body, pick: piece });
  if (sse || places.output === undefined || output === null || typeof output !== 'object') {
    return { reply: { output: outputText(output), steps: [] }, session: undefined };
  }
  return fromJson(output, places);
}

/** The first place that holds text, as an example for a message. */
function guessOutput(value: Json): string {
  if (!isJsonObject(value)) return '/0';
  const key = Object.keys(value).find((name) => typeof value[name] === 'string' && /^[\w-]{1,40}$/.test(name));
  return `/${key ?? 'answer'}`;
}

function detailsOf(value: Json, places: Places): Omit<TurnReply, 'output'> {
  const finalState = places.finalState?.read(value);
  const finishReason = finishReasonOf(places.finishReason?.read(value));
  const usage = readUsage(places.usage?.read(value));
  return {
    steps: stepsOf(value, places),
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(usage ? { usage } : {}),
    ...(finalState === undefined ? {} : { finalState }),
  };
}

/** A list that is missing is no tool call where the object that would hold it is there and has no similar name; else the pointer is wrong. */
function stepsOf(value: Json, places: Places): TurnReply['steps'] {
  for (const field of ['steps', 'toolCalls'] as const) {
    const place = places[field];
    if (!place) continue;
    const found = place.read(value);
    if (found === undefined) {
      if (isAbsentLeaf(place.pointer, value)) return [];
      throw badReply(missingPlace(`reply.${field}`, place.pointer, value));
    }
    return field === 'steps' ? readSteps(found) : readToolCalls(found);
  }
  return [];
}

/** OpenAI-style replies leave the list out when there is none. */
function isAbsentLeaf(pointer: Pointer, value: Json): boolean {
  const end = pointer.lastIndexOf('/');
  const holder = compilePointer(pointer.slice(0, end))(value);
  return isJsonObject(holder) && nearestNames(pointer.slice(end + 1), Object.keys(holder).slice(0, 50)).length === 0;
}

function fromLastEvent(events: readonly StreamEvent[], stream: StreamOptions, places: Places): MappedReply {
  if (stream.final || events.length === 1) {
    const last = events.at(-1);
    return last?.json === undefined ? fromBody(last?.data ?? '', 'text/plain', places) : fromJson(last.json, places);
  }
  if (Object.keys(places).length === 0 && events.every(({ json }) => typeof json !== 'object')) {
    return { reply: { output: events.map(({ data }) => data).join(''), steps: [] }, session: undefined };
  }
  const shape = describeShape(events[0]?.json ?? '');
  throw badReply(
    `the reply is a stream of ${events.length} events like ${shape}: say stream: {output: pointer into each event} or stream: {final: true}`,
  );
}

/** Pieces of the answer from every event; the other fields from whichever event has them, tool calls from all. */
function fromPieces(events: readonly StreamEvent[], piece: Place, places: Places): MappedReply {
  const reply: TurnReply = { output: '', steps: [] };
  let session: Json | undefined;
  let isFound = false;
  for (const { json, data } of events) {
    if (json === undefined) throw badReply(`an event of the stream is not JSON: ${excerptOf(data, 80)}`);
    checkDepth(json);
    const error = places.error?.read(json);
    if (error !== undefined && error !== null) throw reportedError(error);
    const text = piece.read(json);
    if (text !== undefined) {
      isFound = true;
      reply.output += outputText(text);
    }
    addDetails(reply, json, places);
    session = places.session?.read(json) ?? session;
  }
  if (!isFound) throw badReply(missingPlace('stream.output', piece.pointer, events[0]?.json ?? null).replace('the reply is', 'an event is'));
  return { reply, session };
}

/** What an event or a message has beside its piece of the answer: tool calls are added, of the rest the last counts. */
export function addDetails(reply: TurnReply, json: Json, places: Places): void {
  reply.steps.push(...readToolCalls(places.toolCalls?.read(json) ?? null), ...readSteps(places.steps?.read(json) ?? null));
  const finishReason = finishReasonOf(places.finishReason?.read(json));
  const usage = readUsage(places.usage?.read(json));
  const finalState = places.finalState?.read(json);
  if (finishReason !== undefined) reply.finishReason = finishReason;
  if (usage) reply.usage = usage;
  if (finalState !== undefined) reply.finalState = finalState;
}
