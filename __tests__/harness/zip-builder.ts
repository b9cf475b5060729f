import { crc32, deflateRawSync } from 'node:zlib';

/** One entry; everything but the name and the content is what a packer would write, unless it is given. */
export interface ZipEntry {
  name: string | Buffer;
  content?: string | Buffer;
  /** 0: stored, 8: deflated (default); another number is written, and the bytes are stored. */
  method?: number;
  flags?: number;
  madeBy?: number;
  attributes?: number;
  crc?: number;
  /** What the directory says, whatever there is. */
  packedSize?: number;
  size?: number;
  /** What the header in front of the bytes says. Default: as the directory. */
  localName?: string;
  extra?: Buffer;
  comment?: string;
  /** Where the directory says that the entry is. */
  offset?: number;
}

export interface ZipParts {
  entries: readonly ZipEntry[];
  /** What the end of the archive says of the directory. */
  count?: number;
  directorySize?: number;
  directoryOffset?: number;
  disk?: number;
  comment?: string;
  commentLength?: number;
  /** Bytes around the archive, which its offsets do not count. */
  before?: Buffer;
  after?: Buffer;
}

/**
 * A zip, byte for byte as told: sound where nothing is given, and as broken as what is given. The same parts give the same bytes,
 * so that hostile archives can be kept as readable code (APPNOTE 6.3.10 has the layout).
 */
export function buildZip({ entries, count, directorySize, directoryOffset, disk = 0, comment = '', commentLength, before, after }: ZipParts): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const name = Buffer.from(entry.name);
    const localName = Buffer.from(entry.localName ?? entry.name);
    const common = Buffer.alloc(22);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0x0800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(data), 10);
    common.writeUInt32LE((entry.packedSize ?? packed.length) >>> 0, 14);
    common.writeUInt32LE((entry.size ?? data.length) >>> 0, 18);
    const extra = entry.extra ?? Buffer.alloc(0);
    const note = Buffer.from(entry.comment ?? '');
    bodies.push(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, u16(localName.length), u16(0), localName, packed]));
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02', 'latin1'),
        u16(entry.madeBy ?? 0x0314),
        common,
        u16(name.length),
        u16(extra.length),
        u16(note.length),
        u16(0),
        u16(0),
        u32(entry.attributes ?? 0),
        u32(entry.offset ?? offset),
        name,
        extra,
        note,
      ]),
    );
    offset += bodies.at(-1)?.length ?? 0;
  }
  const central = Buffer.concat(directory);
  const text = Buffer.from(comment);
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06', 'latin1'),
    u16(disk),
    u16(disk),
    u16(count ?? entries.length),
    u16(count ?? entries.length),
    u32(directorySize ?? central.length),
    u32(directoryOffset ?? offset),
    u16(commentLength ?? text.length),
    text,
  ]);
  return Buffer.concat([before ?? Buffer.alloc(0), ...bodies, central, end, after ?? Buffer.alloc(0)]);
}

/** The attributes of a Unix file of some type, such as 0o120777 for a link. */
export const unixMode = (mode: number): number => (mode << 16) >>> 0;

/** A field of 64-bit sizes, as many as are given (APPNOTE 4.5.3). */
export function zip64Field(...values: bigint[]): Buffer {
  const body = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) body.writeBigUInt64LE(value, 8 * index);
  return Buffer.concat([u16(1), u16(body.length), body]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
