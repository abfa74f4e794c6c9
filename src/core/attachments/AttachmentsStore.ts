import type { AssistantsError } from '../../client/AssistantsError.js';
import type { OutgoingMessage } from '../conversation/OutboxItem.js';

/** File of a message that is being written. */
export interface AttachmentItem {
  /** Key of the list item. Unrelated to the id of the file. */
  key: string;
  /** A `File`. After a reload, only the properties of the file that was chosen. */
  file: Pick<File, 'name' | 'size' | 'type'>;
  /**
   * - 'uploading': see `progress`.
   * - 'ready': uploaded, see `fileId`.
   * - 'failed': not uploaded, see `error`. If a reload has interrupted the upload, `file` is not a `File`, and the user has to
   *   choose it again.
   */
  status: 'uploading' | 'ready' | 'failed';
  /** Uploaded fraction, from 0 to 1. */
  progress: number;
  /** Id of the uploaded file. Undefined unless `status` is 'ready'. */
  fileId: string | undefined;
  /** Reason why `status` is 'failed'. */
  error: AssistantsError | undefined;
}

/** Files of all drafts that were shown. One draft is shown at a time. */
export interface AttachmentsStore {
  /** Returns the files of the draft that is shown, in the order in which they were added. */
  getState: () => readonly AttachmentItem[];
  subscribe: (listener: () => void) => () => void;
  /**
   * Shows a draft and restores its files from an earlier page. If the owner is the same as before, the draft was renamed, and
   * its files move to the new name.
   */
  showDraft: (draftName: string, owner: object) => void;
  /** Adds items to the draft that is shown and starts their uploads. Ignores items that the store has already. */
  add: (items: readonly AttachmentItem[]) => void;
  /** Removes a file and aborts its upload. An uploaded file stays on the server. */
  remove: (key: string) => void;
  /** Uploads a failed file again. Does nothing if `file` is not a `File`. */
  retry: (key: string) => void;
  /** Removes all files. Call it after the message was sent. */
  clear: () => void;
  /** Returns a message with the text and all files that are ready, in the API version of the client. */
  toMessage: (text: string) => Exclude<OutgoingMessage, string>;
  /** Aborts all uploads. */
  stop: () => void;
}
