import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import { createStore } from '../../common/createStore.js';
import type { markdownExtras } from './markdownExtras.lazy.js';
import type { MarkdownImageProps } from './MarkdownImageProps.js';
import { asPart } from '../part.js';

const { getState, setState, subscribe } = createStore<typeof markdownExtras | undefined>(undefined);

function load(): void {
  // If the import fails, buttons and images are missing. The next block that is pointed at, or the next image, tries again.
  if (!getState())
    import('./markdownExtras.lazy.js').then(
      (module) => setState(module.markdownExtras),
      () => undefined,
    );
}

const getUndefined = (): undefined => undefined;

/** Handlers of an element that load the buttons of blocks when the user points at it, or it receives the focus. */
export const extrasLoader = { onPointerEnter: load, onFocus: load };

/** Returns the parts of Markdown that are loaded when they are needed. Undefined until then. */
export function useMarkdownExtras(): typeof markdownExtras | undefined {
  return useSyncExternalStore(subscribe, getState, getUndefined);
}

/** Remote image, whose code is loaded with the first one. Until then, its alternative text is shown. Element: span. */
export function LazyMarkdownImage(props: MarkdownImageProps): ReactElement {
  const extras = useMarkdownExtras();
  useEffect(load, []);
  if (extras) return <extras.MarkdownImage {...props} />;
  return <span {...asPart('image')}>{props.alt}</span>;
}
