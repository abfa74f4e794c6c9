import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { frames } from '../../src/stream/frames.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'e' }));
const nextFrame = () => vi.advanceTimersToNextFrame();

function counted() {
  let told = 0;
  return { ...frames(new Set([() => (told += 1)])), told: () => told };
}

it('tells once a frame', () => {
  const { request, stop, told } = counted();
  for (let time = 0; time < 10; time += 1) request();
  expect(told()).toBe(0);
  nextFrame();
  expect(told()).toBe(1);
  nextFrame();
  expect(told()).toBe(1);
  stop();
});

it('leaves the frame after a key to what was typed', () => {
  const { request, stop, told } = counted();
  request();
  press();
  nextFrame();
  expect(told()).toBe(0);
  nextFrame();
  expect(told()).toBe(1);
  stop();
});

it('leaves that frame also where the key came first', () => {
  const { request, stop, told } = counted();
  press();
  request();
  nextFrame();
  expect(told()).toBe(0);
  nextFrame();
  expect(told()).toBe(1);
  stop();
});

it('tells within 100 ms however fast somebody types', () => {
  const { request, stop, told } = counted();
  request();
  for (let time = 0; time < 7; time += 1) {
    press();
    nextFrame();
  }
  expect(told()).toBe(1);
  stop();
});

it('does not wait for keys any more once it is stopped', () => {
  const { request, stop, told } = counted();
  stop();
  request();
  press();
  nextFrame();
  expect(told()).toBe(1);
});

it('tells once a frame where there are frames and no page, as in React Native', () => {
  vi.stubGlobal('addEventListener', undefined);
  vi.stubGlobal('removeEventListener', undefined);
  const { request, stop, told } = counted();
  request();
  nextFrame();
  expect(told()).toBe(1);
  stop();
  vi.unstubAllGlobals();
});
