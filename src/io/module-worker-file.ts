import { fileURLToPath } from 'node:url';

/** Path of the program that runs the user's modules. The bundler puts a path, or another address, in the place of this address. */
export function moduleWorkerFile(): string {
  const address: unknown = new URL('./module-worker.mjs', import.meta.url);
  return address instanceof URL ? fileURLToPath(address) : String(address);
}
