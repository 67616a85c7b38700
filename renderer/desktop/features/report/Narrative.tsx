import { Button, Select } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NARRATIVE_PARTS, qualified, type NarrativePart } from '../../../../shared/features/report/narrative.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { HEADCOUNTS } from '../../../../shared/model/vocabularies.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, useWrite } from '../../app/engine.ts';
import { SavedText } from '../people/person/SavedText.tsx';
import classes from './Narrative.module.css';

/** The words of a report, part by part, each saved when it is left. Until somebody writes, the figures speak. */
export function Narrative({ activityId, language }: { readonly activityId: Id; readonly language: Language }) {
  const { t } = useTranslation('report');
  const written = useRead('report.narrative', { activityId, language }, { keep: true });
  const narrate = useWrite('report.narrate');
  const seenAtFirstKey = useRef<Partial<Record<NarrativePart, Record<string, string[]>>>>({});
  const write = async (part: NarrativePart, text: string, seen: Record<string, string[]>) => {
    await narrate.mutateAsync({ activityId, language, texts: { [part]: text }, seen });
    return true;
  };
  return (
    <details className={classes.root}>
      <summary>{t('narrative.title')}</summary>
      <p className={classes.hint}>{t('narrative.hint')}</p>
      <Loaded query={written}>
        {({ parts, headcount, people, seen }) => (
          <div className={classes.parts}>
            <Select
              label={t('narrative.headcount')}
              data={HEADCOUNTS.map((value) => ({ value, label: t(`narrative.sure.${value}`, { count: qualified(people, value).number }) }))}
              value={headcount}
              onChange={(value) => {
                const chosen = HEADCOUNTS.find((one) => one === value);
                if (chosen) narrate.mutate({ activityId, language, headcount: chosen, seen });
              }}
              allowDeselect={false}
              className={classes.headcount}
            />
            {NARRATIVE_PARTS.map((part) => {
              const { text, suggestion } = parts[part];
              return (
                <div key={`${part} ${language}`} lang={language}>
                  <SavedText
                    label={t(`narrative.part.${part}`)}
                    value={text}
                    required={false}
                    missing=""
                    lines
                    wrong={() => undefined}
                    error={undefined}
                    onBegin={() => (seenAtFirstKey.current[part] = seen)}
                    onSave={(typed) => write(part, typed, seenAtFirstKey.current[part] ?? seen)}
                  />
                  {suggestion !== '' && text === '' && <p className={classes.suggestion}>{suggestion}</p>}
                  {suggestion !== '' && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      disabled={narrate.isPending}
                      aria-label={t(text === '' ? 'narrative.begin' : 'narrative.again', { part: t(`narrative.part.${part}`) })}
                      onClick={() => void write(part, text === '' ? suggestion : '', seen)}
                    >
                      {t(text === '' ? 'narrative.beginShort' : 'narrative.againShort')}
                    </Button>
                  )}
                </div>
              );
            })}
          </div>
        )}
      </Loaded>
    </details>
  );
}
