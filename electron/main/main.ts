// The shell: one window, its security, the user's dialogs, and the engine's process. It holds no data.
import { app, BrowserWindow, nativeTheme, session as sessions } from 'electron';
import { dayInRoom } from '../../shared/kernel/dates.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { askAboutMacros, chooseFile, chooseFolder, chooseSave, openLink } from './dialogs.ts';
import { engineServices } from './engine-services.ts';
import { hostEngine, type EngineHost } from './engine-host.ts';
import { openCopy, saveCopy } from './handed-out-files.ts';
import { lastDays } from './last-days.ts';
import { saveLook, lastLook } from './last-look.ts';
import { ignoreUnwantedSwitches, lockContents, lockSession, silenceChromium } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { droppedFiles } from './dropped-files.ts';
import { removeOpenedCopies } from './opened-copies.ts';
import { findPlaces } from './places.ts';
import { savedFiles } from './saved-files.ts';
import { answerWindows, connectWindows } from './shell-bridge.ts';
import { shellWords, systemLanguage } from './shell-words.ts';
import { callAfterPage, openWindow } from './window.ts';

// Before anything is written, by Chromium too.
process.umask(0o077);
const places = findPlaces();
registerAppScheme();
ignoreUnwantedSwitches();
silenceChromium();

if (app.requestSingleInstanceLock()) {
  // Not `await`: Electron emits `ready` only when an ES module main has finished loading.
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  const language = systemLanguage();
  // Before the engine takes it away.
  let days = lastDays(places.data);
  // What an earlier run left that was ended by force.
  const forgotten = removeOpenedCopies(places.opened);
  const services = engineServices(places, {
    window: () => window,
    words: () => words,
    handOut: (sha256, to) => engine.handOut(sha256, to),
    ready: forgotten,
  });
  const engine: EngineHost = hostEngine(places, language, services);
  const session = sessions.defaultSession;
  lockSession(session);

  const look = lastLook();
  serveApp(session, places.renderer, look?.language ?? language);
  nativeTheme.themeSource = look?.theme ?? 'system';
  let words = shellWords(places.locales, look?.language ?? language);
  setMenu(words);

  /** Whatever the user chose may be named in a call. */
  const granting = async <T extends { readonly path: string } | null>(chosen: Promise<T>): Promise<T> => {
    const choice = await chosen;
    if (choice !== null) await engine.grant(choice.path);
    return choice;
  };
  const saved = savedFiles();
  answerWindows({
    // Once: a page that is loaded again asks an engine that is open.
    lastDays: () => {
      const kept = days;
      days = {};
      return kept;
    },
    chooseFile: (window, kind) => granting(chooseFile(window, kind, words)),
    chooseSave: async (window, kind, name) => saved.noted(await granting(chooseSave(window, kind, name, words))),
    chooseFolder: (window) => granting(chooseFolder(window, words)),
    showSaved: (_window, path) => saved.show(path),
    takeDropped: async (_window, paths) => {
      const dropped = droppedFiles(paths);
      for (const table of dropped.tables) await granting(Promise.resolve(table));
      return dropped;
    },
    openMaterial: async (asking, sha256, name) => {
      await forgotten;
      return openCopy(
        (to) => engine.handOut(sha256, to),
        name,
        places.opened,
        (safe) => askAboutMacros(asking, safe, words),
      );
    },
    saveMaterial: async (window, sha256, name) => {
      const target = await chooseSave(window, 'material', name, words);
      return target === null ? { ok: false, code: 'shell.cancelled' } : saveCopy((to) => engine.handOut(sha256, to), target.path);
    },
    openLink: (window, address) => openLink(window, address, words),
    setLook: (_window, chosen) => {
      words = shellWords(places.locales, chosen.language);
      setMenu(words);
      nativeTheme.themeSource = chosen.theme;
      return saveLook(chosen);
    },
    restartEngine: () => engine.restart(),
    restoreStore: (_window, from) => engine.restore(from),
  });
  connectWindows(engine);

  app.on('web-contents-created', (_event, contents) =>
    lockContents(contents, (address) => {
      const window = BrowserWindow.fromWebContents(contents);
      if (window) void openLink(window, address, words);
    }),
  );
  const open = () => openWindow(places, session, { systemLanguage: language, lastLook: lastLook() }, () => words);
  let window = open();
  // The first picture shows what the engine left: it need not be there before the page is, which its start would keep from a processor.
  if (look !== null && Object.hasOwn(days, dayInRoom(Date.now()))) callAfterPage(window, () => engine.begin());
  else engine.begin();
  // Electron answers the first request with what Node loads for it: while the page's process starts, not once it has asked.
  setImmediate(() => new Response(null));

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (window.isDestroyed()) window = open();
  });
  app.on('window-all-closed', () => app.quit());

  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void Promise.allSettled([engine.close(), removeOpenedCopies(places.opened)]).then(() => {
      ended = true;
      app.quit();
    });
  });
}
