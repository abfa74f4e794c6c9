import { createAnswer, createMessages } from './content.js';
import { bareDom } from './variants/bareDom.js';
import { ours } from './variants/ours.js';
import { reactMarkdown } from './variants/reactMarkdown.js';
import type { OpenThread, Variant } from './variants/variant.js';
import { virtualList } from './variants/virtualList.js';

const VARIANTS: Record<string, Variant> = { ours, bareDom, reactMarkdown, virtualList };

const root = document.querySelector<HTMLElement>('#root') ?? document.body;
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener('message', () => waiting.shift()?.());
channel.port1.start();

let thread: OpenThread | undefined;
let open: (() => OpenThread) | undefined;

/** Resolves in the next task. */
function task(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Resolves in the task after the next frame, when pending changes are painted. */
async function painted(): Promise<void> {
  await frame();
  await task();
}

function opened(): OpenThread {
  if (!thread) throw new Error('No thread is open.');
  return thread;
}

/** Returns the share of the viewport height that is covered by no row, from 0 to 1. */
function blankPart(): number {
  const { rows, scroller } = opened();
  const view = scroller().getBoundingClientRect();
  const boxes = [...document.querySelectorAll(rows)].map((row) => row.getBoundingClientRect());
  const points = Array.from({ length: 40 }, (_, at) => view.top + (view.height * (at + 0.5)) / 40);
  // Gaps between rows, and the space above the first and below the last row, do not count.
  const missing = points.filter(
    (y) => !boxes.some(({ top, bottom }) => top - 48 <= y && bottom + 48 >= y),
  );
  return missing.length / points.length;
}

const api = {
  prepare(name: string, count: number) {
    const variant = VARIANTS[name];
    if (!variant) throw new Error(`Unknown variant '${name}'.`);
    const start = variant.prepare(createMessages(count));
    open = () => start(root);
  },

  /** Opens the prepared thread. Resolves with the milliseconds until it is painted and stable. */
  async open() {
    const began = performance.now();
    thread = open?.();
    await painted();
    const first = performance.now() - began;
    await painted();
    await painted();
    return { first, elements: document.querySelectorAll('*').length };
  },

  close() {
    opened().close();
    thread = undefined;
  },

  begin: () => opened().begin(),

  /** Streams an answer at a number of tokens per frame. */
  async pace(tokens: number, perFrame: number) {
    const answer = createAnswer(tokens);
    const commits: number[] = [];
    let before = globalThis.commits;
    let isOn = true;
    // Requests its frame before other code does, so that the commits of a frame are counted from its start.
    const count = () => {
      commits.push(globalThis.commits - before);
      before = globalThis.commits;
      if (isOn) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    for (let at = 0; at < answer.length; at += perFrame) {
      await frame();
      opened().push(answer.slice(at, at + perFrame));
    }
    await painted();
    isOn = false;
    return {
      mostCommits: Math.max(...commits),
      twice: commits.filter((each) => each > 1).length,
      length: answer.join('').length,
    };
  },

  /** Streams an answer at one token per task, as fast as the page runs tasks. */
  async flood(tokens: number) {
    const answer = createAnswer(tokens);
    for (const token of answer) {
      opened().push([token]);
      await task();
    }
    await painted();
    await painted();
    return { tokens: answer.length };
  },

  end: () => opened().end(),

  /** Returns the number of characters of the newest row, to check that nothing is missing. */
  lastLength: () =>
    [...document.querySelectorAll(opened().rows)].at(-1)?.textContent?.replace(/\s/g, '').length ??
    0,

  /** Streams until `stopStream`, like a network: with 4 to 29 ms between chunks, out of step with the frames. */
  startStream(perFrame: number) {
    const answer = createAnswer(4_000);
    let at = 0;
    let seed = 7;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = () => {
      if (at >= answer.length) return;
      opened().push(answer.slice(at, at + perFrame));
      at += perFrame;
      seed = (seed * 48_271) % 2_147_483_647;
      timer = setTimeout(step, 4 + (seed % 26));
    };
    step();
    api.stopStream = () => clearTimeout(timer);
  },
  stopStream: () => undefined as void,

  /**
   * Collects the time from each key to the frame that shows it: every key adds an element to the page, and the browser reports
   * when it was presented. A task after the frame would be less precise, because Chromium delays tasks after a key.
   */
  watchKeys() {
    const field = document.querySelector('textarea');
    field?.focus();
    const pressed: number[] = [];
    const times: number[] = [];
    const onKey = ({ timeStamp }: KeyboardEvent) => {
      const mark = document.createElement('div');
      mark.style.cssText =
        'position: fixed; inset: 0 auto auto 0; contain: strict; inline-size: 9px; block-size: 14px; font: 9px monospace';
      mark.setAttribute('elementtiming', String(pressed.push(timeStamp) - 1));
      mark.textContent = 'x';
      document.body.append(mark);
    };
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PresentedElement[]) {
        times.push(entry.renderTime - (pressed[Number(entry.identifier)] ?? Number.NaN));
        entry.element?.remove();
      }
    });
    observer.observe({ type: 'element' });
    field?.addEventListener('keydown', onKey);
    api.keyTimes = () => {
      field?.removeEventListener('keydown', onKey);
      observer.disconnect();
      if (times.length < pressed.length)
        throw new Error(
          `${pressed.length - times.length} of ${pressed.length} keys were never shown.`,
        );
      return times;
    };
  },
  keyTimes: (): number[] => [],

  /** Scrolls up from the end in leaps. */
  async leap(leaps: number, way: LeapWay) {
    const scroller = opened().scroller();
    const frames: number[] = [];
    let blank = 0;
    let worst = 0;
    let mostRows = 0;
    let isOn = true;
    let isPainted = true;
    let last = await frame();
    const watch = async () => {
      while (isOn) {
        const now = await frame();
        frames.push(now - last);
        last = now;
        isPainted = true;
        await task();
        // Another leap may have followed that no frame has shown yet.
        if (!isPainted) continue;
        const part = blankPart();
        worst = Math.max(worst, part);
        mostRows = Math.max(mostRows, document.querySelectorAll(opened().rows).length);
        if (part > 0.1) blank += 1;
      }
    };
    const watching = watch();
    for (let leap = 1; leap <= leaps; leap += 1) {
      // Input arrives in tasks, not in frames.
      await new Promise((resolve) => setTimeout(resolve, 40));
      isPainted = false;
      const rows = [...document.querySelectorAll(opened().rows)];
      if (way === 'wheel')
        scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
      const selected = rows.at(leap % rows.length);
      if (way === 'selection' && selected) getSelection()?.selectAllChildren(selected);
      if (way === 'row') rows[0]?.scrollIntoView({ block: 'end' });
      else
        scroller.scrollTop =
          ((scroller.scrollHeight - scroller.clientHeight) * (leaps - leap)) / leaps;
    }
    getSelection()?.removeAllRanges();
    await painted();
    await painted();
    isOn = false;
    await watching;
    return {
      slow: frames.filter((each) => each > 32).length,
      blank,
      worst,
      mostRows,
      frames: frames.length,
      top: scroller.scrollTop,
    };
  },

  /** Counts the frames that the machine drops while idle. */
  async idle(milliseconds: number) {
    const until = performance.now() + milliseconds;
    let last = await frame();
    let slow = 0;
    while (last < until) {
      const now = await frame();
      if (now - last > 32) slow += 1;
      last = now;
    }
    return { slow };
  },
};

/**
 * Ways to make a leap: with a gesture, as by the scrollbar; by a script that sets the position; by one that does so while the
 * user selects text; or to the first row in the page, as assistive technology and the search of the browser do.
 */
export type LeapWay = 'wheel' | 'script' | 'selection' | 'row';

/** An entry of `elementtiming`, which TypeScript does not declare yet. Times are in milliseconds. */
interface PresentedElement extends PerformanceEntry {
  readonly identifier: string;
  readonly element: Element | null;
  readonly renderTime: number;
}

declare global {
  var bench: typeof api;
  var commits: number;
}
globalThis.bench = api;
