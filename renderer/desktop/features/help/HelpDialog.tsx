import { TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { HELP_GROUPS, type HelpGroup, type HelpPage } from '../../../../shared/features/help/help-pages.ts';
import { findHelp } from '../../../../shared/features/help/help-text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { SearchIcon } from '../../../ui/theme/icons.tsx';
import { Waiting } from '../../../ui/Loaded.tsx';
import { openHelp } from '../../app/overlay.ts';
import { HelpArticle } from './HelpArticle.tsx';
import { useHelpTexts, useSoughtHelp } from './help-texts.ts';
import classes from './Help.module.css';

/** The help: its pages on the left, found by their words; the one that is open on the right. */
export function HelpDialog({ page, close }: { readonly page: HelpPage; close(): void }) {
  const { t } = useTranslation('help');
  const texts = useHelpTexts();
  const sought = useSoughtHelp();
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLElement>(null);
  const article = useRef<HTMLElement>(null);
  const found = findHelp(sought, typed);
  useLayoutEffect(() => {
    article.current?.scrollTo(0, 0);
    // A way to another page goes with its own: reading goes on at the top.
    const active = document.activeElement;
    if (active === document.body || article.current?.contains(active)) article.current?.focus();
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [page, texts]);
  const press = (event: KeyboardEvent) => {
    const [first] = found;
    if (event.key === 'ArrowDown') list.current?.querySelector('button')?.focus();
    else if (event.key === 'Enter' && first) openHelp(first.page);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog help="find" onClose={close} size={1080} yOffset="4dvh" title={t('title')}>
      <div className={classes.root}>
        <div className={classes.side}>
          <TextInput
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<SearchIcon size={18} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={press}
          />
          <nav ref={list} aria-label={t('pages')} className={classes.pages} onKeyDown={moveAmong}>
            {typed.trim() === '' ? (
              texts &&
              (Object.keys(HELP_GROUPS) as HelpGroup[]).map((group) => (
                <section key={group} aria-label={t(`group.${group}`)}>
                  <p className={classes.group}>{t(`group.${group}`)}</p>
                  {HELP_GROUPS[group].map((one) => (
                    <Choice key={one} page={one} title={texts[one].title} chosen={one === page} />
                  ))}
                </section>
              ))
            ) : (
              <>
                {found.map((one) => (
                  <Choice key={one.page} page={one.page} title={one.title} line={one.line} chosen={one.page === page} />
                ))}
                <p role="status" className={classes.none}>
                  {found.length === 0 && texts ? t('noneFound', { text: typed.trim() }) : ''}
                </p>
              </>
            )}
          </nav>
        </div>
        {/* It is scrolled with the keys. */}
        <article ref={article} className={classes.article} tabIndex={0} data-autofocus aria-label={texts?.[page].title}>
          {texts ? <HelpArticle page={page} text={texts[page]} onPage={openHelp} /> : <Waiting />}
        </article>
      </div>
    </Dialog>
  );
}

function Choice(props: { readonly page: HelpPage; readonly title: string; readonly line?: string | null; readonly chosen: boolean }) {
  return (
    <button type="button" className={classes.choice} aria-current={props.chosen ? 'page' : undefined} onClick={() => openHelp(props.page)}>
      <span>{props.title}</span>
      {props.line && <small>{props.line}</small>}
    </button>
  );
}

/** Up and down go from page to page. */
function moveAmong(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.findIndex((button) => button === document.activeElement);
  all[Math.min(Math.max(0, at + step), all.length - 1)]?.focus();
}
