/**
 * Lets Node run modules of `src` without a build: `node --import ./scripts/loadSources.js`. Tests and the playground pass it to
 * the processes that read uploaded files.
 */
import { register } from 'node:module';

register('./sourceHooks.js', import.meta.url);
