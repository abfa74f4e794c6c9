import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFrameScheduler } from '../../../src/core/run/createFrameScheduler.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const field = document.body.appendChild(document.createElement('textarea'));
const press = (target: Element = field) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', bubbles: true, composed: true }));
const nextFrame = () => vi.advanceTimersToNextFrame();
const advance = (durationMs: number) => vi.advanceTimersByTime(durationMs);

/** Creates a scheduler and counts its notifications. */
function createCountedScheduler() {
  let count = 0;
  const scheduler = createFrameScheduler();
  scheduler.subscribe(() => {
    count += 1;
  });
  return { ...scheduler, getCount: () => count };
}

it('notifies once per frame', () => {
  const { request, stop, getCount } = createCountedScheduler();
  for (let repeat = 0; repeat < 10; repeat += 1) request();
  expect(getCount()).toBe(0);
  nextFrame();
  expect(getCount()).toBe(1);
  nextFrame();
  expect(getCount()).toBe(1);
  stop();
});

it('notifies after the frame of a key, not in it', () => {
  const { request, stop, getCount } = createCountedScheduler();
  request();
  press();
  nextFrame();
  expect(getCount()).toBe(0);
  advance(5);
  expect(getCount()).toBe(1);
  stop();
});

it('runs after tasks that were deferred to the end of the frame of a key', () => {
  const { request, stop, getCount } = createCountedScheduler();
  let before: number | undefined;
  request();
  press();
  requestAnimationFrame(() => {
    setTimeout(() => {
      before = getCount();
    });
  });
  nextFrame();
  advance(5);
  expect({ before, after: getCount() }).toEqual({ before: 0, after: 1 });
  stop();
});

it('requests no frame of its own while the user types', () => {
  const { request, stop, getCount } = createCountedScheduler();
  press();
  request();
  for (let repeat = 0; repeat < 10; repeat += 1) nextFrame();
  expect(getCount()).toBe(0);
  press();
  nextFrame();
  advance(5);
  expect(getCount()).toBe(1);
  stop();
});

it('notifies within 250 ms of the last key, and once per frame when the user has stopped typing', () => {
  const { request, stop, getCount } = createCountedScheduler();
  press();
  request();
  advance(249);
  expect(getCount()).toBe(0);
  advance(1);
  expect(getCount()).toBe(1);
  advance(750);
  request();
  nextFrame();
  expect(getCount()).toBe(2);
  stop();
});

it('notifies in the next frame if a key is pressed outside of a text field', () => {
  const { request, stop, getCount } = createCountedScheduler();
  request();
  press(document.body);
  nextFrame();
  expect(getCount()).toBe(1);
  request();
  nextFrame();
  expect(getCount()).toBe(2);
  stop();
});

it('recognizes a text field in a shadow tree', () => {
  const { request, stop, getCount } = createCountedScheduler();
  const host = document.body.appendChild(document.createElement('div'));
  const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('textarea'));
  request();
  press(inner);
  nextFrame();
  expect(getCount()).toBe(0);
  advance(5);
  expect(getCount()).toBe(1);
  stop();
});

it('notifies within 100 ms even if the user types quickly', () => {
  const { request, stop, getCount } = createCountedScheduler();
  request();
  for (let repeat = 0; repeat < 50; repeat += 1) {
    press();
    advance(2);
  }
  expect(getCount()).toBe(1);
  stop();
});

it('does not wait for keys after it is stopped', () => {
  const { request, stop, getCount } = createCountedScheduler();
  press();
  stop();
  request();
  press();
  nextFrame();
  expect(getCount()).toBe(1);
});

it('notifies once per frame in runtimes with frames but without DOM events, such as React Native', () => {
  vi.stubGlobal('addEventListener', undefined);
  vi.stubGlobal('removeEventListener', undefined);
  const { request, stop, getCount } = createCountedScheduler();
  request();
  nextFrame();
  expect(getCount()).toBe(1);
  stop();
  vi.unstubAllGlobals();
});
