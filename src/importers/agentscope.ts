import * as z from '../records/schema.ts';
import { isResultFolder } from '../systems/agentscope/folder.ts';
import { readFolder, writeFolder } from './parts/agentscope-folder.ts';
import { defineResultFormat } from './result-format.ts';

const AgentscopeOptions = z.strictObject({
  name: z.described(z.optional(z.string().check(z.minLength(1))), 'evaluation_name; default: the name of the suite'),
  description: z.described(z.optional(z.string()), 'of the benchmark; default: none'),
});
type AgentscopeOptions = z.infer<typeof AgentscopeOptions>;

/** The result folder of AgentScope's evaluators, which AgentLoop's SDK writes too. */
export const agentscope = defineResultFormat<AgentscopeOptions>({
  type: 'agentscope',
  summary: 'result folder of AgentScope and of the AgentLoop SDK: evaluation_meta.json, TASK/REPEAT/solution.json, evaluation/METRIC.json',
  options: AgentscopeOptions as z.ZodMiniType<AgentscopeOptions>,
  recognises: isResultFolder,
  read: readFolder,
  write: writeFolder,
});
