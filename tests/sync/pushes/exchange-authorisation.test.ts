import { derivedId } from '../../../shared/kernel/ids.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { describe, expect, it } from 'vitest';
import { authorise, mayOpen, mayRead, type Facts } from '../../../shared/features/sync/rights.ts';
import { PERMITS } from '../../../shared/features/sync/permits.ts';
import { ROLES } from '../../../shared/features/sync/reading.ts';
import { ENTITIES } from '../../../shared/model/entities.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import type { ChangeSet, FieldValue } from '../../../shared/sync/types.ts';
import { ELSEWHERE, HERE, NEW, RECORD, actor, changeSet, factsWith, spaceOf } from '../acceptance/asked-rights.ts';
import { KINDS, OPENS_WORKSHOPS, READABLE, WRITABLE, mayWrite, type Ownership } from '../acceptance/expected-rights.ts';

/** SYNC, *Who may do what*; TRUST, *Nobody sees what is not theirs* 5: the matrix of role x space x entity type x field x own/other. */

describe('writing', () => {
  for (const role of ROLES) {
    it(`${role}: every entity type, field and ownership in every kind of space`, () => {
      let looked = 0;
      for (const kind of KINDS) {
        const space = spaceOf(kind, HERE);
        for (const { type, spaces, fields } of ENTITIES) {
          for (const field of [...Object.keys(fields), '_deleted', 'fieldOfANewerProgram']) {
            for (const ownership of ['new', 'own', 'other'] as const) {
              const entityId = type === 'activity' ? HERE : RECORD;
              const verdict = authorise(
                actor(role, 'all'),
                changeSet(space, [{ entityType: type, entityId, field }]),
                factsWith(ownership, space),
              );
              const allowed = mayWrite(role, kind, type, ownership, true);
              const wanted = !READABLE[role].includes(kind)
                ? 'sync.spaceClosed'
                : !spaces.includes(kind)
                  ? 'sync.wrongSpace'
                  : allowed
                    ? null
                    : 'sync.notEntitled';
              expect(verdict, `${role} ${kind} ${type}.${field} ${ownership}`).toBe(wanted);
              looked++;
            }
          }
        }
      }
      expect(looked).toBeGreaterThan(1_500);
    });
  }

  it('a record of a newer program goes where the role writes everything, and nowhere else', () => {
    for (const role of ROLES) {
      for (const kind of KINDS) {
        const space = spaceOf(kind, HERE);
        const verdict = authorise(actor(role, 'all'), changeSet(space, [{ entityType: 'newerThing' }]), factsWith('new', space));
        expect(verdict === null, `${role} ${kind}`).toBe(WRITABLE[role][kind] === 'everything');
      }
    }
  });

  it('an institution does not overwrite the central courses', () => {
    const facts = factsWith('other', 'library');
    const write = changeSet('library', [{ entityType: 'course', field: 'code' }]);
    expect(authorise(actor('curriculum', 'institution:ENM'), write, facts)).toBe('sync.notEntitled');
    expect(authorise(actor('curriculum', 'all'), write, facts)).toBeNull();
    expect(
      authorise(actor('curriculum', 'institution:ENM'), changeSet('institution/ENM', [{ entityType: 'course' }]), factsWith('new', '')),
    ).toBeNull();
  });

  it('one op that is not allowed refuses the whole', () => {
    const space = planSpace(HERE);
    const set = changeSet(space, [
      { entityType: 'agendaItem', field: 'room' },
      { entityType: 'activity', entityId: HERE, field: 'name' },
    ]);
    expect(authorise(actor('expert', 'all'), set, factsWith('other', space))).toBe('sync.notEntitled');
  });

  it('a record stays in its space, and an activity in its own', () => {
    const set = changeSet(planSpace(HERE), [{ entityType: 'agendaItem', field: 'room' }]);
    expect(authorise(actor('trainer', 'all'), set, factsWith('own', planSpace(ELSEWHERE)))).toBe('sync.wrongSpace');
    const foreign = changeSet(planSpace(HERE), [{ entityType: 'activity', entityId: ELSEWHERE, field: 'name' }]);
    expect(authorise(actor('trainer', 'all'), foreign, factsWith('new', ''))).toBe('sync.wrongSpace');
    const people = changeSet(planSpace(HERE), [{ entityType: 'participant', field: 'familyName' }]);
    expect(authorise(actor('expert', 'all'), people, factsWith('new', ''))).toBe('sync.wrongSpace');
  });

  it('a workshop is opened under an id of the opener alone, and nobody else begins its spaces', () => {
    const replica = 'a'.repeat(32);
    const bound = newWorkshopId(replica, nodeRandom, nodeHasher);
    const strangers = newWorkshopId('b'.repeat(32), nodeRandom, nodeHasher);
    for (const spaceIn of [planSpace, peopleSpace, answersSpace]) {
      for (const [id, wanted] of [
        [bound, null],
        [strangers, 'sync.spaceClosed'],
        [NEW, null],
      ] as const) {
        const opening = changeSet(spaceIn(id), [{ entityType: 'newerThing' }], 'genesis');
        expect(authorise(actor('trainer', 'all'), opening, factsWith('new', '')), spaceIn(id)).toBe(wanted);
      }
      const again = changeSet(spaceIn(strangers), [{ entityType: 'newerThing' }], 'genesis');
      const known = { ...factsWith('new', ''), workshop: () => ({ countries: ['SN'], creator: 'somebody' }) };
      expect(authorise(actor('trainer', 'all'), again, known)).toBe('sync.notEntitled');
    }
  });

  it('a record of a workshop names no other one, and an id that follows from values is its own', () => {
    const person = '00000000-0000-4000-8000-00000000000b';
    for (const { type, spaces, fields } of ENTITIES) {
      if (!('activityId' in fields)) continue;
      for (const kind of spaces) {
        // An institution's own id is no workshop's.
        for (const value of [ELSEWHERE, NEW, 'ENM', '', 7, null]) {
          const entityId = RECORD;
          const named = changeSet(spaceOf(kind, HERE), [
            { entityType: type, entityId, field: 'activityId', content: { form: 'plain', value } },
          ]);
          expect(authorise(actor('administrator', 'all'), named, factsWith('own', spaceOf(kind, HERE))), `${type} ${kind} ${value}`).toBe(
            value === null ? null : 'sync.wrongSpace',
          );
        }
      }
    }
    const mark = (entityId: string, values: Readonly<Record<string, FieldValue>>): ChangeSet =>
      changeSet(
        peopleSpace(HERE),
        Object.entries(values).map(([field, value]) => ({ entityType: 'mark', entityId, field, content: { form: 'plain', value } })),
      );
    const identity = { activityId: HERE, halfDay: '2026-03-02-AM', personId: person };
    const own = derivedId(nodeHasher, 'attendance', HERE, '2026-03-02-AM', person);
    const elsewhere = derivedId(nodeHasher, 'attendance', ELSEWHERE, '2026-03-02-AM', person);
    const verdict = (set: ChangeSet, ownership: Ownership): string | null =>
      authorise(actor('trainer', 'all'), set, factsWith(ownership, peopleSpace(HERE)));
    expect(verdict(mark(own, { ...identity, status: 'present' }), 'new')).toBeNull();
    expect(verdict(mark(own, { status: 'late' }), 'other')).toBeNull();
    // The id of somebody else's cell, with its values or without.
    expect(verdict(mark(elsewhere, { ...identity, status: 'present' }), 'new')).toBe('sync.wrongSpace');
    expect(verdict(mark(elsewhere, { status: 'present' }), 'new')).toBe('sync.wrongSpace');
    for (const [field, value] of [
      ['halfDay', '2026-03-02-PM'],
      ['personId', RECORD],
      ['personId', null],
    ] as const) {
      expect(verdict(mark(own, { ...identity, [field]: value }), 'other')).toBe('sync.wrongSpace');
      expect(verdict(mark(own, { [field]: value }), 'other')).toBe('sync.wrongSpace');
    }
    for (const type of ['roster', 'answerBook'] as const) {
      const space = type === 'roster' ? peopleSpace(HERE) : answersSpace(HERE);
      const one = (of: string): ChangeSet =>
        changeSet(space, [
          { entityType: type, entityId: derivedId(nodeHasher, type, of), field: 'activityId', content: { form: 'plain', value: HERE } },
        ]);
      expect(authorise(actor('trainer', 'all'), one(HERE), factsWith('new', ''))).toBeNull();
      expect(authorise(actor('trainer', 'all'), one(ELSEWHERE), factsWith('new', ''))).toBe('sync.wrongSpace');
    }
  });

  it('only the repository rules, and answers are written once', () => {
    const space = answersSpace(HERE);
    for (const kind of ['refuse', 'erase'] as const) {
      expect(authorise(actor('administrator', 'all'), changeSet(space, [{}], kind), factsWith('new', space))).toBe('sync.kindNotAllowed');
    }
    const over = changeSet(space, [{ entityType: 'sheet', field: 'day', supersedes: [`${'d'.repeat(64)}:0`] }]);
    expect(authorise(actor('trainer', 'all'), over, factsWith('own', space))).toBe('sync.appendOnly');
    const apart = changeSet(space, [{ entityType: 'sheet', field: 'day' }]);
    expect(authorise(actor('trainer', 'all'), apart, factsWith('other', space))).toBeNull();
  });

  it('a value that is not of the model is refused; null clears', () => {
    const space = planSpace(HERE);
    const countries = (value: FieldValue): ChangeSet =>
      changeSet(space, [{ entityType: 'activity', entityId: HERE, field: 'countries', content: { form: 'plain', value } }]);
    expect(authorise(actor('trainer', 'all'), countries(5), factsWith('own', space))).toBe('sync.valueInvalid');
    expect(authorise(actor('trainer', 'all'), countries(['SN']), factsWith('own', space))).toBeNull();
    expect(authorise(actor('trainer', 'all'), countries(null), factsWith('own', space))).toBeNull();
  });

  it('every row of the table has a reason and names a kind that its role reads', () => {
    for (const { role, space, because } of PERMITS) {
      expect(because.length).toBeGreaterThan(5);
      expect(READABLE[role]).toContain(space);
    }
  });
});

