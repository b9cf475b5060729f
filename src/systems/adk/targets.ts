/**
 * The eval sets of a command line, `FILE` or `FILE:name1,name2`, and which cases of each are asked for. An empty list is
 * all of them; a file that is named twice has the names of both. The drive of a Windows path is no name.
 */
export function readTargets(operands: readonly string[]): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const operand of operands) {
    const start = /^[A-Za-z]:[\\/]/.test(operand) ? 2 : 0;
    const colon = operand.indexOf(':', start);
    const file = colon === -1 ? operand : operand.slice(0, colon);
    const names = colon === -1 ? [] : (operand.slice(colon + 1).split(':')[0] ?? '').split(',');
    targets.set(file, [...(targets.get(file) ?? []), ...names]);
  }
  return targets;
}
