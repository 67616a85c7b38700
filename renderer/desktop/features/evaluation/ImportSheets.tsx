import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { WAVES } from '../../../../shared/model/vocabularies.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { ImportDialog } from '../../import/ImportDialog.tsx';
import { PastImports, sayImported } from '../../import/PastImports.tsx';
import type { GivenSources } from '../../import/use-plan.ts';
import { offers, useRights } from '../sync/MayNot.tsx';
import { useKnownNames } from '../people/known-names.ts';
import type { Form } from './paper-sheet.ts';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly given?: GivenSources | undefined;
  onImported(): void;
  onClose(): void;
}

/** Takes answers that were typed elsewhere, one row a sheet. */
export function ImportSheets({ activityId, form, given, onImported, onClose }: Props) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const job = useJob('evaluation.import');
  const people = useKnownNames(activityId);
  const about = form.anonymous ? (['sheet'] as const) : PERSON;
  const items = useItemWords(form);
  return (
    <ImportDialog<Answer<'evaluation.import'>>
      title={t('import.title', { form: textIn(form.title, language) })}
      kind="answers"
      place={`answers ${activityId} ${form.id}`}
      intro={<p>{form.anonymous ? t('import.introAnonymous') : t('import.introTests')}</p>}
      job={job}
      shares={offers(useRights(activityId), 'people')}
      given={given}
      fields={[...about, ...items.keys()]}
      fieldWords={items}
      takes={form.anonymous ? NAMELESS : NAMED}
      people={form.anonymous ? [] : people}
      run={({ name: _name, ...source }, attempt) => job.start({ activityId, formId: form.id, ...source, ...attempt })}
      summary={(answer, counts) => (
        <p>
          {answer.added > 0 && t('import.found', { count: answer.added - answer.replaced })}{' '}
          {answer.added === 0 && counts.ask === 0 && t('import.nothing')}{' '}
          {answer.replaced > 0 && <>{t('import.replaced', { count: answer.replaced })} </>}
          {answer.unchanged > 0 && t('import.unchanged', { count: answer.unchanged })}
        </p>
      )}
      count={(answer) => answer.added}
      importWords={(count) => t('import.button', { count })}
      past={<PastImports activityId={activityId} kind="answers" />}
      onDone={(answer) => {
        sayImported(t('import.done', { count: answer.added }), answer.importId);
        if (answer.replaced > 0) say(t('import.replaced', { count: answer.replaced }));
        onImported();
      }}
      onClose={onClose}
    />
  );
}

/** A column may answer a question, or that question in one of two tests. */
function useItemWords({ kind, items }: Form): ReadonlyMap<string, string> {
  const { t } = useTranslation(['intake', 'people']);
  const language = useLanguage();
  return useMemo(() => {
    const waves = kind === 'prepost' ? WAVES : [];
    const texts = items.map(({ id, text }) => ({ item: id, text: shortened(textIn(text, language)) }));
    const ofWaves = waves.flatMap((wave) =>
      texts.map((one) => [`${wave}.${one.item}`, t('item.ofWave', { ...one, wave: t(`people:export.wave.${wave}`) })] as const),
    );
    return new Map([...texts.map((one) => [one.item, t('item.plain', one)] as const), ...ofWaves]);
  }, [kind, items, language, t]);
}

/** So much of a question tells it from the others. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}

const PERSON = ['ref', 'fullName', 'familyName', 'givenName', 'email', 'wave', 'points', 'pre.points', 'post.points'] as const;
const NAMED = ['same', 'leave'] as const;
const NAMELESS = ['new', 'leave'] as const;
