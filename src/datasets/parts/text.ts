import { datasetError } from './problem.ts';

/** Characters of a file that is read as a whole, and of one line of another: twice as many are more than a text can have. */
const maxLength = 256 * 1024 * 1024;
const maxLineLength = 64 * 1024 * 1024;

/** The whole text of a source, without a byte order mark. @throws ToolError `dataset-invalid` above 256 million characters. */
export async function readAll(source: AsyncIterable<string>, file: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxLength)
      throw datasetError(file, 1, 'the file has more than 256 million characters', 'write it as JSON Lines, which may have any size');
    parts.push(chunk);
  }
  return withoutMark(parts.join(''));
}

/** The text without a byte order mark at its start. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * Complete lines with their 1-based number; `\n` and `\r\n` end a line; the last line may lack its end. Holds one line at a time.
 * @throws ToolError `dataset-invalid` for a line above 64 million characters.
 */
export async function* readLines(source: AsyncIterable<string>, file: string): AsyncIterable<{ text: string; line: number }> {
  // Joined once: what is added to a text of many chunks is copied with all of it.
  let rest: string[] = [];
  let restLength = 0;
  let line = 0;
  let isFirst = true;
  for await (const chunk of source) {
    const text = isFirst ? withoutMark(chunk) : chunk;
    isFirst = false;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      line += 1;
      const whole = rest.length === 0 ? text.slice(start, end) : rest.join('') + text.slice(start, end);
      [rest, restLength] = [[], 0];
      yield { text: whole.endsWith('\r') ? whole.slice(0, -1) : whole, line };
      start = end + 1;
    }
    if (start === text.length) continue;
    rest.push(text.slice(start));
    restLength += text.length - start;
    if (restLength > maxLineLength) throw datasetError(file, line + 1, 'the line has more than 64 million characters', 'write one sample a line');
  }
  if (rest.length > 0) yield { text: rest.join(''), line: line + 1 };
}
