import { Button, Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { lettersInWords } from '../../../../shared/features/attendance/letters.ts';
import { isHelpPage, type HelpPage } from '../../../../shared/features/help/help-pages.ts';
import type { Block, HelpText, Line } from '../../../../shared/features/help/help-text.ts';
import { useWrite } from '../../app/engine.ts';
import { closeOverlay } from '../../app/overlay.ts';
import { useSingleKeys } from '../../app/keyboard/single-keys.tsx';
import { go } from '../../app/view.ts';
import { useLetters } from '../attendance/letters/letters-shown.tsx';
import { HELP_KEYS, isInForce, isKeyName, type KeyName } from './help-keys.ts';
import { useNamesShown } from './help-texts.ts';
import classes from './Help.module.css';

/** A page of the help, and the keys that belong to it. */
export function HelpArticle({ page, text, onPage }: { readonly page: HelpPage; readonly text: HelpText; onPage(page: HelpPage): void }) {
  const { t } = useTranslation('help');
  const singleKeys = useSingleKeys();
  const keys = (HELP_KEYS[page] ?? []).filter((key) => isInForce(key, singleKeys));
  return (
    <>
      <h3 className={classes.title}>{text.title}</h3>
      {text.blocks.map((block, index) => (
        <BlockShown key={index} block={block} onPage={onPage} />
      ))}
      {page === 'firstSteps' && <ShowFirstSteps />}
      {keys.length > 0 && (
        <>
          <h4 className={classes.heading}>{t('keys')}</h4>
          <dl className={classes.keys}>
            {keys.map((key) => (
              <div key={key} data-key={key}>
                <dt>
                  <KeyShown of={key} />
                </dt>
                <dd>
                  <KeyDoes of={key} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

/** Brings the first steps back to Today, with the sample where that is gone. */
function ShowFirstSteps() {
  const { t } = useTranslation('help');
  const load = useWrite('activity.loadSample');
  const show = useWrite('activity.showFirstSteps');
  const bring = async () => {
    await load.mutateAsync({});
    await show.mutateAsync({ shown: true });
    closeOverlay();
    go({ page: 'today' });
  };
  return (
    <Button className={classes.act!} variant="default" onClick={() => void bring().catch(() => undefined)} loading={load.isPending}>
      {t('showSteps')}
    </Button>
  );
}

function BlockShown({ block, onPage }: { readonly block: Block; onPage(page: HelpPage): void }) {
  if (block.is === 'heading') return <h4 className={classes.heading}>{block.text}</h4>;
  if (block.is === 'paragraph') return <p>{<LineShown line={block.line} onPage={onPage} />}</p>;
  const items = block.lines.map((line, index) => (
    <li key={index}>
      <LineShown line={line} onPage={onPage} />
    </li>
  ));
  return block.is === 'steps' ? <ol className={classes.list}>{items}</ol> : <ul className={classes.list}>{items}</ul>;
}

function LineShown({ line, onPage }: { readonly line: Line; onPage(page: HelpPage): void }) {
  const nameOf = useNamesShown();
  return line.map((part, index) => {
    if (part.is === 'text') return part.text;
    if (part.is === 'strong') return <strong key={index}>{part.text}</strong>;
    if (part.is === 'name')
      return (
        <b key={index} className={classes.name}>
          {nameOf(part.of)}
        </b>
      );
    if (part.is === 'key') return isKeyName(part.of) && <KeyShown key={index} of={part.of} />;
    if (part.is !== 'page') return null;
    const { page } = part;
    return isHelpPage(page) ? (
      <button key={index} type="button" className={classes.way} onClick={() => onPage(page)}>
        {part.text}
      </button>
    ) : (
      part.text
    );
  });
}

/** The key as the language names it, and whether it was turned off; letters are those of the workshop that is on screen. */
function KeyShown({ of }: { readonly of: KeyName }) {
  const { t } = useTranslation(['help', 'app', 'attendance', 'intake']);
  const letters = useLetters();
  const singleKeys = useSingleKeys();
  const [table, id] = of.split('.', 2);
  const sign = () => {
    if (of === 'attendance.marks') return lettersInWords(letters);
    if (of === 'attendance.find' && !singleKeys) return t('attendance:letters.find.held');
    if (table === 'attendance') return t(`attendance:letters.${id as 'enter'}.key`);
    return table === 'app' ? t(`app:key.${id as 'find'}`) : t(`intake:keys.${id as 'move'}.key`);
  };
  return (
    <>
      <Kbd size="md">{sign()}</Kbd>
      {!isInForce(of, singleKeys) && ` ${t('help:keyOff')}`}
    </>
  );
}

function KeyDoes({ of }: { readonly of: KeyName }) {
  const { t } = useTranslation(['app', 'attendance', 'intake']);
  const [table, id] = of.split('.', 2);
  if (table === 'attendance') return t(`attendance:letters.${id as 'enter'}.does`);
  return table === 'app' ? t(`app:keys.${id as 'find'}`) : t(`intake:keys.${id as 'move'}.does`);
}
