/** Format of a thread in an export, as `export_schema`. */
export const THREAD_SCHEMA = 'assistants-thread-export/v1';
/** Format of `manifest.json`, as `export_schema`. */
export const MANIFEST_SCHEMA = 'assistants-export-manifest/v1';

/** Fields of a parsed JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Thread of an export. The objects are those of the API, of either version, and not checked yet. */
export interface ThreadRecord {
  /** Name of the source, for messages. */
  path: string;
  threadId: string;
  /** Undefined if the export does not have the thread object. */
  thread: Fields | undefined;
  /** Oldest first. */
  messages: readonly Fields[];
  /** Oldest first. Each run has its `steps`, oldest first. */
  runs: readonly Fields[];
  /** Metadata of the files that the thread names. */
  files: readonly Fields[];
  /** Objects that the exporter could not read, with the reason. */
  errors: readonly Fields[];
}
