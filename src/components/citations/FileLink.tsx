import type { ReactElement, ReactNode } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncateFileName } from '../truncate.js';
import { asPart } from '../part.js';

/** Props of `FileLink`. */
export interface FileLinkProps {
  fileId: string;
  /** File name. Untrusted: displayed, never used as a path. Undefined if it is not known. */
  name: string | undefined;
  /** Downloads the file. @default no button, the file name as text */
  onDownload?: ((fileId: string) => void) | undefined;
  /** Text of the link. @default the file name */
  children?: ReactNode;
}

/** File within a text: a button that downloads it, or only its name. Element: button, or bdi without `onDownload`. */
export function FileLink({
  fileId,
  name: nameProp,
  onDownload,
  children,
}: FileLinkProps): ReactElement {
  const texts = useCompleteTexts();
  const name = truncateFileName(nameProp ?? texts.citation.unnamedFile);
  if (onDownload === undefined) return <bdi {...asPart('file-name')}>{children ?? name}</bdi>;
  return (
    <button
      type="button"
      {...asPart('file-link')}
      title={texts.citation.download(name)}
      onClick={() => onDownload(fileId)}
    >
      <bdi>{children ?? name}</bdi>
    </button>
  );
}
