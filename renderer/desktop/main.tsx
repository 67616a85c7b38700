import './app/first-styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords, wordsOf } from '../ui/i18n.ts';
import { App } from './app/App.tsx';
import { today } from './app/clock.ts';
import { listenForEngine } from './app/connection.ts';
import { prefetch } from './app/engine.ts';
import { invalidateOnTopics } from './app/fresh-answers.ts';
import { forgetLastDays, recallLastDays } from './app/last-days.ts';
import { loadPartsAhead } from './app/lazy-part.tsx';
import { lookAtStart } from './app/look.ts';

// The port is posted once the page is parsed; this must listen before.
listenForEngine();
invalidateOnTopics();

const recalled = recallLastDays();

async function start(): Promise<void> {
  const look = await lookAtStart();
  await Promise.all([startWords(look.language), recalled, firstFonts()]);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App atStart={look} />
    </StrictMode>,
  );
}

/** The fonts of the first picture, so that it is not laid out with others first; without one that cannot be read. */
function firstFonts(): Promise<unknown> {
  const fonts = ["400 1rem 'Source Sans 3'", "600 1rem 'Source Sans 3'", "600 1rem 'Source Serif 4'"];
  return Promise.allSettled(fonts.map((font) => document.fonts.load(font)));
}

void start();
// What is shown first is asked for while the engine opens its store.
void wordsOf(window.shell.lastLook?.language ?? window.shell.systemLanguage);
void prefetch('settings.get', {});
void prefetch('activity.today', { day: today() }).then(forgetLastDays).then(loadPartsAhead);
void prefetch('sync.status', {});
