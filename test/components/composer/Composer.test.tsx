import { Composer, ComposerForm, ComposerStop } from 'assistants-react';
import { act, createEvent, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState, type ReactElement } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import { noop } from '../noop.js';

afterEach(() => void vi.useRealTimers());

const field = (): HTMLTextAreaElement =>
  screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

/** Returns an `onSend` callback, and the texts that it was called with. */
function recordSends(): { texts: string[]; onSend: (text: string) => void } {
  const texts: string[] = [];
  return {
    texts,
    onSend(text) {
      texts.push(text);
    },
  };
}

test('Enter sends and clears the text, Shift+Enter inserts a line break', async () => {
  const { texts, onSend } = recordSends();
  render(<Composer onSend={onSend} />);
  await userEvent.type(field(), 'one{Shift>}{Enter}{/Shift}two{Enter}');
  expect(texts).toEqual(['one\ntwo']);
  expect(field()).toHaveValue('');
  expect(field()).toHaveFocus();
});

test('the field has the direction of the page while it is empty, and that of its text otherwise', async () => {
  render(<Composer onSend={noop} />);
  // 'auto' would be left to right without text.
  expect(field()).not.toHaveAttribute('dir');
  await userEvent.type(field(), 'أهلا');
  expect(field()).toHaveAttribute('dir', 'auto');
});

test('the send button sends and returns the focus to the field', async () => {
  const { texts, onSend } = recordSends();
  render(<Composer onSend={onSend} />);
  await userEvent.type(field(), 'hi');
  await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
  expect(texts).toEqual(['hi']);
  expect(field()).toHaveFocus();
});

test('sends blank text only with attachments', async () => {
  const { texts, onSend } = recordSends();
  const view = render(<Composer onSend={onSend} />);
  await userEvent.type(field(), '  {Enter}');
  expect(texts).toEqual([]);
  view.rerender(<Composer onSend={onSend} hasAttachments />);
  await userEvent.type(field(), '{Enter}');
  expect(texts).toEqual(['  ']);
});

test('sends once if Enter is pressed ten times in one frame', () => {
  const { texts, onSend } = recordSends();
  render(<Composer onSend={onSend} defaultValue="hi" />);
  act(() => {
    for (let count = 0; count < 10; count += 1) fireEvent.keyDown(field(), { key: 'Enter' });
  });
  expect(texts).toEqual(['hi']);
});

test('Enter during composition does not send', () => {
  const { texts, onSend } = recordSends();
  render(<Composer onSend={onSend} defaultValue="日本" />);
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
  expect(texts).toEqual([]);
});

test('the Enter that ends a composition does not send, but the next one does', async () => {
  vi.useFakeTimers();
  const { texts, onSend } = recordSends();
  render(<Composer onSend={onSend} defaultValue="日本" />);
  fireEvent.compositionStart(field());
  fireEvent.compositionEnd(field());
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(texts).toEqual([]);
  act(() => void vi.runAllTimers());
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(texts).toEqual(['日本']);
});

test('keeps a text that onSend rejects with false', async () => {
  render(<Composer onSend={() => false} />);
  await userEvent.type(field(), 'keep me{Enter}');
  expect(field()).toHaveValue('keep me');
});

test('restores a text that could not be sent, above the text that was written since', async () => {
  const response = createDeferred();
  const onSend = async (): Promise<void> => {
    await response.promise;
    throw new Error('offline');
  };
  render(<Composer onSend={onSend} />);
  await userEvent.type(field(), 'first{Enter}');
  expect(field()).toHaveValue('');
  await userEvent.type(field(), 'second');
  await act(async () => response.resolve());
  expect(field()).toHaveValue('first\nsecond');
  expect(screen.getByText(/Not sent.*still here/)).toBeInTheDocument();
});

test('restores a text if onSend resolves to false', async () => {
  render(<Composer onSend={() => Promise.resolve(false)} />);
  await userEvent.type(field(), 'hello{Enter}');
  expect(field()).toHaveValue('hello');
});

test('the text can be controlled', async () => {
  function ControlledComposer(): ReactElement {
    const [value, setValue] = useState('abc');
    return (
      <Composer
        value={value}
        onValueChange={(next) => setValue(next.toUpperCase())}
        onSend={noop}
      />
    );
  }
  render(<ControlledComposer />);
  await userEvent.type(field(), 'd');
  expect(field()).toHaveValue('ABCD');
  await userEvent.type(field(), '{Enter}');
  expect(field()).toHaveValue('');
});

