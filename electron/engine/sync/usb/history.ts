import type { SpaceId, Tip } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { BUNDLE_COUNT, BUNDLES_READ, BUNDLES_WRITTEN } from '../../local-state/of-rooms-and-sticks.ts';

/** A bundle that was written to a stick. The tips say what a reader of it holds: a later bundle can build on them. */
export interface WrittenBundle {
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

/** A bundle that was read from a stick, or why it was not. */
export interface ReadBundle {
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

/** The bundles written here, newest first. */
export function writtenBundles(settings: Pick<LocalSettings, 'list'>): WrittenBundle[] {
  return BUNDLES_WRITTEN.list(settings)
    .map(({ value }) => value)
    .reverse();
}

/** The bundles read here, newest first. */
export function readBundles(settings: Pick<LocalSettings, 'list'>): ReadBundle[] {
  return BUNDLES_READ.list(settings)
    .map(({ value }) => value)
    .reverse();
}

/** The newest bundle written for somebody or something, by its name. */
export function lastWrittenTo(settings: Pick<LocalSettings, 'list'>, to: string): WrittenBundle | undefined {
  const wanted = plainName(to);
  return writtenBundles(settings).find((one) => plainName(one.to) === wanted);
}

/** Records a bundle that was written. */
export function recordWritten(settings: LocalSettings, written: WrittenBundle): void {
  BUNDLES_WRITTEN.write(settings, nextNumber(settings), written);
  keepNewest(settings, BUNDLES_WRITTEN);
}

/** Records a bundle that was read, or why it was not. */
export function recordRead(settings: LocalSettings, read: ReadBundle): void {
  BUNDLES_READ.write(settings, nextNumber(settings), read);
  keepNewest(settings, BUNDLES_READ);
}

/** Numbered, for a laptop's clock may go backwards. */
function nextNumber(settings: LocalSettings): string {
  const number = (BUNDLE_COUNT.read(settings) ?? 0) + 1;
  BUNDLE_COUNT.write(settings, number);
  return String(number).padStart(12, '0');
}

function keepNewest(settings: LocalSettings, bundles: Pick<typeof BUNDLES_READ, 'ids' | 'remove'>): void {
  const kept = bundles.ids(settings);
  for (const old of kept.slice(0, Math.max(0, kept.length - KEPT))) bundles.remove(settings, old);
}

function plainName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
