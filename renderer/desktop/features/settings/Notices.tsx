import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NOTICES_FILE, type Notice } from '../../../../shared/features/settings/notice.ts';
import { fold } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { SearchIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import classes from './Notices.module.css';

/** Every package that is in the program, with its version, its licence and the text of that. */
export function Notices({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('settings');
  const query = useQuery({ queryKey: ['notices'], queryFn: () => readNotices(t('about.notRead')), staleTime: Infinity, retry: false });
  const [typed, setTyped] = useState('');
  return (
    <Dialog help="settings" onClose={onClose} size={860} yOffset="4dvh" title={t('about.notices')}>
      <p className={classes.intro}>{t('about.noticesText')}</p>
      <Loaded query={query}>
        {(notices) => {
          const found = notices.filter(({ name, licence }) => fold(`${name} ${licence}`).includes(fold(typed)));
          return (
            <>
              <div className={classes.bar}>
                <TextInput
                  type="search"
                  aria-label={t('about.search')}
                  placeholder={t('about.search')}
                  leftSection={<SearchIcon size={18} />}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                  data-autofocus
                />
                <span role="status">{found.length === 0 ? t('about.none') : t('about.count', { count: found.length })}</span>
              </div>
              <ul className={classes.list}>
                {found.map((notice) => (
                  <li key={`${notice.name} ${notice.version}`}>
                    <details>
                      <summary className={classes.head}>
                        <span>{notice.name}</span>
                        <span className={classes.quiet}>{notice.version}</span>
                        <span className={classes.quiet}>{notice.licence}</span>
                      </summary>
                      <pre className={classes.text}>{notice.text === '' ? t('about.noText') : notice.text}</pre>
                    </details>
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Dialog>
  );
}

/** They lie beside the page, written when the program was built; a page that was not built has none. */
async function readNotices(otherwise: string): Promise<readonly Notice[]> {
  const address = new URL(NOTICES_FILE, document.baseURI).href;
  const read = import(/* @vite-ignore */ address) as Promise<{ readonly notices: readonly Notice[] }>;
  const { notices } = await read.catch(() => {
    throw new Error(otherwise);
  });
  return notices;
}
