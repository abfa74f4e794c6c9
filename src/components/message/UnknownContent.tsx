import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';

/** State of `UnknownContent`. */
export interface UnknownContentState {
  /** Type on the wire, at most 64 characters. */
  type: string;
}

/** Props of `UnknownContent`. */
export interface UnknownContentProps extends Omit<PartProps<'p', UnknownContentState>, 'children'> {
  /** Type on the wire. */
  type: string;
}

const MAX_TYPE_LENGTH = 64;

/** Placeholder for content of an unknown type. Element: p. `data-type`. */
export function UnknownContent({ type, ...props }: UnknownContentProps): ReactElement | null {
  const texts = useCompleteTexts();
  const shortType = type.slice(0, MAX_TYPE_LENGTH);
  const children = (
    <>
      {texts.message.unknownContent} <code>{shortType}</code>
    </>
  );
  return createPart(
    { tag: 'p', name: 'placeholder', state: { type: shortType }, defaultProps: { children } },
    props,
  );
}
