import type { AskShell } from '../../shared/contract/shell-port.ts';
import type { Language } from '../../shared/kernel/text.ts';
import type { Clock, Hasher, Random } from '../../shared/kernel/ports.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import type { Store } from '../../shared/node/store/store.ts';
import type { FileRoom } from '../../shared/node/files/file-room.ts';
import type { Typesetter } from '../../shared/node/papers/typesetter.ts';
import type { Departures } from './departures.ts';
import type { MadeDocuments } from './files/made-documents.ts';
import type { LocalSettings } from './local-settings.ts';
import type { Trust } from './sync/trust.ts';
import type { OpenedVault } from './vault/vault.ts';

/** The few things that a feature's handlers take; made once in the composition root (`engine.ts`). */
export interface EngineContext {
  /** What features do before records leave. */
  readonly departures: Departures;
  /** `transaction`: several commits, and the local state that speaks of them, are kept or undone together. */
  readonly store: Store & Pick<SqliteStore, 'transaction'>;
  readonly files: FileRoom;
  readonly settings: LocalSettings;
  /** Who others are, and who opened a workshop. */
  readonly trust: Trust;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  /** The user's language, for what is rendered in the engine (report labels, sentences). */
  language(): Language;
  /** The words of `locales/<language>/` under `namespace:key` (i18next: values, plurals by `count`), for what is rendered in the engine. */
  translate(language: Language, key: string, values?: Readonly<Record<string, unknown>>): string;
  /** Opens databases, files and signers of the data folder. */
  readonly vault: OpenedVault;
  /** Asks the shell for one of its services (`shared/contract/shell-services.ts`). */
  readonly shell: AskShell;
  /** The data folder, to be named; what lies in it is opened by the vault. */
  readonly folder: string;
  readonly typesetter: Typesetter;
  /** What the shell may be handed beside the files. */
  readonly madeDocuments: MadeDocuments;
  /** The folder of bundled resources. */
  readonly resources: string;
}
