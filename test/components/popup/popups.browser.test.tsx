import { MenuButton } from 'assistants-react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addStyles, append, cleanUpLater, places } from './places.js';

/** Renders a menu and a button after it. */
function renderMenu(place: HTMLElement) {
  const container = place.appendChild(document.createElement('div'));
  const onSelect = vi.fn<() => void>();
  const reactRoot = createRoot(document.createElement('div'));
  cleanUpLater(() => reactRoot.unmount());
  reactRoot.render(
    <StrictMode>
      {createPortal(
        <>
          <MenuButton
            aria-label="More"
            items={['Rename', 'Delete'].map((label) => ({ label, onSelect }))}
          />
          <button type="button" id="after">
            After
          </button>
        </>,
        container,
      )}
    </StrictMode>,
  );
  const find = (selector: string) => container.querySelector<HTMLElement>(selector);
  const waitFor = async (selector: string) => {
    await expect.poll(() => find(selector)).not.toBeNull();
    const element = find(selector);
    if (!element) throw new Error(`${selector} has gone.`);
    return element;
  };
  const getRoot = () => container.getRootNode() as Document | ShadowRoot;
  const findFocused = async (text: string) => {
    await expect.poll(() => getRoot().activeElement?.textContent).toBe(text);
  };
  const open = async () => {
    const button = await waitFor('[aria-label="More"]');
    await userEvent.click(button);
    await findFocused('Rename');
    return { button, menu: await waitFor('[role="menu"]') };
  };
  return { find, waitFor, getRoot, findFocused, open, onSelect };
}

describe.each(Object.entries(places))('the menu in %s', (_, createPlace) => {
  it('lies above the page beside its button, and has keys and focus', async () => {
    const { find, waitFor, getRoot, findFocused, open, onSelect } = renderMenu(createPlace());
    const { button, menu } = await open();
    const entry = (await waitFor('[role="menuitem"]')).getBoundingClientRect();
    const hit = () => getRoot().elementFromPoint(entry.x + entry.width / 2, entry.y + 5);
    expect(menu.contains(hit())).toBe(true);
    const getGap = () => menu.getBoundingClientRect().top - button.getBoundingClientRect().bottom;
    // The menu moves by four pixels when it appears.
    await expect.poll(getGap).toBe(4);

    await userEvent.keyboard('{ArrowDown}');
    await findFocused('Delete');
    await userEvent.keyboard('{Enter}');
    expect(onSelect).toHaveBeenCalledOnce();
    expect(find('[role="menu"]')).toBeNull();
    expect(getRoot().activeElement).toBe(button);

    await open();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => find('[role="menu"]')).toBeNull();
    expect(getRoot().activeElement).toBe(button);
    expect(button.isConnected).toBe(true);

    await open();
    await userEvent.click(button);
    await expect.poll(() => find('[role="menu"]')).toBeNull();

    await open();
    await userEvent.keyboard('{Tab}');
    await expect.poll(() => find('[role="menu"]')).toBeNull();
    expect(getRoot().activeElement).toBe(find('#after'));
  });
});

it('keeps a modal dialog open that contains a menu closed with Escape', async () => {
  const dialog = append('dialog');
  addStyles(dialog);
  dialog.showModal();
  const { find, open } = renderMenu(dialog);
  await open();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => find('[role="menu"]')).toBeNull();
  expect(dialog.open).toBe(true);
});

it('aligns a menu with the start of its button in a page from right to left', async () => {
  const createPlace = places['a page from right to left'];
  if (!createPlace) throw new Error('The place is missing.');
  const { open } = renderMenu(createPlace());
  const { button, menu } = await open();
  const [around, below] = [button.getBoundingClientRect(), menu.getBoundingClientRect()];
  expect(Math.abs(around.left - below.left)).toBeLessThan(2);
});

it('shifts nothing when it opens', async () => {
  const row = append('div');
  addStyles(row);
  row.style.cssText = 'display: flex; gap: 20px; inline-size: 400px';
  const { waitFor, open } = renderMenu(row);
  const container = (await waitFor('#after')).parentElement;
  if (container) container.style.cssText = 'display: grid; gap: 20px';
  const before = (await waitFor('#after')).getBoundingClientRect();
  await open();
  expect((await waitFor('#after')).getBoundingClientRect()).toEqual(before);
});
