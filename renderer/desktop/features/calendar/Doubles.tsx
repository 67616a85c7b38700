import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { NoneLeft, Pairs } from '../people/links/PairsDialog.tsx';
import { offers, useRights } from '../sync/MayNot.tsx';

interface Props {
  readonly asked: { readonly from?: Day; readonly since?: Id; readonly to: Day };
  close(): void;
}

/** Goes through the people of a period's workshops who may be one person: the report counts them once until somebody says that they are two. */
export function Doubles({ asked, close }: Props) {
  const { t } = useTranslation('calendar');
  const doubles = useRead('report.doubles', asked, { keep: true });
  return (
    <Dialog help="calendar" title={t('report.doubles.title')} size={760} onClose={close}>
      <Loaded query={doubles}>{(pairs) => (pairs.length === 0 ? <NoneLeft onClose={close} /> : <Decide pairs={pairs} />)}</Loaded>
    </Dialog>
  );
}

function Decide({ pairs }: { readonly pairs: Answer<'report.doubles'> }) {
  const [place, setPlace] = useState(0);
  const rights = useRights(pairs[Math.min(place, pairs.length - 1)]!.activityId);
  return <Pairs pairs={pairs} rights={rights} mayChange={offers(rights, 'people')} onShow={setPlace} />;
}
