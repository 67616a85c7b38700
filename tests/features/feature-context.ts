import { askHere, NO_SHELL } from '../../shared/contract/shell-port.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { activityHandlers } from '../../electron/engine/features/activity/activity.ts';
import type { EngineContext } from '../../electron/engine/context.ts';
import { departures } from '../../electron/engine/departures.ts';
import { peopleHandlers } from '../../electron/engine/features/people/people.ts';
import { trustIn } from '../../electron/engine/sync/trust.ts';
import { openSentences } from '../../electron/engine/sentences.ts';
import { activity as activityEntity } from '../../shared/model/activity.ts';
import { blankOf } from '../../shared/model/records.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { nodeHasher, nodeRandom, nodeVerifier } from '../../shared/node/crypto.ts';
import { openFileRoom } from '../../shared/node/files/file-room.ts';
import { ingestLibrary, LIBRARY_PACK } from '../../shared/node/store/library.ts';
import { openLocalSettings } from '../../shared/node/store/sqlite/local.ts';
import { openStore } from '../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { WORKSHOP_A } from './activity/workshop-a.ts';
import { quietCall } from '../support/quiet-call.ts';
import { openVault } from '../../electron/engine/vault/vault.ts';
import { madeDocuments } from '../../electron/engine/files/made-documents.ts';
import { openTypesetter } from '../../shared/node/papers/typesetter.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NOTHING_WAITS = { pending: () => 0, conflicts: () => 0 };

export interface FeatureContext extends EngineContext {
  readonly store: SqliteStore;
  /** A folder of the test's own, for what it imports and exports. */
  readonly outside: string;
  /** Sets the laptop's clock. */
  setClock(iso: string): void;
  /** The same data folder, opened anew as after a restart. */
  reopened(): FeatureContext;
  close(): void;
}

/** What handlers take, over a real store and real files in a temporary folder, with the bundled library. */
export function openFeatureContext(folder = mkdtempSync(path.join(tmpdir(), 'itinera-features-'))): FeatureContext {
  let now = Date.parse('2021-07-15T16:42:31.123Z');
  const clock = { now: () => now };
  const data = path.join(folder, 'data');
  const opened = openStore({ folder: data, clock, random: nodeRandom, hasher: nodeHasher, author: () => 'trainer' });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const store = opened.value;
  const library = ingestLibrary(store, path.join(ROOT, 'resources', LIBRARY_PACK));
  if (!library.ok) throw new Error(library.refusal.code);
  const { translate } = openSentences(path.join(ROOT, 'locales'));
  const settings = openLocalSettings(store);
  return {
    store,
    trust: trustIn({ store, settings, verifier: nodeVerifier(), hasher: nodeHasher }),
    files: openFileRoom(data, store.db),
    settings,
    clock,
    random: nodeRandom,
    hasher: nodeHasher,
    language: () => 'en',
    translate,
    departures: departures(),
    vault: openVault(data),
    shell: askHere(NO_SHELL),
    folder: data,
    typesetter: openTypesetter(path.join(ROOT, 'resources', 'papers')),
    madeDocuments: madeDocuments(),
    resources: path.join(ROOT, 'resources'),
    outside: folder,
    setClock: (iso) => {
      now = Date.parse(iso);
    },
    reopened: () => {
      store.close();
      return openFeatureContext(folder);
    },
    close: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The value of a call that must succeed. */
export async function value<T>(result: Result<T> | Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(`refused: ${settled.refusal.code}`);
  return settled.value;
}

/** The code of a call that must be refused. */
export async function refusal(result: Result<unknown> | Promise<Result<unknown>>): Promise<string> {
  const settled = await result;
  if (settled.ok) throw new Error('it was not refused');
  return settled.refusal.code;
}

/** Workshop A as it is planned, with its 25 people. Returns its id. */
export async function workshopA(context: FeatureContext): Promise<Id> {
  const create = {
    ...blankOf(activityEntity),
    title: 'Cours d’introduction sur la cybercriminalité et la preuve électronique',
    projects: ['GLACY+'],
    partners: ['OCWAR-C'],
    languages: ['fr' as const],
    countries: ['BJ', 'BF', 'CI', 'NE', 'ML', 'SN'],
    mode: 'inPerson' as const,
    start: '2021-07-12',
    end: '2021-07-15',
    place: '',
  };
  const { id } = await value(activityHandlers(context, NOTHING_WAITS)['activity.create'](create, quietCall()));
  const list = { activityId: id, path: path.join(WORKSHOP_A, 'participants.csv'), apply: true, skipRejected: false };
  const imported = await value(peopleHandlers(context)['people.import'](list, quietCall()));
  if (imported.added !== 25) throw new Error('the people of workshop A were not imported');
  return id;
}
