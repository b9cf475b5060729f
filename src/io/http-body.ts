import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AgentFailure } from '../agents/agent.ts';
import { messageOf, shortened } from '../errors.ts';

/** The media type in lower case without parameters; empty text when there is none. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The body as it was before `content-encoding`. The caller listens for errors of the message itself. @throws AgentFailure for an unknown encoding. */
export function decompressed(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  switch (encoding) {
    case '':
    case 'identity':
      return incoming;
    case 'gzip':
    case 'x-gzip':
      return incoming.pipe(createGunzip());
    case 'deflate':
      return incoming.pipe(createInflate());
    case 'br':
      return incoming.pipe(createBrotliDecompress());
    default:
      throw new AgentFailure('bad-response', `the reply has the content-encoding "${shortened(encoding, 40)}"; gzip, deflate and br are understood`, {
        phase: 'answered',
      });
  }
}

/** Bytes to text in the charset of the content type, default UTF-8, without a byte order mark. @throws AgentFailure when they are not in it. */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
  const charset = charsetOf(contentType);
  if (charset === 'utf-8') {
    if (!isUtf8(bytes)) throw notText(charset, 'a byte sequence is not valid');
    const text = bytes.toString('utf8');
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    throw notText(charset, messageOf(error));
  }
}

/** Decodes chunk by chunk, wherever the chunks are cut. @throws AgentFailure, from the function too. */
export function createTextStream(contentType: string | undefined): (chunk: Uint8Array | undefined) => string {
  const charset = charsetOf(contentType);
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw notText(charset, messageOf(error));
    }
  };
  const decoder = attempt(() => new TextDecoder(charset, { fatal: true }));
  return (chunk) => attempt(() => (chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()));
}

function charsetOf(contentType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  return charset === undefined || charset === 'utf8' || charset === 'us-ascii' ? 'utf-8' : charset;
}

function notText(charset: string, detail: string): AgentFailure {
  return new AgentFailure('bad-response', `the reply is not ${charset} text (${detail})`, { phase: 'answered' });
}
