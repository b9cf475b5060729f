import type { Json, JsonObject } from '../../records/json.ts';
import type { HistoryItem } from './history.ts';
import { compileFormat, FormatProblem } from './return-format.ts';

/** Makes of a history the fields that are merged over the configured body. */
export type Prompter = (history: readonly HistoryItem[]) => JsonObject;

/** A prompter as it is configured: `{name, args}`. */
export interface PrompterConfig {
  name?: string | null | undefined;
  args?: Readonly<Record<string, Json>> | null | undefined;
}

const roleArgs = { message_key: 'messages', role_key: 'role', content_key: 'content', user_role: 'user', agent_role: 'agent' };
const stringArgs = {
  prefix: '',
  suffix: 'AGENT:',
  user_format: 'USER: {content}\n\n',
  agent_format: 'AGENT: {content}\n\n',
  prompt_key: 'prompt',
};
const claudeArgs = { ...stringArgs, suffix: 'Assistant:', user_format: 'Human: {content}\n\n', agent_format: 'Assistant: {content}\n\n' };
const palmArgs = { ...roleArgs, role_key: 'author', agent_role: 'bot' };

/** By name; what the arguments may be, and what is made of them. */
const prompters: Readonly<Record<string, (args: Readonly<Record<string, Json>>) => Prompter>> = {
  role_content_dict: (args) => roleContentDict(withDefaults(roleArgs, args)),
  batched_role_content_dict(args) {
    const prompter = roleContentDict(withDefaults(roleArgs, args));
    return (history) => Object.fromEntries(Object.entries(prompter(history)).map(([key, value]) => [key, [value]]));
  },
  prompt_string: (args) => promptString(withDefaults(stringArgs, args)),
  claude: (args) => promptString(withDefaults(claudeArgs, noArgs(args))),
  palm(args) {
    const prompter = roleContentDict(withDefaults(palmArgs, noArgs(args)));
    return (history) => ({ instances: [prompter(history)] });
  },
};

/** The names that AgentBench knows. */
export const prompterNames: readonly string[] = Object.keys(prompters);

/**
 * The prompter of a config. A missing or unknown name is `role_content_dict` with its defaults, whatever the arguments.
 * @throws FormatProblem for arguments that a prompter does not take, or that are not text.
 */
export function compilePrompter(config: PrompterConfig | null | undefined): Prompter {
  const name = config?.name ?? '';
  const make = Object.hasOwn(prompters, name) ? prompters[name] : undefined;
  return make ? make(config?.args ?? {}) : roleContentDict(roleArgs);
}

function withDefaults<T extends Record<string, string>>(defaults: T, args: Readonly<Record<string, Json>>): T {
  const merged: Record<string, string> = { ...defaults };
  for (const [key, value] of Object.entries(args)) {
    if (!Object.hasOwn(defaults, key)) throw new FormatProblem(`there is no argument "${key}"; known: ${Object.keys(defaults).join(', ')}`);
    if (typeof value !== 'string') throw new FormatProblem(`the argument "${key}" must be text`);
    merged[key] = value;
  }
  return merged as T;
}

function noArgs(args: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const [key] = Object.keys(args);
  if (key !== undefined) throw new FormatProblem(`there is no argument "${key}"; this prompter takes none`);
  return args;
}

function roleContentDict({ message_key, role_key, content_key, user_role, agent_role }: typeof roleArgs): Prompter {
  return (history) => ({
    [message_key]: history.map(({ role, content }) => ({ [role_key]: role === 'agent' ? agent_role : user_role, [content_key]: content })),
  });
}

function promptString({ prefix, suffix, user_format, agent_format, prompt_key }: typeof stringArgs): Prompter {
  const user = compileFormat(user_format, ['content']);
  const agent = compileFormat(agent_format, ['content']);
  return (history) => {
    const parts = history.map(({ role, content }) => (role === 'user' ? user : agent)({ content }));
    return { [prompt_key]: [prefix, ...parts, suffix].join('') };
  };
}
