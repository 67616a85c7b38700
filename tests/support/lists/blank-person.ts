import { participant } from '../../../shared/model/people.ts';
import { filledFields, filledOf, type FilledField, type RowOf } from '../../../shared/model/records.ts';

type Row = Pick<RowOf<typeof participant>, FilledField<typeof participant>>;

/** A row of somebody of whom nothing is recorded. */
export const BLANK_ROW = Object.fromEntries(filledFields(participant).map((field) => [field, null])) as unknown as Row;

/** The same as calls answer and take it. */
export const BLANK_PERSON = filledOf(participant, BLANK_ROW);
