import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Usb.module.css';

interface Props {
  /** What can go on a stick: workshops, and '' for the rest. */
  readonly offered: readonly string[];
  /** Those of them that do not. */
  readonly left: ReadonlySet<string>;
  readonly disabled: boolean;
  wordsOf(workshop: string): string;
  onLeave(change: (before: ReadonlySet<string>) => ReadonlySet<string>): void;
}

/** The choice of what goes on a stick: everything, or workshop by workshop. */
export function SpacesChoice({ offered, left, disabled, wordsOf, onLeave }: Props) {
  const { t } = useTranslation('usb');
  const chosen = offered.filter((key) => !left.has(key));
  const all = chosen.length === offered.length;
  return (
    <fieldset className={classes.choice} disabled={disabled}>
      <legend>{t('save.what')}</legend>
      <Checkbox
        label={t('save.all')}
        checked={all && offered.length > 0}
        indeterminate={!all && chosen.length > 0}
        onChange={(event) => {
          const everything = event.currentTarget.checked;
          onLeave(() => new Set(everything ? [] : offered));
        }}
        data-autofocus
      />
      <div className={classes.workshops}>
        {offered.map((key) => (
          <Checkbox
            key={key}
            label={key === '' ? t('save.others') : wordsOf(key)}
            checked={!left.has(key)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              onLeave((before) => new Set(isOn ? [...before].filter((one) => one !== key) : [...before, key]));
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
