import type { ReactElement, ReactNode } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';

/** Props of `FileLink`. */
export interface FileLinkProps {
  fileId: string;
  /** Not trusted: shown, never used as a path. Undefined where it is not known. */
  name: string | undefined;
  onDownload?: ((fileId: string) => void) | undefined;
  /** Text of the link. @default the name */
  children?: ReactNode;
}

/** A file in running text: a button that downloads it through the API, or its name where nothing can. Element: button or bdi. */
export function FileLink({
  fileId,
  name: given,
  onDownload,
  children,
}: FileLinkProps): ReactElement {
  const texts = useCompleteTexts();
  const name = truncate(given ?? texts.citation.unnamedFile);
  if (onDownload === undefined) return <bdi data-part="file-name">{children ?? name}</bdi>;
  return (
    <button
      type="button"
      data-part="file-link"
      title={texts.citation.download(name)}
      onClick={() => onDownload(fileId)}
    >
      <bdi>{children ?? name}</bdi>
    </button>
  );
}
