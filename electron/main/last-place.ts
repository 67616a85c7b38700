import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, screen, type BrowserWindow } from 'electron';
import { placeWindow, readWindowPlace, type OpeningPlace, type WindowPlace } from '../../shared/kernel/window-place.ts';

const file = () => path.join(app.getPath('userData'), 'window.json');
/** Milliseconds after a move or another size; a run that is ended by force loses no more than that. */
const AFTER = 1_000;

/** Where the window opens, by where it was and the screens that are there now. */
export function openingPlace(): OpeningPlace {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return placeWindow(
    lastPlace(),
    [main, ...others].map(({ workArea }) => workArea),
  );
}

function lastPlace(): WindowPlace | null {
  try {
    return readWindowPlace(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return null;
  }
}

/** Writes the place of a window for the next start; where that cannot be written, the next start is as the last one that could. */
export function savePlace(window: BrowserWindow): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const place: WindowPlace = { x, y, width, height, maximised: window.isMaximized(), zoom: window.webContents.getZoomLevel() };
    try {
      writeFileSync(`${file()}.part`, JSON.stringify(place));
      renameSync(`${file()}.part`, file());
    } catch {
      return;
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', soon);
  window.on('close', keep);
}
