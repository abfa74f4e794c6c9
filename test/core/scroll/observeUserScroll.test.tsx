import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  observeUserScroll,
  type UserScrollObserver,
  type UserScrollOptions,
} from '../../../src/core/scroll/observeUserScroll.js';

const CLIENT_HEIGHT = 600;
const SCROLL_HEIGHT = 2_000;
const END = SCROLL_HEIGHT - CLIENT_HEIGHT;

let observer: UserScrollObserver | undefined;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  observer?.stop();
  observer = undefined;
  document.body.replaceChildren();
  vi.useRealTimers();
});

/** Creates an element with the scroll properties that jsdom does not compute, at its end. */
function createScroller(): HTMLElement {
  const scroller = document.createElement('div');
  Object.defineProperties(scroller, {
    scrollHeight: { value: SCROLL_HEIGHT },
    clientHeight: { value: CLIENT_HEIGHT },
  });
  scroller.scrollTo = (options?: ScrollToOptions | number) => {
    if (typeof options === 'object') scroller.scrollTop = options.top ?? 0;
  };
  document.body.append(scroller);
  return scroller;
}

function observe() {
  const scroller = createScroller();
  const callbacks = {
    onFollowing: vi.fn<(isFollowing: boolean) => void>(),
    onScroll: vi.fn<() => void>(),
    onEndKey: vi.fn<() => void>(),
    onRelease: vi.fn<() => void>(),
    onRest: vi.fn<() => void>(),
  } satisfies Omit<UserScrollOptions, 'isFollowing'>;
  const created = observeUserScroll(scroller, { isFollowing: true, ...callbacks });
  observer = created;
  created.scrollTo(END);
  const scrollBy = (distance: number) => {
    scroller.scrollTop += distance;
    scroller.dispatchEvent(new Event('scroll'));
  };
  const turnWheel = (deltaY: number) => scroller.dispatchEvent(new WheelEvent('wheel', { deltaY }));
  return { scroller, observer: created, scrollBy, turnWheel, ...callbacks };
}

