// @vitest-environment jsdom
import { Markdown } from 'assistants-react';
import { render } from '@testing-library/react';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertProperty } from '../../assertProperty.js';
import { richMarkdown } from '../../../stories/fixtures.js';

test('renders a text that has grown like the same text at once', async () => {
  const cut = fc.integer({ min: 1, max: 80 });
  await assertProperty(
    fc.property(fc.array(cut, { minLength: 5, maxLength: 20 }), (cuts) => {
      const view = render(<Markdown text="" isStreaming />);
      let end = 0;
      for (const length of cuts) {
        end += length;
        view.rerender(<Markdown text={richMarkdown.slice(0, end)} isStreaming />);
      }
      view.rerender(<Markdown text={richMarkdown.slice(0, end)} />);
      const whole = render(<Markdown text={richMarkdown.slice(0, end)} />);
      // innerHTML would differ, because the order of attributes depends on their history.
      expect(view.container.isEqualNode(whole.container)).toBe(true);
      view.unmount();
      whole.unmount();
    }),
    { name: 'markdownReveal', full: 400, small: 40 },
  );
});
