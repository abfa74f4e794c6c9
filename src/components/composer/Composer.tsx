import type { ReactElement, ReactNode } from 'react';
import { ComposerAttachments } from './ComposerAttachments.js';
import { ComposerAttach, ComposerSend, ComposerStop } from './ComposerButtons.js';
import { ComposerForm, type ComposerFormProps } from './ComposerForm.js';
import { ComposerHint } from './ComposerHint.js';
import { ComposerInput, type ComposerInputProps } from './ComposerInput.js';
import { asPart } from '../part.js';

/** Props of `Composer`. */
export interface ComposerProps
  extends ComposerFormProps, Pick<ComposerInputProps, 'submitOnEnter'> {
  /** Placeholder of the text field. @default "Ask anything" in the language of the tree */
  placeholder?: string | undefined;
  /** Focuses the text field on mount. @default false */
  autoFocus?: boolean | undefined;
  /** More parts of the composer before its send button, such as `ComposerDictation`. */
  children?: ReactNode;
}

/**
 * Form that writes a message: attachments, text field, buttons to attach, send and stop, and a hint. To change what it
 * contains, compose `ComposerForm`, `ComposerInput`, `ComposerSend` and the other parts instead.
 *
 * Element: form, see `ComposerForm` for its data attributes.
 *
 * @example
 * ```tsx
 * import { Composer } from 'assistants-react';
 *
 * export function Reply({ send }: { send: (text: string) => Promise<void> }) {
 *   return <Composer onSend={send} placeholder="Reply" autoFocus />;
 * }
 * ```
 */
export function Composer({
  placeholder,
  autoFocus,
  submitOnEnter,
  children,
  ...props
}: ComposerProps): ReactElement {
  const content = { placeholder, autoFocus, submitOnEnter, children };
  return (
    <ComposerForm {...props}>
      <ComposerContent {...content} />
    </ComposerForm>
  );
}

/** Default arrangement of the parts inside a `ComposerForm`. */
export function ComposerContent({
  placeholder,
  autoFocus = false,
  submitOnEnter,
  children,
}: Pick<ComposerProps, 'placeholder' | 'autoFocus' | 'submitOnEnter' | 'children'>): ReactElement {
  return (
    <>
      <div {...asPart('composer-field')}>
        <ComposerAttachments />
        <ComposerInput
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- The caller decides. The default is off.
          autoFocus={autoFocus}
          placeholder={placeholder}
          submitOnEnter={submitOnEnter}
        />
        <div {...asPart('composer-buttons')}>
          <ComposerAttach />
          <span {...asPart('composer-space')} />
          {children}
          <ComposerStop />
          <ComposerSend />
        </div>
      </div>
      <ComposerHint />
    </>
  );
}
