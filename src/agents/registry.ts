import { createRegistry } from '../registry.ts';
import { a2a } from './a2a.ts';
import { adk } from './adk.ts';
import type { AgentDefinition } from './agent.ts';
import { agentbenchHttp } from './agentbench-http.ts';
import { command } from './command.ts';
import { doNothing } from './do-nothing.ts';
import { http } from './http.ts';
import { langgraph } from './langgraph.ts';
import { mcp } from './mcp.ts';
import { module } from './module.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';
import { replay } from './replay.ts';
import { websocket } from './websocket.ts';

/** The one list of agent drivers. */
export const agents = createRegistry<AgentDefinition>('agent', [
  http,
  openaiChat,
  openaiResponses,
  mcp,
  adk,
  a2a,
  langgraph,
  agentbenchHttp,
  websocket,
  command,
  module,
  replay,
  doNothing,
]);
