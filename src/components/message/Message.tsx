import { memo, type ReactElement } from 'react';
import { MessageAttachments } from './MessageAttachments.js';
import { MessageFrame, type MessageFrameProps } from './MessageFrame.js';
import { renderPart, type FileResolver, type PartRenderers } from './renderPart.js';

/** Props of `Message`. */
export interface MessageProps extends Omit<MessageFrameProps, 'files' | 'renderPart'> {
  /** Tells names of files, which messages only know by id. */
  resolveFile?: FileResolver | undefined;
  /** Without it files are shown and not offered. */
  onDownload?: ((fileId: string) => void) | undefined;
  /** Shows parts of the content in your own way, by their type. */
  renderers?: PartRenderers | undefined;
}

/**
 * One message: who speaks, its parts in order, its files, the time, and why it is incomplete. The person's own words are
 * shown as typed, the assistant's as markdown.
 * Element: article. `data-role`, `data-status`, `data-streaming`, `data-delivery`, `data-group`.
 */
export const Message = memo(function Message({
  resolveFile,
  onDownload,
  renderers,
  ...props
}: MessageProps): ReactElement {
  return (
    <MessageFrame
      {...props}
      files={
        <MessageAttachments
          message={props.message}
          resolveFile={resolveFile}
          onDownload={onDownload}
        />
      }
      renderPart={(part, surroundings) =>
        renderPart(part, { ...surroundings, resolveFile, onDownload }, renderers)
      }
    />
  );
});
