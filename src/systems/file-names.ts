/** Whether Windows keeps a file name, with any ending, for a device. */
export function isDeviceName(name: string): boolean {
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name);
}

/** The beginning of a name, of at most so many bytes in UTF-8: file systems count those. Whole characters. */
export function withinBytes(name: string, maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}

/** The path, or the same with a number where one of those before has it, in whatever case. */
export function freePath(path: string, taken: Set<string>): string {
  let free = path;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${path}-${number}`;
  taken.add(free.toLowerCase());
  return free;
}
