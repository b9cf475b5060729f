import * as z from '../../records/schema.ts';
import type { Agent } from '../agent.ts';
import { converse } from './converse.ts';
import { MaxSteps, type OpenModel } from './model-session.ts';
import { compileScriptedTools, ToolsOptions } from './scripted-tools.ts';
import { runToolLoop } from './tool-loop.ts';

/** Options of the agents that are a model with scripted tools. */
export const scriptedToolFields = {
  tools: z.described(z.optional(ToolsOptions.clone()), 'functions that the model may call; a call of one without a result ends the turn'),
  maxSteps: z.described(z._default(MaxSteps.clone(), 20), 'with `tools`: replies of the model in one turn at most; default 20'),
};
export interface ScriptedToolOptions {
  tools?: z.infer<typeof ToolsOptions> | undefined;
  maxSteps: number;
}

/** What of them decides how a model is asked. Without tools nothing, as before there were any: stored runs stay comparable. */
export function scriptedToolsIdentity({ tools, maxSteps }: ScriptedToolOptions): Record<string, unknown> {
  return tools ? { tools, maxSteps } : {};
}

/** A model whose tool calls get scripted results. The system prompt of a sample wins. @throws ToolError for tools that cannot work. */
export function openScriptedAgent(model: OpenModel, { tools, maxSteps, system }: ScriptedToolOptions & { system?: string | undefined }): Agent {
  const toolsOf = tools && compileScriptedTools(tools);
  return {
    ask(request) {
      const toolbox = toolsOf?.(request);
      const session = model.session(request.sample.system ?? system, toolbox?.definitions ?? []);
      return converse(request, (turn) => runToolLoop({ request, turn, session, toolbox, maxSteps }));
    },
    isTraced: model.isTraced,
    close: async () => model.close(),
  };
}
