import { Button, ColorInput, SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  contrastOnWhite,
  isLegible,
  LEAST_CONTRAST,
  readColour,
  USUAL_COLOURS,
  type DesignColour,
} from '../../../../shared/features/award/design-colours.ts';
import { DESIGN_LENGTHS, DESIGN_TEXTS, SIGNATORIES } from '../../../../shared/features/award/design-fields.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { isPageAddress } from '../../../../shared/kernel/page-address.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import { useFormats } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, useWrite, type Answer, type Args } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { SavedText } from '../people/person/SavedText.tsx';
import { bringBack, DesignPicture } from './DesignPicture.tsx';
import { DesignPreview, type Draft } from './DesignPreview.tsx';
import classes from './Design.module.css';

type Design = Answer<'certificate.design'>;
type Changes = Omit<Args<'certificate.setDesign'>, 'id' | 'seen'>;

interface Props {
  readonly id: Id;
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly first: Language;
}

/** A design beside a certificate in it, which follows what is typed. */
export function DesignForm({ id, activityId, kind, first }: Props) {
  const { t } = useTranslation('award');
  const [language, setLanguage] = useState(first);
  const [draft, setDraft] = useState<Draft>({});
  const query = useRead('certificate.design', { id }, { keep: true });
  return (
    <div className={classes.columns}>
      <div className={classes.fields}>
        <SegmentedControl
          aria-label={t('design.language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? language)}
        />
        <Loaded query={query}>
          {(design) =>
            design.change.allowed ? <Fields key={language} {...{ design, language }} onType={setDraft} /> : <p>{t('design.readOnly')}</p>
          }
        </Loaded>
      </div>
      <DesignPreview {...{ id, activityId, kind, language, draft }} />
    </div>
  );
}

interface FieldsProps {
  readonly design: Design;
  readonly language: Language;
  onType(change: (draft: Draft) => Draft): void;
}

function Fields({ design, language, onType }: FieldsProps) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const set = useWrite('certificate.setDesign');
  const seenAtFirstKey = useRef<Record<string, string[]>>(undefined);
  const filled = SIGNATORIES.filter(
    ({ name, office, signature }) => design[name] !== '' || Object.values(design[office]).some(Boolean) || design[signature] !== null,
  ).length;
  const [begun, setBegun] = useState(0);
  const save = async (changes: Changes) => {
    await set.mutateAsync({ id: design.id, ...changes, seen: seenAtFirstKey.current ?? design.seen });
    seenAtFirstKey.current = undefined;
    return true;
  };
  const shared = {
    required: false,
    missing: '',
    wrong: () => undefined,
    error: undefined,
    onBegin: () => (seenAtFirstKey.current ??= design.seen),
  };
  const line = (field: 'name1' | 'name2' | 'name3') => (
    <SavedText
      {...shared}
      label={t(`design.field.${field}`)}
      value={design[field]}
      longest={DESIGN_LENGTHS.person}
      onType={(typed) => onType((draft) => ({ ...draft, [field]: typed }))}
      onSave={(typed) => save({ [field]: typed })}
    />
  );
  const text = (field: (typeof DESIGN_TEXTS)[number] | 'office1' | 'office2' | 'office3', longest: number) => (
    <div lang={language} key={field}>
      <SavedText
        {...shared}
        lines={longest > DESIGN_LENGTHS.heading}
        label={t('design.inLanguage', { field: t(`design.field.${field}`), language: LANGUAGE_NAMES[language] })}
        value={design[field][language] ?? ''}
        longest={longest}
        onType={(typed) => onType((draft) => ({ ...draft, [field]: { ...draft[field], [language]: typed } }))}
        onSave={(typed) => save({ [field]: { [language]: typed } })}
      />
    </div>
  );
  const takeOut = ({ name, office, signature }: (typeof SIGNATORIES)[number]) => {
    const before = { [name]: design[name], [office]: design[office], [signature]: design[signature]?.id ?? null };
    const nothing = Object.fromEntries(Object.keys(design[office]).map((one) => [one, '']));
    onType(({ [name]: _name, [office]: _office, ...rest }) => rest);
    set.mutate(
      { id: design.id, [name]: '', [office]: nothing, [signature]: null, seen: design.seen },
      {
        onSuccess: () => offerUndo(t('design.removed', { what: t(`design.field.${name}`) }), bringBack(design.id, before)),
      },
    );
  };
  return (
    <>
      <SavedText
        {...shared}
        required
        missing={t('design.nameMissing')}
        label={t('design.field.name')}
        value={design.name}
        longest={DESIGN_LENGTHS.heading}
        onSave={(typed) => save({ name: typed })}
      />
      {DESIGN_TEXTS.map((field) => text(field, DESIGN_LENGTHS[field]))}
      <DesignPicture id={design.id} of="logo" picture={design.logo} seen={design.seen} />
      {(['main', 'accent'] as const).map((use) => (
        <Colour
          key={`${use} ${design[use]}`}
          use={use}
          value={design[use]}
          faint={(colour) =>
            t('design.faint', { contrast: format.number(contrastOnWhite(colour), 1), least: format.number(LEAST_CONTRAST[use], 1) })
          }
          onType={(colour) => onType((draft) => ({ ...draft, [use]: colour }))}
          onSave={(colour) => void save({ [use]: colour })}
        />
      ))}
      {SIGNATORIES.slice(0, Math.max(filled, begun)).map((one) => (
        <fieldset key={one.name} className={classes.signatory}>
          {line(one.name)}
          {text(one.office, DESIGN_LENGTHS.office)}
          <DesignPicture id={design.id} of={one.signature} picture={design[one.signature]} seen={design.seen} />
          <Button
            variant="subtle"
            color="red"
            aria-label={t('design.removeOf', { what: t(`design.field.${one.name}`) })}
            onClick={() => takeOut(one)}
          >
            {t('design.removeSignatory')}
          </Button>
        </fieldset>
      ))}
      {Math.max(filled, begun) < SIGNATORIES.length && (
        <Button variant="default" onClick={() => setBegun(Math.max(filled, begun) + 1)}>
          {t('design.addSignatory')}
        </Button>
      )}
      <SavedText
        {...shared}
        label={t('design.field.address')}
        value={design.address}
        longest={100}
        wrong={(typed) => (typed === '' || isPageAddress(typed) ? undefined : t('addressWrong'))}
        onSave={(typed) => save({ address: typed })}
      />
    </>
  );
}

interface ColourProps {
  readonly use: DesignColour;
  readonly value: string;
  faint(colour: string): string;
  onType(colour: string): void;
  onSave(colour: string): void;
}

/** A colour, saved when it is left; one that would not be seen on paper stays and says so. */
function Colour({ use, value, faint, onType, onSave }: ColourProps) {
  const { t } = useTranslation('award');
  const [typed, setTyped] = useState(value || USUAL_COLOURS[use]);
  const colour = readColour(typed);
  const isWrong = colour === null || !isLegible(use, colour);
  const leave = (text: string) => {
    const left = readColour(text);
    if (left !== null && isLegible(use, left) && left !== (value || USUAL_COLOURS[use])) onSave(left);
  };
  return (
    <ColorInput
      label={t(`design.field.${use}`)}
      size="md"
      format="hex"
      withEyeDropper={false}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        const now = readColour(text);
        if (now !== null && isLegible(use, now)) onType(now);
      }}
      onChangeEnd={leave}
      onBlur={() => leave(typed)}
      error={isWrong && (colour === null ? t('design.noColour') : faint(colour))}
    />
  );
}
