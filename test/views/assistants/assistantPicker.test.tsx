import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantPicker, type Assistant } from 'assistants-react';
import { expect, it, vi } from 'vitest';
import { createErrorResponse, createTestHarness } from '../createTestHarness.js';

/** Renders a picker over assistants, the last one newest. */
async function setUp(names: readonly string[], chosen?: string) {
  const harness = createTestHarness();
  let assistantId: string | undefined;
  for (const name of names) {
    const description = `Works as ${name.toLowerCase()}`;
    const { id } = await harness.otherClient.createAssistant({
      body: { model: 'scripted', name, description },
    });
    if (name === chosen) assistantId = id;
  }
  const onSelect = vi.fn<(assistant: Assistant) => void>();
  const open = async (label: string | RegExp = /assistant/i) => {
    const button = await screen.findByRole('button', { name: label });
    await userEvent.click(button);
    await screen.findByRole('combobox', { name: 'Search assistants' });
    return button;
  };
  const renderPicker = () =>
    harness.render(<AssistantPicker assistantId={assistantId} onSelect={onSelect} />);
  return { harness, onSelect, open, renderPicker };
}

const getOptions = () =>
  screen
    .queryAllByRole('option')
    .map((option) => option.querySelector('[data-part="assistant-option-name"]')?.textContent);

const manyNames = (first: string) => [
  first,
  ...Array.from({ length: 30 }, (_, index) => `Helper ${index}`),
];

it('shows the chosen assistant, lists all, and reports the one that the user chooses', async () => {
  const { onSelect, open, renderPicker } = await setUp(['Cook', 'Gardener'], 'Cook');
  renderPicker();
  const button = await open('Assistant: Cook');
  expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(getOptions()).toEqual(['Gardener', 'Cook']);
  expect(screen.getByRole('option', { name: /^Cook/ })).toHaveAttribute('aria-selected', 'true');

  await userEvent.click(screen.getByRole('option', { name: /^Gardener/ }));

  expect(onSelect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Gardener' }));
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(button).toHaveFocus();
});

it('finds assistants by words of name, description and model, and chooses with the keyboard', async () => {
  const { onSelect, open, renderPicker } = await setUp(['Café owner', 'Gardener', 'Cook']);
  renderPicker();
  await open('Choose an assistant');
  const field = screen.getByRole('combobox');
  await userEvent.type(field, 'SCRIPTED works');
  expect(getOptions()).toEqual(['Cook', 'Gardener', 'Café owner']);
  await userEvent.clear(field);
  await userEvent.type(field, 'owner cafe');
  await waitFor(() => expect(getOptions()).toEqual(['Café owner']));
  await userEvent.keyboard('{Enter}');
  expect(onSelect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Café owner' }));
});

it('closes with Escape and returns the focus', async () => {
  const { onSelect, open, renderPicker } = await setUp(['Cook']);
  renderPicker();
  const button = await open();
  await userEvent.type(screen.getByRole('combobox'), 'c{Escape}');
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(button).toHaveFocus();
  expect(onSelect).not.toHaveBeenCalled();
});

it('finds an assistant in a page that is not loaded yet', async () => {
  const { harness, open, renderPicker } = await setUp(manyNames('Librarian'));
  renderPicker();
  await open();
  expect(getOptions()).not.toContain('Librarian');
  await userEvent.type(screen.getByRole('combobox'), 'librarian');
  await waitFor(() => expect(getOptions()).toEqual(['Librarian']));
  await userEvent.clear(screen.getByRole('combobox'));
  await userEvent.type(screen.getByRole('combobox'), 'unknown');
  expect(await screen.findByText('No assistant matches this.')).toBeVisible();
  const pages = harness.requests.filter((request) => request.includes('/assistants'));
  expect(pages).toHaveLength(2);
});

it('loads the next page with a button', async () => {
  const { open, renderPicker } = await setUp(manyNames('Librarian'));
  renderPicker();
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(getOptions()).toContain('Librarian'));
});

it('shows a chosen assistant that is in no loaded page', async () => {
  const { renderPicker } = await setUp(manyNames('Librarian'), 'Librarian');
  renderPicker();
  expect(await screen.findByRole('button', { name: 'Assistant: Librarian' })).toBeVisible();
});

it('says that there are no assistants', async () => {
  const { open, renderPicker } = await setUp([]);
  renderPicker();
  await open('Choose an assistant');
  expect(await screen.findByText('No assistants yet.')).toBeVisible();
});

it('explains why the list cannot be loaded, and tries again', async () => {
  const { harness, open, renderPicker } = await setUp(['Cook']);
  harness.intercept(async () => createErrorResponse(500, 'Broken.'));
  renderPicker();
  await open('Choose an assistant');
  const retry = await screen.findByRole('button', { name: 'Try again' });
  harness.intercept();
  await userEvent.click(retry);
  await waitFor(() => expect(getOptions()).toEqual(['Cook']));
});
