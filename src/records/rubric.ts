import { templateNames } from '../template.ts';
import * as z from './schema.ts';

/** Names of the sample alone: a rubric that holds the agent's words would let the agent write its own rubric. */
export const rubricNames: readonly string[] = ['id', 'input', 'expected', 'tags', 'metadata', 'row'];

/** What a good answer is, in words; a template over the sample. */
export const RubricText = z.string().check(
  z.minLength(1),
  z.maxLength(20_000),
  z.refine(
    (text: string) => templateNames(text).every((name) => rubricNames.includes(name.split('.')[0] ?? '')),
    `expected only {{${rubricNames.join('}}, {{')}}} in a rubric: what the agent said is shown to the judge as data`,
  ),
);
