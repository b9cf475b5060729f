import { createRegistry } from '../registry.ts';
import { adk } from './adk.ts';
import { agentbench } from './agentbench.ts';
import { agentloop } from './agentloop.ts';
import { benchkit } from './benchkit.ts';
import type { ProjectDefinition } from './project.ts';

const definitions: readonly ProjectDefinition[] = [adk, agentbench, agentloop, benchkit];

/** The one list of other systems whose projects run here as they are. */
export const projects = createRegistry('project', definitions);
