import { beforeEach, describe, expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import { getOutboxName, updateStoredOutbox } from '../../../src/core/conversation/outboxStorage.js';
import { readOutbox } from '../../../src/core/conversation/readOutbox.lazy.js';
import { createItem } from './fixtures.js';

const name = getOutboxName('http://backend.test/v1', 'thread_1');
const stored = {
  key: 'local-1',
  body: { role: 'user', content: 'Hello' },
  wantsRun: true,
  state: 'failed',
  createdAt: 1,
};

const store = (value: unknown) => sessionStorage.setItem(name, JSON.stringify(value));
const readKeys = () => readOutbox(name).map(({ key }) => key);

beforeEach(() => {
  sessionStorage.clear();
});

describe('updateStoredOutbox', () => {
  it('stores items with their errors', () => {
    const error = new AssistantsError('http', 'Too long.', {
      status: 400,
      code: null,
      requestId: 'req_1',
    });
    const item = createItem('a', {
      state: 'failed',
      error,
      storedId: 'msg_1',
      additionalInstructions: 'Be brief.',
    });
    updateStoredOutbox(name, [], [item]);
    expect(readOutbox(name)).toEqual([item]);
  });

  it('keeps the items of other conversations', () => {
    updateStoredOutbox(name, [], [createItem('a')]);
    updateStoredOutbox(name, [], [createItem('b')]);
    updateStoredOutbox(name, [createItem('b')], [createItem('c')]);
    expect(readKeys()).toEqual(['a', 'c']);
  });

  it('does not store delivered items', () => {
    updateStoredOutbox(name, [], [createItem('a', { state: 'delivered' })]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('removes the entry with its last item', () => {
    updateStoredOutbox(name, [], [createItem('a')]);
    updateStoredOutbox(name, [createItem('a')], []);
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('readOutbox', () => {
  it('returns items in state failed', () => {
    updateStoredOutbox(name, [], [createItem('a', { opensThread: true, isStopRequested: true })]);
    expect(readOutbox(name)).toEqual([
      createItem('a', {
        state: 'failed',
        error: new AssistantsError(
          'aborted',
          'The page was closed before the message was sent. Send it again.',
          { code: 'page_closed', retryable: true },
        ),
      }),
    ]);
  });

  it('marks an item as unconfirmed if its request was in flight', () => {
    updateStoredOutbox(
      name,
      [],
      [createItem('a', { state: 'sending' }), createItem('b', { state: 'queued' })],
    );
    expect(readOutbox(name).map(({ isUnconfirmed }) => isUnconfirmed)).toEqual([true, false]);
  });

  it('accepts an item with the required fields only', () => {
    store([stored]);
    expect(readKeys()).toEqual(['local-1']);
  });

  it.each(['', 'not JSON', 'null', '{}', '"text"', '7'])(
    'drops and removes the corrupt entry %j',
    (text) => {
      sessionStorage.setItem(name, text);
      expect(readOutbox(name)).toEqual([]);
      expect(sessionStorage).toHaveLength(0);
    },
  );

  it.each([
    ['null', null],
    ['a string', 'text'],
    ['a list', []],
    ['an empty object', {}],
    ['no key', { ...stored, key: undefined }],
    ['a numeric key', { ...stored, key: 1 }],
    ['no body', { ...stored, body: undefined }],
    ['a body without content', { ...stored, body: { role: 'user' } }],
    ['an unknown role', { ...stored, body: { role: 'system', content: 'Hello' } }],
    ['a null part', { ...stored, body: { role: 'user', content: [null] } }],
    ['an unknown part', { ...stored, body: { role: 'user', content: [{ type: 'audio' }] } }],
    [
      'a text part without text',
      { ...stored, body: { role: 'user', content: [{ type: 'text' }] } },
    ],
    [
      'an image part without a file',
      { ...stored, body: { role: 'user', content: [{ type: 'image_file', image_file: {} }] } },
    ],
    [
      'an image part without a URL',
      { ...stored, body: { role: 'user', content: [{ type: 'image_url', image_url: null }] } },
    ],
    ['textual file ids', { ...stored, body: { ...stored.body, file_ids: 'file_1' } }],
    ['attachments in an object', { ...stored, body: { ...stored.body, attachments: {} } }],
    ['textual metadata', { ...stored, body: { ...stored.body, metadata: 'a' } }],
    ['numeric instructions', { ...stored, additionalInstructions: 1 }],
    ['no wantsRun', { ...stored, wantsRun: undefined }],
    ['an unknown state', { ...stored, state: 'lost' }],
    ['a numeric storedId', { ...stored, storedId: 1 }],
    ['a textual isUnconfirmed', { ...stored, isUnconfirmed: 'yes' }],
    ['an error that is a string', { ...stored, error: 'offline' }],
    ['an unknown kind of error', { ...stored, error: { kind: 'odd', message: '', fields: {} } }],
    [
      'an inherited name as the kind',
      { ...stored, error: { kind: 'toString', message: '', fields: {} } },
    ],
    ['an error without fields', { ...stored, error: { kind: 'http', message: '' } }],
    ['no createdAt', { ...stored, createdAt: undefined }],
    ['a textual createdAt', { ...stored, createdAt: 'now' }],
  ])('drops and removes an item with %s', (_name, item) => {
    const good = { ...stored, key: 'good' };
    store([item, good]);
    expect(readKeys()).toEqual(['good']);
    expect(JSON.parse(sessionStorage.getItem(name) ?? '')).toEqual([good]);
  });

  it.each([
    [{ type: 'text', text: 'Hello' }],
    [{ type: 'image_file', image_file: { file_id: 'file_1' } }],
    [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }],
  ])('accepts the content part %j', (part) => {
    store([{ ...stored, body: { role: 'user', content: [part] } }]);
    expect(readKeys()).toEqual(['local-1']);
  });
});
