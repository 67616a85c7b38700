import { Button, Select, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { LANGUAGES, textIn, type Language } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon, OpenIcon } from '../../../ui/theme/icons.tsx';
import { useJob, type Answer } from '../../app/engine.ts';
import { CountrySelect } from '../people/person/CountrySelect.tsx';
import classes from './TemplateDialog.module.css';

type Template = Answer<'material.templates'>[number];
/** Texts by the id of a part and by language: a language that is chosen again has its own. */
type FilledIn = Readonly<Record<string, Readonly<Partial<Record<Language, string>>>>>;

interface Props {
  readonly template: Template;
  close(): void;
}

/** A template to be filled in, two languages side by side, and the two ways to have it on paper. */
export function TemplateDialog({ template, close }: Props) {
  const { t } = useTranslation(['material', 'paper', 'app']);
  const format = useFormats();
  const screen = useLanguage();
  const [pair, setPair] = useState<readonly [Language, Language]>([screen, screen === 'en' ? 'fr' : 'en']);
  const [country, setCountry] = useState<string | null>(null);
  const [values, setValues] = useState<FilledIn>({});
  const [unsaved, setUnsaved] = useState(false);
  const [saved, setSaved] = useState('');
  const saving = useJob('material.printTemplate');
  const opening = useJob('material.openTemplate');
  const running = saving.running || opening.running;
  const [language, second] = pair;
  const wanted = { id: template.id, language, second, values, ...(country !== null && { country }) };
  const ask = (): void => {
    setSaved('');
    saving.reset();
    opening.reset();
  };
  const save = async (): Promise<void> => {
    const title = `${textIn(template.title, language)} (${language}, ${second}).pdf`;
    const file = await window.shell.chooseSave('pdf', title);
    if (!file) return;
    ask();
    const made = await saving.start({ ...wanted, path: file.path });
    if (!made) return;
    setUnsaved(false);
    setSaved(t('paper:saved', { count: made.pages, name: file.name, size: format.bytes(made.bytes) }));
  };
  const open = async (): Promise<void> => {
    ask();
    await opening.start(wanted);
  };
  const write = (id: string, one: Language, text: string): void => {
    setUnsaved(true);
    setValues((before) => ({ ...before, [id]: { ...before[id], [one]: text } }));
  };
  return (
    <Dialog help="templates" onClose={close} unsaved={unsaved} title={textIn(template.title, screen)} size="min(1240px, 96vw)">
      <Stack gap="md">
        <p className={classes.note}>
          {t('reference.blank')} {t('reference.notKept')}
        </p>
        <CountrySelect
          countries={[]}
          label={t('reference.country')}
          placeholder={t('reference.anyCountry')}
          value={country}
          onChange={(chosen) => {
            setUnsaved(true);
            setCountry(chosen);
          }}
        />
        <div className={classes.pair}>
          <Side label={t('reference.first')} value={language} other={second} choose={(one) => setPair([one, second])} />
          <Side label={t('reference.second')} value={second} other={language} choose={(one) => setPair([language, one])} />
          {template.parts.map(({ id, lines, text, hint }) =>
            pair.map((one) => (
              <Textarea
                key={`${id} ${one}`}
                lang={one}
                label={<span lang={one}>{textIn(text, one)}</span>}
                description={textIn(hint, one) === '' ? undefined : <span lang={one}>{textIn(hint, one)}</span>}
                value={values[id]?.[one] ?? ''}
                onChange={({ currentTarget: { value } }) => write(id, one, value)}
                autosize
                minRows={Math.min(lines, 4)}
                maxLength={4_000}
                classNames={{ root: classes.part!, wrapper: classes.wrapper!, input: classes.input! }}
              />
            )),
          )}
        </div>
        <JobState job={saving.running ? saving : opening} />
        <Refusal error={saving.refusal ?? opening.refusal} />
        <DialogFoot before={<span role="status">{saved}</span>}>
          <Button variant="default" leftSection={<OpenIcon />} disabled={running} onClick={() => void open()}>
            {t('paper:open')}
          </Button>
          <Button leftSection={<DownloadIcon />} disabled={running} onClick={() => void save()}>
            {t('paper:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

interface SideProps {
  readonly label: string;
  readonly value: Language;
  /** The language of the other side, which this one cannot have. */
  readonly other: Language;
  choose(language: Language): void;
}

function Side({ label, value, other, choose }: SideProps) {
  return (
    <Select
      label={label}
      data={LANGUAGES.filter((one) => one !== other).map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
      value={value}
      onChange={(chosen) => choose(LANGUAGES.find((one) => one === chosen) ?? value)}
      allowDeselect={false}
    />
  );
}
