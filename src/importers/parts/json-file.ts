import type { Problem } from '../../errors.ts';
import { isDeeper, type Json } from '../../records/json.ts';

/** Deeper values would break readers of the run log. */
const maxDepth = 200;

/** The value of a JSON file, or what is wrong with it and where. `whole` says what a good file would be. */
export function parseJsonFile(file: string, text: string, whole: string): { value: Json } | { problem: Problem } {
  const body = text.replace(/^\ufeff/, '');
  const problem = (line: number, message: string, remedy: string) => ({ problem: { file, line, message, remedy } });
  if (body.trim() === '') return problem(1, 'the file is empty', whole);
  if (body.includes('\0')) return problem(lineAt(body, body.indexOf('\0')), 'the file holds NUL characters', `it is damaged: ${whole}`);
  try {
    const value = JSON.parse(body) as Json;
    return isDeeper(value, maxDepth) ? problem(1, `the file is nested deeper than ${maxDepth} levels`, whole) : { value };
  } catch (error) {
    const { line, isCut } = placeOf(body, String(error));
    return problem(line, isCut ? 'the file ends in the middle of its JSON' : 'the file is not JSON', whole);
  }
}

/** The line, from 1, on which a field of an object first stands; 1 when it is not there. */
export function lineOfField(text: string, field: string): number {
  const at = text.indexOf(JSON.stringify(field));
  return at === -1 ? 1 : lineAt(text, at);
}

/** Words differ from one Node to the next; the position, where there is one, does not. */
function placeOf(text: string, message: string): { line: number; isCut: boolean } {
  const found = /position (\d+)/.exec(message);
  const end = text.trimEnd().length;
  const isCut = /unterminated|end of json/i.test(message) || Number(found?.[1] ?? 0) >= end;
  const position = isCut ? end : Number(found?.[1] ?? 0);
  return { line: lineAt(text, Math.min(position, end)), isCut };
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
