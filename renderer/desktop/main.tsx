import './app/layers.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '../ui/fonts.css';
import '../ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from '../ui/i18n.ts';
import { App } from './app/App.tsx';
import { listenForEngine } from './app/connection.ts';
import { keepFresh, queries } from './app/engine.ts';
import { languageOf, settingsAtStart } from './app/look.ts';

// The port is posted once the page is parsed; this must listen before.
listenForEngine();
keepFresh();

async function start(): Promise<void> {
  const settings = await settingsAtStart();
  if (settings) queries.setQueryData(['settings.get', {}], settings);
  await startWords(languageOf(settings));
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App atStart={settings} />
    </StrictMode>,
  );
}

void start();
// What is shown first loads while the engine opens its store.
void import('./features/activity/TodayPage.tsx');
