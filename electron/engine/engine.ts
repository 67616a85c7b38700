import { trustIn } from './sync/trust.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Topic } from '../../shared/contract/call.ts';
import { TOPICS } from '../../shared/contract/call.ts';
import { desktopContract, type DesktopContract } from '../../shared/contract/desktop.ts';
import { participantContract } from '../../shared/contract/participant.ts';
import { dispatcher, served, type Dispatcher, type Handlers, type Speak } from '../../shared/contract/rpc.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import type { Clock, Random, Signer } from '../../shared/kernel/ports.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Language } from '../../shared/kernel/text.ts';
import { nodeClock, nodeHasher, nodeRandom, signerOf, nodeVerifier } from '../../shared/node/crypto.ts';
import type { HandedOut } from '../../shared/contract/engine-process.ts';
import { openFileRoom, type FileRoom } from '../../shared/node/files/file-room.ts';
import { handOut } from './files/hand-out.ts';
import { ingestLibrary, LIBRARY_PACK } from '../../shared/node/store/library.ts';
import { openLocalSettings } from '../../shared/node/store/sqlite/local.ts';
import { endForgetting, isForgetting } from '../../shared/node/store/sqlite/forgetting.ts';
import { openStore } from '../../shared/node/store/sqlite/opening/open-store.ts';
import { storeRefusal, type StoreRefusal } from '../../shared/node/store/sqlite/refusals.ts';
import { KEY_FILE } from '../../shared/node/store/sqlite/opening/replica-key.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { changeTopics, type ChangeTopics } from './change-topics.ts';
import type { EngineContext } from './context.ts';
import { dailyBackup, replaceBackups } from './backup/daily-backup.ts';
import { faultLog } from './faults.ts';
import { activityHandlers } from './features/activity/activity.ts';
import { today } from './features/activity/today.ts';
import { attendanceHandlers } from './features/attendance/attendance.ts';
import { binHandlers } from './features/bin.ts';
import { courseHandlers } from './features/library/course.ts';
import { departures } from './departures.ts';
import { evaluationHandlers } from './features/evaluation/evaluation.ts';
import { intakeHandlers } from './features/intake.ts';
import { materialHandlers } from './features/library/material.ts';
import { withFirstSteps } from './features/activity/first-steps.ts';
import { historyHandlers } from './features/people/people-history.ts';
import { peopleHandlers } from './features/people/people.ts';
import { reportHandlers } from './features/report/report.ts';
import { settingsHandlers } from './features/settings.ts';
import { storeHandlers, type Restore } from './features/store.ts';
import { syncFeature, type SyncFeature } from './features/sync/sync.ts';
import { lanFeature, type LanFeature } from './features/sync/sync-lan.ts';
import type { LocalSettings } from './local-settings.ts';
import { dropLastDays, keepLastDays } from './last-days.ts';
import { prepareRestore } from './backup/restore.ts';
import { seenLists, withSeenLists } from './seen-lists.ts';
import { salvage } from './backup/salvage.ts';
import { ownKeysOf } from './backup/take-backup.ts';
import { openSentences, type Sentences } from './sentences.ts';
import { accountOf, clockTrustOf } from './sync/repository/account.ts';
import { objectionTo } from './sync/access/entitled.ts';
import { rulersOf } from './sync/repository/enrol.ts';
import { isRevoked } from './sync/revocations.ts';
import { takeTurns } from './turns.ts';
import { LANGUAGE, USER } from './local-state/of-this-laptop.ts';

export interface EngineOptions {
  /** The data folder; made when it is not there. */
  readonly folder: string;
  /** Bundled courses, questionnaires, the sample workshop. */
  readonly resources: string;
  /** `locales/`. */
  readonly locales: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** The compiled SQLite addon, where it is not the package's own. */
  readonly nativeBinding?: string;
  /** What the computer speaks; counts until the user has chosen. */
  readonly language?: Language;
  /** Where this machine's tokens lie (`stateFolder`); left out: a copied data folder is not told from the one it was copied from. */
  readonly state?: string | undefined;
  /** Sync and back up by itself, as the app does; a command does what it was asked and ends. */
  readonly background?: boolean;
}

/** All data, behind the calls of the desktop contract. */
export interface Engine {
  readonly dispatcher: Dispatcher;
  /** A refusal as a sentence in the user's language. */
  readonly speak: Speak;
  /** How many change-sets were brought over from a damaged store when this one took its place; null: none waited. */
  readonly salvaged: number | null;
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
  /** Writes a copy of a file to a path that the shell chose. */
  handOut(sha256: string, to: string): Promise<HandedOut>;
  close(): Promise<void>;
}

/** What stands on one open store; a restore closes it and opens another. */
interface Session {
  readonly dispatcher: Dispatcher;
  readonly store: SqliteStore;
  readonly files: FileRoom;
  readonly salvaged: number | null;
  language(): Language;
  close(): Promise<void>;
}

