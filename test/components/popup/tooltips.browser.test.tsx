import { IconButton, MenuButton } from 'assistants-react';
import { StrictMode, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addStyles, append, cleanUp, cleanUpLater, places } from './places.js';

afterEach(async () => {
  // The pointer stays where it is, and would hover the buttons of the next test.
  cleanUp();
  const corner = append('div');
  corner.style.cssText = 'position: fixed; inset: auto 0 0 auto; inline-size: 9px; block-size: 9px';
  await userEvent.hover(corner);
});

/** Renders buttons in a place of a page. */
function renderButtons(place: HTMLElement, buttons: ReactElement) {
  const container = place.appendChild(document.createElement('div'));
  container.style.cssText = 'padding: 40px 0 0 20px';
  const reactRoot = createRoot(document.createElement('div'));
  cleanUpLater(() => reactRoot.unmount());
  const render = (content: ReactElement | null) =>
    reactRoot.render(<StrictMode>{createPortal(content, container)}</StrictMode>);
  render(buttons);
  const find = (selector: string) => container.querySelector<HTMLElement>(selector);
  const get = async (selector: string) => {
    await expect.poll(() => find(selector)).not.toBeNull();
    const element = find(selector);
    if (!element) throw new Error(`${selector} has gone.`);
    return element;
  };
  const findTooltip = () => find('[data-part="tooltip"]');
  return {
    container,
    render,
    get,
    findTooltip,
    getTooltip: () => get('[data-part="tooltip"]'),
    hover: async (selector: string) => userEvent.hover(await get(selector)),
  };
}

/** Renders two buttons in a box of their own. */
function renderTwo() {
  const box = append('div');
  addStyles(box);
  return renderButtons(
    box,
    <>
      <IconButton label="Edit" />
      <IconButton label="Delete cook" tooltip="Delete" />
    </>,
  );
}

/** Moves a mouse as its events do, because the test cannot move that of another page. */
function move(element: HTMLElement, type: 'pointerover' | 'pointerout') {
  element.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'mouse' }));
}

describe.each(Object.entries(places))('the tooltip in %s', (_, createPlace) => {
  it('lies above the page beside its button, and changes nothing of it', async () => {
    const { get, findTooltip, getTooltip } = renderButtons(
      createPlace(),
      <IconButton label="Delete cook" tooltip="Delete" />,
    );
    const button = await get('button');
    const before = button.getBoundingClientRect();
    move(button, 'pointerover');
    const tooltip = await getTooltip();
    expect(tooltip.textContent).toBe('Delete');
    // Assistive technology reads the name of the button only.
    expect(tooltip.closest('[aria-hidden]')).not.toBeNull();
    expect(button.getAttribute('aria-label')).toBe('Delete cook');
    expect(button.hasAttribute('aria-describedby')).toBe(false);
    expect(button.hasAttribute('title')).toBe(false);
    expect(button.getBoundingClientRect()).toEqual(before);
    const { bottom, x, width } = tooltip.getBoundingClientRect();
    const root = button.getRootNode() as Document | ShadowRoot;
    expect(tooltip.contains(root.elementFromPoint(x + width / 2, bottom - 4))).toBe(true);

    move(button, 'pointerout');
    await expect.poll(findTooltip).toBeNull();
    expect(root.querySelectorAll('[data-part="popup-host"]')).toHaveLength(0);
  });
});

it('appears for the keyboard at once, and Escape hides it', async () => {
  const dialog = append('dialog');
  addStyles(dialog);
  dialog.showModal();
  const { get, findTooltip, getTooltip } = renderButtons(
    dialog,
    <>
      <IconButton label="Edit" />
      <IconButton label="Delete" />
    </>,
  );
  const edit = await get('[aria-label="Edit"]');
  await userEvent.tab();
  expect(document.activeElement).toBe(edit);
  expect((await getTooltip()).textContent).toBe('Edit');
  await userEvent.keyboard('{Escape}');
  await expect.poll(findTooltip).toBeNull();
  // Escape has closed the tooltip alone, and the focus is where it was.
  expect(dialog.open).toBe(true);
  expect(document.activeElement).toBe(edit);
  expect(findTooltip()).toBeNull();

  await userEvent.tab();
  await expect.poll(() => findTooltip()?.textContent).toBe('Delete');
  await userEvent.tab();
  await expect.poll(findTooltip).toBeNull();
});

