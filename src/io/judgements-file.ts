import { join } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import { JudgementRecord, JudgementsHeader, judgementsSchemaVersion } from '../records/judgement.ts';
import { readChunks } from './files.ts';
import { isThere } from './is-there.ts';

/** Beside the run log whose answers were judged. */
export const judgementsName = 'judgements.jsonl';

/**
 * The judgements of a run folder: gives the header to `isWanted` and then every judgement to `take`. False when there is
 * no such file or it is not wanted.
 * @throws ToolError `judgements-invalid` for a file that was edited or cut.
 */
export async function readJudgements(
  folder: string,
  isWanted: (header: JudgementsHeader) => boolean,
  take: (judgement: JudgementRecord) => void,
): Promise<boolean> {
  const path = join(folder, judgementsName);
  if (!isThere(path)) return false;
  let number = 0;
  try {
    for await (const line of linesOf(path)) {
      number++;
      const value: unknown = JSON.parse(line);
      if (number > 1) {
        take(JudgementRecord.parse(value));
        continue;
      }
      const header = JudgementsHeader.parse(value);
      if (header.schemaVersion > judgementsSchemaVersion || !isWanted(header)) return false;
    }
  } catch (error) {
    const remedy = 'make it again with: agent-regress check RUN --rejudge K';
    throw new ToolError({ code: 'judgements-invalid', message: `${path}, line ${number}: ${messageOf(error).slice(0, 300)}`, remedy, cause: error });
  }
  return number > 0;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of readChunks(path)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
  if (rest !== '') yield rest;
}
