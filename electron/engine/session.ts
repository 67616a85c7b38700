import path from 'node:path';
import { desktopContract, type DesktopContract } from '../../shared/contract/desktop.ts';
import { participantContract } from '../../shared/contract/participant.ts';
import { dispatcher, lateHandlers, served, type Dispatcher, type Handlers } from '../../shared/contract/rpc.ts';
import type { AskShell } from '../../shared/contract/shell-port.ts';
import type { exchangeContract } from '../../shared/features/course/exchange/contract.ts';
import type { formExchangeContract } from '../../shared/features/form/exchange-contract.ts';
import type { templatePaperContract } from '../../shared/features/material/reference-contract.ts';
import type { paperContract } from '../../shared/features/paper/contract.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import type { Clock, Random, Signer } from '../../shared/kernel/ports.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Language } from '../../shared/kernel/text.ts';
import { nodeHasher, nodeVerifier } from '../../shared/node/crypto.ts';
import type { FileRoom } from '../../shared/node/files/file-room.ts';
import { openTypesetter } from '../../shared/node/papers/typesetter.ts';
import { ingestLibrary, LIBRARY_PACK } from '../../shared/node/store/library.ts';
import { openLocalSettings } from '../../shared/node/store/sqlite/local.ts';
import { clearPurgePending, isPurgePending } from '../../shared/node/store/sqlite/purge-pending.ts';
import type { StoreRefusal } from '../../shared/node/store/sqlite/refusals.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import type { Answering } from '../../shared/node/threads/limited-thread.ts';
import type { ChangeTopics } from './change-topics.ts';
import type { EngineContext } from './context.ts';
import { dailyBackup, replaceBackups } from './backup/daily-backup.ts';
import { salvage } from './backup/salvage.ts';
import { faultLog } from './faults.ts';
import { madeDocuments } from './files/made-documents.ts';
import { activityHandlers } from './features/activity/activity.ts';
import { withFirstSteps } from './features/activity/first-steps.ts';
import { today } from './features/activity/today.ts';
import { calendarHandlers } from './features/calendar/calendar.ts';
import { attendanceHandlers } from './features/attendance/attendance.ts';
import { awardHandlers } from './features/award/awards.ts';
import { designHandlers } from './features/award/designs.ts';
import { binHandlers } from './features/bin.ts';
import { evaluationHandlers } from './features/evaluation/evaluation.ts';
import { intakeHandlers } from './features/intake.ts';
import { adaptationHandlers } from './features/course/adaptation.ts';
import { certificationHandlers } from './features/course/certification.ts';
import { courseEditHandlers } from './features/course/course-edit.ts';
import { suggestionHandlers } from './features/course/suggestions.ts';
import { upstreamHandlers } from './features/course/upstream.ts';
import { formHandlers } from './features/form/forms.ts';
import { keptForms } from './features/form/kept-forms.ts';
import { institutionHandlers } from './features/institution.ts';
import { courseHandlers } from './features/library/course.ts';
import { materialHandlers } from './features/library/material.ts';
import { referenceHandlers } from './features/library/references.ts';
import { historyHandlers } from './features/people/people-history.ts';
import { peopleHandlers } from './features/people/people.ts';
import { reportHandlers } from './features/report/report.ts';
import { settingsHandlers } from './features/settings.ts';
import { storeHandlers, type Restore } from './features/store.ts';
import { syncFeature, type SyncFeature } from './features/sync/sync.ts';
import { lanFeature, type LanFeature } from './features/sync/sync-lan.ts';
import { departures } from './departures.ts';
import { removeLastDays, saveLastDays } from './last-days.ts';
import { LANGUAGE, USER } from './local-state/of-this-laptop.ts';
import type { LocalSettings } from './local-settings.ts';
import { seenLists, withSeenLists } from './seen-lists.ts';
import type { Sentences } from './sentences.ts';
import { objectionTo } from './sync/access/entitled.ts';
import { accountOf, clockTrustOf } from './sync/repository/account.ts';
import { rulersOf } from './sync/repository/enrol.ts';
import { isRevoked } from './sync/revocations.ts';
import { trustIn } from './sync/trust.ts';
import { vaultHandlers } from './vault/locked-calls.ts';
import type { OpenedVault } from './vault/vault.ts';

/** The session on one open store, with all that stands on it; a restore closes it and opens another. */
export interface Session {
  readonly dispatcher: Dispatcher;
  readonly store: SqliteStore;
  /** What the shell may be handed a copy of. */
  readonly handedOut: Pick<FileRoom, 'get'>;
  readonly salvaged: number | null;
  language(): Language;
  close(): Promise<void>;
}

/** Why a session does not open. */
export type SessionRefusal = StoreRefusal | 'library.damaged' | 'library.missing';

/** The parts that a session is made of. */
export interface Surroundings {
  readonly vault: OpenedVault;
  readonly shell: AskShell;
  readonly startPress: (() => Answering) | undefined;
  readonly resources: string;
  readonly clock: Clock;
  readonly random: Random;
  /** What the computer speaks; counts until the user has chosen. */
  readonly language: Language;
  readonly background: boolean;
  readonly state: string | undefined;
  /** Another laptop writes under this one's name. */
  readonly onTwin: () => void;
  readonly sentences: Sentences;
  readonly topics: ChangeTopics;
  readonly restore: Restore;
}

