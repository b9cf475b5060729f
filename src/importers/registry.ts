import { createRegistry } from '../registry.ts';
import type { ResultFormat } from './result-format.ts';

const formats: readonly ResultFormat[] = [];

/** The one list of result formats of other systems, to import from and export to. */
export const resultFormats = createRegistry('result format', formats);
