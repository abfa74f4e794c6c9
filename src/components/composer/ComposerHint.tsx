import type { ReactElement } from 'react';
import { useConversationTexts, useFormat } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { useComposer } from './ComposerContext.js';

/** Props of `ComposerHint`. */
export interface ComposerHintProps extends Omit<PartProps<'p'>, 'children'> {}

const LEFT_SHOWN = 1_000;

/** How to send; near the limit what is left, beyond it how much too long, after a refusal that the text is safe. Element: p. `data-tone`. */
export function ComposerHint(props: ComposerHintProps): ReactElement | null {
  const texts = useConversationTexts();
  const format = useFormat();
  const { draft, over, left, maxLength, hintId } = useComposer();
  let tone: 'calm' | 'problem' = 'calm';
  let children = texts.composer.hint;
  if (over > 0) {
    tone = 'problem';
    children = texts.composer.tooLong(format.number(over), format.number(maxLength), over);
  } else if (draft.hasFailed) {
    tone = 'problem';
    children = texts.composer.notSent;
  } else if (left <= LEFT_SHOWN && draft.value !== '') {
    children = texts.composer.remaining(format.number(left), left);
  }
  return createPart(
    {
      tag: 'p',
      name: 'composer-hint',
      state: { tone },
      own: { children, id: hintId, 'aria-live': tone === 'problem' ? 'assertive' : 'off' },
    },
    props,
  );
}
