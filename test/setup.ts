import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Only ends tests that hang: no test may depend on the speed of the machine.
configure({ asyncUtilTimeout: 60_000 });

// Testing Library cleans up on its own only if test functions are globals.
afterEach(cleanup);
