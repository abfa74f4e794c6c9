import type { ChangeEvent, KeyboardEvent, ReactElement } from 'react';
import { getDirection } from '../getDirection.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { useFieldHeight } from '../useFieldHeight.js';
import { isSubmitKey, useSubmitsOnEnter } from '../useSubmitsOnEnter.js';
import { useComposer } from './ComposerContext.js';
import { useComposition } from './useComposition.js';

/** Props of `ComposerInput`. */
export interface ComposerInputProps extends Omit<
  PartProps<'textarea'>,
  'id' | 'value' | 'defaultValue'
> {
  /**
   * Enter sends the message. Without it, Enter breaks the line, and Control+Enter or Command+Enter sends.
   *
   * @default true, except on devices without a mouse or a trackpad
   */
  submitOnEnter?: boolean | undefined;
}

/**
 * Text field of the composer. It grows with the text up to `--assistants-composer-max`. Enter sends, Shift+Enter
 * inserts a line break, Enter during input method composition does neither. On touch devices, Enter inserts a line
 * break. Element: textarea. Inside `ComposerForm`.
 */
export function ComposerInput({
  submitOnEnter,
  ...props
}: ComposerInputProps): ReactElement | null {
  const texts = useTexts();
  const { draft, excessLength, input, inputId, hintId, submit } = useComposer();
  const { isComposing, ...composition } = useComposition();
  const submitsOnEnter = useSubmitsOnEnter(submitOnEnter);
  useFieldHeight(input, draft.value);

  const defaultProps = {
    ...composition,
    ref: input,
    id: inputId,
    rows: 1,
    dir: getDirection(draft.value),
    enterKeyHint: submitsOnEnter ? 'send' : 'enter',
    value: draft.value,
    placeholder: texts.composer.placeholder,
    'aria-label': texts.composer.label,
    'aria-describedby': hintId,
    'aria-invalid': excessLength > 0,
    onChange: (event: ChangeEvent<HTMLTextAreaElement>) => draft.change(event.target.value),
    onKeyDown(event: KeyboardEvent) {
      if (isComposing(event) || !isSubmitKey(event, submitsOnEnter)) return;
      event.preventDefault();
      submit();
    },
  } as const;
  return createPart({ tag: 'textarea', name: 'composer-input', defaultProps }, props);
}
