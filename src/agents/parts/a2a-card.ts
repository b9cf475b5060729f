import { excerptOf } from '../../io/failure.ts';
import { parseTarget } from '../../io/http.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { AgentFailure } from '../agent.ts';
import { describeShape } from './pointer.ts';
import { badReply } from './reply.ts';

export type A2aVersion = '0.3' | '1.0';

/** How an agent is spoken to. */
export interface A2aInterface {
  version: A2aVersion;
  /** Path and query on the host of the config. */
  path: string;
}

/**
 * The JSON-RPC interface of an agent card: of the wanted version, else 1.0 before 0.3. Cards of 1.0 list them in
 * `supportedInterfaces`, cards of 0.3 have `url` with `preferredTransport` and `additionalInterfaces`.
 * @throws AgentFailure `bad-response` without one, `redirect` for one on another host than `endpoint`'s.
 */
export function readCard(card: Json, options: { endpoint: string; version: A2aVersion | undefined }): A2aInterface & { canStream: boolean } {
  if (!isJsonObject(card)) throw badReply(`an agent card is expected, found ${describeShape(card)}`);
  const offers = offersOf(card);
  const spoken = offers.filter(({ transport }) => transport.toUpperCase() === 'JSONRPC');
  const wanted = spoken.filter(({ version }) => options.version === undefined || version === options.version);
  const chosen = wanted.find(({ version }) => version === '1.0') ?? wanted[0];
  if (!chosen) {
    const found = offers.map(({ transport, version }) => `${transport} ${version}`).join(', ');
    throw badReply(
      `the agent card offers no JSON-RPC interface${options.version ? ` of ${options.version}` : ''}, but ${excerptOf(found) || describeShape(card)}`,
    );
  }
  const { capabilities } = card;
  return {
    version: chosen.version,
    path: pathOn(options.endpoint, chosen.url),
    canStream: isJsonObject(capabilities) && capabilities.streaming === true,
  };
}

interface Offer {
  url: string;
  transport: string;
  version: A2aVersion;
}

function offersOf({ supportedInterfaces, additionalInterfaces, url, preferredTransport }: JsonObject): Offer[] {
  const offers: Offer[] = [];
  for (const item of listOf(supportedInterfaces)) {
    const { protocolBinding: transport = item.transport, protocolVersion: version } = item;
    if (typeof item.url === 'string' && typeof transport === 'string')
      offers.push({ url: item.url, transport, version: typeof version === 'string' && version.startsWith('0.') ? '0.3' : '1.0' });
  }
  if (typeof url === 'string')
    offers.push({ url, transport: typeof preferredTransport === 'string' ? preferredTransport : 'JSONRPC', version: '0.3' });
  for (const item of listOf(additionalInterfaces)) {
    if (typeof item.url === 'string' && typeof item.transport === 'string') offers.push({ url: item.url, transport: item.transport, version: '0.3' });
  }
  return offers;
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}

/** The card is the agent's word: it chooses a path, never a host. */
function pathOn(endpoint: string, url: string): string {
  const place = URL.canParse(url, `${endpoint}/`) ? new URL(url, `${endpoint}/`) : undefined;
  if (place?.protocol !== 'http:' && place?.protocol !== 'https:') throw badReply('the agent card names no http address');
  const [own, other] = [parseTarget(endpoint), parseTarget(place.origin)];
  if (own.isSecure !== other.isSecure || own.host !== other.host || own.port !== other.port) {
    const message = `the agent card sends callers to ${excerptOf(place.origin + place.pathname)}; only the host of agent.url is asked: set agent.url to it, or agent.endpoint to a path`;
    throw new AgentFailure('redirect', message, { phase: 'answered', isTransient: false });
  }
  return place.pathname + place.search;
}
