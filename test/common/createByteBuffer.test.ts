import { expect, it } from 'vitest';
import { createByteBuffer } from '../../src/common/createByteBuffer.js';

it('joins chunks in their order', () => {
  const buffer = createByteBuffer();
  buffer.add(Uint8Array.of(1, 2));
  buffer.add(new Uint8Array());
  buffer.add(Uint8Array.of(3));
  expect(buffer.getLength()).toBe(3);
  expect(buffer.take()).toEqual(Uint8Array.of(1, 2, 3));
});

it('is empty after its bytes were taken, and leaves them alone', () => {
  const buffer = createByteBuffer();
  buffer.add(Uint8Array.of(1));
  const first = buffer.take();
  buffer.add(Uint8Array.of(2));
  expect([first, buffer.take(), buffer.take()]).toEqual([
    Uint8Array.of(1),
    Uint8Array.of(2),
    new Uint8Array(),
  ]);
});

it('keeps no chunk, however many arrive', () => {
  const buffer = createByteBuffer();
  const shared = Uint8Array.of(7);
  for (let count = 0; count < 10_000; count += 1) buffer.add(shared);
  shared[0] = 8;
  const bytes = buffer.take();
  expect(bytes.length).toBe(10_000);
  expect(bytes.every((byte) => byte === 7)).toBe(true);
  expect(bytes.buffer.byteLength).toBeLessThanOrEqual(20_000);
});
