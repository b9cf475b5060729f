import { describe, expect, it } from 'vitest';
import { parseKeyValueFile, parseWorkflowCommands } from './workflow-commands.ts';

const names = (output: string) => parseWorkflowCommands(output).map(({ name }) => name);

describe('parseWorkflowCommands', () => {
  it('reads name, properties and data as the runner does', () => {
    expect(parseWorkflowCommands('::error file=a%2Cb.ts,line=3::bad%0Athing')).toEqual([
      { name: 'error', properties: { file: 'a,b.ts', line: '3' }, data: 'bad\nthing' },
    ]);
    expect(parseWorkflowCommands('text ##[Warning file=a;line=2]x%5D')).toEqual([
      { name: 'warning', properties: { file: 'a', line: '2' }, data: 'x]' },
    ]);
  });

  it('sees a command after white space and after any kind of line end', () => {
    expect(names('\v\t ::add-mask::x\rsafe\r::debug::y\r\n::group::z')).toEqual(['add-mask', 'debug', 'group']);
  });

  it('sees no command in the middle of a line, in unknown names or in unfinished ones', () => {
    expect(names('x ::error::y\n::nothing::y\n::error\n##[error\n##[nothing]x\n: :error::x')).toEqual([]);
  });

  it('carries nothing out between a stop token and its return', () => {
    expect(names('::stop-commands::T1\n::error::no\n##[error]no\n::t1::\n::notice::yes')).toEqual(['notice']);
  });
});

describe('parseKeyValueFile', () => {
  it('reads both forms', () => {
    expect(parseKeyValueFile('a=1=2\nb<<EOF\nx=1\n\ny\nEOF\nc<<E\nE\n')).toEqual({ a: '1=2', b: 'x=1\n\ny', c: '' });
  });

  it('fails where the runner fails the step', () => {
    expect(() => parseKeyValueFile('b<<EOF\nx')).toThrow('delimiter');
    expect(() => parseKeyValueFile('nothing')).toThrow('Invalid format');
  });
});
