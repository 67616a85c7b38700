import { fold } from '../../../kernel/text.ts';
import { institutionRelation, institutionWords } from '../../intake/institutions.ts';
import { comparedName, nameRelation, nameWords } from '../../intake/names.ts';
import type { ListedValues } from '../listed/listed-person.ts';
import type { ParticipantRow } from '../rules.ts';

/** One field of somebody known that a list says otherwise. */
export interface Change {
  readonly field: keyof ListedValues;
  readonly from: string;
  readonly to: string;
}

/**
 * Returns the changes that a row makes to the person that it names. A blank says nothing, and what is only written otherwise (capitals, marks, blanks, order) changes nothing but where
 * it is the richer spelling: KONE never takes the accent of KONÉ away. `divided`: the list parts family and given name itself.
 */
export function changesOf(before: ParticipantRow, values: ListedValues, divided: boolean): Change[] {
  const said = { ...values, ...namesSaid(before, values, divided) };
  return (Object.keys(said) as (keyof ListedValues)[]).flatMap((field) => {
    const [from, to] = [before[field] ?? '', said[field] ?? ''];
    return to === '' || !says(field, from, to) ? [] : [{ field, from, to }];
  });
}

/** Whether a value says anything that the one before does not. */
function says(field: keyof ListedValues, from: string, to: string): boolean {
  if (from === to) return false;
  if (from === '') return true;
  if (field === 'sex') return to !== 'notStated';
  if (field === 'phone') return from.replace(/\D/gu, '') !== to.replace(/\D/gu, '');
  if (field === 'institution' && fold(from) !== fold(to))
    return institutionRelation(institutionWords(from), institutionWords(to)) !== 'same' || nameWords(to).length > nameWords(from).length;
  if (field === 'familyName' || field === 'givenName' || field === 'institution')
    return !isWrittenOtherwise(from, to) || isRicher(to, from);
  // Capitals and the lines of a cell are put otherwise by every program that it passes through.
  return fold(from) !== fold(to);
}

/** Names that the list divides otherwise than the record, or shortens, say nothing. */
function namesSaid(before: ParticipantRow, values: ListedValues, divided: boolean): Partial<Record<'familyName' | 'givenName', string>> {
  const known = comparedName({ familyName: before.familyName ?? '', givenName: before.givenName ?? '' });
  const listed = comparedName({ familyName: values.familyName, givenName: values.givenName ?? '' });
  const nothing = { familyName: '', givenName: '' };
  if (known === null || listed === null) return {};
  const isSameCut =
    known.family.join('') === listed.family.join('') && (listed.given.length === 0 || known.given.join('') === listed.given.join(''));
  if (isSameCut) return {};
  const relation = nameRelation(known, listed);
  if (relation === 'turned' && divided) return {};
  if (relation === 'equal' || relation === 'turned') return nothing;
  if (relation === 'initials' || relation === 'close') {
    const [letters, knownLetters] = [listed.words.join('').length, known.words.join('').length];
    return divided && letters > knownLetters ? {} : nothing;
  }
  return {};
}

function isWrittenOtherwise(one: string, other: string): boolean {
  return nameWords(one).join('') === nameWords(other).join('');
}

/** Accents and letters of its own weigh; of two with as many the one that is not all in small letters, where the other is. */
function isRicher(one: string, other: string): boolean {
  const marks = (text: string): number => [...text.normalize('NFD')].filter((sign) => /[\p{M}đøßæœłıðþ]/iu.test(sign)).length;
  if (marks(one) !== marks(other)) return marks(one) > marks(other);
  return other === other.toLowerCase() && one !== one.toLowerCase();
}
