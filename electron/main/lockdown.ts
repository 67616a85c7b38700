import { app, type Session, type WebContents } from 'electron';
import { ORIGIN, SCHEME } from './app-addresses.ts';

/** Switches off what Chromium does on the network by itself, none of which Itinera wants; to be called before `ready`. */
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
  // No name is looked up for a page, whatever asks: a name alone can carry a secret. The engine's own connections do not go through here.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  // Even where a policy failed to stop it, WebRTC has no way but a proxy, and the session's proxy is none.
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

/** Denies a session every permission that a page may ask for, every download, and every address but our own. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isOurs(request.url) }));
  session.setSpellCheckerEnabled(false);
  void session.setProxy({ mode: 'fixed_servers', proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' });
}

/**
 * Switches of Chromium's by which another program of this user looks into the window, runs code of its own in it, or loosens what is
 * set here. Those of Node (--inspect, NODE_OPTIONS, ELECTRON_RUN_AS_NODE) are off by the fuses of the packaged program.
 */
export const UNWANTED_SWITCHES = [
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins', 'remote-debugging-targets'],
  ...['inspect', 'inspect-brk', 'inspect-port', 'inspect-publish-uid', 'js-flags', 'auto-open-devtools-for-tabs'],
  ...[
    'load-extension',
    'disable-web-security',
    'disable-site-isolation-trials',
    'allow-file-access-from-files',
    'unsafely-disable-devtools-self-xss-warnings',
  ],
  ...[
    'host-rules',
    'proxy-server',
    'proxy-pac-url',
    'ignore-certificate-errors',
    'ssl-key-log-file',
    'log-net-log',
    'enable-features',
    'enable-blink-features',
  ],
] as const;

/** Removes the unwanted switches from the shipped program's command line, whoever starts it; to be called before `ready`, when Chromium reads them. */
export function ignoreUnwantedSwitches(): void {
  if (!app.isPackaged) return;
  for (const name of UNWANTED_SWITCHES) app.commandLine.removeSwitch(name);
}

/** A proxy that nothing answers for: port 0 of this machine cannot be connected to. The window's own scheme needs none. */
const NOWHERE = 'socks5://127.0.0.1:0';

/** Keeps a page from leading anywhere else and from opening anything; an https link is offered to `openLink`, which asks. */
export function lockContents(contents: WebContents, openLink: (address: string) => void): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!event.url.startsWith(`${ORIGIN}/`)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
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
