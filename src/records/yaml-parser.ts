import { CST, Parser } from 'yaml';

/** What the package's parser keeps between two tokens; it declares all of it private. */
interface ParserState {
  source: string;
  type: string;
  offset: number;
  indent: number;
  atNewLine: boolean;
  atScalar: boolean;
  onNewLine?: (offset: number) => void;
  step(): Generator<CST.Token, void>;
  pop(error: { type: 'error'; offset: number; message: string; source: string }): Generator<CST.Token, void>;
}

/**
 * The `Parser` of the package `yaml`, fed token by token. Its own `next` looks for an environment variable at every token, to log
 * it; Node asks the system each time, and this takes as long as all else that a token takes.
 */
export class TokenParser extends Parser {
  /** What `next` would yield: seldom anything but at the end of a document. */
  take(lexeme: string): CST.Token[] {
    const state = this as unknown as ParserState;
    state.source = lexeme;
    if (state.atScalar) {
      state.atScalar = false;
      const made = [...state.step()];
      state.offset += lexeme.length;
      return made;
    }
    const type = CST.tokenType(lexeme);
    if (type === null) {
      const made = [...state.pop({ type: 'error', offset: state.offset, message: `Not a YAML token: ${lexeme}`, source: lexeme })];
      state.offset += lexeme.length;
      return made;
    }
    state.type = type;
    if (type === 'scalar') {
      state.atNewLine = false;
      state.atScalar = true;
      return [];
    }
    const made = [...state.step()];
    if (type !== 'doc-mode' && type !== 'flow-error-end') enter(state, type, lexeme);
    return made;
  }
}

/** Notes where the line stands after a token that is no scalar. */
function enter(state: ParserState, type: CST.TokenType, lexeme: string): void {
  if (type === 'newline') {
    state.atNewLine = true;
    state.indent = 0;
    state.onNewLine?.(state.offset + lexeme.length);
  } else if (type === 'space') {
    if (state.atNewLine && lexeme.startsWith(' ')) state.indent += lexeme.length;
  } else if (indicators.has(type)) {
    if (state.atNewLine) state.indent += lexeme.length;
  } else state.atNewLine = false;
  state.offset += lexeme.length;
}

/** They indent what follows them on their line. */
const indicators: ReadonlySet<CST.TokenType> = new Set(['explicit-key-ind', 'map-value-ind', 'seq-item-ind']);
