import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFrameScheduler } from '../../../src/core/run/createFrameScheduler.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const field = document.body.appendChild(document.createElement('textarea'));
const press = (target: Element = field) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', bubbles: true, composed: true }));
const nextFrame = () => vi.advanceTimersToNextFrame();
const wait = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);

function counted() {
  let told = 0;
  const scheduler = createFrameScheduler();
  scheduler.subscribe(() => {
    told += 1;
  });
  return { ...scheduler, told: () => told };
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

it('leaves the frame of a key to what was typed, and tells behind it', () => {
  const { request, stop, told } = counted();
  request();
  press();
  nextFrame();
  expect(told()).toBe(0);
  wait(5);
  expect(told()).toBe(1);
  stop();
});

it('lets tasks that were put off to the end of that frame come first', () => {
  const { request, stop, told } = counted();
  let before: number | undefined;
  request();
  press();
  requestAnimationFrame(() => setTimeout(() => (before = told())));
  nextFrame();
  wait(5);
  expect({ before, told: told() }).toEqual({ before: 0, told: 1 });
  stop();
});

it('asks for no frame of its own while somebody types', () => {
  const { request, stop, told } = counted();
  press();
  request();
  for (let time = 0; time < 10; time += 1) nextFrame();
  expect(told()).toBe(0);
  press();
  nextFrame();
  wait(5);
  expect(told()).toBe(1);
  stop();
});

it('tells within 250 ms of typing that pauses, and once a frame when it is over', () => {
  const { request, stop, told } = counted();
  press();
  request();
  wait(249);
  expect(told()).toBe(0);
  wait(1);
  expect(told()).toBe(1);
  wait(750);
  request();
  nextFrame();
  expect(told()).toBe(2);
  stop();
});

it('tells with the next frame where a key goes to no field, as one that scrolls', () => {
  const { request, stop, told } = counted();
  request();
  press(document.body);
  nextFrame();
  expect(told()).toBe(1);
  request();
  nextFrame();
  expect(told()).toBe(2);
  stop();
});

it('knows a field in a shadow tree', () => {
  const { request, stop, told } = counted();
  const host = document.body.appendChild(document.createElement('div'));
  const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('textarea'));
  request();
  press(inner);
  nextFrame();
  expect(told()).toBe(0);
  wait(5);
  expect(told()).toBe(1);
  stop();
});

it('tells within 100 ms however fast somebody types', () => {
  const { request, stop, told } = counted();
  request();
  for (let time = 0; time < 50; time += 1) {
    press();
    wait(2);
  }
  expect(told()).toBe(1);
  stop();
});

it('does not wait for keys any more once it is stopped', () => {
  const { request, stop, told } = counted();
  press();
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
