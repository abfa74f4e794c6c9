import * as client from 'assistants-react/client';
import { expect, test } from 'vitest';

test('runs in node', () => {
  expect(typeof document).toBe('undefined');
  expect(client).toBeDefined();
});
