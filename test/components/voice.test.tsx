import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Message, MessageReadAloud } from 'assistants-react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { message } from '../../stories/fixtures.js';
import { splitSpokenText } from '../../src/components/voice/getSpokenText.js';

class FakeUtterance extends EventTarget {
  lang = '';
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
}

const queue: FakeUtterance[] = [];

beforeEach(() => {
  vi.stubGlobal('SpeechSynthesisUtterance', FakeUtterance);
  vi.stubGlobal('speechSynthesis', {
    speak: (utterance: FakeUtterance) => queue.push(utterance),
    cancel: () =>
      queue.splice(0).forEach((utterance) => utterance.dispatchEvent(new Event('error'))),
  });
});

afterEach(() => {
  queue.length = 0;
  vi.unstubAllGlobals();
});

const answer = (value: string) => (
  <Message
    message={message({ content: [{ type: 'text', text: { value, annotations: [] } }] })}
    actions={<MessageReadAloud />}
  />
);
const getButtons = () => screen.getAllByRole('button', { name: /Read aloud|Stop reading/ });
const getLabels = () => getButtons().map((button) => button.getAttribute('aria-label'));
const press = async (index: number) => userEvent.click(getButtons()[index] ?? document.body);

it('reads the words of a message without markdown and code', async () => {
  render(answer('# Tea\n\n- **Boil** water.\n- Wait!\n\n```js\nrun()\n```\n\nDone.'));
  await press(0);
  expect(queue.map(({ text }) => text)).toEqual(['Tea', 'Boil water.', 'Wait!', 'Done.']);
  expect(getLabels()).toEqual(['Stop reading']);
  act(() => void queue.at(-1)?.dispatchEvent(new Event('end')));
  expect(getLabels()).toEqual(['Read aloud']);
});

it('reads one message at a time, and stops', async () => {
  render(
    <>
      {answer('One.')}
      {answer('Two.')}
    </>,
  );
  await press(0);
  await press(1);
  expect(getLabels()).toEqual(['Read aloud', 'Stop reading']);
  expect(queue.map(({ text }) => text)).toEqual(['Two.']);
  await press(1);
  expect(getLabels()).toEqual(['Read aloud', 'Read aloud']);
  expect(queue).toEqual([]);
});

it('is not offered by a browser without a voice', () => {
  vi.unstubAllGlobals();
  render(answer('One.'));
  expect(screen.queryByRole('button', { name: 'Read aloud' })).toBeNull();
});

it('splits long texts at the ends of sentences and at spaces', () => {
  const long = 'word '.repeat(100).trim();
  expect(splitSpokenText(`One. Two?\n\n* \n${long}`).map(({ length }) => length)).toEqual([
    4, 4, 199, 199, 99,
  ]);
  expect(splitSpokenText('Pi is 3.14. See example.com! 好。好')).toEqual([
    'Pi is 3.14.',
    'See example.com!',
    '好。',
    '好',
  ]);
  expect(splitSpokenText('字'.repeat(450)).map(({ length }) => length)).toEqual([200, 200, 50]);
});
