import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sourceAlias } from '../../../sourceAlias.js';

const page = (name: string) => fileURLToPath(new URL(`${name}/index.html`, import.meta.url));

/** Builds the pages of the end-to-end tests, as an app with a strict Content Security Policy would. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: { alias: sourceAlias },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    // The policy does not allow data: URLs.
    assetsInlineLimit: 0,
    rolldownOptions: { input: [page('thread'), page('tools'), page('hostile-text')] },
  },
});
