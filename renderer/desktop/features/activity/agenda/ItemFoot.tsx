import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';

interface Props {
  /** The session is there already. */
  readonly isThere: boolean;
  readonly mayChange: boolean;
  readonly isSaving: boolean;
  onRemove(): void;
  onHistory(): void;
  onClose(): void;
}

/** The actions on a session. */
export function ItemFoot({ isThere, mayChange, isSaving, onRemove, onHistory, onClose }: Props) {
  const { t } = useTranslation(['activity', 'app', 'sync']);
  return (
    <DialogFoot
      before={
        isThere && (
          <>
            {mayChange && (
              <Button variant="subtle" color="red" onClick={onRemove}>
                {t('agenda.remove')}
              </Button>
            )}
            <Button variant="subtle" onClick={onHistory}>
              {t('sync:history.open')}
            </Button>
          </>
        )
      }
    >
      <Button variant="default" onClick={onClose}>
        {t(mayChange ? 'app:cancel' : 'app:close')}
      </Button>
      {mayChange && (
        <Button type="submit" loading={isSaving}>
          {isThere ? t('app:save.button') : t('agenda.submit')}
        </Button>
      )}
    </DialogFoot>
  );
}
