import { canonicalJson, type Json } from '../../records/json.ts';
import type { ToolCallStep, Turn } from '../../records/trajectory.ts';
import { isTooDeep, parseJsonText } from './json-value.ts';

/** True when a call goes by this name: its own, or `server__name` when the server is known. */
export function isNamed(call: ToolCallStep, name: string): boolean {
  return call.name === name || (call.server !== undefined && `${call.server}__${call.name}` === name);
}

/** True when a call goes by this name, in which `*` stands for any text: `search_*`, `files__*`. */
export function isNamedLike(call: ToolCallStep, pattern: string): boolean {
  if (!pattern.includes('*')) return isNamed(call, pattern);
  return fitsWildcards(call.name, pattern) || (call.server !== undefined && fitsWildcards(`${call.server}__${call.name}`, pattern));
}

/** True when `*` in a pattern can stand for some text so that it is the name. By hand, in linear time: taking each part as early as possible never costs a later one its place. */
export function fitsWildcards(text: string, pattern: string): boolean {
  if (!pattern.includes('*')) return text === pattern;
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** The tool calls of one turn, in order. */
export function callsOfTurn(turn: Turn): ToolCallStep[] {
  return turn.steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
}

/** The arguments of a call; some endpoints send them as JSON text. Undefined when there are none. */
export function argsOf(call: ToolCallStep): Json | undefined {
  if (typeof call.args !== 'string') return call.args;
  const parsed = parseJsonText(call.args);
  return parsed.isJson ? parsed.value : call.args;
}

/** One text per call that is the same for the same tool and arguments; arguments nested too deep count as none. */
export function callKey(call: ToolCallStep, options: { args: boolean }): string {
  const name = call.server === undefined ? call.name : `${call.server}__${call.name}`;
  const args = options.args ? argsOf(call) : undefined;
  return args === undefined || isTooDeep(args) ? JSON.stringify(name) : `${JSON.stringify(name)}${canonicalJson(args)}`;
}
