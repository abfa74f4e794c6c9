import { describe, expect, it } from 'vitest';
import { createKeyedMutex } from '../../src/common/createKeyedMutex.js';
import { createDeferred } from '../createDeferred.js';

describe('createKeyedMutex', () => {
  it('runs the tasks of one key one at a time, in order', async () => {
    const withLock = createKeyedMutex();
    const log: string[] = [];
    const gate = createDeferred();
    const first = withLock('a', async () => {
      log.push('first starts');
      await gate.promise;
      log.push('first ends');
    });
    const second = withLock('a', async () => {
      log.push('second starts');
    });
    await Promise.resolve();
    expect(log).toEqual(['first starts']);
    gate.resolve();
    await Promise.all([first, second]);
    expect(log).toEqual(['first starts', 'first ends', 'second starts']);
  });

  it('runs tasks of different keys concurrently', async () => {
    const withLock = createKeyedMutex();
    const gate = createDeferred();
    const blocked = withLock('a', () => gate.promise);
    await expect(withLock('b', async () => 'done')).resolves.toBe('done');
    gate.resolve();
    await blocked;
  });

  it('runs the next task after a failed one', async () => {
    const withLock = createKeyedMutex();
    const failed = withLock('a', async () => {
      throw new Error('failed');
    });
    const next = withLock('a', async () => 'next');
    await expect(failed).rejects.toThrow('failed');
    await expect(next).resolves.toBe('next');
  });
});
