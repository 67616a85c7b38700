/** An object that holds a stretch of a file on its way. */
export interface Piece {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

/** The bytes of a piece that go into the whole file. */
export interface Stretch {
  readonly key: string;
  readonly skip: number;
  readonly take: number;
}

/** The name of a piece: where it begins, how long it is, which bytes. */
export function keyOf(folder: string, offset: number, length: number, sha256: string): string {
  return `${folder}${String(offset).padStart(15, '0')}-${length}-${sha256.slice(0, 32)}`;
}

/** Returns the piece that a name stands for; null for anything else that lies there. */
export function pieceOf(key: string): Piece | null {
  const said = /\/(\d{15})-(\d{1,15})-[0-9a-f]{32}$/.exec(key);
  return said && { key, offset: Number(said[1]), length: Number(said[2]) };
}

/** How far pieces reach from the start without a gap. Two laptops cut a file in different places: pieces overlap. */
export function held(pieces: readonly Piece[]): number {
  return stretches(pieces, Number.MAX_SAFE_INTEGER).reduce((sum, { take }) => sum + take, 0);
}

/** The pieces that make the first `size` bytes, or as many of them as there are without a gap. */
export function stretches(pieces: readonly Piece[], size: number): Stretch[] {
  const inOrder = pieces.toSorted((a, b) => a.offset - b.offset || (a.key < b.key ? -1 : 1));
  const chosen: Stretch[] = [];
  for (let at = 0, next = 0; at < size;) {
    let best: Piece | null = null;
    for (; next < inOrder.length && inOrder[next]!.offset <= at; next++) {
      const piece = inOrder[next]!;
      if (!best || piece.offset + piece.length > best.offset + best.length) best = piece;
    }
    if (!best || best.offset + best.length <= at) break;
    const end = Math.min(size, best.offset + best.length);
    chosen.push({ key: best.key, skip: at - best.offset, take: end - at });
    at = end;
  }
  return chosen;
}
