import { describe, expect, it } from 'vitest';
import { ROLES } from '../../../shared/features/sync/reading.ts';
import { authorise, mayWrite, type Facts, type Verdict } from '../../../shared/features/sync/rights.ts';
import { ENTITIES } from '../../../shared/model/entities.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { ERASED, REFUSED, RULED_TYPE } from '../../../shared/sync/merge.ts';
import type { Op, SpaceId } from '../../../shared/sync/types.ts';
import { ELSEWHERE, HERE, NEW, RECORD, actor, changeSet, factsWith, spaceOf } from './asked-rights.ts';
import { ERASES, KINDS, OPENS_WORKSHOPS, PLACES, REACHED, reaches, shallShow, type Place } from './expected-rights.ts';

/** The rules beside the table of who may write what, each where it alone decides. */

const OWNERSHIPS = ['new', 'own', 'other'] as const;
const TYPES = [...ENTITIES.map(({ type }) => type), 'newerThing'];
const OTHER = '00000000-0000-4000-8000-00000000000c';

function placed({ name, kind, workshop }: Place): { space: SpaceId; id: string } {
  const id = workshop === 'elsewhere' ? ELSEWHERE : HERE;
  return { space: workshop === null ? name : spaceOf(kind, id), id };
}

function scopeOf(name: string): string {
  return name === 'workshop:HERE' ? `workshop:${HERE}` : name;
}

describe('the table', () => {
  it('is gone by for every role with every scope: what is written in every place, of whose records', () => {
    let looked = 0;
    for (const role of ROLES) {
      for (const scope of Object.keys(REACHED)) {
        for (const place of PLACES) {
          const { space, id } = placed(place);
          for (const entityType of TYPES) {
            for (const ownership of OWNERSHIPS) {
              const write = changeSet(space, [{ entityType, entityId: entityType === 'activity' ? id : RECORD, field: '_deleted' }]);
              const verdict = authorise(actor(role, scopeOf(scope)), write, factsWith(ownership, space));
              const says = `${role} ${scope} in ${place.name}: ${entityType} ${ownership}`;
              expect(verdict === null, says).toBe(shallShow(role, scope, place, entityType, ownership));
              if (!reaches(role, scope, place)) expect(verdict, says).toBe('sync.spaceClosed');
              looked++;
            }
          }
        }
      }
    }
    expect(looked).toBeGreaterThan(5_000);
  });

  it('says before anything is written what it says of the change-set', () => {
    for (const role of ROLES) {
      for (const scope of Object.keys(REACHED).map(scopeOf)) {
        for (const kind of KINDS) {
          for (const workshop of [HERE, ELSEWHERE, NEW]) {
            const space = spaceOf(kind, workshop);
            for (const { type, spaces } of ENTITIES.filter((one) => one.spaces.includes(kind))) {
              for (const ownership of OWNERSHIPS) {
                const facts = factsWith(ownership, space);
                const entityId = type === 'activity' ? workshop : RECORD;
                const said = mayWrite(actor(role, scope), space, { entityType: type, record: facts.record(type, entityId) }, facts);
                const written = authorise(actor(role, scope), changeSet(space, [{ entityType: type, entityId }]), facts);
                expect(said, `${role} ${scope} ${space} ${type} ${ownership} ${spaces.length}`).toBe(written);
              }
            }
          }
        }
      }
    }
  });
});

