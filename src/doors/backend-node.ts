export {
  assistantsBackend,
  serveBackend,
  type AssistantsBackendPlugin,
  type BackendServer,
  type ServeOptions,
} from '../backend/node.js';
