import { appendFile } from 'node:fs/promises';
import { byteLength, clampBytes } from './clamp.ts';

/** Adds markdown of at most so many UTF-8 bytes to the summary of a step; false: there is none to write to. */
export type JobSummary = (render: (maxBytes: number) => string) => Promise<boolean>;

/** GitHub drops a step's summary above 1 MiB; a little is left for what others of this step add. */
const maxSummaryBytes = 1024 * 1024 - 4096;

/** The summary that GITHUB_STEP_SUMMARY names. All that one step adds shares the limit. */
export function createJobSummary(path: string | undefined): JobSummary {
  let left = maxSummaryBytes;
  return async (render) => {
    if (!path) return false;
    const text = `${clampBytes(render(left - 1), left - 1)}\n`;
    left -= byteLength(text);
    await appendFile(path, text);
    return true;
  };
}
