export type * from './backend.js';
export {
  assistantsBackend,
  serveBackend,
  type AssistantsBackendPlugin,
  type BackendServer,
  type ListenOptions,
} from '../backend/server/serveBackend.js';
export type { LogLine } from '../backend/server/logLine.js';
export { serve, type RunningServer, type ServeOptions } from '../backend/server/serve.js';
export { sqliteStore, type SqliteStoreOptions } from '../backend/stores/sqliteStore.js';
