/** One message of an AgentBench conversation, as its controller tells it. */
export interface HistoryItem {
  role: 'user' | 'agent';
  content: string;
}

/** What an agent is shown at most, in segments. */
export const windowSegments = 3500;

/**
 * A rough count of tokens, as AgentBench makes it: a run of letters counts one for every 7 of them that were begun, every other
 * character one, spaces and line feeds none. Letters are those of Unicode, counted by code point. Empty text: 0.
 */
export function countSegments(text: string): number {
  let segments = 0;
  let run = 0;
  for (const character of text) {
    if (letter.test(character)) {
      if (run === 0) segments += 1;
      run = (run + 1) % 7;
      continue;
    }
    run = 0;
    if (character !== ' ' && character !== '\n') segments += 1;
  }
  return segments;
}

const letter = /^\p{L}$/u;
const notice = /\n\n\[NOTICE\] \d+ messages are omitted\.$/;

/**
 * The part of a conversation that an agent is shown: the first message, and of the others the latest, as many as keep the sum below
 * 3500 segments, the first message counted. A message of the user at the cut goes too. The first message tells how many were left
 * out. A history whose first message tells so already is kept as it is: the controller made it shorter. Empty: empty.
 */
export function windowHistory(history: readonly HistoryItem[]): HistoryItem[] {
  const [first, ...rest] = history;
  if (!first) return [];
  if (first.role === 'user' && notice.test(first.content)) return [...history];
  let segments = countSegments(first.content);
  let start = rest.length;
  while (start > 0) {
    segments += countSegments(rest[start - 1]?.content ?? '');
    if (segments >= windowSegments) break;
    start -= 1;
  }
  if (start < rest.length && rest[start]?.role === 'user') start += 1;
  if (start === 0) return [first, ...rest];
  return [{ role: 'user', content: `${first.content}\n\n[NOTICE] ${start} messages are omitted.` }, ...rest.slice(start)];
}
