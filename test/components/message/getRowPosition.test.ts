import type { MessageObject } from 'assistants-react';
import { expect, it } from 'vitest';
import { getRowPosition } from '../../../src/components/message/getRowPosition.js';
import { message as createMessage } from '../../../stories/fixtures.js';

const getDay = () => 'Monday';

function getGroups(...messages: Partial<MessageObject>[]): string[] {
  const rows = messages.map((message) => ({ message: createMessage(message) }));
  return rows.map((row, index) =>
    String(getRowPosition(row, rows[index - 1], rows[index + 1], getDay).group),
  );
}

it('groups the messages of one run, however long it took', () => {
  expect(
    getGroups(
      { role: 'user', run_id: null, created_at: 0 },
      { role: 'assistant', run_id: 'run_1', created_at: 1 },
      { role: 'assistant', run_id: 'run_1', created_at: 4_000 },
      { role: 'assistant', run_id: 'run_1', created_at: 4_001 },
    ),
  ).toEqual(['single', 'first', 'middle', 'last']);
});

it('separates the messages of two runs, however close they are', () => {
  expect(
    getGroups(
      { role: 'assistant', run_id: 'run_1', created_at: 1 },
      { role: 'assistant', run_id: 'run_2', created_at: 1 },
    ),
  ).toEqual(['single', 'single']);
});

it('groups messages of the user that were sent within minutes', () => {
  expect(
    getGroups(
      { role: 'user', run_id: null, created_at: 0 },
      { role: 'user', run_id: null, created_at: 200 },
      { role: 'user', run_id: null, created_at: 2_000 },
    ),
  ).toEqual(['first', 'last', 'single']);
});
