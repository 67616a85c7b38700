import { NumberInput } from '@mantine/core';
import { useFormats } from '../../../ui/formats.ts';

interface ThresholdInputProps {
  readonly label: string;
  readonly description?: string;
  readonly className: string | undefined;
  /** In percent. */
  readonly value: number;
  onChange(percent: number): void;
}

/** The field of a share of half-days, in whole percent; what is typed and is none changes nothing. */
export function ThresholdInput({ label, description, className, value, onChange }: ThresholdInputProps) {
  const format = useFormats();
  return (
    <NumberInput
      {...{ label, description, value }}
      className={className!}
      onChange={(typed) => typeof typed === 'number' && typed >= 1 && typed <= 100 && onChange(typed)}
      min={1}
      max={100}
      step={5}
      suffix={format.percentSign}
      allowDecimal={false}
      clampBehavior="strict"
    />
  );
}