describe('a change-set', () => {
  it('is refused as a whole wherever in it the one op is that is not allowed', () => {
    const space = planSpace(HERE);
    const [allowed, not] = [
      { entityType: 'agendaItem', field: 'room' },
      { entityType: 'activity', entityId: HERE, field: 'name' },
    ];
    for (const ops of [[not], [not, allowed], [allowed, not], [allowed, not, allowed], [allowed, allowed, not]])
      expect(authorise(actor('expert', 'all'), changeSet(space, ops), factsWith('other', space))).toBe('sync.notEntitled');
    expect(authorise(actor('expert', 'all'), changeSet(space, [allowed, allowed]), factsWith('other', space))).toBeNull();
  });

  it('is judged write by write, though two records of different types have one id', () => {
    let differ = 0;
    for (const role of ROLES) {
      for (const kind of KINDS) {
        const space = spaceOf(kind, HERE);
        const types = ENTITIES.filter(({ spaces }) => spaces.includes(kind)).map(({ type }) => type);
        for (const first of types) {
          for (const second of types) {
            const verdict = (...of: string[]): Verdict | null => {
              const ops = of.map((entityType) => ({ entityType, entityId: HERE, field: '_deleted' }));
              return authorise(actor(role, 'all'), changeSet(space, ops), factsWith('other', space));
            };
            if (first === second) continue;
            expect(verdict(first, second), `${role} ${space} ${first} ${second}`).toBe(verdict(first) ?? verdict(second));
            if (verdict(first) !== verdict(second)) differ++;
          }
        }
      }
    }
    expect(differ).toBeGreaterThan(4);
  });

  it('rules nothing, whatever its kind and whoever makes it', () => {
    const space = peopleSpace(HERE);
    const facts = factsWith('own', space);
    const verdict = (op: Partial<Op>, kind: 'data' | 'reissue' | 'refuse' | 'erase'): Verdict | null =>
      authorise(actor('administrator', 'all'), changeSet(space, [op], kind), facts);
    const refusal = { entityType: RULED_TYPE, entityId: 'd'.repeat(64), field: REFUSED };
    for (const kind of ['data', 'reissue', 'refuse', 'erase'] as const) {
      const about = { ...factsWith('new', space) };
      expect(authorise(actor('administrator', 'all'), changeSet(space, [refusal], kind), about), kind).toBe('sync.kindNotAllowed');
    }
    for (const kind of ['data', 'reissue', 'refuse'] as const)
      expect(verdict({ entityType: 'participant', field: ERASED }, kind), kind).toBe('sync.kindNotAllowed');
    for (const kind of ['refuse', 'erase'] as const)
      expect(verdict({ entityType: 'participant', field: 'position' }, kind), kind).toBe('sync.kindNotAllowed');
  });

  it('writes a register of an answer sheet once', () => {
    const space = answersSpace(HERE);
    const sheet = (...ops: readonly Partial<Op>[]): Verdict | null =>
      authorise(
        actor('trainer', 'all'),
        changeSet(
          space,
          ops.map((op) => ({ entityType: 'sheet', field: 'day', ...op })),
        ),
        factsWith('new', space),
      );
    expect(sheet({}, {})).toBe('sync.appendOnly');
    expect(sheet({}, { field: 'wave' }, { entityId: OTHER })).toBeNull();
    expect(sheet({ field: 'wave' }, { supersedes: [`${'d'.repeat(64)}:0`] })).toBe('sync.appendOnly');
  });

  it('names no workshop where there is none to name, and what is redacted or of a newer program is not asked', () => {
    const named = (entityType: string, content: Op['content']): Verdict | null =>
      authorise(
        actor('administrator', 'all'),
        changeSet(planSpace(HERE), [{ entityType, field: 'activityId', content }]),
        factsWith('own', planSpace(HERE)),
      );
    expect(named('agendaItem', { form: 'plain', value: HERE })).toBeNull();
    expect(named('agendaItem', { form: 'plain', value: ELSEWHERE })).toBe('sync.wrongSpace');
    expect(named('agendaItem', { form: 'redacted', digest: 'd'.repeat(64) })).not.toBe('sync.wrongSpace');
    expect(named('newerThing', { form: 'plain', value: ELSEWHERE })).toBeNull();
  });
});

describe('erasing a person', () => {
  const space = peopleSpace(HERE);
  const person: Partial<Op> = { entityType: 'participant', field: ERASED };
  const asked = (
    role: (typeof ROLES)[number],
    ops: readonly Partial<Op>[],
    more: { facts?: Partial<Facts>; space?: SpaceId; scope?: string } = {},
  ): Verdict | null =>
    authorise(actor(role, more.scope ?? 'all'), changeSet(more.space ?? space, ops, 'erase'), {
      ...factsWith('other', space),
      ...more.facts,
    });

  it('is for whose task lists of people are, and for who opened the workshop', () => {
    const mine = { workshop: () => ({ countries: ['SN'], creator: 'me' }) };
    for (const role of ROLES) {
      const reads = role !== 'expert' && role !== 'curriculum';
      expect(asked(role, [person]), role).toBe(!reads ? 'sync.spaceClosed' : ERASES[role] ? null : 'sync.notEntitled');
      expect(asked(role, [person], { facts: mine }) === null, role).toBe(reads);
    }
    expect(asked('coordinator', [person], { scope: 'country:FR' })).toBe('sync.spaceClosed');
    // Of a workshop that nobody has opened: it would be their own.
    for (const role of ROLES)
      expect(asked(role, [person], { facts: { workshop: () => null } }), role).toBe(OPENS_WORKSHOPS[role] ? null : 'sync.spaceClosed');
  });

  it('is of people alone, in the space where they are, and writes nothing else', () => {
    for (const ops of [
      [{ ...person, entityType: 'mark' }],
      [{ ...person, field: 'familyName' }],
      [person, { ...person, entityType: 'mark' }],
      [{ ...person, entityType: 'mark' }, person],
    ])
      expect(asked('coordinator', ops)).toBe('sync.kindNotAllowed');
    for (const record of [null, { space: peopleSpace(ELSEWHERE), creator: 'somebody' }])
      expect(asked('coordinator', [person], { facts: { record: () => record } })).toBe('sync.wrongSpace');
    const oneIsHere = { record: (_: string, id: string) => (id === OTHER ? null : { space: peopleSpace(HERE), creator: 'somebody' }) };
    for (const people of [
      [person, { ...person, entityId: OTHER }],
      [{ ...person, entityId: OTHER }, person],
    ])
      expect(asked('coordinator', people, { facts: oneIsHere })).toBe('sync.wrongSpace');
    for (const elsewhere of [answersSpace(HERE), planSpace(HERE)]) {
      const there = { record: () => ({ space: elsewhere, creator: 'somebody' }) };
      expect(asked('coordinator', [person], { space: elsewhere, facts: there })).toBe('sync.kindNotAllowed');
    }
  });
});