describe('observeUserScroll', () => {
  it('reports that the user has scrolled away', () => {
    const { scrollBy, turnWheel, onFollowing, onScroll } = observe();
    turnWheel(-100);
    scrollBy(-100);
    expect(onFollowing).toHaveBeenCalledExactlyOnceWith(false);
    expect(onScroll).toHaveBeenCalledTimes(1);
  });

  it('holds the position for 150 ms after a turn of the wheel up', () => {
    const {
      observer: { isHolding },
      turnWheel,
      onRelease,
    } = observe();
    turnWheel(-100);
    vi.advanceTimersByTime(149);
    expect(isHolding()).toBe(true);
    expect(onRelease).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(isHolding()).toBe(false);
    expect(onRelease).toHaveBeenCalledTimes(1);
  });

  it('ends the hold without a release once the user has scrolled away', () => {
    const {
      observer: { isHolding },
      scrollBy,
      turnWheel,
      onRelease,
    } = observe();
    turnWheel(-100);
    scrollBy(-100);
    expect(isHolding()).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(onRelease).not.toHaveBeenCalled();
  });

  it('ignores keys in a field', () => {
    const {
      scroller,
      observer: { isHolding },
    } = observe();
    const input = document.createElement('input');
    const button = document.createElement('button');
    scroller.append(input, button);
    const press = (target: HTMLElement) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    press(input);
    expect(isHolding()).toBe(false);
    press(button);
    expect(isHolding()).toBe(true);
  });

  it('holds the position while a mouse button is pressed', () => {
    const {
      scroller,
      observer: { isHolding },
      onRelease,
    } = observe();
    scroller.dispatchEvent(new MouseEvent('pointerdown'));
    expect(isHolding()).toBe(true);
    window.dispatchEvent(new MouseEvent('pointerup'));
    expect(isHolding()).toBe(false);
    expect(onRelease).toHaveBeenCalledTimes(1);
    window.dispatchEvent(new MouseEvent('pointerup'));
    expect(onRelease).toHaveBeenCalledTimes(1);
  });

  it('reports rest 150 ms after the last scroll event, but not during a press', () => {
    const { scroller, scrollBy, onRest } = observe();
    scrollBy(-10);
    vi.advanceTimersByTime(100);
    scrollBy(-10);
    vi.advanceTimersByTime(149);
    expect(onRest).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onRest).toHaveBeenCalledTimes(1);
    scroller.dispatchEvent(new Event('touchstart'));
    scrollBy(-10);
    vi.advanceTimersByTime(1_000);
    expect(onRest).toHaveBeenCalledTimes(1);
  });

  it('reports keys that scroll to the end', () => {
    const { scroller, onEndKey } = observe();
    const input = document.createElement('input');
    const nested = document.createElement('div');
    nested.tabIndex = 0;
    scroller.tabIndex = 0;
    scroller.append(input, nested);
    const press = (target: HTMLElement, init: KeyboardEventInit) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
    press(input, { key: 'End' });
    press(nested, { key: 'End' });
    press(scroller, { key: 'End', shiftKey: true });
    press(scroller, { key: 'ArrowDown' });
    expect(onEndKey).not.toHaveBeenCalled();
    press(scroller, { key: 'End' });
    press(scroller, { key: 'End', ctrlKey: true });
    press(scroller, { key: 'ArrowDown', metaKey: true });
    expect(onEndKey).toHaveBeenCalledTimes(3);
  });

  it('handles a movement up before its event arrives', () => {
    const {
      scroller,
      observer: { flush },
      onFollowing,
      onScroll,
    } = observe();
    flush(0);
    scroller.scrollTop -= 100;
    // The end of the list before it was extended by 100 px: the browser has moved the view there.
    flush(100);
    expect(onFollowing).not.toHaveBeenCalled();
    scroller.scrollTop -= 50;
    flush(100);
    expect(onFollowing).toHaveBeenCalledExactlyOnceWith(false);
    expect(onScroll).toHaveBeenCalledTimes(1);
    scroller.dispatchEvent(new Event('scroll'));
    expect(onScroll).toHaveBeenCalledTimes(1);
  });

  it('starts at the position of the element', () => {
    const scroller = createScroller();
    scroller.scrollTop = 700;
    const onScroll = vi.fn<() => void>();
    observer = observeUserScroll(scroller, {
      isFollowing: false,
      onFollowing: vi.fn<() => void>(),
      onScroll,
      onEndKey: vi.fn<() => void>(),
      onRelease: vi.fn<() => void>(),
      onRest: vi.fn<() => void>(),
    });
    expect(observer.getPendingScroll()).toBe(0);
    scroller.dispatchEvent(new Event('scroll'));
    expect(onScroll).not.toHaveBeenCalled();
  });

  it('does not report its own scrolling', () => {
    const {
      scroller,
      observer: { scrollTo, getPendingScroll },
      onScroll,
    } = observe();
    scrollTo(500);
    scroller.dispatchEvent(new Event('scroll'));
    expect(onScroll).not.toHaveBeenCalled();
    expect(getPendingScroll()).toBe(0);
  });

  it('keeps what the user has scrolled since the last event when it scrolls', () => {
    const {
      scroller,
      observer: { scrollTo, getPendingScroll },
      turnWheel,
      onFollowing,
    } = observe();
    turnWheel(-100);
    scroller.scrollTop -= 100;
    expect(getPendingScroll()).toBe(-100);
    scrollTo(scroller.scrollTop + 40);
    expect(getPendingScroll()).toBe(-100);
    scroller.dispatchEvent(new Event('scroll'));
    expect(onFollowing).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('removes its listeners and timers', () => {
    const {
      observer: { stop },
      scrollBy,
      turnWheel,
      onScroll,
      onRelease,
      onRest,
    } = observe();
    turnWheel(-1);
    scrollBy(-10);
    stop();
    turnWheel(-1);
    scrollBy(-10);
    expect(vi.getTimerCount()).toBe(0);
    expect(onScroll).toHaveBeenCalledTimes(1);
    expect([onRelease, onRest].flatMap((callback) => callback.mock.calls)).toEqual([]);
  });
});
