import { Button, SegmentedControl } from '@mantine/core';
import { useCallback, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { WAVES } from '../../../../../shared/model/vocabularies.ts';
import { SearchSelect } from '../../../../ui/fields/SearchSelect.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import type { Person } from '../../people/find-people.ts';
import { useNameShown } from '../../people/person/person-words.ts';
import { KeptList, KeptNotice, useKeptSheets } from '../KeptSheets.tsx';
import type { Form } from '../paper-sheet.ts';
import { RemovedSheets } from '../RemovedSheets.tsx';
import { NamedSheet } from './NamedSheet.tsx';
import { useEntryFocus } from './use-entry-focus.ts';
import { useKeeping } from './use-keeping.ts';
import { useNamedSheet, type Sheets, type Wave } from './use-named-sheet.ts';
import classes from '../Enter.module.css';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly sheets: Sheets;
  readonly removed: Answer<'evaluation.sheets'>['removed'];
}

/**
 * Sheets with a name on paper, person by person: the next one comes by itself. A sheet that is in already can be corrected, and what was kept here be taken back. A test is taken before and
 * after; a questionnaire has neither.
 */
export function EnterNamed(props: Props) {
  const people = useRead('people.list', { activityId: props.activityId });
  return <Loaded query={people}>{(list) => <Entry {...props} people={list} />}</Loaded>;
}

function Entry({ activityId, form, sheets, removed, people }: Props & { readonly people: readonly Person[] }) {
  const { t } = useTranslation(['evaluation', 'app']);
  const nameShown = useNameShown();
  const at = useNamedSheet(activityId, form, sheets, people);
  const { wave, personId, subject, done } = at;
  const kept = useKeptSheets();
  const enter = useWrite('evaluation.enter', { shownHere: true });
  const keepButton = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const focusKeep = useCallback(() => keepButton.current?.focus(), []);
  const choices = people.map((person) => {
    const name = person.homonym ? `${nameShown(person)}, ${person.ref || person.institution}` : nameShown(person);
    return { value: person.id, name, label: t(done.has(person.id) ? 'enter.personDone' : 'enter.personOpen', { name }) };
  });
  const focus = useEntryFocus(root, at.key);
  const { unsettled } = focus;
  const turnTo = (nextWave: Wave | null, id: Id | null) => {
    enter.reset();
    at.show(nextWave, id);
    focus.expectSheet(id !== null);
  };
  /** To the sheet after one that was kept, with what was typed in the meantime. At once, focus and all: between the two a key would go nowhere. */
  const turnToNext = (id: Id | null, keys: readonly string[]) => {
    flushSync(() => {
      turnTo(wave, id);
      if (id !== null && keys.length > 0) at.begin(id, keys);
    });
    focus.focusSheet();
  };
  const { keep, takeOut, isTakingOut } = useKeeping({
    activityId,
    form,
    at,
    kept,
    enter,
    root,
    unsettled,
    focusKeep,
    turnTo,
    turnToNext,
  });
  if (people.length === 0) return <Nobody activityId={activityId} />;
  return (
    <div ref={root}>
      <div className={classes.head}>
        {wave !== null && <WaveChoice wave={wave} onChange={(next) => turnTo(next, at.firstOf(next))} />}
        <SearchSelect
          key={focus.names}
          className={classes.person}
          aria-label={t('enter.person')}
          placeholder={t('enter.person')}
          choices={choices}
          value={personId}
          onChange={(id) => turnTo(wave, id)}
          onUnsettled={focus.setUnsettled}
          nothingFoundMessage={t('enter.nobodyFound')}
        />
        <p className={classes.progress} role="status">
          {t('enter.in', { count: done.size, of: people.length })}
        </p>
        <KeptNotice {...kept} />
      </div>
      {personId === null ? (
        <p className={classes.complete}>{wave === null ? t('enter.allInNamed') : t(`enter.allIn.${wave}`)}</p>
      ) : unsettled ? (
        <div className={classes.note}>
          <p>{t('enter.whose')}</p>
          <Button variant="default" onClick={() => focus.backToName()}>
            {subject ? t('enter.backTo', { name: nameShown(subject) }) : t('app:cancel')}
          </Button>
        </div>
      ) : (
        <NamedSheet
          form={form}
          at={at}
          keepButton={keepButton}
          isKeeping={enter.isPending}
          isTakingOut={isTakingOut}
          error={enter.error}
          onDone={focusKeep}
          onKeep={() => void keep()}
          onTakeOut={() => void takeOut()}
        />
      )}
      <KeptList {...kept} />
      <RemovedSheets removed={removed} people={people} />
    </div>
  );
}

function WaveChoice({ wave, onChange }: { readonly wave: Wave; readonly onChange: (wave: Wave) => void }) {
  const { t } = useTranslation('evaluation');
  return (
    <SegmentedControl
      aria-label={t('enter.wave')}
      value={wave}
      onChange={(value) => onChange(value === 'post' ? 'post' : 'pre')}
      data={WAVES.map((value) => ({ value, label: t(`wave.${value}`) }))}
    />
  );
}

function Nobody({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('evaluation');
  return (
    <div className={classes.none}>
      <p>{t('enter.nobody')}</p>
      <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('enter.toPeople')}</Button>
    </div>
  );
}
