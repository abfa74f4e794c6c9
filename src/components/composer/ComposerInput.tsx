import { useLayoutEffect, type ChangeEvent, type KeyboardEvent, type ReactElement } from 'react';
import { getDirection } from '../getDirection.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { useComposer } from './ComposerContext.js';
import { useComposition } from './useComposition.js';

/** Props of `ComposerInput`. */
export interface ComposerInputProps extends Omit<
  PartProps<'textarea'>,
  'id' | 'value' | 'defaultValue'
> {}

/**
 * Text field of the composer. It grows with the text up to `--assistants-composer-max`. Enter sends, Shift+Enter inserts a
 * line break, Enter during input method composition does neither. Element: textarea. Inside `ComposerForm`.
 */
export function ComposerInput(props: ComposerInputProps): ReactElement | null {
  const texts = useTexts();
  const { draft, excessLength, inputId, hintId, submit } = useComposer();
  const { isComposing, ...composition } = useComposition();
  useLayoutEffect(() => fitHeight(document.getElementById(inputId)), [inputId, draft.value]);

  const defaultProps = {
    ...composition,
    id: inputId,
    rows: 1,
    dir: getDirection(draft.value),
    enterKeyHint: 'send',
    value: draft.value,
    placeholder: texts.composer.placeholder,
    'aria-label': texts.composer.label,
    'aria-describedby': hintId,
    'aria-invalid': excessLength > 0,
    onChange: (event: ChangeEvent<HTMLTextAreaElement>) => draft.change(event.target.value),
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Enter' || event.shiftKey || event.altKey || isComposing(event)) return;
      event.preventDefault();
      submit();
    },
  } as const;
  return createPart({ tag: 'textarea', name: 'composer-input', defaultProps }, props);
}

/** Fits the height of a field to its text in browsers without `field-sizing`. */
function fitHeight(field: HTMLElement | null): void {
  if (field === null || supportsFieldSizing()) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}

function supportsFieldSizing(): boolean {
  return typeof CSS !== 'undefined' && 'supports' in CSS && CSS.supports('field-sizing', 'content');
}
