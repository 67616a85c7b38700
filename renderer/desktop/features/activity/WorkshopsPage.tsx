import { Button, Group, Select, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planDay } from '../../../../shared/features/activity/day-plan.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { fold, textIn } from '../../../../shared/kernel/text.ts';
import { EmptyRoom } from '../../../ui/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useFormats, useLanguage, useReadable, useReadableTitle } from '../../../ui/formats.ts';
import { PlusIcon, SearchIcon, UndoIcon } from '../../../ui/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { SearchSelect } from '../../../ui/SearchSelect.tsx';
import { today } from '../../app/clock.ts';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { MODES, type Mode } from '../../../../shared/model/vocabularies.ts';
import { RemovedFlag } from './RemovedNotice.tsx';
import { SampleFlag } from './SampleFlag.tsx';
import { useLoadSample } from './sample.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { MayNot, offers, useRights } from '../sync/MayNot.tsx';
import classes from './WorkshopsPage.module.css';

const CreateDialog = lazy(() => import('./CreateDialog.tsx').then((module) => ({ default: module.CreateDialog })));

type Workshop = Answer<'activity.list'>[number];

/** Every workshop on this laptop, by what is now, ahead and behind. */
export function WorkshopsPage({ create, courseId }: { readonly create: boolean; readonly courseId: Id | undefined }) {
  const { t } = useTranslation('activity');
  const query = useRead('activity.list', {});
  const rights = useRights();
  const mayCreate = offers(rights, 'plan');
  const open = () => go({ page: 'workshops', create: true });
  const close = () => go({ page: 'workshops' }, { replace: true });
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('list.title')}
        action={
          <Group gap="sm">
            <Button variant="subtle" leftSection={<UndoIcon />} onClick={() => go({ page: 'bin' })}>
              {t('bin')}
            </Button>
            {query.data?.length !== 0 && mayCreate && (
              <Button leftSection={<PlusIcon />} onClick={open}>
                {t('create.open')}
              </Button>
            )}
          </Group>
        }
      />
      <MayNot rights={rights} task="plan" opening />
      <Loaded query={query}>
        {(workshops) => (workshops.length > 0 ? <List workshops={workshops} /> : <None open={mayCreate ? open : null} />)}
      </Loaded>
      <Suspense>{create && mayCreate && <CreateDialog courseId={courseId} close={close} />}</Suspense>
    </div>
  );
}

function List({ workshops }: { readonly workshops: readonly Workshop[] }) {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const format = useFormats();
  const [text, setText] = useState('');
  const [project, setProject] = useState<string | null>(null);
  const [mode, setMode] = useState<Mode | null>(null);
  const [country, setCountry] = useState<string | null>(null);
  const found = workshops.filter(
    (workshop) =>
      (!project || workshop.projects.includes(project)) &&
      (!mode || workshop.mode === mode) &&
      (!country || workshop.countries.includes(country)) &&
      fold(searchText(workshop)).includes(fold(text)),
  );
  const plan = planDay(found, today());
  const groups = [
    { key: 'now', rows: plan.underWay },
    { key: 'ahead', rows: plan.upcoming },
    { key: 'behind', rows: plan.recent },
  ] as const;
  const projects = [...new Set(workshops.flatMap((workshop) => workshop.projects))].sort(format.compare);
  const countries = [...new Set(workshops.flatMap((workshop) => workshop.countries))]
    .map((code) => ({ value: code, label: format.country(code) }))
    .sort((a, b) => format.compare(a.label, b.label));
  return (
    <>
      <div className={classes.filters} role="search">
        <TextInput
          type="search"
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          leftSection={<SearchIcon size={18} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          className={classes.search}
        />
        <Select
          aria-label={t('list.project')}
          placeholder={t('list.project')}
          data={projects}
          value={project}
          onChange={setProject}
          clearable
        />
        <Select
          aria-label={t('field.mode')}
          placeholder={t('field.mode')}
          data={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
          value={mode}
          onChange={(value) => setMode(MODES.find((known) => known === value) ?? null)}
          clearable
        />
        <SearchSelect
          aria-label={t('list.country')}
          placeholder={t('list.country')}
          choices={countries}
          value={country}
          onChange={setCountry}
          nothingFoundMessage={t('field.countryNone')}
          clear={t('field.clear')}
        />
      </div>
      {found.length === 0 && <p className={classes.none}>{t('list.noneFound')}</p>}
      {groups.map(({ key, rows }) => rows.length > 0 && <Section key={key} title={t(`list.${key}`)} rows={rows} />)}
    </>
  );

  function searchText(workshop: Workshop): string {
    return [
      textIn(workshop.title, language),
      workshop.place,
      ...workshop.projects,
      ...workshop.partners,
      ...workshop.countries.map(format.country),
    ].join(' ');
  }
}

function Section({ title, rows }: { readonly title: string; readonly rows: readonly Workshop[] }) {
  const { t } = useTranslation('activity');
  const readable = useReadable();
  const readableTitle = useReadableTitle();
  const language = useLanguage();
  const format = useFormats();
  return (
    <section className={classes.group}>
      <h2 className={classes.heading}>{title}</h2>
      <ul className={classes.list}>
        <Rows of={rows} as="li">
          {(workshop) => (
            <li>
              <button type="button" className={classes.row} onClick={() => go({ page: 'workshop', id: workshop.id, tab: 'agenda' })}>
                <span className={classes.title}>
                  {readableTitle(workshop, textIn(workshop.title, language))} <SampleFlag sample={workshop.sample} />
                  <RemovedFlag removed={workshop.removed} />
                </span>
                <span className={classes.when}>
                  {workshop.precision === 'month' ? format.month(workshop.start) : format.days(workshop.start, workshop.end)}
                </span>
                <span className={classes.facts}>
                  {[
                    ...workshop.projects,
                    ...workshop.partners,
                    readable(workshop, 'mode', t(`mode.${workshop.mode}`)),
                    ...(readable(workshop, 'place', workshop.place) ? [readable(workshop, 'place', workshop.place)] : []),
                    ...(workshop.countries.length > 0 ? [t('countryCount', { count: workshop.countries.length })] : []),
                  ].join(' · ')}
                </span>
                <span className={classes.people}>{t('peopleCount', { count: workshop.people })}</span>
              </button>
            </li>
          )}
        </Rows>
      </ul>
    </section>
  );
}

function None({ open }: { readonly open: (() => void) | null }) {
  const { t } = useTranslation('activity');
  const sample = useLoadSample();
  return (
    <EmptyState drawing={<EmptyRoom />} title={t('list.emptyTitle')} text={t('list.emptyText')}>
      {open && <Button onClick={open}>{t('create.open')}</Button>}
      <Button variant="default" onClick={sample.load} loading={sample.loading}>
        {t('sample')}
      </Button>
    </EmptyState>
  );
}
