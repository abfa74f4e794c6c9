import { describe, expect, it } from 'vitest';
import { isFailedRun, isSuperseded } from '../../../src/core/conversation/runOutcome.js';
import type { Run } from '../../../src/protocol/types.js';
import { createMessage, createRun } from './fixtures.js';

describe('isFailedRun', () => {
  it.each([
    ['queued', false],
    ['in_progress', false],
    ['requires_action', false],
    ['cancelling', false],
    ['completed', false],
    ['failed', true],
    ['cancelled', true],
    ['expired', true],
    ['incomplete', true],
  ] satisfies [Run['status'], boolean][])('for status %s is %s', (status, expected) => {
    expect(isFailedRun(createRun('run_1', { status }))).toBe(expected);
  });

  it('is false without a run', () => {
    expect(isFailedRun(undefined)).toBe(false);
  });
});

describe('isSuperseded', () => {
  const run = createRun('run_1', { created_at: 10, status: 'failed' });

  it.each([
    ['an empty thread', undefined, false],
    ['a message of the run', createMessage('a', { created_at: 11, run_id: 'run_1' }), false],
    ['the question of the run', createMessage('a', { created_at: 10 }), false],
    ['a newer message', createMessage('a', { created_at: 11 }), true],
    ['a newer answer', createMessage('a', { created_at: 11, run_id: 'run_2' }), true],
  ])('with %s is %s', (_name, newest, expected) => {
    expect(isSuperseded(run, newest)).toBe(expected);
  });
});
