import { Script } from 'node:vm';
import type { Json } from '../../../records/json.ts';

const fill = `/** The prompt with the variables put in, as promptfoo does for plain {{names}}. */
function render(text, vars) {
  const find = (path) => path.split(/[.[\\]']+/).filter((key) => key !== '').reduce((value, key) => value?.[key], vars);
  const shown = (value) => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  return text.replace(/\\{\\{-?\\s*([\\w.[\\]'-]+?)\\s*-?\\}\\}/g, (_, path) => shown(find(path)));
}
`;

/** What is the same in every adapter of a provider. */
export interface AdapterRequest {
  prompt: string;
  /** The variable that is the input itself; absent: the input is an object of variables. */
  single: string | undefined;
  config: Json;
}

/** A module that calls a JavaScript provider of promptfoo; `path` is relative to the module. */
export function fileAdapter(path: string, request: AdapterRequest): string {
  return `// Calls a promptfoo provider with the rendered prompt. Written by \`agent-regress init --from promptfoo\`.
import * as module from ${JSON.stringify(path)};

${head(request)}
let provider = module.default ?? module;
if (typeof provider === 'function' && provider.prototype?.callApi) provider = new provider({ config });

export default async function answer({ input, sample }) {
  const vars = varsOf(input, sample);
  const text = render(prompt, vars);
  const context = { vars, prompt: { raw: text, label: prompt } };
  const reply = typeof provider === 'function' ? await provider(text, context) : await provider.callApi(text, context);
  if (reply?.error) throw new Error(String(reply.error));
  const { output, tokenUsage, cost } = typeof reply === 'string' ? { output: reply } : reply;
  const usage = { inputTokens: tokenUsage?.prompt, outputTokens: tokenUsage?.completion, costUsd: cost };
  return { output, usage };
}

${fill}`;
}

/** A module that runs the command of an \`exec:\` provider: the prompt, the options and the context are its last arguments. */
export function execAdapter(command: string, request: AdapterRequest): string {
  return `// Runs the command of a promptfoo exec provider. Written by \`agent-regress init --from promptfoo\`.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

${head(request)}
const [program, ...fixed] = ${JSON.stringify(wordsOf(command))};

export default async function answer({ input, sample }) {
  const vars = varsOf(input, sample);
  const rest = [render(prompt, vars), JSON.stringify({ config }), JSON.stringify({ vars })];
  const { stdout } = await promisify(execFile)(program, [...fixed, ...rest], { maxBuffer: 50_000_000 });
  return stdout.trim();
}

${fill}`;
}

/** A module that gives the rendered prompt back, as the \`echo\` provider does. */
export function echoAdapter(request: AdapterRequest): string {
  return `// Gives the rendered prompt back, as promptfoo's echo provider does. Written by \`agent-regress init --from promptfoo\`.
${head(request)}
export default async function answer({ input, sample }) {
  return render(prompt, varsOf(input, sample));
}

${fill}`;
}

function head({ prompt, single, config }: AdapterRequest): string {
  const own = single === undefined ? '...input' : `${JSON.stringify(single)}: input`;
  return `const config = ${JSON.stringify(config)};
const prompt = ${JSON.stringify(prompt)};
const varsOf = (input, sample) => ({ ...sample.metadata, ${own} });
`;
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** Code of an assertion that becomes a function of the checks module. */
export interface CheckCode {
  name: string;
  /** An expression, or statements with a return; or a file, relative to the module, with the name of its export. */
  source?: string;
  path?: string;
  exportName?: string;
  threshold?: number;
}

/** One module with a function for each JavaScript assertion. */
export function checksModule(checks: readonly CheckCode[]): string {
  const imports = checks.flatMap(({ path, name }) => (path === undefined ? [] : [`import * as ${name}Module from ${JSON.stringify(path)};`]));
  const functions = checks.map(({ name, source = '', path, exportName = 'default', threshold }) => {
    const call = path === undefined ? `(output, context) => ${bodyOf(source)}` : `${name}Module[${JSON.stringify(exportName)}]`;
    return `export const ${name} = (call) => run(call, ${call}${threshold === undefined ? '' : `, ${threshold}`});\n`;
  });
  return `// The JavaScript assertions of a promptfoo config. Written by \`agent-regress init --from promptfoo\`.
${imports.join('\n')}${imports.length > 0 ? '\n' : ''}
${functions.join('\n')}
/** Calls an assertion as promptfoo does, and reads its answer: true, a score, or {pass, score, reason}. */
async function run({ output, sample, trajectory }, assertion, threshold) {
  const vars = { ...sample.metadata, ...(typeof sample.input === 'object' ? sample.input : {}) };
  const found = await assertion(output, { vars, test: { vars, metadata: sample.metadata }, latencyMs: trajectory.latencyMs });
  const { pass, score, reason } = typeof found === 'object' && found !== null ? found : typeof found === 'number' ? { score: found } : { pass: Boolean(found) };
  const value = Math.min(1, Math.max(0, score ?? (pass ? 1 : 0)));
  return { value, pass: pass ?? value >= (threshold ?? Number.EPSILON), ...(reason ? { reason: String(reason) } : {}) };
}
`;
}

/** An expression as it is; statements, which hold a return, as a block. The line break ends a remark in the last line. */
function bodyOf(source: string): string {
  const code = source.trim();
  if (!code.includes('\n')) return `{ return ${code}\n}`;
  return /(^|[\s;{])return\b/.test(code) ? `{\n${code}\n}` : `(${code.replace(/;$/, '')}\n)`;
}

/** Whether it can stand in the checks module, of which one line that cannot would break every check. Runs nothing. */
export function isCode(source: string): boolean {
  try {
    return Boolean(new Script(`(output, context) => ${bodyOf(source)}`));
  } catch {
    return false;
  }
}
