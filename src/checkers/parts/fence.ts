/** The contents of the Markdown code fences of a text, in order, at most `most`; a fence that does not end goes to the end of the text. */
export function fencesOf(text: string, most: number): string[] {
  const found: string[] = [];
  let at = 0;
  while (found.length < most) {
    const open = text.indexOf('```', at);
    const line = open < 0 ? -1 : text.indexOf('\n', open);
    if (line < 0) break;
    const close = text.indexOf('```', line);
    found.push(text.slice(line + 1, close < 0 ? text.length : close));
    if (close < 0) break;
    at = close + 3;
  }
  return found;
}
