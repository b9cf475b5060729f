import type { Agent } from '../agents/agent.ts';
import type { SpanSource } from '../agents/parts/traced-agent.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ToolError } from '../errors.ts';

/** The place of the spans of all agents of one suite. */
export interface SuiteTraces {
  /** The agent with tool calls from its spans; as it is for a suite that reads none. @throws ToolError when port or file cannot be opened, or no span could be told apart. */
  watch(agent: Agent, config: SuiteConfig): Promise<Agent>;
  close(): Promise<void>;
}

/** Whether tool calls of a suite may come from spans. */
export function readsTraces({ traces }: SuiteConfig): boolean {
  return traces?.path !== undefined || traces?.listen !== undefined;
}

/** Opened with the first agent: a suite that is only looked at takes no port. */
export function suiteTraces(config: SuiteConfig): SuiteTraces {
  let opened: Promise<SpanSource> | undefined;
  return {
    async watch(agent, { traces, timeoutMs }) {
      if (!traces || !readsTraces(config)) return agent;
      try {
        if (agent.isTraced === false) throw unassignable();
        opened ??= openSource(config);
        const source = await opened;
        const { withTraces } = await import('../agents/parts/traced-agent.ts');
        const { waitMs, quietMs, required } = traces;
        return withTraces(agent, { source, waitMs, quietMs, isRequired: required, timeoutMs });
      } catch (error) {
        await agent.close();
        throw error;
      }
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}

async function openSource({ traces, maxReplyBytes: maxChars, baseDir }: SuiteConfig): Promise<SpanSource> {
  if (traces?.listen === undefined) return (await import('../io/otlp-file.ts')).openOtlpFile({ path: traces?.path ?? '', baseDir, maxChars });
  return (await import('../io/otlp-receiver.ts')).openOtlpReceiver({ port: traces.listen, maxChars });
}

function unassignable(): ToolError {
  const message = 'the headers of the agent have a traceparent of their own, so its spans cannot be told apart';
  const remedy = 'leave it out of agent.headers, or leave out traces';
  return new ToolError({ code: 'traces-unassignable', message, remedy, problems: [{ field: 'agent.headers', message, remedy }] });
}
