export type * from './backend.js';
export {
  assistantsBackend,
  serveBackend,
  type AssistantsBackendPlugin,
  type BackendServer,
  type ListenOptions,
} from '../backend/node.js';
export type { LogLine } from '../backend/serve/logLine.js';
export { serve, type RunningServer, type ServeOptions } from '../backend/serve/serve.js';
export { sqliteStore, type SqliteStoreOptions } from '../backend/stores/sqliteStore.js';
