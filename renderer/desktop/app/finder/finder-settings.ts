import { SYNC_TIMES } from '../../../../shared/features/sync/data-budget.ts';
import type { View } from '../view.ts';

/** A setting: its words and those of what it is about, the heading it stands under, and the spot that has it. `when`: whether this laptop is enrolled, where it counts. */
interface SettingFound {
  readonly id: string;
  readonly label: string;
  readonly about: readonly string[];
  readonly under: string;
  readonly view: View;
  readonly when?: 'enrolled' | 'notEnrolled';
}

const settings = (at: string): View => ({ page: 'settings', at });
const sync = (tab: NonNullable<Extract<View, { page: 'sync' }>['tab']>, at: string): View => ({ page: 'sync', tab, at });

/** The settings, by the keys of its words; where two places could have it, the one that changes it. */
export const SETTINGS_FOUND: readonly SettingFound[] = [
  { id: 'name', label: 'settings:name', about: ['settings:nameHint'], under: 'settings:you', view: settings('name') },
  {
    id: 'laptopName',
    label: 'settings:laptopName',
    about: ['settings:laptopNameHint'],
    under: 'settings:you',
    view: settings('laptopName'),
  },
  { id: 'language', label: 'settings:language', about: ['settings:languageHint'], under: 'settings:you', view: settings('language') },
  {
    id: 'theme',
    label: 'settings:theme',
    about: ['settings:themes.light', 'settings:themes.dark', 'settings:themes.system'],
    under: 'settings:you',
    view: settings('theme'),
  },
  {
    id: 'singleKeys',
    label: 'settings:singleKeys',
    about: ['settings:singleKeysHint', 'app:keys.title'],
    under: 'settings:you',
    view: settings('singleKeys'),
  },
  {
    id: 'folder',
    label: 'settings:folder',
    about: ['settings:data', 'settings:storage'],
    under: 'settings:data',
    view: settings('folder'),
  },
  { id: 'backUp', label: 'settings:backup.now', about: ['settings:backup.text'], under: 'settings:backups', view: settings('backUp') },
  { id: 'goBack', label: 'settings:restore.open', about: [], under: 'settings:backups', view: settings('goBack') },
  { id: 'about', label: 'settings:about.title', about: ['settings:about.notices'], under: 'settings:title', view: settings('about') },
  {
    id: 'schedule',
    label: 'sync:schedule.title',
    about: SYNC_TIMES.flatMap((time) => [`sync:schedule.${time}`, `sync:schedule.about.${time}`]),
    under: 'sync:tab.waiting',
    view: sync('waiting', 'schedule'),
    when: 'enrolled',
  },
  { id: 'cap', label: 'sync:schedule.cap', about: [], under: 'sync:schedule.title', view: sync('waiting', 'cap'), when: 'enrolled' },
  {
    id: 'enrol',
    label: 'sync:enrol.button',
    about: ['sync:enrol.title', 'sync:enrol.text'],
    under: 'sync:title',
    view: sync('waiting', 'enrol'),
    when: 'notEnrolled',
  },
  { id: 'room', label: 'lan:on.label', about: ['lan:text', 'lan:on.hint'], under: 'sync:tab.room', view: sync('room', 'room') },
  { id: 'stickSave', label: 'usb:save.button', about: ['usb:text'], under: 'sync:tab.stick', view: sync('stick', 'stickSave') },
  { id: 'stickRead', label: 'usb:read.button', about: ['usb:text'], under: 'sync:tab.stick', view: sync('stick', 'stickRead') },
  { id: 'storage', label: 'sync:storage.title', about: ['sync:storage.hint'], under: 'sync:tab.laptop', view: sync('laptop', 'storage') },
];
