/**
 * The signs for which an OpenType font has a glyph, by code point. Reads the table `cmap` in its formats 4 and 12 (OpenType 1.9, *cmap*), the ones that text
 * fonts have for Unicode. Throws for what is no such font.
 */
export function signsOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const start = tableAt(view, 'cmap');
  const signs = new Set<number>();
  for (let i = 0; i < view.getUint16(start + 2); i++) {
    const at = start + view.getUint32(start + 4 + i * 8 + 4);
    const format = view.getUint16(at);
    if (format === 4) addSegments(view, at, signs);
    if (format === 12) addGroups(view, at, signs);
  }
  if (signs.size === 0) throw new Error('a font without signs');
  return signs;
}

function tableAt(view: DataView, wanted: string): number {
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)));
    if (tag === wanted) return view.getUint32(at + 8);
  }
  throw new Error(`a font without ${wanted}`);
}

/** Format 4: segments of the basic plane, each with an offset to its glyphs. */
function addSegments(view: DataView, at: number, signs: Set<number>): void {
  const twice = view.getUint16(at + 6);
  const ends = at + 14;
  const starts = ends + twice + 2;
  const deltas = starts + twice;
  const offsets = deltas + twice;
  for (let i = 0; i < twice; i += 2) {
    const [end, start, delta, offset] = [ends, starts, deltas, offsets].map((list) => view.getUint16(list + i)) as [
      number,
      number,
      number,
      number,
    ];
    for (let sign = start; sign <= end && sign < 0xffff; sign++) {
      const glyph = offset === 0 ? sign : view.getUint16(offsets + i + offset + (sign - start) * 2);
      if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) signs.add(sign);
    }
  }
}

/** Format 12: groups of all planes. */
function addGroups(view: DataView, at: number, signs: Set<number>): void {
  for (let i = 0; i < view.getUint32(at + 12); i++) {
    const group = at + 16 + i * 12;
    for (let sign = view.getUint32(group); sign <= view.getUint32(group + 4); sign++) signs.add(sign);
  }
}
