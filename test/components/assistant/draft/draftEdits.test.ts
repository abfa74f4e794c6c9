import type { Assistant } from 'assistants-react';
import { describe, expect, it } from 'vitest';
import { assistant as createAssistant } from '../../../../stories/fixtures.js';
import {
  createAssistantDraft,
  type AssistantDraft,
} from '../../../../src/components/assistant/draft/AssistantDraft.js';
import {
  applyEdits,
  listChangedFields,
  listConflicts,
  listEditedFields,
  NO_EDITS,
  parseEdits,
  reduceDraftEdits,
  serializeEdits,
  type DraftEdits,
} from '../../../../src/components/assistant/draft/draftEdits.js';

const toDraft = (overrides: Partial<Assistant> = {}): AssistantDraft =>
  createAssistantDraft(createAssistant(overrides), 'v2');

const server = toDraft();
const edit = (value: string, edits: DraftEdits = NO_EDITS, from: AssistantDraft = server) =>
  reduceDraftEdits(edits, { type: 'changed', name: 'name', value, server: from });

describe('an edited field', () => {
  it('shows the value of the user, all others that of the server', () => {
    const changed = toDraft({ model: 'other' });
    expect(applyEdits(changed, edit('Mine'))).toEqual({ ...changed, name: 'Mine' });
  });

  it('is not edited any more with the value of the server', () => {
    expect(edit('Travel desk', edit('Mine'))).toEqual(NO_EDITS);
  });

  it('does not count keys of rows', () => {
    const value = server.tools.map((tool) => ({ ...tool, key: `${tool.key} other` }));
    const event = { type: 'changed', name: 'tools', value, server } as const;
    expect(reduceDraftEdits(NO_EDITS, event)).toEqual(NO_EDITS);
  });
});

describe('a conflict', () => {
  it.each([
    ['no other change', edit('Mine'), {}, []],
    ['another change of the same field', edit('Mine'), { name: 'Theirs' }, ['name']],
    ['the same change', edit('Theirs'), { name: 'Theirs' }, []],
    ['a change of another field', edit('Mine'), { model: 'other' }, []],
    ['no edit', NO_EDITS, { name: 'Theirs' }, []],
  ])('with %s', (_name, edits, overrides, expected) => {
    expect(listConflicts(toDraft(overrides), edits)).toEqual(expected);
  });

  it('stays when the user types on, and comes back with the next change of the server', () => {
    const theirs = toDraft({ name: 'Theirs' });
    const typedOn = edit('Mine again', edit('Mine'), theirs);
    expect(listConflicts(theirs, typedOn)).toEqual(['name']);
    const kept = reduceDraftEdits(typedOn, { type: 'kept', names: ['name'], server: theirs });
    expect(listConflicts(theirs, kept)).toEqual([]);
    expect(listChangedFields(theirs, kept)).toEqual(['name']);
    expect(listConflicts(toDraft({ name: 'Theirs, later' }), kept)).toEqual(['name']);
  });

  it('ends with the value of the server', () => {
    const reverted = reduceDraftEdits(edit('Mine'), { type: 'reverted', names: ['name'] });
    expect(reverted).toEqual(NO_EDITS);
  });
});

it('keeps what the user has typed while the form was saved', () => {
  const sent = edit('Sent');
  const typed = edit('Typed', sent);
  expect(reduceDraftEdits(sent, { type: 'saved', edits: sent })).toEqual(NO_EDITS);
  expect(reduceDraftEdits(typed, { type: 'saved', edits: sent })).toEqual(typed);
});

describe('a stored draft', () => {
  it('is the same after a reload', () => {
    const edits = [
      { type: 'changed', name: 'metadata', value: [{ key: 'a', name: '__proto__', value: 'x' }] },
      { type: 'changed', name: 'tools', value: [{ key: 'b', kind: 'json', text: '{' }] },
      { type: 'changed', name: 'temperature', value: '0,5' },
    ] as const;
    const all = edits.reduce<DraftEdits>(
      (current, event) => reduceDraftEdits(current, { ...event, server }),
      NO_EDITS,
    );
    const restored = parseEdits(serializeEdits(all));
    expect(applyEdits(server, restored)).toEqual(applyEdits(server, all));
    expect(listEditedFields(restored)).toEqual(['tools', 'temperature', 'metadata']);
  });

  it('is empty without edits', () => {
    expect(serializeEdits(NO_EDITS)).toBe('');
    expect(parseEdits('')).toEqual(NO_EDITS);
  });

  it.each([
    'no JSON',
    'null',
    '[]',
    '{"name":1}',
    '{"name":{"mine":1,"base":""}}',
    '{"name":{"mine":""}}',
    '{"tools":{"mine":[{"key":"a","kind":"other"}],"base":[]}}',
    '{"tools":{"mine":[null],"base":[]}}',
    '{"metadata":{"mine":{},"base":[]}}',
    '{"files":{"mine":{"attached":[1],"searched":[],"removed":[]},"base":{"attached":[],"searched":[],"removed":[]}}}',
    '{"response_format":{"mine":"auto","base":"auto"}}',
    '{"__proto__":{"mine":"","base":""}}',
  ])('that is damaged loses the fields that cannot be read: %s', (text) => {
    expect(listEditedFields(parseEdits(text))).toEqual([]);
  });
});
