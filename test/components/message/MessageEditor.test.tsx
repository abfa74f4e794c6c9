import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Message, MessageEditor, type FeedbackValue } from 'assistants-react';
import { expect, test, vi } from 'vitest';
import { message } from '../../../stories/fixtures.js';
import { noop } from '../noop.js';

const field = () => screen.getByRole('textbox', { name: 'Edit message' });

test('focuses the field, and Enter saves the edited text', async () => {
  const onSave = vi.fn<(text: string) => void>();
  render(<MessageEditor text="Hello" onSave={onSave} onCancel={() => undefined} />);
  expect(field()).toHaveFocus();
  await userEvent.keyboard(' you{Shift>}{Enter}{/Shift}there{Enter}');
  expect(onSave.mock.calls).toEqual([['Hello you\nthere']]);
});

test('Escape cancels', async () => {
  const onCancel = vi.fn<() => void>();
  const onSave = vi.fn<(text: string) => void>();
  render(<MessageEditor text="Hello" onSave={onSave} onCancel={onCancel} />);
  await userEvent.keyboard('x{Escape}');
  expect(onCancel).toHaveBeenCalledOnce();
  expect(onSave).not.toHaveBeenCalled();
});

test('Escape is not left to a dialog of the app', () => {
  render(<MessageEditor text="Hello" onSave={noop} onCancel={noop} />);
  expect(fireEvent.keyDown(field(), { key: 'Escape' })).toBe(false);
});

test('an Enter that ends a composition does not save', () => {
  const onSave = vi.fn<(text: string) => void>();
  render(<MessageEditor text="にほん" onSave={onSave} onCancel={() => undefined} />);
  fireEvent.compositionStart(field());
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  fireEvent.compositionEnd(field());
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
  expect(onSave).not.toHaveBeenCalled();
});

test('does not save blank text, and does not save while saving', async () => {
  const onSave = vi.fn<(text: string) => void>();
  const view = render(<MessageEditor text="Hello" onSave={onSave} onCancel={() => undefined} />);
  await userEvent.clear(field());
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  await userEvent.keyboard('{Enter}');
  view.rerender(<MessageEditor text="Hello" onSave={onSave} onCancel={() => undefined} isSaving />);
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onSave).not.toHaveBeenCalled();
});

test('the user can rate an answer, change the rating and withdraw it', async () => {
  const onFeedback = vi.fn<(feedback: FeedbackValue) => void>();
  render(
    <Message.Actions message={message()}>
      <Message.Feedback onFeedback={onFeedback} />
    </Message.Actions>,
  );
  const [good, bad] = [
    screen.getByRole('button', { name: 'Good answer' }),
    screen.getByRole('button', { name: 'Bad answer' }),
  ];
  await userEvent.click(good);
  expect(good).toHaveAttribute('aria-pressed', 'true');
  await userEvent.click(bad);
  expect(good).toHaveAttribute('aria-pressed', 'false');
  await userEvent.click(bad);
  expect(onFeedback.mock.calls).toEqual([['good'], ['bad'], [undefined]]);
});
