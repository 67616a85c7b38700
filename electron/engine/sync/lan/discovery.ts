import { addressText } from '../../../../shared/features/sync/lan-address.ts';
import { readBeacon, type Beacon } from '../../../../shared/features/sync/lan-beacon.ts';

/** A laptop that says it is there. */
export interface Nearby {
  readonly beacon: Beacon;
  /** `host:port`. */
  readonly address: string;
}

/** Announces this laptop on the network, and listens for others. */
export interface Discovery {
  nearby(): readonly Nearby[];
  /** False: the network carries no multicast, so nobody hears us and we hear nobody. */
  carries(): boolean;
  stop(): Promise<void>;
}

const TYPE = 'itinera';
/** A room holds fewer; more is somebody who floods the network. */
const MOST = 64;
const LOOK_EVERY = 10_000;
/** However much is said on the network, the screen is drawn anew no oftener. */
const AT_MOST_EVERY = 500;

/** Begins discovery; `onChange` is called when somebody came or went. Nothing that the network says or lacks is an error. */
export async function beginDiscovery(beacon: Beacon, port: number, onChange: () => void): Promise<Discovery> {
  const { Bonjour } = await import('bonjour-service');
  let carries = true;
  const fault = (): void => {
    if (!carries) return;
    carries = false;
    onChange();
  };
  const bonjour = new Bonjour({}, fault);
  tame(bonjour, fault);
  // The computer's own name may say whose it is: the label stands in its place.
  bonjour.publish({
    name: beacon.label,
    type: TYPE,
    port,
    host: `${beacon.label}.local`,
    txt: { v: '1', s: beacon.salt, t: beacon.tag },
    probe: false,
  });
  const soon = atMostEvery(AT_MOST_EVERY, onChange);
  const browse = () => {
    const begun = bonjour.find({ type: TYPE });
    for (const event of ['up', 'down', 'srv-update', 'txt-update'] as const) begun.on(event, soon);
    return begun;
  };
  let browser = browse();
  const look = setInterval(() => {
    if (browser.services.length > MOST) {
      browser.stop();
      browser = browse();
      return;
    }
    // Laptops that left without a word, and networks joined since.
    browser.expire();
    browser.update();
  }, LOOK_EVERY);
  look.unref();
  return {
    nearby() {
      const found = new Map<string, Nearby>();
      for (const { name, port: theirs, addresses, txt } of browser.services.slice(0, MOST)) {
        const { s, t } = (txt ?? {}) as { s?: unknown; t?: unknown };
        const other = readBeacon(name, s, t);
        const host = addresses?.find((address) => /^\d+(\.\d+){3}$/.test(address)) ?? addresses?.[0];
        if (other && other.salt !== beacon.salt && host) found.set(other.salt, { beacon: other, address: addressText(host, theirs) });
      }
      return [...found.values()];
    },
    carries: () => carries,
    async stop() {
      clearInterval(look);
      browser.stop();
      await new Promise<void>((resolve) => {
        const done = setTimeout(resolve, 500);
        bonjour.unpublishAll(() => {
          clearTimeout(done);
          resolve();
        });
      });
      bonjour.destroy();
    },
  };
}

/** Calls `then` at once and, when it is asked for again meanwhile, once more when the time is over. */
function atMostEvery(milliseconds: number, then: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const run = (): void => {
    then();
    timer = setTimeout(() => {
      timer = null;
      const wanted = again;
      again = false;
      if (wanted) run();
    }, milliseconds);
    timer.unref();
  };
  return () => {
    if (timer) again = true;
    else run();
  };
}

/** The part of the library that speaks on the network. */
interface Wire {
  emit(event: string, ...args: unknown[]): boolean;
  on(event: string, listener: (error: Error) => void): unknown;
  send(value: unknown, to: unknown, done?: (error?: Error | null) => void): void;
}

/**
 * Makes the library keep its peace: a packet that it cannot read, however it was made, ends nothing, and a network without a multicast route is said,
 * where it would find silently nobody.
 */
function tame(bonjour: object, fault: () => void): void {
  const { mdns } = (bonjour as { server: { mdns: Wire } }).server;
  mdns.on('error', fault);
  mdns.on('warning', () => undefined);
  const emit = mdns.emit.bind(mdns);
  mdns.emit = (event, ...args) => {
    try {
      return emit(event, ...args);
    } catch {
      return false;
    }
  };
  const send = mdns.send.bind(mdns);
  mdns.send = (value, to, done) => {
    const answer = typeof to === 'function' ? (to as typeof done) : done;
    send(value, typeof to === 'function' ? null : to, (error) => {
      if (error && /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL|EPERM|EACCES)$/.test((error as NodeJS.ErrnoException).code ?? ''))
        fault();
      answer?.(error);
    });
  };
}
