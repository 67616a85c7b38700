import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyRoom } from '../../ui/theme/drawings.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useView } from './view.ts';

interface Props {
  readonly children: ReactNode;
  /** Of what was opened over a page: closes it. */
  readonly leave?: () => void;
}

/**
 * A bug in one page leaves the rest of the window usable, and offers a way on; what was saved is safe in the engine. Give it a `key`
 * that changes with the place, so that going elsewhere starts afresh.
 */
export class Boundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken again={() => this.setState({ broken: false })} leave={this.props.leave} /> : this.props.children;
  }
}

function Broken({ again, leave }: { readonly again: () => void; readonly leave: (() => void) | undefined }) {
  const { t } = useTranslation('app');
  const page = useView((state) => state.view.page);
  const go = useView((state) => state.go);
  return (
    <div role="alert">
      <EmptyState drawing={<EmptyRoom />} title={t('broken.title')} text={t('broken.text')}>
        <Button onClick={again}>{t('broken.again')}</Button>
        {leave && (
          <Button variant="default" onClick={leave}>
            {t('close')}
          </Button>
        )}
        {!leave && page !== 'today' && (
          <Button
            variant="default"
            onClick={() => {
              go({ page: 'today' });
              again();
            }}
          >
            {t('broken.today')}
          </Button>
        )}
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('broken.reload')}
        </Button>
      </EmptyState>
    </div>
  );
}
