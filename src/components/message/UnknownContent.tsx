import type { ReactElement } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `UnknownContent`. */
export interface UnknownContentProps extends Omit<PartProps<'p'>, 'children'> {
  /** The type on the wire. */
  type: string;
}

/** Stands for content of a type that nobody here knows. Element: p. `data-type`. */
export function UnknownContent({ type, ...props }: UnknownContentProps): ReactElement | null {
  const texts = useTexts();
  const shown = type.slice(0, 64);
  const children = (
    <>
      {texts.message.unknownContent} <code>{shown}</code>
    </>
  );
  return createPart(
    { tag: 'p', name: 'placeholder', state: { type: shown }, own: { children } },
    props,
  );
}
