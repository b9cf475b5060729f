import type { AgentDefinition } from '../agents/agent.ts';
import { command } from '../agents/command.ts';
import { http } from '../agents/http.ts';
import { replay } from '../agents/replay.ts';
import type { CheckerDefinition } from '../checkers/checker.ts';
import { contains } from '../checkers/contains.ts';
import { cost } from '../checkers/cost.ts';
import { equals } from '../checkers/equals.ts';
import { jsonMatch } from '../checkers/json-match.ts';
import { latency } from '../checkers/latency.ts';
import { number } from '../checkers/number.ts';
import { regex } from '../checkers/regex.ts';
import { steps } from '../checkers/steps.ts';
import { tokens } from '../checkers/tokens.ts';
import { toolAbsent } from '../checkers/tool-absent.ts';
import { trajectory } from '../checkers/trajectory.ts';
import { createRegistry } from '../registry.ts';

/** The drivers that most suites name, all of them among those of `agents/registry.ts`. */
export const commonAgents = createRegistry<AgentDefinition>('agent', [http, command, replay]);

/** The checkers that most suites name, all of them among those of `checkers/registry.ts`; none holds entries of others. */
export const commonCheckers = createRegistry<CheckerDefinition>('checker', [
  equals,
  contains,
  regex,
  number,
  jsonMatch,
  trajectory,
  toolAbsent,
  latency,
  tokens,
  cost,
  steps,
]);
