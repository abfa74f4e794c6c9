import { createEvent, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import {
  AssistantsProvider,
  Composer,
  createAssistantsClient,
  Message,
  Thread,
} from 'assistants-react';
import { createPortal } from 'react-dom';
import { afterEach, expect, it, vi } from 'vitest';
import { noop } from '../noop.js';

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const picture = () => new File(['png'], 'image.png', { type: 'image/png' });

interface Pasted {
  text?: string;
  html?: string;
  files: File[];
}

/** Pastes into the field. Returns true if the browser may paste text. */
function paste({ text = '', html = '', files }: Pasted): boolean {
  const data: Record<string, string> = { 'text/plain': text, 'text/html': html };
  const clipboardData = { files, getData: (type: string) => data[type] ?? '' };
  return fireEvent(field(), createEvent.paste(field(), { clipboardData }));
}

it.each<[string, Pasted, boolean]>([
  [
    'cells of a table with their picture',
    { text: 'a\tb', html: '<table>', files: [picture()] },
    true,
  ],
  ['text with its picture', { text: 'Hello', files: [picture()] }, true],
  ['a picture with its HTML', { html: '<img>', files: [picture()] }, false],
  ['a picture', { files: [picture()] }, false],
  ['a file with its name', { text: 'image.png', files: [picture()] }, false],
  ['text', { text: 'Hello', files: [] }, true],
])('pastes %s', (_, pasted, isText) => {
  const attached: File[] = [];
  render(<Composer onSend={noop} onAttach={(files) => attached.push(...files)} />);
  expect(paste(pasted)).toBe(isText);
  expect(attached).toHaveLength(isText ? 0 : 1);
});

it('submits no form of the app around it, in the page or around a portal', async () => {
  const onSubmit = vi.fn<(event: { preventDefault: () => void }) => void>((event) =>
    event.preventDefault(),
  );
  const onSend = vi.fn<(text: string) => void>();
  const host = document.body.appendChild(document.createElement('div'));
  render(
    <form onSubmit={onSubmit}>
      {createPortal(
        <>
          <Composer onSend={onSend} />
          <Message.Editor text="Edited" onSave={onSend} onCancel={noop} />
        </>,
        host,
      )}
    </form>,
  );
  await userEvent.type(field(), 'one{Enter}');
  await userEvent.type(field(), 'two');
  await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onSend.mock.calls.flat()).toEqual(['one', 'two', 'Edited']);
  expect(onSubmit).not.toHaveBeenCalled();
  host.remove();
});

it('sends without a submit event, which a form around it could receive instead', async () => {
  const onNativeSubmit = vi.fn<(event: Event) => void>((event) => event.preventDefault());
  const outer = document.body.appendChild(document.createElement('form'));
  outer.addEventListener('submit', onNativeSubmit);
  const onSend = vi.fn<(text: string) => void>();
  render(<Composer onSend={onSend} />, { container: outer });
  await userEvent.type(field(), 'one');
  await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
  expect(onSend).toHaveBeenCalledExactlyOnceWith('one');
  expect(onNativeSubmit).not.toHaveBeenCalled();
  outer.remove();
});

it('takes files that are dropped anywhere on the thread, with a mark that children do not end', () => {
  const attached: File[] = [];
  const client = createAssistantsClient({
    baseUrl: 'http://none.test',
    fetch: () => new Promise(noop),
  });
  render(
    <AssistantsProvider client={client}>
      <Thread.Root>
        <Thread.Messages empty={<p>Nothing yet</p>} />
        <Thread.Composer onAttach={(files) => attached.push(...files)} />
      </Thread.Root>
    </AssistantsProvider>,
  );
  const target = screen.getByText('Nothing yet');
  const composer = () => document.querySelector('[data-part="composer"]');
  const dataTransfer = { types: ['Files'], files: [picture()] };
  const leave = (relatedTarget: Element | null) => {
    const event = createEvent.dragLeave(target, { dataTransfer });
    Object.defineProperty(event, 'relatedTarget', { value: relatedTarget });
    fireEvent(target, event);
  };
  expect(fireEvent.dragOver(target, { dataTransfer })).toBe(false);
  expect(composer()).toHaveAttribute('data-dropping');
  leave(composer());
  expect(composer()).toHaveAttribute('data-dropping');
  leave(document.body);
  expect(composer()).not.toHaveAttribute('data-dropping');
  expect(fireEvent.drop(target, { dataTransfer })).toBe(false);
  fireEvent.drop(field(), { dataTransfer });
  expect(attached.map(({ name }) => name)).toEqual(['image.png', 'image.png']);
  expect(fireEvent.dragOver(target, { dataTransfer: { types: ['text/plain'], files: [] } })).toBe(
    true,
  );
});

it('breaks the line with Enter on touch devices, unless the app decides otherwise', async () => {
  const query = { matches: true, addEventListener: noop, removeEventListener: noop };
  vi.stubGlobal('matchMedia', () => query);
  const onSend = vi.fn<(text: string) => void>();
  const view = render(<Composer onSend={onSend} />);
  expect(field()).toHaveAttribute('enterkeyhint', 'enter');
  await userEvent.type(field(), 'one{Enter}two');
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.type(field(), '{Control>}{Enter}{/Control}');
  expect(onSend).toHaveBeenLastCalledWith('one\ntwo');
  view.rerender(<Composer onSend={onSend} submitOnEnter />);
  expect(field()).toHaveAttribute('enterkeyhint', 'send');
  await userEvent.type(field(), 'three{Enter}');
  expect(onSend).toHaveBeenLastCalledWith('three');
});

it('keeps the drafts of two new threads apart, also after a reload', async () => {
  const client = createAssistantsClient({
    baseUrl: 'http://none.test',
    fetch: () => new Promise(noop),
  });
  const chats = (
    <AssistantsProvider client={client}>
      {['first', 'second'].map((name) => (
        <Thread.Root key={name} aria-label={name}>
          <Thread.Composer />
        </Thread.Root>
      ))}
    </AssistantsProvider>
  );
  const fields = () => screen.getAllByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  const page = render(chats);
  for (const [index, text] of ['one', 'two'].entries())
    await userEvent.type(fields()[index] ?? document.body, text);
  expect(fields().map(({ value }) => value)).toEqual(['one', 'two']);
  page.unmount();
  render(chats);
  expect(fields().map(({ value }) => value)).toEqual(['one', 'two']);
});

it('copies with the older command where the clipboard is not available', async () => {
  vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: undefined } }));
  const copied: string[] = [];
  const execCommand = () => {
    const event = new Event('copy', { bubbles: true, cancelable: true });
    const clipboardData = { setData: (_: string, text: string) => copied.push(text) };
    document.dispatchEvent(Object.assign(event, { clipboardData }));
    return true;
  };
  Object.assign(document, { execCommand });
  const content = [{ type: 'text' as const, text: { value: 'Hello', annotations: [] } }];
  const message = { id: 'msg_1', role: 'assistant', content } as never;
  render(<Message.Actions message={message} />);
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  await screen.findByText('Copied');
  expect(copied).toEqual(['Hello']);
  Reflect.deleteProperty(document, 'execCommand');
});
