// The product's own decision code, straight from src/: types are erased while it is imported, so that no build can be out of date.
import { register } from 'node:module';

// Newer Nodes erase types by themselves, and faster.
if (!process.features.typescript) register('../../__tests__/helpers/ts-loader.mjs', import.meta.url);

const load = (path) => import(new URL(`../../src/${path}`, import.meta.url).href);

const { comparablePairs, decide } = await load('compare/decide.ts');
const { defaultDecideOptions } = await load('compare/decide-options.ts');
const { screen } = await load('compare/screening.ts');
const { createHypergeometricTable } = await load('compare/hypergeometric.ts');
const { detectableDrop } = await load('compare/detectable-drop.ts');
const { guardAgainstHistory } = await load('compare/history-guard.ts');
const { planConfirmation } = await load('compare/confirmation.ts');
const { assess } = await load('compare/assess.ts');
const { createRandom } = await load('compare/calibration/random.ts');
const { metricEffects } = await load('compare/metric-effects.ts');
const { defaultPolicy } = await load('records/policy.ts');

export const product = {
  ...{ comparablePairs, decide, defaultDecideOptions, screen, createHypergeometricTable, detectableDrop, guardAgainstHistory },
  ...{ createRandom, planConfirmation, assess, metricEffects, defaultPolicy },
};
