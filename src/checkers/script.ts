import { ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { payloadOf, scoreOfText } from './parts/answer.ts';
import { quote, quoteWords } from './parts/quote.ts';

const ScriptOptions = z.strictObject({
  command: z.described(
    z.array(z.string()).check(
      z.minLength(1),
      z.refine(([program]: string[]) => program !== '', 'the program is missing'),
    ),
    'program and arguments, a list, run in the folder of the config file without a shell; {{in}} and {{out}} stand for the paths of the two files',
  ),
  files: z.described(
    z.optional(z.array(z.string().check(z.minLength(1)))),
    'files whose content decides about scores, relative to the config file; default: the program when it is named by a relative path, and the arguments that end like a script, such as check.py',
  ),
  env: z.described(
    z._default(z.record(z.string().check(z.regex(/^[A-Za-z_]\w*$/, 'not a variable name')), z.string()), {}),
    'variables that the program gets beside PATH, HOME, LANG and the temporary folder',
  ),
  timeoutMs: z.described(z._default(z.int().check(z.minimum(1), z.maximum(3_600_000)), 60_000), 'time for one run, milliseconds; default 60000'),
});
type ScriptOptions = z.infer<typeof ScriptOptions>;

/**
 * Any language: the program reads one JSON file and writes another. A code other than 0, no file, junk and the time limit make
 * the score unscored, never a fail.
 */
export const script = defineChecker<ScriptOptions>({
  type: 'script',
  summary: 'A program of your own in any language: reads the path {{in}}, writes {value} or {pass}, and a reason, to the path {{out}}',
  needs: [],
  example: { type: 'script', command: ['python3', 'checks/refund.py', '{{in}}', '{{out}}'] },
  options: ScriptOptions as z.ZodMiniType<ScriptOptions>,
  files: filesOf,
  envFields: ['env'],
  identity: ({ command, env }) => ({ command, env: Object.keys(env).sort() }),
  isPure: false,
  runsCode: true,
  create({ command, env, timeoutMs }, { scripts }) {
    if (!scripts) throw new ToolError({ code: 'script-missing', message: 'programs cannot be run here', remedy: 'use a module checker' });
    const name = filesOf({ command })[0] ?? command[0] ?? '';
    return async (input) => {
      const result = await scripts.run({ argv: command, inputs: { in: payloadOf(input) }, env, timeoutMs });
      if (result.kind === 'failed') return unscored(`checker ${quote(name, 80)} failed: ${quoteWords(result.reason, 300).slice(1, -1)}`);
      if (result.output === undefined) return unscored(`checker ${quote(name, 80)} ended without writing its answer to the file {{out}}`);
      return scoreOfText(result.output, name);
    };
  },
});

const scriptEnding = /[^\\/]\.(?:[cm]?[jt]s|py|sh|bash|rb|pl|php|r|lua|jar|ps1|go|exs?|groovy|jl)$/i;

/** A program by a path from the config's folder, and arguments that end like a script. */
function filesOf({ command, files }: Pick<ScriptOptions, 'command' | 'files'>): string[] {
  if (files) return files;
  return command.filter((part, index) =>
    index === 0 ? /^(?![\\/]|[A-Za-z]:).*[\\/]/s.test(part) : !part.startsWith('-') && scriptEnding.test(part),
  );
}
