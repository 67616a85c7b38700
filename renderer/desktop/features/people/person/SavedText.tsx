import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useState, type ChangeEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { unsettled } from '../../../../ui/dialog/Form.tsx';
import { useLatest } from '../../../../ui/latest.ts';

/** Saved when it is left, or on Enter, unless it is no value of its kind: it then stays and says so. Escape puts back what is saved. */
export function SavedText(props: {
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly missing: string;
  /** It may have several. */
  readonly lines?: boolean;
  /** The most characters; left out: as many as a field of its kind takes. */
  readonly longest?: number;
  /** Is told what stands in the field, letter by letter, before it is saved. */
  onType?(value: string): void;
  /** What is the matter with a text; undefined: nothing. */
  wrong(value: string): string | undefined;
  readonly error: string | undefined;
  /** At the first key. */
  onBegin(): void;
  onSave(value: string): Promise<boolean>;
}) {
  const { t } = useTranslation('app');
  const [typed, setTyped] = useState(props.value);
  // What is being typed stays when another value arrives, which is said; Escape takes it.
  const [begunOver, setBegunOver] = useState<string | null>(null);
  const isTyping = begunOver !== null;
  useEffect(() => {
    if (!isTyping) setTyped(props.value);
  }, [props.value, isTyping]);
  const [wrong, setWrong] = useState<string | undefined>();
  const missing = props.required && typed.trim() === '';
  const leave = () => {
    const value = typed.trim();
    const said = value === props.value ? undefined : props.wrong(value);
    setWrong(said);
    if (said !== undefined) return;
    if (!missing) setBegunOver(null);
    if (value !== props.value && !missing) void props.onSave(value);
  };
  // Going to another page takes the field away without leaving it first.
  const latest = useLatest(leave);
  useEffect(() => () => latest.current(), [latest]);
  const fault = missing ? props.missing : (wrong ?? props.error);
  const shared = {
    label: props.label,
    value: typed,
    required: props.required,
    ...unsettled(wrong !== undefined),
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setWrong(undefined);
      if (!isTyping) {
        setBegunOver(props.value);
        props.onBegin();
      }
      setTyped(event.currentTarget.value);
      props.onType?.(event.currentTarget.value);
    },
    onBlur: leave,
    onKeyDown: (event: KeyboardEvent) => {
      // In a text of several lines Enter begins the next.
      if (event.key === 'Enter' && (!props.lines || event.ctrlKey)) leave();
      if (event.key === 'Escape' && typed !== props.value) {
        event.stopPropagation();
        setBegunOver(null);
        setWrong(undefined);
        setTyped(props.value);
        props.onType?.(props.value);
      }
    },
    ...(isTyping && begunOver !== props.value
      ? { description: t('changed.field', { field: props.label, value: props.value === '' ? t('changed.empty') : props.value }) }
      : {}),
    ...(fault ? { error: fault } : {}),
  };
  return props.lines ? (
    <Textarea autosize minRows={2} maxRows={8} maxLength={props.longest ?? 2_000} {...shared} />
  ) : (
    <TextInput maxLength={props.longest ?? 500} {...shared} />
  );
}
