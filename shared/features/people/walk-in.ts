import type { Id } from '../../kernel/ids.ts';
import type { Sex } from '../../model/vocabularies.ts';
import { indexPeople, type KnownIdentity } from '../intake/people-index.ts';
import { whoIs } from '../intake/who.ts';
import { orderVote, partName } from './listed/name-order.ts';
import { writtenName } from './person-name.ts';

/** Somebody at the door, by the one name that was typed. */
export interface WalkIn {
  readonly familyName: string;
  readonly givenName: string;
  /** What a title before the name says. */
  readonly sex: Sex | null;
  /** False where only a guess says which word is the family name. */
  readonly sure: boolean;
  /** People of the list that this may be, likeliest first, each with why. */
  readonly candidates: readonly { readonly id: Id; readonly why: string }[];
}

/**
 * Parts a name typed in one field and says who of the list it may be. `turned`: the other part is the family name. Where nothing in the name tells, the family name comes
 * first, as in the list.
 */
export function recogniseWalkIn(
  typed: string,
  { country, turned, people }: { readonly country: string | null; readonly turned: boolean; readonly people: readonly KnownIdentity[] },
): WalkIn {
  const { text, sex } = writtenName(typed, () => false);
  const parts = partName(text, orderVote(text) > 0 ? 'givenFirst' : 'familyFirst');
  const [familyName, givenName] =
    turned && parts.givenName !== '' ? [parts.givenName, parts.familyName] : [parts.familyName, parts.givenName];
  const sure = turned || parts.by !== 'order';
  if (familyName === '') return { familyName, givenName, sex, sure, candidates: [] };
  const who = whoIs({ familyName, givenName, country: country ?? '' }, indexPeople(people));
  const candidates =
    who.is === 'same'
      ? [{ id: who.id, why: who.why }]
      : who.is === 'ask'
        ? who.candidates.map(({ id, why }) => ({ id, why }))
        : who.near.map((id) => ({ id, why: who.why }));
  return { familyName, givenName, sex, sure, candidates };
}
