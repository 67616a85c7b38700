import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyRoom } from '../../ui/drawings.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

interface Props {
  readonly children: ReactNode;
  /** What makes a broken page try again, such as the place in the window. */
  readonly resetKey?: string;
}

/** A bug in one page leaves the rest of the window usable; what was saved is safe in the engine. */
export class Boundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.broken && before.resetKey !== this.props.resetKey) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? <Broken again={() => this.setState({ broken: false })} /> : this.props.children;
  }
}

function Broken({ again }: { readonly again: () => void }) {
  const { t } = useTranslation('app');
  return (
    <div role="alert">
      <EmptyState drawing={<EmptyRoom />} title={t('broken.title')} text={t('broken.text')}>
        <Button onClick={again}>{t('broken.again')}</Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('broken.reload')}
        </Button>
      </EmptyState>
    </div>
  );
}
