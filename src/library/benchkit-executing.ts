// Executing: what decides which samples run, with which models, and what they leave behind.
export { completedSamples } from '../systems/benchkit/completed.ts';
export { type EnvironmentEntry, type EnvironmentType, environmentEntries } from '../systems/benchkit/environment.ts';
export { finalStateOf } from '../systems/benchkit/final-state.ts';
export { type ModelConfigFiles, type ModelRole, type ModelSettings, modelConfig } from '../systems/benchkit/model-config.ts';
export { resultName, type SampleProblem, sampleLine, sampleRow } from '../systems/benchkit/sample.ts';
export { type Selection, selectSamples } from '../systems/benchkit/selection.ts';
