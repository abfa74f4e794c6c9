import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { chatCompletionsModel } from '../src/entries/backend.js';
import { assistantsBackend } from '../src/entries/backend-node.js';
import { sourceAlias } from '../sourceAlias.js';
import { offlinePlugin } from './offline/writeServiceWorker.js';
import { createDemoBackend } from './server/createDemoBackend.js';
import { readModelServer } from './server/readModelServer.js';

// Lets the processes that read uploaded files run the sources.
env['NODE_OPTIONS'] =
  `${env['NODE_OPTIONS'] ?? ''} --import=${new URL('../scripts/loadSources.js', import.meta.url).href}`;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Adds the Content Security Policy to the page, because static hosts send no headers. */
const contentPolicy: Plugin = {
  name: 'content-policy',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

/** Backend of the playground. Its threads live as long as the server. */
async function createServerBackend() {
  const server = readModelServer(env);
  return createDemoBackend({
    server: server && { model: server.model, client: chatCompletionsModel(server) },
  });
}

/**
 * The playground. `npm start` serves it with its backend at `/v1`. The mode `static` builds a folder of files for any host, with
 * the backend in the page.
 */
export default defineConfig(async ({ mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [
    react(),
    ...(mode === 'static'
      ? [contentPolicy, offlinePlugin()]
      : [assistantsBackend(await createServerBackend())]),
  ],
  resolve: { alias: sourceAlias },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    // Chapters wait for their own servers.
    target: 'es2022',
    // light-dark() stays as it is written, see the root vite.config.ts.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // A data: URL of a worker or a script would be against the policy.
    assetsInlineLimit: 0,
  },
}));
