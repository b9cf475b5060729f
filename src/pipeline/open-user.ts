import type { AgentDefinition } from '../agents/agent.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { ToolError } from '../errors.ts';
import { shortDigest } from '../io/hash.ts';
import { canonicalJson } from '../records/json.ts';
import { isSimulated, type Sample } from '../records/sample.ts';
import { userPromptVersion } from '../users/parts/user-prompt.ts';
import { scripted } from '../users/scripted.ts';
import { simulated } from '../users/simulated.ts';
import type { User, UserPorts } from '../users/user.ts';

/** Who speaks to the agents of a suite. */
export interface OpenUser {
  /** Of the call fingerprint of one agent. */
  fingerprintFor(definition: AgentDefinition): string;
  /** `definition`: of the agent it speaks to; absent: any. @throws ToolError with the place of a sample that cannot be played. */
  createUser(sample: Sample, attempt: { signal: AbortSignal; redact: UserPorts['redact'] }, definition?: AgentDefinition): User;
  /** Messages to the agent in one answer at most, and questions to the user's model for them. */
  callsOf(sample: Sample): { agent: number; user: number };
  close(): void | Promise<void>;
}

/**
 * The user of a suite: its samples' turns, and a model where a sample has a scenario and an agent asks what to say.
 * @throws ToolError `user-missing` when there is such a sample and no model.
 */
export async function openUser(
  config: SuiteConfig,
  { samples, definitions, signal }: { samples: SelectedSamples; definitions: readonly AgentDefinition[]; signal: AbortSignal },
): Promise<OpenUser> {
  const first = definitions.some(asksUser) ? samples.firstSimulated : undefined;
  if (!first) return { fingerprintFor: () => scripted.type, createUser: saySample, callsOf: scriptedCalls, close: () => {} };
  if (!config.user) throw userMissing(first, config.file);
  const { model, baseUrl, apiKey, headers, ...settings } = config.user;
  const [{ createModel }, { newMarker }] = await Promise.all([import('../io/model.ts'), import('../io/judge.ts')]);
  const { file, deadlines, timeoutMs, maxRetries, concurrency } = config;
  const name = `the user model ${JSON.stringify(model)}`;
  const reached = { ...(baseUrl === undefined ? {} : { baseUrl }), ...(apiKey === undefined ? {} : { apiKey }), ...(headers ? { headers } : {}) };
  const opened = createModel({ name, field: 'user', model, ...reached, file, deadlines, timeoutMs, maxRetries, concurrency, signal });
  const { temperature, parameters: extra } = settings;
  const port: UserPorts['model'] = {
    name,
    marker: newMarker,
    ask: (request) => opened.ask({ ...request, temperature, ...(extra ? { extra } : {}) }),
  };
  const digest = shortDigest(canonicalJson({ prompt: userPromptVersion, ...opened.identity, ...settings }));
  return {
    fingerprintFor: (definition) => (asksUser(definition) ? `${simulated.type}-${digest}` : scripted.type),
    createUser: (sample, attempt) => (isSimulated(sample) ? simulated.create(sample, { settings, model: port, ...attempt }) : saySample(sample)),
    callsOf(sample) {
      if (!isSimulated(sample)) return scriptedCalls(sample);
      const turns = sample.scenario?.maxTurns ?? settings.maxTurns;
      return { agent: turns, user: sample.input === '' ? turns : turns - 1 };
    },
    close: opened.close,
  };
}

/** Of a replayed scenario, which asks nobody, the user says nothing. */
export function saySample(sample: Sample): User {
  return isSimulated(sample) ? { next: async () => undefined } : scripted.create(sample);
}

function scriptedCalls({ turns }: Sample): { agent: number; user: number } {
  return { agent: Math.max(1, turns.length), user: 0 };
}

/** False for an agent that answers without anybody who speaks to it, such as a recording. */
export function asksUser(definition: AgentDefinition): boolean {
  return definition.asksUser ?? true;
}

function userMissing({ id, file, line }: Pick<Sample, 'id' | 'file' | 'line'>, config: string): ToolError {
  const message = `sample "${id}" has a scenario, and ${config} names no model that plays its user`;
  const remedy = `add: user: {model: gpt-5-mini, apiKey: "\${env:OPENAI_API_KEY}"}; or write the user's messages as "turns", or leave the sample out with samples.where`;
  return new ToolError({
    code: 'user-missing',
    message: `${file}:${line}: ${message}`,
    remedy,
    problems: [{ file, line, field: 'scenario', message, remedy }],
  });
}
