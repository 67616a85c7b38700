import path from 'node:path';
import { BrowserWindow, Menu, nativeTheme, type Session } from 'electron';
import { START_ARGUMENT, type AtStart } from '../../shared/contract/shell.ts';
import { HOME, ORIGIN } from './app-addresses.ts';
import { savePlace, openingPlace } from './last-place.ts';
import type { Places } from './places.ts';
import type { ShellWords } from './shell-words.ts';

/** The paper of the window's theme, so that the first frame does not flash. */
const PAPER = { light: '#FAF8F4', dark: '#14181E' } as const;
const ZOOM_STEP = 0.5;
/** A page that crashes more often than this within a minute is not loaded again: the window would only flicker. */
const CRASHES_A_MINUTE = 5;
/** Longer than a page takes to come. */
const PAGE_MS = 1_500;

/** Opens the one window, where it was the last time; shown when its first frame is ready. */
export function openWindow(places: Places, session: Session, atStart: AtStart, words: () => ShellWords): BrowserWindow {
  const { leastWidth, leastHeight, maximised, zoom: zoomLevel, ...place } = openingPlace();
  const window = new BrowserWindow({
    ...place,
    minWidth: leastWidth,
    minHeight: leastHeight,
    show: false,
    title: 'Itinera',
    icon: path.join(places.resources, 'icons', 'icon.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      preload: places.preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      additionalArguments: [START_ARGUMENT + JSON.stringify(atStart)],
    },
  });
  savePlace(window);
  window.once('ready-to-show', () => {
    window.webContents.setZoomLevel(zoomLevel);
    if (maximised) window.maximize();
    window.show();
  });
  window.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown') return;
    if (input.key === 'F11') window.setFullScreen(!window.isFullScreen());
    else if ((input.control || input.meta) && zoom(window, input.key)) event.preventDefault();
  });
  window.webContents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    const edit = words().edit;
    const items = [
      { role: 'cut', label: edit.cut, visible: isEditable, enabled: editFlags.canCut },
      { role: 'copy', label: edit.copy, visible: isEditable || selectionText !== '', enabled: editFlags.canCopy },
      { role: 'paste', label: edit.paste, visible: isEditable, enabled: editFlags.canPaste },
      { role: 'selectAll', label: edit.selectAll, visible: isEditable, enabled: editFlags.canSelectAll },
    ] as const;
    if (items.some((item) => item.visible)) Menu.buildFromTemplate([...items]).popup({ window });
  });
  // Chromium asks nobody before it shows about:blank, or an error in the place of an address that is none: a page that has left comes back.
  const comeBack = () => {
    if (!window.webContents.getURL().startsWith(`${ORIGIN}/`)) void window.loadURL(HOME);
  };
  window.webContents.on('did-navigate', comeBack);
  window.webContents.on('did-stop-loading', comeBack);
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    crashes.push(performance.now());
    if (crashes.filter((time) => performance.now() - time < 60_000).length <= CRASHES_A_MINUTE)
      setImmediate(() => void window.loadURL(HOME));
  });
  void window.loadURL(HOME);
  return window;
}

/** Calls `begin` once the page has come to a window, or does not come in time. */
export function callAfterPage(window: BrowserWindow, begin: () => void): void {
  const late = setTimeout(begin, PAGE_MS);
  window.webContents.once('did-navigate', () => {
    clearTimeout(late);
    begin();
  });
}

function zoom(window: BrowserWindow, key: string): boolean {
  const { webContents } = window;
  if (key === '0') webContents.setZoomLevel(0);
  else if (key === '+' || key === '=') webContents.setZoomLevel(Math.min(webContents.getZoomLevel() + ZOOM_STEP, 5));
  else if (key === '-') webContents.setZoomLevel(Math.max(webContents.getZoomLevel() - ZOOM_STEP, -3));
  else return false;
  return true;
}
