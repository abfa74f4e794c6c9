import type { ReactElement } from 'react';
import { FileChip } from '../file/FileChip.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import type { MessageFiles } from './MessageFiles.js';
import type { WrittenFile } from './resolveAnnotations.js';
import { asPart } from '../part.js';

/** Files that the assistant has made, as cards below its text. Renders nothing without files. Element: ul. */
export function MadeFiles({
  files,
  resolveFile,
  onDownload,
}: MessageFiles & { files: readonly WrittenFile[] }): ReactElement | null {
  const texts = useCompleteTexts();
  const names = new Map<string, string>();
  for (const { fileId, path } of files)
    names.set(fileId, getName(path) ?? texts.citation.unnamedFile);
  if (names.size === 0) return null;
  return (
    <ul {...asPart('attachments')} data-made="" aria-label={texts.file.list}>
      {[...names].map(([fileId, name]) => (
        <li key={fileId}>
          <FileChip
            name={getName(resolveFile?.(fileId)?.name) ?? name}
            size={resolveFile?.(fileId)?.size}
            onDownload={onDownload && (() => onDownload(fileId))}
          />
        </li>
      ))}
    </ul>
  );
}

/** Returns the last segment of a path. */
function getName(path: string | undefined): string | undefined {
  return path?.split('/').at(-1) || undefined;
}
