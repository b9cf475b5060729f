import { type ConfigSource, resolveInheritance } from '../../../config/inherit.ts';
import { type Located, type Path, placeAt, problemAt } from '../../../config/located.ts';
import { readConfigText } from '../../../config/read-text.ts';
import { messageOf, type Problem, ToolError } from '../../../errors.ts';

/** Whole text of a file by its path, with `/`. @throws Error whose message says why it cannot be read. */
export type ReadText = (path: string) => Promise<string>;

/** A file that was read. */
export interface LoadedFile {
  root: Located;
  problems: Problem[];
}

/**
 * A v0.2 config with all that it imports: `import`, `default` and `overwrite` of any mapping, paths relative to the file that
 * names them; .yaml, .yml and .json.
 */
export async function loadV02(file: string, read: ReadText): Promise<LoadedFile> {
  const open = async (path: string): Promise<ConfigSource> => {
    if (!/\.(ya?ml|json)$/.test(path)) throw new Error('it must end with .yaml, .yml or .json');
    return { id: path, file: path, text: await read(path) };
  };
  let entry: ConfigSource;
  try {
    entry = await open(normalPath(file));
  } catch (error) {
    return { root: nothing(file), problems: [unreadable(file, error)] };
  }
  return resolveInheritance(entry, {
    read: (reference, from) => open(pathFrom(folderOf(from.file), reference)),
    wordsAt: () => ({ files: ['import'], children: true }),
    takesNull: false,
  });
}

/** One YAML or JSON file as it stands. */
export async function loadPlain(file: string, read: ReadText): Promise<LoadedFile> {
  try {
    return await readConfigText(await read(file), file);
  } catch (error) {
    return { root: nothing(file), problems: [unreadable(file, error)] };
  }
}

/** A problem of the field at a path of a value, with the place of what is there, or of the nearest thing around it. */
export function faultAt(root: Located, path: Path, text: { message: string; remedy?: string | undefined }): Problem {
  return problemAt(placeAt(root, path), path, text);
}

function unreadable(file: string, error: unknown): Problem {
  const [told] = error instanceof ToolError ? error.problems : [];
  return told ? { ...told } : { file, message: messageOf(error), remedy: 'name a YAML or JSON file' };
}

function nothing(file: string): Located {
  return { kind: 'scalar', value: null, at: { file, line: 1, column: 1 } };
}

/** A path from a folder, without `.` and with as few `..` as possible; `.` for the folder that it starts from. */
export function pathFrom(folder: string, reference: string): string {
  return normalPath(/^([/\\]|[A-Za-z]:)/.test(reference) ? reference : `${folder}/${reference}`);
}

/** The folder of a file; `.` of one that names none. */
export function folderOf(file: string): string {
  const end = file.lastIndexOf('/');
  return end === -1 ? '.' : end === 0 ? '/' : file.slice(0, end);
}

function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}