describe('reading', () => {
  const facts = factsWith('new', '');
  /** Scope -> which workshops it reaches. */
  const REACH: readonly (readonly [scope: string, here: boolean, elsewhere: boolean, institution: boolean])[] = [
    ['all', true, true, true],
    ['country:SN', true, false, false],
    ['country:FR', false, true, false],
    ['country:DE', false, false, false],
    [`workshop:${HERE}`, true, false, false],
    ['institution:ENM', false, false, true],
    ['institution:OTHER', false, false, false],
  ];

  it('role x scope x kind of space', () => {
    for (const role of ROLES) {
      for (const [scope, here, elsewhere, institution] of REACH) {
        for (const kind of KINDS) {
          for (const workshop of [HERE, ELSEWHERE]) {
            const reached =
              kind === 'library' || kind === 'calendar'
                ? true
                : kind === 'institution'
                  ? institution
                  : kind === 'directory'
                    ? scope === 'all'
                    : workshop === HERE
                      ? here
                      : elsewhere;
            const wanted = READABLE[role].includes(kind) && reached;
            expect(mayRead(actor(role, scope), spaceOf(kind, workshop), facts), `${role} ${scope} ${kind} ${workshop}`).toBe(wanted);
          }
        }
      }
    }
  });

  it('who created a workshop reads it, whatever the scope; nobody reads a space that is none of ours', () => {
    const mine: Facts = { ...facts, workshop: () => ({ countries: [], creator: 'me' }) };
    expect(mayRead(actor('trainer', 'country:DE'), peopleSpace(ELSEWHERE), mine)).toBe(true);
    expect(mayRead(actor('expert', 'workshop:x'), peopleSpace(ELSEWHERE), mine)).toBe(false);
    for (const space of ['', 'secret', 'workshop/x', `workshop/${HERE}/other`, `workshop/${HERE}/plan/x`, '__proto__']) {
      expect(mayRead(actor('administrator', 'all'), space, facts), space).toBe(false);
    }
  });

  it('a workshop that nobody has opened is closed to who may not open one, whatever the scope', () => {
    for (const role of ROLES) {
      const verdict = authorise(actor(role, 'all'), changeSet(planSpace(NEW), [{ entityType: 'agendaItem' }]), facts);
      expect(verdict, role).toBe(OPENS_WORKSHOPS[role] ? null : 'sync.spaceClosed');
    }
  });

  it('only some roles open a workshop, and only one that the repository does not know', () => {
    for (const role of ROLES) {
      expect(mayOpen(actor(role, 'country:DE'), planSpace(NEW), facts)).toBe(OPENS_WORKSHOPS[role]);
      expect(mayOpen(actor(role, 'all'), planSpace(HERE), facts)).toBe(false);
      expect(mayOpen(actor(role, 'all'), 'institution/NEW', facts)).toBe(false);
    }
  });
});
