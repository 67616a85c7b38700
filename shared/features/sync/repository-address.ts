import { ok, refuse, type Result } from '../../kernel/result.ts';

/**
 * The protection of what travels to an address. `secure`: TLS. `loopback`: it never leaves this machine. `private`: in plain, within a local network, where
 * everybody in it can read along. `public`: in plain over any number of strangers' machines.
 */
export type Protection = 'secure' | 'loopback' | 'private' | 'public';

/** Completes an address as people write it: without a scheme it is https, but for this machine and numbers of a local network. */
export function completeAddress(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '');
  if (text === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  const host = partsOf(`http://${text}`)?.host;
  return host !== undefined && plainHost(host) !== 'public' ? `http://${text}` : `https://${text}`;
}

/** Returns the protection of an address; null: it is none of ours. */
export function protectionOf(url: string): Protection | null {
  const parts = partsOf(url);
  if (!parts) return null;
  return parts.scheme === 'https' ? 'secure' : plainHost(parts.host);
}

/**
 * Returns the protection of an address at which this laptop may enrol. Refuses `sync.addressWrong`, `sync.plainHttp` (http over the internet), and
 * `sync.plainAsk`: http within a local network, which a person has to allow (`allowPlain`) who was told what it means.
 */
export function mayEnrolAt(url: string, allowPlain: boolean): Result<Protection, 'sync.addressWrong' | 'sync.plainAsk' | 'sync.plainHttp'> {
  const protection = protectionOf(url);
  if (protection === null) return refuse('sync.addressWrong');
  if (protection === 'public') return refuse('sync.plainHttp');
  return protection === 'private' && !allowPlain ? refuse('sync.plainAsk') : ok(protection);
}

// No name and password in it, no query: nothing secret belongs into an address. Only what every reader of addresses takes alike.
const ADDRESS = /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?(?:\/[^?#\s\\]*)?$/i;

function partsOf(url: string): { readonly scheme: string; readonly host: string } | null {
  const [, scheme, host] = ADDRESS.exec(url.trim()) ?? [];
  return scheme === undefined || host === undefined ? null : { scheme: scheme.toLowerCase(), host: host.toLowerCase().replace(/\.$/, '') };
}

function plainHost(host: string): Exclude<Protection, 'secure'> {
  if (host.startsWith('[')) return plainIpv6(host.slice(1, -1));
  const numbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1);
  if (numbers) return plainIpv4(numbers);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  return /[^.]\.local$/.test(host) ? 'private' : 'public';
}

function plainIpv4(numbers: readonly string[]): Exclude<Protection, 'secure'> {
  // A leading zero is octal for some: 010.0.0.1 is an address of the internet.
  if (numbers.some((number) => Number(number) > 255 || (number.length > 1 && number.startsWith('0')))) return 'public';
  const [a, b] = numbers.map(Number) as [number, number];
  if (a === 127) return 'loopback';
  const isPrivate = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
  return isPrivate ? 'private' : 'public';
}

function plainIpv6(host: string): Exclude<Protection, 'secure'> {
  if (host === '::1') return 'loopback';
  // fc00::/7 and fe80::/10; an IPv4 address in IPv6's clothes is judged by nobody here.
  const isWhole = /^[0-9a-f]{1,4}(:[0-9a-f]{0,4}){1,7}$/.test(host);
  return isWhole && /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host) ? 'private' : 'public';
}
