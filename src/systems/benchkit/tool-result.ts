import { isJsonObject, type Json } from '../../records/json.ts';
import type { ToolCallStep } from '../../records/trajectory.ts';

/** What a call gave as BenchKit records it, which is the answer of the MCP server; null where nobody ran the tool. */
export function recordedResult({ result, isError }: ToolCallStep): Json {
  if (result === undefined || result === null) return null;
  if (isJsonObject(result) && Array.isArray(result.content)) return result;
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return {
    content: [{ type: 'text', text }],
    ...(typeof result === 'string' ? {} : { structuredContent: result }),
    ...(isError === undefined ? {} : { isError }),
  };
}

/** The result of a recorded one: structured content where there is some, else the texts; of another shape the value itself. */
export function resultOf(recorded: Json): Pick<ToolCallStep, 'result' | 'isError'> {
  if (!isJsonObject(recorded) || !Array.isArray(recorded.content)) return { result: recorded };
  const { content, structuredContent, isError } = recorded;
  const texts = content.map((block) => (isJsonObject(block) && typeof block.text === 'string' ? block.text : undefined));
  const isText = texts.every((text) => text !== undefined);
  const result = structuredContent ?? (isText ? texts.join('\n') : recorded);
  return { result, ...(typeof isError === 'boolean' ? { isError } : {}) };
}
