import { Button, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../../shared/contract/shell.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { goToUnsettled } from '../../../../ui/dialog/Form.tsx';
import { DateField } from '../../../../ui/fields/DateField.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { FileIcon } from '../../../../ui/theme/icons.tsx';
import { today } from '../../../app/clock.ts';
import { useJob, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { CountrySelect } from '../../people/person/CountrySelect.tsx';
import type { Form } from '../paper-sheet.ts';
import { AnswersRead } from './AnswersRead.tsx';
import { takeBack, type CountryTable } from './take-back.ts';
import classes from './Countries.module.css';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly table: CountryTable;
  /** A file that was dropped; left out: one is to be chosen. */
  readonly given?: ChosenPath | undefined;
  onClose(): void;
}

/** Takes in the file that a country filled in: of which country it is, when and what it answered is shown before anything is written. */
export function ImportCountry({ activityId, form, table, given, onClose }: Props) {
  const { t } = useTranslation(['evaluation', 'people', 'app']);
  const format = useFormats();
  const job = useJob('evaluation.importCountry');
  const [file, setFile] = useState<ChosenPath | null>(null);
  const [country, setCountry] = useState<string | null>(null);
  const [day, setDay] = useState(today);
  const root = useRef<HTMLDivElement>(null);
  // It stays while it is taken in: the button that has the keyboard stays with it.
  const [found, setFound] = useState<Answer<'evaluation.importCountry'>>();
  const { start, reset } = job;
  const look = async (place: ChosenPath, of: string | null) =>
    setFound(await start({ activityId, formId: form.id, path: place.path, apply: false, ...(of !== null && { country: of }) }));
  const open = (place: ChosenPath) => {
    reset();
    setFound(undefined);
    setCountry(null);
    setFile(place);
    void look(place, null);
  };
  const openGiven = useRef(open);
  useEffect(() => {
    if (given) openGiven.current(given);
  }, [given]);
  const choose = async () => {
    // A button that is switched off would drop the keyboard.
    if (job.running) return;
    const place = await window.shell.chooseFile('answers');
    if (place) open(place);
  };
  const say = (of: string | null) => {
    setCountry(of);
    if (file && of !== null) void look(file, of);
  };
  const take = async () => {
    if (!file || !found || job.running || goToUnsettled(root.current)) return;
    const before = table.countries.find((row) => row.country === found.country);
    const done = await start({ activityId, formId: form.id, path: file.path, country: found.country, day: found.day ?? day, apply: true });
    if (!done?.applied) return;
    onClose();
    offerUndo(t('evaluation:countries.taken', { country: format.country(done.country) }), () =>
      takeBack(activityId, form.id, done.country, before),
    );
  };
  const isUnknown = job.refusal?.code === 'evaluation.countryUnknown';
  return (
    <Dialog help="countries" onClose={onClose} title={t('evaluation:countries.import.title')} size={720}>
      <Stack ref={root} gap="md" data-import>
        {file === null && <p className={classes.fact}>{t('evaluation:countries.import.intro')}</p>}
        {file && (
          <p className={classes.file}>
            <FileIcon size={18} /> {file.name}
          </p>
        )}
        <JobState job={job} />
        {!job.running && <Refusal error={job.refusal} />}
        {file && (isUnknown || country !== null) && (
          <CountrySelect
            countries={table.countries.map((row) => row.country)}
            value={country}
            placeholder={t('evaluation:countries.import.which')}
            onChange={say}
          />
        )}
        {found && <Found form={form} found={found} day={day} onDay={setDay} />}
        <DialogFoot
          before={
            <Button variant="default" onClick={() => void choose()} data-autofocus>
              {t(file === null ? 'people:import.choose' : 'people:import.chooseOther')}
            </Button>
          }
        >
          <Button variant="default" onClick={onClose}>
            {t('app:cancel')}
          </Button>
          {found && found.rejected.length === 0 && found.does !== 'same' && (
            <Button onClick={() => void take()}>{t('evaluation:countries.import.take', { country: format.country(found.country) })}</Button>
          )}
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

interface FoundProps {
  readonly form: Form;
  readonly found: Answer<'evaluation.importCountry'>;
  readonly day: string;
  onDay(day: string): void;
}

/** The content of a file: of which country, when and in which language, each answer, and each row that cannot be taken. */
function Found({ form, found, day, onDay }: FoundProps) {
  const { t } = useTranslation(['evaluation', 'errors']);
  const format = useFormats();
  const count = Object.keys(found.answers).length;
  const facts = [
    format.country(found.country),
    ...(found.day === null ? [] : [format.day(found.day)]),
    ...(found.language === null ? [] : [format.language(found.language)]),
    t('evaluation:countries.answersOf', { count, of: form.items.length }),
  ];
  return (
    <>
      <div role="status" className={classes.found}>
        <p className={classes.facts}>{facts.join(' · ')}</p>
        <p>{t(`evaluation:countries.does.${found.does}`)}</p>
      </div>
      {found.rejected.length > 0 && (
        <section className={classes.rejected}>
          <h3>{t('evaluation:countries.import.rejected', { count: found.rejected.length })}</h3>
          <ul>
            {found.rejected.map(({ row, field, code }) => (
              <li key={`${row} ${field}`}>
                {t('evaluation:countries.import.row', { row, question: field, reason: t(`errors:${code}` as 'errors:answer.dayUnknown') })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.day === null && found.does !== 'same' && <DateField label={t('evaluation:countries.dayOf')} value={day} onChange={onDay} />}
      <AnswersRead form={form} answers={found.answers} />
    </>
  );
}
