import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { sealSheets, type NewSheet } from '../../../electron/engine/features/evaluation/evaluation-sheets.ts';
import { formsInWorkshop, inWorkshop, type Form } from '../../../electron/engine/features/form/asked-forms.ts';
import { keptForms } from '../../../electron/engine/features/form/kept-forms.ts';
import { listCourses } from '../../../electron/engine/features/library/course.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { activity } from '../../../shared/model/activity.ts';
import { blankOf } from '../../../shared/model/records.ts';
import { MARKS, PROFESSIONS, SEXES } from '../../../shared/model/vocabularies.ts';
import { Dice } from '../../support/dice.ts';
import { BLANK_PERSON } from '../../support/lists/blank-person.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { value, type FeatureContext } from '../feature-context.ts';

/** No word of these is English. */
const NAMES = ['N’GUESSAN', 'MAÏGA', 'KONÉ', 'ĐORĐEVIĆ', 'TRAORÉ', 'MUÑOZ', '=SOMA(A1)', 'D’ALMEIDA DE VASCONCELOS E ALBUQUERQUE'];
const GIVEN = ['Awa', 'Bento', 'Moussa', 'Marie-Antoinette Bernadette', 'João'];
const COUNTRIES = ['SN', 'CI', 'ML', 'XK', 'CV', 'PT', 'FR', 'MA'];
const COMMENTS = ['Très bien', 'Muito bom, "obrigada"', '=1+1', 'Más <tiempo> & práctica', '- plus de cas'];
const FIRST_DAY = '2026-05-04';
const STEPS = { pending: () => 0, conflicts: () => 0 };

/** Makes a workshop of a seed: from nobody to 60 people, with gaps wherever there may be some. Returns its id. */
export async function randomWorkshop(context: FeatureContext, seed: number): Promise<Id> {
  const dice = new Dice(seed);
  const course = dice.chance(0.7) ? dice.oneOf(listCourses(context.store.reader)) : null;
  // Three days, or as many as the course takes at least.
  const days = Math.max(3, Math.min(...(course?.variants ?? [3])));
  const title = { en: `Atelier ${seed}`, fr: `Atelier ${seed}`, es: `Taller ${seed}`, pt: `Ateliê ${seed}` };
  const planned = {
    ...blankOf(activity),
    ...{ title, languages: ['fr' as const], countries: ['SN'], start: FIRST_DAY, end: addDays(FIRST_DAY, days - 1) },
    ...(course && { courseId: course.id }),
  };
  const calls = activityHandlers(context, STEPS);
  const { id } = await value(calls['activity.create'](planned, quietCall()));
  const people: Id[] = [];
  for (let count = dice.oneOf([0, 1, 4, 5, 6, 25, 60]); count > 0; count--) people.push(await person(context, id, dice));
  const { halfDays } = await value(calls['activity.get']({ id }, quietCall()));
  for (const halfDay of halfDays) {
    const marks = people.filter(() => dice.chance(0.8)).map((personId) => ({ personId, status: dice.oneOf(MARKS) }));
    if (marks.length > 0 && dice.chance(0.8))
      await value(
        attendanceHandlers(context)['attendance.mark'](
          { activityId: id, halfDay, marks, method: dice.oneOf(['list', 'paper']) },
          quietCall(),
        ),
      );
  }
  const forms = await formsInWorkshop(context, keptForms(context), id);
  if (!forms.ok) throw new Error(forms.refusal.code);
  for (const { id: formId } of forms.value) {
    const form = await value(inWorkshop(context, id, formId));
    if (dice.chance(0.8)) sealSheets(context, form, sheetsOf(form, people, context, dice));
  }
  return id;
}

async function person(context: FeatureContext, activityId: Id, dice: Dice): Promise<Id> {
  const may = <T>(one: T, none: T): T => (dice.chance(0.85) ? one : none);
  const added = await value(
    peopleHandlers(context)['people.add'](
      {
        ...BLANK_PERSON,
        ...{ activityId, familyName: dice.oneOf(NAMES), givenName: dice.oneOf(GIVEN), institution: may('Cour suprême', '') },
        sex: may(dice.oneOf(SEXES), BLANK_PERSON.sex),
        profession: may(dice.oneOf(PROFESSIONS), null),
        country: may(dice.oneOf(COUNTRIES), null),
      },
      quietCall(),
    ),
  );
  return added.id;
}

/** Tests of some of the people, or sheets of nobody. */
function sheetsOf(form: Form, people: readonly Id[], { random }: FeatureContext, dice: Dice): NewSheet[] {
  const answers = (): Record<string, string> =>
    Object.fromEntries(
      form.items.flatMap(({ id, type, options }) => {
        if (dice.chance(type === 'open' ? 0.7 : 0.15)) return [];
        return [
          [id, type === 'open' ? dice.oneOf(COMMENTS) : type === 'scale' ? String(1 + dice.upTo(5)) : dice.oneOf(Object.keys(options))],
        ];
      }),
    );
  const sheet = (personId: Id | null, wave: NewSheet['wave']): NewSheet => ({
    ...{ id: idOf(random.bytes(16)), personId, wave, answers: answers(), points: null, corrects: null },
  });
  if (form.kind === 'prepost')
    return people.flatMap((id) => (['pre', 'post'] as const).flatMap((wave) => (dice.chance(0.8) ? [sheet(id, wave)] : [])));
  return people.filter(() => dice.chance(0.7)).map(() => sheet(null, null));
}

function idOf(bytes: Uint8Array): Id {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
