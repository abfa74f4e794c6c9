import type { AnnotationParts } from './AnnotatedText.js';
import { Citation } from './Citation.js';
import { FileLink } from './FileLink.js';
import type { FileResolver } from '../file/FileResolver.js';
import { SourceList } from './SourceList.js';

/** What is known of the files of a message, and how one is had. */
export interface MessageFiles {
  resolveFile: FileResolver | undefined;
  /** Downloads a file. Without it a link to one is text. */
  onDownload: ((fileId: string) => void) | undefined;
}

/** Citations as numbers with the list of sources below, paths of files as buttons. */
export function createAnnotationParts({ resolveFile, onDownload }: MessageFiles): AnnotationParts {
  return {
    createMark(passage, listId) {
      if (passage.kind === 'citation') {
        const { source } = passage;
        const name = resolveFile?.(source.fileId)?.name;
        return {
          key: `citation ${source.number} ${name}`,
          node: <Citation source={source} name={name} listId={listId} />,
        };
      }
      const { fileId, path } = passage;
      const file = { fileId, name: path.split('/').at(-1), onDownload };
      return {
        key: `file ${fileId} ${onDownload === undefined ? 'text' : 'button'}`,
        node: <FileLink {...file} />,
        link: (label) => <FileLink {...file}>{label}</FileLink>,
      };
    },
    sourcesOf: (sources, listId) => (
      <SourceList id={listId} sources={sources} resolveFile={resolveFile} onDownload={onDownload} />
    ),
  };
}
