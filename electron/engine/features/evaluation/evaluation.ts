import { lateHandlers, type Handlers } from '../../../../shared/contract/rpc.ts';
import type { countryContract } from '../../../../shared/features/evaluation/country-contract.ts';
import type { evaluationContract } from '../../../../shared/features/evaluation/contract.ts';
import { pointsOf } from '../../../../shared/features/evaluation/scoring.ts';
import { effectiveSheets, sheetsApart, testKey, testSheets } from '../../../../shared/features/evaluation/sheets.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import type { EngineContext } from '../../context.ts';
import { choiceHandlers } from './evaluation-choices.ts';
import { removalHandlers, removedOf } from './evaluation-removal.ts';
import { askedIn, formsInWorkshop, formsOf, inWorkshop } from '../form/asked-forms.ts';
import { keptForms } from '../form/kept-forms.ts';
import { draftsWaiting, figuresOf, sealDrafts, sheetsOf } from './evaluation-sheets.ts';
import { shownOf } from '../removals.ts';
import { peopleOf } from '../activity/workshop.ts';
import { countryHandlers } from './evaluation-country.ts';
import { entryHandlers } from './evaluation-entry.ts';

/** The calls of evaluation over a store. */
export function evaluationHandlers(
  context: EngineContext,
  kept = keptForms(context),
): Handlers<typeof evaluationContract & typeof countryContract> {
  const { reader } = context.store;
  context.departures.register(() => sealDrafts(context));

  return {
    ...removalHandlers(context),
    ...choiceHandlers(context),
    ...entryHandlers(context),
    ...countryHandlers(context),
    ...lateHandlers<Handlers<typeof evaluationContract>, 'evaluation.import'>({ 'evaluation.import': true }, async () => ({
      'evaluation.import': (await import('./evaluation-import.ts')).importAnswers(context, kept),
    })),

    'evaluation.forms': async ({ activityId }) => {
      const forms = activityId === undefined ? ok(await formsOf(context, kept)) : await formsInWorkshop(context, kept, activityId);
      if (!forms.ok) return forms;
      return ok(
        forms.value.map(({ id, code, kind, title, anonymous, removed, unreadable, items, key }) => ({
          id,
          code,
          kind,
          title,
          anonymous,
          removed,
          unreadable: [...unreadable],
          items: items.map(({ id: item, label, type, text, options, rows, points, required, key: own }) => ({
            ...{ id: item, label, type, text, options: { ...options }, rows: { ...rows }, required: required ?? false },
            points: own !== undefined || Object.hasOwn(key, item) ? (points ?? 1) : null,
          })),
        })),
      );
    },

    'evaluation.sheets': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const form = found.value;
      const sheets = sheetsOf(context, activityId, form);
      if (form.anonymous) {
        return ok({ count: effectiveSheets(sheets).length, waiting: draftsWaiting(context, activityId, form), sheets: [], removed: [] });
      }
      const ofCountries = effectiveSheets(sheets).filter(({ country }) => Boolean(country)).length;
      const people = new Set(peopleOf(reader, activityId).map((person) => person.id));
      const apart = sheetsApart(sheets);
      const asked = askedIn(context, form);
      const counted = [...testSheets(sheets).values()].filter((one) => one.personId !== null && people.has(one.personId));
      return ok({
        count: counted.length + ofCountries,
        waiting: 0,
        sheets: counted.flatMap((one) => {
          const { id, personId, wave, answers, points } = one;
          return personId === null
            ? []
            : [
                {
                  ...{ id, personId, wave, points, right: pointsOf(asked(one), answers), answers: { ...answers } },
                  heads: shownOf(reader, sheet.type, id),
                  apart: (apart.get(testKey(wave, personId)) ?? []).map((other) => ({
                    ...{ id: other.id, points: other.points, answers: { ...other.answers } },
                    right: pointsOf(asked(other), other.answers),
                  })),
                },
              ];
        }),
        removed: removedOf(context, activityId, form, people),
      });
    },

    'evaluation.close': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      return ok({ sealed: sealDrafts(context, { activityId, formId: found.value.id }) });
    },

    'evaluation.results': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const figures = figuresOf(context, activityId, found.value);
      return ok(
        figures.kind === 'prepost'
          ? { ...figures, items: { ...figures.items } }
          : { ...figures, items: { ...figures.items }, comments: { ...figures.comments } },
      );
    },
  };
}
