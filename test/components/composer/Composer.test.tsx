import { Composer } from 'assistants-react';
import { act, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState, type ReactElement } from 'react';
import { expect, test } from 'vitest';
import { noop } from '../noop.js';

const field = (): HTMLTextAreaElement =>
  screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

function sent(): { texts: string[]; onSend: (text: string) => void } {
  const texts: string[] = [];
  return { texts, onSend: (text) => void texts.push(text) };
}

test('Enter sends and clears, Shift with Enter breaks the line', async () => {
  const { texts, onSend } = sent();
  render(<Composer onSend={onSend} />);
  await userEvent.type(field(), 'one{Shift>}{Enter}{/Shift}two{Enter}');
  expect(texts).toEqual(['one\ntwo']);
  expect(field()).toHaveValue('');
  expect(field()).toHaveFocus();
});

test('an empty field runs as the page does, and one with text as its text', async () => {
  render(<Composer onSend={noop} />);
  // 'auto' is from left to right while there is no text.
  expect(field()).not.toHaveAttribute('dir');
  await userEvent.type(field(), 'أهلا');
  expect(field()).toHaveAttribute('dir', 'auto');
});

test('the button sends and gives the focus back', async () => {
  const { texts, onSend } = sent();
  render(<Composer onSend={onSend} />);
  await userEvent.type(field(), 'hi');
  await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
  expect(texts).toEqual(['hi']);
  expect(field()).toHaveFocus();
});

test('blank text is not sent, unless there are attachments', async () => {
  const { texts, onSend } = sent();
  const view = render(<Composer onSend={onSend} />);
  await userEvent.type(field(), '  {Enter}');
  expect(texts).toEqual([]);
  view.rerender(<Composer onSend={onSend} hasAttachments />);
  await userEvent.type(field(), '{Enter}');
  expect(texts).toEqual(['  ']);
});

test('ten Enters in one frame send once', () => {
  const { texts, onSend } = sent();
  render(<Composer onSend={onSend} defaultValue="hi" />);
  act(() => {
    for (let count = 0; count < 10; count += 1) fireEvent.keyDown(field(), { key: 'Enter' });
  });
  expect(texts).toEqual(['hi']);
});

test('an Enter that belongs to an input method does not send', () => {
  const { texts, onSend } = sent();
  render(<Composer onSend={onSend} defaultValue="日本" />);
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
  expect(texts).toEqual([]);
});

test('the Enter that ends a composition does not send, the next one does', async () => {
  const { texts, onSend } = sent();
  render(<Composer onSend={onSend} defaultValue="日本" />);
  fireEvent.compositionStart(field());
  fireEvent.compositionEnd(field());
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(texts).toEqual([]);
  await act(async () => new Promise((resolve) => void setTimeout(resolve, 0)));
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(texts).toEqual(['日本']);
});

test('a refused text stays', async () => {
  render(<Composer onSend={() => false} />);
  await userEvent.type(field(), 'keep me{Enter}');
  expect(field()).toHaveValue('keep me');
});

test('a text whose sending fails comes back, before what was written meanwhile', async () => {
  let fail: (reason: Error) => void = noop;
  render(<Composer onSend={() => new Promise((_, reject) => (fail = reject))} />);
  await userEvent.type(field(), 'first{Enter}');
  expect(field()).toHaveValue('');
  await userEvent.type(field(), 'second');
  await act(async () => fail(new Error('offline')));
  expect(field()).toHaveValue('first\nsecond');
  expect(screen.getByText(/not sent.*still here/)).toBeInTheDocument();
});

test('a text whose sending resolves to false comes back', async () => {
  render(<Composer onSend={() => Promise.resolve(false)} />);
  await userEvent.type(field(), 'hello{Enter}');
  expect(field()).toHaveValue('hello');
});

test('its owner may keep the text', async () => {
  function Owner(): ReactElement {
    const [value, setValue] = useState('abc');
    return (
      <Composer
        value={value}
        onValueChange={(next) => setValue(next.toUpperCase())}
        onSend={noop}
      />
    );
  }
  render(<Owner />);
  await userEvent.type(field(), 'd');
  expect(field()).toHaveValue('ABCD');
  await userEvent.type(field(), '{Enter}');
  expect(field()).toHaveValue('');
});

test('a text over the limit is said and not sent; the limit counts characters, not units', async () => {
  const { texts, onSend } = sent();
  render(<Composer onSend={onSend} maxLength={3} defaultValue="😀😀😀" />);
  expect(field()).toBeValid();
  await userEvent.type(field(), 'x{Enter}');
  expect(texts).toEqual([]);
  expect(field()).toBeInvalid();
  expect(field()).toHaveAccessibleDescription(
    '1 character over the limit of 3. Shorten the text to send it.',
  );
});

test('while an answer runs it can be stopped, and writing goes on', async () => {
  let stops = 0;
  render(<Composer onSend={noop} isRunning onStop={() => (stops += 1)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Stop answer' }));
  expect(stops).toBe(1);
  expect(field()).toHaveFocus();
  expect(field()).toBeEnabled();
});

test('while an answer runs the send button comes back with something to send', async () => {
  render(<Composer onSend={noop} isRunning onStop={noop} />);
  expect(screen.queryByRole('button', { name: 'Send message' })).toBeNull();
  await userEvent.type(field(), 'next');
  expect(screen.getByRole('button', { name: 'Send message' })).toBeEnabled();
});

test('files are picked, pasted and dropped', async () => {
  const names: string[] = [];
  const file = new File(['x'], 'a.txt');
  render(
    <Composer onSend={noop} onAttach={(files) => names.push(...files.map(({ name }) => name))} />,
  );
  await userEvent.upload(screen.getByLabelText('Attach files', { selector: 'input' }), file);
  await userEvent.click(field());
  fireEvent.paste(field(), { clipboardData: { files: [file], types: ['Files'] } });
  const drop = createEvent.drop(field(), { dataTransfer: { files: [file], types: ['Files'] } });
  fireEvent(field(), drop);
  expect(names).toEqual(['a.txt', 'a.txt', 'a.txt']);
  expect(drop.defaultPrevented).toBe(true);
});

test('pasted text is pasted', async () => {
  render(<Composer onSend={noop} onAttach={noop} />);
  await userEvent.click(field());
  await userEvent.paste('words');
  expect(field()).toHaveValue('words');
});
