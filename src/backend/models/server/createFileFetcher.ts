import { randomId } from '../../../common/randomId.js';
import type { ModelEvent } from '../Model.js';
import type { ServerFileEvent } from './createCitationReader.js';
import type { ReadOptions } from './readChatEvents.js';
import type { ServerFile } from './toAnnotation.js';

/** Largest number of files of one answer. */
const MAX_FILES = 20;

/**
 * Returns a function that fetches the files of a server that an answer cites, so that they can be downloaded when the server has
 * removed them. Files that cannot be fetched are left out.
 */
export function createFileFetcher(readServerFile: ReadOptions['readServerFile']) {
  /** Ids of the files in this backend, by their ids at the server. Undefined for those that cannot be fetched. */
  const ids = new Map<string, string | undefined>();

  async function* fetchFile(file: ServerFile): AsyncGenerator<ModelEvent, void, void> {
    const { containerId, fileId, filename, place, isShown } = file;
    if (!ids.has(fileId)) {
      if (ids.size >= MAX_FILES) return;
      const bytes = await readServerFile(`/containers/${containerId}/files/${fileId}/content`);
      const id = bytes && randomId('file-');
      ids.set(fileId, id);
      if (bytes !== undefined && id !== undefined) yield { type: 'file', id, filename, bytes };
    }
    const id = ids.get(fileId);
    if (id === undefined) return;
    if (isShown) yield { type: 'image', fileId: id };
    else
      yield {
        type: 'annotation',
        annotation: { type: 'file_path', ...place, file_path: { file_id: id } },
      };
  }

  return async function* withFiles(
    events: Iterable<ModelEvent | ServerFileEvent>,
  ): AsyncGenerator<ModelEvent, void, void> {
    for (const event of events) {
      if (event.type === 'serverFile') yield* fetchFile(event.file);
      else yield event;
    }
  };
}
