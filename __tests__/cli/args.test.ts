import { describe, expect, it } from 'vitest';
import { type CommandName, commands, helpText, isCommand, parseArguments } from '../../src/cli/args.ts';
import type { ToolError } from '../../src/errors.ts';

function problemsOf(command: CommandName, argv: string[]): string[] {
  try {
    parseArguments(command, argv);
  } catch (error) {
    return (error as ToolError).problems.map(({ message, remedy }) => `${message} → ${remedy}`);
  }
  return [];
}

describe('the command line', () => {
  it('takes flags in every usual form', () => {
    const given = parseArguments('run', ['-c', 'a.yml', '--config=b.yml', '--limit', '3', '-q', '-o', 'out']);
    expect([given.list('config'), given.text('limit'), given.has('quiet'), given.text('output')]).toEqual([['a.yml', 'b.yml'], '3', true, 'out']);
    expect([given.text('offset'), given.has('resume'), given.list('filter')]).toEqual([undefined, false, []]);
  });

  it('tells everything that is wrong at once', () => {
    expect(problemsOf('run', ['--limt', '3', '--quiet=1', '--offset'])).toEqual([
      'run does not know --limt → did you mean --limit?',
      '--quiet takes no value → write --quiet alone',
      '--offset needs a value → --offset N',
    ]);
  });

  it('counts operands', () => {
    expect(problemsOf('run', ['x'])).toEqual(['run takes no operands; found x → agent-regress run [--config FILE] [--baseline RUN]']);
    expect(problemsOf('check', [])[0]).toMatch(/check takes 1 operand; none was given/);
    expect(problemsOf('compare', ['a'])[0]).toMatch(/compare takes 2 to 100 operands; found a/);
    expect(problemsOf('init', ['a', 'b'])[0]).toMatch(/init takes at most 1 operand; found a b/);
    expect(parseArguments('compare', ['a', 'b', 'c']).operands).toEqual(['a', 'b', 'c']);
  });

  it('gives help without the operands that the command needs', () => {
    expect(parseArguments('check', ['--help']).has('help')).toBe(true);
  });

  it('knows its commands, and no name of an object', () => {
    expect([isCommand('run'), isCommand('toString'), isCommand(undefined)]).toEqual([true, false, false]);
  });

  it('lists every command, and every flag of each', () => {
    for (const [name, { flags, summary }] of Object.entries(commands)) {
      expect(helpText()).toContain(summary);
      for (const flag of flags) expect(helpText(name as CommandName)).toContain(`--${flag}`);
    }
  });
});
