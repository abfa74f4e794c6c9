import {
  useId,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { countCodePoints } from '../countCodePoints.js';
import { createPart, type PartProps } from '../part.js';
import { ComposerContext, type ComposerState } from './ComposerContext.js';
import { useDraft, type SendResult } from './useDraft.js';

/** Props of `ComposerForm`. */
export interface ComposerFormProps extends Omit<PartProps<'form'>, 'defaultValue' | 'onSubmit'> {
  /**
   * Receives the text as it was written. Returning false keeps the text; a promise that rejects, or resolves to false, gives
   * it back.
   */
  onSend: (text: string) => SendResult;
  /** Stops the running answer. */
  onStop?: (() => void) | undefined;
  /** An answer is being written. @default false */
  isRunning?: boolean | undefined;
  /** Nothing can be sent for now; writing goes on. @default false */
  isDisabled?: boolean | undefined;
  /** There is something to send besides the text. @default false */
  hasAttachments?: boolean | undefined;
  /** Receives files that were picked, dropped or pasted. Without it there is no attach button. */
  onAttach?: ((files: File[]) => void) | undefined;
  /** Text, where its owner keeps it. */
  value?: string | undefined;
  /** @default '' */
  defaultValue?: string | undefined;
  /** Receives the text with every change, sent text included: it is then empty. */
  onValueChange?: ((value: string) => void) | undefined;
  /** In code points. @default 256000, the limit of the API */
  maxLength?: number | undefined;
  children?: ReactNode;
}

/** Holds the parts of a composer together. Element: form. `data-running`, `data-over`, `data-empty`, `data-dropping`. */
export function ComposerForm({
  onSend,
  onStop,
  isRunning = false,
  isDisabled = false,
  hasAttachments = false,
  onAttach,
  value,
  defaultValue = '',
  onValueChange,
  maxLength = 256_000,
  children,
  ...props
}: ComposerFormProps): ReactElement | null {
  const id = useId();
  const [isDropping, setIsDropping] = useState(false);
  const draft = useDraft({ value, defaultValue, onValueChange });
  // Counted one by one only near the limit.
  const length =
    draft.value.length <= maxLength * 0.9 ? draft.value.length : countCodePoints(draft.value);
  const over = Math.max(0, length - maxLength);
  const isEmpty = draft.value.trim() === '';
  const canSend = !isDisabled && over === 0 && (!isEmpty || hasAttachments);

  const state: ComposerState = {
    draft,
    over,
    left: maxLength - length,
    maxLength,
    canSend,
    isRunning,
    isDisabled,
    inputId: `${id}-input`,
    hintId: `${id}-hint`,
    submit: () => {
      if (canSend)
        draft.send((text) => (text.trim() === '' && !hasAttachments ? false : onSend(text)));
    },
    stop: onStop,
    attach: onAttach,
  };
  const take = (event: DragEvent | ClipboardEvent, transfer: DataTransfer): void => {
    const files = [...transfer.files];
    if (onAttach === undefined || files.length === 0) return;
    event.preventDefault();
    onAttach(files);
  };
  const own = {
    children: <ComposerContext value={state}>{children}</ComposerContext>,
    onSubmit(event: FormEvent) {
      event.preventDefault();
      state.submit();
      document.getElementById(state.inputId)?.focus();
    },
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData),
    onDrop(event: DragEvent) {
      setIsDropping(false);
      take(event, event.dataTransfer);
    },
    onDragOver(event: DragEvent) {
      if (onAttach === undefined || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setIsDropping(true);
    },
    onDragLeave: () => setIsDropping(false),
  };
  return createPart(
    {
      tag: 'form',
      name: 'composer',
      state: { running: isRunning, over: over > 0, empty: isEmpty, dropping: isDropping },
      own,
    },
    props,
  );
}
