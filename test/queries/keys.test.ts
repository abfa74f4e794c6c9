import { hashKey } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import * as keys from '../../src/queries/keys.js';

describe('keys', () => {
  it('are different for every function', () => {
    const hashes = Object.values(keys).map((getKey: (...ids: never[]) => readonly unknown[]) =>
      hashKey(Reflect.apply(getKey, undefined, ['s', 'a', 'b', 'c'])),
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('of a thread are the prefix of all its queries', () => {
    const thread = keys.thread('s', 't');
    const queryKeys = [
      keys.threadDetail('s', 't'),
      keys.messageList('s', 't', { limit: 5 }),
      keys.messageDetail('s', 't', 'm'),
      keys.messageFile('s', 't', 'm', 'f'),
      keys.runList('s', 't', undefined),
      keys.runDetail('s', 't', 'r'),
      keys.runStepList('s', 't', 'r', undefined),
      keys.runStep('s', 't', 'r', 'x', undefined),
    ];
    for (const key of queryKeys) expect(key.slice(0, thread.length)).toEqual(thread);
  });

  it("of lists and objects differ even for the id 'list'", () => {
    expect(hashKey(keys.messageDetail('s', 't', 'list'))).not.toBe(
      hashKey(keys.messageList('s', 't', undefined)),
    );
    expect(hashKey(keys.runDetail('s', 't', 'list'))).not.toBe(
      hashKey(keys.runList('s', 't', undefined)),
    );
    expect(hashKey(keys.assistantDetail('s', 'list'))).not.toBe(
      hashKey(keys.assistantList('s', undefined)),
    );
  });

  it('differ for clients of different scopes', () => {
    expect(hashKey(keys.thread('one', 't'))).not.toBe(hashKey(keys.thread('two', 't')));
  });

  it('are the same for an empty and an undefined query', () => {
    expect(hashKey(keys.runList('s', 't', undefined))).toBe(hashKey(keys.runList('s', 't', {})));
  });
});
