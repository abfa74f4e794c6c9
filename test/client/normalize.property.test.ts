import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssistantsError } from '../../src/client/AssistantsError.js';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { normalizeEvent } from '../../src/client/normalize.js';
import type { OperationId } from '../../src/protocol/types.js';
import { assertProperty } from '../assertProperty.js';
import { arbitraryMutant } from '../mutants/mutate.js';
import { sampleObjects } from '../mutants/sampleObjects.js';

const ids = {
  assistantId: 'asst_1',
  threadId: 'thread_1',
  messageId: 'msg_2',
  runId: 'run_1',
  stepId: 'step_1',
  fileId: 'file-1',
};
const responses: readonly (readonly [OperationId, object])[] = [
  ['getAssistant', sampleObjects.assistant],
  ['getAssistantFile', sampleObjects.assistantFile],
  ['getThread', sampleObjects.thread],
  ['getMessage', sampleObjects.message],
  ['getMessageFile', sampleObjects.messageFile],
  ['getRun', sampleObjects.run],
  ['getRunStep', sampleObjects.step],
  ['getFile', sampleObjects.file],
  ['listAssistants', { object: 'list', data: [sampleObjects.assistant], has_more: false }],
  ['listThreads', { object: 'list', data: [sampleObjects.thread], has_more: false }],
  ['listMessages', { object: 'list', data: [sampleObjects.message], has_more: false }],
  ['listRuns', { object: 'list', data: [sampleObjects.run], has_more: true }],
  ['listRunSteps', { object: 'list', data: [sampleObjects.step], has_more: false }],
  ['listFiles', { object: 'list', data: [sampleObjects.file], has_more: false }],
];
const events: readonly (readonly [string, object])[] = [
  ['thread.created', sampleObjects.thread],
  ['thread.message.completed', sampleObjects.message],
  ['thread.message.delta', sampleObjects.messageDelta],
  ['thread.run.requires_action', sampleObjects.run],
  ['thread.run.step.completed', sampleObjects.step],
  ['thread.run.step.delta', sampleObjects.stepDelta],
];

/** Requests an operation from a server that answers with a value. Returns the error of a refused response. */
async function request(operationId: OperationId, value: unknown): Promise<unknown> {
  const client = createAssistantsClient({
    baseUrl: 'https://host.test/v1',
    retry: 0,
    fetch: async () => Response.json(value),
  });
  // Every operation takes its ids from the same object.
  const call = client[operationId] as (params: object) => Promise<unknown>;
  return call(ids).catch((error: unknown) => error);
}

describe('responses', () => {
  it.each(responses)(
    'of %s are repaired or refused, and normal ones are unchanged',
    async (operationId, value) => {
      expect(await request(operationId, value)).toEqual(value);
      await assertProperty(
        fc.asyncProperty(arbitraryMutant(value), async (mutant) => {
          const result = await request(operationId, mutant);
          if (result instanceof AssistantsError) assert.equal(result.kind, 'protocol');
          // A repaired response is normal: it is not repaired again.
          else assert.deepEqual(await request(operationId, result), result);
        }),
        { name: `normalize-${operationId}`, full: 1_000, small: 60 },
      );
    },
  );
});

describe('events', () => {
  it.each(events)(
    '%s are repaired or lose their data, and normal ones are unchanged',
    async (event, data) => {
      const normal = await normalizeEvent(event, data, {});
      expect(normal.data).toBe(data);
      await assertProperty(
        fc.asyncProperty(arbitraryMutant(data), async (mutant) => {
          const { data: repaired } = await normalizeEvent(event, mutant, {});
          expect((await normalizeEvent(event, repaired, {})).data).toBe(repaired);
        }),
        { name: `normalize-${event}`, full: 1_000, small: 60 },
      );
    },
  );
});
