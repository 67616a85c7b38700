import { activity, agendaItem } from '../../model/activity.ts';
import { filledFields, type FilledField, type FilledOf } from '../../model/records.ts';

/** The fields of a workshop and of its sessions, in the order of forms and histories: what was filled in first stands first, what the model gains follows. */

export type WorkshopField = FilledField<typeof activity>;
/** The fields that are filled in of a workshop, without its days, which have a dialog of their own. */
export type DetailField = Exclude<WorkshopField, 'start' | 'end'>;
export type ItemField = FilledField<typeof agendaItem>;

export const DETAIL_FIELDS = inFront<WorkshopField>(['languages', 'countries'], filledFields(activity)).filter(isDetail);
export const ITEM_FIELDS = inFront<ItemField>(['start', 'end', 'trainers', 'room'], filledFields(agendaItem));

/** Returns the values of a workshop's detail fields, from one as the calls answer it. */
export function detailsOf(workshop: FilledOf<typeof activity>): Pick<FilledOf<typeof activity>, DetailField> {
  return Object.fromEntries(DETAIL_FIELDS.map((field) => [field, workshop[field]])) as Pick<FilledOf<typeof activity>, DetailField>;
}

/** Returns the values of a session's filled-in fields, from one as the calls answer it. */
export function itemFieldsOf<I extends Pick<FilledOf<typeof agendaItem>, ItemField>>(item: I): Pick<I, ItemField> {
  return Object.fromEntries(ITEM_FIELDS.map((field) => [field, item[field]])) as Pick<I, ItemField>;
}

function isDetail(field: WorkshopField): field is DetailField {
  return activity.fields[field].input !== 'day';
}

function inFront<F extends string>(first: readonly F[], fields: readonly F[]): readonly F[] {
  return [...first, ...fields.filter((field) => !first.includes(field))];
}
