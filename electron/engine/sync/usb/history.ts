import type { SpaceId, Tip } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';

/** What was written to a stick. The tips say what a reader of it holds: a later bundle can build on them. */
export interface Written {
  readonly id: string;
  readonly at: string;
  /** The file's own name, without its folder. */
  readonly name: string;
  /** What it was written for: a stick, a person, as the user calls it. */
  readonly to: string;
  readonly spaces: readonly { readonly space: SpaceId; readonly tips: readonly Tip[] }[];
  readonly changeSets: number;
  /** Hashes of the files in it. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Devices it was sealed for; none: it can be read by anyone. */
  readonly recipients: readonly string[];
}

/** What was read from a stick, or why it was not. */
export interface Read {
  readonly id: string;
  readonly at: string;
  readonly name: string;
  /** '' where it was taken. */
  readonly code: string;
  /** The device that wrote it; '' where that was not learnt. */
  readonly sender: string;
  /** The sender's clock when it wrote it; '' where that was not learnt. */
  readonly writtenAt: string;
  readonly applied: number;
  /** Kept aside for an ancestor, and not so before. */
  readonly held: number;
  readonly refused: number;
  readonly files: number;
  readonly sha256: string;
}

const KEPT = 200;
const WRITTEN = 'usb/written/';
const READ = 'usb/read/';
const COUNT = 'usb/count';

/** The bundles written here, newest first. */
export function writtenBundles(settings: Pick<LocalSettings, 'list'>): Written[] {
  return settings
    .list<Written>(WRITTEN)
    .map(({ value }) => value)
    .reverse();
}

/** The bundles read here, newest first. */
export function readBundles(settings: Pick<LocalSettings, 'list'>): Read[] {
  return settings
    .list<Read>(READ)
    .map(({ value }) => value)
    .reverse();
}

/** The newest bundle written for somebody or something, by its name. */
export function lastWrittenTo(settings: Pick<LocalSettings, 'list'>, to: string): Written | undefined {
  const wanted = plainName(to);
  return writtenBundles(settings).find((one) => plainName(one.to) === wanted);
}

export function keepWritten(settings: LocalSettings, written: Written): void {
  keep(settings, WRITTEN, written);
}

export function keepRead(settings: LocalSettings, read: Read): void {
  keep(settings, READ, read);
}

function keep(settings: LocalSettings, prefix: string, entry: Written | Read): void {
  // Numbered, for a laptop's clock may go backwards.
  const number = (settings.get<number>(COUNT) ?? 0) + 1;
  settings.set(COUNT, number);
  settings.set(prefix + String(number).padStart(12, '0'), entry, 'sync');
  const kept = settings.list(prefix);
  for (const { key } of kept.slice(0, Math.max(0, kept.length - KEPT))) settings.set(key, null);
}

function plainName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
