import { BrowserWindow, session as sessions } from 'electron';
import type { ServiceArgs } from '../../shared/contract/shell-services.ts';

const PAGE = 'app://print/';
/** The page has everything in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";
let printed = 0;

/**
 * Prints a page to PDF in a window that nobody sees: in a session of its own that is kept nowhere, with no script, no bridge, and no address but the page's own. Throws
 * where Chromium cannot.
 */
export async function printPage({ html, paper, landscape }: ServiceArgs<'print'>): Promise<Uint8Array> {
  const session = sessions.fromPartition(`print-${++printed}`);
  session.protocol.handle('app', ({ url }) =>
    url === PAGE
      ? new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY } })
      : new Response(null, { status: 404 }),
  );
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: url !== PAGE && !url.startsWith('data:') }));
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, javascript: false },
  });
  try {
    await window.loadURL(PAGE);
    const pdf = await window.webContents.printToPDF({ pageSize: paper, landscape, printBackground: true, preferCSSPageSize: true });
    return Uint8Array.from(pdf);
  } finally {
    window.destroy();
    session.protocol.unhandle('app');
  }
}
