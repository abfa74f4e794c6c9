import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MenuButton } from 'assistants-react';
import { expect, it, vi } from 'vitest';

function setUp() {
  const onSelect = vi.fn<(label: string) => void>();
  const labels = ['Rename', 'Pin', 'Export', 'Delete'];
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
  const user = userEvent.setup({ delay: null });
  const findFocused = (label: string) =>
    waitFor(() => expect(screen.getByRole('menuitem', { name: label })).toHaveFocus());
  return { button, findFocused, onSelect, onKeyDown, user };
}

// The first test of the file: later ones find the code of the menu loaded.
it('opens once its code is loaded, unless the user has moved on', async () => {
  const { button, findFocused, user } = setUp();
  expect(button).toHaveAttribute('aria-haspopup', 'menu');
  act(() => button.focus());
  fireEvent.click(button);
  expect(button).toHaveAttribute('aria-expanded', 'false');
  expect(screen.queryByRole('menu')).toBeNull();
  act(() => screen.getByRole('button', { name: 'After' }).focus());
  await act(() => import('../../../src/components/menu/MenuButton.lazy.js'));
  expect(screen.queryByRole('menu')).toBeNull();
  expect(screen.getByRole('button', { name: 'After' })).toHaveFocus();

  await user.click(button);
  await findFocused('Rename');
  expect(button).toBeInTheDocument();
});

it('opens with the focus on the first entry, and returns the focus before an entry acts', async () => {
  const { button, findFocused, onSelect, user } = setUp();
  let focused: Element | null = null;
  onSelect.mockImplementation(() => {
    focused = document.activeElement;
  });
  expect(button).toHaveAttribute('aria-expanded', 'false');
  await user.tab();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('menu', { name: 'More' })).toBeVisible();
  expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(button).toHaveAttribute('aria-controls', screen.getByRole('menu').id);
  await findFocused('Rename');

  await user.keyboard('{ArrowDown}');
  await findFocused('Pin');
  await user.keyboard('{Enter}');

  expect(onSelect).toHaveBeenCalledExactlyOnceWith('Pin');
  expect(focused).toBe(button);
  expect(screen.queryByRole('menu')).toBeNull();
  expect(button).toHaveFocus();
});

it('opens with the arrow keys at either end', async () => {
  const { button, findFocused, user } = setUp();
  await user.tab();
  await user.keyboard('{ArrowUp}');
  await findFocused('Delete');
  await user.keyboard('{Escape}');
  expect(button).toHaveFocus();
  await user.keyboard('{ArrowDown}');
  await findFocused('Rename');
});

it('moves the focus with the arrow keys around the ends, Home, End and letters', async () => {
  const { findFocused, onKeyDown, user } = setUp();
  await user.click(screen.getByRole('button', { name: 'More' }));
  await findFocused('Rename');
  onKeyDown.mockClear();
  for (const [key, label] of [
    ['{ArrowUp}', 'Delete'],
    ['{ArrowDown}', 'Rename'],
    ['{End}', 'Delete'],
    ['{Home}', 'Rename'],
    ['e', 'Export'],
  ] as const) {
    await user.keyboard(key);
    await findFocused(label);
  }
  expect(onKeyDown).not.toHaveBeenCalled();
});

it('closes without choosing when the user clicks elsewhere or clicks the button', async () => {
  const { button, findFocused, onSelect, user } = setUp();
  await user.click(button);
  await findFocused('Rename');
  await user.click(document.body);
  expect(screen.queryByRole('menu')).toBeNull();

  await user.click(button);
  await findFocused('Rename');
  await user.click(button);
  expect(screen.queryByRole('menu')).toBeNull();
  expect(onSelect).not.toHaveBeenCalled();
});
