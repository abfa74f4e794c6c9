export type * from './backend.js';
export {
  assistantsBackend,
  type AssistantsBackendPlugin,
} from '../backend/server/assistantsBackend.js';
export { createListener } from '../backend/server/createListener.js';
export {
  serveBackend,
  type BackendServer,
  type ListenOptions,
} from '../backend/server/serveBackend.js';
export type { BackendUser, FindUser } from '../backend/domain/BackendUser.js';
export { diskFolder, type DiskFolder } from '../backend/server/diskFolder.js';
export type { LogLine } from '../backend/server/LogLine.js';
export { serve, type RunningServer, type ServeOptions } from '../backend/server/serve.js';
export { keyUsers, type KeyUsersOptions } from '../backend/server/users/keyUsers.js';
export { tokenUsers, type TokenUsersOptions } from '../backend/server/users/tokenUsers.js';
export {
  folderBlobStore,
  type FolderBlobStoreOptions,
} from '../backend/stores/blobs/folderBlobStore.js';
export { s3BlobStore, type S3BlobStoreOptions } from '../backend/stores/blobs/s3BlobStore.js';
export { sqliteStore, type SqliteStoreOptions } from '../backend/stores/sqliteStore.js';
