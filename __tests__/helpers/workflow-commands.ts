/** A command that the runner would carry out for a line of a step's output. */
export interface WorkflowCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

const registered = [
  'internal-set-repo-path',
  'set-env',
  'set-output',
  'save-state',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'warning',
  'error',
  'notice',
  'debug',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
];

/**
 * What the runner would carry out, in order, for all that a step prints. It has two parsers, `::name::` at the start of
 * a line and the older `##[name]` anywhere in it, and a stop token that switches both off.
 */
export function parseWorkflowCommands(output: string): WorkflowCommand[] {
  const commands: WorkflowCommand[] = [];
  const known = new Set(registered);
  let stopToken: string | undefined;
  for (const line of output.split(/\r\n|\r|\n/)) {
    const command = parseColons(line, known) ?? parseBrackets(line, known);
    if (!command) continue;
    if (stopToken !== undefined) {
      if (command.name !== stopToken) continue;
      known.delete(stopToken);
      stopToken = undefined;
    } else if (command.name === 'stop-commands') {
      stopToken = command.data.toLowerCase();
      known.add(stopToken);
    } else {
      commands.push(command);
    }
  }
  return commands;
}

/** `::name key=value,key=value::data`, after any white space. */
function parseColons(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  // The runner's white space has one character more than JavaScript's.
  const message = line.replace(/^[\s\u0085]+/, '');
  const end = message.startsWith('::') ? message.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  return makeCommand(message.slice(2, end), { known, separator: ',', unescape: unescapeProperty, data: unescapeData(message.slice(end + 2)) });
}

/** `##[name key=value;key=value]data`, anywhere. */
function parseBrackets(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return makeCommand(line.slice(start + 3, end), { known, separator: ';', unescape: unescapeLegacy, data: unescapeLegacy(line.slice(end + 1)) });
}

function makeCommand(
  text: string,
  rules: { known: ReadonlySet<string>; separator: string; unescape: (text: string) => string; data: string },
): WorkflowCommand | undefined {
  const space = text.indexOf(' ');
  const name = (space < 0 ? text : text.slice(0, space)).toLowerCase();
  if (!rules.known.has(name)) return undefined;
  const properties: Record<string, string> = {};
  for (const pair of space > 0
    ? text
        .slice(space + 1)
        .trim()
        .split(rules.separator)
    : []) {
    const equals = pair.indexOf('=');
    if (equals > 0 && equals < pair.length - 1) properties[pair.slice(0, equals)] = rules.unescape(pair.slice(equals + 1));
  }
  return { name, properties, data: rules.data };
}

const unescapeData = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
const unescapeProperty = (text: string) =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
const unescapeLegacy = (text: string) =>
  text.replaceAll('%3B', ';').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']').replaceAll('%25', '%');

/**
 * The key-value pairs of GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV as the runner reads them.
 * @throws Error for a line that makes the runner fail the step.
 */
export function parseKeyValueFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const [name, delimiter] = heredoc < 0 ? ['', ''] : [line.slice(0, heredoc), line.slice(heredoc + 2)];
    const end = lines.indexOf(delimiter, index + 1);
    if (name === '' || delimiter === '') throw new Error(`Invalid format '${line}'`);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    values[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return values;
}
