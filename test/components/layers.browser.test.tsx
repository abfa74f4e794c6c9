import { render } from '@testing-library/react';
import { Button } from 'assistants-react';
import 'assistants-react/styles.css';
import { afterEach, expect, it } from 'vitest';

/** The parts of Tailwind 4 that conflict with component styles: its reset and its utilities. */
const TAILWIND = `
  @layer theme, base, components, utilities;
  @layer base {
    *, ::after, ::before { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; }
    button { font: inherit; color: inherit; background-color: transparent; border-radius: 0; }
  }
  @layer utilities { .p-8 { padding: 32px; } }
`;

const style = document.createElement('style');
style.textContent = TAILWIND;

afterEach(() => style.remove());

it.each<[string, () => void]>([
  ['before', () => document.head.prepend(style)],
  ['after', () => document.head.append(style)],
])('keeps its styles with Tailwind 4 loaded %s it, and utilities override them', (_, load) => {
  load();
  const { container } = render(
    <>
      <Button variant="primary">Plain</Button>
      <Button className="p-8">Utility</Button>
    </>,
  );
  const [plain, utility] = [...container.querySelectorAll('button')].map((button) =>
    getComputedStyle(button),
  );
  expect(plain?.paddingInlineStart).toBe('12px');
  expect(plain?.borderTopLeftRadius).toBe('10px');
  expect(plain?.backgroundColor).not.toBe('rgba(0, 0, 0, 0)');
  expect(utility?.paddingTop).toBe('32px');
});
