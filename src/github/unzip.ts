import { crc32 } from 'node:zlib';
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
  const { fromBufferPromise } = await import('yauzl');
  const result: Unzipped = { texts: new Map(), files: new Set() };
  try {
    // Names that lead elsewhere are an error of its own.
    const archive = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), { lazyEntries: true, strictFileNames: true });
    const entries = await checkEntries(archive);
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
    // It may quote a name of 64 KB.
    throw error instanceof ToolError ? error : refuse(messageOf(error).slice(0, 200));
  }
  return result;
}

async function checkEntries(archive: ZipFile): Promise<Entry[]> {
  if (archive.entryCount > unzipCaps.entries) throw refuse(`${archive.entryCount} entries, more than ${unzipCaps.entries}`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    const problem = entryProblem(entry);
    if (problem) throw refuse(`${shown(entry)}: ${problem}`);
    const key = entry.fileName.normalize('NFC').toLowerCase();
    if (names.has(key)) throw refuse(`${shown(entry)} is there twice`);
    names.add(key);
    total += entry.uncompressedSize;
    if (total > unzipCaps.totalBytes) throw refuse(`more than ${unzipCaps.totalBytes} bytes`);
    entries.push(entry);
  }
  refuseOverlap(entries);
  return entries;
}

/** Entries that share bytes unpack to far more than their archive: https://www.bamsoftware.com/hacks/zipbomb/ */
function refuseOverlap(entries: readonly Entry[]): void {
  const placed = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [index, entry] of placed.entries()) {
    const end = entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.compressedSize;
    const next = placed[index + 1];
    if (next && next.relativeOffsetOfLocalHeader < end) throw refuse(`${shown(next)} overlaps another entry`);
  }
}

/** Of a local header without its name. */
const localHeaderBytes = 30;

function shown(entry: Entry): string {
  return JSON.stringify(entry.fileName.slice(0, 100));
}

function entryProblem(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return 'is encrypted';
  if (/[\p{Cc}\\:]/u.test(entry.fileName)) return 'has a forbidden character in its name';
  // Whatever system is said to have made it: only Unix has a type of file in these bits.
  const unixMode = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (unixMode !== 0 && unixMode !== 0o100000 && unixMode !== 0o040000) return 'is not a plain file';
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > unzipCaps.ratioFromBytes && uncompressedSize > compressedSize * unzipCaps.ratio) return 'is packed too tightly';
  return undefined;
}

async function writeEntry(archive: ZipFile, entry: Entry, path: string): Promise<void> {
  const { createWriteStream } = await import('node:fs');
  const { pipeline } = await import('node:stream/promises');
  await pipeline(bytesOf(archive, entry), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}

/** What an entry holds; at its end an error where that is not what was packed. */
async function* bytesOf(archive: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    sum = crc32(chunk as Buffer, sum);
    yield chunk as Buffer;
  }
  if (sum !== entry.crc32) throw refuse(`${shown(entry)} does not match its checksum`);
}

async function readEntry(archive: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > unzipCaps.textBytes) throw refuse(`${shown(entry)} is larger than ${unzipCaps.textBytes} bytes`);
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(archive, entry)) chunks.push(chunk);
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
