import type { ReactElement, ReactNode } from 'react';
import { ComposerAttach, ComposerSend, ComposerStop } from './ComposerButtons.js';
import { ComposerForm, type ComposerFormProps } from './ComposerForm.js';
import { ComposerHint } from './ComposerHint.js';
import { ComposerInput } from './ComposerInput.js';

/** Props of `Composer`. */
export interface ComposerProps extends Omit<ComposerFormProps, 'children'> {
  /** Stands above the text: chips of the files to send. */
  attachments?: ReactNode;
  /** In place of the text's "Ask anything". */
  placeholder?: string | undefined;
  /** Takes the focus as soon as it is there. @default false */
  autoFocus?: boolean | undefined;
}

/** A whole composer: files, text, send or stop, and a hint. Element: form. */
export function Composer({
  attachments,
  placeholder,
  autoFocus = false,
  ...props
}: ComposerProps): ReactElement {
  return (
    <ComposerForm {...props}>
      <div data-part="composer-field">
        {attachments !== undefined && <div data-part="composer-attachments">{attachments}</div>}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- its user decides, and off is the default */}
        <ComposerInput autoFocus={autoFocus} {...(placeholder !== undefined && { placeholder })} />
        <div data-part="composer-buttons">
          <ComposerAttach />
          <span data-part="composer-space" />
          <ComposerStop />
          <ComposerSend />
        </div>
      </div>
      <ComposerHint />
    </ComposerForm>
  );
}
