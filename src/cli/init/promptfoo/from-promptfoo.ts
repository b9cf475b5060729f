import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { stringify } from 'yaml';
import { nodeAt, placeAt, plainOf } from '../../../config/located.ts';
import { readConfigText } from '../../../config/read-text.ts';
import { datasets } from '../../../datasets/registry.ts';
import { ToolError } from '../../../errors.ts';
import { readChunks } from '../../../io/files.ts';
import { convertPromptfoo } from './convert.ts';
import { type At, isMap, type Note } from './notes.ts';
import type { Placed } from './tests.ts';

/** What is written for a promptfoo config, and what was not converted. */
export interface PromptfooProject {
  /** By path, relative to the folder of the promptfoo config. */
  files: [path: string, text: string][];
  folder: string;
  samples: number;
  /** In the order of the files and lines. */
  notes: Note[];
}

const names = ['promptfooconfig.yaml', 'promptfooconfig.yml', 'promptfooconfig.json'];

/** Reads a promptfoo config, the files that it names included. @throws ToolError when it cannot be read at all. */
export async function fromPromptfoo(named: string | undefined, folder: string): Promise<PromptfooProject> {
  const path = named === undefined ? names.map((name) => join(folder, name)).find((file) => existsSync(file)) : resolve(folder, named);
  if (path === undefined || !existsSync(path)) {
    const message = path === undefined ? `there is no ${names.join(', ')}` : `there is no file ${named}`;
    throw new ToolError({ code: 'promptfoo-not-found', message, remedy: 'agent-regress init --from promptfoo FILE' });
  }
  const base = dirname(path);
  const shownFile = (file: string): string => relative(base, file).split(sep).join('/');
  const { root, problems } = await readConfigText(readFileSync(path, 'utf8'), shownFile(path));
  const config = plainOf(root);
  if (problems.length > 0 || !isMap(config)) {
    throw new ToolError({ code: 'promptfoo-invalid', message: `${named ?? shownFile(path)} cannot be read as a promptfoo config`, problems });
  }
  const notes: Note[] = [];
  const read = makeReaders(base, notes);
  const placeOf = (field: readonly (string | number)[]): At => {
    const at = placeAt(root, field, nodeAt(root, field) !== undefined);
    return 'file' in at ? { file: at.file, line: at.line } : { file: shownFile(path), line: 1 };
  };
  const converted = await convertPromptfoo({ config, placeOf, ...read, defaultSuite: basename(base), folder: 'agent-regress', notes });
  notes.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  const head = `# From ${shownFile(path)}. Check it with: agent-regress validate\n`;
  const files: [string, string][] = [
    ['agent-regress.yml', head + stringify(converted.config, { lineWidth: 140 })],
    ...Object.entries(converted.files),
  ];
  return { files, folder: base, samples: converted.samples, notes };
}

function makeReaders(base: string, notes: Note[]) {
  const open = (reference: string, at: At, field: string): string | undefined => {
    const path = resolve(base, reference);
    const found = statSync(path, { throwIfNoEntry: false });
    const isInside = path.startsWith(base + sep);
    if (isInside && found?.isFile()) return path;
    const reason = !found ? 'is not there' : isInside ? 'is no file' : 'lies outside the folder of the config';
    notes.push({ ...at, field, message: `the file ${reference} ${reason}: it is left out` });
    return undefined;
  };
  return {
    readText(reference: string, at: At, field: string): string | undefined {
      const path = open(reference, at, field);
      return path === undefined ? undefined : readFileSync(path, 'utf8');
    },
    async readRows(reference: string, at: At, field: string): Promise<Placed[] | undefined> {
      const format = datasets.entries.find(({ extensions }) => extensions.includes(extname(reference).toLowerCase()));
      if (!format) {
        notes.push({ ...at, field, message: `the tests in ${reference} are left out: only ${datasets.types.join(', ')} files are read` });
        return undefined;
      }
      const path = open(reference, at, field);
      if (path === undefined) return undefined;
      const rows: Placed[] = [];
      for await (const { row, line, problem } of format.rows(readChunks(path), reference)) {
        if (problem) throw problem;
        rows.push({ value: row, at: { file: reference, line }, field: `row ${rows.length + 1}` });
      }
      return rows;
    },
  };
}
