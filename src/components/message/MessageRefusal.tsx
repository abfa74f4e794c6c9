import type { ReactElement } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { PlainText } from '../markdown/PlainText.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `MessageRefusal`. */
export interface MessageRefusalProps extends Omit<PartProps<'div'>, 'children'> {
  /** The model's own words; may be empty. */
  refusal: string;
}

/** Says that the model declined, in its own words where there are some. Element: div. */
export function MessageRefusal({ refusal, ...props }: MessageRefusalProps): ReactElement | null {
  const texts = useTexts();
  const children = <PlainText text={refusal === '' ? texts.message.refusal : refusal} />;
  return createPart({ tag: 'div', name: 'message-refusal', own: { children } }, props);
}
