import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { useFormats, useReadable } from '../../../ui/formats.ts';
import { EditIcon, PlusIcon } from '../../../ui/theme/icons.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import classes from './Institutions.module.css';

const InstitutionDialog = lazy(() => import('./InstitutionDialog.tsx').then((module) => ({ default: module.InstitutionDialog })));

export type Institution = Answer<'institution.list'>[number];

/** The institutions that are known here, with what may be changed of each, and the way to add one's own. Nothing where there is none, and none may be added. */
export function Institutions() {
  const { t } = useTranslation('adaptation');
  const known = useRead('institution.list', {}).data ?? [];
  const mayAdd = useRead('institution.mayAdd', {}).data?.allowed ?? false;
  const [editing, setEditing] = useState<Institution | 'new'>();
  // Whoever writes for one already has no use for another.
  const offersNew = mayAdd && !known.some(({ change }) => change.allowed);
  if (known.length === 0 && !offersNew) return null;
  return (
    <section className={classes.root}>
      {known.length > 0 && (
        <>
          <h3 className={classes.heading}>{t('institution.list')}</h3>
          <BoxedList label={t('institution.list')}>
            {known.map((one) => (
              <li key={one.id}>
                <InstitutionRow institution={one} edit={() => setEditing(one)} />
              </li>
            ))}
          </BoxedList>
        </>
      )}
      {offersNew && (
        <Button variant="default" size="sm" leftSection={<PlusIcon size={18} />} onClick={() => setEditing('new')}>
          {t('institution.add')}
        </Button>
      )}
      <Suspense>
        {editing && <InstitutionDialog institution={editing === 'new' ? undefined : editing} close={() => setEditing(undefined)} />}
      </Suspense>
    </section>
  );
}

function InstitutionRow({ institution, edit }: { readonly institution: Institution; edit(): void }) {
  const { t } = useTranslation('adaptation');
  const format = useFormats();
  const readable = useReadable();
  const name = readable(institution, 'name', institution.name || t('unnamed'));
  return (
    <BoxedRow>
      <RowWords title={name}>
        <RowFacts>
          {[
            readable(institution, 'country', institution.country === '' ? '' : format.country(institution.country)),
            readable(institution, 'languages', institution.languages.map(format.language).join(', ')),
          ]
            .filter((words) => words !== '')
            .join(' · ')}
        </RowFacts>
      </RowWords>
      <RowActions>
        {institution.change.allowed && (
          <Button variant="subtle" size="compact-md" leftSection={<EditIcon size={18} />} onClick={edit}>
            {t('institution.change', { name })}
          </Button>
        )}
      </RowActions>
    </BoxedRow>
  );
}
