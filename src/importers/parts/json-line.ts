/** The line, from 1, on which the value at a path of a JSON text begins; of what is missing the line of its container. Linear. */
export function lineOfPath(text: string, path: readonly PropertyKey[]): number {
  const scanner = { text, at: 0 };
  skipSpace(scanner);
  let line = lineAt(text, scanner.at);
  for (const key of path) {
    if (!enter(scanner, key)) return line;
    line = lineAt(text, scanner.at);
  }
  return line;
}

interface Scanner {
  text: string;
  at: number;
}

function lineAt(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function skipSpace(scanner: Scanner): void {
  while (scanner.at < scanner.text.length && ' \t\r\n\ufeff'.includes(scanner.text.charAt(scanner.at))) scanner.at += 1;
}

/** Moves to the value of a member or an item; of a key that stands twice to the first. False: there is none. */
function enter(scanner: Scanner, key: PropertyKey): boolean {
  const opening = scanner.text.charAt(scanner.at);
  if (opening !== '{' && opening !== '[') return false;
  scanner.at += 1;
  for (let index = 0; ; index++) {
    skipSpace(scanner);
    const next = scanner.text.charAt(scanner.at);
    if (next === '' || next === '}' || next === ']') return false;
    let isWanted = index === key;
    if (opening === '{') {
      const start = scanner.at;
      skipString(scanner);
      isWanted = nameOf(scanner.text.slice(start, scanner.at)) === key;
      skipSpace(scanner);
      scanner.at += 1;
      skipSpace(scanner);
    }
    if (isWanted) return true;
    skipValue(scanner);
    skipSpace(scanner);
    if (scanner.text.charAt(scanner.at) === ',') scanner.at += 1;
  }
}

function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function skipString(scanner: Scanner): void {
  for (scanner.at += 1; scanner.at < scanner.text.length; scanner.at++) {
    const next = scanner.text.charAt(scanner.at);
    if (next === '\\') scanner.at += 1;
    else if (next === '"') break;
  }
  scanner.at += 1;
}

/** Of JSON that was read before: depth is all that matters. */
function skipValue(scanner: Scanner): void {
  let depth = 0;
  for (; scanner.at < scanner.text.length; scanner.at++) {
    const next = scanner.text.charAt(scanner.at);
    if (next === '"') {
      skipString(scanner);
      scanner.at -= 1;
    } else if (next === '{' || next === '[') depth += 1;
    else if (next === '}' || next === ']') {
      if (depth === 0) return;
      depth -= 1;
    } else if (next === ',' && depth === 0) return;
  }
}
