import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import type { KnownPerson } from '../../../shared/features/people/list/list-identity.ts';
import { planList, type ListPlan } from '../../../shared/features/people/list/list-plan.ts';
import { readPeople } from '../../../shared/features/people/list/read-list.ts';
import type { Source } from '../../../shared/kernel/source.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import type { Roster } from '../../../shared/model/derivations.ts';
import { BLANK_ROW } from './blank-person.ts';
import { sourceOf } from './lists.ts';

const ROSTER: Roster = { activityId: 'w1', rosterKey: '00112233445566778899aabbccddeeff' };

export interface PlanSaid {
  readonly options?: IntakeOptions;
  readonly languages?: readonly Language[];
}

/** What a list of lines (cells parted by `|`) or a file does to a workshop with these people; throws the code of a refusal. */
export function planOf(
  list: readonly string[] | Source,
  known: readonly KnownPerson[] = [],
  { options = {}, languages = ['fr'] }: PlanSaid = {},
): ListPlan {
  const source = 'sheets' in list ? list : sourceOf(list);
  const read = readPeople(source, options, { languages });
  if (!read.ok) throw new Error(read.refusal.code);
  const planned = planList(source, read.value, { known, roster: ROSTER, hasher: nodeHasher, options });
  if (!planned.ok) throw new Error(planned.refusal.code);
  const { cells, taken, asked, left } = planned.value.account;
  if (cells !== taken + asked + left) throw new Error('the account does not add up');
  return planned.value;
}

/** The people of a workshop after a plan. */
export function after(planned: ListPlan, before: readonly KnownPerson[] = []): KnownPerson[] {
  const people = new Map(before.map((person) => [person.id, person]));
  for (const { id, values } of planned.additions) people.set(id, { ...BLANK_ROW, ...people.get(id), ...values, id, live: true });
  for (const { id, values } of planned.updates) people.set(id, { ...people.get(id)!, ...values });
  return [...people.values()];
}

/** The people whom lists made, one after the other. */
export function known(...lists: readonly (readonly string[])[]): KnownPerson[] {
  return lists.reduce<KnownPerson[]>((people, list) => after(planOf(list, people), people), []);
}

/** What becomes of each row: `2 new`, `3 same names.email`, `4 change institution`, `5 ask person.homonyms`. */
export function told(planned: ListPlan): string[] {
  return planned.rows.map(({ row, does, why, changes }) =>
    [row, does, ...(does === 'change' ? changes.map(({ field }) => field) : does === 'new' && why === 'person.nobody' ? [] : [why])].join(
      ' ',
    ),
  );
}
