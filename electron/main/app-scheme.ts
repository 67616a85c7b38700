import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';

/** The window's own scheme and origin; it serves the built window and nothing else. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://itinera`;
export const HOME = `${ORIGIN}/index.html`;

/** What the build writes where a document's nonce belongs (`html.cspNonce` in electron.vite.config.ts). */
const NONCE_MARK = /__CSP_NONCE__/g;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Before `ready`. `codeCache` keeps compiled scripts between starts. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** No remote origin, no eval, no inline script; inline styles only with this document's nonce. */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "worker-src 'none'",
  ].join('; ');
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Serves the folder of the built window in this session. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const file = fileOf(request.url, folder);
    if (request.method !== 'GET' || file === null) return new Response(null, { status: 404 });
    const type = TYPES[path.extname(file)];
    if (type === undefined) return new Response(null, { status: 404 });
    try {
      const bytes = await readFile(file);
      if (!file.endsWith('.html')) return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': type } });
      const nonce = randomBytes(16).toString('base64');
      return new Response(bytes.toString('utf8').replace(NONCE_MARK, nonce), {
        headers: { ...HEADERS, 'Content-Type': type, 'Cache-Control': 'no-store', 'Content-Security-Policy': contentPolicy(nonce) },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

/** The file that an address of our origin names; null for anything outside the folder. */
export function fileOf(address: string, folder: string): string | null {
  try {
    const url = new URL(address);
    if (url.protocol !== `${SCHEME}:` || url.host !== 'itinera') return null;
    const name = decodeURIComponent(url.pathname);
    if (name.includes('\0')) return null;
    const file = path.join(folder, name === '/' ? 'index.html' : name);
    return file.startsWith(folder + path.sep) ? file : null;
  } catch {
    return null;
  }
}
