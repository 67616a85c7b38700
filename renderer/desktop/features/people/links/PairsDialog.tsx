import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { useLanguage } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { isSingleKey } from '../../../app/keyboard/key-table.ts';
import { SingleKey, useSingleKeys } from '../../../app/keyboard/single-keys.tsx';
import { useImportWords } from '../../../import/import-words.ts';
import { MayNot, type Rights } from '../../sync/MayNot.tsx';
import { useLinks } from './use-links.ts';
import classes from './PairsDialog.module.css';

/** Two records that may be one person; `workshops`: where each is listed, where it is not the same. */
type Pair = Answer<'people.pairs'>[number] & { readonly workshops?: Answer<'report.doubles'>[number]['workshops'] };

interface Props {
  readonly activityId: Id;
  readonly rights: Rights | undefined;
  readonly mayChange: boolean;
  onClose(): void;
}

/** Goes through those who are perhaps one person, two at a time and side by side: one person, two, or later. */
export function PairsDialog({ activityId, rights, mayChange, onClose }: Props) {
  const { t } = useTranslation(['people', 'app']);
  const pairs = useRead('people.pairs', { activityId });
  return (
    <Dialog help="people" onClose={onClose} title={t('pairs.title')} size={760}>
      <Loaded query={pairs}>
        {(list) => (list.length === 0 ? <NoneLeft onClose={onClose} /> : <Pairs pairs={list} mayChange={mayChange} rights={rights} />)}
      </Loaded>
    </Dialog>
  );
}

/** It takes the focus from the buttons that went with the last pair. */
export function NoneLeft({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation(['people', 'app']);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <>
      <p className={classes.none} role="status">
        {t('pairs.none')}
      </p>
      <DialogFoot>
        <Button ref={button} data-autofocus onClick={onClose}>
          {t('app:close')}
        </Button>
      </DialogFoot>
    </>
  );
}

/** Two of them at a time. `onShow`: the place of the pair that is shown. */
export function Pairs({
  pairs,
  mayChange,
  rights,
  onShow,
}: { readonly pairs: readonly Pair[]; onShow?(place: number): void } & Pick<Props, 'mayChange' | 'rights'>) {
  const { t } = useTranslation('people');
  const words = useImportWords();
  const links = useLinks();
  const language = useLanguage();
  const [place, setPlace] = useState(0);
  const singleKeys = useSingleKeys();
  // What was decided leaves the list, and the next one stands in its place.
  const at = Math.min(place, pairs.length - 1);
  const { ids, why, fields, workshops } = pairs[at]!;
  useEffect(() => onShow?.(at), [at, onShow]);
  const nameOf = (side: 0 | 1): string =>
    ['familyName', 'givenName']
      .flatMap((name) => fields.find(({ field }) => field === name)?.values[side] ?? [])
      .filter((part) => part !== '')
      .join(' ');
  const turn = (by: number) => setPlace((at + by + pairs.length) % pairs.length);
  const actions: Readonly<Record<string, () => unknown>> = {
    ...(mayChange && { '1': () => links.onePerson(ids, nameOf(0)), '2': () => links.twoPeople(ids, nameOf(0)) }),
    '3': () => turn(1),
    ArrowRight: () => turn(1),
    ArrowLeft: () => turn(-1),
  };
  const press = (event: KeyboardEvent) => {
    const action =
      event.ctrlKey || event.metaKey || event.altKey || (!singleKeys && isSingleKey(event.key)) ? undefined : actions[event.key];
    if (!action || links.busy) return;
    event.preventDefault();
    action();
  };
  return (
    <div onKeyDown={press}>
      <p className={classes.place} role="status">
        {t('pairs.place', { place: at + 1, total: pairs.length })}
      </p>
      <p className={classes.why}>{t('pairs.why', { why: words.reason(why) })}</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('pairs.field')}</th>
            <th scope="col">{nameOf(0)}</th>
            <th scope="col">{nameOf(1)}</th>
            <th scope="col">{t('pairs.compared')}</th>
          </tr>
        </thead>
        <tbody>
          {workshops && (
            <tr>
              <th scope="row">{t('pairs.workshop')}</th>
              {workshops.map((title, side) => (
                <td key={side === 0 ? 'one' : 'other'}>{textIn(title, language)}</td>
              ))}
              <td />
            </tr>
          )}
          {fields.map(({ field, values, relation }) => (
            <tr key={field} data-relation={relation}>
              <th scope="row">{words.field(field)}</th>
              {values.map((value, side) => (
                <td key={side === 0 ? 'one' : 'other'}>{value === '' ? t('notRecorded') : words.value(field, value)}</td>
              ))}
              <td className={classes.relation}>{t(`pairs.relation.${relation}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayChange ? <p className={classes.note}>{t('pairs.note')}</p> : <MayNot rights={rights} task="people" />}
      <DialogFoot
        before={
          pairs.length > 1 && (
            <Button variant="subtle" onClick={() => turn(-1)}>
              {t('pairs.previous')}
            </Button>
          )
        }
      >
        {(mayChange || pairs.length > 1) && (
          <Button
            variant="default"
            rightSection={<SingleKey>3</SingleKey>}
            data-autofocus={!mayChange || undefined}
            onClick={() => turn(1)}
          >
            {t(mayChange ? 'pairs.later' : 'pairs.next')}
          </Button>
        )}
        {mayChange && (
          <>
            <Button variant="default" rightSection={<SingleKey>2</SingleKey>} onClick={() => !links.busy && actions['2']?.()}>
              {t('pairs.two')}
            </Button>
            <Button rightSection={<SingleKey>1</SingleKey>} data-autofocus onClick={() => !links.busy && actions['1']?.()}>
              {t('pairs.one')}
            </Button>
          </>
        )}
      </DialogFoot>
    </div>
  );
}
