import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { Figure, Figures } from '../../../ui/Figure.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { SaveState } from '../../../ui/SaveState.tsx';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { Backups } from './Backups.tsx';
import classes from './SettingsPage.module.css';

type Settings = Answer<'settings.get'>;
const THEMES = ['light', 'dark', 'system'] as const satisfies readonly Settings['theme'][];

/** Language, name, theme, where the data lie, backups. */
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
    <>
      <Section title={t('you')}>
        <Name key={settings.name} name={settings.name} />
        <Select
          label={t('language')}
          description={t('languageHint')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
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
            aria-labelledby="theme-label"
            value={settings.theme}
            onChange={(value) => {
              const theme = THEMES.find((known) => known === value);
              if (theme) set.mutate({ theme });
            }}
            data={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
          />
        </div>
      </Section>
      <Section title={t('data')}>
        <div>
          <p className={classes.label}>{t('folder')}</p>
          <p className={classes.path}>{settings.folder}</p>
        </div>
        <Figures label={t('storage')}>
          <Figure label={t('records')} value={format.bytes(settings.storeBytes)} />
          <Figure label={t('files')} value={format.bytes(settings.fileBytes)} />
        </Figures>
      </Section>
      <Section title={t('backups')}>
        <Backups backups={settings.backups} />
      </Section>
      <p className={classes.version}>{t('version', { version: settings.version })}</p>
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{title}</h2>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

/** Saved when the field is left or Enter is pressed. */
function Name({ name }: { readonly name: string }) {
  const { t } = useTranslation('settings');
  const set = useWrite('settings.set');
  const [text, setText] = useState(name);
  const save = () => {
    if (text.trim() !== name) set.mutate({ name: text.trim() });
  };
  return (
    <div className={classes.name}>
      <TextInput
        label={t('name')}
        description={t('nameHint')}
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
