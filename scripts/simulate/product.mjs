// The product's own decision code, straight from src/: types are erased while it is imported, so that no build can be out of date.
import { register } from 'node:module';

// Newer Nodes erase types by themselves, and faster.
if (!process.features.typescript) register('../../__tests__/helpers/ts-loader.mjs', import.meta.url);

const load = (name) => import(new URL(`../../src/${name}.ts`, import.meta.url).href);

const [decide, options, screening, hypergeometric, confirmation, assess, detectable, history, metrics, policy] = await Promise.all(
  ['decide', 'decide-options', 'screening', 'hypergeometric', 'confirmation', 'assess', 'detectable-drop', 'history-guard', 'metric-effects'].map(
    load,
  ),
);

export const product = {
  ...{ decide: decide.decide, comparablePairs: decide.comparablePairs, defaultDecideOptions: options.defaultDecideOptions },
  ...{ screen: screening.screen, createHypergeometricTable: hypergeometric.createHypergeometricTable },
  ...{ planConfirmation: confirmation.planConfirmation, assess: assess.assess, metricEffects: metrics.metricEffects },
  ...{ detectableDrop: detectable.detectableDrop, guardAgainstHistory: history.guardAgainstHistory, defaultPolicy: policy.defaultPolicy },
};
