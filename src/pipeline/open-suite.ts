import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Agent, AgentDefinition } from '../agents/agent.ts';
import type { CompiledChecker } from '../checkers/compile.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { shortDigest } from '../io/hash.ts';
import { isThere } from '../io/is-there.ts';
import { canonicalJson } from '../records/json.ts';
import { type Fingerprints, type RunRecord, runLogSchemaVersion, type ShardRecord } from '../records/run-log.ts';
import { shareOfBudget } from '../run/core/shards.ts';
import { version } from '../version.ts';
import { readsTraces, type SuiteTraces, suiteTraces } from './agent-traces.ts';
import { callNamesOf } from './call-names.ts';
import { gatherProblems } from './gather-problems.ts';
import { kindsOf } from './kinds.ts';
import { openAgent } from './open-agent.ts';
import { openSamples } from './open-samples.ts';
import { openScoring, type Scoring } from './open-scoring.ts';
import type { OpenTask } from './open-task.ts';
import { type OpenUser, openUser } from './open-user.ts';
import type { SuiteKinds } from './ports.ts';

/** A suite that is ready to run: samples checked, checkers compiled, nothing asked yet. */
export interface OpenSuite extends Pick<Scoring, 'checkersOf' | 'judge'> {
  config: SuiteConfig;
  samples: SelectedSamples;
  fingerprints: Fingerprints;
  definition: AgentDefinition;
  /** Of a run that starts now. */
  header(git: { sha?: string; ref?: string } | undefined, now: Date): RunRecord;
  openAgent(warn: (message: string) => void): Promise<Agent>;
  /** Who speaks to the agent. */
  user: OpenUser;
  /** What the task makes of all its answers; absent: there is no task controller. Never rejects. */
  taskMetric?: OpenTask['metric'];
  /** Aborted when the command stops. */
  signal: AbortSignal;
  /** Of `baseline: {agent}`: the same samples and checkers for the second agent, with its half of the concurrency. Closed with the first. */
  baselineSuite?: OpenSuite;
  close(): Promise<void>;
}

/** @param signal aborted when the command stops: judge and user model are then asked nothing more. @throws ToolError for all that cannot work in samples, user, checkers and judge. */
export async function openSuite(given: SuiteConfig, signal: AbortSignal = new AbortController().signal, givenKinds?: SuiteKinds): Promise<OpenSuite> {
  const kinds = givenKinds ?? (await kindsOf(given));
  if (given.finalState) (await import('../io/final-state.ts')).checkStateSources(given.finalState);
  const asked = given.baseline.kind === 'agent' ? [given.agent, given.baseline.agent] : [given.agent];
  const callNames = [...new Set(asked.flatMap((agent) => callNamesOf(agent, kinds)))];
  const task = given.controller ? await (await import('./open-task.ts')).openTask(given, signal) : undefined;
  const opened: { close(): unknown }[] = task ? [task.user] : [];
  const { samples, user, scoring } = await openParts().catch(async (error: unknown) => {
    await Promise.all(opened.map((part) => part.close()));
    throw error;
  });
  const config = samples.shard ? { ...given, budget: shareOfBudget(given.budget, samples.count, samples.shard) } : given;
  const second = baselineConfig(config);
  const { compiled, checkersOf, judge } = scoring;
  const traces = suiteTraces(config);
  const close = async (): Promise<void> => {
    await user.close();
    await traces.close();
    await scoring.close();
  };
  const shared = {
    samples,
    compiled,
    user,
    checkersOf,
    ...(judge ? { judge } : {}),
    ...(task ? { taskMetric: task.metric } : {}),
    signal,
    traces,
    close,
  };
  return { ...withAgent(config, shared, kinds), ...(second ? { baselineSuite: withAgent(second, shared, kinds) } : {}) };

  async function openParts(): Promise<{ samples: SelectedSamples; user: OpenUser; scoring: Scoring }> {
    const problems = gatherProblems();
    const names = [...callNames, ...(task?.callNames ?? [])];
    const samples = await problems.of(openSamples(given, names, { given: task?.samples ?? kinds.samples, signal }));
    const definitions = asked.map(({ type }) => kinds.agents.get(type));
    const user = task?.user ?? (samples && (await problems.of(openUser(given, { samples, definitions, signal }))));
    if (user && !task) opened.push(user);
    const scoring = await openScoring(given, { kinds, givenKinds, signal, problems });
    if (scoring) opened.push(scoring);
    if (!samples || !user || !scoring) throw problems.asError();
    return { samples, user, scoring };
  }
}

