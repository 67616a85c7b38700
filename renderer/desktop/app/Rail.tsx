import { useTranslation } from 'react-i18next';
import { KeyboardIcon, LibraryIcon, SearchIcon, SettingsIcon, SyncIcon, TodayIcon, WorkshopsIcon } from '../../ui/icons.tsx';
import { PLACES } from './keys.ts';
import { Standing } from './Standing.tsx';
import { useView, type View } from './view.ts';
import classes from './Rail.module.css';

const ICONS = { today: TodayIcon, workshops: WorkshopsIcon, library: LibraryIcon, sync: SyncIcon, settings: SettingsIcon };

/** Which place of the rail a view belongs to. */
function placeOf(view: View): (typeof PLACES)[number] {
  if (view.page === 'workshop' || view.page === 'bin' || view.page === 'person') return 'workshops';
  if (view.page === 'course') return 'library';
  return view.page;
}

/** Five places, how to find anything, and at its foot where you stand. */
export function Rail({ find, help }: { readonly find: () => void; readonly help: () => void }) {
  const { t } = useTranslation('app');
  const here = placeOf(useView((state) => state.view));
  const go = useView((state) => state.go);
  return (
    <nav aria-label={t('places')} className={classes.root}>
      <div className={classes.brand}>
        <Mark />
        <span>Itinera</span>
      </div>
      <button type="button" className={classes.find} onClick={find} aria-keyshortcuts="Control+K">
        <SearchIcon size={18} />
        <span>{t('find.open')}</span>
        <kbd>{t('key.find')}</kbd>
      </button>
      <div className={classes.places}>
        {PLACES.map((place) => {
          const Icon = ICONS[place];
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
      <button type="button" className={classes.help} onClick={help} aria-keyshortcuts="?">
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
