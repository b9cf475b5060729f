import { AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import { excerptOf, networkFailure } from './failure.ts';

/** What is known of the message when the connection ends: its place in time decides about a retry. */
export type SocketPhase = 'not-sent' | 'ambiguous';

const closeNames: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code',
  1006: 'no closing handshake',
  1007: 'invalid payload',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'missing extension',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
};
/** The agent refuses what we said, and would refuse it again. */
const refusals = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/** Why a connection that the agent closed gave no answer, by the codes of RFC 6455 section 7.4 and the IANA registry. */
export function closeFailure(code: number, reason: string, phase: SocketPhase): AgentFailure {
  const name = closeNames[code] ?? (code >= 3000 ? 'a code of the agent' : 'an unknown code');
  const detail = reason === '' ? '' : `: ${excerptOf(reason)}`;
  const message = `the agent closed the connection before the answer was complete, with ${code} (${name})${detail}`;
  if (code === 1013) return new AgentFailure('rate-limited', message, { phase: 'answered', isTransient: true });
  if (code === 1012) return new AgentFailure('reset', message, { phase: 'answered', isTransient: true });
  if (code === 1011) return new AgentFailure('agent-error', message, { phase });
  if (refusals.has(code) || code >= 3000) return new AgentFailure('agent-error', message, { phase: 'answered' });
  return new AgentFailure('reset', message, { phase });
}

/** An error of the connection itself. Errors of the protocol have codes `WS_ERR_…`; those of a handshake have none. */
export function socketFailure(error: Error, state: { phase: SocketPhase; isOpen: boolean; where: string; maxBytes: number }): AgentFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return tooLarge(state.maxBytes);
  if (code.startsWith('WS_ERR_'))
    return new AgentFailure('bad-response', `the agent broke the web socket protocol (${messageOf(error)})`, { phase: 'answered', cause: error });
  if (code === '' && !state.isOpen) {
    const message = `${state.where} opened no web socket (${excerptOf(messageOf(error))})`;
    return new AgentFailure('bad-response', message, { phase: 'not-sent', isTransient: false, cause: error });
  }
  return networkFailure(error, state.phase, state.where);
}

/** A turn that says more than it may. */
export function tooLarge(maxBytes: number): AgentFailure {
  return new AgentFailure('too-large', `the messages of the reply are larger than ${maxBytes} bytes`, { phase: 'answered' });
}

/** A frame that is not text. */
export function binaryMessage(bytes: number): AgentFailure {
  const message = `the agent sent a binary message of ${bytes} bytes; only text messages are understood`;
  return new AgentFailure('bad-response', message, { phase: 'answered' });
}
