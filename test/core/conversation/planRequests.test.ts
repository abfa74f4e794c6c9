import { expect, it } from 'vitest';
import { planRequests } from '../../../src/core/conversation/planRequests.js';
import { createItem } from './fixtures.js';

const assistantId = 'asst_1';
const item = createItem('a');
const message = { role: 'user', content: 'text of a' };

it('stores a message that wants no run', () => {
  expect(planRequests({ ...item, wantsRun: false }, 'thread_1', {})).toEqual({
    type: 'createMessage',
  });
});

it.each([undefined, null, ''])('reports a missing assistant for assistantId %j', (id) => {
  expect(planRequests(item, 'thread_1', { assistantId: id })).toEqual({ type: 'missingAssistant' });
});

it('creates the message and the run in a thread', () => {
  const runOptions = { metadata: { from: 'test' } };
  expect(planRequests(item, 'thread_1', { assistantId, runOptions })).toEqual({
    type: 'createMessageAndRun',
    runBody: { assistant_id: assistantId, metadata: { from: 'test' } },
  });
});

it('creates the thread, the message and the run in one request', () => {
  expect(planRequests(item, undefined, { assistantId })).toEqual({
    type: 'createThreadAndRun',
    body: { assistant_id: assistantId, thread: { messages: [message] } },
  });
});

it('appends additional messages to the new thread', () => {
  const added = { role: 'assistant', content: 'Hello.' } as const;
  const runOptions = { additional_messages: [added] };
  expect(planRequests(item, undefined, { assistantId, runOptions })).toEqual({
    type: 'createThreadAndRun',
    body: { assistant_id: assistantId, thread: { messages: [message, added] } },
  });
});

it('creates the thread first if the run has additional instructions', () => {
  const withInstructions = { ...item, additionalInstructions: 'Be brief.' };
  expect(planRequests(withInstructions, undefined, { assistantId })).toEqual({
    type: 'createMessageAndRun',
    runBody: { assistant_id: assistantId, additional_instructions: 'Be brief.' },
  });
});

it('prefers the instructions of the message to those of the options', () => {
  const withInstructions = { ...item, additionalInstructions: 'Be brief.' };
  const runOptions = { additional_instructions: 'Be polite.' };
  expect(planRequests(withInstructions, 'thread_1', { assistantId, runOptions })).toMatchObject({
    runBody: { additional_instructions: 'Be brief.' },
  });
});
