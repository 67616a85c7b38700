import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { keysOf, typed, type Item, type PaperSheet } from './paper-sheet.ts';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import classes from './AnswerStrip.module.css';

interface Props {
  readonly items: readonly Item[];
  readonly sheet: PaperSheet;
  onChange(sheet: PaperSheet): void;
  /** After the last item: where the keyboard goes on. */
  onDone(): void;
  /** Enter at any place: the sheet is complete as it is. */
  onKeep(): void;
}

/** The answers of a sheet side by side, typed straight through; beneath, the item at hand in full with its answers to tap. */
export function AnswerStrip({ items, sheet, onChange, onDone, onKeep }: Props) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const strip = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const item = items[Math.min(sheet.position, items.length - 1)];
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    if (sheet.position >= items.length) onDone();
    else strip.current?.querySelectorAll('button')[sheet.position]?.focus();
  }, [sheet, items.length, onDone]);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onKeep();
      return;
    }
    const next = typed(sheet, items, event.key);
    if (!next) return;
    event.preventDefault();
    moved.current = true;
    onChange(next);
  };
  const answer = (key: string) => {
    if (!item) return;
    const next = typed({ ...sheet, position: items.indexOf(item) }, items, key);
    if (!next) return;
    moved.current = true;
    onChange(next);
  };
  if (!item) return null;
  return (
    <>
      <div ref={strip} className={classes.strip} role="group" aria-label={t('strip.label')} onKeyDown={press}>
        {items.map((one, index) => (
          <button
            key={one.id}
            type="button"
            className={classes.box}
            tabIndex={one === item ? 0 : -1}
            aria-current={one === item ? 'true' : undefined}
            aria-label={t('strip.item', { item: one.id, answer: sheet.answers[one.id] ?? t('strip.blank') })}
            title={textIn(one.text, language)}
            onClick={() => {
              moved.current = true;
              onChange({ ...sheet, position: index });
            }}
          >
            <span className={classes.id}>{one.id}</span>
            <span className={classes.answer}>{sheet.answers[one.id] ?? '·'}</span>
          </button>
        ))}
      </div>
      <div className={classes.item}>
        <p className={classes.text}>
          <strong>{item.label}</strong> <RecordText text={item.text} />
        </p>
        <div className={classes.options} data-type={item.type}>
          {keysOf(item).map((key) => (
            <button key={key} type="button" tabIndex={-1} aria-pressed={sheet.answers[item.id] === key} onClick={() => answer(key)}>
              <b>{key}</b>
              {item.type === 'scale' ? t(`scale.${key}`) : <RecordText text={item.options[key] ?? {}} />}
            </button>
          ))}
          <button type="button" tabIndex={-1} className={classes.blank} onClick={() => answer(' ')}>
            <b>·</b>
            {t('strip.leaveBlank')}
          </button>
        </div>
      </div>
    </>
  );
}
