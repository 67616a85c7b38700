import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nextPerson } from '../../../../shared/features/evaluation/entry.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { RemoveIcon } from '../../../ui/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SearchSelect } from '../../../ui/SearchSelect.tsx';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/notices.tsx';
import { go } from '../../app/view.ts';
import type { Person } from '../people/find-people.ts';
import { useNameShown } from '../people/person-words.ts';
import { AnswerStrip } from './AnswerStrip.tsx';
import { Comments } from './Comments.tsx';
import { draftOf, keepDraft } from './drafts.ts';
import { answered, BLANK_SHEET, closedItems, hintOf, type Form, type PaperSheet } from './paper-sheet.ts';
import { Unfinished } from './KeptSheets.tsx';
import { RemovedSheets } from './RemovedSheets.tsx';
import { useUnfinished } from './use-unfinished.ts';
import classes from './Enter.module.css';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly sheets: Answer<'evaluation.sheets'>['sheets'];
  readonly removed: Answer<'evaluation.sheets'>['removed'];
}

/** Sheets with a name that are no test, person by person: a questionnaire before the workshop has neither *before* nor *after*. */
export function EnterNamed(props: Props) {
  const people = useRead('people.list', { activityId: props.activityId });
  return <Loaded query={people}>{(list) => <Entry {...props} people={list} />}</Loaded>;
}

function Entry({ activityId, form, sheets, removed, people }: Props & { readonly people: readonly Person[] }) {
  const { t } = useTranslation('evaluation');
  const nameShown = useNameShown();
  const ids = useMemo(() => people.map(({ id }) => id), [people]);
  const done = new Set(sheets.map((sheet) => sheet.personId));
  const [chosen, setChosen] = useState<Id | null>(() => nextPerson(ids, done, null));
  // While it is not said whose sheet it is, it is nobody's.
  const [unsettled, setUnsettled] = useState(false);
  const subject = people.find(({ id }) => id === chosen);
  const known = sheets.find((sheet) => sheet.personId === chosen);
  const key = `${activityId} ${form.id} ${chosen ?? ''}`;
  const [entry, setEntry] = useState<{ readonly key: string; readonly sheet: PaperSheet } | null>(null);
  const draft = draftOf(key);
  const sheet = entry?.key === key ? entry.sheet : draft === BLANK_SHEET && known ? { answers: known.answers, position: 0 } : draft;
  const [kept, setKept] = useState('');
  const enter = useWrite('evaluation.enter', { shownHere: true });
  const remove = useWrite('evaluation.removeSheet');
  const items = useMemo(() => closedItems(form), [form]);
  const root = useRef<HTMLDivElement>(null);
  const focusFirst = useRef(false);
  useEffect(() => {
    if (!focusFirst.current) return;
    focusFirst.current = false;
    root.current?.querySelector<HTMLElement>('[aria-current="true"], textarea')?.focus();
  }, [key]);
  const keepButton = useRef<HTMLButtonElement>(null);
  const unfinished = useUnfinished(key, items, known !== undefined);
  const change = (next: PaperSheet) => {
    unfinished.changed(sheet, next);
    setEntry({ key, sheet: next });
    keepDraft(key, next);
  };
  const turnTo = (id: Id | null) => {
    enter.reset();
    setChosen(id);
    setEntry(null);
  };
  const keep = async () => {
    if (!subject || unsettled || enter.isPending || Object.keys(sheet.answers).length === 0) return;
    if (!unfinished.mayKeep(sheet)) return keepButton.current?.focus();
    const answers = { ...sheet.answers };
    const args = { activityId, formId: form.id, personId: subject.id, answers, correct: known !== undefined };
    const entered = await enter.mutateAsync(args).catch(() => undefined);
    if (!entered) return;
    keepDraft(key, BLANK_SHEET);
    setKept(t('enter.kept', { name: nameShown(subject), count: answered(sheet, form.items), of: form.items.length }));
    focusFirst.current = true;
    turnTo(nextPerson(ids, new Set([...done, subject.id]), subject.id));
  };
  const takeOut = async () => {
    if (!known || remove.isPending) return;
    const { id, heads } = known;
    if (!(await remove.mutateAsync({ id, seen: heads }).catch(() => undefined))) return;
    keepDraft(key, BLANK_SHEET);
    setEntry(null);
    offerUndo(t('removed.done', { name: subject ? nameShown(subject) : '' }), () => call('evaluation.restoreSheet', { id }));
  };
  if (people.length === 0) {
    return (
      <div className={classes.none}>
        <p>{t('enter.nobody')}</p>
        <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('enter.toPeople')}</Button>
      </div>
    );
  }
  const choices = people.map((person) => {
    const name = person.homonym ? `${nameShown(person)}, ${person.ref || person.institution}` : nameShown(person);
    return { value: person.id, name, label: t(done.has(person.id) ? 'enter.personDone' : 'enter.personOpen', { name }) };
  });
  return (
    <div ref={root}>
      <div className={classes.head}>
        <SearchSelect
          className={classes.person}
          aria-label={t('enter.person')}
          placeholder={t('enter.person')}
          choices={choices}
          value={subject ? subject.id : null}
          onChange={turnTo}
          onUnsettled={setUnsettled}
          nothingFoundMessage={t('enter.nobodyFound')}
        />
        <p className={classes.progress} role="status">
          {t('enter.in', { count: done.size, of: people.length })}
        </p>
      </div>
      {!subject || unsettled ? (
        <p className={classes.complete}>{t(unsettled ? 'enter.whose' : 'enter.allInNamed')}</p>
      ) : (
        <>
          {known && <p className={classes.note}>{t('enter.correcting')}</p>}
          <AnswerStrip items={items} sheet={sheet} onChange={change} onDone={() => undefined} onKeep={() => void keep()} />
          {unfinished.asks && <Unfinished answered={answered(sheet, items)} of={items.length} />}
          <Comments form={form} sheet={sheet} onChange={change} onKeep={() => void keep()} />
          <Refusal error={enter.error} />
          <div className={classes.actions}>
            <Button
              ref={keepButton}
              onClick={() => void keep()}
              loading={enter.isPending}
              disabled={Object.keys(sheet.answers).length === 0}
            >
              {known ? t('enter.correct') : t('enter.keep')}
            </Button>
            {known && (
              <Button variant="default" leftSection={<RemoveIcon />} onClick={() => void takeOut()} loading={remove.isPending}>
                {t('removed.remove')}
              </Button>
            )}
            <span className={classes.hint}>{t(`enter.${hintOf(form)}`)}</span>
          </div>
        </>
      )}
      <p className={classes.kept} role="status">
        {kept}
      </p>
      <RemovedSheets removed={removed} people={people} />
    </div>
  );
}
