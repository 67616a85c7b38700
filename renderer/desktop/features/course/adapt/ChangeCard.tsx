import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { splitRegister } from '../../../../../shared/model/judge.ts';
import { Difference } from './Difference.tsx';
import { useChangeWords, type Change, type Comparing } from './use-change-words.ts';
import classes from './Comparison.module.css';

interface OneProps {
  readonly change: Change;
  readonly as: Comparing;
}

interface CardProps extends OneProps {
  /** Left out where nothing is decided. */
  readonly decide?: ((change: Change, take: 'theirs' | 'mine') => void) | undefined;
  readonly merge?: ((change: Change) => void) | undefined;
}

/** One change of the other side beside what stands here, with what may be decided of it. */
export function ChangeCard({ change, as, decide, merge }: CardProps) {
  const { t } = useTranslation('adaptation');
  const { fieldOf, whatOf } = useChangeWords(as);
  const button = (action: string) => ({ 'aria-label': t('compare.of', { action, what: whatOf(change) }) });
  return (
    <div className={classes.card} data-change={change.kind}>
      <h3 className={classes.field}>
        {fieldOf(change)}
        <Flags change={change} as={as} />
      </h3>
      <BothSides change={change} as={as} />
      {decide && (
        <div className={classes.actions}>
          <Button size="sm" variant="default" onClick={() => decide(change, 'theirs')} {...button(t('compare.take'))}>
            {t('compare.take')}
          </Button>
          <Button size="sm" variant="default" onClick={() => decide(change, 'mine')} {...button(t('compare.keep'))}>
            {t('compare.keep')}
          </Button>
          {merge && isText(change) && change.touchedHere && (
            <Button size="sm" variant="default" onClick={() => merge(change)} {...button(t('compare.merge'))}>
              {t('compare.merge')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface TickProps extends OneProps {
  readonly checked: boolean;
  readonly tick: (checked: boolean) => void;
}

/** One change that is ticked where it is to be suggested. */
export function TickedCard({ change, as, checked, tick }: TickProps) {
  const { fieldOf, whatOf } = useChangeWords(as);
  return (
    <div className={classes.card} data-change={change.kind}>
      <div className={classes.field}>
        <Checkbox
          label={fieldOf(change)}
          aria-label={whatOf(change)}
          checked={checked}
          onChange={({ currentTarget }) => tick(currentTarget.checked)}
        />
        <Flags change={change} as={as} />
      </div>
      <BothSides change={change} as={as} />
    </div>
  );
}

function Flags({ change, as }: OneProps) {
  const { t } = useTranslation('adaptation');
  return (
    <>
      {change.touchedHere && <span className={classes.flag}>{t(`side.${as}.touched`)}</span>}
      {change.removedHere && <span className={classes.flag}>{t(`side.${as}.removedHere`)}</span>}
    </>
  );
}

function isText({ kind, language }: Change): boolean {
  return kind === 'changed' && language !== undefined;
}

function BothSides(props: OneProps) {
  return isText(props.change) ? <TextChange {...props} /> : <ValueChange {...props} />;
}

function TextChange({ change, as }: OneProps) {
  const { t } = useTranslation('adaptation');
  // Beneath a checkbox there is no heading of the change.
  const Side = as === 'choice' ? 'h3' : 'h4';
  const [base, mine, theirs] = [change.base, change.mine, change.theirs].map((value) => (typeof value === 'string' ? value : '')) as [
    string,
    string,
    string,
  ];
  return (
    <div className={classes.sides}>
      <div>
        <Side className={classes.side}>{t(`side.${as}.theirs`)}</Side>
        <Difference before={base} after={theirs} language={change.language} />
      </div>
      {change.touchedHere && (
        <div>
          <Side className={classes.side}>{t(`side.${as}.mine`)}</Side>
          <Difference before={base} after={mine} language={change.language} />
        </div>
      )}
    </div>
  );
}

/** A change of what is no text in a language: a number, a place, a day, or a part with all that it says. */
function ValueChange({ change, as }: OneProps) {
  const { t } = useTranslation('adaptation');
  const { placeWords, valueWords } = useChangeWords(as);
  const { kind, field, base, mine, theirs, places } = change;
  if (kind === 'added' || kind === 'removed') return <WholePart change={change} as={as} />;
  const rows: readonly (readonly [string, string])[] = places
    ? [
        [t(`side.${as}.here`), placeWords(places.mine)],
        [t(`side.${as}.now`), placeWords(places.theirs)],
      ]
    : [
        [t('compare.was'), valueWords(field, base)],
        ...(change.touchedHere ? [[t(`side.${as}.here`), valueWords(field, mine)] as const] : []),
        [t(`side.${as}.now`), valueWords(field, theirs)],
      ];
  return (
    <dl className={classes.values}>
      {rows.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

const NOT_SAID: ReadonlySet<string> = new Set(['placement', 'layouts']);

function WholePart({ change, as }: OneProps) {
  const { fieldOf, valueWords } = useChangeWords(as);
  const values = (change.kind === 'added' ? change.theirs : change.mine) as Readonly<Record<string, unknown>> | null;
  const said = Object.entries(values ?? {}).flatMap(([register, value]) => {
    const { field, language } = splitRegister(register);
    if (NOT_SAID.has(field) || value === null || value === '') return [];
    const name = fieldOf({ type: change.type, kind: 'changed', field, language: (language ?? undefined) as Change['language'] });
    return [{ register, name, words: valueWords(field, value), language: language ?? undefined }];
  });
  return (
    <dl className={classes.values}>
      {said.map(({ register, name, words, language }) => (
        <div key={register}>
          <dt>{name}</dt>
          <dd lang={language}>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
