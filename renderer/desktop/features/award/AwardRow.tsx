import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { useFormats } from '../../../ui/formats.ts';
import type { Answer, Args } from '../../app/engine.ts';
import { BadgeButton } from './BadgeButton.tsx';

type Person = Answer<'certificate.standing'>['people'][number];

interface Props {
  readonly person: Person;
  readonly held: number;
  readonly busy: boolean;
  /** How an Open Badge of theirs is written. */
  readonly badge?: Omit<Args<'certificate.badge'>, 'number' | 'path'>;
  /** Issues theirs, or another one in its place where their name was corrected. */
  onIssue?(): void;
  /** Asks for the reason of an exception. */
  onExcept?(): void;
  onRevoke?(number: string): void;
}

/** Somebody, how they stand before a certificate, and what can be done about it. */
export function AwardRow({ person, held, busy, badge, onIssue, onExcept, onRevoke }: Props) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const { name, attended, misses, does, standing } = person;
  return (
    <li>
      <BoxedRow>
        <RowWords title={name}>
          <RowFacts>
            {[
              t('attended', { held, attended }),
              ...misses.map(({ why, count, percent }) => t(`miss.${why}`, { count, percent: format.number(percent ?? 0, 1) })),
            ].join(' · ')}
          </RowFacts>
          {standing && (
            <RowFacts>
              {t('issuedAs', { number: standing.number, day: format.day(standing.issuedOn) })}
              {standing.exception !== '' && ` · ${t('exceptionOf', { reason: standing.exception })}`}
            </RowFacts>
          )}
          {does === 'reissue' && standing && <RowFacts>{t('otherName', { name: standing.name })}</RowFacts>}
        </RowWords>
        <RowActions>
          {onIssue && does !== null && does !== 'same' && (
            <Button
              variant="default"
              disabled={busy}
              aria-label={t(does === 'reissue' ? 'reissueTo' : 'issueTo', { name })}
              onClick={onIssue}
            >
              {t(does === 'reissue' ? 'reissue' : 'issueOne')}
            </Button>
          )}
          {badge && standing && <BadgeButton name={name} wanted={{ ...badge, number: standing.number }} />}
          {onRevoke && standing && (
            <Button variant="subtle" color="red" aria-label={t('revokeOf', { name })} onClick={() => onRevoke(standing.number)}>
              {t('revoke')}
            </Button>
          )}
          {onExcept && (
            <Button variant="subtle" aria-label={t('exceptFor', { name })} onClick={onExcept}>
              {t('except')}
            </Button>
          )}
        </RowActions>
      </BoxedRow>
    </li>
  );
}

/** A certificate that stands no more, and why. */
export function RevokedRow({ award }: { readonly award: Answer<'certificate.standing'>['revoked'][number] }) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const { name, number, revokedOn, revokedReason } = award;
  return (
    <li>
      <BoxedRow>
        <RowWords title={name === '' ? number : `${name} · ${number}`}>
          <RowFacts>{t('revokedOn', { day: format.day(revokedOn), reason: revokedReason })}</RowFacts>
        </RowWords>
      </BoxedRow>
    </li>
  );
}
