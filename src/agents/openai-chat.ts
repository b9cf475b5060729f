import * as z from '../records/schema.ts';
import { defineAgent } from './agent.ts';
import { converse } from './parts/converse.ts';
import { MaxSteps, modelFields, modelIdentity, openChatModel } from './parts/model-session.ts';
import { compileScriptedTools, ToolsOptions } from './parts/scripted-tools.ts';
import { runToolLoop } from './parts/tool-loop.ts';

const OpenaiChatOptions = z.strictObject({
  ...modelFields,
  tools: z.described(z.optional(ToolsOptions.clone()), 'functions that the model may call; a call of one without a result ends the turn'),
  maxSteps: z.described(z._default(MaxSteps.clone(), 20), 'with `tools`: replies of the model in one turn at most; default 20'),
});
type OpenaiChatOptions = z.infer<typeof OpenaiChatOptions>;

/** A model behind an OpenAI-compatible endpoint. Tool calls are recorded as steps; only tools with scripted results are answered. */
export const openaiChat = defineAgent<OpenaiChatOptions>({
  type: 'openai-chat',
  summary: 'a model behind an OpenAI-compatible chat completions endpoint',
  options: OpenaiChatOptions as z.ZodMiniType<OpenaiChatOptions>,
  envFields: ['baseUrl', 'apiKey', 'headers'],
  // Without tools as it was before there were any: stored runs stay comparable.
  identity: (options) => modelIdentity(options, options.tools ? { tools: options.tools, maxSteps: options.maxSteps } : {}),
  async open(options, ports) {
    const { tools, maxSteps } = options;
    const toolsOf = tools && compileScriptedTools(tools);
    const model = await openChatModel(options, ports);
    return {
      ask(request) {
        const toolbox = toolsOf?.(request);
        const session = model.session(request.sample.system ?? options.system, toolbox?.definitions ?? []);
        return converse(request, (turn) => runToolLoop({ request, turn, session, toolbox, maxSteps }));
      },
      isTraced: model.isTraced,
      close: async () => model.close(),
    };
  },
});
