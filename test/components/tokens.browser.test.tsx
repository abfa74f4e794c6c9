import { render } from '@testing-library/react';
import { Composer } from 'assistants-react';
import 'assistants-react/styles.css';
import { afterEach, expect, it } from 'vitest';

afterEach(() => document.documentElement.removeAttribute('style'));

/** Returns the colors of a send button and of a field, in a page with these variables. */
function getColors(variables: Record<string, string>, theme = 'light') {
  document.documentElement.style.colorScheme = theme;
  for (const [name, value] of Object.entries(variables))
    document.documentElement.style.setProperty(name, value);
  const { container, unmount } = render(<Composer onSend={() => true} value="Hello" />);
  const get = (part: string) => getComputedStyle(container.querySelector(part) ?? container);
  const button = get('[data-action="send"]');
  const field = get('[data-part="composer-field"]');
  const colors = {
    accent: button.backgroundColor,
    onAccent: button.color,
    raised: field.backgroundColor,
  };
  unmount();
  return colors;
}

it.each([
  ['shadcn for Tailwind 3', { '--primary': '222.2 47.4% 11.2%', '--popover': '0 0% 100%' }],
  ['other meanings', { '--primary': '0.6', '--popover': '1px solid #ccc', '--border': 'thin' }],
  ['broken values', { '--primary': '', '--popover': 'url(x)' }],
])('ignores variables of the app that are not colors: %s', (_, variables) => {
  for (const theme of ['light', 'dark']) {
    const { accent, onAccent, raised } = getColors({}, theme);
    document.documentElement.removeAttribute('style');
    expect(getColors(variables, theme)).toMatchObject({ accent, onAccent, raised });
    document.documentElement.removeAttribute('style');
    expect(accent).not.toBe('rgba(0, 0, 0, 0)');
  }
  expect(getColors({}, 'light').accent).not.toBe(getColors({}, 'dark').accent);
});

it('has the background of an empty page in both themes', () => {
  for (const theme of ['light', 'dark']) {
    document.documentElement.style.colorScheme = theme;
    const { container } = render(
      <>
        <i style={{ background: 'var(--assistants-background)' }} />
        <i style={{ background: 'Canvas' }} />
      </>,
    );
    const [own, page] = [...container.children].map(
      (element) => getComputedStyle(element).backgroundColor,
    );
    expect(own).toBe(page);
  }
});

it('uses the colors of the app, and those that it sets for the package before them', () => {
  expect(getColors({ '--primary': 'rgb(1, 2, 3)' }).accent).toBe('rgb(1, 2, 3)');
  expect(
    getColors({ '--primary': 'rgb(1, 2, 3)', '--assistants-accent': 'rgb(4, 5, 6)' }).accent,
  ).toBe('rgb(4, 5, 6)');
});
