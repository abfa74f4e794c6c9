'use client';
import type { ReactElement } from 'react';
import type { PartProps } from '../../../components/part.js';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';

const searchModule = lazyModule(
  'the search in the thread',
  async () => (await import('./ThreadSearch.lazy.js')).ThreadSearchControl,
);

/** Props of `Thread.Search`. */
export interface ThreadSearchProps extends Omit<PartProps<'div'>, 'children'> {
  /** Shows the search. Without it, the search opens with Ctrl+F or Cmd+F in long threads, of which only a part is in the page. */
  isOpen?: boolean | undefined;
  /** Called when the user opens or closes the search. */
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
}

/**
 * Search in the loaded messages, which steps through the hits with Enter and Shift+Enter and closes with Escape. Short threads
 * leave Ctrl+F to the browser. If the focus is in no thread of the page, the one that was used last opens its search. Renders nothing while it is closed.
 *
 * Element: div, a search landmark.
 * Context: `Thread.Root`.
 */
export function ThreadSearch(props: ThreadSearchProps): ReactElement | null {
  const { value: Control } = useLazyModule(searchModule, true);
  return Control ? <Control {...props} /> : null;
}
