import type { Block, Document } from '../document/blocks.ts';
import type { Day, HalfDay } from '../../kernel/dates.ts';
import { halfDayParts } from '../../kernel/formats.ts';
import type { Language } from '../../kernel/text.ts';
import type { PaperWords } from './paper-words.ts';

/** The facts of a workshop that stand over every list of it. */
export interface ListedWorkshop {
  readonly title: string;
  readonly place: string;
  readonly start: Day;
  readonly end: Day;
}

export interface ListedParticipant {
  readonly id: string;
  readonly name: string;
  /** The word in the list's language; '' where none is recorded. */
  readonly profession: string;
  readonly institution: string;
  /** The name in the list's language; '' where none is recorded. */
  readonly country: string;
}

/** The participants of a workshop as a table, and below it the notes that their countries need. */
export function participantsDocument(
  workshop: ListedWorkshop,
  people: readonly ListedParticipant[],
  notes: readonly string[],
  { language, format, say }: PaperWords,
): Document {
  const columns = ['profession', 'institution', 'country'] as const;
  const table: Block = {
    is: 'table',
    title: say('participants.count', { count: people.length }),
    rowHeading: say('participants.person'),
    columns: columns.map((column) => ({ heading: say(`participants.${column}`), holds: 'words' })),
    rows: people.map((person) => ({
      key: person.id,
      label: person.name,
      cells: columns.map((column) => ({ text: person[column] === '' ? say('notRecorded') : person[column] })),
    })),
  };
  return documentOf(language, [
    headingOf(workshop, say('participants.name'), format),
    table,
    ...notes.map((text): Block => ({ is: 'note', text })),
  ]);
}

export interface AgendaEntry {
  readonly id: string;
  readonly halfDay: HalfDay;
  /** As they are said; '' where none is set. */
  readonly hours: string;
  readonly title: string;
  readonly room: string;
  readonly trainers: string;
}

/** The agenda of a workshop for its door: a table a half-day. */
export function agendaDocument(workshop: ListedWorkshop, items: readonly AgendaEntry[], { language, format, say }: PaperWords): Document {
  const halfDays = [...new Set(items.map(({ halfDay }) => halfDay))];
  const tables = halfDays.map((halfDay): Block => {
    const { day, half } = halfDayParts(halfDay, format);
    const here = items.filter((item) => item.halfDay === halfDay);
    // A column that nothing stands in says nothing.
    const columns = (['title', 'trainers', 'room'] as const).filter((column) => here.some((item) => item[column] !== ''));
    return {
      is: 'table',
      title: half === null ? day : say(`agenda.half.${half}`, { day }),
      rowHeading: say('agenda.hours'),
      columns: columns.map((column) => ({ heading: say(`agenda.${column}`), holds: 'words' })),
      rows: here.map((item) => ({ key: item.id, label: item.hours, cells: columns.map((column) => ({ text: item[column] })) })),
    };
  });
  return documentOf(language, [headingOf(workshop, say('agenda.name'), format), ...tables]);
}

function headingOf({ title, place, start, end }: ListedWorkshop, name: string, format: PaperWords['format']): Block {
  const lead = [name, format.days(start, end), place].filter((part) => part !== '').join(' · ');
  return { is: 'heading', level: 1, text: title, lead };
}

function documentOf(language: Language, blocks: Block[]): Document {
  return { language, blocks };
}
