import { useTranslation } from 'react-i18next';
import { FoldIcon, HelpIcon, KeyboardIcon, SearchIcon, UnfoldIcon } from '../../../ui/theme/icons.tsx';
import { PLACE_ICONS } from './place-icons.ts';
import { PLACES } from '../keyboard/keys.ts';
import { Standing } from './Standing.tsx';
import { useSingleKeys } from '../keyboard/single-keys.tsx';
import { useView, type View } from '../view.ts';
import classes from './Rail.module.css';

/** Which place of the rail a view belongs to. */
function placeOf(view: View): (typeof PLACES)[number] {
  switch (view.page) {
    case 'workshop':
    case 'bin':
    case 'person':
      return 'workshops';
    case 'course':
    case 'comparison':
    case 'suggest':
    case 'suggestion':
    case 'forms':
    case 'form':
      return 'library';
    default:
      return view.page;
  }
}

interface Props {
  /** Its words show beside an icon as it is pointed at, or has the keyboard. */
  readonly folded: boolean;
  fold(): void;
  find(): void;
  guide(): void;
  shortcuts(): void;
}

/** Six places, how to find anything, and at its foot where you stand. */
export function Rail({ folded, fold, find, guide, shortcuts }: Props) {
  const { t } = useTranslation(['app', 'help']);
  const singleKeys = useSingleKeys();
  const here = placeOf(useView((state) => state.view));
  const go = useView((state) => state.go);
  return (
    <nav aria-label={t('places')} className={classes.root} data-folded={folded || undefined}>
      <div className={classes.brand}>
        <Mark />
        <span className={classes.name}>Itinera</span>
        <button type="button" className={classes.fold} onClick={fold} aria-keyshortcuts="Alt+0">
          {folded ? <UnfoldIcon size={18} /> : <FoldIcon size={18} />}
          <span>{folded ? t('rail.unfold') : t('rail.fold')}</span>
        </button>
      </div>
      <button type="button" className={classes.find} onClick={find} aria-keyshortcuts="Control+K">
        <SearchIcon size={18} />
        <span>{t('find.open')}</span>
        <kbd>{t('key.find')}</kbd>
      </button>
      <div className={classes.places}>
        {PLACES.map((place) => {
          const Icon = PLACE_ICONS[place];
          return (
            <button
              key={place}
              type="button"
              className={classes.place}
              aria-current={place === here ? 'page' : undefined}
              onClick={() => go({ page: place })}
            >
              <Icon />
              <span>{t(`place.${place}`)}</span>
            </button>
          );
        })}
      </div>
      <button type="button" className={classes.help} onClick={guide} aria-keyshortcuts="F1">
        <HelpIcon size={18} />
        <span>{t('help:open')}</span>
        <kbd>{t('key.guide')}</kbd>
      </button>
      <button type="button" className={classes.help} onClick={shortcuts} aria-keyshortcuts={singleKeys ? '?' : undefined}>
        <KeyboardIcon size={18} />
        <span>{t('keys.open')}</span>
      </button>
      <Standing />
    </nav>
  );
}

/** A way between two places. */
function Mark() {
  return (
    <svg width={26} height={26} viewBox="0 0 26 26" fill="none" strokeWidth={2.2} strokeLinecap="round" aria-hidden>
      <path d="M6 20c0-6 14-4 14-14" stroke="var(--primary)" />
      <circle cx="6" cy="20" r="2.6" fill="var(--accent)" />
      <circle cx="20" cy="6" r="2.6" fill="var(--primary)" />
    </svg>
  );
}
