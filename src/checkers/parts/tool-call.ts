import type { ToolCallStep, Turn } from '../../records/trajectory.ts';

/** True when a call goes by this name: its own, or `server__name` when the server is known. */
export function isNamed(call: ToolCallStep, name: string): boolean {
  return call.name === name || (call.server !== undefined && `${call.server}__${call.name}` === name);
}

/** The tool calls of one turn, in order. */
export function callsOfTurn(turn: Turn): ToolCallStep[] {
  return turn.steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
}
