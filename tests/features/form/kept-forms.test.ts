import { expect, it } from 'vitest';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import { formsInWorkshop, inWorkshop } from '../../../electron/engine/features/form/asked-forms.ts';
import { formHandlers } from '../../../electron/engine/features/form/forms.ts';
import { keptForms } from '../../../electron/engine/features/form/kept-forms.ts';
import { institutionHandlers } from '../../../electron/engine/features/institution.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { activity } from '../../../shared/model/activity.ts';
import { blankOf } from '../../../shared/model/records.ts';
import { institutionSpace } from '../../../shared/model/spaces.ts';
import type { Texts } from '../../../shared/model/title.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { Dice } from '../../support/dice.ts';
import { BLANK_PERSON } from '../../support/lists/blank-person.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { SEED } from '../../sync/seeds.ts';
import { openFeatureContext, value, type FeatureContext } from '../feature-context.ts';

/** What is remembered of questionnaires is what a reading from nothing says, whatever was done to them, here or elsewhere. */

const HISTORIES = 4;
const STEPS = 60;
const WORDS = ['evidence', 'preuve', 'prova', 'sceaux', 'réseau'];

it(
  `${HISTORIES} histories from seed ${SEED}: what is remembered of questionnaires is what a fresh reading says`,
  { timeout: 600_000 },
  async () => {
    for (let seed = SEED; seed < SEED + HISTORIES; seed++)
      try {
        await play(new Dice(seed));
      } catch (error) {
        throw new Error(`SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
  },
);

interface Played {
  readonly dice: Dice;
  readonly activityId: Id;
  readonly personId: Id;
  readonly space: string;
  readonly removed: Id[];
}

async function play(dice: Dice): Promise<void> {
  const [here, elsewhere] = [openFeatureContext(), openFeatureContext()];
  try {
    const kept = keptForms(here);
    const calls = { ...formHandlers(here, kept), ...evaluationHandlers(here, kept) };
    const days = { start: '2026-05-04', end: '2026-05-06' };
    const planned = { ...blankOf(activity), ...days, title: { en: 'Workshop' }, languages: ['en' as const], countries: ['CV'] };
    const quiet = quietCall();
    const { id: activityId } = await value(
      activityHandlers(here, { pending: () => 0, conflicts: () => 0 })['activity.create'](planned, quiet),
    );
    const named = { ...BLANK_PERSON, activityId, familyName: 'DIALLO', givenName: 'Awa' };
    const { id: personId } = await value(peopleHandlers(here)['people.add'](named, quiet));
    const school = await value(
      institutionHandlers(elsewhere)['institution.create']({ name: 'Escola', country: 'CV', languages: ['pt'] }, quiet),
    );
    const played = { dice, activityId, personId, space: institutionSpace(school.id), removed: [] };
    carry(here, elsewhere);
    for (let step = 0; step < STEPS; step++) {
      await change(dice.chance(0.4) ? elsewhere : here, played);
      if (dice.chance(0.3)) carry(elsewhere, here);
      if (dice.chance(0.3)) carry(here, elsewhere);
      if (dice.chance(0.5)) await hold(here, calls, played);
    }
    carry(elsewhere, here);
    await hold(here, calls, played);
    here.store.wipe(played.space, 'test');
    await hold(here, calls, played);
  } finally {
    here.close();
    elsewhere.close();
  }
}

type Calls = ReturnType<typeof formHandlers> & ReturnType<typeof evaluationHandlers>;

/** Holds that what is remembered says the same as a fresh reading, and of each questionnaire what a workshop that is read alone asks. */
async function hold(here: FeatureContext, calls: Calls, { dice, activityId }: Played): Promise<void> {
  const quiet = quietCall();
  const page = { from: 0, limit: 500 };
  const word = dice.oneOf(WORDS);
  const answers = async (of: Calls) => [
    await of['form.list']({ text: '', ...page }, quiet),
    await of['form.list']({ text: word, ...page }, quiet),
    await of['form.bank']({ text: '', topic: '', ...page }, quiet),
    await of['form.bank']({ text: word, topic: '', ...page }, quiet),
    await of['form.bank']({ text: '', topic: word, ...page }, quiet),
    await of['evaluation.forms']({}, quiet),
    await of['evaluation.forms']({ activityId }, quiet),
  ];
  expect(await answers(calls)).toEqual(await answers({ ...formHandlers(here), ...evaluationHandlers(here) }));
  for (const form of await value(formsInWorkshop(here, keptForms(here), activityId)))
    expect(await value(inWorkshop(here, activityId, form.id))).toMatchObject(JSON.parse(JSON.stringify(form)) as object);
}

async function change(on: FeatureContext, { dice, activityId, personId, space, removed }: Played): Promise<void> {
  const calls = { ...formHandlers(on), ...evaluationHandlers(on) };
  const quiet = quietCall();
  const words = (): Texts => ({ [dice.oneOf(LANGUAGES)]: `${dice.oneOf(WORDS)} ${dice.hex(3)}` });
  const { forms } = await value(calls['form.list']({ text: '', from: 0, limit: 500 }, quiet));
  const { id: formId } = dice.oneOf(forms);
  const { items } = await value(calls['form.get']({ id: formId }, quiet));
  const item = items.length > 0 ? dice.oneOf(items) : null;
  // What is refused here changes nothing, and is no fault.
  switch (dice.upTo(13)) {
    case 0: {
      const said = { code: dice.hex(4), kind: dice.oneOf(['prepost', 'satisfaction'] as const), title: words(), anonymous: false };
      const made = await calls['form.create']({ ...said, passMark: null, draws: [], space: dice.chance(0.5) ? 'library' : space }, quiet);
      return void made;
    }
    case 1:
      return void (await calls['form.update']({ id: formId, title: words() }, quiet));
    case 2:
      return void (await calls['form.update']({ id: formId, draws: [{ topic: dice.oneOf(WORDS), count: 1 }] }, quiet));
    case 3:
      return void (await calls['form.draw']({ activityId, formId }, quiet));
    case 4:
      return void (await calls['form.publish']({ formId, version: dice.hex(4), notes: {} }, quiet));
    case 5:
      return void (item && (await calls['form.moveItem']({ id: item.id, after: null }, quiet)));
    case 6:
      return void (item && (await calls['form.updateItem']({ id: item.id, text: words(), points: dice.upTo(5) }, quiet)));
    case 7:
      if (item && (await calls['form.removeItem']({ id: item.id }, quiet)).ok) removed.push(item.id);
      return;
    case 8:
      return void (removed.length > 0 && (await calls['form.restoreItem']({ id: dice.oneOf(removed) }, quiet)));
    case 9: {
      const answers = item?.type === 'open' ? { [item.code]: 'words' } : {};
      return void (await calls['evaluation.enter']({ activityId, formId, personId, wave: 'pre', answers, correct: false }, quiet));
    }
    default:
      return void (await calls['form.addItem']({ formId, type: 'open', text: words(), topic: { en: dice.oneOf(WORDS) } }, quiet));
  }
}

/** Hands on what one laptop wrote. */
function carry(from: FeatureContext, to: FeatureContext): void {
  const written = from.store.reader.all<{ body: Uint8Array }>(
    'select body from change_set where replica = ? order by feed',
    from.store.replica,
  );
  to.store.ingest(
    written.map(({ body }) => {
      const changeSet = decodeChangeSet(body, nodeHasher);
      if (!changeSet.ok) throw new Error(changeSet.refusal.code);
      return changeSet.value;
    }),
  );
}
