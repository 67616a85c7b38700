import { readFileSync } from 'node:fs';
import path from 'node:path';
import { awardNumber } from '../../../../shared/features/award/award-number.ts';
import { awardPage, type AwardPageData } from '../../../../shared/features/award/award-page.ts';
import { dayInRoom, type Day } from '../../../../shared/kernel/dates.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import type { EngineContext } from '../../context.ts';
import { accountOf } from '../../sync/repository/account.ts';
import { lastSync } from '../../sync/history/run-history.ts';
import { issuersBelieved } from './issuers.ts';

/**
 * Returns the page that verifies certificates with no network, as this laptop knows things: the laptops whose signature is believed, and what was revoked. `institution`: who issues the certificates;
 * no user is named, for the page is public. Refuses `certificate.pageFull`.
 */
export function verificationPage(context: EngineContext, institution: string): Result<string, 'certificate.pageFull'> {
  const template = readFileSync(path.join(context.resources, 'verification.html'), 'utf8');
  const issuers = issuersBelieved(context).map(({ key }) => ({ key, name: institution }));
  return awardPage(template, { repository: institution, issuers, revoked: revokedAwards(context), asOf: knownUntil(context) });
}

/** The certificates that were revoked, of every workshop that is here. */
function revokedAwards({ store }: EngineContext): AwardPageData['revoked'] {
  return store.reader
    .all<{ id: string; revokedOn: Day }>(`select id, revokedOn from award where live = 1 and revokedOn glob '????-??-??' order by id`)
    .map(({ id, revokedOn }) => ({ number: awardNumber(id), on: revokedOn }));
}

/**
 * Returns the day up to which a revocation made elsewhere is known here: that of the last sync with the repository that ended well; before the first the first day there is; of a laptop
 * that belongs to no repository, today.
 */
function knownUntil({ settings, clock }: EngineContext): Day {
  if (!accountOf(settings)) return dayInRoom(clock.now());
  const last = lastSync(settings);
  return last ? dayInRoom(Date.parse(last.at)) : FIRST_DAY;
}

const FIRST_DAY: Day = '2000-01-01';
