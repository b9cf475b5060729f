import { crc32 } from 'node:zlib';
import { ToolError } from '../errors.ts';
import { isDeeper, isJsonObject, type Json } from '../records/json.ts';
import { ResponseRecord, type RunLogRecord, runLogRecordSchemas, runLogSchemaVersion } from '../records/run-log.ts';
import * as z from '../records/schema.ts';
import { Usage } from '../records/trajectory.ts';
import { readByteChunks } from './files.ts';

/** Some records of a run log, with what a writer needs to go on after them. */
export interface ScannedRecords {
  /** Of known types, in order. */
  records: RunLogRecord[];
  /** Bytes up to the end of the last sound line. */
  endOffset: number;
  /** False only when the last sound line lacks its line break. */
  hasLineBreak: boolean;
}

export interface ScanOptions {
  /** `numbers`: the texts inside trajectories are not validated, and must not be used. */
  depth: 'whole' | 'numbers';
  /** Only these types are parsed into records; absent: all. Every checksum is verified all the same. */
  types?: readonly RunLogRecord['type'][];
}

/**
 * Reads a run log in batches. A final line that is cut or does not match its checksum is dropped; anything wrong
 * before it is an error that names the line. The file may grow meanwhile.
 * @throws ToolError `run-log-damaged`, `run-log-newer`, `run-log-empty`, `file-unreadable`.
 */
export async function* scanRunLog(path: string, options: ScanOptions): AsyncGenerator<ScannedRecords> {
  const reader = createLineReader(path, options);
  let rest: Buffer = Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for await (const chunk of readByteChunks(path)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const lastBreak = bytes.lastIndexOf(lineBreak);
    pieces.push(bytes);
    if (lastBreak < 0) {
      reader.refuseLongLine(pieces);
      continue;
    }
    const block = pieces.length === 1 ? bytes : Buffer.concat(pieces);
    const end = block.length - bytes.length + lastBreak + 1;
    rest = block.subarray(end);
    pieces.length = 0;
    if (rest.length > 0) pieces.push(rest);
    yield reader.readBlock(block.subarray(0, end));
  }
  yield reader.readEnd(Buffer.concat(pieces));
}

const lineBreak = 0x0a;
const maxLineBytes = 256 * 1024 * 1024;

function createLineReader(path: string, options: ScanOptions) {
  let line = 0;
  let endOffset = 0;
  let isChecked = false;
  let suspect: ToolError | undefined;

  const readLine = (bytes: Buffer, records: RunLogRecord[]): void => {
    // Only the final line may be unsound, and it shows only with the next line that it is not the final one.
    if (suspect) throw suspect;
    line++;
    try {
      const record = parseLine(bytes, { isFirst: line === 1, isChecked, options });
      if (record?.type === 'run') isChecked = record.checksums === 'crc32';
      if (record) records.push(record);
    } catch (error) {
      if (error instanceof ToolError) throw error;
      suspect = damaged(path, line, error);
    }
  };

  return {
    readBlock(block: Buffer): ScannedRecords {
      const records: RunLogRecord[] = [];
      let start = 0;
      while (start < block.length) {
        const end = block.indexOf(lineBreak, start);
        readLine(withoutCarriageReturn(block.subarray(start, end)), records);
        if (!suspect) endOffset += end + 1 - start;
        start = end + 1;
      }
      return { records, endOffset, hasLineBreak: true };
    },
    readEnd(rest: Buffer): ScannedRecords {
      const records: RunLogRecord[] = [];
      if (rest.length > 0) {
        readLine(rest, records);
        if (!suspect) endOffset += rest.length;
      }
      if (line === 0 || (line === 1 && suspect)) throw emptyLog(path);
      return { records, endOffset, hasLineBreak: rest.length === 0 || suspect !== undefined };
    },
    refuseLongLine(pieces: readonly Buffer[]): void {
      if (pieces.reduce((sum, piece) => sum + piece.length, 0) > maxLineBytes) throw damaged(path, line + 1, new Error('the line is too long'));
    },
  };
}

/** A checkout with CRLF line ends must not make a committed baseline unreadable. */
function withoutCarriageReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
}

