import { Anchor, Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../shared/kernel/text.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText, RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { useRead, type Answer } from '../../app/engine.ts';
import classes from './References.module.css';

const TemplateDialog = lazy(() => import('./TemplateDialog.tsx').then((module) => ({ default: module.TemplateDialog })));

/** The cards of platforms elsewhere, and the templates that are filled in in two languages; nothing where the library has none. */
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
        <RowWords
          title={
            <strong>
              <RecordTitle of={card} />
            </strong>
          }
        >
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
  const [open, setOpen] = useState<Answer<'material.templates'>[number]>();
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('reference.templates')}</h2>
      <BoxedList label={t('reference.templates')}>
        <Rows of={templates} as="li">
          {(template) => (
            <li>
              <BoxedRow>
                <RowWords
                  title={
                    <strong>
                      <RecordTitle of={template} />
                    </strong>
                  }
                >
                  <span className={classes.text}>
                    <RecordText text={template.text} />
                  </span>
                </RowWords>
                <RowActions>
                  <Button
                    variant="default"
                    aria-label={t('reference.fillNamed', { title: textIn(template.title, screen) })}
                    onClick={() => setOpen(template)}
                  >
                    {t('reference.fill')}
                  </Button>
                </RowActions>
              </BoxedRow>
            </li>
          )}
        </Rows>
      </BoxedList>
      <Suspense>{open && <TemplateDialog template={open} close={() => setOpen(undefined)} />}</Suspense>
    </section>
  );
}
