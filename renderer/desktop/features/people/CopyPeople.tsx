import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placeKey } from '../../../../shared/features/intake/row-places.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { goToUnsettled } from '../../../ui/dialog/Form.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { useImportWords } from '../../import/import-words.ts';
import { sayImported } from '../../import/PastImports.tsx';
import { countsOf, decide, shownRows, withDecisions, type Decision } from '../../import/plan-view.ts';
import { PlanRows } from '../../import/PlanRows.tsx';
import { useKnownNames } from './known-names.ts';

type Copy = Answer<'people.copy'>;
type Decisions = ReadonlyMap<string, Decision>;

interface Props {
  readonly activityId: Id;
  onClose(): void;
}

const TAKES = ['new', 'same', 'leave'] as const;
const UNDECIDED: Decisions = new Map();

/** Takes people of another workshop into this one: which workshop, which of its people, and what would become of each. */
export function CopyPeople({ activityId, onClose }: Props) {
  const { t } = useTranslation(['people', 'app']);
  const workshops = useRead('activity.list', { inCalendar: false });
  return (
    <Dialog help="people" onClose={onClose} title={t('copy.title')} size={1080} yOffset="2dvh">
      <Loaded query={workshops}>
        {(list) => (
          <Choices activityId={activityId} workshops={list.filter(({ id, people }) => id !== activityId && people > 0)} onClose={onClose} />
        )}
      </Loaded>
    </Dialog>
  );
}

function Choices({ activityId, workshops, onClose }: Props & { readonly workshops: Answer<'activity.list'> }) {
  const { t } = useTranslation(['people', 'app']);
  const language = useLanguage();
  const format = useFormats();
  const [from, setFrom] = useState<Id | null>(null);
  const [unsettled, setUnsettled] = useState(false);
  const [who, setWho] = useState<'all' | 'attended'>('all');
  if (workshops.length === 0) {
    return (
      <>
        <p>{t('copy.noWorkshop')}</p>
        <DialogFoot>
          <Button data-autofocus onClick={onClose}>
            {t('app:close')}
          </Button>
        </DialogFoot>
      </>
    );
  }
  return (
    <Stack gap="md">
      <p style={{ margin: 0 }}>{t('copy.intro')}</p>
      <SearchSelect
        label={t('copy.from')}
        placeholder={t('copy.choose')}
        choices={workshops.toReversed().map(({ id, title, start, end, people }) => ({
          value: id,
          label: t('copy.workshop', { title: textIn(title, language), when: format.days(start, end), count: people }),
        }))}
        value={from}
        onChange={setFrom}
        nothingFoundMessage={t('copy.noneFound')}
        onUnsettled={setUnsettled}
        data-autofocus
      />
      <SegmentedControl
        aria-label={t('copy.who')}
        value={who}
        onChange={(value) => setWho(value === 'attended' ? 'attended' : 'all')}
        data={(['all', 'attended'] as const).map((value) => ({ value, label: t(`copy.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      {from === null || unsettled ? (
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {t('app:close')}
          </Button>
        </DialogFoot>
      ) : (
        <Plan key={`${from} ${who}`} activityId={activityId} from={from} who={who} onClose={onClose} />
      )}
    </Stack>
  );
}

function Plan({ activityId, from, who, onClose }: Props & { readonly from: Id; readonly who: 'all' | 'attended' }) {
  const [decisions, setDecisions] = useState<Decisions>(UNDECIDED);
  const [rows, setRows] = useState<Copy['rows']>([]);
  const persons = new Map(rows.map((row) => [placeKey(row), row.person]));
  const said = [...decisions].flatMap(([key, { take, personId }]) => {
    const person = persons.get(key);
    return person === undefined ? [] : [{ person, take, ...(personId !== undefined && { personId }) }];
  });
  // A look: nothing is written.
  const look = useRead('people.copy', { activityId, from, who, decisions: said, apply: false }, { keep: true });
  if (look.data && look.data.rows !== rows) setRows(look.data.rows);
  return (
    <Loaded query={look}>
      {(answer) => (
        <Planned
          answer={answer}
          decisions={decisions}
          stale={look.isFetching}
          args={{ activityId, from, who, decisions: said }}
          onDecide={setDecisions}
          onClose={onClose}
        />
      )}
    </Loaded>
  );
}

function Planned(props: {
  readonly answer: Copy;
  readonly decisions: Decisions;
  readonly stale: boolean;
  readonly args: { activityId: Id; from: Id; who: 'all' | 'attended'; decisions: { person: Id; take: Decision['take']; personId?: Id }[] };
  onDecide(decisions: Decisions): void;
  onClose(): void;
}) {
  const { answer, decisions, stale, args } = props;
  const { t } = useTranslation(['people', 'intake', 'app']);
  const words = useImportWords();
  const known = useKnownNames(args.activityId);
  const copy = useWrite('people.copy', { shownHere: true });
  const rows = useMemo(() => shownRows(answer.rows), [answer.rows]);
  const shown = useMemo(() => withDecisions(rows, decisions, stale ? UNDECIDED : decisions), [rows, decisions, stale]);
  const counts = useMemo(() => countsOf(shown), [shown]);
  const plan = useRef<HTMLDivElement>(null);
  const held = counts.ask;
  const apply = async (skipRejected: boolean) => {
    if (stale || copy.isPending || goToUnsettled(plan.current)) return;
    const done = await copy.mutateAsync({ ...args, apply: true, skipRejected }).catch(() => undefined);
    if (!done?.applied) return;
    sayImported(t('copy.done', { count: done.added }), done.importId);
    props.onClose();
  };
  const turn = (key: string, decision: Decision | null) => {
    const next = new Map(decisions);
    if (decision === null) next.delete(key);
    else next.set(key, decision);
    props.onDecide(next);
  };
  if (answer.rows.length === 0) {
    return (
      <>
        <p>{t('copy.nobody')}</p>
        <DialogFoot>
          <Button onClick={props.onClose}>{t('app:close')}</Button>
        </DialogFoot>
      </>
    );
  }
  return (
    <>
      <p role="status" style={{ margin: 0 }}>
        {t('copy.would', { count: answer.added, here: answer.here })}
      </p>
      {held > 0 && <p style={{ margin: 0, color: 'var(--accent-text)' }}>{t('copy.held', { count: held })}</p>}
      <div ref={plan}>
        <PlanRows
          rows={shown}
          counts={counts}
          kind="people"
          takes={TAKES}
          people={known}
          words={words}
          source={t('copy.there')}
          onDecide={({ planned }, take, personId) => turn(placeKey(planned), take === null ? null : decide(planned, take, personId))}
        />
      </div>
      <Refusal error={copy.error} />
      <DialogFoot>
        {held > 0 && answer.added > 0 && (
          <Button variant="default" aria-disabled={stale || undefined} onClick={() => void apply(true)}>
            {t('intake:takeRest', { rest: answer.added, later: t('copy.later', { count: held }) })}
          </Button>
        )}
        {held === 0 &&
          (answer.added > 0 ? (
            <Button aria-disabled={stale || undefined} onClick={() => void apply(false)}>
              {t('copy.button', { count: answer.added })}
            </Button>
          ) : (
            <Button onClick={props.onClose}>{t('app:close')}</Button>
          ))}
      </DialogFoot>
    </>
  );
}
