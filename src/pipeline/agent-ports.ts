import type { AgentPorts } from '../agents/agent.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { createRedactor } from '../run/core/redact.ts';

/** What a driver is opened with. A warning may hold what an agent or a server of it said, and is shown as it is. */
export function agentPorts({ baseDir, deadlines, concurrency, maxReplyBytes, secrets }: SuiteConfig, warn: (message: string) => void): AgentPorts {
  const { text: hide } = createRedactor(secrets);
  return { baseDir, deadlines, concurrency, maxReplyBytes, warn: (message) => warn(hide(message)), hide };
}
