import { mayReadSpace, READS, type ReadingActor, type WorkshopFacts } from '../../../../shared/features/sync/reading.ts';
import { answersSpace, parseSpace, peopleSpace, planSpace, workshopOf } from '../../../../shared/model/spaces.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import { accountOf, stateOf } from '../repository/account.ts';
import { spacesThatStay } from '../waiting.ts';
import type { LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';

/**
 * The spaces that may travel between this laptop and a paired one. With one repository behind both, its rule of reading decides, by the roles and
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

type Ports = Pick<LanPorts, 'store' | 'settings' | 'trust'>;

/** Returns the spaces that are shared with a peer, as things stand now. */
export function sharedWith(ports: Ports, peer: LanPeer): SharedSpaces {
  const { store, settings } = ports;
  const stay = spacesThatStay(store);
  const { trust } = ports;
  const known = new Map<string, WorkshopFacts | null>();
  const workshop = (id: string): WorkshopFacts | null => {
    const facts = known.has(id) ? known.get(id)! : trust.workshop(id);
    known.set(id, facts);
    return facts;
  };
  const [our, their] = accountOf(settings) ? [trust.actorOf(store.replica), trust.actorOf(peer.replica)] : [];
  if (our && their) {
    const granted = new Set(stateOf(settings).spaces);
    const weRead = (space: SpaceId): boolean => granted.has(space) || mayReadSpace(our, space, workshop);
    const isOpen = (space: SpaceId): boolean => !stay.has(space) && weRead(space) && mayReadSpace(their, space, workshop);
    // Looked up anew each time: a frame may just have brought the workshop.
    const isNew = (space: SpaceId): boolean => isNewToUs(ports, our, space);
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
  return account === undefined || ports.trust.workshop(id)?.creator === account.user;
}

/** A workshop that nobody has brought here yet: the other laptop, which knows it, has judged that we may read it. */
function isNewToUs(ports: Ports, our: ReadingActor, space: SpaceId): boolean {
  const id = workshopOf(space);
  return id !== null && !isHere(ports, id) && READS[our.role].includes(parseSpace(space)!.kind);
}

function isHere({ store }: Ports, id: string): boolean {
  return spacesOf(id).some((space) => store.reader.get('select 1 from change_set where space = ? limit 1', space) !== undefined);
}

function spacesOf(id: string): SpaceId[] {
  return [planSpace(id), peopleSpace(id), answersSpace(id)];
}
