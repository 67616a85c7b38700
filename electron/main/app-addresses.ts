import path from 'node:path';

/** The window's own scheme and origin; it serves the built window and nothing else. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://itinera`;
export const HOME = `${ORIGIN}/index.html`;

/** Returns the content security policy of a document: no remote origin, no eval, no inline script; inline styles only with this document's nonce. */
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
    // Its datagrams and its relays are no requests: none of the above, and no permission, would stop them.
    "webrtc 'block'",
  ].join('; ');
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
