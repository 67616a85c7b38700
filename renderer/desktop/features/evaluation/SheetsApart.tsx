import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFormats } from '../../../ui/formats.ts';
import { ConflictIcon } from '../../../ui/theme/icons.tsx';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { useNameShown } from '../people/person/person-words.ts';
import { offers, useRights } from '../sync/MayNot.tsx';
import { Card, Cards } from '../../../ui/Cards.tsx';
import classes from './Enter.module.css';

type Sheet = Answer<'evaluation.sheets'>['sheets'][number];
type Content = Pick<Sheet, 'id' | 'answers' | 'points' | 'right'>;

interface Props {
  readonly activityId: Id;
  readonly sheets: readonly Sheet[];
  /** Of how many questions one may be right. */
  readonly questions: number;
}

/** Whose linked records have two sheets of one test that differ: one click says which counts. Nothing where there is none. */
export function SheetsApart({ activityId, sheets, questions }: Props) {
  const { t } = useTranslation('evaluation');
  const nameShown = useNameShown();
  const people = useRead('people.list', { activityId }).data ?? [];
  const mayChoose = offers(useRights(activityId), 'answers');
  const apart = sheets.filter((sheet) => sheet.apart.length > 0);
  if (apart.length === 0) return null;
  return (
    <section className={classes.apart}>
      <h2>
        <ConflictIcon size={16} /> {t('apart.title', { count: apart.length })}
      </h2>
      {apart.map((sheet) => {
        const person = people.find(({ id }) => id === sheet.personId);
        const name = person ? nameShown(person) : '';
        return (
          <Choice
            key={sheet.id}
            name={sheet.wave === null ? name : t('apart.of', { name, wave: t(`wave.${sheet.wave}`) })}
            sheet={sheet}
            questions={questions}
            mayChoose={mayChoose}
          />
        );
      })}
    </section>
  );
}

function Choice(props: { readonly name: string; readonly sheet: Sheet; readonly questions: number; readonly mayChoose: boolean }) {
  const { t } = useTranslation(['evaluation', 'sync']);
  const format = useFormats();
  const { sheet, questions } = props;
  const choose = useWrite('evaluation.choose');
  const all: readonly Content[] = [sheet, ...sheet.apart];
  const differing = [...new Set(all.flatMap(({ answers }) => Object.keys(answers)))].filter(
    (item) => new Set(all.map(({ answers }) => answers[item] ?? '')).size > 1,
  );
  const pick = (id: Id) =>
    choose.mutate(
      { id, over: all.map((one) => one.id).filter((one) => one !== id) },
      { onSuccess: () => offerUndo(t('apart.done', { name: props.name }), () => call('evaluation.choose', { id, over: [] })) },
    );
  return (
    <fieldset className={classes.choice}>
      <legend>{props.name}</legend>
      <div className={classes.values}>
        <Cards>
          {all.map((one, place) => {
            return (
              <Card
                key={one.id}
                onChoose={props.mayChoose ? () => pick(one.id) : undefined}
                disabled={choose.isPending}
                does={t('apart.counts')}
              >
                <strong>
                  {one.points
                    ? t('apart.points', { points: format.number(one.points.points, 2), of: format.number(one.points.of, 2) })
                    : t('apart.right', { count: one.right, of: questions })}
                </strong>
                {one.points === null && differing.length > 0 && (
                  <span className={classes.hint}>
                    {format.list(differing.map((item) => t('apart.answer', { item, answer: one.answers[item] || t('apart.blank') })))}
                  </span>
                )}
                {place === 0 && <span className={classes.hint}>{t('sync:conflicts.shown')}</span>}
              </Card>
            );
          })}
        </Cards>
      </div>
    </fieldset>
  );
}
