import type { ReactElement } from 'react';
import { AnnotatedText, type AnnotatedTextProps } from '../citations/AnnotatedText.js';
import { annotationParts } from '../citations/annotationParts.js';
import type { FileResolver } from './renderPart.js';

/** Props of `MessageText`. */
export interface MessageTextProps extends Omit<AnnotatedTextProps, 'parts'> {
  /** Names of cited files. */
  resolveFile?: FileResolver | undefined;
  /** Downloads a file that the text links to. Without it such links are text. */
  onDownload?: ((fileId: string) => void) | undefined;
}

/**
 * Text of a message with its annotations: citations as numbers with the list of sources below, paths of files as buttons.
 * Element: div. `data-format`, `data-streaming`.
 */
export function MessageText({ resolveFile, onDownload, ...props }: MessageTextProps): ReactElement {
  return <AnnotatedText {...props} parts={annotationParts({ resolveFile, onDownload })} />;
}
