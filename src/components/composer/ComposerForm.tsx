import {
  createRef,
  useId,
  useState,
  type FormEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { countCodePoints } from '../countCodePoints.js';
import { ownSubmit } from '../ownSubmit.js';
import { createPart, type PartProps } from '../part.js';
import { ComposerContext, type ComposerContextValue } from './ComposerContext.js';
import { useDraft, type SendResult } from './useDraft.js';
import { useFileDrop } from './useFileDrop.js';

/** State of a composer. */
export interface ComposerState {
  /** True while an answer is in progress. */
  running: boolean;
  /** True if the text exceeds the limit. */
  over: boolean;
  /** True if the text is blank. */
  empty: boolean;
  /** True while the user drags files over the composer. */
  dropping: boolean;
}

/** Props of `ComposerForm`. */
export interface ComposerFormProps extends Omit<
  PartProps<'form', ComposerState>,
  'defaultValue' | 'onSubmit'
> {
  /**
   * Sends the text. The composer clears the text at once. If the result is false, or a promise that rejects or resolves to
   * false, it restores the text.
   */
  onSend: (text: string) => SendResult;
  /** Stops the answer. */
  onStop?: (() => void) | undefined;
  /** True while an answer is in progress. @default false */
  isRunning?: boolean | undefined;
  /** Disables sending. The text can still be edited. @default false */
  isDisabled?: boolean | undefined;
  /** True if there are files to send, which makes the text optional. @default false */
  hasAttachments?: boolean | undefined;
  /** Chips of the files to send, which `ComposerAttachments` shows. */
  attachments?: ReactNode;
  /** Called with files that were picked, dropped or pasted. Without it, the attach button is omitted. */
  onAttach?: ((files: File[]) => void) | undefined;
  /** Controlled text. */
  value?: string | undefined;
  /** Initial text of an uncontrolled composer. @default '' */
  defaultValue?: string | undefined;
  /** Called with every change of the text, also when sending clears it. */
  onValueChange?: ((value: string) => void) | undefined;
  /** In code points. @default 256000, the limit of the API */
  maxLength?: number | undefined;
  children?: ReactNode;
}

const DEFAULT_MAX_LENGTH = 256_000;

/**
 * Form that provides the state of the composer to the parts inside.
 *
 * Element: form.
 * Data attributes: `data-running`, `data-over`, `data-empty`, `data-dropping`.
 */
export function ComposerForm({
  onSend,
  onStop,
  isRunning = false,
  isDisabled = false,
  hasAttachments = false,
  attachments,
  onAttach,
  value,
  defaultValue = '',
  onValueChange,
  maxLength = DEFAULT_MAX_LENGTH,
  children,
  ...props
}: ComposerFormProps): ReactElement | null {
  const id = useId();
  const draft = useDraft({ value, defaultValue, onValueChange });
  const [form, setForm] = useState<HTMLFormElement | null>(null);
  const [input] = useState(() => createRef<HTMLTextAreaElement>());
  const { isDropping, ...fileHandlers } = useFileDrop(form, onAttach);
  const length = countUpToLimit(draft.value, maxLength);
  const excessLength = Math.max(0, length - maxLength);
  const isEmpty = draft.value.trim() === '';
  const canSend = !isDisabled && excessLength === 0 && (!isEmpty || hasAttachments);

  const context: ComposerContextValue = {
    draft,
    excessLength,
    remainingLength: maxLength - length,
    maxLength,
    canSend,
    isRunning,
    isDisabled,
    input,
    inputId: `${id}-input`,
    hintId: `${id}-hint`,
    submit() {
      if (!canSend) return;
      // `canSend` is from the last render. The draft is blank if another submit in the same frame has sent it.
      draft.send((text) => (text.trim() === '' && !hasAttachments ? false : onSend(text)));
      input.current?.focus();
    },
    stop: onStop,
    attach: onAttach,
    attachments,
  };
  const onSubmit = (event: FormEvent): void => {
    ownSubmit(event);
    context.submit();
  };
  const state: ComposerState = {
    running: isRunning,
    over: excessLength > 0,
    empty: isEmpty,
    dropping: isDropping,
  };
  return createPart(
    {
      tag: 'form',
      name: 'composer',
      state,
      defaultProps: {
        children: <ComposerContext value={context}>{children}</ComposerContext>,
        ref: setForm,
        onSubmit,
        ...fileHandlers,
      },
    },
    props,
  );
}

/**
 * Returns the length in code points. Far below the limit it returns the UTF-16 length, which is never smaller, because
 * counting a long text with every key press is slow.
 */
function countUpToLimit(text: string, maxLength: number): number {
  return text.length <= maxLength * 0.9 ? text.length : countCodePoints(text);
}
