import { createRegistry } from '../registry.ts';
import { controller } from './controller.ts';
import { scripted } from './scripted.ts';
import { simulated } from './simulated.ts';

/** The one list of users: who speaks to the agent. */
export const users = createRegistry('user', [scripted, simulated, controller]);