interface Surroundings extends Required<Pick<EngineOptions, 'folder' | 'resources' | 'clock' | 'random' | 'language' | 'background'>> {
  readonly nativeBinding: string | undefined;
  readonly state: string | undefined;
  /** Another laptop writes under this one's name. */
  readonly onTwin: () => void;
  readonly sentences: Sentences;
  readonly topics: ChangeTopics;
  readonly restore: Restore;
}

// The window is drawn and answered first; the backup of a day can wait that long.
const BACKUP_AFTER_MS = 5_000;
/** A store that could not be opened again (a full disk) is tried again. */
const REOPENED_EVERY_MS = 1_000;

/**
 * Opens the engine on a data folder: its store, its files, the bundled library. Refuses as `openStore` and `ingestLibrary` do
 * (`store.inUse`, `store.newer`, `store.damaged`, `storage.readOnly`, `storage.full`, `library.missing` ...); nothing is then open.
 */
export async function openEngine(options: EngineOptions): Promise<Result<Engine>> {
  const {
    folder,
    resources,
    locales,
    clock = nodeClock,
    random = nodeRandom,
    language = 'en',
    background = false,
    nativeBinding,
    state,
  } = options;
  const topics = changeTopics();
  const sentences = openSentences(locales);
  const turns = takeTurns('store.restore');
  let session: Session;

  const restore: Restore = async (source, account) => {
    signWhereWhole(session.store);
    const prepared = await prepareRestore(folder, session.store.db, source, clock.now(), {
      account,
      ...(nativeBinding !== undefined && { nativeBinding }),
    });
    if (!prepared.ok) return prepared;
    await session.close().catch(unlessDamaged);
    prepared.value.swap();
    let opened = await openSession(surroundings);
    const refused = opened.ok ? null : opened;
    if (refused) {
      prepared.value.swapBack();
      opened = await openSession(surroundings);
    }
    if (!opened.ok) return opened;
    session = opened.value;
    topics.touch(...TOPICS);
    if (refused) return refused;
    const { changeSets } = session.store.reader.get<{ changeSets: number }>('select count(*) as changeSets from change_set') ?? {
      changeSets: 0,
    };
    const { kept, unproven, account: became } = prepared.value;
    return ok({ kept, unproven, account: became, changeSets, salvaged: session.salvaged ?? 0 });
  };

  // Closed and opened again it is another replica; what was asked meanwhile waits, and nothing is lost.
  const takeAnotherName = async (): Promise<void> => {
    await session.close();
    for (;;) {
      const opened = await openSession(surroundings);
      if (opened.ok) {
        session = opened.value;
        break;
      }
      await setTimeout(REOPENED_EVERY_MS);
    }
    topics.touch(...TOPICS);
  };
  let closing = false;
  const onTwin = (): void => {
    if (!closing) void turns.alone(async () => (closing ? undefined : takeAnotherName()));
  };

  const surroundings: Surroundings = {
    ...{ folder, resources, clock, random, language, background, nativeBinding, state },
    ...{ sentences, topics, restore, onTwin },
  };
  const opened = await openSession(surroundings);
  if (!opened.ok) return opened;
  session = opened.value;

  return ok({
    speak: (refusal) => sentences.speak(session.language(), refusal),
    salvaged: session.salvaged,
    dispatcher: turns.around((name, args, context) => session.dispatcher.dispatch(name, args, context)),
    onChanged: (listener) => topics.onChanged(listener),
    handOut: (sha256, to) => handOut(session.files, sha256, to),
    async close() {
      closing = true;
      await turns.alone(() => Promise.resolve());
      await turns.quiet();
      await session.close();
      topics.close();
    },
  });
}

async function openSession(around: Surroundings): Promise<Result<Session, StoreRefusal | 'library.damaged' | 'library.missing'>> {
  const { folder, clock, random, nativeBinding, topics } = around;
  let settings: LocalSettings | undefined;
  const opened = openStore({
    folder,
    clock,
    random,
    hasher: nodeHasher,
    author: () => (settings ? userId(settings, random) : ''),
    clockTrust: () => (settings ? clockTrustOf(settings, clock.now()) : 0),
    signs: 'runs',
    ...(nativeBinding !== undefined && { nativeBinding }),
    ...(around.state !== undefined && { state: around.state }),
  });
  if (!opened.ok) return opened;
  const store = opened.value;
  dropLastDays(folder);
  store.onTwin(around.onTwin);
  try {
    const faults = faultLog(folder, () => clock.now());
    const unreadable = (declared: string): void => faults(`local ${declared}`, new SyntaxError('a local value cannot be read'));
    const local = openLocalSettings(store, (topic) => topics.touch(topic), unreadable);
    settings = local;
    const library = ingestLibrary(store, path.join(around.resources, LIBRARY_PACK));
    if (!library.ok) {
      store.close();
      return library;
    }
    store.onChanged(topics.stored);
    return ok(await startSession(around, store, local));
  } catch (error) {
    store.close();
    throw error;
  }
}

