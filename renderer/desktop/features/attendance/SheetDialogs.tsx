import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { DropHint } from '../../import/DropHint.tsx';
import type { GivenSources } from '../../import/use-plan.ts';
import { CellDetails } from './CellDetails.tsx';
import type { GridModel } from './grid/grid-model.ts';
import type { Person } from './grid/GridRow.tsx';
import { ImportMarks } from './ImportMarks.tsx';
import { LettersHelp } from './letters/LettersHelp.tsx';
import { SaveMarks } from './SaveMarks.tsx';
import { WalkIn } from './walk-in/WalkIn.tsx';

/** The dialog that is open over the sheet. */
export type SheetDialog =
  | { readonly show: 'details'; readonly personId: Id; readonly halfDay: HalfDay }
  | { readonly show: 'letters' | 'save' }
  | { readonly show: 'walkIn'; readonly typed: string }
  | { readonly show: 'import'; readonly given?: GivenSources };

interface Props {
  readonly activityId: Id;
  readonly model: GridModel;
  readonly halfDays: readonly HalfDay[];
  /** The half-day that is open. */
  readonly open: HalfDay | null;
  readonly everybody: readonly Person[];
  readonly dialog: SheetDialog | null;
  /** A file is held over the window. */
  readonly over: boolean;
  onClose(): void;
  /** After somebody was looked for, not found and perhaps added. */
  onWalkedIn(): void;
}

/** The dialog that was asked for of the sheet. */
export function SheetDialogs({ activityId, model, halfDays, open, everybody, dialog, over, onClose, onWalkedIn }: Props) {
  const shown = dialog?.show === 'details' ? everybody.find(({ id }) => id === dialog.personId) : undefined;
  return (
    <>
      {dialog?.show === 'details' && shown && (
        <CellDetails activityId={activityId} model={model} person={shown} halfDay={dialog.halfDay} onClose={onClose} />
      )}
      {dialog?.show === 'walkIn' && open !== null && (
        <WalkIn activityId={activityId} model={model} halfDay={open} typed={dialog.typed} onClose={onWalkedIn} />
      )}
      {dialog?.show === 'letters' && <LettersHelp activityId={activityId} onClose={onClose} />}
      {dialog?.show === 'save' && <SaveMarks activityId={activityId} onClose={onClose} />}
      <DropHint shown={over} />
      {dialog?.show === 'import' && <ImportMarks activityId={activityId} halfDays={halfDays} given={dialog.given} onClose={onClose} />}
    </>
  );
}
