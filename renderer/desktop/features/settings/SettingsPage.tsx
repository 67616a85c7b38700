import { Button, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpPage } from '../../../../shared/features/help/help-pages.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { Figure, Figures } from '../../../ui/Figure.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { FolderIcon } from '../../../ui/theme/icons.tsx';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { SaveState } from '../../../ui/fields/SaveState.tsx';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { About } from './About.tsx';
import { Backups } from './Backups.tsx';
import classes from './SettingsPage.module.css';

type Settings = Answer<'settings.get'>;
const THEMES = ['light', 'dark', 'system'] as const satisfies readonly Settings['theme'][];

/** Language, name, theme, where the data lie, backups, and which program this is. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <div className={classes.root}>
      <PageHeader title={t('title')} />
      <Loaded query={useRead('settings.get', {}, { fresh: true })}>{(settings) => <Sections settings={settings} />}</Loaded>
    </div>
  );
}

function Sections({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation('settings');
  const format = useFormats();
  const set = useWrite('settings.set');
  return (
    <div className={classes.sections}>
      <Section title={t('you')}>
        <Name key={`you ${settings.name}`} field="name" name={settings.name} />
        <Name key={`laptop ${settings.laptopName}`} field="laptopName" name={settings.laptopName} />
        <Select
          data-spot="language"
          label={t('language')}
          description={t('languageHint')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          renderOption={({ option }) => <span lang={option.value}>{option.label}</span>}
          value={settings.language}
          onChange={(value) => {
            const language = LANGUAGES.find((known) => known === value);
            if (language) set.mutate({ language });
          }}
          allowDeselect={false}
          maw={320}
        />
        <div>
          <p className={classes.label} id="theme-label">
            {t('theme')}
          </p>
          <SegmentedControl
            data-spot="theme"
            aria-labelledby="theme-label"
            value={settings.theme}
            onChange={(value) => {
              const theme = THEMES.find((known) => known === value);
              if (theme) set.mutate({ theme });
            }}
            data={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
          />
        </div>
        <Switch
          data-spot="singleKeys"
          label={t('singleKeys')}
          description={t('singleKeysHint')}
          checked={settings.singleKeys}
          onChange={(event) => set.mutate({ singleKeys: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t('data')}>
        <div>
          <p className={classes.label}>{t('folder')}</p>
          <p className={classes.path}>{settings.folder}</p>
          <ShowFolder />
        </div>
        <Figures label={t('storage')}>
          <Figure label={t('records')} value={format.bytes(settings.storeBytes)} />
          <Figure label={t('files')} value={format.bytes(settings.fileBytes)} />
        </Figures>
      </Section>
      <Section title={t('backups')} help="backup">
        <Backups backups={settings.backups} />
      </Section>
      <Section title={t('about.title')}>
        <About version={settings.version} />
      </Section>
    </div>
  );
}

function Section({ title, help, children }: { readonly title: string; readonly help?: HelpPage; readonly children: ReactNode }) {
  return (
    <section className={classes.section} data-help={help}>
      <h2 className={classes.heading}>{title}</h2>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

/** Shows the data's folder in the system's own program. */
function ShowFolder() {
  const { t } = useTranslation('settings');
  const show = useWrite('store.showFolder');
  return (
    <Button data-spot="folder" variant="subtle" size="compact-md" leftSection={<FolderIcon size={18} />} onClick={() => show.mutate({})}>
      {t('openFolder')}
    </Button>
  );
}

/** A name as others see it. Saved when the field is left or Enter is pressed. */
function Name({ field, name }: { readonly field: 'name' | 'laptopName'; readonly name: string }) {
  const { t } = useTranslation('settings');
  const set = useWrite('settings.set');
  const [text, setText] = useState(name);
  // What is on its way counts, or the old name typed back in that moment would not be kept.
  const standing = (set.isError ? undefined : set.variables?.[field]) ?? name;
  const save = () => {
    if (text.trim() !== standing) set.mutate({ [field]: text.trim() });
  };
  return (
    <div className={classes.name}>
      <TextInput
        data-spot={field}
        label={t(field)}
        description={t(`${field}Hint`)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
        maxLength={200}
        w={320}
        maw="100%"
      />
      <SaveState state={set.isPending ? 'saving' : set.isSuccess ? 'saved' : 'idle'} />
    </div>
  );
}
