import type { ConfigRegistries } from '../config/build-suite.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { datasets } from '../datasets/registry.ts';
import type { ResultFormat } from '../importers/result-format.ts';
import { createRegistry, type Registry } from '../registry.ts';
import type { SuiteKinds } from './ports.ts';

/** Every kind that there is. Loaded on use: to load them all takes an eighth of a short command. */
export async function allKinds(): Promise<ConfigRegistries> {
  const [{ agents }, { checkers }, { resultFormats }] = await Promise.all([
    import('../agents/registry.ts'),
    import('../checkers/registry.ts'),
    import('../importers/registry.ts'),
  ]);
  return { agents, checkers, resultFormats, datasetTypes: datasets.types };
}

/**
 * The result of `work` with the kinds that most suites name; with all of them, when it asked for one that is not among
 * those. `work` is then done twice, and must leave nothing behind.
 */
export async function withKinds<T>(work: (kinds: ConfigRegistries) => Promise<T>): Promise<T> {
  const { commonAgents, commonCheckers } = await import('./common-kinds.ts');
  let isLacking = false;
  const lack = () => {
    isLacking = true;
  };
  try {
    const resultFormats = noticing(createRegistry<ResultFormat>('result format', []), lack);
    const result = await work({
      agents: noticing(commonAgents, lack),
      checkers: noticing(commonCheckers, lack),
      resultFormats,
      datasetTypes: datasets.types,
    });
    if (!isLacking) return result;
  } catch (error) {
    if (!isLacking) throw error;
  }
  return work(await allKinds());
}

/** The kinds that a suite names. The checkers that samples bring may be of others. */
export async function kindsOf(config: SuiteConfig): Promise<SuiteKinds> {
  const { commonAgents, commonCheckers } = await import('./common-kinds.ts');
  const named = config.baseline.kind === 'agent' ? [config.agent, config.baseline.agent] : [config.agent];
  const isCommon = named.every(({ type }) => commonAgents.has(type)) && config.checkers.every(({ type }) => commonCheckers.has(type));
  return isCommon ? { agents: commonAgents, checkers: commonCheckers } : allKinds();
}

/** The registry, with a word to `lack` when it is asked for what it does not have, or for all that it has. */
function noticing<D extends { type: string }>(registry: Registry<D>, lack: () => void): Registry<D> {
  return {
    kind: registry.kind,
    get entries() {
      lack();
      return registry.entries;
    },
    get types() {
      lack();
      return registry.types;
    },
    has(type) {
      if (!registry.has(type)) lack();
      return registry.has(type);
    },
    get(type) {
      if (!registry.has(type)) lack();
      return registry.get(type);
    },
  };
}
