import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/es.js';
import 'dayjs/locale/fr.js';
import 'dayjs/locale/pt.js';
import { Popover, TextInput } from '@mantine/core';
import { DatePicker, DatesProvider } from '@mantine/dates';
import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readTypedDay, type TypedDay } from '../../../shared/features/activity/typed-day.ts';
import type { Day } from '../../../shared/kernel/dates.ts';
import { unsettled } from '../dialog/Form.tsx';
import { useFormats, useLanguage } from '../formats.ts';

interface Props {
  readonly label: string;
  readonly value: Day;
  /** The first day that may be chosen. */
  readonly first?: Day;
  onChange(day: Day): void;
}

type Fault = Exclude<TypedDay, { is: 'day' }> | { readonly is: 'early' };

/** A day, typed as people write it or chosen from a calendar. A text that is none stays where it is and says why; no form goes over it, and Escape brings back the day that was there. */
export function DateField({ label, value, first, onChange }: Props) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const format = useFormats();
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [month, setMonth] = useState<Day>(value);
  const turn = (text: string | null) => {
    setTyped(text);
    setFault(null);
    const read = readTypedDay(text ?? value);
    if (read.is === 'day') setMonth(read.day);
  };
  const read = () => {
    setOpen(false);
    if (typed === null) return;
    const said = readTypedDay(typed);
    if (said.is !== 'day') return setFault(said);
    if (first !== undefined && said.day < first) return setFault({ is: 'early' });
    turn(null);
    onChange(said.day);
  };
  const open = () => {
    if (!isOpen && typed === null) setMonth(value);
    setOpen(true);
  };
  const words = () => {
    if (fault === null) return undefined;
    const example = format.day(value);
    switch (fault.is) {
      case 'early':
        return t('day.early', { first: format.day(first ?? value) });
      case 'several':
        return t('day.several', { typed, one: format.day(fault.days[0]), other: format.day(fault.days[1]) });
      case 'otherWeekday':
        return t('day.otherWeekday', { day: format.longDay(fault.day) });
      default:
        return t(`day.${fault.is}`, { typed, example, numeric: format.numericDay(value) });
    }
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const isPending = isOpen || typed !== null;
    if (event.key === 'Enter' && isPending) {
      // It takes the day; it must not send off a form that is half filled in.
      event.preventDefault();
      read();
    } else if (event.key === 'Escape' && isPending) {
      event.stopPropagation();
      if (isOpen) setOpen(false);
      else turn(null);
    } else if (event.key === 'ArrowDown' && event.altKey) open();
  };
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
      <Popover opened={isOpen} trapFocus={false} position="bottom-start" withRoles={false}>
        <Popover.Target>
          <TextInput
            label={label}
            value={typed ?? format.day(value)}
            onChange={(event) => {
              turn(event.currentTarget.value);
              setOpen(true);
            }}
            onFocus={open}
            onClick={open}
            onBlur={(event: FocusEvent<HTMLInputElement>) => {
              // Another window in front leaves nothing.
              if (document.activeElement !== event.currentTarget) read();
            }}
            onKeyDown={press}
            error={words()}
            errorProps={{ role: 'alert' }}
            autoComplete="off"
            maxLength={60}
            w={240}
            {...unsettled(typed !== null)}
          />
        </Popover.Target>
        <Popover.Dropdown onMouseDown={(event) => event.preventDefault()}>
          <DatePicker
            value={value}
            onChange={(day) => {
              setOpen(false);
              turn(null);
              if (day) onChange(day);
            }}
            date={month}
            onDateChange={setMonth}
            {...(first === undefined ? {} : { minDate: first })}
            previousLabel={t('day.earlier')}
            nextLabel={t('day.later')}
            hideOutsideDates
            __preventFocus
          />
        </Popover.Dropdown>
      </Popover>
    </DatesProvider>
  );
}
