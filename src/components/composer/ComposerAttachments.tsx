import type { ReactElement } from 'react';
import { createPart, type PartProps } from '../part.js';
import { useComposer } from './ComposerContext.js';

/** Props of `ComposerAttachments`. */
export interface ComposerAttachmentsProps extends PartProps<'div'> {}

/** Chips of the files to send. Renders nothing without files. Element: div. Inside `ComposerForm`. */
export function ComposerAttachments(props: ComposerAttachmentsProps): ReactElement | null {
  const { attachments } = useComposer();
  if (attachments === undefined) return null;
  return createPart(
    { tag: 'div', name: 'composer-attachments', defaultProps: { children: attachments } },
    props,
  );
}
