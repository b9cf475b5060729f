/**
 * The ids of the samples that have a result, sorted: of every `*.json` file that is a JSON object with a data_id, whatever the file is
 * called and whether the agent answered or failed. Other files count for nothing.
 */
export function completedSamples(files: Readonly<Record<string, string>>): (string | number)[] {
  const found = new Set<string | number>();
  for (const [name, text] of Object.entries(files)) {
    const id = name.endsWith('.json') ? dataIdIn(text) : undefined;
    if (id !== undefined) found.add(id);
  }
  return [...found].sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** The data_id of a result file; undefined where it is none. */
export function dataIdIn(text: string): string | number | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, 'data_id')) return undefined;
  const id = (value as { data_id: unknown }).data_id;
  return (typeof id === 'string' && id !== '') || (typeof id === 'number' && id !== 0) ? id : undefined;
}
