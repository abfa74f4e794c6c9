import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MessageActions, MessageEditor } from 'assistants-react';
import { expect, test, vi } from 'vitest';
import { message } from '../../../stories/fixtures.js';

const field = () => screen.getByRole('textbox', { name: 'Change message' });

test('takes the focus, and Enter sends what was changed', async () => {
  const onSave = vi.fn<(text: string) => void>();
  render(<MessageEditor text="Hello" onSave={onSave} onCancel={() => undefined} />);
  expect(field()).toHaveFocus();
  await userEvent.keyboard(' you{Shift>}{Enter}{/Shift}there{Enter}');
  expect(onSave.mock.calls).toEqual([['Hello you\nthere']]);
});

test('Escape leaves the message as it was', async () => {
  const onCancel = vi.fn<() => void>();
  const onSave = vi.fn<(text: string) => void>();
  render(<MessageEditor text="Hello" onSave={onSave} onCancel={onCancel} />);
  await userEvent.keyboard('x{Escape}');
  expect(onCancel).toHaveBeenCalledOnce();
  expect(onSave).not.toHaveBeenCalled();
});

test('an Enter that ends a composition does not send', () => {
  const onSave = vi.fn<(text: string) => void>();
  render(<MessageEditor text="にほん" onSave={onSave} onCancel={() => undefined} />);
  fireEvent.compositionStart(field());
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  fireEvent.compositionEnd(field());
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
  expect(onSave).not.toHaveBeenCalled();
});

test('sends neither nothing nor twice', async () => {
  const onSave = vi.fn<(text: string) => void>();
  const view = render(<MessageEditor text="Hello" onSave={onSave} onCancel={() => undefined} />);
  await userEvent.clear(field());
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  await userEvent.keyboard('{Enter}');
  view.rerender(<MessageEditor text="Hello" onSave={onSave} onCancel={() => undefined} isSaving />);
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onSave).not.toHaveBeenCalled();
});

test('an answer is judged, judged otherwise, and the judgement taken back', async () => {
  const given: unknown[] = [];
  render(<MessageActions message={message()} onFeedback={(feedback) => given.push(feedback)} />);
  const [good, bad] = [
    screen.getByRole('button', { name: 'Good answer' }),
    screen.getByRole('button', { name: 'Bad answer' }),
  ];
  await userEvent.click(good);
  expect(good).toHaveAttribute('aria-pressed', 'true');
  await userEvent.click(bad);
  expect(good).toHaveAttribute('aria-pressed', 'false');
  await userEvent.click(bad);
  expect(given).toEqual(['good', 'bad', undefined]);
});
