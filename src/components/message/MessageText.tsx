import { useContext, type ReactElement } from 'react';
import { AnnotatedText, type AnnotatedTextProps } from '../citations/AnnotatedText.js';
import { createAnnotationParts } from '../citations/createAnnotationParts.js';
import type { FileResolver } from '../file/FileResolver.js';
import { getPartDisplay } from './getPartDisplay.js';
import { MessageContext, type MessageContextValue } from './MessageContext.js';

/** Props of `MessageText`. Inside `Message.Root`, all except `text` default to the values of its message. */
export interface MessageTextProps extends Omit<AnnotatedTextProps, 'parts'> {
  /** Looks up names of cited files. */
  resolveFile?: FileResolver | undefined;
  /** Downloads a file that the text links to. Without it, such links are plain text. */
  onDownload?: ((fileId: string) => void) | undefined;
}

/**
 * Text of a message with its annotations: citations as numbers with a list of sources below, file paths as buttons. Inside
 * `Message.Root`, or alone. Element: div. `data-format`, `data-streaming`.
 */
export function MessageText({
  text,
  resolveFile: resolveFileProp,
  onDownload: onDownloadProp,
  ...props
}: MessageTextProps): ReactElement {
  const context = useContext(MessageContext);
  const resolveFile = resolveFileProp ?? context?.resolveFile;
  const onDownload = onDownloadProp ?? context?.onDownload;
  return (
    <AnnotatedText
      text={text}
      {...(context && getTextDisplay(context, text))}
      {...props}
      parts={createAnnotationParts({ resolveFile, onDownload })}
    />
  );
}

function getTextDisplay(
  { message, isStreaming }: MessageContextValue,
  text: MessageTextProps['text'],
) {
  const index = message.content.findIndex((part) => part.type === 'text' && part.text === text);
  return getPartDisplay(message, index, isStreaming);
}
