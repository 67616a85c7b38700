import { app, type Session, type WebContents } from 'electron';
import { ORIGIN, SCHEME } from './app-addresses.ts';

/** Chromium's own errands on the network, none of which Itinera wants. Before `ready`. */
export function silenceChromium(): void {
  for (const flag of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
    'no-first-run',
  ]) {
    app.commandLine.appendSwitch(flag);
  }
}

/** Nothing that a page may ask of a browser is granted, nothing is downloaded, and no address but our own is ever fetched. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isOurs(request.url) }));
  session.setSpellCheckerEnabled(false);
}

/** No page leads anywhere else and opens nothing; an https link is offered to `openLink`, which asks. */
export function lockContents(contents: WebContents, openLink: (address: string) => void): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!event.url.startsWith(`${ORIGIN}/`)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}

/** Our scheme; what the page itself made (`blob:`, `data:`); and the inspector's own files, which a packaged app has not. */
function isOurs(address: string): boolean {
  return [`${SCHEME}://itinera/`, 'blob:', 'data:', ...(app.isPackaged ? [] : ['devtools:'])].some((start) => address.startsWith(start));
}
