import { fromHex } from '../../../../shared/kernel/hex.ts';
import { mayReadSpace, READS, readingActor, type ReadingActor, type WorkshopFacts } from '../../../../shared/features/sync/reading.ts';
import { answersSpace, parseSpace, peopleSpace, planSpace } from '../../../../shared/model/spaces.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { decodeCertificate, verifyCertificate, type Certificate } from '../../../../shared/sync/certificate.ts';
import type { ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { accountOf, stateOf } from '../account.ts';
import { spacesThatStay } from '../waiting.ts';
import type { LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';

/**
 * What may travel between this laptop and a paired one. With one repository behind both, its rule of reading decides, by the roles and
 * scopes in the two certificates; nobody can open more. Otherwise only what an owner chose to share travels, and what came so may
 * go back. See docs/lan.md, *What travels*.
 */
export interface SharedSpaces {
  /** Both are certified by the repository that this laptop is enrolled with. */
  readonly sameRepository: boolean;
  /** The spaces here that the other laptop may have. */
  open(): SpaceId[];
  isOpen(space: SpaceId): boolean;
  /** Whether records of a space are taken from the other laptop. */
  takes(space: SpaceId): boolean;
}

type Ports = Pick<LanPorts, 'store' | 'settings' | 'verifier' | 'hasher'>;

/** What is shared with a peer, as things stand now. */
export function sharedWith(ports: Ports, peer: LanPeer): SharedSpaces {
  const { store, settings } = ports;
  const stay = spacesThatStay(store);
  const us = certifiedHere(ports, store.replica);
  const them = certifiedHere(ports, peer.replica);
  const workshop = workshopFacts(ports);
  const [our, their] = [us && readingActor(us), them && readingActor(them)];
  if (our && their) {
    const granted = new Set(stateOf(settings).spaces);
    const weRead = (space: SpaceId): boolean => granted.has(space) || mayReadSpace(our, space, workshop);
    const isOpen = (space: SpaceId): boolean => !stay.has(space) && weRead(space) && mayReadSpace(their, space, workshop);
    // Looked up anew each time: a frame may just have brought the workshop.
    const isNew = (space: SpaceId): boolean => isNewToUs(our, space, (id) => workshopFacts(ports)(id));
    return {
      sameRepository: true,
      open: () => store.spaces().filter(isOpen),
      isOpen,
      takes: (space) => !stay.has(space) && (isOpen(space) || isNew(space)),
    };
  }
  const chosen = new Set([...peer.workshops.filter((id) => isShareable(ports, id)).flatMap(spacesOf), ...peer.received]);
  const isOpen = (space: SpaceId): boolean => chosen.has(space) && !stay.has(space);
  return {
    sameRepository: false,
    open: () => store.spaces().filter(isOpen),
    isOpen,
    takes(space) {
      const id = workshopOf(space);
      if (id === null || stay.has(space)) return false;
      return chosen.has(space) || peer.received.some((known) => workshopOf(known) === id) || !isHere(ports, id);
    },
  };
}

/** The workshops that the owner may share: all of a laptop without a repository, else those opened by the user of this laptop. Never samples. */
export function shareableWorkshops(ports: Ports): string[] {
  return ports.store.reader
    .all<{ id: string }>('select id from activity where live = 1 order by "start", id')
    .map(({ id }) => id)
    .filter((id) => isShareable(ports, id));
}

function isShareable(ports: Ports, id: string): boolean {
  if (spacesThatStay(ports.store).has(planSpace(id)) || !isHere(ports, id)) return false;
  const account = accountOf(ports.settings);
  return account === undefined || workshopFacts(ports)(id)?.creator === account.user;
}

/** A replica's certificate by the repository of this laptop; null where there is none. */
export function certifiedHere(ports: Ports, replica: ReplicaId): Certificate | null {
  const account = accountOf(ports.settings);
  const stored = account && certificateOf(ports.store.db, replica);
  const decoded = stored && decodeCertificate(stored.bytes);
  if (!decoded?.ok || decoded.value.replica !== replica) return null;
  return verifyCertificate(decoded.value, fromHex(account!.repositoryKey), ports.verifier, ports.hasher) ? decoded.value : null;
}

/** What is known here of a workshop: its countries, and the user who opened it as far as the repository certified them. */
function workshopFacts(ports: Ports): (id: string) => WorkshopFacts | null {
  const { store } = ports;
  const known = new Map<string, WorkshopFacts | null>();
  const lookUp = (id: string): WorkshopFacts | null => {
    if (!isHere(ports, id)) return null;
    const opened = store.reader.get<{ replica: ReplicaId }>(
      `select replica from change_set where space = ? order by kind = 'genesis' desc, feed limit 1`,
      planSpace(id),
    );
    const own = opened?.replica === store.replica ? accountOf(ports.settings)?.user : undefined;
    const creator = own ?? (opened ? certifiedHere(ports, opened.replica)?.user : undefined) ?? '';
    const row = store.reader.get<{ countries: string | null }>(
      'select countries from activity where id = ? and space = ?',
      id,
      planSpace(id),
    );
    return { creator, countries: countriesIn(row?.countries) };
  };
  return (id) => {
    const found = known.has(id) ? known.get(id)! : lookUp(id);
    known.set(id, found);
    return found;
  };
}

/** A workshop that nobody has brought here yet: the other laptop, which knows it, has judged that we may read it. */
function isNewToUs(our: ReadingActor, space: SpaceId, workshop: (id: string) => WorkshopFacts | null): boolean {
  const id = workshopOf(space);
  return id !== null && workshop(id) === null && READS[our.role].includes(parseSpace(space)!.kind);
}

function isHere({ store }: Ports, id: string): boolean {
  return spacesOf(id).some((space) => store.reader.get('select 1 from change_set where space = ? limit 1', space) !== undefined);
}

function spacesOf(id: string): SpaceId[] {
  return [planSpace(id), peopleSpace(id), answersSpace(id)];
}

function workshopOf(space: SpaceId): string | null {
  const parsed = parseSpace(space);
  return parsed && parsed.kind !== 'institution' ? parsed.owner : null;
}

function countriesIn(text: string | null | undefined): string[] {
  const value: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
