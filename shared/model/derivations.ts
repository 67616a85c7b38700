import type { HalfDay } from '../kernel/dates.ts';
import { derivedId, ID_PATTERN, type Id } from '../kernel/ids.ts';
import type { Hasher } from '../kernel/ports.ts';
import type { Derivation } from '../sync/pack/frame-layout.ts';
import type { ChangeSet, Op } from '../sync/types.ts';
import { derivedRecordId } from './record-id.ts';
import { answersSpace, peopleSpace } from './spaces.ts';
import type { AwardKind, Wave } from './vocabularies.ts';

/** The derivations of ids from values written with them, so that a pack need not carry these ids. Each as the model makes it, see `mark`. */
export const DERIVATIONS: readonly Derivation[] = [
  { type: 'mark', namespace: 'attendance', fields: ['activityId', 'halfDay', 'personId'] },
];

/** The id of a cell's mark: two laptops that mark one cell write one entity. */
export function markId(hasher: Hasher, { activityId, halfDay, personId }: MarkedCell): Id {
  return derivedId(hasher, 'attendance', activityId, halfDay, personId);
}

/** The id of a workshop's roster, of which there is one. */
export function rosterId(hasher: Hasher, activityId: Id): Id {
  return derivedId(hasher, 'roster', activityId);
}

/** The id of the book that holds the secret of a workshop's answers; there is one. */
export function answerBookId(hasher: Hasher, activityId: Id): Id {
  return derivedId(hasher, 'answerBook', activityId);
}

/** The id of what a kind of certificate of a workshop is given for, as its Open Badges name it. */
export function badgeAchievementId(hasher: Hasher, activityId: Id, kind: AwardKind): Id {
  return derivedId(hasher, 'itinera open badge achievement', activityId, kind);
}

/** The id of an Open Badge by the number on its paper: that of the record says more. */
export function numberedBadgeId(hasher: Hasher, number: string): Id {
  return derivedId(hasher, 'itinera open badge', number);
}

/** The id of a person by what a workshop's list says of them (`parts`): two laptops that import one list make one person. */
export function listedPersonId(hasher: Hasher, { activityId, rosterKey }: Roster, ...parts: readonly string[]): Id {
  return derivedRecordId(peopleSpace(activityId), hasher, 'participant', rosterKey, ...parts);
}

/** A workshop, and the secret of its list of people. */
export interface Roster {
  readonly activityId: Id;
  readonly rosterKey: string;
}

/** The id of what was said of two records of a workshop, whichever is named first. */
export function personLinkId(hasher: Hasher, activityId: Id, a: Id, b: Id): Id {
  return derivedId(hasher, 'personLink', activityId, ...(a < b ? [a, b] : [b, a]));
}

/** The id of what was said of files of one form. */
export function intakeFormId(hasher: Hasher, activityId: Id, kind: string, form: string): Id {
  return derivedId(hasher, 'intakeForm', activityId, kind, form);
}

/** The id of a test sheet: two laptops that take one person's test from one list write one sheet. */
export function testSheetId(hasher: Hasher, activityId: Id, formId: Id, wave: Wave | null, personId: Id): Id {
  return derivedRecordId(answersSpace(activityId), hasher, 'sheet', formId, wave ?? '', personId);
}

/** The id of what a country answered: two laptops that take one file write one sheet. */
export function countrySheetId(hasher: Hasher, activityId: Id, formId: Id, country: string): Id {
  return derivedRecordId(answersSpace(activityId), hasher, 'sheet', formId, 'country', country);
}

/** The id that an anonymous sheet with a printed token had once; without the secret of the workshop's answers it tells no token. */
export function tokenSheetId(hasher: Hasher, bookKey: string, formId: Id, token: string): Id {
  return derivedId(hasher, 'sheet', bookKey, formId, token);
}

/**
 * The id of an anonymous sheet by its place among the sheets of its batch, in an order that follows from the answers alone: two laptops that import one file write the
 * same sheets, and the next group's file, numbered from 1 again, other ones. It tells nothing that the answers do not tell, so it needs no secret.
 */
export function batchSheetId(hasher: Hasher, activityId: Id, formId: Id, batch: string, place: number): Id {
  return derivedRecordId(answersSpace(activityId), hasher, 'sheet', formId, 'batch', batch, String(place));
}

/** The id of an anonymous sheet that bears a token which nobody can guess, whatever file it comes in. */
export function drawnSheetId(hasher: Hasher, activityId: Id, formId: Id, token: string): Id {
  return derivedRecordId(answersSpace(activityId), hasher, 'sheet', formId, 'token', token);
}

/** The id of a sheet that takes another's place: two laptops that read one corrected list write one correction. `content`: what it says, in one form. */
export function correctionSheetId(hasher: Hasher, activityId: Id, corrects: Id, content: string): Id {
  return derivedRecordId(answersSpace(activityId), hasher, 'sheet', corrects, 'correction', content);
}

/** Where a mark stands in the sheet of a workshop. */
export interface MarkedCell {
  readonly activityId: Id;
  readonly halfDay: HalfDay;
  readonly personId: Id;
}

/** Every id that follows from values written with it; what calls itself so must be it. */
const IDS: ReadonlyMap<string, Derivation> = new Map(
  [
    ...DERIVATIONS,
    { type: 'personLink', namespace: 'personLink', fields: ['activityId', 'first', 'second'] },
    { type: 'intakeForm', namespace: 'intakeForm', fields: ['activityId', 'kind', 'form'] },
    { type: 'roster', namespace: 'roster', fields: ['activityId'] },
    { type: 'answerBook', namespace: 'answerBook', fields: ['activityId'] },
  ].map((derivation) => [derivation.type, derivation]),
);

/**
 * Whether a change-set gives an entity an id that is not its own: an id follows from fields of the record, and these are written with it or not at all.
 * `isNew`: nothing effective was written to it before; then they must be there. False for types whose ids follow from nothing, and for ids of another
 * form (`derivedId` makes UUIDv8): no record of anybody's has these.
 */
export function hasForeignId({ ops }: Pick<ChangeSet, 'ops'>, { entityType, entityId }: Op, isNew: boolean, hasher: Hasher): boolean {
  const derivation = IDS.get(entityType);
  if (!derivation || entityId[14] !== '8' || !ID_PATTERN.test(entityId)) return false;
  const written = derivation.fields.map(
    (field) => ops.find((op) => op.entityId === entityId && op.entityType === entityType && op.field === field)?.content,
  );
  if (written.every((content) => content === undefined)) return isNew;
  const parts = written.flatMap((content) => (content?.form === 'plain' && typeof content.value === 'string' ? [content.value] : []));
  return parts.length < written.length || derivedId(hasher, derivation.namespace, ...parts) !== entityId;
}
