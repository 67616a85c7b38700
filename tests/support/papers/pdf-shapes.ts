import { pageContents } from './pdf-text.ts';

/** What a page of a PDF of ours draws beside its letters: enough of PDF 1.7 for the lines, circles and codes of the papers, and no more. */

export type Point = readonly [x: number, y: number];

/** A filled outline, or a line of some width; millimetres from the page's upper left corner. */
export interface Shape {
  readonly points: readonly Point[];
  /** Null: filled. */
  readonly width: number | null;
  /** 0 is black, 1 is white. */
  readonly light: number;
  /** Outlined by curves. */
  readonly round: boolean;
}

type Matrix = readonly [number, number, number, number, number, number];

interface State {
  readonly matrix: Matrix;
  readonly width: number;
  readonly fill: number;
  readonly stroke: number;
}

const MM = 25.4 / 72;
const A_CURVE = 12;

/** The shapes of each page, in the order in which they are drawn. `height`: of a page, in millimetres. */
export function shapesIn(pdf: Uint8Array, height: number): Shape[][] {
  return pageContents(pdf).map((content) => shapesOf(content, height));
}

function shapesOf(content: string, height: number): Shape[] {
  const shapes: Shape[] = [];
  const kept: State[] = [];
  let state: State = { matrix: [1, 0, 0, 1, 0, 0], width: 1, fill: 0, stroke: 0 };
  let outlines: { points: Point[]; round: boolean }[] = [];
  let operands: number[] = [];
  const at = (x: number, y: number): Point => {
    const [a, b, c, d, e, f] = state.matrix;
    return [(a * x + c * y + e) * MM, height - (b * x + d * y + f) * MM];
  };
  const add = (...points: Point[]): void => void outlines.at(-1)!.points.push(...points);
  const paint = (fills: boolean, strokes: boolean): void => {
    const [a, b] = state.matrix;
    for (const { points, round } of outlines) {
      if (fills) shapes.push({ points, width: null, light: state.fill, round });
      if (strokes) shapes.push({ points, width: state.width * Math.hypot(a, b) * MM, light: state.stroke, round });
    }
    outlines = [];
  };
  let here: Point = [0, 0];
  const operators: Readonly<Record<string, (...values: number[]) => void>> = {
    q: () => kept.push(state),
    Q: () => void (state = kept.pop()!),
    cm: (...matrix) => void (state = { ...state, matrix: within(matrix as unknown as Matrix, state.matrix) }),
    w: (width) => void (state = { ...state, width: width! }),
    cs: () => void (state = { ...state, fill: 0 }),
    CS: () => void (state = { ...state, stroke: 0 }),
    scn: (...colour) => void (state = { ...state, fill: lightOf(colour) }),
    SCN: (...colour) => void (state = { ...state, stroke: lightOf(colour) }),
    m(x, y) {
      here = [x!, y!];
      outlines.push({ points: [at(x!, y!)], round: false });
    },
    l(x, y) {
      here = [x!, y!];
      add(at(x!, y!));
    },
    c(x1, y1, x2, y2, x, y) {
      outlines.at(-1)!.round = true;
      for (let step = 1; step <= A_CURVE; step++) {
        const t = step / A_CURVE;
        const bend = (from: number, first: number, second: number, to: number): number =>
          (1 - t) ** 3 * from + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t ** 2 * second + t ** 3 * to;
        add(at(bend(here[0], x1!, x2!, x!), bend(here[1], y1!, y2!, y!)));
      }
      here = [x!, y!];
    },
    re: (x, y, w, h) =>
      void outlines.push({ points: [at(x!, y!), at(x! + w!, y!), at(x! + w!, y! + h!), at(x!, y! + h!), at(x!, y!)], round: false }),
    h: () => add(outlines.at(-1)!.points[0]!),
    f: () => paint(true, false),
    'f*': () => paint(true, false),
    S: () => paint(false, true),
    B: () => paint(true, true),
    'B*': () => paint(true, true),
    n: () => void (outlines = []),
  };
  // Letters are no shapes.
  for (const token of content.replaceAll(/\bBT\b.*?\bET\b/gs, ' ').split(/\s+/)) {
    if (/^[-+]?[\d.]+$/.test(token)) operands.push(Number(token));
    else {
      operators[token]?.(...operands);
      operands = [];
    }
  }
  return shapes;
}

function within([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

function lightOf(colour: readonly number[]): number {
  return colour.reduce((sum, part) => sum + part, 0) / colour.length;
}
