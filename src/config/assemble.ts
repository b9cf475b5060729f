import { defaultPolicy, type Policy } from '../records/policy.ts';
import { preferenceOf } from './preference-entry.ts';
import { nameWithAgent } from './split-agents.ts';
import type { AgentloopDataset, BaselineConfig, SamplesConfig, SuiteConfig, TracesConfig } from './suite-config.ts';
import type { BaselineEntry, SuiteFile } from './suite-file.ts';
import { userOf } from './user-entry.ts';

/** Where a suite comes from. */
export interface SuiteSource {
  /** Config file as named by the user. */
  file: string;
  baseDir: string;
  /** Name of the suite when the file gives none. */
  defaultSuite: string;
  /** Of one of several agents: its suite is named after it too. */
  agentName?: string;
}

/** What the registries and the environment say is added by `buildSuite`. */
export type PlainSuite = Omit<SuiteConfig, 'agent' | 'checkers' | 'exports' | 'secrets' | 'origins' | 'places' | 'warnings'>;

/** The suite of a file that was checked, every default filled in. `dataset`: the one of a service that its samples name. */
export function assemble(file: SuiteFile, request: SuiteSource, dataset?: AgentloopDataset): PlainSuite {
  const isTask = file.user?.type === 'controller';
  const timeoutMs = file.timeoutMs ?? (isTask ? 3_600_000 : 60_000);
  const { budget, deadlines, judge, policy, traces } = file;
  return {
    suite: nameWithAgent(file.suite ?? request.defaultSuite, request.agentName),
    file: request.file,
    baseDir: request.baseDir,
    samples: { ...samplesOf(file.samples), ...(dataset ? { agentloop: dataset } : {}) },
    repeats: file.repeats ?? 3,
    concurrency: file.concurrency ?? 8,
    timeoutMs,
    deadlines: {
      connectMs: deadlines?.connectMs ?? 10_000,
      firstByteMs: deadlines?.firstByteMs ?? (isTask ? Math.min(timeoutMs, 120_000) : timeoutMs),
      idleMs: deadlines?.idleMs ?? 30_000,
    },
    maxRetries: file.maxRetries ?? 2,
    onAmbiguous: file.onAmbiguous ?? 'retry',
    maxReplyBytes: file.maxReplyBytes ?? 10_485_760,
    budget: given({ calls: budget?.calls, costUsd: budget?.costUsd, tokens: budget?.tokens, minutes: budget?.minutes }),
    ...given({
      judge: judge
        ? { model: judge.model, ...given({ baseUrl: judge.baseUrl, apiKey: judge.apiKey, preference: preferenceOf(judge.preference) }) }
        : undefined,
    }),
    ...embeddingsOf(file.embeddings),
    ...finalStateOf(file.finalState),
    ...(traces ? { traces: tracesOf(traces) } : {}),
    ...userOf(file.user),
    baseline: baselineOf(file.baseline),
    policy: policyOf(policy),
  };
}

function embeddingsOf(entry: SuiteFile['embeddings']): Pick<SuiteConfig, 'embeddings'> {
  if (entry?.module) return { embeddings: { module: entry.module, ...given({ permissions: entry.permissions }) } };
  return entry?.model ? { embeddings: { model: entry.model, ...given({ baseUrl: entry.baseUrl, apiKey: entry.apiKey }) } } : {};
}

function finalStateOf(sources: SuiteFile['finalState']): Pick<SuiteConfig, 'finalState'> {
  return sources ? { finalState: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, given(source)])) } : {};
}

function policyOf(policy: SuiteFile['policy']): Policy {
  const waivers = (policy?.waivers ?? []).map(({ samples, reason, until }) => ({ samples: listOf(samples).map(String), reason, until }));
  return { ...defaultPolicy, ...given({ ...policy, waivers }) };
}

function tracesOf(traces: NonNullable<SuiteFile['traces']>): TracesConfig {
  const { send, path, listen, waitMs, quietMs, required } = traces;
  const kept = given({ path, listen });
  return { send: send ?? true, ...kept, waitMs: waitMs ?? 10_000, quietMs: quietMs ?? 500, required: required ?? true };
}

function samplesOf(samples: SuiteFile['samples']): SamplesConfig {
  if (typeof samples === 'string' || Array.isArray(samples)) return { paths: listOf(samples), offset: 0 };
  const { path, controller, format, map, where, limit, offset, seed } = samples;
  const tags = where?.tags == null ? undefined : listOf(where.tags).map(String);
  const ids = where?.ids == null ? undefined : listOf(where.ids).map(String);
  const kept = given({ format, map, limit, seed, where: tags || ids ? given({ tags, ids }) : undefined });
  return { paths: listOf(path ?? []), ...(controller ? { isFromController: true } : {}), offset: offset ?? 0, ...kept };
}

function baselineOf(baseline: BaselineEntry | null | undefined): BaselineConfig {
  if (baseline == null || baseline === 'auto') return { kind: 'auto' };
  if (baseline === 'none' || baseline === 'release') return { kind: baseline };
  if (baseline.run !== undefined) return { kind: 'run', runId: baseline.run };
  if (baseline.sha !== undefined) return { kind: 'sha', sha: baseline.sha.toLowerCase() };
  return { kind: 'path', paths: listOf(baseline.path ?? []) };
}

function listOf<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

/** The object without what is absent or null. */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as { [K in keyof T]?: NonNullable<T[K]> };
}
