import { describe, expect, it } from 'vitest';
import { matchOperation } from '../../src/protocol/matchOperation.js';

describe('matchOperation', () => {
  it.each([
    ['GET', '/assistants', { operation: 'listAssistants', params: {} }],
    ['POST', '/threads/runs', { operation: 'createThreadAndRun', params: {} }],
    [
      'POST',
      '/threads/thread_1/runs/run_1/submit_tool_outputs',
      {
        operation: 'submitToolOutputsToRun',
        params: { thread_id: 'thread_1', run_id: 'run_1' },
      },
    ],
    [
      'GET',
      '/files/file-1/content',
      { operation: 'getFileContent', params: { file_id: 'file-1' } },
    ],
  ])('matches %s %s', (method, path, expected) => {
    expect(matchOperation(method, path)).toEqual(expected);
  });

  it.each([
    ['PUT', '/assistants'],
    ['GET', 'assistants'],
    ['GET', '/assistants/'],
    ['GET', '/assistants//'],
    ['GET', '/assistants/..'],
    ['GET', '/assistants/a%2Fb'],
    ['GET', '/threads/runs'],
    ['GET', '/unknown'],
    ['GET', ''],
  ])('matches no operation for %s %j', (method, path) => {
    expect(matchOperation(method, path)).toBeUndefined();
  });
});
