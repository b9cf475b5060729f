import type { CheckerPorts, JudgeAnswer, JudgePort, JudgeRequest } from '../../src/checkers/checker.ts';
import { noPorts } from './build.ts';

export type Reply = string | Partial<JudgeAnswer>;

/** A judge that gives these replies in turn, the last one for ever. */
export function fakeJudge(...replies: Reply[]): { ports: CheckerPorts; asked: JudgeRequest[] } {
  const asked: JudgeRequest[] = [];
  const port: JudgePort = {
    identity: { model: 'm', endpoint: 'https://judge.example/v1' },
    marker: () => `marker${asked.length}`,
    ask(request) {
      const reply = replies[Math.min(asked.length, replies.length - 1)] ?? '';
      asked.push(request);
      return Promise.resolve({
        usage: { calls: 1, inputTokens: 7 },
        ...(typeof reply === 'string' ? { kind: 'reply', text: reply } : reply),
      } as JudgeAnswer);
    },
  };
  return { ports: { ...noPorts, judge: port }, asked };
}
