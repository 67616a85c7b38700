import { writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import { choicesToKeep, formOf, recallChoices } from '../../../shared/features/intake/form-choices.ts';
import type { IntakeOptions, Understood } from '../../../shared/features/intake/shapes.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Sheet } from '../../../shared/kernel/source.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';
import { openFeatureContext, value, workshopA, type FeatureContext } from '../feature-context.ts';
import { quietCall } from '../../support/quiet-call.ts';

let context: FeatureContext;
let activityId: Id;
beforeEach(async () => {
  context = openFeatureContext();
  activityId = await workshopA(context);
});
afterEach(() => context.close());

type Said = Partial<IntakeOptions> & {
  readonly apply?: boolean;
  readonly skipRejected?: boolean;
  readonly remember?: 'laptop' | 'workshop';
};
const calls = { people: 'people.import', attendance: 'attendance.import', answers: 'evaluation.import' } as const;
type Kind = keyof typeof calls;
const handlers = () => ({ ...peopleHandlers(context), ...attendanceHandlers(context), ...evaluationHandlers(context) });
type Answered = ReturnType<ReturnType<typeof peopleHandlers>['people.import']>;

/** Looks at a text, or takes it. */
const importing = (kind: Kind, lines: readonly string[], { apply = true, ...more }: Said = {}) => {
  const form = kind === 'answers' ? { formId: 'satisfaction-v1' } : {};
  const text = lines.map((line) => line.replaceAll('|', '\t')).join('\n');
  const args = desktopContract[calls[kind]].args.parse({ activityId, text, apply, ...form, ...more });
  return value((handlers()[calls[kind]] as (args: never, job: never) => Answered)(args as never, quietCall() as never));
};
const understoodOf = async (kind: Kind, lines: readonly string[], said: Said = {}) =>
  (await importing(kind, lines, { apply: false, ...said })).understood.columns.map(({ field, why }) => `${field} ${why}`);
/** As on another laptop, or after another folder: what is local is not there. */
const forgetHere = () => {
  for (const { key } of context.settings.list('intake/')) context.settings.set(key, null);
};

const PEOPLE = {
  first: ['Zol|Brak|Grum', 'qxana|wyola|Mali', 'qxeno|wyeti|Benim'],
  next: ['ZOL|Brak|Grum', 'qxiri|wyono|Mali'],
  columns: { A: 'familyName', B: 'givenName', C: 'country' },
};
const MARKS = {
  first: ['Zol|12/07/2021 matin|Brak', 'P01|P|gris', 'P02|A|bleu'],
  next: ['Zol|13/07/2021 matin|13/07/2021 après-midi|Brak', 'P03|P|P|gris'],
  columns: { A: 'ref', C: '' },
};
const ANSWERS = {
  first: ['Zol|Brak|Grum', 'x|4|5', 'y|3|4'],
  next: ['Zol|Brak|Grum', 'z|2|2'],
  columns: { A: 'sheet', B: 'S1', C: 'S2' },
  answers: { missing: 'blank' },
};

describe('what was said of the columns of a file', () => {
  it('is remembered for the next file of its form once it was taken, whatever is imported', async () => {
    for (const [kind, { first, next, ...said }] of [
      ['people', PEOPLE],
      ['attendance', MARKS],
      ['answers', ANSWERS],
    ] as const) {
      await importing(kind, first, { ...said, apply: false });
      expect((await understoodOf(kind, next)).filter((one) => one.endsWith('remembered'))).toEqual([]);
      await importing(kind, first, said);
      const expected = Object.values(said.columns).map((field) => `${field} remembered`);
      expect((await understoodOf(kind, next)).filter((one) => one.endsWith('remembered')).sort()).toEqual(expected.sort());
    }
  });

  it('stands behind what is said now, and is of that kind of import alone', async () => {
    await importing('people', PEOPLE.first, { columns: PEOPLE.columns });
    expect(await understoodOf('people', PEOPLE.next, { columns: { C: '' } })).toEqual([
      'familyName remembered',
      'givenName remembered',
      ' chosen',
    ]);
    expect((await importing('attendance', PEOPLE.next, { apply: false })).columnsUnknown).not.toBeNull();
    expect((await importing('people', ['Zol|Brak|Other', 'qxiri|wyono|Mali'], { apply: false })).columnsUnknown).not.toBeNull();
  });

  it('is remembered of sheets that lie on their side, which are turned again', async () => {
    const turned = (lines: readonly string[]) =>
      lines[0]!.split('|').map((_, place) => lines.map((line) => line.split('|')[place]!).join('|'));
    expect((await importing('people', turned(PEOPLE.first), { apply: false })).columnsUnknown).not.toBeNull();
    await importing('people', turned(PEOPLE.first), { turned: true, columns: PEOPLE.columns });
    const { understood, rows } = await importing('people', turned(PEOPLE.next), { apply: false });
    expect(understood).toMatchObject({ turned: true, columns: [{ header: 'ZOL', field: 'familyName', why: 'remembered' }, {}, {}] });
    expect(rows).toMatchObject([{ row: 2, name: 'qxiri wyono', does: 'new' }]);
    expect((await importing('people', turned(PEOPLE.next), { apply: false, turned: false })).understood.turned).toBeUndefined();
  });

  it('is remembered on this laptop alone, unless it is said for the workshop', async () => {
    await importing('people', PEOPLE.first, { columns: PEOPLE.columns });
    forgetHere();
    expect((await importing('people', PEOPLE.next, { apply: false })).columnsUnknown).not.toBeNull();
    await importing('people', PEOPLE.first, { columns: PEOPLE.columns, remember: 'workshop' });
    forgetHere();
    expect(await understoodOf('people', PEOPLE.next)).toEqual(['familyName remembered', 'givenName remembered', 'country remembered']);
  });

  it('leaves with no heading of the file, which may name people where they were taken for headings', async () => {
    await importing('people', PEOPLE.first, { columns: PEOPLE.columns, remember: 'workshop' });
    const bodies = context.store.reader.all<{ body: Uint8Array }>('select body from change_set where space = ?', peopleSpace(activityId));
    const written = bodies.flatMap(({ body }) => {
      const decoded = decodeChangeSet(body, context.hasher);
      return decoded.ok ? decoded.value.ops.filter(({ entityType }) => entityType === 'intakeForm') : [];
    });
    expect(written.length).toBeGreaterThan(3);
    expect(JSON.stringify(written)).not.toMatch(/zol|brak|grum/i);
  });
});

describe('answers about a form', () => {
  const list = (code: string) => [`Nom|Prénom|Genre`, `qxana${code}|wyola|1`, `qxeno${code}|wyeti|2`];
  const answers = { 'sex:C:1': 'female', 'sex:C:2': 'male' };

  it('are remembered in their workshop, by the heading of their column', async () => {
    await importing('people', list('a'), { answers });
    const next = await importing('people', list('b'), { apply: false });
    expect(next.questions.filter(({ code }) => code === 'sex.letter').map(({ chosen }) => chosen)).toEqual(['female', 'male']);
    expect(next).toMatchObject({ added: 2, rejected: [] });
    const turned = await importing('people', ['Genre|Nom|Prénom', '1|qxanac|wyola', '2|qxenoc|wyeti'], { apply: false });
    expect(turned.questions.filter(({ code }) => code === 'sex.letter').map(({ key, chosen }) => `${key} ${chosen}`)).toEqual([
      'sex:A:1 female',
      'sex:A:2 male',
    ]);
  });

  it('that are about one file alone are not', () => {
    const understood = {
      headerRow: 1,
      columns: [{ column: 'A', header: 'Nom', field: 'fullName', why: 'header', sample: [] }],
    } as never as Understood;
    const question = { column: '', subject: '', options: ['a', 'b'], chosen: null, rows: [] };
    const said = { answers: { session: 'a', places: 'a', dates: 'dmy' } };
    const kept = choicesToKeep(
      understood,
      ['session', 'places', 'dates'].map((code) => ({ ...question, key: code, code })),
      said,
      nodeHasher,
    );
    expect(kept).toEqual({ columns: {}, answers: { dates: 'dmy' }, encoding: '' });
  });
});

describe('the encoding of a form', () => {
  /** Bytes that read plausibly in more than one encoding. */
  const file = (name: string): string => {
    const target = path.join(context.outside, 'liste.csv');
    writeFileSync(target, iconv.encode(['Name;Kč;Place', `${name};x;y`, 'Odile Martin;z;y'].join('\r\n'), 'win1250'));
    return target;
  };
  const look = async (name: string, said: Said = {}) => {
    const args = desktopContract['people.import'].args.parse({ activityId, path: file(name), apply: false, ...said }) as never;
    return value(peopleHandlers(context)['people.import'](args, quietCall()));
  };

  it('is taken for the next file, whatever the headings read as in another', async () => {
    const before = await look('Kučera');
    const others = before.understood.encodings.map(({ name }) => name).filter((name) => name !== before.understood.encoding);
    expect(others.length).toBeGreaterThan(0);
    for (const name of [...others, before.understood.encoding!]) {
      await look('Kučera', { apply: true, skipRejected: true, encoding: name });
      expect((await look('Kučerka')).understood.encoding).toBe(name);
      expect((await look('Kučerka', { encoding: before.understood.encoding! })).understood.encoding).toBe(before.understood.encoding);
    }
  });
});

describe('the form of a file', () => {
  const form = (...headings: string[]) => formOf(headings, nodeHasher);

  it('is its headings in words, whatever dates and numbers stand between them', () => {
    expect(form('Nom', '12/07 matin', '13/07 matin')).toBe(form('NOM', '14/07 matin'));
    expect(form('Nom', 'Pays')).not.toBe(form('Nom', 'Sexe'));
    expect(form('Kč', 'Имя')).toBe(form('Kè', 'Èìÿ'));
    expect(form('12/07', '')).toBe('');
  });

  it('is found under titles and in two rows, on any sheet', () => {
    const known = new Set([form('Nom', 'Âge'), form('Identité Nom', 'Identité Âge')]);
    const find = (...sheets: readonly (Sheet | readonly string[])[]) =>
      recallChoices(sourceOf(...sheets), {}, nodeHasher, (one) =>
        known.has(one) ? { columns: {}, answers: {}, encoding: 'x' } : undefined,
      );
    expect(find(['Liste|', '|', 'Nom|Âge', 'x|3'])?.encoding).toBe('x');
    expect(find(sheetOf(['Garde|'], 'A'), sheetOf(['Identité|', 'Nom|Âge', 'x|3'], 'B'))?.encoding).toBe('x');
    expect(find(['Nom|Sexe', 'x|3'])).toBeNull();
  });
});
