import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { countryContract } from '../../../../shared/features/evaluation/country-contract.ts';
import { planEntry } from '../../../../shared/features/evaluation/entry.ts';
import { perCountry, readCountryFile } from '../../../../shared/features/evaluation/per-country.ts';
import { contentOf } from '../../../../shared/features/evaluation/sheet-batch.ts';
import type { StoredSheet } from '../../../../shared/features/evaluation/sheets.ts';
import { addDays } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { correctionSheetId, countrySheetId } from '../../../../shared/model/derivations.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { answersSpace } from '../../../../shared/model/spaces.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { attributionOf } from '../../attribution.ts';
import { readGiven } from '../../intake-source.ts';
import { checkEntitled } from '../../sync/access/entitled.ts';
import { activityRow, askedCountries } from '../activity/activity-rows.ts';
import { inWorkshop, type FormInWorkshop } from '../form/asked-forms.ts';
import { shownOf } from '../removals.ts';
import { countryExports } from './evaluation-country-export.ts';
import { countryOf, countrySheet, removedSheetsOf, sealSheets, sheetsOf } from './evaluation-sheets.ts';

/** Returns the handlers of the calls of a questionnaire that is put to countries. */
export function countryHandlers(context: EngineContext): Handlers<typeof countryContract> {
  const { reader } = context.store;
  return {
    ...countryExports(context),

    'evaluation.perCountry': ({ activityId, formId, deadline: said }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const start = activityRow(reader, activityId)?.start ?? '';
      const deadline = said ?? (start === '' ? '' : addDays(start, -1));
      const sheets = found.value.anonymous ? [] : sheetsOf(context, activityId, found.value);
      const { countries, totals } = perCountry(found.value, sheets, {
        countries: askedCountries(context.store.reader, activityId),
        countryOf: countryOf(reader),
        deadline,
      });
      return ok({
        deadline,
        countries: countries.map(({ sheet: counted, ...row }) => ({ ...row, answers: { ...row.answers }, ...enteredBy(context, counted) })),
        totals: { ...totals, items: { ...totals.items } },
      });
    },

    'evaluation.importCountry': async ({ activityId, formId, path, country: named, day, apply }, call) => {
      const known = inWorkshop(context, activityId, formId);
      if (!known.ok) return known;
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const source = await readGiven({ path });
      if (!source.ok) return source;
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const form = found.value;
      const words = (key: string): string[] => LANGUAGES.map((language) => context.translate(language, `evaluation:country.${key}`));
      const read = readCountryFile(form, source.value.sheets, { country: words('country'), day: words('day') });
      if (read.found === 0)
        return refuse('evaluation.notThisForm', { form: context.translate(context.language(), 'evaluation:import.noForm') });
      const country = named ?? read.country;
      if (country === null) return refuse('evaluation.countryUnknown');
      const allowed = checkCountry(context, form, country);
      if (!allowed.ok) return allowed;
      const rejected = read.faults.map(({ sheet: name, row, item, fault }) => ({ sheet: name, row, field: item, code: fault }));
      const filled = read.day ?? day ?? null;
      const plan = planCountry(context, form, country, { answers: read.answers, day: filled });
      const does = ({ add: 'new', restore: 'new', unchanged: 'same', correct: 'change' } as const)[plan.action];
      const applied = apply && rejected.length === 0;
      if (applied) {
        const entitled = checkEntitled(context, answersSpace(activityId), { entityType: sheet.type, record: null });
        if (!entitled.ok) return entitled;
        writeCountry(context, form, plan, { country, answers: read.answers, day: filled });
      }
      return ok({
        ...{ applied, country, day: filled, language: read.language, does, answers: { ...read.answers }, rejected },
        id: applied ? plan.id : null,
      });
    },
  };
}

/** Who took in what counts of a country: the sheet of the country itself, or that of somebody of the list. */
function enteredBy(context: EngineContext, counted: StoredSheet | null) {
  const { reader } = context.store;
  if (!counted) return { sheet: null, personId: null, by: '', device: '' };
  const [written] = reader.headsOfEntity(sheet.type, counted.id).filter(({ field }) => field === 'answers');
  const { author, device } = written ? attributionOf(context, written.replica) : { author: '', device: '' };
  const own = counted.country ? { id: counted.id, heads: shownOf(reader, sheet.type, counted.id) } : null;
  return { sheet: own, personId: counted.personId, by: author, device };
}

/** Checks that a country can answer a form: one that is filled in by country, and is put to it. Refuses `evaluation.countryNotMeant`, `evaluation.countryNotAsked`. */
export function checkCountry(
  context: Pick<EngineContext, 'store'>,
  { activityId, kind, anonymous }: FormInWorkshop,
  country: string,
): Result<null, 'evaluation.countryNotAsked' | 'evaluation.countryNotMeant'> {
  if (kind !== 'preEvent' || anonymous) return refuse('evaluation.countryNotMeant');
  const asked = askedCountries(context.store.reader, activityId);
  return asked.length === 0 || asked.includes(country) ? ok(null) : refuse('evaluation.countryNotAsked');
}

type Answered = Readonly<Record<string, string>>;
type CountryPlan = ReturnType<typeof planEntry>;

/** Plans for what a country answered whether it is new, in already, or takes the place of other answers; of the same answers another day is a correction. */
export function planCountry(
  context: EngineContext,
  form: FormInWorkshop,
  country: string,
  { answers, day }: { readonly answers: Answered; readonly day: string | null },
): CountryPlan {
  const { hasher, store } = context;
  const { activityId } = form;
  const counted = countrySheet(context, form, country);
  const correctionId = (corrects: Id): Id => correctionSheetId(hasher, activityId, corrects, contentOf(answers));
  const plan = planEntry(
    {
      own: countrySheetId(hasher, activityId, form.id, country),
      counted,
      removed: removedSheetsOf(store.reader, activityId, form).filter((one) => one.country === country),
      correctionId,
    },
    { answers, points: null },
  );
  const isOtherDay = plan.action === 'unchanged' && day !== null && day !== counted?.day;
  return isOtherDay ? { action: 'correct', id: correctionId(plan.id), corrects: plan.id } : plan;
}

/** Writes what a country answered. `day`: when it did; null: today. */
export function writeCountry(
  context: EngineContext,
  form: FormInWorkshop,
  plan: CountryPlan,
  { country, answers, day }: { readonly country: string; readonly answers: Answered; readonly day: string | null },
): void {
  const { store } = context;
  const { action, id, corrects } = plan;
  if (action === 'unchanged') return;
  if (action === 'restore') store.commit([{ space: answersSpace(form.activityId), writes: restoration(store.reader, sheet.type, id) }]);
  else {
    store.transaction(() => sealSheets(context, form, [{ id, personId: null, wave: null, answers, points: null, corrects, country, day }]));
  }
}
