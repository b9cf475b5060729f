import { appendFile, stat } from 'node:fs/promises';
import { clampBytes } from './clamp.ts';

/** Adds markdown of at most so many UTF-8 bytes to the summary of a step; false: there is none to write to. */
export type JobSummary = (render: (maxBytes: number) => string) => Promise<boolean>;

/** GitHub drops a step's summary above 1 MiB; a little is left for what others of this step add. */
const maxSummaryBytes = 1024 * 1024 - 4096;

/** The summary that GITHUB_STEP_SUMMARY names. All that one step adds shares the limit, whichever program of the step adds it. */
export function createJobSummary(path: string | undefined): JobSummary {
  return async (render) => {
    if (!path) return false;
    const left = Math.max(1, maxSummaryBytes - (await sizeOf(path)));
    const text = `${clampBytes(render(left - 1), left - 1)}\n`;
    await appendFile(path, text);
    return true;
  };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}
