import { MultiSelect, Select, TagsInput, type ComboboxParsedItem, type OptionsFilter } from '@mantine/core';
import { useMemo, useState, type FocusEvent, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fittingChoices, readChoice, readTags, type Choice, type Choices, type TypedChoice } from '../../../shared/kernel/typed-choice.ts';
import { unsettled } from '../dialog/Form.tsx';

interface Common {
  readonly choices: Choices;
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly placeholder?: string | undefined;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  readonly nothingFoundMessage?: string;
  /** The words of the button that empties it; without them there is none, and it is not left empty. */
  readonly clear?: string;
  /** So many are shown at most; more words find the others. */
  readonly limit?: number;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
  readonly w?: number;
  readonly 'data-autofocus'?: boolean;
  readonly 'data-same'?: boolean;
  /** When a text begins and ceases to stand in it that chooses nothing (yet): what depends on the choice waits. */
  onUnsettled?(unsettled: boolean): void;
}

interface SelectOne extends Common {
  readonly value: string | null;
  onChange(value: string | null): void;
}

interface Several extends Omit<Common, 'limit'> {
  readonly value: readonly string[];
  onChange(values: string[]): void;
}

/**
 * A list to choose one of, by typing. A text that means one of them takes it when the field is left, or on Enter; any other stays where it is and says that nothing is chosen. Enter takes
 * what the arrows went to, and sends no form while a text stands there.
 */
export function SearchSelect({ value, onChange, ...common }: SelectOne) {
  const { choices, clear } = common;
  const chosen = useMemo(() => choiceOf(choices, value)?.label ?? '', [choices, value]);
  const typing = useTyping(common, {
    standing: chosen,
    picked: [],
    take: onChange,
    empty: () => {
      if (clear === undefined && value !== null) return false;
      if (value !== null) onChange(null);
      return true;
    },
  });
  return (
    <Select
      {...shownOf(common)}
      {...useOffered(common, typing.typed ?? '', value)}
      {...typing.field}
      value={value}
      onChange={onChange}
      searchValue={typing.typed ?? chosen}
      allowDeselect={false}
      onClear={typing.settle}
      searchable
    />
  );
}

/** The same for several. */
export function SearchMultiSelect({ value, onChange, ...common }: Several) {
  const typing = useTyping(common, {
    standing: '',
    picked: value,
    take: (taken) => {
      if (!value.includes(taken)) onChange([...value, taken]);
    },
    empty: () => true,
  });
  return (
    <MultiSelect
      {...shownOf(common)}
      {...useOffered(common, typing.typed ?? '', null)}
      {...typing.field}
      value={[...value]}
      onChange={onChange}
      searchValue={typing.typed ?? ''}
      onClear={typing.settle}
      hidePickedOptions
      searchable
    />
  );
}

/** Words that may be new; those that are known are offered, and taken where only accents or case differ. */
export function TagsField(props: {
  readonly label: string;
  readonly known: readonly string[];
  readonly value: readonly string[];
  readonly error?: string | undefined;
  onChange(values: string[]): void;
}) {
  return (
    <TagsInput
      label={props.label}
      data={[...props.known]}
      value={[...props.value]}
      onChange={(values) => props.onChange(readTags(props.known, values))}
      error={props.error}
    />
  );
}

interface Typing {
  /** The text that stands there before anything is typed. */
  readonly standing: string;
  readonly picked: readonly string[];
  take(value: string): void;
  /** Chooses nothing where that may be, and whether it may. */
  empty(): boolean;
}

type Fault = TypedChoice | { readonly is: 'blank' };

/** The text in a field with a list from its first key until it has chosen, and what is to be said of it. */
function useTyping({ choices, onUnsettled, error }: Common, { standing, picked, take, empty }: Typing) {
  const { t } = useTranslation('app');
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const turn = (text: string | null) => {
    if ((typed === null) !== (text === null)) onUnsettled?.(text !== null);
    setTyped(text);
    setFault(null);
  };
  const settle = () => turn(null);
  const read = () => {
    if (typed === null) return;
    if (typed.trim() === '') return empty() ? settle() : setFault({ is: 'blank' });
    const meant = readChoice(choices, typed, picked);
    if (meant.is !== 'chosen') return setFault(meant);
    settle();
    take(meant.value);
  };
  const words = () => {
    if (fault === null || fault.is === 'chosen') return error;
    if (fault.is === 'blank') return t('choice.blank');
    return fault.is === 'none' ? t('choice.none', { typed }) : t('choice.several', { typed, count: fault.count });
  };
  return {
    typed,
    settle,
    field: {
      ...unsettled(typed !== null),
      error: words(),
      onOptionSubmit: settle,
      onInput: (event: FormEvent<HTMLInputElement>) => {
        const text = event.currentTarget.value;
        turn(text === standing ? null : text);
      },
      onBlur: (event: FocusEvent<HTMLInputElement>) => {
        // Another window in front leaves nothing.
        if (document.activeElement !== event.currentTarget) read();
      },
      // Before the list hears of it: it would take the choice that stands, or leave Enter to the form.
      onKeyDownCapture: (event: KeyboardEvent<HTMLInputElement>) => {
        if (typed === null || event.nativeEvent.isComposing) return;
        const isEnter = event.key === 'Enter' && !isAtOption(event.currentTarget);
        const isEscape = event.key === 'Escape' && event.currentTarget.getAttribute('aria-expanded') !== 'true';
        if (!isEnter && !isEscape) return;
        event.preventDefault();
        event.stopPropagation();
        if (isEnter) read();
        else settle();
      },
    },
  };
}

/** The choices of a list, all of them where it is short, else those that fit what is typed and the one that is chosen. */
function useOffered({ choices, limit }: Common, typed: string, value: string | null) {
  return useMemo(() => {
    if (limit === undefined) {
      const filter: OptionsFilter = ({ search }) => fittingChoices(choices, search).map(parsed);
      return { data: choices.map(parsed), filter };
    }
    const fitting = fittingChoices(choices, typed, limit);
    const chosen = choiceOf(choices, value);
    const isThere = chosen === undefined || choiceOf(fitting, value) !== undefined;
    return { data: (isThere ? fitting : [...fitting, chosen]).map(parsed), filter: asOffered };
  }, [choices, limit, typed, value]);
}

/** Returns the props of how a list and its field look. */
function shownOf({ choices: _, clear, limit: __, onUnsettled: ___, error: ____, ...others }: Common) {
  return {
    ...others,
    maxDropdownHeight: 280,
    errorProps: { role: 'alert' },
    ...(clear === undefined ? {} : { clearable: true, clearButtonProps: { 'aria-label': clear } }),
  };
}

function parsed(choice: Choices[number]): ComboboxParsedItem {
  return 'items' in choice ? { group: choice.group, items: [...choice.items] } : choice;
}

const asOffered: OptionsFilter = ({ options }) => options;

function choiceOf(choices: Choices, value: string | null): Choice | undefined {
  if (value === null) return undefined;
  return choices.flatMap((one) => ('items' in one ? one.items : [one])).find((one) => one.value === value);
}

/** Whether the arrows went to an option of the list. */
function isAtOption(field: HTMLInputElement): boolean {
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '');
  return Boolean(list?.querySelector('[data-combobox-selected]'));
}
