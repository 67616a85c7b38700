import type { RefusalOf } from './call.ts';
import type { EveryCallRefusal } from './every-call.ts';
import { activityContract } from '../features/activity/contract.ts';
import { attendanceContract } from '../features/attendance/contract.ts';
import { awardContract } from '../features/award/contract.ts';
import { designContract } from '../features/award/design-contract.ts';
import { binContract } from '../features/bin/contract.ts';
import { calendarContract } from '../features/calendar/contract.ts';
import { adaptationContract } from '../features/course/adaptation-contract.ts';
import { suggestionContract } from '../features/course/suggestion-contract.ts';
import { courseContract } from '../features/course/contract.ts';
import { certificationContract } from '../features/course/certification-contract.ts';
import { courseEditContract } from '../features/course/edit-contract.ts';
import { exchangeContract } from '../features/course/exchange/contract.ts';
import { countryContract } from '../features/evaluation/country-contract.ts';
import { formContract } from '../features/form/contract.ts';
import { formExchangeContract } from '../features/form/exchange-contract.ts';
import { institutionContract } from '../features/institution/contract.ts';
import { evaluationContract } from '../features/evaluation/contract.ts';
import { intakeContract } from '../features/intake/contract.ts';
import { materialContract } from '../features/material/contract.ts';
import { referenceContract, templatePaperContract } from '../features/material/reference-contract.ts';
import { historyContract } from '../features/people/history-contract.ts';
import { paperContract } from '../features/paper/contract.ts';
import { peopleContract } from '../features/people/contract.ts';
import { reportContract } from '../features/report/contract.ts';
import { settingsContract } from '../features/settings/contract.ts';
import { laptopContract } from '../features/sync/laptop-contract.ts';
import { lanContract } from '../features/sync/lan-contract.ts';
import { storeContract, syncContract } from '../features/sync/contract.ts';
import { usbContract } from '../features/sync/usb-contract.ts';
import { vaultContract } from './vault.ts';

/** Every call that the desktop offers: to its window through a port, and to a terminal. */
export const desktopContract = {
  ...courseContract,
  ...courseEditContract,
  ...formContract,
  ...formExchangeContract,
  ...countryContract,
  ...adaptationContract,
  ...suggestionContract,
  ...certificationContract,
  ...exchangeContract,
  ...institutionContract,
  ...activityContract,
  ...calendarContract,
  ...peopleContract,
  ...historyContract,
  ...attendanceContract,
  ...evaluationContract,
  ...intakeContract,
  ...awardContract,
  ...designContract,
  ...reportContract,
  ...paperContract,
  ...materialContract,
  ...referenceContract,
  ...templatePaperContract,
  ...syncContract,
  ...usbContract,
  ...lanContract,
  ...laptopContract,
  ...storeContract,
  ...settingsContract,
  ...binContract,
  ...vaultContract,
};

export type DesktopContract = typeof desktopContract;
export type DesktopCall = keyof DesktopContract;
/** The refusals that a caller of the desktop's call may meet. */
export type DesktopRefusal<K extends DesktopCall> = RefusalOf<DesktopContract[K]> | EveryCallRefusal;
