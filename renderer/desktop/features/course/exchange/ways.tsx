import { Select, Switch } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaveKind } from '../../../../../shared/contract/shell.ts';
import { textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { useJob, type Answer, type Job } from '../../../app/engine.ts';
import { NotCarried } from './NotCarried.tsx';

type Course = Answer<'course.get'>;

/** A way in which a course leaves this laptop. */
export interface Way {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The words of its button. */
  readonly verb: string;
  readonly job: Pick<Job<never>, 'running' | 'progress' | 'cancel' | 'reset'> & {
    readonly refusal: { readonly message: string } | undefined;
  };
  /** What is chosen before it is written. */
  options(disabled: boolean): ReactNode;
  readonly kind: SaveKind;
  readonly fileName: string;
  /** Writes the file; what is to be read of it then, null where it was not written. */
  save(place: { readonly path: string; readonly name: string }): Promise<ReactNode | null>;
}

/** One signed file for another Itinera. */
export function usePackWay(course: Course): Way {
  const { t } = useTranslation('exchange');
  const format = useFormats();
  const title = useTitleIn(course);
  const screen = useLanguage();
  const job = useJob('course.exportPack');
  const [files, setFiles] = useState(false);
  return {
    ...{ id: 'pack', kind: 'course', job, fileName: `${title(screen)}.zip` },
    ...{ title: t('export.pack'), text: t('export.packText'), verb: t('export.savePack') },
    options: (disabled) => <FilesSwitch checked={files} choose={setFiles} disabled={disabled} />,
    save: async ({ path, name }) => {
      const done = await job.start({ courseId: course.id, path, files });
      if (!done) return null;
      const left = done.left > 0 ? [t('export.left', { count: done.left })] : [];
      return <p>{[t('export.done', { name, size: format.bytes(done.bytes) }), ...left].join(' ')}</p>;
    },
  };
}

/** Every text as a workbook for whoever translates. */
export function useTextsWay(course: Course): Way {
  const { t } = useTranslation('exchange');
  const screen = useLanguage();
  const title = useTitleIn(course);
  const job = useJob('course.exportTexts');
  return {
    ...{ id: 'texts', kind: 'xlsx', job, fileName: `${t('export.textsName', { title: title(screen) })}.xlsx` },
    ...{ title: t('export.texts'), text: t('export.textsText'), verb: t('export.saveTexts') },
    options: () => null,
    save: async ({ path, name }) => {
      const done = await job.start({ courseId: course.id, path, language: screen });
      return done ? <p>{t('export.textsDone', { count: done.cells, name })}</p> : null;
    },
  };
}

/** A Common Cartridge in one language, for other platforms. */
export function useCartridgeWay(course: Course): Way {
  const { t } = useTranslation('exchange');
  const format = useFormats();
  const screen = useLanguage();
  const title = useTitleIn(course);
  const job = useJob('course.exportCartridge');
  const [files, setFiles] = useState(false);
  const [language, setLanguage] = useState<Language>(course.languages.includes(screen) ? screen : (course.languages[0] ?? screen));
  return {
    ...{ id: 'cartridge', kind: 'cartridge', job, fileName: `${title(language)} (${language}).imscc` },
    ...{ title: t('export.cartridge'), text: t('export.cartridgeText'), verb: t('export.saveCartridge') },
    options: (disabled) => (
      <>
        <Select
          label={t('export.cartridgeLanguage')}
          data={course.languages.map((value) => ({ value, label: format.language(value) }))}
          value={language}
          onChange={(chosen) => setLanguage(course.languages.find((one) => one === chosen) ?? language)}
          allowDeselect={false}
          disabled={disabled}
        />
        <FilesSwitch checked={files} choose={setFiles} disabled={disabled} />
      </>
    ),
    save: async ({ path, name }) => {
      const done = await job.start({ courseId: course.id, path, language, files });
      if (!done) return null;
      const words = [
        t('export.done', { name, size: format.bytes(done.bytes) }),
        ...(done.left > 0 ? [t('export.left', { count: done.left })] : []),
        ...(done.inOther > 0 ? [t('export.inOther', { count: done.inOther })] : []),
      ];
      return (
        <>
          <p>{words.join(' ')}</p>
          <NotCarried of={done.notCarried} />
        </>
      );
    },
  };
}

interface FilesProps {
  readonly checked: boolean;
  readonly disabled: boolean;
  choose(files: boolean): void;
}

function FilesSwitch({ checked, disabled, choose }: FilesProps) {
  const { t } = useTranslation('exchange');
  return (
    <Switch
      label={t('export.files')}
      description={t('export.filesHint')}
      checked={checked}
      onChange={(event) => choose(event.currentTarget.checked)}
      disabled={disabled}
    />
  );
}

function useTitleIn(course: Course): (language: Language) => string {
  const readableTitle = useReadableTitle();
  return (language) => readableTitle(course, textIn(course.title, language));
}
