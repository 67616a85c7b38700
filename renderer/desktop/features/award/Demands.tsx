import { NumberInput, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { USUAL_THRESHOLD } from '../../../../shared/features/attendance/rules.ts';
import { TEST_DEMANDS, USUAL_PASS_MARK, usualTest, type TestDemand } from '../../../../shared/features/award/award-rules.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { AWARD_KINDS, type AwardKind } from '../../../../shared/model/vocabularies.ts';
import { useFormats } from '../../../ui/formats.ts';
import { ThresholdInput } from '../attendance/ThresholdInput.tsx';
import classes from './Tab.module.css';

/** The demands of a certificate, as calls take them. */
export interface Demanded {
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly threshold: number;
  readonly requirePostTest: boolean;
  readonly passMark?: number;
}

/** The demands as they are chosen on the screen. */
interface Chosen {
  readonly kind: AwardKind;
  readonly threshold: number;
  readonly test: TestDemand;
  readonly passMark: number;
}

/** Returns what is demanded of a workshop's people, and what changes it; another kind asks for the test that is usual of it. */
export function useDemands(activityId: Id) {
  const [chosen, setChosen] = useState<Chosen>({
    kind: 'attendance',
    threshold: USUAL_THRESHOLD,
    test: usualTest('attendance'),
    passMark: USUAL_PASS_MARK,
  });
  const { kind, threshold, test, passMark } = chosen;
  const demanded: Demanded = { activityId, kind, threshold, requirePostTest: test !== 'none', ...(test === 'passed' && { passMark }) };
  const change = (part: Partial<Chosen>) =>
    setChosen((before) => ({
      ...before,
      ...part,
      ...(part.kind !== undefined && part.kind !== before.kind && { test: usualTest(part.kind) }),
    }));
  return { chosen, demanded, change };
}

interface Props {
  readonly chosen: Chosen;
  readonly language: Language;
  onChange(part: Partial<Chosen>): void;
  onLanguage(language: Language): void;
}

/** The fields of what a certificate asks for, and of its language. */
export function Demands({ chosen: { kind, threshold, test, passMark }, language, onChange, onLanguage }: Props) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const known = <T extends string>(list: readonly T[], value: string | null) => list.find((one) => one === value);
  return (
    <>
      <SegmentedControl
        aria-label={t('kinds')}
        data={AWARD_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={(value) => onChange({ kind: known(AWARD_KINDS, value) ?? kind })}
        className={classes.kinds}
      />
      <div className={classes.bar}>
        <ThresholdInput
          label={t('threshold')}
          description={t('ofHeld')}
          value={threshold}
          onChange={(percent) => onChange({ threshold: percent })}
          className={classes.field}
        />
        <Select
          label={t('test.label')}
          data={TEST_DEMANDS.map((value) => ({ value, label: t(`test.${value}`) }))}
          value={test}
          onChange={(value) => onChange({ test: known(TEST_DEMANDS, value) ?? test })}
          allowDeselect={false}
          className={classes.field}
        />
        {test === 'passed' && (
          <NumberInput
            label={t('passMark')}
            description={t('passMarkOf')}
            value={passMark}
            onChange={(typed) => typeof typed === 'number' && typed >= 0 && typed <= 100 && onChange({ passMark: typed })}
            min={0}
            max={100}
            step={5}
            suffix={format.percentSign}
            allowDecimal={false}
            clampBehavior="strict"
            className={classes.field!}
          />
        )}
        <Select
          label={t('language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => onLanguage(known(LANGUAGES, value) ?? language)}
          allowDeselect={false}
          className={classes.field}
        />
      </div>
    </>
  );
}
