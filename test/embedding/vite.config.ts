import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { unlayeredStyles } from '../../scripts/unlayeredStyles.js';
import { sourceAlias } from '../../sourceAlias.js';

/** Builds the page of the embedding tests, which puts the chat into the apps of `hosts.tsx`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: { alias: sourceAlias },
  css: { postcss: { plugins: [unlayeredStyles] } },
  build: { target: 'es2022', cssTarget: ['chrome123', 'firefox121', 'safari17.5'] },
});
