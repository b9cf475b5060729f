import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

interface Parsed {
  context: { errors: { getErrors(): { message: string }[] } };
}
type Parse = (file: { name: string; content: string }, trace: object) => Parsed;
interface Template {
  errors?: { Message: string }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const trace = { error() {}, info() {}, verbose() {} };

/**
 * A module of GitHub's own parser. It imports its JSON schema the way that only a bundler takes, so it is bundled
 * before it is loaded.
 */
async function load(name: string): Promise<Record<string, unknown>> {
  const bundle = await rolldown({ input: name, cwd: root, platform: 'node', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const folder = await mkdtemp(join(tmpdir(), 'workflow-parser-'));
  try {
    const file = join(folder, 'bundle.mjs');
    await writeFile(file, output[0].code);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** GitHub's own checks of workflow files: what the file's editor on github.com and the server would say. */
export async function createWorkflowParser(): Promise<(name: string, text: string) => Promise<string[]>> {
  const { parseWorkflow, convertWorkflowTemplate } = await load('@actions/workflow-parser');
  const parse = parseWorkflow as (...parameters: Parameters<Parse>) => Parsed & { value?: unknown };
  const convert = convertWorkflowTemplate as (context: unknown, value: unknown) => Promise<Template>;
  return async (name, content) => {
    const { context, value } = parse({ name, content }, trace);
    const converted = value === undefined ? {} : await convert(context, value);
    return [...messagesOf({ context }), ...(converted.errors ?? []).map(({ Message }) => Message)];
  };
}

/** The same for the metadata of an action. */
export async function createActionParser(): Promise<(name: string, text: string) => string[]> {
  const { parseAction } = await load('@actions/workflow-parser/actions/action-parser');
  return (name, content) => messagesOf((parseAction as Parse)({ name, content }, trace));
}

function messagesOf({ context }: Parsed): string[] {
  return context.errors.getErrors().map(({ message }) => message);
}
