import { isFile } from '../../common/isFile.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { AttachmentItem } from './AttachmentsStore.js';

type Items = readonly AttachmentItem[];

export interface AttachmentsState {
  /** Files by the name of their draft. */
  drafts: ReadonlyMap<string, Items>;
  /** Name of the draft that is shown. An empty name is not stored. */
  draftName: string;
  /** Owner of the draft that is shown. Identifies the draft when its name changes. */
  owner: object | undefined;
}

export type AttachmentsEvent =
  /** `restored` are the files of an earlier page. They are used if the draft was not shown before. */
  | { type: 'draftShown'; draftName: string; owner: object; restored: Items }
  | { type: 'added'; items: Items }
  | { type: 'removed'; key: string }
  | { type: 'cleared' }
  | { type: 'uploadStarted'; key: string }
  | { type: 'uploadProgressed'; key: string; progress: number }
  | { type: 'uploadSucceeded'; key: string; fileId: string }
  | { type: 'uploadFailed'; key: string; error: AssistantsError };

export const initialAttachments: AttachmentsState = {
  drafts: new Map(),
  draftName: '',
  owner: undefined,
};

const NO_ITEMS: Items = [];

/** Returns the state after an event. */
export function reduceAttachments(
  state: AttachmentsState,
  event: AttachmentsEvent,
): AttachmentsState {
  switch (event.type) {
    case 'draftShown':
      return showDraft(state, event);
    case 'added':
      return withShownItems(state, [
        ...getShownItems(state).filter((item) => !isReplaced(item, event.items)),
        ...event.items,
      ]);
    case 'removed':
      return withShownItems(
        state,
        getShownItems(state).filter(({ key }) => key !== event.key),
      );
    case 'cleared':
      return withShownItems(state, NO_ITEMS);
    case 'uploadStarted':
      return updateItem(state, event.key, { status: 'uploading', progress: 0, error: undefined });
    case 'uploadProgressed':
      return updateItem(state, event.key, { progress: event.progress });
    case 'uploadSucceeded':
      return updateItem(state, event.key, { status: 'ready', progress: 1, fileId: event.fileId });
    case 'uploadFailed':
      return updateItem(state, event.key, {
        status: 'failed',
        fileId: undefined,
        error: event.error,
      });
  }
}

/** Returns the files of the draft that is shown. */
export function getShownItems({ drafts, draftName }: AttachmentsState): Items {
  return drafts.get(draftName) ?? NO_ITEMS;
}

/** Returns the items that are not part of any draft. */
export function findNewItems({ drafts }: AttachmentsState, items: Items): Items {
  const knownKeys = new Set([...drafts.values()].flat().map(({ key }) => key));
  return items.filter(({ key }) => !knownKeys.has(key));
}

function showDraft(
  state: AttachmentsState,
  { draftName, owner, restored }: Extract<AttachmentsEvent, { type: 'draftShown' }>,
): AttachmentsState {
  const isRenamed = draftName !== state.draftName && owner === state.owner;
  const moved = isRenamed ? getShownItems(state) : NO_ITEMS;
  const drafts = new Map(state.drafts);
  if (moved.length > 0) drafts.set(state.draftName, NO_ITEMS);
  drafts.set(draftName, [...(drafts.get(draftName) ?? restored), ...moved]);
  return { drafts, draftName, owner };
}

/** Returns true if the upload of an item was interrupted by a reload, and the user has chosen the file again. */
function isReplaced({ file, fileId }: AttachmentItem, added: Items): boolean {
  const isInterrupted = fileId === undefined && !isFile(file);
  return isInterrupted && added.some((item) => item.file.name === file.name);
}

function withShownItems(state: AttachmentsState, items: Items): AttachmentsState {
  return { ...state, drafts: new Map(state.drafts).set(state.draftName, items) };
}

/** Updates an item in the draft that has it, which need not be the one that is shown. */
function updateItem(
  state: AttachmentsState,
  key: string,
  change: Partial<AttachmentItem>,
): AttachmentsState {
  const entry = [...state.drafts].find(([, items]) => items.some((item) => item.key === key));
  if (!entry) return state;
  const [draftName, items] = entry;
  const updated = items.map((item) => (item.key === key ? { ...item, ...change } : item));
  return { ...state, drafts: new Map(state.drafts).set(draftName, updated) };
}
