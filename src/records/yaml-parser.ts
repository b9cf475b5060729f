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
 * The `Parser` of the package `yaml` with a `next` of its own, which yields the same. That of the package looks for an environment
 * variable at every token, to log it; Node asks the system each time, and this takes as long as all else that a token takes.
 */
export class TokenParser extends Parser {
  override *next(lexeme: string): Generator<CST.Token, void> {
    const state = this as unknown as ParserState;
    state.source = lexeme;
    if (state.atScalar) {
      state.atScalar = false;
      yield* state.step();
      state.offset += lexeme.length;
      return;
    }
    const type = CST.tokenType(lexeme);
    if (type === null) {
      yield* state.pop({ type: 'error', offset: state.offset, message: `Not a YAML token: ${lexeme}`, source: lexeme });
      state.offset += lexeme.length;
    } else if (type === 'scalar') {
      state.type = type;
      state.atNewLine = false;
      state.atScalar = true;
    } else {
      state.type = type;
      yield* state.step();
      if (type !== 'doc-mode' && type !== 'flow-error-end') enter(state, type, lexeme);
    }
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
