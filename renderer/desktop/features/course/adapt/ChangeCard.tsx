import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { splitRegister } from '../../../../../shared/model/judge.ts';
import { Difference } from './Difference.tsx';
import { useChangeWords, type Change } from './use-change-words.ts';
import classes from './Comparison.module.css';

interface Props {
  readonly change: Change;
  /** Left out where the user may only read. */
  readonly decide?: ((change: Change, take: 'theirs' | 'mine') => void) | undefined;
  readonly merge: (change: Change) => void;
}

/** One change of the source beside what stands here, with what may be decided of it. */
export function ChangeCard({ change, decide, merge }: Props) {
  const { t } = useTranslation('adaptation');
  const { fieldOf, whatOf } = useChangeWords();
  const isText = change.kind === 'changed' && change.language !== undefined;
  const button = (action: string) => ({ 'aria-label': t('compare.of', { action, what: whatOf(change) }) });
  return (
    <div className={classes.card} data-change={change.kind}>
      <h3 className={classes.field}>
        {fieldOf(change)}
        {change.touchedHere && <span className={classes.flag}>{t('compare.touched')}</span>}
        {change.removedHere && <span className={classes.flag}>{t('compare.removedHere')}</span>}
      </h3>
      {isText ? <TextChange change={change} /> : <ValueChange change={change} />}
      {decide && (
        <div className={classes.actions}>
          <Button size="sm" variant="default" onClick={() => decide(change, 'theirs')} {...button(t('compare.take'))}>
            {t('compare.take')}
          </Button>
          <Button size="sm" variant="default" onClick={() => decide(change, 'mine')} {...button(t('compare.keep'))}>
            {t('compare.keep')}
          </Button>
          {isText && change.touchedHere && (
            <Button size="sm" variant="default" onClick={() => merge(change)} {...button(t('compare.merge'))}>
              {t('compare.merge')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function TextChange({ change }: { readonly change: Change }) {
  const { t } = useTranslation('adaptation');
  const [base, mine, theirs] = [change.base, change.mine, change.theirs].map((value) => (typeof value === 'string' ? value : '')) as [
    string,
    string,
    string,
  ];
  return (
    <div className={classes.sides}>
      <div>
        <h4 className={classes.side}>{t('compare.theirs')}</h4>
        <Difference before={base} after={theirs} language={change.language} />
      </div>
      {change.touchedHere && (
        <div>
          <h4 className={classes.side}>{t('compare.mine')}</h4>
          <Difference before={base} after={mine} language={change.language} />
        </div>
      )}
    </div>
  );
}

/** A change of what is no text in a language: a number, a place, a day, or a part with all that it says. */
function ValueChange({ change }: { readonly change: Change }) {
  const { t } = useTranslation('adaptation');
  const { placeWords, valueWords } = useChangeWords();
  const { kind, field, base, mine, theirs, places } = change;
  if (kind === 'added' || kind === 'removed') return <WholePart change={change} />;
  const rows: readonly (readonly [string, string])[] = places
    ? [
        [t('compare.here'), placeWords(places.mine)],
        [t('compare.now'), placeWords(places.theirs)],
      ]
    : [
        [t('compare.was'), valueWords(field, base)],
        ...(change.touchedHere ? [[t('compare.here'), valueWords(field, mine)] as const] : []),
        [t('compare.now'), valueWords(field, theirs)],
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

function WholePart({ change }: { readonly change: Change }) {
  const { fieldOf, valueWords } = useChangeWords();
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
