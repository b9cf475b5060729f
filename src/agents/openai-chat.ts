import * as z from '../records/schema.ts';
import { defineAgent } from './agent.ts';
import { modelFields, modelIdentity, openChatModel } from './parts/model-session.ts';
import { openScriptedAgent, scriptedToolFields, scriptedToolsIdentity } from './parts/scripted-agent.ts';

const OpenaiChatOptions = z.strictObject({ ...modelFields, ...scriptedToolFields });
type OpenaiChatOptions = z.infer<typeof OpenaiChatOptions>;

/** A model behind an OpenAI-compatible endpoint. Tool calls are recorded as steps; only tools with scripted results are answered. */
export const openaiChat = defineAgent<OpenaiChatOptions>({
  type: 'openai-chat',
  summary: 'a model behind an OpenAI-compatible chat completions endpoint',
  options: OpenaiChatOptions as z.ZodMiniType<OpenaiChatOptions>,
  envFields: ['baseUrl', 'apiKey', 'headers'],
  identity: (options) => modelIdentity(options, scriptedToolsIdentity(options)),
  open: async (options, ports) => openScriptedAgent(await openChatModel(options, ports), options),
});
