import { onTestFinished } from 'vitest';

type Timer = ReturnType<typeof setTimeout>;

/** Counts timers, frames, listeners, response bodies and broadcast channels that are open, until the test ends. */
export function trackResources() {
  const timers = trackTimers();
  const frames = trackFrames();
  const listeners = trackListeners([window, document]);
  const channels = trackChannels();
  const bodies = trackBodies();
  return { timers, frames, listeners, channels, ...bodies };
}

function trackTimers(): () => string[] {
  const open = new Map<unknown, string>();
  replaceUntilEnd(
    globalThis,
    'setTimeout',
    (original) =>
      Object.assign(
        (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Timer => {
          const timer = original(() => {
            open.delete(timer);
            callback(...args);
          }, ms);
          open.set(timer, `timeout of ${ms} ms`);
          return timer;
        },
        original,
      ) as typeof setTimeout,
  );
  replaceUntilEnd(
    globalThis,
    'setInterval',
    (original) =>
      Object.assign(
        (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Timer => {
          const timer = original(callback, ms, ...args);
          open.set(timer, `interval of ${ms} ms`);
          return timer;
        },
        original,
      ) as typeof setInterval,
  );
  for (const name of ['clearTimeout', 'clearInterval'] as const) {
    replaceUntilEnd(globalThis, name, (original) => (timer) => {
      open.delete(timer);
      original(timer);
    });
  }
  return () => [...open.values()];
}

function trackFrames(): () => number {
  const open = new Set<number>();
  replaceUntilEnd(globalThis, 'requestAnimationFrame', (original) => (callback) => {
    const frame = original((time) => {
      open.delete(frame);
      callback(time);
    });
    open.add(frame);
    return frame;
  });
  replaceUntilEnd(globalThis, 'cancelAnimationFrame', (original) => (frame) => {
    open.delete(frame);
    original(frame);
  });
  return () => open.size;
}

/** Returns the number of listeners by the type of the event. */
function trackListeners(targets: EventTarget[]): () => Record<string, number> {
  const counts = new Map<string, number>();
  const change = (type: string, by: number) => {
    counts.set(type, (counts.get(type) ?? 0) + by);
  };
  for (const target of targets) {
    replaceUntilEnd(target, 'addEventListener', (original) => (type, ...args) => {
      change(type, 1);
      original.call(target, type, ...args);
    });
    replaceUntilEnd(target, 'removeEventListener', (original) => (type, ...args) => {
      change(type, -1);
      original.call(target, type, ...args);
    });
  }
  return () => Object.fromEntries(counts);
}

function trackChannels(): () => number {
  const open = new Set<BroadcastChannel>();
  replaceUntilEnd(
    globalThis,
    'BroadcastChannel',
    (Original) =>
      class extends Original {
        constructor(name: string) {
          super(name);
          open.add(this);
        }
        override close() {
          open.delete(this);
          super.close();
        }
      },
  );
  return () => open.size;
}

function trackBodies() {
  const open = new Set<string>();
  let count = 0;

  function trackBody(name: string, response: Response, body: ReadableStream<Uint8Array>): Response {
    const reader = body.getReader();
    open.add(name);
    const tracked = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const { done, value } = await reader.read();
            if (!done) return controller.enqueue(value);
            open.delete(name);
            controller.close();
          } catch (error) {
            open.delete(name);
            controller.error(error);
          }
        },
        async cancel(reason) {
          open.delete(name);
          await reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(tracked, response);
  }

  return {
    bodies: () => [...open],
    /** Wraps a fetch function. Its response bodies count as open until they are read to the end or cancelled. */
    trackFetch:
      (fetch: (request: Request) => Promise<Response>) =>
      async (request: Request): Promise<Response> => {
        const response = await fetch(request);
        if (!response.body) return response;
        count += 1;
        return trackBody(`${count} ${request.method} ${request.url}`, response, response.body);
      },
  };
}

/** Replaces a member of an object until the test ends. */
function replaceUntilEnd<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  wrap: (original: Owner[Name]) => Owner[Name],
): void {
  const original = owner[name];
  owner[name] = wrap(original);
  onTestFinished(() => {
    owner[name] = original;
  });
}
