import { hashKey } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import * as keys from '../../src/queries/keys.js';

test('gives every function a key of its own', () => {
  const made = Object.values(keys).map((make: (...ids: never[]) => readonly unknown[]) =>
    hashKey(Reflect.apply(make, undefined, ['s', 'a', 'b', 'c'])),
  );
  expect(new Set(made).size).toBe(made.length);
});

test('puts everything of a thread below its key', () => {
  const thread = keys.thread('s', 't');
  const below = [
    keys.threadDetail('s', 't'),
    keys.messageList('s', 't', { limit: 5 }),
    keys.messageDetail('s', 't', 'm'),
    keys.messageFile('s', 't', 'm', 'f'),
    keys.runList('s', 't', undefined),
    keys.runDetail('s', 't', 'r'),
    keys.runStepList('s', 't', 'r', undefined),
    keys.runStep('s', 't', 'r', 'x', undefined),
  ];
  for (const key of below) expect(key.slice(0, thread.length)).toEqual(thread);
});

test('keeps lists and objects apart even when an id is called list', () => {
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

test('keeps clients of different scope apart', () => {
  expect(hashKey(keys.thread('one', 't'))).not.toBe(hashKey(keys.thread('two', 't')));
});

test('takes no query and an empty one for the same', () => {
  expect(hashKey(keys.runList('s', 't', undefined))).toBe(hashKey(keys.runList('s', 't', {})));
});
