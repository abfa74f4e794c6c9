import type { AnnotationParts } from './AnnotatedText.js';
import { Citation } from './Citation.js';
import { FileLink } from './FileLink.js';
import { MadeFiles } from './MadeFiles.js';
import type { MessageFiles } from './MessageFiles.js';
import { getSourceName, SourceList } from './SourceList.js';

/**
 * Creates the default renderers: citations as numbers with a list of sources below the text, file paths as buttons with a card
 * below it.
 */
export function createAnnotationParts({ resolveFile, onDownload }: MessageFiles): AnnotationParts {
  return {
    createMark(passage, listId) {
      if (passage.kind === 'citation') {
        const { source } = passage;
        const name = getSourceName(source, resolveFile);
        return {
          key: `citation ${source.number} ${name}`,
          node: <Citation source={source} name={name} listId={listId} onDownload={onDownload} />,
        };
      }
      const { fileId, path } = passage;
      const file = { fileId, name: path.split('/').at(-1), onDownload };
      // With the name of the file, under which `onDownload` saves it.
      const name = resolveFile?.(fileId)?.name;
      return {
        key: `file ${fileId} ${name} ${onDownload === undefined ? 'text' : 'button'}`,
        node: <FileLink {...file} />,
        link: (label) => <FileLink {...file}>{label}</FileLink>,
      };
    },
    renderSources: ({ sources, files }, listId) => (
      <>
        {sources.length > 0 && (
          <SourceList
            id={listId}
            sources={sources}
            resolveFile={resolveFile}
            onDownload={onDownload}
          />
        )}
        <MadeFiles files={files} resolveFile={resolveFile} onDownload={onDownload} />
      </>
    ),
  };
}
