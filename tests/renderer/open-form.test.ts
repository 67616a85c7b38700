import { describe, expect, it } from 'vitest';
import { followed, openForm, taken, touched, type Arrived } from '../../renderer/desktop/app/open-form.ts';

interface Plan {
  readonly title: string;
  readonly place: string;
}

const arrived = (title: string, place: string, ids: readonly [title: string, place: string]): Arrived<Plan> => ({
  fields: { title, place },
  seen: { name: [ids[0]], place: [ids[1]] },
  registersOf: (field) => (field === 'title' ? ['name', 'title@fr'] : [field]),
});
const opened = openForm(arrived('Atelier', 'Dakar', ['t1', 'p1']));

describe('a form that is open while its record changes', () => {
  it('follows in what was not touched, and names what it shows then', () => {
    const form = followed(opened, arrived('Atelier', 'Saly', ['t1', 'p2']));
    expect(form).toMatchObject({ fields: { place: 'Saly' }, seen: { place: ['p2'] }, changed: [] });
    expect(touched(form)).toEqual({});
  });

  it('keeps what was typed, says what changed, and still names what it showed when that was typed', () => {
    const typed = { ...opened, fields: { ...opened.fields, place: 'Thiès' } };
    const form = followed(typed, arrived('Atelier B', 'Saly', ['t2', 'p2']));
    expect(form).toMatchObject({
      fields: { title: 'Atelier B', place: 'Thiès' },
      seen: { name: ['t2'], place: ['p1'] },
      changed: ['place'],
    });
    expect(touched(form)).toEqual({ place: 'Thiès' });
    expect(taken(form, 'place', arrived('Atelier B', 'Saly', ['t2', 'p2']))).toMatchObject({
      fields: { place: 'Saly' },
      seen: { place: ['p2'] },
      changed: [],
    });
  });

  it('asks nothing where somebody else wrote the very same', () => {
    const typed = { ...opened, fields: { ...opened.fields, place: 'Thiès' } };
    expect(followed(typed, arrived('Atelier', 'Thiès', ['t1', 'p2']))).toMatchObject({ seen: { place: ['p2'] }, changed: [] });
  });

  it('names a register that was never written as having shown nothing', () => {
    expect(followed(opened, arrived('Atelier', 'Dakar', ['t1', 'p1'])).seen).toEqual({ name: ['t1'], 'title@fr': [], place: ['p1'] });
  });
});
