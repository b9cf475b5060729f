import { JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { agentloopFields, optional, origin, text } from '../systems/agentloop/entry.ts';
import { readFolder, writeFolder } from './parts/agentscope-folder.ts';
import { defineResultFormat } from './result-format.ts';

const AgentloopOptions = z.strictObject({
  ...agentloopFields,
  dataset: optional(text.clone(), 'name of the dataset that the rows are of; default that of `samples.agentloop`'),
  logEndpoint: optional(origin.clone(), 'of the log service without the project, where it is not that of the region'),
  project: optional(text.clone(), 'of the log service; default: looked up'),
  experimentName: optional(text.clone(), 'default: experiment_, the first 8 characters of the id of the run, and its start'),
  experimentType: optional(z.enum(['agent', 'model']), 'default agent'),
  experimentMetadata: optional(JsonObject, 'default {run_env: local_run}'),
  experimentConfig: optional(JsonObject, 'such as {agent_name: support}; default {}'),
  name: optional(text.clone(), 'evaluation_name; default: the name of the suite'),
  description: optional(z.string(), 'of the benchmark; default: none'),
});
type AgentloopOptions = z.infer<typeof AgentloopOptions>;

/** What the AgentLoop SDK leaves: AgentScope's result folder, and, sent after it was written, a record of every answer in the service. */
export const agentloop = defineResultFormat<AgentloopOptions>({
  type: 'agentloop',
  summary: "AgentScope's result folder, and a record of every answer uploaded to the experiments of AgentLoop",
  options: AgentloopOptions as z.ZodMiniType<AgentloopOptions>,
  // It looks like any other folder of AgentScope.
  recognises: () => false,
  read: readFolder,
  write: (run, { name, description }) => writeFolder(run, { name: name ?? undefined, description: description ?? undefined }),
});