async function startSession(around: Surroundings, store: SqliteStore, settings: LocalSettings): Promise<Session> {
  const { folder, clock, random, sentences } = around;
  const language = (): Language => LANGUAGE.read(settings) ?? around.language;
  const context: EngineContext = {
    store,
    settings,
    trust: trustIn({ store, settings, verifier: nodeVerifier(), hasher: nodeHasher }),
    clock,
    random,
    language,
    folder,
    files: openFileRoom(folder, store.db, (topic) => around.topics.touch(topic)),
    hasher: nodeHasher,
    resources: around.resources,
    translate: sentences.translate,
    departures: departures(),
  };
  const faults = faultLog(folder, () => clock.now());
  const signer = replicaSigner(folder);
  store.askBefore(objectionTo(context));
  store.trustRulings(rulersOf(store.replica, accountOf(settings)?.repositoryKey, nodeHasher));
  const sync = syncFeature(context, { store, signer, background: around.background });
  const lan = lanFeature(context, {
    store,
    signer,
    background: around.background,
    isRevoked: (replica) => isRevoked(settings, replica),
    report: (error) => faults('sync.lan', error),
  });
  const handlers = handlersOf(context, store, signer, around.restore, sync, lan);
  const desktop = served(desktopContract, withSeenLists(withFirstSteps(handlers, context), seenLists(settings, nodeHasher)));
  const backUp = async (): Promise<void> => {
    store.signRuns();
    const made = await dailyBackup(store.db, folder, { now: clock.now(), nativeBinding: around.nativeBinding, keys: ownKeysOf(folder) });
    if (!made.ok) faults(`backup ${made.refusal.code}`, undefined);
  };
  let timer: NodeJS.Timeout | undefined;
  let backingUp: Promise<void> = Promise.resolve();
  const backUpLater = (): void => {
    backingUp = backingUp.then(backUp);
  };
  const replaceLater = (): void => {
    backingUp = backingUp.then(async () => {
      store.signRuns();
      const made = await replaceBackups(store.db, folder, {
        now: clock.now(),
        nativeBinding: around.nativeBinding,
        keys: ownKeysOf(folder),
      });
      if (made.ok) endForgetting(store.db);
      else faults(`backup ${made.refusal.code}`, undefined);
    });
  };
  store.onErased(replaceLater);
  // Cut between an erasure and this, or the disk was full: the older copies are still there.
  if (isForgetting(store.db)) replaceLater();
  // Only now: an erasure among what is brought over takes the older backups with it.
  const salvaged = salvaging(around, store, faults);
  if (around.background) timer = globalThis.setTimeout(backUpLater, BACKUP_AFTER_MS);
  else {
    backUpLater();
    await backingUp;
  }
  return {
    store,
    files: context.files,
    salvaged,
    language,
    dispatcher: dispatcher(
      { window: desktop, terminal: desktop, engine: desktop, participant: served(participantContract, {}) },
      (refusal) => sentences.speak(language(), refusal),
      faults,
    ),
    async close() {
      clearTimeout(timer);
      await backingUp;
      await lan.close();
      await sync.close();
      if (around.background) keepLastDays(folder, clock.now(), (day) => today(context, sync, day));
      store.close();
    },
  };
}

/** Brings over what waits in a damaged store. A full disk, or a bug, leaves it waiting for the next opening: this store is whole without it. */
function salvaging({ folder, nativeBinding }: Surroundings, store: SqliteStore, faults: ReturnType<typeof faultLog>): number | null {
  try {
    return salvage(store, folder, nativeBinding);
  } catch (error) {
    faults('salvage', error);
    return null;
  }
}

/** Before a backup is put in its place; a store that is too damaged for that goes without. */
function signWhereWhole(store: SqliteStore): void {
  try {
    store.signRuns();
  } catch (error) {
    unlessDamaged(error);
  }
}

function unlessDamaged(error: unknown): void {
  if (storeRefusal(error)?.code !== 'store.damaged') throw error;
}

/** Every feature's calls. A feature is added here and in the contract, and nowhere else. */
function handlersOf(
  context: EngineContext,
  store: SqliteStore,
  signer: Signer,
  restore: Restore,
  sync: SyncFeature,
  lan: LanFeature,
): Handlers<DesktopContract> {
  return {
    ...courseHandlers(context),
    ...activityHandlers(context, sync),
    ...peopleHandlers(context),
    ...historyHandlers(context),
    ...intakeHandlers(context),
    ...attendanceHandlers(context),
    ...evaluationHandlers(context),
    ...reportHandlers(context),
    ...materialHandlers(context),
    ...storeHandlers(context, store, signer, restore),
    ...sync.handlers,
    ...lan.handlers,
    ...settingsHandlers(context),
    ...binHandlers(context),
  };
}

/** Who acts on this laptop: an id that says no name. Enrolment gives the one that the repository knows. */
function userId(settings: LocalSettings, random: Random): string {
  const known = accountOf(settings)?.user ?? USER.read(settings);
  if (known !== undefined) return known;
  const made = randomId(random);
  USER.write(settings, made);
  return made;
}

function replicaSigner(folder: string): Signer {
  return signerOf(Uint8Array.from(Buffer.from(readFileSync(path.join(folder, KEY_FILE), 'utf8').trim(), 'hex')));
}