it('stays while the pointer is over it', async () => {
  const { get, findTooltip, getTooltip, hover } = renderTwo();
  await hover('[aria-label="Edit"]');
  const tooltip = await getTooltip();
  await userEvent.hover(tooltip);
  expect(findTooltip()).toBe(tooltip);
  await userEvent.unhover(await get('[data-part="tooltip"]'));
  await expect.poll(findTooltip).toBeNull();
});

it('gives way to the tooltip of the next button', async () => {
  const { container, findTooltip, getTooltip, hover } = renderTwo();
  await hover('[aria-label="Edit"]');
  await getTooltip();
  await hover('[aria-label="Delete cook"]');
  await expect.poll(() => findTooltip()?.textContent).toBe('Delete');
  expect(container.querySelectorAll('[data-part="tooltip"]')).toHaveLength(1);
});

it('of a focused button gives way to that of a hovered one', async () => {
  const { container, get, findTooltip, getTooltip, hover } = renderTwo();
  await get('[aria-label="Edit"]');
  await userEvent.tab();
  expect((await getTooltip()).textContent).toBe('Edit');
  await hover('[aria-label="Delete cook"]');
  await expect.poll(() => findTooltip()?.textContent).toBe('Delete');
  expect(container.querySelectorAll('[data-part="tooltip"]')).toHaveLength(1);
});

it('is hidden while its button is scrolled out of view', async () => {
  const scroller = append('div');
  addStyles(scroller);
  scroller.style.cssText = 'overflow: auto; block-size: 150px; inline-size: 150px';
  const { container, get, getTooltip } = renderButtons(scroller, <IconButton label="Edit" />);
  container.style.paddingBlockEnd = '300px';
  const button = await get('button');
  await userEvent.tab();
  const tooltip = await getTooltip();
  const isVisible = () => tooltip.checkVisibility({ visibilityProperty: true });
  await expect.poll(isVisible).toBe(true);
  scroller.scrollTop = 200;
  await expect.poll(isVisible).toBe(false);
  expect(document.activeElement).toBe(button);
  scroller.scrollTop = 0;
  await expect.poll(isVisible).toBe(true);
});

it('disappears with its button', async () => {
  const { container, render, findTooltip, getTooltip, hover } = renderTwo();
  await hover('[aria-label="Edit"]');
  await getTooltip();
  render(null);
  await expect.poll(findTooltip).toBeNull();
  expect(container.childNodes).toHaveLength(0);
});

it('does not appear for a finger', async () => {
  const { get, findTooltip, getTooltip, hover } = renderTwo();
  await hover('[aria-label="Edit"]');
  await getTooltip();
  await userEvent.keyboard('{Escape}');
  const other = await get('[aria-label="Delete cook"]');
  for (const button of [other, await get('[aria-label="Edit"]')]) {
    const options = { pointerType: 'touch', bubbles: true };
    button.dispatchEvent(new PointerEvent('pointerover', options));
    button.dispatchEvent(new PointerEvent('pointerenter', options));
  }
  expect(findTooltip()).toBeNull();
});

it('keeps presses on it from what contains the button, and leaves the focus where it is', async () => {
  const box = append('div');
  addStyles(box);
  const field = append('input');
  field.focus();
  const onClick = vi.fn<() => void>();
  const { getTooltip, hover } = renderButtons(
    box,
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a row of an app
    <div onClick={onClick}>
      <IconButton label="Edit" />
    </div>,
  );
  await hover('button');
  await userEvent.click(await getTooltip());
  expect(onClick).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(field);
});

it('gives way to a menu', async () => {
  const box = append('div');
  addStyles(box);
  const { get, findTooltip, getTooltip, hover } = renderButtons(
    box,
    <MenuButton aria-label="More" items={[{ label: 'Rename', onSelect: () => undefined }]} />,
  );
  await hover('button');
  await getTooltip();
  await userEvent.click(await get('button'));
  await get('[role="menu"]');
  expect(findTooltip()).toBeNull();
});
