import { isDeeper, type Json } from '../records/json.ts';
import * as z from '../records/schema.ts';

/** The result of a tool: loose, as the text for the model is made of what is there. */
export const ToolResult = z.looseObject({
  content: z.catch(z.array(z.looseObject({ type: z.optional(z.string()) })), []),
  structuredContent: z.optional(z.record(z.string(), z.unknown())),
  isError: z.optional(z.boolean()),
});
export type ToolResult = z.infer<typeof ToolResult>;

/** What a tool gave: for the record, and as text for the model. */
export interface McpResult {
  result: Json;
  text: string;
  isError: boolean;
}

/** Deeper values are not recorded: nobody who reads the record has to follow them. */
const maxDepth = 200;

/** Structured content is the result where there is some; else the text. Text is cut after `maxChars`, which is said in it. */
export function readToolResult({ content, structuredContent, isError = false }: ToolResult, maxChars: number): McpResult {
  const said = content.map((block) => blockText(block)).filter((text) => text !== '');
  // What is too deep cannot even be written in every case.
  const isTooDeep = isDeeper((structuredContent ?? null) as Json, maxDepth);
  const deepText = `[structured content that is nested deeper than ${maxDepth} levels]`;
  const structured = structuredContent === undefined ? undefined : isTooDeep ? deepText : JSON.stringify(structuredContent);
  const text = cut(said.length > 0 ? said.join('\n') : (structured ?? ''), maxChars);
  const isWhole = structured !== undefined && structured.length <= maxChars && !isTooDeep;
  return { result: isWhole ? (JSON.parse(structured) as Json) : text, text, isError };
}

/** Media have no place in a transcript: what they are is said instead. */
function blockText(block: ToolResult['content'][number]): string {
  const { type, text, mimeType, data, resource, uri } = block;
  if (type === 'text' && typeof text === 'string') return text;
  if (type === 'resource_link' && typeof uri === 'string') return uri;
  if (type === 'resource' && typeof resource === 'object' && resource !== null) {
    const held = resource as Record<string, unknown>;
    if (typeof held.text === 'string') return held.text;
    return `[resource ${String(held.uri ?? '')}${typeof held.mimeType === 'string' ? `, ${held.mimeType}` : ''}]`;
  }
  const size = typeof data === 'string' ? `, ${Math.floor((data.length * 3) / 4)} bytes` : '';
  return `[${type ?? 'content'}${typeof mimeType === 'string' ? ` ${mimeType}` : ''}${size}]`;
}

function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const head = text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '');
  return `${head}…\n[cut: ${text.length - head.length} more characters]`;
}
