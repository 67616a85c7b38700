import type { ActivityFigures } from '../../../../shared/features/report/contract.ts';
import { learningFigures } from '../../../../shared/features/report/learning.ts';
import { opinionFigures, type OpinionItem } from '../../../../shared/features/report/opinions.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { peopleOf } from '../activity/workshop.ts';
import { figuresOf, sheetsOf, waitingForms } from '../evaluation/evaluation-sheets.ts';
import { answeredForms, askedIn, type Form } from '../form/asked-forms.ts';

type Evaluated = Pick<ActivityFigures, 'evaluation' | 'learning' | 'opinions'>;

/** Returns a report's part on the questionnaires of which something is in: a sentence each, then what was learnt and what people thought. */
export function evaluated(context: EngineContext, activityId: Id, words: ReportWords): Evaluated {
  const told: Evaluated = { evaluation: [], learning: [], opinions: [] };
  for (const form of answeredForms(context, activityId, waitingForms(context, activityId))) {
    const figures = figuresOf(context, activityId, form);
    const entry = { formId: form.id, title: textIn(form.title, words.language) };
    if (figures.kind === 'prepost') {
      if (figures.nPre + figures.nPost === 0) continue;
      told.evaluation.push({ ...entry, kind: form.kind, sentence: words.test(figures), n: figures.nPaired, suppressed: false });
      told.learning.push({ ...entry, ...learntOf(context, activityId, form, words) });
      continue;
    }
    if (figures.n === 0) continue;
    const opinions = opinionFigures(form, figures);
    const sentence = words.survey({ ...figures, mean: opinions.mean });
    told.evaluation.push({ ...entry, kind: form.kind, sentence, n: figures.n, suppressed: figures.suppressed });
    // What countries answered before the workshop is a table of its own.
    if (form.kind !== 'preEvent') told.opinions.push({ ...entry, ...opinionsIn(opinions, words) });
  }
  return told;
}

type Learnt = Omit<ActivityFigures['learning'][number], 'formId' | 'title'>;
type Opinions = Omit<ActivityFigures['opinions'][number], 'formId' | 'title'>;

function learntOf(context: EngineContext, activityId: Id, form: Form, { language }: ReportWords): Learnt {
  const people = new Set(peopleOf(context.store.reader, activityId).map(({ id }) => id));
  const { items, topics, ...figures } = learningFigures(form, sheetsOf(context, activityId, form), people, askedIn(context, form));
  const textOf = new Map(form.items.map(({ id, text }) => [id, textIn(text, language)]));
  return {
    ...figures,
    items: items.map((item) => ({ ...item, text: textOf.get(item.id) ?? item.id })),
    topics: topics.map(({ topic, ...shares }, at) => ({ ...shares, key: String(at), text: textIn(topic, language) })),
  };
}

function opinionsIn({ items, comments, ...figures }: ReturnType<typeof opinionFigures>, { language }: ReportWords): Opinions {
  const labelOf = ({ type, options, rows }: OpinionItem['item'], key: string): string => {
    if (type === 'scale') return key;
    const [row, option] = key.split(':');
    return option === undefined
      ? textIn(options[key] ?? key, language)
      : `${textIn(rows?.[row!] ?? row!, language)}: ${textIn(options[option] ?? option, language)}`;
  };
  return {
    ...figures,
    items: items.flatMap(({ item, n, withheld, mean, dist }) => {
      const { id, type, text } = item;
      if (type === 'open' || type === 'date') return [];
      return [
        {
          ...{ id, type, text: textIn(text, language), n, withheld, mean },
          dist: dist.map((one) => ({ ...one, label: labelOf(item, one.key) })),
        },
      ];
    }),
    comments: comments.map(({ item, comments: own }) => ({ id: item.id, text: textIn(item.text, language), comments: [...own] })),
  };
}
