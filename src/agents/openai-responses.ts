import * as z from '../records/schema.ts';
import { defineAgent } from './agent.ts';
import { converse } from './parts/converse.ts';
import { MaxSteps, modelFields, modelIdentity } from './parts/model-session.ts';
import { openResponsesModel } from './parts/responses-session.ts';
import { compileScriptedTools, ToolsOptions } from './parts/scripted-tools.ts';
import { runToolLoop } from './parts/tool-loop.ts';

const OpenaiResponsesOptions = z
  .strictObject({
    ...modelFields,
    history: z.described(
      z._default(z.enum(['input', 'previous']), 'input'),
      'input: the whole conversation goes with every request; previous: only what is new, after `previous_response_id`; default input',
    ),
    store: z.described(z.optional(z.boolean()), 'whether the endpoint keeps the response; absent: its default'),
    tools: z.described(z.optional(ToolsOptions.clone()), 'functions that the model may call; a call of one without a result ends the turn'),
    maxSteps: z.described(z._default(MaxSteps.clone(), 20), 'with `tools`: replies of the model in one turn at most; default 20'),
  })
  .check(
    z.refine(({ history, store }) => history !== 'previous' || store !== false, '"history: previous" needs a response that the endpoint stores'),
  );
type OpenaiResponsesOptions = z.infer<typeof OpenaiResponsesOptions>;

/** A model behind the Responses API. Only tools with scripted results are answered; those of the endpoint itself are recorded. */
export const openaiResponses = defineAgent<OpenaiResponsesOptions>({
  type: 'openai-responses',
  summary: 'a model behind the Responses API of OpenAI or an endpoint like it',
  options: OpenaiResponsesOptions as z.ZodMiniType<OpenaiResponsesOptions>,
  envFields: ['baseUrl', 'apiKey', 'headers'],
  identity: (options) =>
    modelIdentity(options, { history: options.history, ...(options.tools ? { tools: options.tools, maxSteps: options.maxSteps } : {}) }),
  async open(options, ports) {
    const { tools, maxSteps } = options;
    const toolsOf = tools && compileScriptedTools(tools);
    const model = await openResponsesModel(options, ports);
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
