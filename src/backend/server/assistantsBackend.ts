import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BackendOptions } from '../BackendOptions.js';
import { type Backend, createBackend } from '../createBackend.js';
import { createListener } from './createListener.js';

/** Vite server, as far as this plugin uses it. Defined here so that Vite does not have to be installed. */
interface ViteServer {
  middlewares: { use(middleware: Middleware): unknown };
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Vite plugin created by `assistantsBackend`. */
export interface AssistantsBackendPlugin {
  name: string;
  configureServer(server: ViteServer): void;
  configurePreviewServer(server: ViteServer): void;
}

/**
 * Creates a Vite plugin that serves a backend on the origin of the development server and the preview server. Objects live as
 * long as the plugin, so they survive reloads of the page.
 *
 * @param options Backend, or the options for a new one. Without a model it plays the demo scenario.
 * @param settings `basePath` is the path prefix of the operations, `'/v1'` by default.
 * @example
 * // In vite.config.ts
 * export default { plugins: [assistantsBackend()] };
 */
export function assistantsBackend(
  options: Backend | BackendOptions = {},
  { basePath = '/v1' }: { basePath?: string } = {},
): AssistantsBackendPlugin {
  const backend = 'fetch' in options ? options : createBackend({ basePath, ...options });
  const listener = createListener((request) => backend.fetch(request));
  const middleware: Middleware = (request, response, next) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === basePath || pathname.startsWith(`${basePath}/`)) listener(request, response);
    else next();
  };
  const mount = ({ middlewares }: ViteServer) => {
    middlewares.use(middleware);
  };
  return { name: 'assistants-backend', configureServer: mount, configurePreviewServer: mount };
}
