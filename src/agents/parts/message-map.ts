import { excerptOf } from '../../io/failure.ts';
import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { compilePointer, describeShape, missingPlace, Pointer } from './pointer.ts';
import { badReply, checkDepth, outputText, reportedError, type TurnReply } from './reply.ts';
import { addDetails, compilePlaces, compileReplyMap, type MappedReply, type Places, type ReplyOptions } from './reply-map.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
/** Which messages are meant, by what is at places of them: all of these must be there. */
export const Match = z.record(Pointer, z.union([Scalar, z.array(Scalar).check(z.minLength(1))]));
export type Match = z.infer<typeof Match>;

export const MessageStreamOptions = z.strictObject({
  output: z.described(z.optional(Pointer), 'where a message has its piece of the answer; the pieces are joined'),
  when: z.described(z.optional(Match), 'which messages have pieces, such as {/type: delta}; absent: all that have something there'),
});
export type MessageStreamOptions = z.infer<typeof MessageStreamOptions>;

/** Says whether a message is one of those that are meant; one that is not JSON never is. */
export function compileMatch(match: Match): (message: Json | undefined) => boolean {
  const wanted = Object.entries(match).map(([pointer, values]) => ({ read: compilePointer(pointer), values: [values].flat() as Json[] }));
  return (message) =>
    message !== undefined &&
    wanted.every(({ read, values }) => {
      const found = read(message);
      return found !== undefined && values.includes(found);
    });
}

/** The message as JSON, if it is. */
export function messageJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What the messages of an agent mean. */
export interface MessageMap {
  /** Whether a message reports an error, after which nothing more is waited for. */
  isError(text: string): boolean;
  /** What a message before the first turn gives as `{{session}}`. @throws AgentFailure `agent-error` for one that reports an error. */
  session(text: string): Json | undefined;
  turn: TurnMap;
}

/**
 * All messages of a turn as one reply: the answer is where `reply.output` leads in the last message that has it, or else the joined
 * pieces; tool calls and steps are those of all messages; usage, state and session are the last ones.
 * @throws AgentFailure `bad-response` or `agent-error`.
 */
export type TurnMap = (texts: readonly string[]) => MappedReply;

/** Compiles the pointers once. */
export function compileMessageMap(reply: ReplyOptions, stream: MessageStreamOptions): MessageMap {
  const places = compilePlaces(reply);
  const errorIn = (text: string): Json | undefined => {
    const json = places.error && messageJson(text);
    return (json === undefined ? undefined : places.error?.read(json)) ?? undefined;
  };
  return {
    isError: (text) => errorIn(text) !== undefined,
    session(text) {
      const error = errorIn(text);
      if (error !== undefined) throw reportedError(error);
      const json = places.session && messageJson(text);
      if (json !== undefined) checkDepth(json);
      return json === undefined ? undefined : places.session?.read(json);
    },
    turn: compileTurnMap(reply, stream),
  };
}

function compileTurnMap(reply: ReplyOptions, stream: MessageStreamOptions): TurnMap {
  const places = compilePlaces(reply);
  const single = compileReplyMap(reply, {});
  const isPiece = compileMatch(stream.when ?? {});
  const piece = stream.output === undefined ? undefined : { pointer: stream.output, read: compilePointer(stream.output) };
  return (texts) => {
    const [first] = texts;
    if (first === undefined) throw badReply('the reply is empty');
    if (!piece && texts.length === 1) return single.fromBody(first, 'text/plain');
    if (!piece && Object.keys(places).length === 0) return { reply: { output: texts.join(''), steps: [] }, session: undefined };
    return joined(texts, places, { pieceOf: (json) => (piece && isPiece(json) ? piece.read(json) : undefined), piecePointer: piece?.pointer });
  };
}

interface Pieces {
  pieceOf: (json: Json) => Json | undefined;
  piecePointer: Pointer | undefined;
}

function joined(texts: readonly string[], places: Places, { pieceOf, piecePointer }: Pieces): MappedReply {
  const reply: TurnReply = { output: '', steps: [] };
  const pieces: string[] = [];
  let whole: Json | undefined;
  let session: Json | undefined;
  let last: Json = null;
  for (const text of texts) {
    const json = messageJson(text);
    if (json === undefined) throw badReply(`a message is not JSON: ${excerptOf(text, 80)}`);
    checkDepth(json);
    last = json;
    const error = places.error?.read(json);
    if (error !== undefined && error !== null) throw reportedError(error);
    const piece = pieceOf(json);
    if (piece !== undefined) pieces.push(outputText(piece));
    whole = places.output?.read(json) ?? whole;
    addDetails(reply, json, places);
    session = places.session?.read(json) ?? session;
  }
  if (whole === undefined && pieces.length === 0) throw missing({ places, piecePointer, last, count: texts.length });
  return { reply: { ...reply, output: whole === undefined ? pieces.join('') : outputText(whole) }, session };
}

function missing(at: { places: Places; piecePointer: Pointer | undefined; last: Json; count: number }) {
  const { places, piecePointer, last, count } = at;
  if (piecePointer === undefined && !places.output) {
    return badReply(
      `the reply is ${count} messages like ${describeShape(last)}: say where the answer is, with reply: {output: …} or stream: {output: …}`,
    );
  }
  const field = piecePointer === undefined ? 'reply.output' : 'stream.output';
  const sentence = missingPlace(field, piecePointer ?? places.output?.pointer ?? '', last);
  return badReply(sentence.replace('the reply is', `none of ${count} messages has it; the last is`));
}
