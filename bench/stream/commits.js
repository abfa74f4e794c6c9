import { JSDOM } from 'jsdom';
import { createAnswerEvents, encodeEvents } from './events.js';

const DELTAS = 20_000;
const SECONDS = 3;

/** Compares React commits per second with frames per second, while an answer of 20,000 deltas arrives in three seconds. */
export async function measureCommits() {
  const page = new JSDOM('<div id="root"></div>', { pretendToBeVisual: true });
  const { window } = page;
  Object.assign(globalThis, {
    window,
    document: window.document,
    navigator: window.navigator,
    requestAnimationFrame: window.requestAnimationFrame.bind(window),
    cancelAnimationFrame: window.cancelAnimationFrame.bind(window),
  });
  // React looks for a document when it is loaded.
  const { createElement, Profiler } = await import('react');
  const { createRoot } = await import('react-dom/client');
  const { createAssistantsClient } = await import('../../src/client/createAssistantsClient.js');
  const { useFollowedRun } = await import('../../src/hooks/useFollowedRun.js');
  const { followRun } = await import('../../src/core/run/followRun.js');

  const client = createAssistantsClient({
    baseUrl: 'http://server.test/v1',
    fetch: async () => paced(encodeEvents(createAnswerEvents(DELTAS))),
  });
  const followed = followRun(client, {
    createRun: { threadId: 'thread_1', body: { assistant_id: 'asst_1' } },
  });
  let commits = 0;
  let frames = 0;
  const countFrame = () => {
    frames += 1;
    window.requestAnimationFrame(countFrame);
  };
  window.requestAnimationFrame(countFrame);
  function Answer() {
    const text = useFollowedRun(
      followed,
      ({ messages }) => messages[0]?.content[0]?.text.value ?? '',
    );
    return createElement('p', {}, text);
  }
  const root = createRoot(/** @type {HTMLElement} */ (window.document.getElementById('root')));
  const beganAt = performance.now();
  root.render(
    createElement(
      Profiler,
      {
        id: 'answer',
        onRender: () => {
          commits += 1;
        },
      },
      createElement(Answer),
    ),
  );
  await followed.settled;
  // The last commit follows one frame later.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const seconds = (performance.now() - beganAt) / 1_000;
  const isWhole =
    window.document.body.textContent?.length ===
    createAnswerEvents(DELTAS).at(-2)?.data.content[0].text.value.length;
  root.unmount();
  window.close();
  if (!isWhole)
    throw new Error(
      'The answer was not rendered completely, so the number of commits is meaningless.',
    );
  const rate = (/** @type {number} */ count) => `${(count / seconds).toFixed(1)} /s`;
  return [
    {
      what: `commits, by frames, of ${DELTAS} deltas in ${seconds.toFixed(1)} s`,
      one: rate(commits),
      other: rate(frames),
      ratio: commits / frames,
      atMost: 1,
    },
  ];
}

/**
 * Spreads the bytes over the seconds, with a chunk every five milliseconds.
 * @param {Uint8Array} bytes
 */
function paced(bytes) {
  const beganAt = performance.now();
  let at = 0;
  const body = new ReadableStream({
    async pull(controller) {
      let end = at;
      while (end <= at) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        end = Math.min(
          Math.floor((bytes.length * (performance.now() - beganAt)) / (SECONDS * 1_000)),
          bytes.length,
        );
      }
      controller.enqueue(bytes.subarray(at, end));
      at = end;
      if (at === bytes.length) controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
