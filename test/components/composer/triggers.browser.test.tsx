import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import {
  Composer,
  ComposerDictation,
  ComposerTriggers,
  type ComposerChoice,
  type ComposerTrigger,
} from 'assistants-react';
import { userEvent as browserEvent } from 'vitest/browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { findTrigger } from '../../../src/components/composer/triggers/ComposerTrigger.js';

const onSend = vi.fn<(text: string) => void>();
const getField = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const getOptions = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

beforeEach(() => {
  onSend.mockClear();
});

describe('triggers', () => {
  const people = ['Ann', 'Bob', 'Björn'].map((label) => ({ id: label, label }));
  const find = (query: string) =>
    people.filter(({ label }) => label.toLowerCase().startsWith(query.toLowerCase()));
  const triggers: ComposerTrigger[] = [
    { char: '@', items: async (query) => find(query) },
    {
      char: '/',
      isAtStartOnly: true,
      items: () => [{ id: 'sum', label: 'sum', description: 'Adds numbers' }],
      onSelect: () => 'Add these numbers: ',
    },
  ];

  function renderComposer(list = triggers) {
    render(
      <Composer onSend={onSend}>
        <ComposerTriggers triggers={list} />
      </Composer>,
    );
    return userEvent.setup({ delay: null });
  }

  it('opens a list below the trigger, and inserts the choice at the cursor', async () => {
    const user = renderComposer();
    await user.type(getField(), 'Ask @b');
    expect(await screen.findByRole('option', { name: 'Bob' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(getOptions()).toEqual(['Bob', 'Björn']);
    const list = screen.getByRole('listbox');
    expect(getField()).toHaveAttribute('aria-controls', list.id);

    await user.keyboard('{ArrowDown}');
    expect(getField()).toHaveAttribute(
      'aria-activedescendant',
      screen.getByRole('option', { name: 'Björn' }).id,
    );
    await user.keyboard('{Enter}');
    expect(getField()).toHaveValue('Ask @Björn ');
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(getField()).not.toHaveAttribute('aria-activedescendant');
    await user.keyboard('please{Enter}');
    expect(onSend).toHaveBeenCalledExactlyOnceWith('Ask @Björn please');
  });

  it('replaces a command with its text, and chooses with a click', async () => {
    const user = renderComposer();
    await user.type(getField(), '/');
    await user.click(await screen.findByRole('option', { name: /sum/ }));
    expect(getField()).toHaveValue('Add these numbers: ');
    expect(getField()).toHaveFocus();
    await user.type(getField(), '/');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('closes with Escape until the next trigger, and sends a text without choices', async () => {
    renderComposer();
    // Real keys: React renders between the listeners of their events.
    const { keyboard } = browserEvent;
    getField().focus();
    await keyboard('@a');
    await screen.findByRole('listbox');
    await keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    await keyboard('nn');
    await waitFor(() => expect(getField()).toHaveValue('@ann'));
    expect(screen.queryByRole('listbox')).toBeNull();
    await keyboard(' @');
    expect(await screen.findByRole('option', { name: 'Ann' })).toBeInTheDocument();
    await keyboard('zz');
    expect(await screen.findByText('No suggestions')).toHaveRole('status');
    await keyboard('{Enter}');
    await waitFor(() => expect(onSend).toHaveBeenCalled());
    expect(onSend).toHaveBeenCalledExactlyOnceWith('@ann @zz');
  });

  it('leaves the keys of an input method alone', async () => {
    const user = renderComposer();
    await user.type(getField(), '@b');
    await screen.findByRole('listbox');
    const enter = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    getField().dispatchEvent(enter);
    expect(getField()).toHaveValue('@b');
    expect(screen.getByRole('listbox')).toBeInTheDocument();
  });

  it('ignores choices that arrive after those of a later query, and failures', async () => {
    const answers: ((choices: ComposerChoice[]) => void)[] = [];
    const signals: AbortSignal[] = [];
    const user = renderComposer([
      {
        char: '@',
        items(query, { signal }) {
          if (query === '') throw new Error('Nothing to search for.');
          signals.push(signal);
          return new Promise((resolve) => answers.push(resolve));
        },
      },
    ]);
    await user.type(getField(), '@ab');
    await vi.waitUntil(() => answers.length === 2);
    answers[1]?.([{ id: 'new', label: 'new' }]);
    expect(await screen.findByRole('option', { name: 'new' })).toBeInTheDocument();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    answers[0]?.([{ id: 'old', label: 'old' }]);
    await user.keyboard('{ArrowDown}');
    expect(getOptions()).toEqual(['new']);
    // The choices of one word are not shown for the next one while its own are loading.
    await user.keyboard(' @z');
    await vi.waitUntil(() => answers.length === 3);
    expect(getOptions()).toEqual([]);
  });

  it('shows no choices if a server has sent something else', async () => {
    const answer = 'Not found' as unknown as ComposerChoice[];
    const user = renderComposer([{ char: '@', items: async () => answer }]);
    await user.type(getField(), '@a');
    expect(await screen.findByText('No suggestions')).toHaveRole('status');
  });

  it('finds the trigger before the cursor only', () => {
    const at = (text: string) => findTrigger(text, text.length, triggers)?.query;
    expect(['@', 'a @b', 'a@b', '@b ', 'a /b', '\n/b'].map(at)).toEqual([
      '',
      'b',
      undefined,
      undefined,
      undefined,
      'b',
    ]);
    // The former pattern took an hour for this text.
    expect(at(`${'a'.repeat(1_000_000)} `)).toBeUndefined();
  });
});

describe('dictation', () => {
  class FakeRecognizer extends EventTarget {
    static latest: FakeRecognizer | undefined;
    lang = '';
    start = () => {
      FakeRecognizer.latest = this;
    };
    stop = () => this.dispatchEvent(new Event('end'));
    abort = this.stop;
    hear(...results: { transcript: string; isFinal: boolean }[]) {
      const lists = results.map(({ transcript, isFinal }) => ({
        0: { transcript },
        length: 1,
        isFinal,
      }));
      const event = { resultIndex: 0, results: lists };
      this.dispatchEvent(Object.assign(new Event('result'), event));
    }
  }

  beforeEach(() => {
    vi.stubGlobal('SpeechRecognition', FakeRecognizer);
    return () => {
      vi.unstubAllGlobals();
    };
  });

  const renderComposer = (defaultValue = '') => {
    render(
      <Composer onSend={onSend} defaultValue={defaultValue}>
        <ComposerDictation />
      </Composer>,
    );
    return userEvent.setup({ delay: null });
  };
  const getButton = () => screen.getByRole('button', { name: 'Dictate' });

  it('writes the words at the cursor, and replaces those that change', async () => {
    const user = renderComposer('Dear Ann,');
    await user.click(getButton());
    expect(getButton()).toHaveAttribute('aria-pressed', 'true');
    FakeRecognizer.latest?.hear({ transcript: 'see', isFinal: false });
    expect(getField()).toHaveValue('Dear Ann, see');
    FakeRecognizer.latest?.hear({ transcript: 'the sea', isFinal: true });
    FakeRecognizer.latest?.hear({ transcript: ' is blue', isFinal: true });
    expect(getField()).toHaveValue('Dear Ann, the sea is blue');
    FakeRecognizer.latest?.hear(
      { transcript: ' and', isFinal: true },
      { transcript: ' the sky', isFinal: false },
      { transcript: ' is', isFinal: false },
    );
    expect(getField()).toHaveValue('Dear Ann, the sea is blue and the sky is');
    FakeRecognizer.latest?.hear({ transcript: ' the sky is grey', isFinal: true });
    expect(getField()).toHaveValue('Dear Ann, the sea is blue and the sky is grey');
    await user.click(getButton());
    expect(getButton()).toHaveAttribute('aria-pressed', 'false');
  });

  it('ends when the message is sent', async () => {
    const user = renderComposer();
    await user.click(getButton());
    FakeRecognizer.latest?.hear({ transcript: 'hello', isFinal: false });
    await user.keyboard('{Enter}');
    expect(onSend).toHaveBeenCalledExactlyOnceWith('hello');
    await waitFor(() => expect(getButton()).toHaveAttribute('aria-pressed', 'false'));
  });

  it('says why it does not work', async () => {
    const user = renderComposer();
    await user.click(getButton());
    const error = Object.assign(new Event('error'), { error: 'not-allowed' });
    FakeRecognizer.latest?.dispatchEvent(error);
    FakeRecognizer.latest?.stop();
    expect(await screen.findByText(/Allow the microphone/)).toHaveRole('status');
  });

  it('is not offered by a browser without speech recognition', () => {
    vi.stubGlobal('SpeechRecognition', undefined);
    vi.stubGlobal('webkitSpeechRecognition', undefined);
    renderComposer();
    expect(screen.queryByRole('button', { name: 'Dictate' })).toBeNull();
  });
});
