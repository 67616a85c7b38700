import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ConflictIcon } from '../../../../ui/theme/icons.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { SearchSelect } from '../../../../ui/fields/SearchSelect.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { useImportWords } from '../../../import/import-words.ts';
import { useDeviceWords } from '../../sync/device-words.ts';
import { useKnownNames, useRecordName } from '../known-names.ts';
import { fullName } from '../person/person-words.ts';
import { useLinks, type Difference } from './use-links.ts';
import { Card, Cards } from '../../../../ui/Cards.tsx';
import classes from './LinkedRecords.module.css';

type Opened = Answer<'people.open'>;

interface Props {
  readonly activityId: Id;
  readonly opened: Opened;
  readonly mayChange: boolean;
  /** Shows what a record said and when. */
  onHistory(record: Id): void;
}

/** The records that are one person, where they differ, who is perhaps the same, and who is not: each to be said, settled and taken back. */
export function LinkedRecords({ activityId, opened, mayChange, onHistory }: Props) {
  const { t } = useTranslation('people');
  const { participant, records, links, differ, toldApart } = opened;
  const own = [participant.id, ...participant.linked];
  const words = useImportWords();
  const known = useKnownNames(activityId);
  const nameOf = useNames(records, known);
  const pairs = (useRead('people.pairs', { activityId }).data ?? []).filter(({ ids }) => ids.includes(participant.id));
  const said = useLinks();
  const other = (ids: readonly [Id, Id]): Id => (own.includes(ids[0]) ? ids[1] : ids[0]);
  if (records.length === 0 && pairs.length === 0 && toldApart.length === 0) return null;
  return (
    <section className={classes.root} aria-label={t('linked.label')}>
      {records.length > 0 && (
        <>
          <h3 className={classes.title}>{t('linked.title', { count: records.length })}</h3>
          <ul className={classes.list}>
            {records.map(({ id, erased }) => (
              <li key={id}>
                <span>{erased ? t('erased.name') : nameOf(id)}</span>
                <Button
                  variant="subtle"
                  size="compact-md"
                  aria-label={t('linked.historyOf', { name: nameOf(id) })}
                  onClick={() => onHistory(id)}
                >
                  {t('linked.history')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {differ.map((difference) => (
        <Differs
          key={difference.field}
          difference={difference}
          mayChange={mayChange}
          busy={said.busy}
          choose={(record, value) => said.choose(participant.id, difference, record, value)}
        />
      ))}
      {mayChange &&
        links.map((link) => (
          <Button
            key={link.linkId}
            variant="default"
            className={classes.action}
            disabled={said.busy}
            onClick={() => said.takeApart(link, nameOf(link.ids[0]))}
          >
            {links.length === 1
              ? t('linked.takeApart')
              : t('linked.takeApartTwo', { one: nameOf(link.ids[0]), other: nameOf(link.ids[1]) })}
          </Button>
        ))}
      {pairs.map(({ ids, why }) => (
        <div key={ids.join(' ')} className={classes.pair}>
          <p>{t('linked.perhaps', { name: nameOf(other(ids)), why: words.reason(why) })}</p>
          {mayChange && (
            <div className={classes.actions}>
              <Button variant="default" disabled={said.busy} onClick={() => void said.onePerson(ids, nameOf(participant.id))}>
                {t('pairs.one')}
              </Button>
              <Button variant="subtle" disabled={said.busy} onClick={() => void said.twoPeople(ids, nameOf(participant.id))}>
                {t('pairs.two')}
              </Button>
            </div>
          )}
        </div>
      ))}
      {toldApart.map((link) => (
        <div key={link.linkId} className={classes.pair}>
          <p>{t('linked.two', { name: nameOf(other(link.ids)) })}</p>
          {mayChange && (
            <Button
              variant="subtle"
              className={classes.action}
              disabled={said.busy}
              onClick={() => said.takeBack(link, nameOf(participant.id))}
            >
              {t('linked.takeBack')}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

/** Says that somebody of the list is the person who is open, where nobody proposed it. */
export function SamePerson({ activityId, opened }: Pick<Props, 'activityId' | 'opened'>) {
  const { t } = useTranslation('people');
  const { participant, toldApart } = opened;
  const known = useKnownNames(activityId);
  const said = useLinks();
  const others = useMemo(
    () => known.filter(({ id }) => id !== participant.id).map(({ id, name }) => ({ value: id, label: name })),
    [known, participant.id],
  );
  if (others.length === 0) return null;
  return (
    <SearchSelect
      label={t('linked.sameAs')}
      placeholder={t('linked.choose')}
      choices={others}
      value={null}
      onChange={(id) =>
        id !== null &&
        void said.onePerson(
          [participant.id, id],
          fullName(participant),
          toldApart.find(({ ids }) => ids.includes(id)),
        )
      }
      nothingFoundMessage={t('linked.nobody')}
      disabled={said.busy}
    />
  );
}

/** A record of this person by what it says itself, anybody else as the list has them. */
function useNames(records: Opened['records'], known: readonly { readonly id: Id; readonly name: string }[]): (id: Id) => string {
  const recordName = useRecordName();
  return (id) => {
    const record = records.find((one) => one.id === id);
    if (!record) return known.find((one) => one.id === id)?.name ?? '';
    const { familyName = '', givenName = '', institution = '', country } = record.values;
    return recordName({ familyName, givenName, institution, country: country ?? null });
  };
}

/** The values of the records in one field, each with who wrote it: one click says which holds. */
function Differs(props: {
  readonly difference: Difference;
  readonly mayChange: boolean;
  readonly busy: boolean;
  choose(record: Id, value: string): void;
}) {
  const { t } = useTranslation(['people', 'sync']);
  const { field, values } = props.difference;
  const words = useImportWords();
  const format = useFormats();
  const on = useDeviceWords();
  return (
    <fieldset className={classes.differs}>
      <legend>
        <ConflictIcon size={16} /> {t('linked.differ', { field: words.field(field) })}
      </legend>
      <div className={classes.values}>
        <Cards>
          {values.map(({ record, value, author, device, laptop, at }, place) => {
            const said = words.value(field, value);
            return (
              <Card
                key={record}
                onChoose={props.mayChange ? () => props.choose(record, said) : undefined}
                disabled={props.busy}
                does={t('linked.keep')}
              >
                <strong>{said}</strong>
                <span className={classes.quiet}>
                  {t(author === '' ? 'sync:wroteLong.somebody' : 'sync:wroteLong.by', {
                    author,
                    at: format.instant(at),
                    on: on({ device, author, laptop }),
                  })}
                </span>
                {place === 0 && <span className={classes.quiet}>{t('sync:conflicts.shown')}</span>}
              </Card>
            );
          })}
        </Cards>
      </div>
    </fieldset>
  );
}
