import type { Agent, AgentDefinition, AgentPorts } from '../agents/agent.ts';
import { withPlaces } from '../config/locate-problems.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { createRedactor } from '../run/core/redact.ts';
import type { SuiteTraces } from './agent-traces.ts';

/** Opens the agent of a suite, with the calls that its spans tell of. @throws ToolError for options that cannot work, with their places in the config */
export async function openAgent(
  config: SuiteConfig,
  { definition, traces, warn }: { definition: AgentDefinition; traces: SuiteTraces; warn: (message: string) => void },
): Promise<Agent> {
  try {
    const agent = await definition.open(config.agent.options, agentPorts(config, warn));
    return definition.isPaid === false ? agent : await traces.watch(agent, config);
  } catch (error) {
    throw withPlaces(error, config);
  }
}

/** Whether an agent is told of a trace: a recorded answer has none, and an agent with a traceparent of its own has another. */
export function isTraced({ traces }: SuiteConfig, definition: AgentDefinition, agent: Agent): boolean {
  return traces?.send !== false && definition.isPaid !== false && agent.isTraced !== false;
}

/** A warning may hold what an agent or a server of it said, and is shown as it is. */
function agentPorts({ baseDir, deadlines, concurrency, maxReplyBytes, secrets }: SuiteConfig, warn: (message: string) => void): AgentPorts {
  const { text: hide } = createRedactor(secrets);
  return { baseDir, deadlines, concurrency, maxReplyBytes, warn: (message) => warn(hide(message)), hide };
}
