/**
 * The address of a laptop, as people write it or as a QR code carries it: `192.168.1.5:47474`, with `/7K2M-9QXR-4TBD-WH5P` behind it to name the laptop that
 * must answer there: the first 80 bits of its certificate's SHA-256.
 */
export interface LanAddress {
  readonly host: string;
  readonly port: number;
  /** The first 20 hex digits of the fingerprint that must be met; null: whoever answers, people compare the code. */
  readonly fingerprint: string | null;
}

/** The port that a laptop listens on where nothing else does. */
export const LAN_PORT = 47_474;

const SCHEME = 'itinera-lan:';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SIGNS = 16;
const LONGEST = 300;

/** Returns the text of an invitation, for a QR code or a message in the room. */
export function invitationText(host: string, port: number, fingerprint: string): string {
  return `${SCHEME}${addressText(host, port)}/${fingerprintSigns(fingerprint)}`;
}

/** Formats an address as `host:port`, an IPv6 host in brackets. */
export function addressText(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Formats the first 80 bits of a fingerprint in sixteen signs. */
export function fingerprintSigns(fingerprint: string): string {
  let bits = BigInt(`0x${fingerprint.slice(0, 20)}`);
  let signs = '';
  for (let i = 0; i < SIGNS; i++) {
    signs = ALPHABET[Number(bits & 31n)]! + signs;
    bits >>= 5n;
  }
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}

/** Reads an address or an invitation; a missing port is the usual one. Null: it is neither. */
export function parseLanAddress(text: string): LanAddress | null {
  if (text.length > LONGEST) return null;
  let rest = text.trim();
  if (rest.toLowerCase().startsWith(SCHEME)) rest = rest.slice(SCHEME.length);
  const slash = rest.indexOf('/');
  const fingerprint = slash < 0 ? null : parseSigns(rest.slice(slash + 1));
  if (slash >= 0 && fingerprint === null) return null;
  const place = parsePlace(slash < 0 ? rest : rest.slice(0, slash));
  return place && { ...place, fingerprint };
}

/** Numbers of this machine, of a private network (RFC 1918, RFC 4193) and of a cable between two machines. */
const PRIVATE = /^(127|10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))(\.(0|[1-9]\d{0,2})){1,3}$/;
const PRIVATE_6 = /^(::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)$/i;

/** Whether an address is a number of this machine or of a private network: nothing has to be looked up, and nobody far away is asked. */
export function isPrivateAddress(text: string): boolean {
  const host = parseLanAddress(text)?.host ?? '';
  return (PRIVATE.test(host) && host.split('.').length === 4) || PRIVATE_6.test(host);
}

function parsePlace(text: string): { readonly host: string; readonly port: number } | null {
  const inBrackets = text.startsWith('[');
  const end = inBrackets ? text.indexOf(']') : text.indexOf(':');
  const host = inBrackets ? text.slice(1, Math.max(1, end)) : end < 0 ? text : text.slice(0, end);
  const after = inBrackets ? text.slice(end + 1) : end < 0 ? '' : text.slice(end);
  if (inBrackets ? end < 0 || !/^[0-9a-fA-F:.%a-z]{2,64}$/.test(host) : !/^[A-Za-z0-9.-]{1,253}$/.test(host)) return null;
  if (after === '') return { host, port: LAN_PORT };
  const port = /^:\d{1,5}$/.test(after) ? Number(after.slice(1)) : 0;
  return port >= 1 && port <= 65_535 ? { host, port } : null;
}

function parseSigns(text: string): string | null {
  const signs = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (signs.length !== SIGNS || [...signs].some((sign) => !ALPHABET.includes(sign))) return null;
  let bits = 0n;
  for (const sign of signs) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(sign));
  return bits.toString(16).padStart(20, '0');
}
