import { ArrowUp, Paperclip, Square } from '../icons.js';
import { useRef, type ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { useComposer } from './ComposerContext.js';

/** Sends the message. Gives its place to the stop button while an answer runs and there is nothing to send. Element: button. */
export function ComposerSend(props: ButtonProps): ReactElement | null {
  const texts = useConversationTexts();
  const { canSend, isRunning, stop } = useComposer();
  if (isRunning && stop !== undefined && !canSend) return null;
  return (
    <Button
      type="submit"
      variant="primary"
      data-action="send"
      aria-label={texts.composer.send}
      title={texts.composer.send}
      disabled={!canSend}
      {...props}
    >
      <ArrowUp size={18} strokeWidth={2} />
    </Button>
  );
}

/** Stops the running answer; the focus goes to the text. Nothing while no answer runs. Element: button. */
export function ComposerStop(props: ButtonProps): ReactElement | null {
  const texts = useConversationTexts();
  const { isRunning, stop, inputId } = useComposer();
  if (!isRunning || stop === undefined) return null;
  const press = (): void => {
    document.getElementById(inputId)?.focus();
    stop();
  };
  return (
    <Button
      variant="primary"
      data-action="stop"
      aria-label={texts.composer.stop}
      title={texts.composer.stop}
      onClick={press}
      {...props}
    >
      <Square size={14} fill="currentColor" />
    </Button>
  );
}

/** Picks files to send along. Nothing where the composer takes none. Element: button, beside a hidden file input. */
export function ComposerAttach(props: ButtonProps): ReactElement | null {
  const texts = useConversationTexts();
  const { attach } = useComposer();
  const input = useRef<HTMLInputElement>(null);
  if (attach === undefined) return null;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={texts.composer.attach}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // So that the same file can be picked again.
          event.target.value = '';
          if (files.length > 0) attach(files);
        }}
      />
      <Button
        variant="icon"
        data-action="attach"
        aria-label={texts.composer.attach}
        title={texts.composer.attach}
        onClick={() => input.current?.click()}
        {...props}
      >
        <Paperclip size={18} />
      </Button>
    </>
  );
}
