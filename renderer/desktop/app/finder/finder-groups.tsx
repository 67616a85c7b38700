import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { findHelp } from '../../../../shared/features/help/help-text.ts';
import { splitHalfDay } from '../../../../shared/kernel/dates.ts';
import { hasWords, textIn } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../ui/formats.ts';
import { HelpIcon, KeyboardIcon, PlusIcon, SettingsIcon, SlidesIcon, SyncIcon, WorkshopsIcon } from '../../../ui/theme/icons.tsx';
import { useLoadSample } from '../../features/activity/today/sample.ts';
import { useSoughtHelp } from '../../features/help/help-texts.ts';
import { materialSpot } from '../../features/material/material-spot.ts';
import { call, useRead, useWrite, type Answer } from '../engine.ts';
import { SETTINGS_FOUND } from './finder-settings.ts';
import { openHelp } from '../overlay.ts';
import { go } from '../view.ts';

/** So many of a kind are shown. */
export const SHOWN = 8;

type Action = SpotlightActionData;
type Group = SpotlightActionGroupData;

/** Sessions of every workshop; each opens its day with the keyboard on it. */
export function useSessionsFound(query: string): Group {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const format = useFormats();
  const readableTitle = useReadableTitle();
  const isTyped = query.trim().length > 1;
  const sessions = useRead('activity.findSessions', { text: query, limit: SHOWN }, { enabled: isTyped, keep: true }).data ?? [];
  return {
    group: t('find.sessions'),
    actions: (isTyped ? sessions : []).map((session): Action => {
      const { day, half } = splitHalfDay(session.halfDay);
      return {
        id: session.id,
        label: readableTitle(session, textIn(session.title, language)),
        description: [textIn(session.workshop, language), `${format.day(day)}, ${t(`half.${half}`)}`, format.hour(session.start)]
          .filter((part) => part !== '')
          .join(' · '),
        leftSection: <WorkshopsIcon />,
        onClick: () => go({ page: 'workshop', id: session.activityId, tab: 'agenda', at: `session:${session.id}` }),
      };
    }),
  };
}

/** Materials with where they lie; each opens its row in the library with the keyboard on it. */
export function useMaterialsFound(query: string, workshops: Answer<'activity.list'>): Group {
  const { t } = useTranslation(['app', 'material']);
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const isTyped = query.trim().length > 1;
  const materials = useRead('material.search', { text: query }, { enabled: isTyped, keep: true }).data ?? [];
  const lies = ({ activityId }: (typeof materials)[number]) => {
    const workshop = workshops.find(({ id }) => id === activityId);
    return workshop ? textIn(workshop.title, language) : t('place.library');
  };
  return {
    group: t('find.materials'),
    actions: (isTyped ? materials : []).slice(0, SHOWN).map((material) => ({
      id: material.id,
      label: readableTitle(material, textIn(material.title, language)),
      description: [lies(material), t(`material:kind.${material.kind}`), material.here ? '' : t('find.notHere')]
        .filter((part) => part !== '')
        .join(' · '),
      leftSection: <SlidesIcon />,
      onClick: () => go({ page: 'library', at: materialSpot(material.id) }),
    })),
  };
}

/** Settings by their words and by what these are about; each opens with the keyboard on it. */
export function useSettingsFound(query: string): Group {
  const { t } = useTranslation(['app', 'settings', 'sync', 'lan', 'usb']);
  const enrolled = useRead('sync.status', {}).data?.enrolled ?? false;
  const said = (key: string) => t(key as 'app:close');
  const ones = SETTINGS_FOUND.filter(({ when }) => when === undefined || (when === 'enrolled') === enrolled)
    .map((setting) => ({ setting, label: said(setting.label), about: [setting.under, ...setting.about].map(said).join(' ') }))
    .filter(({ label, about }) => query.trim() !== '' && hasWords(`${label} ${about}`, query));
  // What is called so comes before what only speaks of it.
  const [named, others] = [ones.filter(({ label }) => hasWords(label, query)), ones.filter(({ label }) => !hasWords(label, query))];
  return {
    group: t('find.settings'),
    actions: [...named, ...others].slice(0, SHOWN).map(({ setting, label }) => ({
      id: `setting:${setting.id}`,
      label,
      description: t('find.inSettings', { place: t(`place.${setting.view.page as 'settings'}`), under: said(setting.under) }),
      leftSection: <SettingsIcon />,
      onClick: () => go(setting.view),
    })),
  };
}

interface Commands {
  guide(): void;
  shortcuts(): void;
  fold(): void;
}

/** Returns the commands that can be done from anywhere. */
export function useCommandsFound(query: string, { guide, shortcuts, fold }: Commands, mayCreate: boolean): Group {
  const { t } = useTranslation('app');
  const { data: status } = useRead('sync.status', {});
  const set = useWrite('settings.set');
  const sample = useLoadSample();
  const syncNow = () => {
    go({ page: 'sync', tab: 'waiting' });
    void call('sync.run', {}).catch(() => undefined);
  };
  const commands: readonly (Pick<Action, 'leftSection'> & {
    readonly id: string;
    readonly label: string;
    run(): void;
    readonly not?: boolean;
  })[] = [
    {
      id: 'newWorkshop',
      label: t('find.command.newWorkshop'),
      leftSection: <PlusIcon />,
      run: () => go({ page: 'workshops', create: true }),
      not: !mayCreate,
    },
    { id: 'sample', label: t('find.command.sample'), leftSection: <WorkshopsIcon />, run: sample.load },
    { id: 'syncNow', label: t('find.command.syncNow'), leftSection: <SyncIcon />, run: syncNow, not: !status?.enrolled },
    { id: 'guide', label: t('find.command.guide'), leftSection: <HelpIcon />, run: guide },
    { id: 'shortcuts', label: t('find.command.shortcuts'), leftSection: <KeyboardIcon />, run: shortcuts },
    { id: 'fold', label: t('find.command.fold'), leftSection: <SettingsIcon />, run: fold },
    { id: 'light', label: t('find.command.light'), leftSection: <SettingsIcon />, run: () => set.mutate({ theme: 'light' }) },
    { id: 'dark', label: t('find.command.dark'), leftSection: <SettingsIcon />, run: () => set.mutate({ theme: 'dark' }) },
  ];
  return {
    group: t('find.commands'),
    actions: commands
      .filter(({ label, not }) => !not && hasWords(label, query))
      .map(({ id, label, leftSection, run }) => ({
        id: `command:${id}`,
        label,
        description: t('find.command.of'),
        leftSection,
        onClick: run,
      })),
  };
}

/** Pages of the help by their words. */
export function useHelpFound(query: string): Group {
  const { t } = useTranslation('app');
  const pages = useSoughtHelp();
  return {
    group: t('find.help'),
    actions: (query.trim() === '' ? [] : findHelp(pages, query)).slice(0, SHOWN).map(({ page, title, line }) => ({
      id: `help:${page}`,
      label: title,
      description: line ?? t('find.help'),
      leftSection: <HelpIcon />,
      // The finder closes behind it.
      onClick: () => setTimeout(() => openHelp(page)),
    })),
  };
}
