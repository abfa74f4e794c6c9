'use client';
import { useSyncExternalStore, type ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { useThreadNavigationStore } from '../ThreadContext.js';
import { ThreadErrorNotice } from '../ThreadErrorNotice.js';
import { isPartial } from './isPartial.js';
import type { ThreadSearchProps } from './ThreadSearch.lazy.js';

const searchModule = lazyModule(
  'the search in the thread',
  async () => (await import('./ThreadSearch.lazy.js')).ThreadSearchControl,
);

/**
 * Search in the loaded messages, which steps through the hits with Enter and Shift+Enter and closes with Escape. It
 * opens with Ctrl+F or Cmd+F; pressed again, the search of the browser opens. Short threads leave these keys to the
 * browser, and so do long ones until the code is loaded, which happens when a thread gets long. If the focus is in no
 * thread of the page, the one that was used last opens its search. Renders nothing while it is closed.
 *
 * Element: div, a search landmark, or an `ErrorNotice` while `isOpen` is set and the code cannot be loaded.
 * Context: `Thread.Root`.
 */
export function ThreadSearch(props: ThreadSearchProps): ReactElement | null {
  const { isOpen = false, onOpenChange } = props;
  const { list } = useThreadNavigationStore();
  const isLong = useSyncExternalStore(list.subscribe, () => isPartial(list.getState()), getFalse);
  const { value: Control, error } = useLazyModule(searchModule, isOpen || isLong);
  if (Control) return <Control {...props} />;
  if (!isOpen || !error) return null;
  return (
    <ThreadErrorNotice
      error={error}
      onRetry={() => void searchModule.load()}
      onDismiss={onOpenChange && (() => onOpenChange(false))}
    />
  );
}

const getFalse = (): boolean => false;
