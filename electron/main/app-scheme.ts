import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import type { Language } from '../../shared/kernel/text.ts';
import { contentPolicy, fileOf, SCHEME } from './app-addresses.ts';

/** The mark that the build writes where a document's nonce belongs (`html.cspNonce` in electron.vite.config.ts). */
const NONCE_MARK = /__CSP_NONCE__/g;
/** Where the build names the words of a language to be fetched with the document (scripts/fetch-early.ts). */
const WORDS = /<link [^>]*data-language="(\w+)"[^>]*>/g;

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

/** Registers the window's own scheme with Chromium; to be called before `ready`. `codeCache` keeps compiled scripts between starts. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Serves the folder of the built window in this session; a document fetches early the words of `language`, its first. */
export function serveApp(session: Session, folder: string, language: Language): void {
  session.protocol.handle(SCHEME, async (request) => {
    const file = fileOf(request.url, folder);
    if (request.method !== 'GET' || file === null) return new Response(null, { status: 404 });
    const type = TYPES[path.extname(file)];
    if (type === undefined) return new Response(null, { status: 404 });
    try {
      const bytes = await readFile(file);
      if (!file.endsWith('.html')) return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': type } });
      const nonce = randomBytes(16).toString('base64');
      const document = bytes
        .toString('utf8')
        .replace(WORDS, (link, of: string) => (of === language ? link : ''))
        .replace(NONCE_MARK, nonce);
      return new Response(document, {
        headers: { ...HEADERS, 'Content-Type': type, 'Cache-Control': 'no-store', 'Content-Security-Policy': contentPolicy(nonce) },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
