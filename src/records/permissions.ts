import * as z from './schema.ts';

const Paths = z.array(z.string().check(z.minLength(1)));

const Granted = z.strictObject({
  read: z.described(z.optional(Paths), 'files and folders, relative to the config file, that may be read too'),
  write: z.described(z.optional(Paths), 'files and folders that may be written, and read, too'),
  addons: z.described(z.optional(z.boolean()), 'native packages may be loaded; their code is not limited'),
  workers: z.described(z.optional(z.boolean()), 'threads may be started; nothing limits what they read'),
  childProcesses: z.described(z.optional(z.boolean()), 'programs may be started; nothing limits what they read'),
});

/** What a JavaScript module of the user's may do beside computing, talking to the network, and reading the workspace and its packages. */
export const ModulePermissions = z.described(
  z.union([z.literal('all'), Granted]),
  '`all`, or what the module may do beside reading the workspace and its packages, and writing to a temporary folder of its own; for Node.js, which is no wall against code that is out to break it',
);
export type ModulePermissions = 'all' | { read?: string[]; write?: string[]; addons?: boolean; workers?: boolean; childProcesses?: boolean };
