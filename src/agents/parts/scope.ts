import { ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import { unknownNameRemedy } from '../../registry.ts';
import { templateNames } from '../../template.ts';
import type { AgentRequest } from '../agent.ts';
import { messagesOf, type NextTurn } from './converse.ts';

/** Names that request templates may use. `expected` is not among them: the agent must not see the answer. */
export const scopeNames = [
  'input',
  'id',
  'system',
  'state',
  'metadata',
  'row',
  'tags',
  'files',
  'epoch',
  'attempt',
  'slot',
  'turn',
  'messages',
  'history',
  'session',
] as const;

/** @throws ToolError `template-unknown-name` that names the field, before anything is sent. */
export function checkScopeNames(templates: Record<string, Json>): void {
  for (const [field, template] of Object.entries(templates)) {
    for (const name of templateNames(template)) {
      const [head = ''] = name.split('.');
      if ((scopeNames as readonly string[]).includes(head)) continue;
      const message = `agent.${field} uses {{${name}}}, which requests do not have`;
      const remedy = head === 'expected' ? 'the agent must not see the expected answer' : unknownNameRemedy(head, scopeNames);
      throw new ToolError({ code: 'template-unknown-name', message, remedy, problems: [{ field: `agent.${field}`, message, remedy }] });
    }
  }
}

/** The values of one request. What a sample does not have is null, or empty for objects. */
export function requestScope(context: { request: AgentRequest; turn: NextTurn; slot: string; session: Json }): JsonObject {
  const { request, turn, slot, session } = context;
  const { sample, epoch, attempt } = request;
  return {
    input: turn.input as Json,
    id: sample.id,
    system: sample.system ?? null,
    state: sample.state ?? {},
    metadata: sample.metadata,
    row: sample.row,
    tags: sample.tags,
    files: sample.files,
    epoch,
    attempt,
    slot,
    turn: turn.number,
    messages: messagesOf(turn, sample.system),
    history: turn.history.map(({ input, output }) => ({ input: input as Json, output })),
    session,
  };
}
