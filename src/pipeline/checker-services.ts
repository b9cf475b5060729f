import type { CheckerPorts, ScriptPort, WebhookPort } from '../checkers/checker.ts';
import type { SuiteConfig } from '../config/suite-config.ts';

/** What checkers reach of the world beside modules and the judge, and the end of it. */
export interface CheckerServices {
  ports: Required<Pick<CheckerPorts, 'scripts' | 'webhooks'>>;
  close(): Promise<void>;
}

/** Nothing is loaded, started or connected before a checker needs it. @param signal aborted when the command stops. */
export function openCheckerServices(config: SuiteConfig, signal: AbortSignal): CheckerServices {
  const { baseDir, concurrency, deadlines, maxRetries } = config;
  const closers: (() => void)[] = [];
  const scripts = once(async (): Promise<ScriptPort> => {
    const { createScriptPort } = await import('../io/scripts.ts');
    return createScriptPort({ baseDir, concurrency, signal });
  });
  const webhooks = once(async (): Promise<WebhookPort> => {
    const { createWebhooks } = await import('../io/webhooks.ts');
    const { port, close } = createWebhooks({ concurrency, deadlines, maxRetries, signal });
    closers.push(close);
    return port;
  });
  return {
    ports: {
      scripts: { run: async (request) => (await scripts()).run(request) },
      webhooks: {
        check: async (url) => (await webhooks()).check(url),
        post: async (request) => (await webhooks()).post(request),
      },
    },
    async close() {
      for (const close of closers) close();
    },
  };
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
