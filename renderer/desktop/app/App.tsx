import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { speak } from '../../ui/i18n.ts';
import { Refusal } from '../../ui/Refusal.tsx';
import { theme, themeVariables } from '../../ui/theme.ts';
import { Boundary } from './Boundary.tsx';
import { useEngineState } from './connection.ts';
import { EngineFailed } from './EngineFailed.tsx';
import { queries, useRead } from './engine.ts';
import { Frame } from './Frame.tsx';
import { rememberLook, scheme, schemeManager } from './look.ts';

const Welcome = lazy(() => import('../features/settings/Welcome.tsx').then((module) => ({ default: module.Welcome })));

/** The whole window. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <Boundary>
          <Notifications position="bottom-right" limit={4} zIndex={400} />
          <Start />
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Welcome until a language is chosen, then the frame. */
function Start() {
  const failed = useEngineState((engine) => engine.state === 'failed');
  const settings = useRead('settings.get', {});
  const { setColorScheme } = useMantineColorScheme();
  const language = settings.data?.language;
  const chosen = settings.data?.languageChosen;
  const wanted = settings.data?.theme;
  useEffect(() => {
    if (!language || !wanted || !chosen) return;
    rememberLook({ language, theme: wanted });
    setColorScheme(scheme(wanted));
    void speak(language);
  }, [language, wanted, chosen, setColorScheme]);
  if (failed) return <EngineFailed />;
  if (settings.error) return <Refusal error={settings.error} />;
  if (chosen === false) {
    return (
      <Suspense>
        <Welcome />
      </Suspense>
    );
  }
  // The frame does not wait for the engine: what it shows is the same for everybody.
  return <Frame ready={settings.data !== undefined} />;
}

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
