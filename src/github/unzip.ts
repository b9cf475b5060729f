import type { Entry, ZipFile } from 'yauzl';
import { ExitCode, messageOf, ToolError } from '../errors.ts';

export interface UnzipTargets {
  /** Entry names that are returned as text. */
  texts?: readonly string[];
  /** Entry name to absolute path of a file that must not exist yet, in a private folder. */
  files?: Readonly<Record<string, string>>;
}

export interface Unzipped {
  texts: Map<string, string>;
  /** Names of `files` that the archive had. */
  files: Set<string>;
}

/** Caps on what an archive may claim; what it really holds is measured again while it is read. */
export const unzipCaps = {
  entries: 64,
  totalBytes: 256 * 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  /** A larger ratio is a bomb, above a size that small repetitive files reach honestly. */
  ratio: 200,
  ratioFromBytes: 10 * 1024 * 1024,
} as const;

/**
 * Reads named entries of a zip in memory and never anything else: no name of the archive becomes a path.
 * Other plain entries stay unread; one hostile entry refuses the whole archive.
 * @throws ToolError `archive-refused`
 */
export async function unzip(zip: Uint8Array, targets: UnzipTargets): Promise<Unzipped> {
  const { fromBufferPromise, validateFileName } = await import('yauzl');
  const result: Unzipped = { texts: new Map(), files: new Set() };
  try {
    const archive = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), { lazyEntries: true, strictFileNames: true });
    const entries = await checkEntries(archive, validateFileName);
    for (const entry of entries) {
      const file = targets.files && Object.hasOwn(targets.files, entry.fileName) ? targets.files[entry.fileName] : undefined;
      if (file !== undefined) {
        await writeEntry(archive, entry, file);
        result.files.add(entry.fileName);
      } else if (targets.texts?.includes(entry.fileName)) {
        result.texts.set(entry.fileName, await readEntry(archive, entry));
      }
    }
  } catch (error) {
    throw error instanceof ToolError ? error : refuse(messageOf(error));
  }
  return result;
}

async function checkEntries(archive: ZipFile, validateFileName: (name: string) => string | null): Promise<Entry[]> {
  if (archive.entryCount > unzipCaps.entries) throw refuse(`${archive.entryCount} entries, more than ${unzipCaps.entries}`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    const problem = entryProblem(entry) ?? validateFileName(entry.fileName);
    if (problem) throw refuse(`${JSON.stringify(entry.fileName.slice(0, 100))}: ${problem}`);
    const key = entry.fileName.normalize('NFC').toLowerCase();
    if (names.has(key)) throw refuse(`${JSON.stringify(entry.fileName)} is there twice`);
    names.add(key);
    total += entry.uncompressedSize;
    if (total > unzipCaps.totalBytes) throw refuse(`more than ${unzipCaps.totalBytes} bytes`);
    entries.push(entry);
  }
  return entries;
}

function entryProblem(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return 'is encrypted';
  if (/[\p{Cc}\\:]/u.test(entry.fileName)) return 'has a forbidden character in its name';
  const unixMode = entry.versionMadeBy >>> 8 === 3 ? (entry.externalFileAttributes >>> 16) & 0o170000 : 0;
  if (unixMode !== 0 && unixMode !== 0o100000 && unixMode !== 0o040000) return 'is not a plain file';
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > unzipCaps.ratioFromBytes && uncompressedSize > compressedSize * unzipCaps.ratio) return 'is packed too tightly';
  return undefined;
}

async function writeEntry(archive: ZipFile, entry: Entry, path: string): Promise<void> {
  const { createWriteStream } = await import('node:fs');
  const { pipeline } = await import('node:stream/promises');
  await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}

async function readEntry(archive: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > unzipCaps.textBytes) throw refuse(`${JSON.stringify(entry.fileName)} is larger than ${unzipCaps.textBytes} bytes`);
  const chunks: Buffer[] = [];
  for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

function refuse(why: string): ToolError {
  return new ToolError({
    code: 'archive-refused',
    message: `the artifact archive is refused: ${why}`,
    remedy: 'it was not made by this action, or was changed; delete the artifact',
    exitCode: ExitCode.incomplete,
  });
}
