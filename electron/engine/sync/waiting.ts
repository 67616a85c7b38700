import { ownPending, type OwnPending } from '../../../shared/node/store/sqlite/own-chains.ts';
import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { closedSpaces } from '../../../shared/node/store/sqlite/quarantine.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import { PEER } from './account.ts';
import { closedHere } from './lost-spaces.ts';
import { sampleSpaces } from './sample-spaces.ts';

/** The spaces of which nothing travels: those that the repository keeps closed to this laptop, those it has lost, and those of sample workshops. */
export function spacesThatStay(store: SqliteStore): Set<SpaceId> {
  return new Set([...closedSpaces(store), ...closedHere(openLocalSettings(store)), ...sampleSpaces(store.reader)]);
}

/** What of ours waits to be sent, by space. */
export function waitingHere(store: SqliteStore): OwnPending[] {
  const stay = spacesThatStay(store);
  return ownPending(store.db, PEER, store.replica).filter(({ space }) => !stay.has(space));
}
