import * as z from '../records/schema.ts';
import { defineAgent } from './agent.ts';
import { modelFields, modelIdentity } from './parts/model-session.ts';
import { openResponsesModel } from './parts/responses-session.ts';
import { openScriptedAgent, scriptedToolFields, scriptedToolsIdentity } from './parts/scripted-agent.ts';

const OpenaiResponsesOptions = z
  .strictObject({
    ...modelFields,
    history: z.described(
      z._default(z.enum(['input', 'previous']), 'input'),
      'input: the whole conversation goes with every request; previous: only what is new, after `previous_response_id`; default input',
    ),
    store: z.described(z.optional(z.boolean()), 'whether the endpoint keeps the response; absent: its default'),
    ...scriptedToolFields,
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
  identity: (options) => modelIdentity(options, { history: options.history, ...scriptedToolsIdentity(options) }),
  open: async (options, ports) => openScriptedAgent(await openResponsesModel(options, ports), options),
});
