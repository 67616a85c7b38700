import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { countryContract } from '../../../../shared/features/evaluation/country-contract.ts';
import { planEntry } from '../../../../shared/features/evaluation/entry.ts';
import { FIXED_OPTIONS } from '../../../../shared/features/form/fixed-options.ts';
import { perCountry, readCountryFile } from '../../../../shared/features/evaluation/per-country.ts';
import { contentOf } from '../../../../shared/features/evaluation/sheet-batch.ts';
import { effectiveSheets, type EffectiveSheet } from '../../../../shared/features/evaluation/sheets.ts';
import { countryName } from '../../../../shared/kernel/countries.ts';
import { addDays } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { LANGUAGES, textIn } from '../../../../shared/kernel/text.ts';
import { correctionSheetId, countrySheetId } from '../../../../shared/model/derivations.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { answersSpace } from '../../../../shared/model/spaces.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { readGiven } from '../../intake-source.ts';
import { checkEntitled } from '../../sync/access/entitled.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { inWorkshop, type FormInWorkshop } from '../form/asked-forms.ts';
import { writeTable } from '../written-table.ts';
import { removedSheetsOf, sealSheets, sheetsOf } from './evaluation-sheets.ts';

/** Returns the handlers of the calls of a questionnaire that is put to countries. */
export function countryHandlers(context: EngineContext): Handlers<typeof countryContract> {
  const { reader } = context.store;
  const countryOf = (person: Id): string | null =>
    reader.get<{ country: string | null }>('select country from participant where id = ?', person)?.country ?? null;

  return {
    'evaluation.perCountry': ({ activityId, formId, deadline: said }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const start = activityRow(reader, activityId)?.start ?? '';
      const deadline = said ?? (start === '' ? '' : addDays(start, -1));
      const sheets = found.value.anonymous ? [] : sheetsOf(context, activityId, found.value);
      const { countries, totals } = perCountry(found.value, sheets, {
        countries: askedCountries(context, activityId),
        countryOf,
        deadline,
      });
      return ok({
        deadline,
        countries: countries.map((row) => ({ ...row, answers: { ...row.answers } })),
        totals: { ...totals, items: { ...totals.items } },
      });
    },

    'evaluation.exportCountry': async ({ activityId, formId, country, language, path, format }, call) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      call.progress({ label: 'people.writing', done: 0, total: 1, unit: 'items' });
      const say = (key: string): string => context.translate(language, `evaluation:country.${key}`);
      const given = countrySheet(context, found.value, country)?.answers ?? {};
      type Item = FormInWorkshop['items'][number];
      // Options that are always the same are said by their words, which are read back: their ids are in no language.
      const choices = (type: Item['type'], options: Item['options'] | undefined): string =>
        Object.entries(options ?? {})
          .map(([letter, text]) => (FIXED_OPTIONS[type] ? '' : `${letter}: `) + textIn(text, language))
          .join('; ');
      const answered = ({ id, type }: Item): string => {
        const answer = given[id] ?? '';
        const fixed = FIXED_OPTIONS[type]?.[answer];
        return fixed ? textIn(fixed, language) : answer;
      };
      const rows = [
        ['', say('country'), countryName(country, language), ''],
        ['', say('day'), '', ''],
        ...found.value.items.map((item) => [
          ...[item.id, textIn(item.text, language), answered(item)],
          [choices(item.type, item.rows), choices(item.type, item.options)].filter((one) => one !== '').join(' / '),
        ]),
      ];
      const headings = [say('number'), say('question'), say('answer'), say('choices')];
      return writeTable(path, format, language, [{ name: say('sheet'), headings, rows }]);
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
      const plan = planCountry(context, form, country, read.answers);
      const does = ({ add: 'new', restore: 'new', unchanged: 'same', correct: 'change' } as const)[plan.action];
      const applied = apply && rejected.length === 0;
      if (applied) {
        const entitled = checkEntitled(context, answersSpace(activityId), { entityType: sheet.type, record: null });
        if (!entitled.ok) return entitled;
        writeCountry(context, form, plan, { country, answers: read.answers, day: read.day ?? day ?? null });
      }
      return ok({ applied, country, does, answers: { ...read.answers }, rejected });
    },
  };
}

/** The countries of a workshop, in its own order. */
export function askedCountries({ store: { reader } }: Pick<EngineContext, 'store'>, activityId: Id): string[] {
  return JSON.parse(activityRow(reader, activityId)?.countries ?? '[]') as string[];
}

/** Checks that a country can answer a form: one that is filled in by country, and is put to it. Refuses `evaluation.countryNotMeant`, `evaluation.countryNotAsked`. */
export function checkCountry(
  context: Pick<EngineContext, 'store'>,
  { activityId, kind, anonymous }: FormInWorkshop,
  country: string,
): Result<null, 'evaluation.countryNotAsked' | 'evaluation.countryNotMeant'> {
  if (kind !== 'preEvent' || anonymous) return refuse('evaluation.countryNotMeant');
  const asked = askedCountries(context, activityId);
  return asked.length === 0 || asked.includes(country) ? ok(null) : refuse('evaluation.countryNotAsked');
}

type Answered = Readonly<Record<string, string>>;
type CountryPlan = ReturnType<typeof planEntry>;

/** Plans for what a country answered whether it is new, in already, or takes the place of other answers. */
export function planCountry(context: EngineContext, form: FormInWorkshop, country: string, answers: Answered): CountryPlan {
  const { hasher, store } = context;
  const { activityId } = form;
  return planEntry(
    {
      own: countrySheetId(hasher, activityId, form.id, country),
      counted: countrySheet(context, form, country),
      removed: removedSheetsOf(store.reader, activityId, form).filter((one) => one.country === country),
      correctionId: (corrects, content) => correctionSheetId(hasher, activityId, corrects, contentOf(content.answers)),
    },
    { answers, points: null },
  );
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

function countrySheet(context: EngineContext, form: FormInWorkshop, country: string): EffectiveSheet | undefined {
  return effectiveSheets(sheetsOf(context, form.activityId, form)).find((one) => one.country === country);
}