interface LineContext {
  isFirst: boolean;
  isChecked: boolean;
  options: ScanOptions;
}

/** @throws ToolError for a log that cannot be read at all, any other error for a line that is not sound. */
function parseLine(bytes: Buffer, { isFirst, isChecked, options }: LineContext): RunLogRecord | undefined {
  if (isChecked && !hasSoundChecksum(bytes)) throw new Error('the line does not match its checksum');
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  // Schemas follow the levels of a value; where the stack ends, Node may break off.
  if (isDeeper(value as Json, maxLevels)) throw new Error(`the line is nested deeper than ${maxLevels} levels`);
  const type = typeOf(value);
  if (isFirst !== (type === 'run')) throw new Error(isFirst ? 'the first record is not a run header' : 'there is a second run header');
  if (type === 'run') refuseNewer(value);
  if (!isKnown(type) || (options.types && !options.types.includes(type))) return undefined;
  const schema = type === 'response' && options.depth === 'numbers' ? ResponseNumbers : runLogRecordSchemas[type];
  const record = schema.parse(value) as RunLogRecord & { crc?: unknown };
  if (type === 'run' && record.type === 'run' && record.checksums === 'crc32' && !hasSoundChecksum(bytes)) {
    throw new Error('the line does not match its checksum');
  }
  delete record.crc;
  return record;
}

/** A trajectory may have 220 of them. */
const maxLevels = 250;

/** Not by a schema, which makes a copy of each line of a log. */
function typeOf(value: unknown): string {
  const type = isJsonObject(value) ? value.type : undefined;
  if (typeof type !== 'string') throw new Error('the line is no record: an object with a "type" is expected');
  return type;
}

/** A response of which only the numbers are used: the texts, most of the bytes, are left as they are. */
const ResponseNumbers = z.extend(ResponseRecord, {
  trajectory: z.optional(
    z.looseObject({
      usage: z.optional(Usage),
      latencyMs: z.optional(z.number().check(z.minimum(0))),
      firstByteMs: z.optional(z.number().check(z.minimum(0))),
    }),
  ),
});

function isKnown(type: string): type is RunLogRecord['type'] {
  return Object.hasOwn(runLogRecordSchemas, type);
}

function refuseNewer(value: unknown): void {
  const version = z.looseObject({ schemaVersion: z.number() }).safeParse(value).data?.schemaVersion ?? runLogSchemaVersion;
  if (version <= runLogSchemaVersion) return;
  throw new ToolError({
    code: 'run-log-newer',
    message: `the run log has format ${version}; this version reads up to ${runLogSchemaVersion}`,
    remedy: 'update agent-regress',
  });
}

/** `,"crc":"89abcdef"}` at the end of the line. */
const checksumLength = 18;

/** A record as a line of a run log: its JSON text with a last key `crc`, the CRC-32 of that text without the key, and a line break. */
export function checksummedLine(record: RunLogRecord): string {
  const json = JSON.stringify(record);
  return `${json.slice(0, -1)},"crc":"${hex(crc32(json))}"}\n`;
}

const brace = Buffer.from('}');

function hasSoundChecksum(bytes: Buffer): boolean {
  const start = bytes.length - checksumLength;
  if (start < 2) return false;
  const sum = crc32(brace, crc32(bytes.subarray(0, start)));
  return bytes.toString('latin1', start) === `,"crc":"${hex(sum)}"}`;
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0');
}

function damaged(path: string, line: number, cause: unknown): ToolError {
  const detail =
    cause instanceof z.$ZodError ? z.prettifyError(cause).split('\n').slice(0, 4).join(' ') : String(cause instanceof Error ? cause.message : cause);
  return new ToolError({
    code: 'run-log-damaged',
    message: `${path}, line ${line}: ${detail}`,
    remedy: 'the file was edited or cut in the middle; use another run, or start again without --resume',
    problems: [{ file: path, line, message: detail }],
    cause,
  });
}

function emptyLog(path: string): ToolError {
  return new ToolError({ code: 'run-log-empty', message: `${path} holds no run`, remedy: 'name the run.jsonl of a run that has started' });
}
