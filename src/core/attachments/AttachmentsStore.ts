import type { AssistantsError } from '../../client/errors.js';
import type { OutgoingMessage } from '../conversation/OutboxItem.js';

/** A file on its way to be part of a message. */
export interface AttachmentItem {
  /** Of the row, not of the file. */
  key: string;
  /** A `File`; after a reload only what it was called. */
  file: Pick<File, 'name' | 'size' | 'type'>;
  /** 'failed' is also what a reload has kept from being uploaded: such a file is not a `File`, and can only be chosen again. */
  status: 'uploading' | 'ready' | 'failed';
  /** The share that has been sent, 0 to 1. */
  progress: number;
  /** Of the uploaded file. */
  fileId: string | undefined;
  error: AssistantsError | undefined;
}

/** Files of the next message, and what can be done with them. */
export interface Attachments {
  items: readonly AttachmentItem[];
  /** Uploads files at once. */
  add: (files: readonly File[]) => void;
  /** Takes a file out of the list, and stops its upload. An uploaded one is kept by the server. */
  remove: (key: string) => void;
  retry: (key: string) => void;
  /** Forgets all, after they were sent. */
  clear: () => void;
  isUploading: boolean;
  /** A message of the text and the files that are ready, in the dialect of the client. */
  toMessage: (text: string) => Exclude<OutgoingMessage, string>;
}

/** The files of every draft that was shown. */
export interface AttachmentsStore extends Pick<
  Attachments,
  'remove' | 'retry' | 'clear' | 'toMessage'
> {
  /** The files of the draft that is shown. */
  getState: () => readonly AttachmentItem[];
  subscribe: (listener: () => void) => () => void;
  /** Shows a draft's files, with those of an earlier page. Files of the same owner's draft come along to its new name. */
  showDraft: (name: string, owner: object) => void;
  /** Uploads the files of these items at once, but for those that it has. */
  add: (items: readonly AttachmentItem[]) => void;
  /** Stops all uploads. */
  stop: () => void;
}
