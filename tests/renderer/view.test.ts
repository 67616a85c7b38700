import { beforeEach, describe, expect, test } from 'vitest';
import { go, useView } from '../../renderer/desktop/app/view.ts';

/** The window's way: back, forward, and what leaves no step. */

const here = () => useView.getState().view;
const { back, forward } = useView.getState();

beforeEach(() => useView.setState({ view: { page: 'today' }, before: [], after: [] }));

describe('the way', () => {
  test('goes back and forward', () => {
    go({ page: 'library' });
    go({ page: 'sync' });
    back();
    expect(here()).toEqual({ page: 'library' });
    back();
    expect(here()).toEqual({ page: 'today' });
    back();
    expect(here()).toEqual({ page: 'today' });
    forward();
    forward();
    expect(here()).toEqual({ page: 'sync' });
  });

  test('forgets what was ahead when it turns elsewhere', () => {
    go({ page: 'library' });
    back();
    go({ page: 'settings' });
    forward();
    expect(here()).toEqual({ page: 'settings' });
  });

  test('does not come back to a dialog that was closed', () => {
    go({ page: 'workshops', create: true });
    go({ page: 'workshops' }, { replace: true });
    go({ page: 'sync' });
    back();
    expect(here()).toEqual({ page: 'workshops' });
  });
});
