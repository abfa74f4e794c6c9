import { afterEach } from 'vitest';
import { replaceTestedBackend } from '../backend/createTestedBackend.js';
import { closeClusterBackends, createClusterBackend } from './createClusterBackend.js';

replaceTestedBackend(createClusterBackend);
afterEach(closeClusterBackends);
