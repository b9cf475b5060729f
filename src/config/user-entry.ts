import { JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { templateNames } from '../template.ts';
import { endpointFields } from './endpoint-fields.ts';
import type { SuiteConfig } from './suite-config.ts';

const text = z.string().check(z.minLength(1));

/** Names that the instructions of a user may use. */
const instructionNames = ['plan', 'persona', 'stop', 'maxTurns', 'id', 'input', 'tags', 'metadata', 'row', 'state'];

const SimulatedEntry = z.strictObject({
  type: z.described(z.nullish(z.enum(['simulated'])), 'simulated: a model plays it; default simulated'),
  model: z.described(text.clone(), 'name of the model that plays the user of samples with a `scenario`'),
  ...endpointFields,
  headers: z.described(z.nullish(z.record(z.string(), z.string())), `further headers, which may hold \${env:NAME}`),
  style: z.described(
    z.nullish(z.enum(['reactive', 'proactive', 'minimal'])),
    'reactive: answers what the agent asks; proactive: takes the lead; minimal: a few words, nothing unasked; default reactive',
  ),
  maxTurns: z.described(
    z.nullish(z.int().check(z.minimum(1), z.maximum(1000))),
    'messages to the agent in one conversation at most, the opening included; 1..1000; default 8',
  ),
  stop: z.described(z.nullish(text), 'text with which the model ends the conversation; default ###STOP###'),
  instructions: z.described(
    z.nullish(
      z
        .string()
        .check(
          z.refine(
            (written: string) => templateNames(written).every((name) => instructionNames.includes(name.split('.')[0] ?? '')),
            `expected only {{${instructionNames.join('}}, {{')}}} in the instructions`,
          ),
        ),
    ),
    'added to the rules of the user; may hold {{plan}}, {{persona}}, {{stop}}, {{maxTurns}} and names of the sample, such as {{row.mood}}',
  ),
  temperature: z.described(z.nullish(z.number().check(z.minimum(0), z.maximum(2))), '0..2; default that of the endpoint'),
  parameters: z.described(z.nullish(JsonObject), 'further members of every request to the model, such as {reasoning_effort: low}'),
});

const milliseconds = z.int().check(z.minimum(1), z.maximum(86_400_000));

const ControllerEntry = z.strictObject({
  type: z.described(z.enum(['controller']), 'controller: the task controller of AgentBench 0.2 speaks for an interactive task'),
  url: z.described(text.clone(), `address of the controller with its prefix, such as http://localhost:5000/api; may hold \${env:NAME}`),
  task: z.described(text.clone(), 'name of the task at the controller, such as os-std'),
  headers: z.described(z.nullish(z.record(z.string(), z.string())), `headers of every request to it, which may hold \${env:NAME}`),
  waitMs: z.described(
    z.nullish(milliseconds),
    'for a free worker of the task, milliseconds; the run then stops, to go on with --resume; default 600000',
  ),
  callMs: z.described(z.nullish(milliseconds), 'for one call to the controller, which waits 240 s for its worker, milliseconds; default 250000'),
});

/** Who speaks to the agent beside the turns of the samples. */
export const UserEntry = z.union([SimulatedEntry, ControllerEntry]);
type UserEntry = z.infer<typeof UserEntry>;

/** With every default filled in. */
export function userOf(entry: UserEntry | null | undefined): Pick<SuiteConfig, 'user' | 'controller'> {
  if (!entry) return {};
  if (entry.type === 'controller') {
    const { url, task, headers, waitMs, callMs } = entry;
    return { controller: { url, task, headers: headers ?? {}, waitMs: waitMs ?? 600_000, callMs: callMs ?? 250_000 } };
  }
  const { model, style, maxTurns, stop, baseUrl, apiKey, headers, instructions, temperature, parameters } = entry;
  return {
    user: {
      model,
      style: style ?? 'reactive',
      maxTurns: maxTurns ?? 8,
      stop: stop ?? '###STOP###',
      ...(baseUrl == null ? {} : { baseUrl }),
      ...(apiKey == null ? {} : { apiKey }),
      ...(headers == null ? {} : { headers }),
      ...(instructions == null ? {} : { instructions }),
      ...(temperature == null ? {} : { temperature }),
      ...(parameters == null ? {} : { parameters }),
    },
  };
}
