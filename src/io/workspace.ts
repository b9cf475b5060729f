import { rmSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, realpath, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import { readInside } from './inside.ts';

/** A temporary folder of one slot. */
export interface Workspace {
  /** Absolute, without links. */
  readonly path: string;
  /** `replaces`: a file of that name goes. @throws Error for a path that is not inside, or is taken by something else. */
  putFile(path: string, content: string | Uint8Array, options?: { isExecutable?: boolean; replaces?: boolean }): Promise<void>;
  putFolder(path: string): Promise<void>;
  /** The absolute path of a file to be made, whose folder is there. @throws Error for a path that is not inside. */
  placeOf(path: string): Promise<string>;
  /** `{files: {path: text}, omitted?: {path: why}}`, paths with `/`, in order. Links are not followed. */
  read(): Promise<JsonObject>;
  /** Never rejects. */
  remove(): Promise<void>;
}

const maxFiles = 1000;
const maxFileBytes = 64 * 1024;
const maxTotalBytes = 1024 * 1024;

const living = new Set<string>();

function removeLiving(): void {
  for (const path of living) rmSync(path, { recursive: true, force: true });
}

/** Makes the folder, for us alone; it is removed at the latest when our process exits by itself. */
export async function createWorkspace(): Promise<Workspace> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'agent-regress-workspace-')));
  if (!process.listeners('exit').includes(removeLiving)) process.on('exit', removeLiving);
  living.add(path);
  return {
    path,
    async putFile(name, content, { isExecutable = false, replaces = false } = {}) {
      const target = inside(path, name);
      await mkdir(dirname(target), { recursive: true });
      if (replaces) await unlink(target).catch(() => {});
      await writeFile(target, content, { flag: 'wx', mode: isExecutable ? 0o700 : 0o600 });
    },
    async putFolder(name) {
      await mkdir(inside(path, name), { recursive: true });
    },
    async placeOf(name) {
      const target = inside(path, name);
      await mkdir(dirname(target), { recursive: true });
      return target;
    },
    read: () => readFolder(path),
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
      living.delete(path);
    },
  };
}

/** Paths are data of a sample: they lead nowhere else, in the spelling of no system. */
function inside(root: string, name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const isAbsolute = /^([\\/]|[A-Za-z]:)/.test(name);
  if (isAbsolute || parts.length === 0 || parts.includes('..') || name.includes('\0')) throw new Error(`"${name}" is not a path inside the folder`);
  return join(root, ...parts);
}

async function readFolder(root: string): Promise<JsonObject> {
  const files: [string, string][] = [];
  const omitted: [string, string][] = [];
  let left = maxTotalBytes;
  for await (const { name, isFile, bytes } of walk(root, '')) {
    if (files.length + omitted.length >= maxFiles) {
      omitted.push(['…', `more than ${maxFiles} files`]);
      break;
    }
    if (!isFile) omitted.push([name, 'not a file']);
    else if (bytes > left) omitted.push([name, `${bytes} bytes; all files together may have ${maxTotalBytes}`]);
    else if (bytes > maxFileBytes) omitted.push([name, `${bytes} bytes; a file may have ${maxFileBytes}`]);
    else {
      const text = readText(root, name);
      if (typeof text !== 'string') omitted.push([name, text.why]);
      else {
        left -= bytes;
        files.push([name, text]);
      }
    }
  }
  return { files: Object.fromEntries(files), ...(omitted.length > 0 ? { omitted: Object.fromEntries(omitted) } : {}) };
}

async function* walk(root: string, below: string): AsyncGenerator<{ name: string; isFile: boolean; bytes: number }> {
  const names = await readdir(join(root, below)).catch(() => []);
  for (const entry of names.sort()) {
    const name = below === '' ? entry : `${below}/${entry}`;
    const info = await lstat(join(root, name)).catch(() => undefined);
    if (info?.isDirectory()) yield* walk(root, name);
    else if (info) yield { name, isFile: info.isFile(), bytes: info.size };
  }
}

/** The agent is at work in there, or what it started: what was a file a moment ago may be a link. */
function readText(root: string, name: string): string | { why: string } {
  let bytes: Uint8Array;
  try {
    bytes = readInside(root, name, { maxBytes: maxFileBytes });
  } catch (error) {
    return { why: `cannot be read (${messageOf(error)})` };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  return { why: `${bytes.length} bytes that are not text` };
}
