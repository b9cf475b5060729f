/** Characters after which a piece ends. */
const pieceLength = 16_384;

/**
 * Texts joined into pieces of about 16 KB, as they come: short enough to die in the young generation. Only a single text
 * that is longer makes a longer piece. No empty piece.
 */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let held: string[] = [];
  let length = 0;
  for (const text of texts) {
    held.push(text);
    length += text.length;
    if (length < pieceLength) continue;
    yield held.join('');
    held = [];
    length = 0;
  }
  if (length > 0) yield held.join('');
}
