import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../../shared/contract/rpc.ts';
import type { Language } from '../../../../../shared/kernel/text.ts';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { DropList, overflowOf, type Session } from './DropList.tsx';

/** A write that gives a workshop its dates, and is refused where sessions no longer fit. */
interface DatesWrite {
  readonly error: CallRefused | null;
  readonly isPending: boolean;
  reset(): void;
}

/** Returns the sessions for which other dates leave no room, as the write was refused, and the user's word on it. */
export function useAskedDrop(write: DatesWrite) {
  const [chosen, setChosen] = useState<readonly string[] | undefined>();
  const overflow = overflowOf(write.error);
  const dropped = overflow && (chosen ?? overflow.map(({ id }) => id));
  return {
    overflow,
    dropped,
    choose: setChosen,
    /** For the write: what is to go. */
    args: dropped ? { drop: [...dropped] } : {},
    /** Other dates are another question. */
    forget() {
      setChosen(undefined);
      write.reset();
    },
  };
}

interface Props {
  readonly asked: ReturnType<typeof useAskedDrop>;
  readonly write: DatesWrite;
  /** Every session, in the language of the workshop. */
  readonly sessions: readonly Session[];
  readonly language: Language;
  readonly close: () => void;
  /** What the button does, with all sessions or without so many. */
  submit(without: number | null): ReactNode;
}

/** The end of a dialog that gives a workshop its dates: what no longer fits, or why it was refused, and the button. */
export function DatesFoot({ asked: { overflow, dropped, choose }, write, sessions, language, close, submit }: Props) {
  const { t } = useTranslation('app');
  return (
    <>
      {overflow && dropped ? (
        <DropList overflow={overflow} all={sessions} dropped={dropped} drop={choose} language={language} />
      ) : (
        <Refusal error={write.error} />
      )}
      <DialogFoot>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={write.isPending}>
          {submit(dropped ? dropped.length : null)}
        </Button>
      </DialogFoot>
    </>
  );
}
