/** Keeps the contents of files outside of the database of a backend. All servers that share a store must use the same one. */
export interface BlobStore {
  /**
   * Stores the content of a file. When it resolves, the content is durable. Replaces an earlier one.
   *
   * @throws StoreError `full` if no space is left, else `failed`.
   */
  put(fileId: string, bytes: Uint8Array): Promise<void>;
  /** Resolves with the content of a file, or undefined if there is none. @throws StoreError */
  get(fileId: string): Promise<Uint8Array | undefined>;
  /** Removes the content of a file, and what an interrupted `put` has left. Does nothing if there is none. @throws StoreError */
  remove(fileId: string): Promise<void>;
}
