import { Button, Select, Stack } from '@mantine/core';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { SearchSelect } from '../../../../ui/fields/SearchSelect.tsx';
import { useFormats, useReadableTitle } from '../../../../ui/formats.ts';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../../ui/theme/icons.tsx';
import { useJob } from '../../../app/engine.ts';
import { sayRefusal } from '../../../app/frame/notices.tsx';
import { useCountryChoices } from '../../people/choices.ts';
import type { Form } from '../paper-sheet.ts';
import type { CountryTable } from './take-back.ts';
import classes from './Countries.module.css';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly table: CountryTable;
  /** Of the workshop: the file's language need not be the screen's. */
  readonly language: Language;
  onClose(): void;
}

const MISSING = 'missing';

/** Writes a questionnaire for one country, or for every one that has not answered, in the language that is chosen. */
export function ExportCountries({ activityId, form, table, language: first, onClose }: Props) {
  const { t } = useTranslation(['evaluation', 'exchange', 'people', 'app']);
  const format = useFormats();
  const readableTitle = useReadableTitle();
  const one = useJob('evaluation.exportCountry');
  const all = useJob('evaluation.exportMissing');
  const [language, setLanguage] = useState(first);
  const { missing } = table.totals;
  const [country, setCountry] = useState<string | null>(missing > 0 ? MISSING : null);
  const [written, setWritten] = useState<{ readonly words: string; readonly path?: string } | null>(null);
  const everywhere = useCountryChoices([]);
  const ofTable = table.countries.map((row) => ({ value: row.country, label: format.country(row.country) }));
  const choices =
    ofTable.length === 0
      ? everywhere
      : [...(missing > 0 ? [{ value: MISSING, label: t('evaluation:countries.allMissing', { count: missing }) }] : []), ...ofTable];
  const running = one.running || all.running;
  const begin = () => {
    setWritten(null);
    one.reset();
    all.reset();
  };
  const saveMissing = async () => {
    const folder = await window.shell.chooseFolder();
    if (!folder) return;
    begin();
    const done = await all.start({ activityId, formId: form.id, language, path: folder.path });
    if (done) setWritten({ words: t('evaluation:countries.filesWritten', { count: done.files.length, folder: folder.name }) });
  };
  const saveOne = async (of: string) => {
    const title = readableTitle(form, textIn(form.title, language));
    const place = await window.shell.chooseSave(
      'xlsx',
      `${t('evaluation:countries.fileName', { title, country: format.country(of) })}.xlsx`,
    );
    if (!place) return;
    begin();
    const done = await one.start({ activityId, formId: form.id, country: of, language, path: place.path });
    if (done) setWritten({ path: place.path, words: t('evaluation:countries.fileWritten', { name: place.name }) });
  };
  const save = () => {
    if (running || country === null) return;
    void (country === MISSING ? saveMissing() : saveOne(country));
  };
  return (
    <Dialog help="countries" onClose={onClose} title={t('evaluation:countries.export.title')} size={680}>
      <Stack gap="md">
        <p className={classes.fact}>{t('evaluation:countries.export.intro')}</p>
        <Select
          label={t('people:save.language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((each) => each === value) ?? language)}
          allowDeselect={false}
          data-autofocus
        />
        <SearchSelect
          label={t('evaluation:countries.export.for')}
          choices={choices}
          value={country}
          onChange={setCountry}
          nothingFoundMessage={t('people:country.none')}
        />
        <JobState job={one.running ? one : all} />
        {!running && <Refusal error={one.refusal ?? all.refusal} />}
        <div role="status" className={classes.done}>
          {written && <p>{written.words}</p>}
        </div>
        <DialogFoot
          before={
            written?.path !== undefined && (
              <Button variant="default" onClick={() => void show(written.path!)}>
                {t('exchange:export.show')}
              </Button>
            )
          }
        >
          <Button variant="default" onClick={onClose}>
            {t('app:close')}
          </Button>
          <Button leftSection={<DownloadIcon />} onClick={save}>
            {country === MISSING ? t('evaluation:countries.export.saveAll', { count: missing }) : t('evaluation:countries.export.save')}
          </Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

async function show(path: string): Promise<void> {
  const answer = await window.shell.showSaved(path);
  if (!answer.ok) sayRefusal({ message: i18next.t(`errors:${answer.code}`) });
}
