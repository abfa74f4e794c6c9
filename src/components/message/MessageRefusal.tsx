import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { PlainText } from '../markdown/PlainText.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `MessageRefusal`. */
export interface MessageRefusalProps extends Omit<PartProps<'div'>, 'children'> {
  /** Explanation of the model. A default text replaces an empty one. */
  refusal: string;
}

/** Refusal of the model, as plain text. Element: div. */
export function MessageRefusal({ refusal, ...props }: MessageRefusalProps): ReactElement | null {
  const texts = useCompleteTexts();
  const children = <PlainText text={refusal === '' ? texts.message.refusal : refusal} />;
  return createPart({ tag: 'div', name: 'message-refusal', defaultProps: { children } }, props);
}
