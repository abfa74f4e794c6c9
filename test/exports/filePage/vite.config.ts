import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** A page with a backend of its own, as an app builds it from the package. */
export default defineConfig({ root: fileURLToPath(new URL('.', import.meta.url)) });
