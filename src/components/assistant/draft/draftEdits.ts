import {
  ASSISTANT_FIELDS,
  type AssistantDraft,
  type AssistantFieldName,
} from './AssistantDraft.js';
import { isFieldValue } from './isFieldValue.js';

/** Field that the user has changed. */
export interface FieldEdit<Value> {
  /** Value in the form. */
  mine: Value;
  /** Value on the server when the user changed the field, or when they last decided to keep theirs. */
  base: Value;
}

/** Fields that the user has changed. All other fields show the value of the server. */
export type DraftEdits = {
  readonly [Name in AssistantFieldName]?: FieldEdit<AssistantDraft[Name]>;
};

/** Change of the edits. `server` is the draft of the assistant as the server has it. */
export type DraftEvent =
  | { type: 'changed'; name: AssistantFieldName; value: unknown; server: AssistantDraft }
  /** The user takes the value of the server for some fields. */
  | { type: 'reverted'; names: readonly AssistantFieldName[] }
  /** The user keeps their value of some fields, although the server has another one now. */
  | { type: 'kept'; names: readonly AssistantFieldName[]; server: AssistantDraft }
  /** The server has stored these edits. */
  | { type: 'saved'; edits: DraftEdits };

export const NO_EDITS: DraftEdits = {};

/** Returns the edits after an event. */
export function reduceDraftEdits(edits: DraftEdits, event: DraftEvent): DraftEdits {
  switch (event.type) {
    case 'changed': {
      const { name, value, server } = event;
      if (isEqual(value, server[name])) return omit(edits, [name]);
      return { ...edits, [name]: { mine: value, base: edits[name]?.base ?? server[name] } };
    }
    case 'reverted':
      return omit(edits, event.names);
    case 'kept': {
      const kept = event.names.flatMap((name) => {
        const edit = edits[name];
        return edit ? [[name, { mine: edit.mine, base: event.server[name] }] as const] : [];
      });
      return { ...edits, ...Object.fromEntries(kept) };
    }
    case 'saved':
      // Fields that the user has changed again since then are not saved yet.
      return omit(
        edits,
        ASSISTANT_FIELDS.filter((name) => isEqual(edits[name]?.mine, event.edits[name]?.mine)),
      );
  }
}

/** Returns what the form shows: the draft of the server with the edits of the user. */
export function applyEdits(server: AssistantDraft, edits: DraftEdits): AssistantDraft {
  const mine = listEditedFields(edits).map((name) => [name, edits[name]?.mine] as const);
  return { ...server, ...Object.fromEntries(mine) };
}

/** Returns the fields that the user has changed, in the order of the form. */
export function listEditedFields(edits: DraftEdits): AssistantFieldName[] {
  return ASSISTANT_FIELDS.filter((name) => edits[name] !== undefined);
}

/** Returns the fields that differ from the server. */
export function listChangedFields(server: AssistantDraft, edits: DraftEdits): AssistantFieldName[] {
  return listEditedFields(edits).filter((name) => !isEqual(edits[name]?.mine, server[name]));
}

/** Returns the fields that the user has changed and that have changed on the server since then, to another value. */
export function listConflicts(server: AssistantDraft, edits: DraftEdits): AssistantFieldName[] {
  return listChangedFields(server, edits).filter(
    (name) => !isEqual(edits[name]?.base, server[name]),
  );
}

/** Returns the fields in which two drafts differ. */
export function listDifferences(one: AssistantDraft, other: AssistantDraft): AssistantFieldName[] {
  return ASSISTANT_FIELDS.filter((name) => !isEqual(one[name], other[name]));
}

/** Returns the text in which edits are stored. Empty without edits. */
export function serializeEdits(edits: DraftEdits): string {
  return listEditedFields(edits).length === 0 ? '' : JSON.stringify(edits);
}

/** Reads stored edits. Fields that other code or another version has stored differently are left out. */
export function parseEdits(text: string): DraftEdits {
  if (text === '') return NO_EDITS;
  const stored = parseObject(text);
  const entries = ASSISTANT_FIELDS.flatMap((name) => {
    const { mine, base } = toObject(stored[name]);
    return isFieldValue(name, mine) && isFieldValue(name, base)
      ? [[name, { mine, base }] as const]
      : [];
  });
  return Object.fromEntries(entries);
}

/** Compares two values of a field. Keys of rows do not count. */
function isEqual(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return isSame(one, other);
  return one.length === other.length && one.every((row, index) => isSameRow(row, other[index]));
}

function isSameRow(one: unknown, other: unknown): boolean {
  return one === other || isSame({ ...toObject(one), key: '' }, { ...toObject(other), key: '' });
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function omit(edits: DraftEdits, names: readonly AssistantFieldName[]): DraftEdits {
  return Object.fromEntries(
    Object.entries(edits).filter(([name]) => !names.some((omitted) => omitted === name)),
  );
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return toObject(JSON.parse(text));
  } catch {
    return {};
  }
}

function toObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' ? { ...value } : {};
}
