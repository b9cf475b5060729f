import { shortDigest } from '../../io/hash.ts';
import type { McpServer } from '../../io/mcp.ts';
import { AgentFailure } from '../agent.ts';
import type { ToolDefinition } from './model-session.ts';
import { type Toolbox, toolError } from './tool-loop.ts';

/** Which tools the model is offered, by names such as `files__read_file`; `*` stands for any text. */
export interface ToolChoice {
  allow?: readonly string[] | undefined;
  deny: readonly string[];
}

/** The tools of one slot. */
export interface McpToolbox extends Toolbox {
  /** Patterns of `allow` that no tool fits. */
  readonly unmatched: readonly string[];
}

/** Longest name of a function at the model endpoints. */
const maxNameLength = 64;

/**
 * The tools of the servers as `SERVER__TOOL`. Other characters than letters, digits, `_` and `-` become `_`; a longer name is cut and ends in
 * a digest. @throws AgentFailure when two tools get the same name.
 */
export function createMcpToolbox(servers: readonly McpServer[], { allow, deny }: ToolChoice): McpToolbox {
  const allowed = allow?.map((pattern) => ({ pattern, fits: compileName(pattern) }));
  const denied = deny.map(compileName);
  const held = new Map<string, HeldTool>();
  for (const server of servers) {
    for (const { name: tool, description, inputSchema } of server.tools) {
      const name = modelName(server.name, tool);
      if ((allowed && !allowed.some(({ fits }) => fits(name))) || denied.some((fits) => fits(name))) continue;
      const other = held.get(name);
      if (other) throw collision(name, [other, { server, tool }]);
      const definition = { name, ...(description === undefined ? {} : { description }), parameters: inputSchema };
      held.set(name, { server, tool, definition });
    }
  }
  const unmatched = allowed?.filter(({ fits }) => ![...held.keys()].some(fits)).map(({ pattern }) => pattern) ?? [];
  return {
    unmatched,
    definitions: [...held.values()].map(({ definition }) => definition),
    async call(name, args, signal) {
      const tool = held.get(name);
      if (!tool) return toolError(`there is no tool "${name}"`);
      return { ...(await tool.server.call(tool.tool, args, signal)), server: tool.server.name };
    },
  };
}

interface HeldTool {
  server: McpServer;
  /** As the server calls it. */
  tool: string;
  definition: ToolDefinition;
}

function modelName(server: string, tool: string): string {
  const name = `${server}__${tool}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  return name.length <= maxNameLength ? name : `${name.slice(0, maxNameLength - 9)}_${shortDigest(`${server}__${tool}`).slice(0, 8)}`;
}

/** `*` for any text; no regular expression, as the pieces are looked for one after another. */
function compileName(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  return (name) => {
    if (last === undefined) return name === first;
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= name.length - last.length;
  };
}

function collision(name: string, tools: readonly { server: McpServer; tool: string }[]): AgentFailure {
  const which = tools.map(({ server, tool }) => `"${tool}" of "${server.name}"`).join(' and ');
  const message = `the tools ${which} would both be called ${name}: rename a server, or leave one out with agent.tools.deny`;
  return new AgentFailure('agent-error', message, { phase: 'not-sent', isTransient: false });
}
