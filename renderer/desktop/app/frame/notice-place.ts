/** A rectangle on the screen, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Something that may be wanted next. `weight`: how much it matters that it is not covered. */
export interface Control extends Box {
  readonly weight: number;
}

/**
 * Where notices may lie, the usual place first: between the title of a page and its buttons, where a header is empty. None of them is over the rail.
 */
export const NOTICE_PLACES = ['top-center', 'bottom-right', 'bottom-left', 'bottom-center', 'top-right'] as const;
export type NoticePlace = (typeof NOTICE_PLACES)[number];

/** Of the button that goes on, the tabs and the field that is written in: these stay free before all else. */
export const WEIGHTY = 100;

/** Returns the place at which a notice covers least of what may be pressed next; of two that cover as much the one named first. */
export function leastCovering(
  places: readonly { readonly place: NoticePlace; readonly box: Box }[],
  controls: readonly Control[],
): NoticePlace {
  let best: { readonly place: NoticePlace; readonly cost: number } = { place: NOTICE_PLACES[0], cost: Infinity };
  for (const { place, box } of places) {
    const cost = covered(box, controls);
    if (cost < best.cost) best = { place, cost };
  }
  return best.place;
}

/** Returns how much matters of what a notice would cover. */
export function covered(box: Box, controls: readonly Control[]): number {
  return controls.reduce((sum, control) => sum + (overlap(box, control) ? control.weight : 0), 0);
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** How large a notice is, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of notices, as NoticeCorner.module.css draws them, in pixels: from the edges of the window, between two of them, at most as wide. */
const DRAWN = { margin: 8, gap: 8, widest: 440 };
/** The room of a notice beside its words, and beside those of its button; of a line; above and below the lines; at least. */
const AROUND = { words: 76, button: 34, line: 24, lines: 16, least: 42 };

/** Returns how large a notice with these words will be, and with that button. */
export function noticeSize(message: string, label?: string): Size {
  const beside = AROUND.words + (label === undefined ? 0 : AROUND.button + lengthOf(label, 600));
  const whole = lengthOf(message, 400);
  const width = Math.min(DRAWN.widest, Math.ceil(whole) + beside);
  // A line ends with a word: a sixth of it may stay empty.
  const lines = whole + beside <= DRAWN.widest ? 1 : Math.ceil((whole * 1.15) / (DRAWN.widest - beside));
  return { width, height: Math.max(AROUND.least, lines * AROUND.line + AROUND.lines) };
}

let pen: CanvasRenderingContext2D | null | undefined;

function lengthOf(words: string, weight: number): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return DRAWN.widest;
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  pen.font = `${weight} ${fontSize} ${fontFamily}`;
  return pen.measureText(words).width;
}

const FOREMOST = 'button[data-variant="filled"], [data-dialog-foot] button, [role="tab"], :focus';
const LYING = '[data-notices] [role="alert"]';
const PRESSED = 'button, a[href], input, select, textarea, summary, [role="tab"], [role="gridcell"]';

/** Returns the place for a notice at which it covers least, but for those in `except`. */
export function noticePlace(size: Size, except: readonly NoticePlace[]): NoticePlace {
  return leastCovering(
    NOTICE_PLACES.filter((place) => !except.includes(place)).map((place) => ({ place, box: boxOf(place, size) })),
    controlsShown(),
  );
}

/** Returns whether a notice would cover nothing foremost at a place where another lies. */
export function leavesFree(place: NoticePlace, size: Size): boolean {
  const lying = document.querySelector(`[data-notices][data-position="${place}"]`)?.getBoundingClientRect().height ?? 0;
  return covered(boxOf(place, size, lying + DRAWN.gap), controlsShown()) < WEIGHTY;
}

/** Returns what can be pressed, and the notices that lie already, each with its buttons. The page counts behind a dialog too: it is in front again when the dialog closes. */
function controlsShown(): Control[] {
  const parts = document.querySelectorAll<HTMLElement>('#work, [role="dialog"]');
  const found = [...parts].flatMap((part) => [...part.querySelectorAll<HTMLElement>(PRESSED)]);
  return [...found, ...document.querySelectorAll<HTMLElement>(LYING)].flatMap((control): Control[] => {
    const { left, top, right, bottom } = control.getBoundingClientRect();
    if (right <= left || bottom <= 0 || top >= innerHeight) return [];
    return [{ left, top, right, bottom, weight: control.matches(`${FOREMOST}, ${LYING}`) ? WEIGHTY : 1 }];
  });
}

/** Where a notice would lie, so many pixels from the margin. */
function boxOf(place: NoticePlace, { width, height }: Size, before = 0): Box {
  // Over the foot of a dialog the usual place is the upper corner.
  const isTop = place.startsWith('top') || (place === 'bottom-right' && document.querySelector('[data-dialog-foot]') !== null);
  const edge = document.getElementById('work')?.getBoundingClientRect().left ?? 0;
  const left = place.endsWith('right')
    ? innerWidth - DRAWN.margin - width
    : place.endsWith('left')
      ? edge + DRAWN.margin
      : (innerWidth - width) / 2;
  const top = isTop ? DRAWN.margin + before : innerHeight - DRAWN.margin - before - height;
  return { left, right: left + width, top, bottom: top + height };
}
