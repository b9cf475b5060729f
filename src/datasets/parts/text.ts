/** The whole text of a source, without a byte order mark. */
export async function readAll(source: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  for await (const chunk of source) parts.push(chunk);
  return withoutMark(parts.join(''));
}

/** The text without a byte order mark at its start. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Complete lines with their 1-based number; `\n` and `\r\n` end a line; the last line may lack its end. Holds one line at a time. */
export async function* readLines(source: AsyncIterable<string>): AsyncIterable<{ text: string; line: number }> {
  let rest = '';
  let line = 0;
  let isFirst = true;
  for await (const chunk of source) {
    const text = rest + (isFirst ? withoutMark(chunk) : chunk);
    isFirst = false;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      line += 1;
      yield { text: text.slice(start, text[end - 1] === '\r' ? end - 1 : end), line };
      start = end + 1;
    }
    rest = text.slice(start);
  }
  if (rest !== '') yield { text: rest, line: line + 1 };
}
