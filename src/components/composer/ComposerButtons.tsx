import type { ChangeEvent, MouseEvent, ReactElement } from 'react';
import { isElement } from '../../common/isElement.js';
import type { ButtonProps } from '../Button.js';
import { IconButton } from '../IconButton.js';
import { useTexts } from '../i18n/useTexts.js';
import { ArrowUp, Paperclip, Square } from '../icons.js';
import { ownSubmit } from '../ownSubmit.js';
import { mergeProps } from '../part.js';
import { useComposer } from './ComposerContext.js';

/**
 * Button that sends the message. Renders nothing while `ComposerStop` takes its place: an answer is in progress and there is
 * nothing to send. Element: button. Inside `ComposerForm`.
 */
export function ComposerSend(props: ButtonProps): ReactElement | null {
  const texts = useTexts();
  const { canSend, isRunning, stop, submit } = useComposer();
  if (isRunning && stop !== undefined && !canSend) return null;
  // Not left to the browser: a form of the app around this one could be submitted instead.
  const onClick = (event: MouseEvent): void => {
    ownSubmit(event);
    submit();
  };
  return (
    <IconButton
      type="submit"
      variant="primary"
      data-action="send"
      label={texts.composer.send}
      tooltip={texts.composer.hint}
      aria-description={texts.composer.hint}
      disabled={!canSend}
      {...mergeProps<ButtonProps>({ onClick }, props)}
    >
      <ArrowUp size={18} strokeWidth={2} />
    </IconButton>
  );
}

/**
 * Button that stops the answer and moves the focus to the text field. Renders nothing while no answer is in progress.
 * Element: button. Inside `ComposerForm`.
 */
export function ComposerStop(props: ButtonProps): ReactElement | null {
  const texts = useTexts();
  const { isRunning, stop, input } = useComposer();
  if (!isRunning || stop === undefined) return null;
  const onClick = (): void => {
    // The button unmounts when the answer stops, and would take the focus with it.
    input.current?.focus();
    stop();
  };
  return (
    <IconButton
      variant="primary"
      data-action="stop"
      label={texts.composer.stop}
      {...mergeProps<ButtonProps>({ onClick }, props)}
    >
      <Square size={14} fill="currentColor" />
    </IconButton>
  );
}

/**
 * Button that opens the file picker. Renders nothing without `onAttach`. Element: button, next to a hidden file input. Inside
 * `ComposerForm`.
 */
export function ComposerAttach(props: ButtonProps): ReactElement | null {
  const texts = useTexts();
  const { attach } = useComposer();
  if (attach === undefined) return null;
  const onChange = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    // Without this, picking the same file again would not fire an event.
    event.target.value = '';
    if (files.length > 0) attach(files);
  };
  const onClick = ({ currentTarget }: MouseEvent): void => {
    const picker = currentTarget.previousElementSibling;
    if (isElement(picker)) picker.click();
  };
  return (
    <>
      <input
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={texts.composer.attach}
        onChange={onChange}
      />
      <IconButton
        data-action="attach"
        label={texts.composer.attach}
        {...mergeProps<ButtonProps>({ onClick }, props)}
      >
        <Paperclip size={18} />
      </IconButton>
    </>
  );
}
