/** A rectangle on the desk of all screens, in points. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The place of a window, and how large its text is. */
export interface WindowPlace extends Area {
  readonly maximised: boolean;
  /** As Chromium counts it: 0 is 100 %, each step a fifth more. */
  readonly zoom: number;
}

/** The place at which a window opens; without x and y the system puts it in the middle. */
export interface OpeningPlace {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly leastWidth: number;
  readonly leastHeight: number;
  readonly maximised: boolean;
  readonly zoom: number;
}

const WANTED = { width: 1280, height: 800 } as const;
/** Below this the work does not fit; a screen may be smaller all the same. */
const LEAST = { width: 1024, height: 640 } as const;
/** So much of a window's top must lie on a screen, or it cannot be taken hold of. */
const HOLD = { width: 120, height: 40 } as const;
const ZOOM = { least: -3, most: 5 } as const;

/**
 * Where a window opens: where it was, as far as that lies on a screen that is there now, never larger than the screen's work area. A first window is as large as
 * it should be; where the screen has no room for that it takes all of it. `areas`: the work areas, the main screen's first.
 */
export function placeWindow(kept: WindowPlace | null, areas: readonly Area[]): OpeningPlace {
  const main = areas[0] ?? { x: 0, y: 0, ...WANTED };
  const on = kept && areas.find((area) => canBeHeld(kept, area));
  const area = on ?? main;
  const least = { leastWidth: Math.min(LEAST.width, area.width), leastHeight: Math.min(LEAST.height, area.height) };
  const wanted = kept ?? WANTED;
  const size = {
    width: between(least.leastWidth, wanted.width, area.width),
    height: between(least.leastHeight, wanted.height, area.height),
  };
  const zoom = between(ZOOM.least, kept?.zoom ?? 0, ZOOM.most);
  const isTooSmall = area.width < WANTED.width || area.height < WANTED.height;
  const maximised = kept?.maximised ?? isTooSmall;
  if (!on) return { ...size, ...least, maximised, zoom };
  const x = between(area.x, kept.x, area.x + area.width - size.width);
  const y = between(area.y, kept.y, area.y + area.height - size.height);
  return { x, y, ...size, ...least, maximised, zoom };
}

/** Parses the place of a window from a file; null where it is none. */
export function readWindowPlace(said: unknown): WindowPlace | null {
  if (typeof said !== 'object' || said === null) return null;
  const { x, y, width, height, maximised, zoom } = said as Record<string, unknown>;
  const isWhole = [x, y, width, height].every((value) => Number.isSafeInteger(value) && Math.abs(value as number) < 1e6);
  if (!isWhole || (width as number) <= 0 || (height as number) <= 0) return null;
  if (typeof maximised !== 'boolean' || typeof zoom !== 'number' || !Number.isFinite(zoom)) return null;
  return { x: x as number, y: y as number, width: width as number, height: height as number, maximised, zoom };
}

/** Whether enough of the window's top lies on a screen to take hold of it. */
function canBeHeld(window: Area, area: Area): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return across >= HOLD.width && window.y >= area.y - HOLD.height && window.y <= area.y + area.height - HOLD.height;
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
