import type { lookup } from 'node:dns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAddressGuard } from '../../src/io/address.ts';
import { createHttpClient, parseTarget } from '../../src/io/http.ts';
import { createSocketClient, parseSocketTarget } from '../../src/io/websocket.ts';
import { failureOf, serve } from '../agents/support.ts';
import { metadataUrls, otherPlaces, redirectPlaces } from '../harness/addresses.ts';
import { soakRow } from '../harness/soak.ts';

const deadlines = { connectMs: 2000, firstByteMs: 2000, idleMs: 2000 };
const { signal } = new AbortController();
const limits = { maxReplyBytes: 1000, deadlines };

describe('T19 addresses that hand out credentials of the machine are never asked', () => {
  it('in any spelling, over HTTP and web sockets', async () => {
    const http = createHttpClient({ maxConnections: 1, ...limits });
    const sockets = createSocketClient({ ...limits, protocols: [], isCompressed: false });
    const cases = metadataUrls.length + redirectPlaces('a:1', 'b:2').length + otherPlaces('b:2').length;
    soakRow({ goal: 'G5', what: 'redirects and addresses', wanted: '≥ 30 cases', measured: `${cases} cases`, isMet: cases >= 30 });
    for (const url of metadataUrls) {
      const refused = { kind: 'refused', phase: 'not-sent', isTransient: false };
      expect(await failureOf(http.request({ target: parseTarget(url), method: 'GET', headers: {}, signal })), url).toMatchObject(refused);
      if (!/^http:\/\//.test(url)) continue;
      const target = parseSocketTarget(url.replace('http', 'ws'));
      expect(await failureOf(sockets.connect({ target, headers: {}, signal })), url).toMatchObject(refused);
    }
  });

  it('when a name that was harmless at first is resolved to one of them for the next connection', async () => {
    const { url, seen } = await serve((response) => response.writeHead(200, { connection: 'close' }).end('ok'));
    const answers = ['127.0.0.1', '169.254.169.254', '127.0.0.1', '::ffff:a9fe:a9fe'];
    const resolve = ((_name: string, _options: object, callback: (error: null, found: object[]) => void) => {
      const address = answers.shift() ?? '';
      callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    }) as unknown as typeof lookup;
    const http = createHttpClient({ maxConnections: 1, ...limits, guard: createAddressGuard(resolve) });
    onTestFinished(() => http.close());
    const ask = () => http.request({ target: parseTarget(url.replace('127.0.0.1', 'rebinding.localhost')), method: 'GET', headers: {}, signal });
    expect((await ask()).body).toBe('ok');
    expect(await failureOf(ask())).toMatchObject({ kind: 'refused', phase: 'not-sent', isTransient: false });
    expect((await ask()).body).toBe('ok');
    expect(await failureOf(ask())).toMatchObject({ kind: 'refused' });
    expect(seen).toHaveLength(2);
  });

  it.each(['metadata.google.internal', 'METADATA.google.internal.', 'instance-data.ec2.internal', 'metadata', '169.254.169.254.nip.io'])(
    'by the name %s, whatever else it is resolved to',
    async (name) => {
      const found = ['10.0.0.1', '169.254.169.254'].map((address) => ({ address, family: 4 }));
      const resolve = ((_name: string, _options: object, callback: (error: null, all: object[]) => void) =>
        callback(null, found)) as unknown as typeof lookup;
      const answer = new Promise((done) => createAddressGuard(resolve).lookup(name, { all: true }, (error, all) => done(error?.code ?? all)));
      expect(await answer).toBe('EBLOCKEDADDRESS');
    },
  );

  it('while loopback and private addresses, which agents under test have, are', () => {
    const { isBlocked } = createAddressGuard();
    for (const host of ['127.0.0.1', '::1', '10.1.2.3', '192.168.1.1', '172.16.0.1', 'fd00::1', '100.64.0.1', '::ffff:10.0.0.1', '64:ff9b::a00:1'])
      expect(isBlocked(host), host).toBe(false);
  });
});
