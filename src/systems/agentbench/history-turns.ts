import type { Json } from '../../records/json.ts';
import type { Input } from '../../records/sample.ts';
import type { Turn } from '../../records/trajectory.ts';
import type { HistoryItem } from './history.ts';

/**
 * The turns of a history: what the user said until the agent spoke, several messages as a list. What comes after the last
 * word of the agent belongs to no turn; a history in which it says nothing is one turn with an empty output.
 */
export function turnsOf(history: readonly HistoryItem[]): Turn[] {
  const turns: Turn[] = [];
  let said: HistoryItem[] = [];
  for (const item of history) {
    if (item.role === 'user') said.push(item);
    else {
      turns.push({ input: inputOf(said), output: item.content, steps: [] });
      said = [];
    }
  }
  return turns.length === 0 && said.length > 0 ? [{ input: inputOf(said), output: '', steps: [] }] : turns;
}

function inputOf(said: readonly HistoryItem[]): Input {
  const [only] = said;
  return said.length === 1 && only ? only.content : said.length === 0 ? '' : said.map(({ role, content }) => ({ role, content }));
}

/** Turns as a history: each message of a list on its own, an object as JSON text, no entry for what was not said. */
export function historyOf(turns: readonly Pick<Turn, 'input' | 'output'>[]): HistoryItem[] {
  return turns.flatMap(({ input, output }) => [...saidBy(input), { role: 'agent' as const, content: output }]);
}

/** What the user said, as messages of a history. AgentBench knows two roles: whoever is not the agent is the user. */
export function saidBy(input: Input): HistoryItem[] {
  if (typeof input === 'string') return input === '' ? [] : [{ role: 'user', content: input }];
  if (!Array.isArray(input)) return [{ role: 'user', content: JSON.stringify(input) }];
  return input.map(({ role, content }) => ({ role: /^(agent|assistant)$/.test(role) ? 'agent' : 'user', content }));
}

/** Whether a JSON value is what `historyOf` gives of some turns. */
export function isSameHistory(a: readonly HistoryItem[], b: readonly HistoryItem[]): boolean {
  return a.length === b.length && a.every(({ role, content }, index) => role === b[index]?.role && content === b[index]?.content);
}

/** The one number, 0..1, that a task says of a sample; undefined where it says none that is known. */
export function valueOfResult(result: Json | undefined): { key: string; value: number } | undefined {
  if (typeof result === 'boolean') return { key: 'result', value: Number(result) };
  if (result === undefined || result === null || typeof result !== 'object' || Array.isArray(result)) return undefined;
  for (const key of ['result', 'success', 'correct', 'reward', 'score']) {
    const value = Object.hasOwn(result, key) ? result[key] : undefined;
    if (typeof value === 'boolean') return { key, value: Number(value) };
    if (typeof value === 'number' && value >= 0 && value <= 1) return { key, value };
  }
  return undefined;
}
