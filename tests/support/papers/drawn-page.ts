import type { Point, Shape } from './pdf-shapes.ts';

/** A picture in greys, 0 black to 255 white. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly greys: Uint8ClampedArray;
}

/** A part of a page, in millimetres from its upper left corner. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Points looked at along each side of a pixel. */
const LOOKS = 4;

/** Draws a part of a page in so many dots an inch, without its letters. */
export function drawPage(shapes: readonly Shape[], part: Part, dpi: number): Picture {
  const scale = (dpi / 25.4) * LOOKS;
  const [wide, high] = [Math.round(part.width * scale), Math.round(part.height * scale)];
  const fine = new Uint8Array(wide * high).fill(255);
  for (const { points, width, light } of shapes) {
    const placed = points.map(([x, y]): Point => [(x - part.x) * scale, (y - part.y) * scale]);
    const outlines = width === null ? [placed] : strokes(placed, (width * scale) / 2);
    for (const outline of outlines) fill(fine, wide, high, outline, light * 255);
  }
  const picture = blank(Math.floor(wide / LOOKS), Math.floor(high / LOOKS));
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) {
      let sum = 0;
      for (let look = 0; look < LOOKS * LOOKS; look++)
        sum += fine[(y * LOOKS + Math.floor(look / LOOKS)) * wide + x * LOOKS + (look % LOOKS)]!;
      picture.greys[y * picture.width + x] = sum / (LOOKS * LOOKS);
    }
  return picture;
}

/** A rectangle for each part of a line. */
function strokes(points: readonly Point[], half: number): Point[][] {
  return points.slice(1).flatMap(([x, y], before) => {
    const [fromX, fromY] = points[before]!;
    const length = Math.hypot(x - fromX, y - fromY);
    if (length === 0) return [];
    const [acrossX, acrossY] = [(-(y - fromY) / length) * half, ((x - fromX) / length) * half];
    return [
      [
        [fromX + acrossX, fromY + acrossY],
        [x + acrossX, y + acrossY],
        [x - acrossX, y - acrossY],
        [fromX - acrossX, fromY - acrossY],
      ] as Point[],
    ];
  });
}

/** Fills an outline by the even-odd rule, a line of points at a time. */
function fill(fine: Uint8Array, wide: number, high: number, outline: readonly Point[], grey: number): void {
  const ys = outline.map(([, y]) => y);
  const last = Math.min(high, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < last; y++) {
    const crossings: number[] = [];
    for (const [i, [x, top]] of outline.entries()) {
      const [toX, toY] = outline[(i + 1) % outline.length]!;
      if (top <= y + 0.5 === toY <= y + 0.5) continue;
      crossings.push(x + ((y + 0.5 - top) / (toY - top)) * (toX - x));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [Math.max(0, Math.round(crossings[i]!)), Math.min(wide, Math.round(crossings[i + 1]!))];
      if (to > from) fine.fill(grey, y * wide + from, y * wide + to);
    }
  }
}

/** A copy as a bad machine makes one: turned by two degrees, blurred, with noise, and as a JPEG of quality 30 leaves it. */
export function spoil(picture: Picture, random: () => number): Picture {
  const turned = turn(picture, (2 * Math.PI) / 180);
  const noisy = blur(blur(turned));
  for (let i = 0; i < noisy.greys.length; i++) noisy.greys[i] = noisy.greys[i]! + (random() + random() + random() - 1.5) * 20;
  return asJpeg(noisy);
}

function turn(picture: Picture, angle: number): Picture {
  const { width, height, greys } = picture;
  const turned = blank(width, height);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const fromX = cos * (x - width / 2) + sin * (y - height / 2) + width / 2;
      const fromY = -sin * (x - width / 2) + cos * (y - height / 2) + height / 2;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) continue;
      const [right, down] = [fromX - left, fromY - top];
      const grey = (column: number, row: number): number => greys[(top + row) * width + left + column]!;
      turned.greys[y * width + x] =
        (grey(0, 0) * (1 - right) + grey(1, 0) * right) * (1 - down) + (grey(0, 1) * (1 - right) + grey(1, 1) * right) * down;
    }
  return turned;
}

/** The mean of each pixel and its neighbours. */
function blur({ width, height, greys }: Picture): Picture {
  const blurred = blank(width, height);
  for (let y = 1; y + 1 < height; y++)
    for (let x = 1; x + 1 < width; x++) {
      let sum = 0;
      for (let near = 0; near < 9; near++) sum += greys[(y + Math.floor(near / 3) - 1) * width + x + (near % 3) - 1]!;
      blurred.greys[y * width + x] = sum / 9;
    }
  return blurred;
}

/** The steps of brightness of ITU-T T.81, table K.1, at quality 30. */
const STEPS = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].map((row) => row.map((step) => Math.floor((step * (5_000 / 30) + 50) / 100)));
const WAVES = Array.from({ length: 8 }, (_, wave) =>
  Array.from({ length: 8 }, (__, at) => Math.cos(((2 * at + 1) * wave * Math.PI) / 16) * (wave === 0 ? Math.SQRT1_2 : 1) * 0.5),
);

/** Squares of eight by eight, each as waves, of which only whole steps are kept. */
function asJpeg({ width, height, greys }: Picture): Picture {
  const kept = blank(width, height);
  kept.greys.set(greys);
  for (let top = 0; top + 8 <= height; top += 8)
    for (let left = 0; left + 8 <= width; left += 8) {
      const square = Array.from({ length: 8 }, (_, y) => Array.from({ length: 8 }, (__, x) => greys[(top + y) * width + left + x]! - 128));
      const waves = throughWaves(square, (wave, at) => WAVES[wave]![at]!);
      const whole = waves.map((row, y) => row.map((wave, x) => Math.round(wave / STEPS[y]![x]!) * STEPS[y]![x]!));
      const back = throughWaves(whole, (at, wave) => WAVES[wave]![at]!);
      for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) kept.greys[(top + y) * width + left + x] = back[y]![x]! + 128;
    }
  return kept;
}

/** The square that `part` makes of another, first along its rows, then along its columns. */
function throughWaves(square: readonly (readonly number[])[], part: (to: number, from: number) => number): number[][] {
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];
  const rows = square.map((row) => eight.map((to) => row.reduce((sum, value, from) => sum + value * part(to, from), 0)));
  return eight.map((to) => eight.map((column) => rows.reduce((sum, row, from) => sum + row[column]! * part(to, from), 0)));
}

function blank(width: number, height: number): Picture {
  return { width, height, greys: new Uint8ClampedArray(width * height).fill(255) };
}
