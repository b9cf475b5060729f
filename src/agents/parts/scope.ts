import { ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import { unknownNameRemedy } from '../../registry.ts';
import { templateNames } from '../../template.ts';
import type { AgentRequest } from '../agent.ts';
import { messagesOf, type NextTurn } from './converse.ts';
import { traceHeaders } from './traceparent.ts';

/** What one request is made from. */
export interface RequestContext {
  request: AgentRequest;
  turn: NextTurn;
  slot: string;
  session: Json;
}

/** What a sample does not have is null, or empty for objects. `expected` is not among them: the agent must not see the answer. */
const values = {
  input: ({ turn }) => turn.input as Json,
  id: ({ request }) => request.sample.id,
  system: ({ request }) => request.sample.system ?? null,
  state: ({ request }) => request.sample.state ?? {},
  metadata: ({ request }) => request.sample.metadata,
  row: ({ request }) => request.sample.row,
  tags: ({ request }) => request.sample.tags,
  files: ({ request }) => request.sample.files,
  epoch: ({ request }) => request.epoch,
  attempt: ({ request }) => request.attempt,
  slot: ({ slot }) => slot,
  turn: ({ turn }) => turn.number,
  messages: ({ turn, request }) => messagesOf(turn, request.sample.system),
  history: ({ turn }) => turn.history.map(({ input, output }) => ({ input: input as Json, output })),
  session: ({ session }) => session,
  traceparent: ({ request, turn }) => traceHeaders(request, turn.number).traceparent ?? null,
} satisfies Record<string, (context: RequestContext) => Json>;

/** Fills the scope of one request with the names that its templates use, and no others: most are costly and unused. */
export type ScopeBuilder = (context: RequestContext) => JsonObject;

/** @throws ToolError `template-unknown-name` that names the field, before anything is sent. */
export function compileScope(templates: Record<string, Json>): ScopeBuilder {
  const used = new Map<string, (context: RequestContext) => Json>();
  for (const [field, template] of Object.entries(templates)) {
    for (const name of templateNames(template)) {
      const [head = ''] = name.split('.');
      if (!isKnown(head)) throw unknownName(field, name, head);
      used.set(head, values[head]);
    }
  }
  return (context) => {
    const scope: JsonObject = {};
    for (const [name, value] of used) scope[name] = value(context);
    return scope;
  };
}

function isKnown(name: string): name is keyof typeof values {
  return Object.hasOwn(values, name);
}

function unknownName(field: string, name: string, head: string): ToolError {
  const message = `agent.${field} uses {{${name}}}, which requests do not have`;
  const remedy = head === 'expected' ? 'the agent must not see the expected answer' : unknownNameRemedy(head, Object.keys(values));
  return new ToolError({ code: 'template-unknown-name', message, remedy, problems: [{ field: `agent.${field}`, message, remedy }] });
}
