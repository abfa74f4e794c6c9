import type { ReactElement } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { useComposer } from './ComposerContext.js';

/** State of `ComposerHint`. */
export interface ComposerHintState {
  /** `quiet` is the hint on how to send, which only screen readers get; the send button shows it as its tooltip. */
  tone: 'quiet' | 'calm' | 'problem';
}

/** Props of `ComposerHint`. */
export interface ComposerHintProps extends Omit<PartProps<'p', ComposerHintState>, 'children'> {}

/** Remaining length from which the hint shows it, in code points. */
const REMAINING_SHOWN_FROM = 1_000;

/**
 * Hint that describes the text field: how to send, how much text is left or too much, or that the text was not sent.
 * Element: p. `data-tone`. Inside `ComposerForm`.
 */
export function ComposerHint(props: ComposerHintProps): ReactElement | null {
  const { hintId } = useComposer();
  const { tone, text } = useHint();
  return createPart(
    {
      tag: 'p',
      name: 'composer-hint',
      state: { tone },
      defaultProps: {
        children: text,
        id: hintId,
        'aria-live': tone === 'problem' ? 'assertive' : 'off',
      },
    },
    props,
  );
}

function useHint(): ComposerHintState & { text: string } {
  const { hint, tooLong, notSent, remaining } = useTexts().composer;
  const format = useFormat();
  const { draft, excessLength, remainingLength, maxLength } = useComposer();
  if (excessLength > 0) {
    const text = tooLong(format.number(excessLength), format.number(maxLength), excessLength);
    return { tone: 'problem', text };
  }
  if (draft.hasFailed) return { tone: 'problem', text: notSent };
  if (remainingLength <= REMAINING_SHOWN_FROM && draft.value !== '')
    return { tone: 'calm', text: remaining(format.number(remainingLength), remainingLength) };
  return { tone: 'quiet', text: hint };
}
