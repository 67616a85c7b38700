import { Anchor, Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { LANGUAGES, textIn, type Language } from '../../../../shared/kernel/text.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText, RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { useJob, useRead, type Answer } from '../../app/engine.ts';
import { CountrySelect } from '../people/person/CountrySelect.tsx';
import classes from './References.module.css';

/** The cards of platforms elsewhere, and the templates that are printed in two languages; nothing where the library has none. */
export function References() {
  const { t } = useTranslation('material');
  const cards = useRead('material.cards', {}).data ?? [];
  const templates = useRead('material.templates', {}).data ?? [];
  return (
    <>
      {templates.length > 0 && <Templates templates={templates} />}
      {cards.length > 0 && (
        <section className={classes.section}>
          <h2 className={classes.heading}>{t('reference.cards')}</h2>
          <BoxedList label={t('reference.cards')}>
            <Rows of={cards} as="li">
              {(card) => <Card card={card} />}
            </Rows>
          </BoxedList>
        </section>
      )}
    </>
  );
}

function Card({ card }: { readonly card: Answer<'material.cards'>[number] }) {
  const { t } = useTranslation('material');
  const format = useFormats();
  const language = useLanguage();
  const { text, limits, audience, spoken, link, title } = card;
  return (
    <li>
      <BoxedRow>
        <RowWords title={<RecordTitle of={card} />}>
          <RowFacts>{[t(`audience.${audience}`), ...spoken.map(format.language)].join(' · ')}</RowFacts>
          <span className={classes.text}>
            <RecordText text={text} />
          </span>
          <RowFacts>
            <RecordText text={limits} />
          </RowFacts>
        </RowWords>
        {link !== '' && (
          // The window leads nowhere by itself: the shell asks before it opens an address.
          <Anchor href={link} target="_blank" rel="noreferrer" aria-label={t('reference.visitNamed', { title: textIn(title, language) })}>
            {t('reference.visit')}
          </Anchor>
        )}
      </BoxedRow>
    </li>
  );
}

function Templates({ templates }: { readonly templates: Answer<'material.templates'> }) {
  const { t } = useTranslation('material');
  const screen = useLanguage();
  const [first, setFirst] = useState<Language>(screen);
  const [second, setSecond] = useState<Language>(screen === 'en' ? 'fr' : 'en');
  const [country, setCountry] = useState<string | null>(null);
  const printing = useJob('material.printTemplate');
  const known = (value: string | null): Language | undefined => LANGUAGES.find((one) => one === value);
  const choices = (other: Language) => LANGUAGES.filter((one) => one !== other).map((value) => ({ value, label: LANGUAGE_NAMES[value] }));
  const print = async (id: string, name: string): Promise<void> => {
    const file = await window.shell.chooseSave('pdf', `${name}.pdf`);
    if (file) await printing.start({ id, language: first, second, ...(country !== null && { country }), path: file.path });
  };
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('reference.templates')}</h2>
      <div className={classes.choices}>
        <Select
          label={t('reference.first')}
          data={choices(second)}
          value={first}
          onChange={(value) => setFirst(known(value) ?? first)}
          allowDeselect={false}
        />
        <Select
          label={t('reference.second')}
          data={choices(first)}
          value={second}
          onChange={(value) => setSecond(known(value) ?? second)}
          allowDeselect={false}
        />
        <CountrySelect
          countries={[]}
          placeholder={t('reference.anyCountry')}
          value={country}
          description={t('reference.country')}
          onChange={setCountry}
        />
      </div>
      <BoxedList label={t('reference.templates')}>
        <Rows of={templates} as="li">
          {(template) => {
            const name = textIn(template.title, screen);
            return (
              <li>
                <BoxedRow>
                  <RowWords title={<RecordTitle of={template} />}>
                    <span className={classes.text}>
                      <RecordText text={template.text} />
                    </span>
                  </RowWords>
                  <RowActions>
                    <Button
                      variant="default"
                      size="sm"
                      leftSection={<DownloadIcon />}
                      disabled={printing.running}
                      aria-label={t('reference.printNamed', { title: name })}
                      onClick={() => void print(template.id, name)}
                    >
                      {t('reference.print')}
                    </Button>
                  </RowActions>
                </BoxedRow>
              </li>
            );
          }}
        </Rows>
      </BoxedList>
      <JobState job={printing} />
      <Refusal error={printing.refusal} />
    </section>
  );
}
