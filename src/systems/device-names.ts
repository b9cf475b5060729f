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