// The window is drawn and answered first; the backup of a day can wait that long.
const BACKUP_AFTER_MS = 5_000;

/** Opens the store of an opened vault and all that stands on it. Refuses as `openEngine` does; nothing is then open. */
export async function openSession(around: Surroundings): Promise<Result<Session, SessionRefusal>> {
  const { vault, clock, random, topics } = around;
  let settings: LocalSettings | undefined;
  const opened = vault.openStore({
    clock,
    random,
    hasher: nodeHasher,
    author: () => (settings ? userId(settings, random) : ''),
    clockTrust: () => (settings ? clockTrustOf(settings, clock.now()) : 0),
    signs: 'runs',
    ...(around.state !== undefined && { state: around.state }),
  });
  if (!opened.ok) return opened;
  const store = opened.value;
  removeLastDays(vault.folder);
  store.onTwin(around.onTwin);
  try {
    const faults = faultLog(vault.folder, () => clock.now());
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
  const { vault, clock, random, sentences } = around;
  const { folder } = vault;
  const language = (): Language => LANGUAGE.read(settings) ?? around.language;
  const context: EngineContext = {
    store,
    settings,
    trust: trustIn({ store, settings, verifier: nodeVerifier(), hasher: nodeHasher }),
    clock,
    random,
    language,
    vault,
    shell: around.shell,
    folder,
    files: vault.openFiles(store.db, (topic) => around.topics.touch(topic)),
    hasher: nodeHasher,
    resources: around.resources,
    typesetter: openTypesetter(path.join(around.resources, 'papers'), { start: around.startPress }),
    madeDocuments: madeDocuments(),
    translate: sentences.translate,
    departures: departures(),
  };
  const faults = faultLog(folder, () => clock.now());
  const signer = vault.signer();
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
    const made = await dailyBackup(vault, store.db, clock.now());
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
      const made = await replaceBackups(vault, store.db, clock.now());
      if (made.ok) clearPurgePending(store.db);
      else faults(`backup ${made.refusal.code}`, undefined);
    });
  };
  store.onErased(replaceLater);
  // Cut between an erasure and this, or the disk was full: the older copies are still there.
  if (isPurgePending(store.db)) replaceLater();
  // Only now: an erasure among what is brought over takes the older backups with it.
  const salvaged = salvaging(around, store, faults);
  if (around.background) timer = globalThis.setTimeout(backUpLater, BACKUP_AFTER_MS);
  else {
    backUpLater();
    await backingUp;
  }
  return {
    store,
    handedOut: { get: (sha256) => context.madeDocuments.get(sha256) ?? context.files.get(sha256) },
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
      context.typesetter.end();
      if (around.background) saveLastDays(folder, clock.now(), (day) => today(context, sync, day));
      store.close();
    },
  };
}

/** Brings over what waits in a damaged store. A full disk, or a bug, leaves it waiting for the next opening: this store is whole without it. */
function salvaging({ vault }: Surroundings, store: SqliteStore, faults: ReturnType<typeof faultLog>): number | null {
  try {
    return salvage(vault, store);
  } catch (error) {
    faults('salvage', error);
    return null;
  }
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
  const forms = keptForms(context);
  return {
    ...courseHandlers(context),
    ...formHandlers(context, forms),
    ...courseEditHandlers(context),
    ...adaptationHandlers(context),
    ...certificationHandlers(context),
    ...upstreamHandlers(context),
    ...suggestionHandlers(context),
    ...lateHandlers<Handlers<typeof exchangeContract>, keyof typeof exchangeContract>(
      {
        ...{ 'course.exportTexts': true, 'course.importTexts': true, 'course.exportPack': true, 'course.importPack': true },
        ...{ 'course.exportCartridge': true, 'course.undoImport': true },
      },
      async () => (await import('./features/course/exchange/exchange.ts')).exchangeHandlers(context),
    ),
    ...lateHandlers<Handlers<typeof formExchangeContract>, keyof typeof formExchangeContract>(
      { 'form.import': true, 'form.export': true },
      async () => (await import('./features/form/form-exchange.ts')).formExchangeHandlers(context),
    ),
    ...institutionHandlers(context),
    ...activityHandlers(context, sync),
    ...calendarHandlers(context),
    ...peopleHandlers(context),
    ...historyHandlers(context),
    ...intakeHandlers(context),
    ...attendanceHandlers(context),
    ...evaluationHandlers(context, forms),
    ...awardHandlers(context),
    ...designHandlers(context),
    ...reportHandlers(context),
    ...lateHandlers<Handlers<typeof paperContract>, keyof typeof paperContract>(
      { 'document.make': true, 'document.missing': true, 'document.open': true, 'document.places': true },
      async () => (await import('./features/paper/papers.ts')).paperHandlers(context),
    ),
    ...materialHandlers(context),
    ...referenceHandlers(context),
    ...lateHandlers<Handlers<typeof templatePaperContract>, keyof typeof templatePaperContract>(
      { 'material.printTemplate': true, 'material.openTemplate': true },
      async () => (await import('./features/library/printed-templates.ts')).templatePaperHandlers(context),
    ),
    ...storeHandlers(context, store, signer, restore),
    ...sync.handlers,
    ...lan.handlers,
    ...settingsHandlers(context),
    ...vaultHandlers('opened', context.language),
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
