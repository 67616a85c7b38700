import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { Column } from '../../../ui/Column.tsx';
import { EmptyShelf } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useFormats, useLanguage, useReadable } from '../../../ui/formats.ts';
import { BackIcon, UndoIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { call, useRead, type Answer } from '../../app/engine.ts';
import { say, sayRefusal } from '../../app/frame/notices.tsx';
import { go } from '../../app/view.ts';
import { useNameShown } from '../people/person/person-words.ts';
import { useDeviceWords } from '../sync/device-words.ts';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';

type Removed = Answer<'bin.list'>[number];

/** How each kind is put back: by its own feature, with whatever that looks at. */
const PUT_BACK: Readonly<Record<Removed['type'], (id: Id) => Promise<unknown>>> = {
  activity: (id) => call('activity.restore', { id }),
  participant: (id) => call('people.restore', { id }),
  agendaItem: (id) => call('activity.restoreItem', { id }),
  material: (id) => call('material.restore', { id }),
  sheet: (id) => call('evaluation.restoreSheet', { id }),
  module: (id) => call('course.restorePart', { id }),
  session: (id) => call('course.restorePart', { id }),
  formItem: (id) => call('form.restoreItem', { id }),
};

/** The records that were removed, with who did it and when, each to be put back; of one workshop, or of everything here. */
export function BinPage({ activityId }: { readonly activityId: Id | undefined }) {
  const { t } = useTranslation('bin');
  const query = useRead('bin.list', activityId === undefined ? {} : { activityId });
  const workshop = useRead('activity.get', { id: activityId ?? '' }, { enabled: activityId !== undefined }).data;
  const language = useLanguage();
  return (
    <Column>
      <PageHeader
        title={t('title')}
        action={
          activityId !== undefined && (
            <Button variant="default" leftSection={<BackIcon />} onClick={() => go({ page: 'workshop', id: activityId, tab: 'agenda' })}>
              {t('toWorkshop')}
            </Button>
          )
        }
      >
        {activityId === undefined ? t('text') : t('textOf', { workshop: workshop ? textIn(workshop.title, language) : '' })}
      </PageHeader>
      <Loaded query={query}>
        {(removed) =>
          removed.length === 0 ? (
            <EmptyState drawing={<EmptyShelf />} title={t('emptyTitle')} text={t('emptyText')}>
              {activityId === undefined && <Button onClick={() => go({ page: 'workshops' })}>{t('toWorkshops')}</Button>}
            </EmptyState>
          ) : (
            <BoxedList label={t('title')}>
              <Rows of={removed} as="li">
                {(one) => <Row one={one} inWorkshop={activityId !== undefined} />}
              </Rows>
            </BoxedList>
          )
        }
      </Loaded>
    </Column>
  );
}

function Row({ one, inWorkshop }: { readonly one: Removed; readonly inWorkshop: boolean }) {
  const { t } = useTranslation('bin');
  const language = useLanguage();
  const format = useFormats();
  const readable = useReadable();
  const nameShown = useNameShown();
  const on = useDeviceWords();
  const name = one.person ? nameShown({ ...one.person, unreadable: one.unreadable }) : readable(one, 'title', textIn(one.title, language));
  const facts = [
    t(`kind.${one.type}`),
    ...(one.form === null ? [] : [textIn(one.form, language)]),
    ...(one.workshop === null || inWorkshop ? [] : [textIn(one.workshop, language)]),
  ];
  const putBack = () =>
    PUT_BACK[one.type](one.id).then(
      () => say(t('done', { name })),
      (refusal: { readonly message: string }) => sayRefusal(refusal),
    );
  return (
    <li>
      <BoxedRow>
        <RowWords title={name === '' ? t('unnamed') : name}>
          <RowFacts>{facts.join(' · ')}</RowFacts>
        </RowWords>
        <RowFacts>
          {one.by === ''
            ? t('removedOn', { at: format.instant(one.at), on: on({ device: one.device, laptop: one.laptop, author: one.by }) })
            : t('removedBy', { at: format.instant(one.at), by: one.by })}
        </RowFacts>
        {one.restorable ? (
          <Button
            variant="default"
            size="sm"
            leftSection={<UndoIcon size={18} />}
            onClick={() => void putBack()}
            aria-label={t('putBackNamed', { name })}
          >
            {t('putBack')}
          </Button>
        ) : (
          <RowFacts>{t('notYours')}</RowFacts>
        )}
      </BoxedRow>
    </li>
  );
}
