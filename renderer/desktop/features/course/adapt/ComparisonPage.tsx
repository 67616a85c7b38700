import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Column } from '../../../../ui/Column.tsx';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { call, useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { BackToCourse } from './BackToCourse.tsx';
import { ChangeList, type Choice } from './ChangeList.tsx';
import { offerTakingBack, useDecided } from './decided.ts';
import classes from './Comparison.module.css';

/** An adaptation beside its source, change by change: each is taken, left or merged, and can be taken back. */
export function ComparisonPage({ id }: { readonly id: Id }) {
  const { t } = useTranslation('adaptation');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const course = useRead('course.list', {}).data?.find((one) => one.id === id);
  const title = course ? readableTitle(course, textIn(course.title, language)) : '';
  const query = useRead('course.upstream', { courseId: id });
  return (
    <Column>
      <PageHeader title={t('compare.title', { title })} before={<BackToCourse id={id} />}>
        {t('compare.text')}
      </PageHeader>
      <Loaded query={query}>{(upstream) => <Changes courseId={id} upstream={upstream} />}</Loaded>
    </Column>
  );
}

function Changes({ courseId, upstream: { from, to, changes } }: { readonly courseId: Id; readonly upstream: Answer<'course.upstream'> }) {
  const { t } = useTranslation('adaptation');
  const mayChange = useRead('course.open', { id: courseId }).data?.change.allowed ?? false;
  const decided = useDecided((all) => all[courseId] ?? 0);
  const taking = useWrite('course.takeUpstream');
  const take = (choices: Choice[], words: string) =>
    taking.mutate(
      { courseId, choices },
      { onSuccess: (done) => offerTakingBack(courseId, done, words, (hash) => call('course.undoTaking', { courseId, taking: hash })) },
    );
  return (
    <>
      {from !== to && <p className={classes.versions}>{t('compare.versions', { from, to })}</p>}
      <ChangeList
        as="update"
        changes={changes}
        decided={decided}
        take={mayChange ? take : undefined}
        closed={decided > 0 ? t('compare.done', { to }) : t('compare.none')}
      />
    </>
  );
}
