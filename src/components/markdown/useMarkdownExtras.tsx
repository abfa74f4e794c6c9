import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import { createLazyModule } from '../../common/createLazyModule.js';
import type { markdownExtras } from './markdownExtras.lazy.js';
import type { MarkdownImageProps } from './MarkdownImageProps.js';
import { asPart } from '../part.js';

type MarkdownExtras = typeof markdownExtras;

const extrasModule = createLazyModule(
  async () => (await import('./markdownExtras.lazy.js')).markdownExtras,
  String,
);

const load = (): void => void extrasModule.load();
const getExtras = (): MarkdownExtras | undefined => extrasModule.getState().value;
const getUndefined = (): undefined => undefined;

/** Handlers of an element that load the buttons of blocks when the user points at it, or it receives the focus. */
export const extrasLoader = { onPointerEnter: load, onFocus: load };

/** Returns the parts of Markdown that are loaded when they are needed. Undefined until then. */
export function useMarkdownExtras(): MarkdownExtras | undefined {
  return useSyncExternalStore(extrasModule.subscribe, getExtras, getUndefined);
}

/** Remote image, whose code is loaded with the first one. Until then, its alternative text is shown. Element: span. */
export function LazyMarkdownImage(props: MarkdownImageProps): ReactElement {
  const extras = useMarkdownExtras();
  useEffect(load, []);
  if (extras) return <extras.MarkdownImage {...props} />;
  return <span {...asPart('image')}>{props.alt}</span>;
}
