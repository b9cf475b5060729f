import { resolve } from 'node:path';
import type { CheckerPorts, EmbeddingsPort, ModulePort, ScriptPort, WebhookPort } from '../checkers/checker.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { messageOf, ToolError } from '../errors.ts';
import { readBytesNow } from '../io/files.ts';
import { shortDigest } from '../io/hash.ts';

/** What checkers reach of the world beside modules and the judge, and the end of it. */
export interface CheckerServices {
  ports: Pick<CheckerPorts, 'scripts' | 'webhooks' | 'embeddings'>;
  close(): void;
}

/**
 * Nothing is started or connected before a checker needs it.
 * @param signal aborted when the command stops
 * @throws ToolError for embeddings settings that cannot work
 */
export async function openCheckerServices(config: SuiteConfig, modules: ModulePort, signal: AbortSignal): Promise<CheckerServices> {
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
  const embeddings = await openEmbeddings(config, modules, signal);
  if (embeddings) closers.push(embeddings.close);
  return {
    ports: {
      scripts: { run: async (request) => (await scripts()).run(request), pause: async (ms) => (await scripts()).pause(ms) },
      webhooks: {
        check: async (url) => (await webhooks()).check(url),
        post: async (request) => (await webhooks()).post(request),
      },
      ...(embeddings ? { embeddings: embeddings.port } : {}),
    },
    close() {
      for (const close of closers) close();
    },
  };
}

async function openEmbeddings(
  config: SuiteConfig,
  modules: ModulePort,
  signal: AbortSignal,
): Promise<{ port: EmbeddingsPort; close(): void } | undefined> {
  if (!config.embeddings) return undefined;
  const { createEmbeddings, createModuleEmbeddings } = await import('../io/embeddings.ts');
  const { baseDir, file, deadlines, timeoutMs, maxRetries, concurrency, embeddings } = config;
  if (!('module' in embeddings)) return createEmbeddings({ ...embeddings, file, deadlines, timeoutMs, maxRetries, concurrency, signal });
  const path = resolve(baseDir, embeddings.module);
  const { module, permissions } = embeddings;
  const port = createModuleEmbeddings(modules, { file: path, exportName: 'embed', digest: digestOf(path, module, file), timeoutMs, permissions });
  return { port, close: () => {} };
}

const maxModuleBytes = 64 * 1024 * 1024;

function digestOf(path: string, named: string, file: string): string {
  try {
    return shortDigest(readBytesNow(path, maxModuleBytes));
  } catch (cause) {
    const message = `the file ${JSON.stringify(named)} cannot be read: ${messageOf(cause)}`;
    const remedy = 'name a file, relative to the config file';
    throw new ToolError({ code: 'embeddings-invalid', message, remedy, problems: [{ file, field: 'embeddings.module', message, remedy }], cause });
  }
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
