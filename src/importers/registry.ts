import { createRegistry } from '../registry.ts';
import { adk } from './adk.ts';
import { agentbench } from './agentbench.ts';
import { agentloop } from './agentloop.ts';
import { agentscope } from './agentscope.ts';
import { benchkit } from './benchkit.ts';
import type { ResultFormat } from './result-format.ts';

const formats: readonly ResultFormat[] = [adk, agentbench, agentscope, agentloop, benchkit];

/** The one list of result formats of other systems, to import from and export to. */
export const resultFormats = createRegistry('result format', formats);
