import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { useComposition } from '../composer/useComposition.js';
import { getDirection } from '../getDirection.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { useFieldHeight } from '../useFieldHeight.js';
import { useOwnSubmit } from '../useOwnSubmit.js';
import { isSubmitKey, useSubmitsOnEnter } from '../useSubmitsOnEnter.js';

/** Props of `MessageEditor`. */
export interface MessageEditorProps extends Omit<PartProps<'form'>, 'children' | 'onSubmit'> {
  /** Text to edit. */
  text: string;
  /** Called with the edited text, which is never blank. */
  onSave: (text: string) => void;
  onCancel: () => void;
  /** True while the edited message is being sent. @default false */
  isSaving?: boolean | undefined;
  /** Unfinished text from before a reload. @default the text to edit */
  draft?: string | undefined;
  /** Called with each change of the text. */
  onDraftChange?: ((draft: string) => void) | undefined;
}

/**
 * Edits a message in place. Enter sends, Shift+Enter inserts a line break, Escape cancels. Focuses the field on mount.
 * Element: form.
 */
export function MessageEditor({
  text,
  onSave,
  onCancel,
  isSaving = false,
  draft,
  onDraftChange,
  ...props
}: MessageEditorProps): ReactElement | null {
  const texts = useCompleteTexts();
  const [value, setValue] = useState(draft ?? text);
  const { isComposing, ...composition } = useComposition();
  const submitsOnEnter = useSubmitsOnEnter(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  useFieldHeight(field, value);
  useEffect(() => focusAtEnd(field.current), []);
  const isEmpty = value.trim() === '';
  const save = (): void => {
    if (!isEmpty && !isSaving) onSave(value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      // A dialog of the app around the thread would close.
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    } else if (isSubmitKey(event, submitsOnEnter)) {
      event.preventDefault();
      save();
    }
  };
  const setForm = useOwnSubmit(save);
  const children = (
    <>
      <textarea
        ref={field}
        enterKeyHint={submitsOnEnter ? 'send' : 'enter'}
        {...asPart('message-editor-input')}
        aria-label={texts.message.editLabel}
        rows={1}
        dir={getDirection(value)}
        value={value}
        readOnly={isSaving}
        onChange={(event) => {
          setValue(event.target.value);
          onDraftChange?.(event.target.value);
        }}
        onKeyDown={onKeyDown}
        {...composition}
      />
      <p {...asPart('message-editor-hint')}>{texts.message.editHint}</p>
      <div {...asPart('buttons')}>
        <Button variant="quiet" onClick={onCancel}>
          {texts.message.cancelEdit}
        </Button>
        <Button variant="primary" type="submit" disabled={isEmpty} aria-disabled={isSaving}>
          {texts.message.saveEdit}
        </Button>
      </div>
    </>
  );
  return createPart(
    {
      tag: 'form',
      name: 'message-editor',
      defaultProps: { children, ref: setForm, 'aria-label': texts.message.editLabel },
    },
    props,
  );
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
