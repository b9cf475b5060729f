import type { AgentConfig } from '../config/suite-config.ts';
import { templateNames } from '../template.ts';
import type { SuiteKinds } from './ports.ts';

/** What a request says of a row beside its input, such as `row.customer`; it belongs to the sample's content. */
export function callNamesOf({ type, options }: AgentConfig, kinds: Pick<SuiteKinds, 'agents'>): string[] {
  const { template } = kinds.agents.get(type).identity(options);
  return templateNames(template).filter((name) => /^(row|metadata|tags)\b/.test(name));
}
