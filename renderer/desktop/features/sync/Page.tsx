import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useRead } from '../../app/engine.ts';
import { Conflicts } from './Conflicts.tsx';
import { Enrol } from './Enrol.tsx';
import { Lan } from './Lan.tsx';
import { Ledger } from './Ledger.tsx';
import { LostAccess } from './LostAccess.tsx';
import { Overview } from './Overview.tsx';
import { SetAside } from './SetAside.tsx';
import { Usb } from './Usb.tsx';

/** Sync: what waits, what travelled, what two people wrote differently, what was set aside. */
export function Page() {
  const { t } = useTranslation('sync');
  const status = useRead('sync.status', {});
  return (
    <Loaded query={status}>
      {(answer) =>
        answer.enrolled ? (
          <>
            <Overview status={answer} />
            <LostAccess />
            <Conflicts />
            <SetAside />
            <Lan />
            <Usb />
            <Ledger />
          </>
        ) : (
          <>
            <PageHeader title={t('title')} />
            <Enrol />
            <Conflicts />
            <Lan />
            <Usb />
          </>
        )
      }
    </Loaded>
  );
}
