import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sourceAlias } from '../sourceAlias.js';

/** The playground that `npm start` opens. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: { alias: sourceAlias },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: { cssTarget: ['chrome123', 'firefox121', 'safari17.5'] },
});
