import './app/layers.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '../ui/fonts.css';
import '../ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from '../ui/i18n.ts';
import { App } from './app/App.tsx';
import { rememberedLook } from './app/look.ts';
import { listenForEngine } from './app/connection.ts';
import { keepFresh } from './app/engine.ts';

listenForEngine();
keepFresh();
void startWords(rememberedLook().language).then(() => {
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
