import type { Id } from '../../kernel/ids.ts';
import { fold, LANGUAGES } from '../../kernel/text.ts';
import type { Title } from '../../model/title.ts';
import type { ActivityKind } from '../../model/vocabularies.ts';
import { sameAs, type InventoryEntry } from './read-inventory.ts';

/** The outcomes of an import for an entry: it is new, it is in the calendar already, it was removed from it, or a line above says the same. */
export const ENTRY_OUTCOMES = ['new', 'there', 'removed', 'repeated'] as const;
export type EntryOutcome = (typeof ENTRY_OUTCOMES)[number];

/** An activity of this laptop, as far as an entry may be it. */
export interface KnownActivity {
  readonly id: Id;
  readonly title: Title;
  readonly start: string;
  readonly end: string;
  readonly live: boolean;
}

export interface PlannedEntry extends InventoryEntry {
  readonly kind: ActivityKind;
  readonly does: EntryOutcome;
  /** Of the activity that it is, or becomes. */
  readonly id: Id;
}

/**
 * Returns the outcome of an import for each entry. `idOf`: the id that follows from what `sameAs` says, so that two laptops that import one inventory make one entry; whoever changed an entry since keeps
 * their words. A workshop that somebody opened under the same title on the same days is it too.
 */
export function planEntries(
  entries: readonly InventoryEntry[],
  known: readonly KnownActivity[],
  idOf: (same: string) => Id,
): readonly PlannedEntry[] {
  const byId = new Map(known.map((one) => [one.id, one]));
  const byTitle = new Map(
    known.filter(({ live }) => live).flatMap((one) => titlesOf(one.title).map((title) => [keyOf(title, one.start, one.end), one] as const)),
  );
  return entries.map((entry) => {
    const id = idOf(sameAs(entry));
    const own = byId.get(id);
    const opened = entry.start === null ? undefined : byTitle.get(keyOf(entry.title, entry.start, entry.end!));
    const there = own ?? opened;
    const does = entry.repeats !== null ? 'repeated' : there === undefined ? 'new' : there.live ? 'there' : 'removed';
    return { ...entry, kind: kindOf(entry), does, id: there?.id ?? id };
  });
}

const MISSION = /\b(?:advisory mission|assessment mission|mission|fact-finding|study visit|visita|visite d'etude|missao|mision)\b/u;
const MEETING =
  /\b(?:steering committee|committee|plenary|bureau|working group|meeting|conference|forum|comite|comision|comissao|reunion|reuniao|pleniere|plenaria|plenario|groupe de travail|grupo de trabajo|grupo de trabalho|conferencia)\b/u;
const TRAINING =
  /\b(?:training|workshop|course|webinar|seminar|atelier|formation|formacion|formacao|taller|curso|cours|webinaire|seminario|seminaire)s?\b/u;

/** Returns the kind of an entry by its own words; a person may say otherwise. Work at a desk names no day that anybody meets on. */
export function kindOf({
  title,
  mode,
  precision,
  dateTbc,
}: Pick<InventoryEntry, 'title' | 'mode' | 'precision' | 'dateTbc'>): ActivityKind {
  const said = fold(title);
  if (mode === 'desk' || (precision === 'none' && !dateTbc && mode === 'unspecified')) return 'deskWork';
  if (/\badvisory mission\b/u.test(said) || (MISSION.test(said) && !TRAINING.test(said))) return 'mission';
  return MEETING.test(said) && !TRAINING.test(said) ? 'meeting' : 'workshop';
}

function titlesOf(title: Title): string[] {
  return typeof title === 'string' ? [title] : LANGUAGES.flatMap((language) => title[language] ?? []);
}

function keyOf(title: string, start: string, end: string): string {
  return `${fold(title)}\n${start}\n${end}`;
}
