import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MenuButton } from 'assistants-react';
import { expect, it, vi } from 'vitest';

function setUp() {
  const onSelect = vi.fn<(label: string) => void>();
  const labels = ['Rename', 'Émile', 'Export', 'Delete'];
  const onKeyDown = vi.fn<() => void>();
  render(
    // Stands for a page with shortcuts of its own.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKeyDown}>
      <MenuButton
        aria-label="More"
        items={labels.map((label) => ({ label, onSelect: () => onSelect(label) }))}
      />
      <button type="button">After</button>
    </div>,
  );
  const button = screen.getByRole('button', { name: 'More' });
  const getFocused = () => document.activeElement?.textContent;
  return { button, getFocused, onSelect, onKeyDown, user: userEvent.setup({ delay: null }) };
}

it('opens with the focus on the first entry, and returns the focus when an entry is chosen', async () => {
  const { button, getFocused, onSelect, user } = setUp();
  expect(button).toHaveAttribute('aria-expanded', 'false');
  await user.tab();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('menu', { name: 'More' })).toBeVisible();
  expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(button).toHaveAttribute('aria-controls', screen.getByRole('menu').id);
  expect(getFocused()).toBe('Rename');

  await user.keyboard('{ArrowDown}{Enter}');

  expect(onSelect).toHaveBeenCalledExactlyOnceWith('Émile');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(button).toHaveFocus();
});

it('opens with the arrow keys at either end', async () => {
  const { getFocused, user } = setUp();
  await user.tab();
  await user.keyboard('{ArrowUp}');
  expect(getFocused()).toBe('Delete');
  await user.keyboard('{Escape}{ArrowDown}');
  expect(getFocused()).toBe('Rename');
});

it('moves the focus with the arrow keys around the ends, Home and End', async () => {
  const { getFocused, onKeyDown, user } = setUp();
  await user.click(screen.getByRole('button', { name: 'More' }));
  onKeyDown.mockClear();
  const focused: (string | null | undefined)[] = [];
  for (const key of ['ArrowUp', 'ArrowDown', 'End', 'Home', 'ArrowDown']) {
    await user.keyboard(`{${key}}`);
    focused.push(getFocused());
  }
  expect(focused).toEqual(['Delete', 'Rename', 'Delete', 'Rename', 'Émile']);
  expect(onKeyDown).not.toHaveBeenCalled();
});

it('finds entries by their first letters, and steps through them with the same letter', async () => {
  const { getFocused } = setUp();
  fireEvent.click(screen.getByRole('button', { name: 'More' }));
  const type = (key: string, timeStamp: number) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true });
    Object.defineProperty(event, 'timeStamp', { value: timeStamp });
    fireEvent(document.activeElement ?? document.body, event);
    return getFocused();
  };
  expect(type('e', 1_000)).toBe('Émile');
  expect(type('e', 1_100)).toBe('Export');
  expect(type('e', 5_000)).toBe('Émile');
  expect(type('x', 5_100)).toBe('Export');
  expect(type('d', 9_000)).toBe('Delete');
  expect(type('q', 12_000)).toBe('Delete');
});

it('closes without choosing when the user presses Tab, clicks elsewhere or clicks the button', async () => {
  const { button, onSelect, user } = setUp();
  await user.click(button);
  await user.tab();
  expect(screen.getByRole('button', { name: 'After' })).toHaveFocus();
  expect(screen.queryByRole('menu')).toBeNull();

  await user.click(button);
  await user.click(document.body);
  expect(screen.queryByRole('menu')).toBeNull();

  await user.click(button);
  await user.click(button);
  expect(screen.queryByRole('menu')).toBeNull();
  expect(onSelect).not.toHaveBeenCalled();
});
