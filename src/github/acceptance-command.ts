import { maxReasonCharacters } from '../records/acceptance.ts';

/** The label that accepts a regression, unless a repository names another one. */
export const defaultAcceptLabel = 'agent-regress: accept';

/** One `/agent-regress accept` of a comment. */
export interface AcceptCommand {
  /** Absent: every suite that the pull request's reports are about. */
  suite?: string;
  /** One line; empty when none was given, which no acceptance may be. */
  reason: string;
}

/**
 * The commands of a comment, at the start of a line each. What GitHub shows as code, as a quotation or not at all is
 * none: a report or a mail that is quoted must not accept anything.
 */
export function acceptCommands(body: string): AcceptCommand[] {
  const commands: AcceptCommand[] = [];
  let fence: string | undefined;
  let isQuoted = false;
  for (const line of withoutHidden(body.replace(/\r\n?/g, '\n')).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      continue;
    }
    if (mark !== undefined) fence = mark;
    // A paragraph that is begun inside a quotation stays in it until an empty line.
    isQuoted = line.trim() !== '' && (isQuoted || /^ {0,3}>/.test(line));
    const command = mark === undefined && !isQuoted ? readCommand(line) : undefined;
    if (command) commands.push(command);
  }
  return commands;
}

function readCommand(line: string): AcceptCommand | undefined {
  const rest = /^\/agent-regress[ \t]+accept(?:[ \t]+(.*))?$/i.exec(line)?.[1]?.trim();
  if (rest === undefined) return /^\/agent-regress[ \t]+accept[ \t]*$/i.test(line) ? { reason: '' } : undefined;
  const named = /^suite:(?:"([^"]*)"|(\S+))(?:\s+(.*))?$/i.exec(rest);
  const suite = named?.[1] ?? named?.[2];
  return suite === undefined ? { reason: reasonOf(rest) } : { suite, reason: reasonOf(named?.[3] ?? '') };
}

/** On one line and cut to its length. */
export function reasonOf(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length > maxReasonCharacters ? `${characters.slice(0, maxReasonCharacters - 1).join('')}…` : characters.join('');
}

/** Without comments and blocks of HTML that nobody sees as text; one that is not closed hides all that follows. */
function withoutHidden(body: string): string {
  return body.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<(pre|script|style|textarea)\b[\s\S]*?(?:<\/\1>|$)/gi, '');
}
