import { createRegistry } from '../registry.ts';
import type { ProjectDefinition } from './project.ts';

const definitions: readonly ProjectDefinition[] = [];

/** The one list of other systems whose projects run here as they are. */
export const projects = createRegistry('project', definitions);
