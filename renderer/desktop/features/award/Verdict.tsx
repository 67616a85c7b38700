import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { AlertIcon, CheckIcon, CloseIcon, HelpIcon } from '../../../ui/theme/icons.tsx';
import type { Answer } from '../../app/engine.ts';
import classes from './Verdict.module.css';

type Verified = Answer<'certificate.verify'>;

const ICONS = { valid: CheckIcon, revoked: CloseIcon, unknown: HelpIcon, forged: AlertIcon } as const satisfies Record<
  Verified['result'],
  unknown
>;

/** The answer to a certificate: its word with a mark of its own, what that means and since when it is known, and what the certificate says where its signature holds. */
export function Verdict({ verdict }: { readonly verdict: Verified }) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const { result, why, asOf, kind, name, title, number, issuedOn, issuer, revokedOn, revokedReason } = verdict;
  const Icon = ICONS[result];
  const meaning =
    result === 'revoked'
      ? t('verify.means.revoked', { day: format.day(revokedOn), reason: revokedReason })
      : result === 'unknown'
        ? t(`verify.means.${why === 'issuer' ? 'issuer' : 'elsewhere'}`)
        : t(`verify.means.${result}`);
  const facts = [
    [t('verify.name'), name],
    [t('field.kind'), kind === null ? '' : t(`kind.${kind}`)],
    [t('verify.of'), title],
    [t('field.issuedOn'), issuedOn === '' ? '' : format.day(issuedOn)],
    [t('verify.number'), number],
    [t('verify.signedBy'), issuer],
  ].filter(([, said]) => said !== '');
  return (
    <section className={classes.root} data-result={result} data-testid="award-verdict">
      <h3 className={classes.word}>
        <Icon size={22} />
        {t(`verify.result.${result}`)}
      </h3>
      <p className={classes.means}>{meaning}</p>
      {result !== 'forged' && (
        <p className={classes.means}>{asOf === null ? t('verify.neverSynced') : t('verify.asOf', { at: format.instant(asOf) })}</p>
      )}
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map(([label, said]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      )}
      {facts.length > 0 && <p className={classes.quiet}>{t('verify.compare')}</p>}
    </section>
  );
}
