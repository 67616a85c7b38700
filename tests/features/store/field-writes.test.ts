import { describe, expect, it } from 'vitest';
import { activity } from '../../../shared/model/activity.ts';
import { participant } from '../../../shared/model/people.ts';
import { titleOf, titleValues } from '../../../shared/model/title.ts';
import { writesOf } from '../../../shared/model/field-writes.ts';

const ID = '00000000-0000-4000-8000-000000000001';

describe('field writes', () => {
  it('are one per register, personal ones erasable, and leave out what is undefined', () => {
    expect(writesOf(activity, ID, { title: { pt: 'Ateliê', fr: 'Atelier', es: undefined }, place: undefined, dateTbc: false })).toEqual([
      { entityType: 'activity', entityId: ID, field: 'title@fr', value: 'Atelier' },
      { entityType: 'activity', entityId: ID, field: 'title@pt', value: 'Ateliê' },
      { entityType: 'activity', entityId: ID, field: 'dateTbc', value: false },
    ]);
    expect(writesOf(participant, ID, { familyName: 'DIOP', country: null }, { familyName: ['a:0'], unknown: ['b:0'] })).toEqual([
      { entityType: 'participant', entityId: ID, field: 'familyName', value: 'DIOP', supersedes: ['a:0'], erasable: true },
      { entityType: 'participant', entityId: ID, field: 'country', value: null, erasable: true },
    ]);
  });

  it('of what the model does not allow are a bug', () => {
    const write = (values: object) => () => writesOf(activity, ID, values);
    expect(write({ colour: 'red' })).toThrow(RangeError);
    expect(write({ dateTbc: 'no' })).toThrow(RangeError);
    expect(write({ place: 'x'.repeat(501) })).toThrow(RangeError);
    expect(write({ title: 'Atelier' })).toThrow(RangeError);
    expect(write({ title: { de: 'Kurs' } })).toThrow(RangeError);
    expect(write({ toString: 'x' })).toThrow(RangeError);
  });
});

describe('a title', () => {
  it('comes back in the form it was given, and blanks what another form left behind', () => {
    expect(titleOf({ name: 'Atelier', title: '{"fr":"x"}' })).toBe('Atelier');
    expect(titleOf({ name: '', title: '{"fr":"Atelier","pt":""}' })).toEqual({ fr: 'Atelier' });
    expect(titleOf({ name: null, title: null })).toBe('');
    expect(titleValues('Atelier')).toEqual({ name: 'Atelier' });
    expect(titleValues('Atelier', { name: null, title: '{"fr":"x","es":""}' })).toEqual({ name: 'Atelier', title: { fr: '' } });
    expect(titleValues({ pt: 'Ateliê' }, { name: 'Atelier', title: '{"fr":"x"}' })).toEqual({ name: '', title: { fr: '', pt: 'Ateliê' } });
  });
});
