import { derivedId } from '../../../shared/kernel/ids.ts';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { answersSpace, CALENDAR, DIRECTORY, institutionSpace, LIBRARY, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { newRecordId } from '../../../shared/model/record-id.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import type { FieldValue, SpaceId } from '../../../shared/sync/types.ts';
import type { Dice } from '../../support/dice.ts';
import { kindOf, type Target } from '../../support/laptops/hostile-writer.ts';

/** Something that somebody writes and sees saved. */
export interface Written {
  readonly space: SpaceId;
  readonly type: string;
  readonly id: string;
  readonly record: Readonly<Record<string, FieldValue>>;
  /** It opens the space. */
  readonly genesis?: boolean;
}

/** The rights that a hostile device has, and what of the workshop it may write over, in words of our own: not those of the program. */
export interface HostileRights {
  readonly role: Role;
  readonly scope: (workshop: string) => string;
  touches(target: Target): boolean;
}

export const HOSTILE: readonly HostileRights[] = [
  { role: 'expert', scope: (id) => `workshop:${id}`, touches: ({ space, type }) => kindOf(space) === 'plan' && type === 'agendaItem' },
  { role: 'trainer', scope: () => 'country:CV', touches: () => false },
  { role: 'curriculum', scope: () => 'institution:i1', touches: () => false },
  { role: 'officer', scope: () => 'country:SN', touches: ({ space }) => kindOf(space) === 'plan' },
  { role: 'officer', scope: () => 'all', touches: ({ space }) => kindOf(space) === 'plan' },
  { role: 'trainer', scope: (id) => `workshop:${id}`, touches: () => true },
];

/** Rights that an administrator gives an honest laptop in mid-flight. */
export function newRights(dice: Dice, workshop: string): readonly [Role, string] {
  const scope = `workshop:${workshop}`;
  return dice.oneOf<readonly [Role, string]>([
    ['trainer', scope],
    ['expert', scope],
    ['coordinator', scope],
    ['coordinator', 'country:CV'],
    ['officer', scope],
    ['curriculum', 'institution:i1'],
    ['trainer', `workshop:${dice.id()}`],
  ]);
}

/** The three spaces of a workshop. */
export function workshopSpaces(id: string): readonly SpaceId[] {
  return [planSpace(id), peopleSpace(id), answersSpace(id)];
}

/** Where a hostile device writes: into these workshops, and into what belongs to all or to nobody. */
export function hostileSpaces(workshops: readonly string[]): readonly SpaceId[] {
  return [...workshops.flatMap(workshopSpaces), LIBRARY, CALENDAR, DIRECTORY, institutionSpace('i1'), 'workshop/nowhere', 'elsewhere'];
}

const HALF_DAYS = ['2021-07-12-AM', '2021-07-12-PM', '2021-07-13-AM'];

/** What honest people write in a workshop. */
export class HonestWork {
  readonly #dice: Dice;
  readonly #workshop: string;
  readonly #people: string[] = [];

  constructor(dice: Dice, workshop: string) {
    this.#dice = dice;
    this.#workshop = workshop;
  }

  /** The records that open a workshop. */
  opening(id: string): Written[] {
    const key = (): Record<string, FieldValue> => ({ activityId: id, key: this.#dice.hex(32) });
    const record = { name: 'Atelier', start: '2021-07-12', end: '2021-07-15', countries: ['SN'] };
    return [
      { space: planSpace(id), type: 'activity', id, record, genesis: true },
      { space: peopleSpace(id), type: 'roster', id: derivedId(nodeHasher, 'roster', id), record: key(), genesis: true },
      { space: answersSpace(id), type: 'answerBook', id: derivedId(nodeHasher, 'answerBook', id), record: key(), genesis: true },
    ];
  }

  addPerson(): Written {
    const space = peopleSpace(this.#workshop);
    const id = this.#idIn(space);
    this.#people.push(id);
    return { space, type: 'participant', id, record: { activityId: this.#workshop, familyName: this.#text() } };
  }

  /** Something that a laptop which holds these spaces can write; null: nothing comes to mind. `isCoordinator`: lists of people only. */
  next(here: ReadonlySet<SpaceId>, isCoordinator: boolean): Written | null {
    const activityId = this.#workshop;
    const [plan, people, answers] = [planSpace(activityId), peopleSpace(activityId), answersSpace(activityId)];
    const dice = this.#dice;
    const at = dice.upTo(isCoordinator ? 50 : 100);
    if (at < 20 && here.has(people)) return this.#mark();
    if (at < 40 && here.has(people))
      return { space: people, type: 'participant', id: dice.oneOf(this.#people), record: { familyName: this.#text() } };
    if (at < 50 && here.has(people)) return this.addPerson();
    if (at < 65 && here.has(plan)) return { space: plan, type: 'activity', id: activityId, record: { place: this.#text() } };
    if (at < 80 && here.has(plan))
      return { space: plan, type: 'agendaItem', id: this.#idIn(plan), record: { activityId, name: this.#text() } };
    if (at < 80 || !here.has(answers)) return null;
    const record = { activityId, formId: dice.id(), answers: { S1: this.#text() }, day: '2021-07-15' };
    return { space: answers, type: 'sheet', id: this.#idIn(answers), record };
  }

  #mark(): Written {
    const [personId, halfDay] = [this.#dice.oneOf(this.#people), this.#dice.oneOf(HALF_DAYS)];
    const activityId = this.#workshop;
    const status = this.#dice.oneOf(['present', 'late', 'absent', 'excused']);
    return {
      space: peopleSpace(activityId),
      type: 'mark',
      id: derivedId(nodeHasher, 'attendance', activityId, halfDay, personId),
      record: { activityId, personId, halfDay, status, method: this.#text() },
    };
  }

  #idIn(space: SpaceId): string {
    return newRecordId(space, this.#dice, nodeHasher);
  }

  #text(): string {
    return `N'GUESSAN ${this.#dice.hex(12)}`;
  }
}
