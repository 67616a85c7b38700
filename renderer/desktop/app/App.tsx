import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import type { Look } from '../../../shared/kernel/look.ts';
import { speak } from '../../ui/i18n.ts';
import { Refusal } from '../../ui/Refusal.tsx';
import { theme, themeVariables } from '../../ui/theme/theme.ts';
import { LettersShown } from '../features/attendance/letters/letters-shown.tsx';
import { Boundary } from './Boundary.tsx';
import { useEngineState } from './connection.ts';
import { EngineFailed } from './start/EngineFailed.tsx';
import { useRead } from './engine.ts';
import { Frame } from './frame/Frame.tsx';
import { lazyPart } from './lazy-part.tsx';
import { schemeManager, schemeOf } from './look.ts';
import { queries } from './queries.ts';

const Welcome = lazyPart(() => import('../features/settings/Welcome.tsx').then((module) => module.Welcome));
const Locked = lazyPart(() => import('./start/Locked.tsx').then((module) => module.Locked));
const NoticeCorner = lazyPart(() => import('./frame/NoticeCorner.tsx').then((module) => module.NoticeCorner));

/** The whole window. */
export function App({ atStart }: { readonly atStart: Look }) {
  const [manager] = useState(() => schemeManager(atStart));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <Boundary>
          <LettersShown>
            <Start atStart={atStart} />
          </LettersShown>
          <Suspense>
            <NoticeCorner />
          </Suspense>
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Why nothing is shown, where the vault is locked or there is no engine; welcome until a language is chosen, then the frame. */
function Start({ atStart }: { readonly atStart: Look }) {
  const failed = useEngineState((engine) => engine.state === 'failed' || engine.restoring !== null);
  const locked = useEngineState((engine) => engine.state === 'locked');
  const settings = useRead('settings.get', {});
  const { setColorScheme } = useMantineColorScheme();
  const language = settings.data?.language;
  const chosen = settings.data?.languageChosen;
  const wanted = settings.data?.theme;
  const rail = settings.data?.rail;
  useEffect(() => {
    if (!language || !wanted || !rail || !chosen) return;
    void window.shell.setLook({ language, theme: wanted, rail });
    setColorScheme(schemeOf(wanted));
    void speak(language);
  }, [language, wanted, rail, chosen, setColorScheme]);
  if (locked) {
    return (
      <Suspense>
        <Locked />
      </Suspense>
    );
  }
  if (failed) return <EngineFailed />;
  if (settings.error) return <Refusal error={settings.error} />;
  if (chosen === false) {
    return (
      <Suspense>
        <Welcome />
      </Suspense>
    );
  }
  // Where there is a last look, a language was chosen: the first page need not wait for the engine to say so.
  return <Frame ready={settings.data !== undefined || window.shell.lastLook !== null} rail={rail ?? atStart.rail} />;
}

/** Some parts of Mantine add styles by another library, which looks for the nonce under this name. */
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
