import { describe, expect, it } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import type { AttachmentItem } from '../../../src/core/attachments/AttachmentsStore.js';
import {
  findNewItems,
  getShownItems,
  initialAttachments,
  reduceAttachments,
  type AttachmentsEvent,
  type AttachmentsState,
} from '../../../src/core/attachments/reduceAttachments.js';
import { createItem } from './fixtures.js';

type Drafts = Record<string, AttachmentItem[]>;

const owner = {};
const error = new AssistantsError('network', 'offline');
const [a, b] = [createItem('a'), createItem('b')];
const pending = createItem('a', { status: 'uploading', progress: 0, fileId: undefined });

const createState = (drafts: Drafts, draftName = 'thread_1'): AttachmentsState => ({
  drafts: new Map(Object.entries(drafts)),
  draftName,
  owner,
});

const transitions: [name: string, before: Drafts, event: AttachmentsEvent, after: Drafts][] = [
  ['appends files', { thread_1: [a] }, { type: 'added', items: [b] }, { thread_1: [a, b] }],
  [
    'replaces a file whose upload a reload has interrupted',
    { thread_1: [createItem('a', { status: 'failed', fileId: undefined }), b] },
    { type: 'added', items: [{ ...pending, key: 'c' }] },
    { thread_1: [b, { ...pending, key: 'c' }] },
  ],
  [
    'keeps an uploaded file when a file of the same name is added',
    { thread_1: [a] },
    { type: 'added', items: [{ ...pending, key: 'c' }] },
    { thread_1: [a, { ...pending, key: 'c' }] },
  ],
  ['removes a file', { thread_1: [a, b] }, { type: 'removed', key: 'a' }, { thread_1: [b] }],
  [
    'clears the draft that is shown',
    { thread_1: [a], thread_2: [b] },
    { type: 'cleared' },
    { thread_1: [], thread_2: [b] },
  ],
  [
    'starts an upload again',
    { thread_1: [createItem('a', { status: 'failed', fileId: undefined, error })] },
    { type: 'uploadStarted', key: 'a' },
    { thread_1: [pending] },
  ],
  [
    'updates the progress',
    { thread_1: [pending] },
    { type: 'uploadProgressed', key: 'a', progress: 0.5 },
    { thread_1: [{ ...pending, progress: 0.5 }] },
  ],
  [
    'completes an upload of a draft that is not shown',
    { thread_1: [b], thread_2: [pending] },
    { type: 'uploadSucceeded', key: 'a', fileId: 'file-a' },
    { thread_1: [b], thread_2: [a] },
  ],
  [
    'marks a file as failed',
    { thread_1: [a] },
    { type: 'uploadFailed', key: 'a', error },
    { thread_1: [createItem('a', { status: 'failed', fileId: undefined, error })] },
  ],
  [
    'shows another draft with its restored files',
    { thread_1: [a] },
    { type: 'draftShown', draftName: 'thread_2', owner: {}, restored: [b] },
    { thread_1: [a], thread_2: [b] },
  ],
  [
    'shows a known draft without restoring it again',
    { thread_1: [a], thread_2: [] },
    { type: 'draftShown', draftName: 'thread_2', owner: {}, restored: [b] },
    { thread_1: [a], thread_2: [] },
  ],
  [
    'moves the files of a renamed draft',
    { thread_1: [a], thread_2: [b] },
    { type: 'draftShown', draftName: 'thread_2', owner, restored: [] },
    { thread_1: [], thread_2: [b, a] },
  ],
];

describe('reduceAttachments', () => {
  it.each(transitions)('%s', (_name, before, event, after) => {
    const { drafts } = reduceAttachments(createState(before), event);
    expect(Object.fromEntries(drafts)).toEqual(after);
  });

  it('ignores progress of a removed file', () => {
    const state = createState({ thread_1: [b] });
    expect(reduceAttachments(state, { type: 'uploadProgressed', key: 'a', progress: 1 })).toBe(
      state,
    );
  });

  it('remembers which draft is shown', () => {
    const state = reduceAttachments(initialAttachments, {
      type: 'draftShown',
      draftName: 'thread_1',
      owner,
      restored: [a],
    });
    expect(getShownItems(state)).toEqual([a]);
    expect(state.owner).toBe(owner);
  });
});

describe('findNewItems', () => {
  it('leaves out items of all drafts', () => {
    const state = createState({ thread_1: [a], thread_2: [b] });
    expect(findNewItems(state, [a, b, createItem('c')])).toEqual([createItem('c')]);
  });
});
