/** One log of the log service. */
export interface LogLine {
  /** Seconds since 1970, whole. */
  time: number;
  contents: readonly (readonly [name: string, value: string])[];
}

/**
 * A LogGroup as protobuf (https://help.aliyun.com/zh/sls/developer-reference/data-encoding-method): logs (1) of time (1) and contents (2)
 * of key (1) and value (2); topic (3) and source (4), left out when empty.
 */
export function encodeLogGroup({ logs, topic = '', source = '' }: { logs: readonly LogLine[]; topic?: string; source?: string }): Uint8Array {
  const encoded = logs.map(({ time, contents }) => {
    const pairs = contents.map(([key, value]) => bytesField(2, Buffer.concat([textField(1, key), textField(2, value)])));
    return bytesField(1, Buffer.concat([Buffer.from([1 << 3]), varint(Math.trunc(time)), ...pairs]));
  });
  return Buffer.concat([...encoded, ...(topic === '' ? [] : [textField(3, topic)]), ...(source === '' ? [] : [textField(4, source)])]);
}

function textField(field: number, text: string): Buffer {
  return bytesField(field, Buffer.from(text, 'utf8'));
}

function bytesField(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2]), varint(content.length), content]);
}

/** Of a whole number from 0 that fits into 53 bits. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}
