import type { Problem } from '../errors.ts';
import type { ResultFormat } from '../importers/result-format.ts';
import { type Registry, unknownNameRemedy } from '../registry.ts';
import { describeIssue, problemsOf } from './issues.ts';
import { type LocatedMap, nodeAt, type Path, plainObjectOf, problemAt } from './located.ts';
import type { ExportConfig } from './suite-config.ts';

/** The `exports` of a suite, each with the options of its format. Entries that are not mappings are left to the schema of the file. */
export function parseExports(
  context: { root: LocatedMap; secrets: readonly string[]; problems: Problem[] },
  formats: Registry<ResultFormat>,
): ExportConfig[] {
  const list = nodeAt(context.root, ['exports']);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((_, number) => parseExport(context, ['exports', number], formats) ?? []);
}

function parseExport(
  { root, secrets, problems }: Parameters<typeof parseExports>[0],
  path: Path,
  formats: Registry<ResultFormat>,
): ExportConfig | undefined {
  const node = nodeAt(root, path);
  const type = nodeAt(root, [...path, 'type']);
  const target = nodeAt(root, [...path, 'path']);
  if (node?.kind !== 'map' || type?.kind !== 'scalar' || typeof type.value !== 'string') return undefined;
  if (target?.kind !== 'scalar' || typeof target.value !== 'string') return undefined;
  if (!formats.has(type.value)) {
    const text = { message: `unknown result format "${type.value}"`, remedy: unknownNameRemedy(type.value, formats.types) };
    problems.push(problemAt(type.at, [...path, 'type'], text));
    return undefined;
  }
  const { type: _type, path: _path, ...own } = plainObjectOf(node);
  const where = { root, prefix: path, secrets };
  const options = formats.get(type.value).options.safeParse(own, { error: describeIssue({ ...where, elsewhere: () => undefined }) });
  if (options.success) return { type: type.value, path: target.value, options: options.data };
  problems.push(...problemsOf(options.error, where));
  return undefined;
}
