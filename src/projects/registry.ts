import { createRegistry } from '../registry.ts';
import { adk } from './adk.ts';
import { agentbench } from './agentbench.ts';
import { benchkit } from './benchkit.ts';
import type { ProjectDefinition } from './project.ts';

const definitions: readonly ProjectDefinition[] = [adk, agentbench, benchkit];

/** The one list of other systems whose projects run here as they are. */
export const projects = createRegistry('project', definitions);
