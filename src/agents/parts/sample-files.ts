import { messageOf, ToolError } from '../../errors.ts';
import { OutsideError, readInside, realPlace } from '../../io/inside.ts';
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
    const bytes = readOne(baseDir, path, left);
    left -= bytes.length;
    files.push({ path, bytes });
  }
  return files;
}

function readOne(baseDir: string, path: string, maxBytes: number): Uint8Array {
  try {
    return readInside(realPlace(baseDir), path, { maxBytes, followsLinks: true });
  } catch (error) {
    const isTooLarge = error instanceof ToolError && error.code === 'file-too-large';
    const reason =
      error instanceof OutsideError
        ? `${error.message} of the config file`
        : isTooLarge
          ? `the files of one sample may have ${maxFileBytes} bytes`
          : messageOf(error);
    throw new AgentFailure('agent-error', `the file "${path}" of the sample cannot be sent: ${reason}`, { phase: 'not-sent', isTransient: false });
  }
}
