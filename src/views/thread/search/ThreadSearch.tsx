'use client';
import type { ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import { ThreadErrorNotice } from '../ThreadErrorNotice.js';
import type { ThreadSearchProps } from './ThreadSearch.lazy.js';

const searchModule = lazyModule(
  'the search in the thread',
  async () => (await import('./ThreadSearch.lazy.js')).ThreadSearchControl,
);

/**
 * Search in the loaded messages, which steps through the hits with Enter and Shift+Enter and closes with Escape. Short threads
 * leave Ctrl+F to the browser, and so do all threads until the code is loaded. If the focus is in no thread of the page, the one
 * that was used last opens its search. Renders nothing while it is closed.
 *
 * Element: div, a search landmark, or an `ErrorNotice` while `isOpen` is set and the code cannot be loaded.
 * Context: `Thread.Root`.
 */
export function ThreadSearch(props: ThreadSearchProps): ReactElement | null {
  const { value: Control, error } = useLazyModule(searchModule, true);
  if (Control) return <Control {...props} />;
  const { isOpen = false, onOpenChange } = props;
  if (!isOpen || !error) return null;
  return (
    <ThreadErrorNotice
      error={error}
      onRetry={() => void searchModule.load()}
      onDismiss={onOpenChange && (() => onOpenChange(false))}
    />
  );
}
