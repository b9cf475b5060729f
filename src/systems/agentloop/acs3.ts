/** A request of a ROA-style API of Alibaba Cloud, before it is signed. */
export interface UnsignedRequest {
  method: string;
  /** Encoded, as sent. */
  pathname: string;
  query?: Readonly<Record<string, string>>;
  /** Names in any case. */
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body as sent, hex. */
  bodyDigest: string;
}

/** Name of the algorithm, at the start of what is signed and of the header. */
export const acs3Algorithm = 'ACS3-HMAC-SHA256';

/**
 * What ACS3-HMAC-SHA256 signs, by https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature : method, path,
 * sorted query, `host`, `content-type` and every `x-acs-*` header in lower case and sorted, their names, and the digest of the body.
 */
export function canonicalRequest({ method, pathname, query = {}, headers, bodyDigest }: UnsignedRequest): { text: string; signedHeaders: string } {
  const signed = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .sort(byName);
  const parameters = Object.entries(query)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(byName);
  const signedHeaders = signed.map(([name]) => name).join(';');
  const lines = [method, pathname, parameters.map(([name, value]) => `${name}=${value}`).join('&')];
  lines.push(signed.map(([name, value]) => `${name}:${value}\n`).join(''), signedHeaders, bodyDigest);
  return { text: lines.join('\n'), signedHeaders };
}

/** One segment of a path, or a part of a query: all but letters, digits and `-_.~` percent-encoded (RFC 3986). */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
