import { Textarea } from '@mantine/core';
import { openItems, written, type Form, type PaperSheet } from './paper-sheet.ts';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import classes from './Enter.module.css';

const LONGEST = 4_000;

interface Props {
  readonly form: Form;
  readonly sheet: PaperSheet;
  onChange(sheet: PaperSheet): void;
  onKeep(): void;
}

/** The questions that are answered in words; Ctrl+Enter keeps the sheet from any of them. */
export function Comments({ form, sheet, onChange, onKeep }: Props) {
  return (
    <div className={classes.comments}>
      {openItems(form).map((item) => (
        <Textarea
          key={item.id}
          label={<RecordText text={item.text} />}
          value={sheet.answers[item.id] ?? ''}
          onChange={(event) => onChange(written(sheet, item.id, event.currentTarget.value))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            onKeep();
          }}
          maxLength={LONGEST}
          autosize
          minRows={1}
          maxRows={6}
        />
      ))}
    </div>
  );
}
