import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sourceAlias } from '../sourceAlias.js';

export default defineConfig({
  logLevel: 'warn',
  plugins: [react()],
  resolve: { alias: sourceAlias },
  build: {
    // light-dark() stays as it is written, see the root vite.config.ts.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
  },
});