test('shows that a text is over the limit and does not send it; the limit counts code points', async () => {
  const { texts, onSend } = recordSends();
  render(<Composer onSend={onSend} maxLength={3} defaultValue="😀😀😀" />);
  expect(field()).toBeValid();
  await userEvent.type(field(), 'x{Enter}');
  expect(texts).toEqual([]);
  expect(field()).toBeInvalid();
  expect(field()).toHaveAccessibleDescription('1 character over the limit of 3.');
});

test('stops a running answer, while the text can still be edited', async () => {
  const onStop = vi.fn<() => void>();
  render(<Composer onSend={noop} isRunning onStop={onStop} />);
  await userEvent.click(screen.getByRole('button', { name: 'Stop answer' }));
  expect(onStop).toHaveBeenCalledOnce();
  expect(field()).toHaveFocus();
  expect(field()).toBeEnabled();
});

test('shows the send button during an answer as soon as there is text', async () => {
  render(<Composer onSend={noop} isRunning onStop={noop} />);
  expect(screen.queryByRole('button', { name: 'Send message' })).toBeNull();
  await userEvent.type(field(), 'next');
  expect(screen.getByRole('button', { name: 'Send message' })).toBeEnabled();
});

test('attaches files that are picked, pasted or dropped', async () => {
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

test('pastes text as text', async () => {
  render(<Composer onSend={noop} onAttach={noop} />);
  await userEvent.click(field());
  await userEvent.paste('words');
  expect(field()).toHaveValue('words');
});

test('a click handler of the stop button can prevent the stop', async () => {
  const onStop = vi.fn<() => void>();
  render(
    <ComposerForm onSend={noop} isRunning onStop={onStop}>
      <ComposerStop onClick={(event) => event.preventPartHandler()} />
    </ComposerForm>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Stop answer' }));
  expect(onStop).not.toHaveBeenCalled();
});

/** Creates the entry of a dropped file or folder, which lists its children one by one. */
function createEntry(path: string, children?: readonly object[]): object {
  const remaining = [...(children ?? [])];
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    fullPath: `/${path}`,
    isFile: children === undefined,
    isDirectory: children !== undefined,
    file: (onFile: (file: File) => void) => onFile(new File(['x'], name)),
    createReader: () => ({
      readEntries: (onEntries: (entries: readonly object[]) => void) =>
        onEntries(remaining.splice(0, 1)),
    }),
  };
}

function dropFolder(folder: object): boolean {
  const dataTransfer = {
    files: [new File([], 'folder')],
    types: ['Files'],
    items: [{ webkitGetAsEntry: () => folder }],
  };
  return fireEvent.drop(field(), { dataTransfer });
}

test('attaches the files of a dropped folder, without hidden ones', async () => {
  const onAttach = vi.fn<(files: File[]) => void>();
  render(<Composer onSend={noop} onAttach={onAttach} />);
  const folder = createEntry('folder', [
    createEntry('folder/a.txt'),
    createEntry('folder/.DS_Store'),
    createEntry('folder/.git', [createEntry('folder/.git/config')]),
    createEntry('folder/inner', [createEntry('folder/inner/b.txt')]),
  ]);
  expect(dropFolder(folder)).toBe(false);
  await waitFor(() => expect(onAttach).toHaveBeenCalledOnce());
  expect(onAttach.mock.calls[0]?.[0].map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
});

test.each([0, 51])('attaches a dropped folder of %i files as it is', async (count) => {
  const onAttach = vi.fn<(files: File[]) => void>();
  render(<Composer onSend={noop} onAttach={onAttach} />);
  dropFolder(
    createEntry(
      'folder',
      Array.from({ length: count }, (_, index) => createEntry(`folder/${index}.txt`)),
    ),
  );
  await waitFor(() => expect(onAttach).toHaveBeenCalledOnce());
  expect(onAttach.mock.calls[0]?.[0].map(({ name }) => name)).toEqual(['folder']);
});

test('a drop handler of the caller can prevent that files are attached', () => {
  const onAttach = vi.fn<(files: File[]) => void>();
  render(
    <Composer onSend={noop} onAttach={onAttach} onDrop={(event) => event.preventPartHandler()} />,
  );
  const file = new File(['x'], 'a.txt');
  fireEvent.drop(field(), { dataTransfer: { files: [file], types: ['Files'] } });
  expect(onAttach).not.toHaveBeenCalled();
});

test('a part outside of a composer throws an error that tells what to do', () => {
  vi.spyOn(console, 'error').mockImplementation(noop);
  expect(() => render(<ComposerStop />)).toThrow(
    'useComposer must be used inside <ComposerForm>. Wrap the part in <ComposerForm onSend={...}>.',
  );
  vi.restoreAllMocks();
});
