import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { messageOf, ToolError } from '../../errors.ts';
import { readBytes } from '../../io/files.ts';
import { AgentFailure } from '../agent.ts';

/** Bytes of all files of one sample. */
const maxFileBytes = 50 * 1024 * 1024;

/**
 * The files of a sample, by their paths from the folder of the config. A sample is data: it must not make us send a file from outside
 * that folder, not through a link either. @throws AgentFailure `not-sent` for a file that cannot be read.
 */
export async function readSampleFiles(baseDir: string, paths: readonly string[]): Promise<{ path: string; bytes: Uint8Array }[]> {
  const files: { path: string; bytes: Uint8Array }[] = [];
  let left = maxFileBytes;
  for (const path of paths) {
    const bytes = await readInside(baseDir, path, left);
    left -= bytes.length;
    files.push({ path, bytes });
  }
  return files;
}

async function readInside(baseDir: string, path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const [root, real] = await Promise.all([realpath(baseDir), realpath(resolve(baseDir, path))]);
    const inside = relative(root, real);
    if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') throw new Error('it is outside the folder of the config file');
    return await readBytes(real, maxBytes);
  } catch (error) {
    const isTooLarge = error instanceof ToolError && error.code === 'file-too-large';
    const reason = isTooLarge ? `the files of one sample may have ${maxFileBytes} bytes` : messageOf(error);
    throw new AgentFailure('agent-error', `the file "${path}" of the sample cannot be sent: ${reason}`, { phase: 'not-sent', isTransient: false });
  }
}
