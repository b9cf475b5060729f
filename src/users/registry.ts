import { createRegistry } from '../registry.ts';
import { scripted } from './scripted.ts';

/** The one list of users: who speaks to the agent. */
export const users = createRegistry('user', [scripted]);
