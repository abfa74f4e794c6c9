import { Placeholder } from 'assistants-react';
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';

test('runs in jsdom', () => {
  render(<Placeholder />);
  expect(screen.getByText('assistants-react')).toBeInTheDocument();
  expect(navigator.userAgent).toContain('jsdom');
});
