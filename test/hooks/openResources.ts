import { onTestFinished } from 'vitest';

type Timer = ReturnType<typeof setTimeout>;

/** Counts what is open from now to the end of the test: what was begun and neither ended nor taken back. */
export function openResources() {
  const timers = new Map<unknown, string>();
  const frames = new Set<number>();
  const listeners = new Map<EventTarget, Map<string, number>>();
  const bodies = new Set<string>();
  const channels = new Set<BroadcastChannel>();
  const restore: (() => void)[] = [];
  let opened = 0;

  function replace<Owner extends object, Name extends keyof Owner>(
    owner: Owner,
    name: Name,
    make: (own: Owner[Name]) => Owner[Name],
  ) {
    const own = owner[name];
    owner[name] = make(own);
    restore.push(() => void (owner[name] = own));
  }

  replace(
    globalThis,
    'setTimeout',
    (own) =>
      Object.assign(
        (callback: (...given: unknown[]) => void, ms?: number, ...given: unknown[]): Timer => {
          const timer = own(() => {
            timers.delete(timer);
            callback(...given);
          }, ms);
          timers.set(timer, `timeout of ${ms} ms`);
          return timer;
        },
        own,
      ) as typeof setTimeout,
  );
  replace(
    globalThis,
    'setInterval',
    (own) =>
      Object.assign(
        (callback: (...given: unknown[]) => void, ms?: number, ...given: unknown[]): Timer => {
          const timer = own(callback, ms, ...given);
          timers.set(timer, `interval of ${ms} ms`);
          return timer;
        },
        own,
      ) as typeof setInterval,
  );
  for (const name of ['clearTimeout', 'clearInterval'] as const) {
    replace(globalThis, name, (own) => (timer) => {
      timers.delete(timer);
      own(timer);
    });
  }
  replace(globalThis, 'requestAnimationFrame', (own) => (callback) => {
    const frame = own((time) => {
      frames.delete(frame);
      callback(time);
    });
    frames.add(frame);
    return frame;
  });
  replace(globalThis, 'cancelAnimationFrame', (own) => (frame) => {
    frames.delete(frame);
    own(frame);
  });
  for (const target of [window, document] as EventTarget[]) {
    const counts = new Map<string, number>();
    listeners.set(target, counts);
    const count = (type: string, change: number) =>
      counts.set(type, (counts.get(type) ?? 0) + change);
    replace(target, 'addEventListener', (own) => (type, ...given) => {
      count(type, 1);
      own.call(target, type, ...given);
    });
    replace(target, 'removeEventListener', (own) => (type, ...given) => {
      count(type, -1);
      own.call(target, type, ...given);
    });
  }
  replace(
    globalThis,
    'BroadcastChannel',
    (Own) =>
      class extends Own {
        constructor(name: string) {
          super(name);
          channels.add(this);
        }
        override close() {
          channels.delete(this);
          super.close();
        }
      },
  );
  onTestFinished(() => restore.toReversed().forEach((undo) => undo()));

  return {
    /** A fetch whose answers count as open until they are read to their end or given up. */
    watched:
      (fetch: (request: Request) => Promise<Response>) =>
      async (request: Request): Promise<Response> => {
        const response = await fetch(request);
        if (!response.body) return response;
        const name = `${(opened += 1)} ${request.method} ${request.url}`;
        const reader = response.body.getReader();
        bodies.add(name);
        const body = new ReadableStream<Uint8Array>(
          {
            async pull(controller) {
              try {
                const { done, value } = await reader.read();
                if (!done) return controller.enqueue(value);
                bodies.delete(name);
                controller.close();
              } catch (error) {
                bodies.delete(name);
                controller.error(error);
              }
            },
            async cancel(reason) {
              bodies.delete(name);
              await reader.cancel(reason);
            },
          },
          { highWaterMark: 0 },
        );
        return new Response(body, response);
      },
    timers: () => [...timers.values()],
    frames: () => frames.size,
    bodies: () => [...bodies],
    channels: () => channels.size,
    listeners: () =>
      Object.assign(
        {},
        ...[...listeners.values()].map((counts) => Object.fromEntries(counts)),
      ) as Record<string, number>,
  };
}
