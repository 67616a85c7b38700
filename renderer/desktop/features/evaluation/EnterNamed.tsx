import { Button, SegmentedControl } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { WAVES } from '../../../../shared/model/vocabularies.ts';
import { useFormats } from '../../../ui/formats.ts';
import { RemoveIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { go } from '../../app/view.ts';
import type { Person } from '../people/find-people.ts';
import { useNameShown } from '../people/person/person-words.ts';
import { nextPerson } from '../../../../shared/features/evaluation/entry.ts';
import { AnswerStrip } from './AnswerStrip.tsx';
import { Comments } from './Comments.tsx';
import { draftOf, keepDraft } from './drafts.ts';
import { answered, BLANK_SHEET, closedItems, hintOf, typedAhead, type Form, type PaperSheet } from './paper-sheet.ts';
import { KeptList, KeptNotice, Unfinished, useKeptSheets } from './KeptSheets.tsx';
import { RemovedSheets } from './RemovedSheets.tsx';
import { holdKeys } from './held-keys.ts';
import { useUnfinished } from './use-unfinished.ts';
import classes from './Enter.module.css';

type Wave = (typeof WAVES)[number];
type Sheets = Answer<'evaluation.sheets'>['sheets'];

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
  const ids = useMemo(() => people.map(({ id }) => id), [people]);
  const hasWaves = form.kind === 'prepost';
  const [wave, setWave] = useState<Wave | null>(hasWaves ? 'pre' : null);
  const inOf = (of: Wave | null) => new Set(sheets.filter((sheet) => sheet.wave === of).map(({ personId }) => personId));
  const done = inOf(wave);
  const [chosen, setChosen] = useState<Id | null>(() => nextPerson(ids, done, null));
  const personId = chosen !== null && ids.includes(chosen) ? chosen : null;
  const subject = people.find(({ id }) => id === personId);
  const known = sheets.find((sheet) => sheet.personId === personId && sheet.wave === wave);
  const keyOf = (of: Wave | null, id: Id | null) => `${activityId} ${form.id} ${of ?? ''} ${id ?? ''}`;
  const key = keyOf(wave, personId);
  const stored = known && { answers: known.answers, position: 0 };
  const [entry, setEntry] = useState<{ readonly key: string; readonly sheet: PaperSheet } | null>(null);
  const draft = draftOf(key);
  const sheet = entry?.key === key ? entry.sheet : draft === BLANK_SHEET && stored ? stored : draft;
  const kept = useKeptSheets();
  const enter = useWrite('evaluation.enter', { shownHere: true });
  const remove = useWrite('evaluation.removeSheet');
  const format = useFormats();
  const keepButton = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const items = useMemo(() => closedItems(form), [form]);
  const focusKeep = useCallback(() => keepButton.current?.focus(), []);
  const unfinished = useUnfinished(key, items, known !== undefined);
  const change = (next: PaperSheet) => {
    unfinished.changed(sheet, next);
    setEntry({ key, sheet: next });
    keepDraft(key, next);
  };
  const choices = people.map((person) => {
    const name = person.homonym ? `${nameShown(person)}, ${person.ref || person.institution}` : nameShown(person);
    return { value: person.id, name, label: t(done.has(person.id) ? 'enter.personDone' : 'enter.personOpen', { name }) };
  });
  // While it is not said whose sheet it is, it is nobody's: least of all the one's before.
  const [unsettled, setUnsettled] = useState(false);
  const [names, setNames] = useState(0);
  const fresh = useRef(false);
  const focusSheet = useCallback(() => root.current?.querySelector<HTMLElement>('[aria-current="true"], textarea')?.focus(), []);
  useEffect(() => {
    if (!fresh.current) return undefined;
    fresh.current = false;
    // Not at once: Tab that left the name would go on from there.
    const timer = setTimeout(focusSheet);
    return () => clearTimeout(timer);
  }, [key, unsettled, focusSheet]);
  const turnTo = (nextWave: Wave | null, id: Id | null) => {
    enter.reset();
    setWave(nextWave);
    setChosen(id);
    setEntry(null);
    fresh.current = id !== null;
  };
  /** To the sheet after one that was kept, with what was typed in the meantime. At once, focus and all: between the two a key would go nowhere. */
  const turnToNext = (id: Id | null, keys: readonly string[]) => {
    const next = keyOf(wave, id);
    flushSync(() => {
      turnTo(wave, id);
      if (id === null || keys.length === 0) return;
      const begun = typedAhead(draftOf(next), items, keys);
      keepDraft(next, begun);
      setEntry({ key: next, sheet: begun });
    });
    focusSheet();
  };
  const backToName = () => {
    setNames(names + 1);
    setUnsettled(false);
    fresh.current = personId !== null;
  };
  const isBegun = Object.keys(sheet.answers).length > 0 || (items.length > 0 && sheet.position >= items.length);
  const keep = async () => {
    // Enter on a sheet that nobody has begun is a slip; one left blank to its end is an answer.
    if (personId === null || unsettled || enter.isPending || !isBegun) return;
    if (!unfinished.mayKeep(sheet)) return focusKeep();
    const answers = { ...sheet.answers };
    const of = { activityId, formId: form.id, personId, ...(wave !== null && { wave }) };
    const release = holdKeys(root.current);
    const entered = await enter.mutateAsync({ ...of, answers, correct: known !== undefined }).catch(() => undefined);
    const keys = release();
    if (!entered) return;
    keepDraft(key, BLANK_SHEET);
    const again = async () => {
      // What it took the place of comes back; a sheet that was the first is none any more.
      if (known) await call('evaluation.enter', { ...of, answers: known.answers, correct: true });
      else {
        const now = await call('evaluation.sheets', { activityId, formId: form.id });
        await call('evaluation.removeSheet', { id: entered.id, seen: now.sheets.find(({ id }) => id === entered.id)?.heads ?? {} });
      }
      keepDraft(key, sheet);
      turnTo(wave, personId);
    };
    const words = t('enter.kept', { name: subject ? nameShown(subject) : '', count: answered(sheet, form.items), of: form.items.length });
    // The points alone of a sheet cannot be entered again: what stood there is in its history.
    if (known?.points) kept.say(words);
    else kept.add({ id: entered.id, words, listed: words, takeBack: again });
    turnToNext(nextPerson(ids, new Set([...done, personId]), personId), keys);
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
  return (
    <div ref={root}>
      <div className={classes.head}>
        {wave !== null && (
          <SegmentedControl
            aria-label={t('enter.wave')}
            value={wave}
            onChange={(value) => {
              const next = value === 'post' ? 'post' : 'pre';
              turnTo(next, nextPerson(ids, inOf(next), null));
            }}
            data={WAVES.map((value) => ({ value, label: t(`wave.${value}`) }))}
          />
        )}
        <SearchSelect
          key={names}
          className={classes.person}
          aria-label={t('enter.person')}
          placeholder={t('enter.person')}
          choices={choices}
          value={personId}
          onChange={(id) => turnTo(wave, id)}
          onUnsettled={setUnsettled}
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
          <Button variant="default" onClick={backToName}>
            {subject ? t('enter.backTo', { name: nameShown(subject) }) : t('app:cancel')}
          </Button>
        </div>
      ) : (
        <>
          {subject?.homonym && subject.institution && <p className={classes.institution}>{subject.institution}</p>}
          {known && (
            <p className={classes.note}>
              {known.points
                ? t('enter.pointsAlone', { points: format.number(known.points.points, 2), of: format.number(known.points.of, 2) })
                : t('enter.correcting')}
            </p>
          )}
          <AnswerStrip items={items} sheet={sheet} onChange={change} onDone={focusKeep} onKeep={() => void keep()} />
          {unfinished.asks && <Unfinished answered={answered(sheet, items)} of={items.length} />}
          <Comments form={form} sheet={sheet} onChange={change} onKeep={() => void keep()} />
          <Refusal error={enter.error} />
          <div className={classes.actions}>
            <Button ref={keepButton} onClick={() => void keep()} loading={enter.isPending} disabled={items.length === 0 && !isBegun}>
              {known ? t('enter.correct') : t('enter.keep')}
            </Button>
            {known && (
              <Button variant="default" leftSection={<RemoveIcon />} onClick={() => void takeOut()} loading={remove.isPending}>
                {t('removed.remove')}
              </Button>
            )}
            <span className={classes.hint}>{t(`enter.${hasWaves ? 'hintLetters' : hintOf(form)}`)}</span>
          </div>
        </>
      )}
      <KeptList {...kept} />
      <RemovedSheets removed={removed} people={people} />
    </div>
  );
}
