import type { GitHubStandIn } from '../github/stand-in/server.ts';

/** What befalls one request: it never arrives, its answer is lost, or an answer that says no or says nothing of what was done. */
export type Mishap = 'lost' | 'answer lost' | 'error after the work' | 'refused by an ill server' | 'rate limit';

/** A process that speaks to GitHub; `diesAt` counts its requests from 1, and it dies before or after that one was carried out. */
export interface Peer {
  name: string;
  mishaps?: ReadonlyMap<number, Mishap>;
  diesAt?: { request: number; isDone: boolean };
}

/** The link between processes and a GitHub, on which a test decides what comes through when. */
export interface ScheduledGitHub {
  /** For `globalThis.fetch`. */
  fetch: typeof fetch;
  /** A token by which the peer's requests are known. */
  connect(peer: Peer): string;
  isDead(token: string): boolean;
}

/**
 * GitHub without sockets: every request waits twice for `schedule`, on its way and with its answer, so that a scheduler
 * orders the requests of all peers as it likes, and the same seed gives the same order. A dead peer's requests fail at once.
 */
export function scheduleGitHub(github: GitHubStandIn, schedule: (what: string) => Promise<unknown>): ScheduledGitHub {
  const peers = new Map<string, Peer & { requests: number; isDead: boolean }>();
  const carryOut = async (url: URL, init: RequestInit, headers: Headers) => {
    const body = typeof init.body === 'string' ? init.body : '';
    return github.answer({
      method: init.method ?? 'GET',
      url,
      headers: Object.fromEntries(headers),
      authorization: headers.get('authorization') ?? undefined,
      bytes: Buffer.from(body),
      json: body === '' ? undefined : JSON.parse(body),
    });
  };
  const send = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const peer = peers.get(/^token (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '');
    if (!peer || peer.isDead) throw new TypeError('this process is dead');
    const url = new URL(String(input));
    const what = `${peer.name}: ${init.method ?? 'GET'} ${url.pathname}`;
    const number = ++peer.requests;
    const mishap = peer.mishaps?.get(number);
    await schedule(what);
    const dies = peer.diesAt?.request === number ? peer.diesAt : undefined;
    if (dies && !dies.isDone) peer.isDead = true;
    if (peer.isDead) throw new TypeError('killed before it was carried out');
    if (mishap === 'lost') throw new TypeError('fetch failed');
    if (mishap === 'refused by an ill server') return reply(503, { message: 'Service Unavailable' });
    if (mishap === 'rate limit') return reply(429, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '1' });
    const { status, body, headers: more = {} } = await carryOut(url, init, headers);
    if (dies) {
      peer.isDead = true;
      throw new TypeError('killed after it was carried out');
    }
    await schedule(`${what} → ${status}`);
    if (mishap === 'answer lost') throw new TypeError('fetch failed');
    if (mishap === 'error after the work') return reply(502, { message: 'Server Error' });
    return reply(status, body, more);
  };
  return {
    fetch: send as typeof fetch,
    connect(peer) {
      const token = `ghs_peer${github.state.nextId()}`;
      github.state.tokens.set(token, github.state.tokens.get(github.tokens.write)!);
      peers.set(token, { ...peer, requests: 0, isDead: false });
      return token;
    },
    isDead: (token) => peers.get(token)?.isDead === true,
  };
}

/** Not a Response: reading one takes turns of the event loop, and then the order would be up to the machine. */
function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const text = async () => (body === undefined ? '' : JSON.stringify(body));
  const known = new Headers({ 'content-type': 'application/json', ...headers });
  return { status, ok: status < 300, url: '', headers: known, text } as Partial<Response> as Response;
}
