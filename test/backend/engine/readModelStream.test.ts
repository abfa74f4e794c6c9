import { expect, test } from 'vitest';
import { readModelStream, RunStoppedError } from '../../../src/backend/engine/readModelStream.js';

async function* letters(): AsyncGenerator<string, void, void> {
  yield* ['a', 'b', 'c'];
}

test('takes the items in order, one after another', async () => {
  const taken: string[] = [];

  await readModelStream(letters(), new AbortController().signal, async (letter) => {
    taken.push(`${letter} begins`);
    await Promise.resolve();
    taken.push(`${letter} ends`);
  });

  expect(taken).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('ends the wait on abort, even if the source ignores the signal', async () => {
  const controller = new AbortController();
  async function* silent(): AsyncGenerator<string, void, void> {
    yield 'a';
    await new Promise<never>(() => undefined);
  }

  const consuming = readModelStream(silent(), controller.signal, async () => {
    setTimeout(() => controller.abort());
  });

  await expect(consuming).rejects.toBeInstanceOf(RunStoppedError);
});

test('takes no more items after an abort', async () => {
  const controller = new AbortController();
  const taken: string[] = [];

  const consuming = readModelStream(letters(), controller.signal, async (letter) => {
    taken.push(letter);
    controller.abort();
  });

  await expect(consuming).rejects.toBeInstanceOf(RunStoppedError);
  expect(taken).toEqual(['a']);
});

test('does not take an item that arrives with the abort', async () => {
  const controller = new AbortController();
  const taken: string[] = [];
  const source: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const item = Promise.resolve({ done: false, value: 'a' });
        // Two turns on, the item has arrived and is not yet taken.
        void Promise.resolve()
          .then(() => undefined)
          .then(() => controller.abort());
        return item;
      },
    }),
  };

  const consuming = readModelStream(source, controller.signal, async (letter) => {
    taken.push(letter);
  });

  await expect(consuming).rejects.toBeInstanceOf(RunStoppedError);
  expect(taken).toEqual([]);
});

test('closes the source if taking an item fails', async () => {
  let cleaned = false;
  async function* careful(): AsyncGenerator<string, void, void> {
    try {
      yield 'a';
    } finally {
      cleaned = true;
    }
  }

  const consuming = readModelStream(careful(), new AbortController().signal, () =>
    Promise.reject(new Error('Full.')),
  );

  await expect(consuming).rejects.toThrow('Full.');
  expect(cleaned).toBe(true);
});
