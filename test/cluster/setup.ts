import { afterEach } from 'vitest';
import { closeTestedBackends } from '../backend/createTestedBackend.js';

afterEach(closeTestedBackends);