function shardRecord({ index, count, samples, samplesDigest }: NonNullable<SelectedSamples['shard']>): ShardRecord {
  return { index, count, samples, samplesDigest };
}

/** The suite as the second agent is asked it: each of the two has half of the calls under way, and at least one. */
function baselineConfig(config: SuiteConfig): SuiteConfig | undefined {
  if (config.baseline.kind !== 'agent') return undefined;
  return { ...config, agent: config.baseline.agent, concurrency: Math.max(1, Math.floor(config.concurrency / 2)) };
}

function withAgent(
  config: SuiteConfig,
  shared: Pick<OpenSuite, 'samples' | 'checkersOf' | 'judge' | 'user' | 'taskMetric' | 'signal' | 'close'> & {
    compiled: readonly CompiledChecker[];
    traces: SuiteTraces;
  },
  kinds: SuiteKinds,
): OpenSuite {
  const { compiled, traces, ...kept } = shared;
  const { samples } = kept;
  const definition = kinds.agents.get(config.agent.type);
  const identity = identityOf(definition, config);
  const fingerprints = fingerprintsOf(config, { compiled, identity, user: kept.user.fingerprintFor(definition) });
  return {
    ...kept,
    config,
    definition,
    fingerprints,
    header: (git, now) => headerOf({ config, samples, compiled, fingerprints, identity, git, now }),
    openAgent: async (warn) => withFinalState(await openAgent(config, { definition, traces, warn }), config),
  };
}

/** A file that cannot be read has no digest: opening the agent says what is wrong with it. */
function identityOf(definition: AgentDefinition, { agent: { options }, baseDir }: SuiteConfig): ReturnType<AgentDefinition['identity']> {
  const identity = definition.identity(options);
  const files = definition.files?.(options) ?? [];
  if (files.length === 0) return identity;
  const digests = files.map((path) => {
    const file = resolve(baseDir, path);
    return isThere(file) && statSync(file).isFile() ? shortDigest(readFileSync(file)) : null;
  });
  return { ...identity, template: { template: identity.template, files: digests } };
}

async function withFinalState(agent: Agent, { finalState, baseDir }: SuiteConfig): Promise<Agent> {
  if (!finalState) return agent;
  const { collectFinalState } = await import('../io/final-state.ts');
  const { sessionOf } = await import('../agents/parts/converse.ts');
  return collectFinalState(agent, finalState, { baseDir, slotOf: sessionOf });
}

function fingerprintsOf(
  config: SuiteConfig,
  { compiled, identity, user }: { compiled: readonly CompiledChecker[]; identity: ReturnType<AgentDefinition['identity']>; user: string },
): Fingerprints {
  const required = compiled.map(({ name, required }) => [name, required]);
  return {
    call: {
      tool: version.split('.')[0] ?? '0',
      agent: config.agent.type,
      endpoint: shortDigest(identity.endpoint ?? ''),
      template: shortDigest(canonicalJson(identity.template)),
      user,
      // What is asked stays the same, but what is seen of an answer does not. Where its spans lie does not matter.
      ...(readsTraces(config) ? { traces: shortDigest('spans') } : {}),
      ...(config.finalState ? { finalState: shortDigest(canonicalJson(config.finalState)) } : {}),
    },
    score: { ...Object.fromEntries(compiled.map(({ name, fingerprint }) => [name, fingerprint])), required: shortDigest(canonicalJson(required)) },
  };
}

function headerOf(parts: {
  config: SuiteConfig;
  samples: SelectedSamples;
  compiled: readonly CompiledChecker[];
  fingerprints: Fingerprints;
  identity: { endpoint?: string };
  git: { sha?: string; ref?: string } | undefined;
  now: Date;
}): RunRecord {
  const { config, samples, compiled, fingerprints, identity, git, now } = parts;
  return {
    type: 'run',
    schemaVersion: runLogSchemaVersion,
    toolVersion: version,
    runId: randomUUID(),
    startedAt: now.toISOString(),
    suite: config.suite,
    configFile: config.file,
    fingerprints,
    ...(git ? { git } : {}),
    planned: { samples: samples.count, repeats: config.repeats, slots: samples.count * config.repeats },
    samplesDigest: samples.samplesDigest,
    ...(samples.shard ? { shard: shardRecord(samples.shard) } : {}),
    caps: config.budget,
    secrets: config.secrets.flatMap(({ name, isAmbient }) => (isAmbient ? [] : [name])),
    agent: { type: config.agent.type, ...(identity.endpoint === undefined ? {} : { endpoint: identity.endpoint }) },
    checkers: compiled.map(({ name, required, weight, isPure }) => ({ name, required, weight, pure: isPure })),
  };
}
