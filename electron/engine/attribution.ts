import { readingActor } from '../../shared/features/sync/reading.ts';
import { decodeCertificate } from '../../shared/sync/certificate.ts';
import type { ReplicaId } from '../../shared/sync/types.ts';
import type { EngineContext } from './context.ts';
import { laptopNameOf } from './laptop-names.ts';
import { USER_NAME } from './local-state/of-this-laptop.ts';

/** Who wrote a value and on which device, as people are told. */
export interface Attribution {
  /** '' when this laptop has no certificate of the device. */
  readonly author: string;
  /** The first digits of the device's id: enough to tell two laptops apart. */
  readonly device: string;
  /** The name that its user gave it, with its first digits where another one of theirs has the same; the digits alone where its user has several and this one has none; else ''. */
  readonly laptop: string;
}

/**
 * Who a replica writes as, as people are told. Names come from the device certificates that the repository issued, never from records; this laptop's own
 * before it is enrolled from its settings.
 */
export function attributionOf({ store, settings }: Pick<EngineContext, 'store' | 'settings'>, replica: ReplicaId): Attribution {
  const certified = store.reader.get<{ name: string }>('select name from certificate where replica = ?', replica);
  const own = replica === store.replica ? (USER_NAME.read(settings) ?? '') : '';
  const device = replica.slice(0, 8);
  const named = laptopNameOf({ store, settings }, replica);
  const author = certified?.name ?? own;
  // Somebody who has more than one laptop, as far as is known here: their name alone does not say which.
  const others = certified ? othersOf(store, author, replica) : [];
  if (named === '') return { author, device, laptop: others.length > 0 ? device : '' };
  const isTwice = others.some((other) => laptopNameOf({ store, settings }, other) === named);
  return { author, device, laptop: isTwice ? `${named} (${device})` : named };
}

/** The other laptops of somebody. */
function othersOf({ reader }: EngineContext['store'], name: string, replica: ReplicaId): ReplicaId[] {
  return reader
    .all<{ replica: ReplicaId }>('select replica from certificate where name = ? and replica <> ?', name, replica)
    .map((row) => row.replica);
}

/** The office in which somebody writes: a name alone could be anybody's. */
export interface Office {
  /** One of the six roles; '' where it is not known here. */
  readonly role: string;
  /** The institution that the certificate speaks of; '' where it speaks of none. */
  readonly institution: string;
}

/** The role and institution of a replica, from its certificate. */
export function officeOf({ store }: Pick<EngineContext, 'store'>, replica: ReplicaId): Office {
  const bytes = store.reader.get<{ bytes: Uint8Array }>('select bytes from certificate where replica = ?', replica)?.bytes;
  const certificate = bytes && decodeCertificate(bytes);
  if (!certificate?.ok) return { role: '', institution: '' };
  const actor = readingActor(certificate.value);
  return { role: actor?.role ?? '', institution: actor?.scope.kind === 'institution' ? actor.scope.id : '' };
}
