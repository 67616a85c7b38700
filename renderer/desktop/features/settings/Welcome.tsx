import { Button, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from '../../../ui/dialog/Form.tsx';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { OpenRoad } from '../../../ui/theme/drawings.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { speak } from '../../../ui/i18n.ts';
import { NextIcon, PlusIcon, StartIcon, SyncIcon } from '../../../ui/theme/icons.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useWrite } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import classes from './Welcome.module.css';

type Way = 'sample' | 'create' | 'enrol' | 'look';

/** The first run: a language, a name, and one of three ways to begin. Works with no network. */
export function Welcome() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const set = useWrite('settings.set', { shownHere: true });
  const sample = useWrite('activity.loadSample', { shownHere: true });
  const [name, setName] = useState('');
  const [way, setWay] = useState<Way | undefined>();
  const begin = async (chosen: Way) => {
    setWay(chosen);
    try {
      if (chosen === 'sample') {
        const { id } = await sample.mutateAsync({});
        go({ page: 'workshop', id, tab: 'agenda' }, { replace: true });
      }
      if (chosen === 'create') go({ page: 'workshops', create: true }, { replace: true });
      if (chosen === 'enrol') go({ page: 'sync' }, { replace: true });
      // Last, for this closes the welcome.
      await set.mutateAsync({ language, name: name.trim() });
    } catch {
      setWay(undefined);
    }
  };
  return (
    <main className={classes.root}>
      <div className={classes.card}>
        <div className={classes.words}>
          <p className={classes.brand}>Itinera</p>
          <h1 className={classes.title}>{t('welcome.title')}</h1>
          <p className={classes.text}>{t('welcome.text')}</p>
          <OpenRoad />
        </div>
        <div className={classes.choices}>
          <Languages chosen={language} />
          <Form onSubmit={() => void begin('look')}>
            <TextInput
              label={t('name')}
              description={t('nameHint')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={200}
              autoComplete="off"
            />
          </Form>
          <Stack gap="xs" component="section" aria-label={t('welcome.ways')}>
            <WayButton icon={<StartIcon />} title={t('welcome.sample')} text={t('welcome.sampleText')} begin={() => void begin('sample')} />
            <WayButton icon={<PlusIcon />} title={t('welcome.create')} text={t('welcome.createText')} begin={() => void begin('create')} />
            <WayButton icon={<SyncIcon />} title={t('welcome.enrol')} text={t('welcome.enrolText')} begin={() => void begin('enrol')} />
          </Stack>
          <Refusal error={set.error ?? sample.error} />
          <Button variant="subtle" onClick={() => void begin('look')} loading={way === 'look'} className={classes.skip!}>
            {t('welcome.look')}
          </Button>
        </div>
      </div>
    </main>
  );
}

function Languages({ chosen }: { readonly chosen: Language }) {
  const { t } = useTranslation('settings');
  return (
    <div role="group" aria-label={t('language')} className={classes.languages}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          aria-pressed={language === chosen}
          lang={language}
          className={classes.language}
          onClick={() => void speak(language)}
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </div>
  );
}

function WayButton(props: { readonly icon: ReactNode; readonly title: string; readonly text: string; readonly begin: () => void }) {
  return (
    <button type="button" className={classes.way} onClick={props.begin}>
      {props.icon}
      <span className={classes.wayWords}>
        <span className={classes.wayTitle}>{props.title}</span>
        <span className={classes.wayText}>{props.text}</span>
      </span>
      <NextIcon className={classes.arrow} />
    </button>
  );
}
