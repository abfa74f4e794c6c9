'use client';
import type { ReactElement } from 'react';
import { ComposerContent, type ComposerProps } from '../../components/composer/Composer.js';
import { ThreadComposerForm, type ThreadComposerFormProps } from './ThreadComposerForm.js';

/** Props of `Thread.Composer`. */
export interface ThreadComposerProps
  extends Partial<ComposerProps>, Pick<ThreadComposerFormProps, 'allowAttachments'> {}

/**
 * Composer of the thread: a `Thread.ComposerForm` with all parts. It uploads attached files before it sends, and stops the
 * answer in progress. Text and files of a draft are stored per thread and survive a reload.
 *
 * Element: form, a `Composer`.
 * Data attributes: `data-running`, `data-over`, `data-empty`, `data-dropping`.
 * Context: `Thread.Root`.
 */
export function ThreadComposer({
  placeholder,
  autoFocus,
  submitOnEnter,
  children,
  ...props
}: ThreadComposerProps): ReactElement {
  const content = { placeholder, autoFocus, submitOnEnter, children };
  return (
    <ThreadComposerForm {...props}>
      <ComposerContent {...content} />
    </ThreadComposerForm>
  );
}
