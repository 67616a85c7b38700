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

/** Where notices may lie, the usual place first; none of them over the rail. */
export const NOTICE_PLACES = ['bottom-right', 'bottom-center', 'top-center', 'top-right'] as const;
export type NoticePlace = (typeof NOTICE_PLACES)[number];

/** Returns the place at which a notice covers least of what may be pressed next; of two that cover as much the one named first. */
export function leastCovering(
  places: readonly { readonly place: NoticePlace; readonly box: Box }[],
  controls: readonly Control[],
): NoticePlace {
  let best: { readonly place: NoticePlace; readonly cost: number } = { place: NOTICE_PLACES[0], cost: Infinity };
  for (const { place, box } of places) {
    const cost = controls.reduce((sum, control) => sum + (overlap(box, control) ? control.weight : 0), 0);
    if (cost < best.cost) best = { place, cost };
  }
  return best.place;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** A notice with two lines of text and its distance from the edges, in pixels. */
const NOTICE = { width: 440, height: 88, margin: 16 };
/** The elements that must stay free before all else: the button that goes on, and the field that is written in. */
const WEIGHTY = 'button[data-variant="filled"], [data-dialog-foot] button, :focus';
const PRESSED = 'button, a[href], input, select, textarea, [role="tab"]';

/** Returns the place for a notice where none lies yet. The page counts behind a dialog too: it is in front again when what was said has closed the dialog. */
export function noticePlace(): NoticePlace {
  const parts = document.querySelectorAll<HTMLElement>('#work, [role="dialog"]');
  const found = [...parts].flatMap((part) => [...part.querySelectorAll<HTMLElement>(PRESSED)]);
  const controls = found.flatMap((control): Control[] => {
    const { left, top, right, bottom } = control.getBoundingClientRect();
    if (right <= left || bottom <= 0 || top >= innerHeight) return [];
    return [{ left, top, right, bottom, weight: control.matches(WEIGHTY) ? 100 : 1 }];
  });
  return leastCovering(
    NOTICE_PLACES.map((place) => ({ place, box: boxOf(place) })),
    controls,
  );
}

/** Where a notice would lie. */
function boxOf(place: NoticePlace): Box {
  // Over the foot of a dialog the usual place is the upper corner.
  const isTop = place.startsWith('top') || (place === 'bottom-right' && document.querySelector('[data-dialog-foot]') !== null);
  const right = place.endsWith('right') ? innerWidth - NOTICE.margin : (innerWidth + NOTICE.width) / 2;
  const top = isTop ? NOTICE.margin : innerHeight - NOTICE.margin - NOTICE.height;
  return { left: right - NOTICE.width, right, top, bottom: top + NOTICE.height };
}
