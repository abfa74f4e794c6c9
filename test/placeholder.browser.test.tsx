import 'assistants-react/styles.css';
import { Placeholder } from 'assistants-react';
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';

test('runs in Chromium', async () => {
  render(<Placeholder />);
  await expect.element(page.getByText('assistants-react')).toBeVisible();
  expect(navigator.userAgent).toContain('Chrome');
});
