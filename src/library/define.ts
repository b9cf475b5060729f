import type { AgentFunction, CheckFunction, OwnAgent, OwnChecker } from './types.ts';

/** A function as an agent, with an identity; `answer` alone is the same as `{answer}`. */
export function defineAgent(agent: AgentFunction | Omit<OwnAgent, 'kind'>): OwnAgent {
  return typeof agent === 'function' ? { kind: 'agent', answer: agent } : { ...agent, kind: 'agent' };
}

/** A function as a checker, with a name and a version; `check` alone is the same as `{check}`. */
export function defineChecker(checker: CheckFunction | Omit<OwnChecker, 'kind'>): OwnChecker {
  return typeof checker === 'function' ? { kind: 'checker', check: checker } : { ...checker, kind: 'checker' };
}
