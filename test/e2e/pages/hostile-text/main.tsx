import 'assistants-react/styles.css';
import { ArgumentsTable, Message } from 'assistants-react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { allPayloads } from '../../../security/payloads.js';
import { message } from '../../../../stories/fixtures.js';
import { hostilePlugins, hostileTexts, hostileValues } from '../../../security/hostileTexts.js';
import { findInjections, longSurfaces, surfaces, WithPlugins } from '../../../security/Surfaces.js';

/** Measures of a rendered text. */
interface RenderedText {
  /** Duration of the longest task in milliseconds. 0 if no task took 50 ms. */
  longestMs: number;
  /** Milliseconds until the page stopped changing. */
  totalMs: number;
  elements: number;
  /** The number of visible characters, white space excluded. */
  characters: number;
}

declare global {
  interface Window {
    /** Violations of the Content Security Policy. */
    violations: string[];
    /** Arguments of every `alert` call. Hostile code calls it. */
    ran: string[];
    /** Names of the texts for `renderText`. */
    textNames: readonly string[];
    /** `maxLength` cuts the text, in UTF-16 units. Default: the whole text. */
    renderText: (name: string, surface: string, maxLength?: number) => Promise<RenderedText>;
    streamText: (
      name: string,
      surface: 'a message' | 'arguments',
      maxLength?: number,
    ) => Promise<RenderedText>;
    renderPlugins: () => Promise<{ formulas: number; tokens: number; broken: string[] }>;
    renderAll: () => Promise<{ rendered: number; broken: string[] }>;
    /** Renders a text that needs the lazily loaded parts of markdown, and waits for them. */
    loadLazyModules: () => Promise<void>;
  }
}

window.violations = [];
window.ran = [];
window.textNames = Object.keys(hostileTexts);
window.alert = (text?: unknown) => {
  window.ran.push(String(text));
};
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});

const container = document.getElementById('root');
if (!container) throw new Error('The page has no root.');
const root = createRoot(container);

window.loadLazyModules = async () => {
  root.render(<Message message={message({ text: '&Aacute;' })} />);
  while (!container.textContent.includes('\u00c1')) await new Promise(requestAnimationFrame);
  root.render(<Message message={message({ text: '![A picture](https://images.test/1.png)' })} />);
  while (!container.querySelector('[data-part="image"] button'))
    await new Promise(requestAnimationFrame);
};

/** Renders every payload on every surface, with a frame after every 20, so that deferred scripts and requests can start. */
window.renderAll = async () => {
  let rendered = 0;
  const broken: string[] = [];
  for (const [surface, render] of Object.entries(surfaces)) {
    for (const payload of allPayloads) {
      flushSync(() => root.render(<div key={`${surface} ${rendered}`}>{render(payload)}</div>));
      const found = findInjections(container);
      if (found.length > 0)
        broken.push(`${surface}: ${payload.slice(0, 100)} makes ${found.join(', ')}`);
      rendered += 1;
      if (rendered % 20 === 0) await new Promise(requestAnimationFrame);
    }
  }
  return { rendered, broken };
};

/** Renders every payload as a formula and as code, beside valid ones, and waits until the plug-ins have finished. */
window.renderPlugins = async () => {
  const texts = [
    '$$\\frac{\\sqrt{x}}{y_1}\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$$ and `code`\n\n```ts\nconst a = "b"; // c\n```',
    ...allPayloads.map(
      (payload) => `$$${payload}$$ \\(x ${payload}\\)\n\n\`\`\`html\n${payload}\n\`\`\``,
    ),
  ];
  root.render(texts.map((text, index) => <WithPlugins key={index} text={text} />));
  // Their code is loaded now. A slow machine may need long.
  while (!container.querySelector('math') || !container.querySelector('[data-token]'))
    await new Promise(requestAnimationFrame);
  await waitUntilQuiet(30);
  return {
    formulas: container.querySelectorAll('math').length,
    tokens: container.querySelectorAll('[data-token]').length,
    broken: findInjections(container),
  };
};

/** Renders a long text on an empty page and waits until all of it is there. */
window.renderText = (name, surface, maxLength) =>
  measure(getText(name, maxLength), (text) => {
    const render = longSurfaces[surface];
    if (render === undefined) throw new Error(`Unknown surface '${surface}'.`);
    root.render(<div key={`${name} ${surface}`}>{render(text)}</div>);
  });

/** Renders a long text piece by piece, one with every frame, like a streamed answer. */
window.streamText = (name, surface, maxLength) =>
  measure(getText(name, maxLength), async (text) => {
    for (let end = PIECE; end - PIECE < text.length; end += PIECE) {
      root.render(streaming[surface]?.(text.slice(0, end)));
      await new Promise(requestAnimationFrame);
    }
    root.render(longSurfaces[surface]?.(text));
  });

const streaming: Readonly<Record<string, (text: string) => ReactElement>> = {
  'a message': (text) => <Message message={message({ text, status: 'in_progress' })} isStreaming />,
  arguments: (text) => <ArgumentsTable argumentsText={text} isStreaming />,
};

/** UTF-16 units of text added per frame, a thousand times the speed of a fast model. */
const PIECE = 4_000;

function getText(name: string, maxLength?: number): string {
  const text = hostileTexts[name] ?? hostileValues[name] ?? hostilePlugins[name];
  if (text === undefined) throw new Error(`Unknown text '${name}'.`);
  return text.slice(0, maxLength);
}

async function measure(
  text: string,
  render: (text: string) => void | Promise<void>,
): Promise<RenderedText> {
  flushSync(() => root.render(null));
  await waitUntilQuiet(5);
  let longestMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestMs = Math.max(longestMs, entry.duration);
  });
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  await render(text);
  for (const details of await findDetails()) details.open = true;
  const end = await waitUntilQuiet(12);
  observer.disconnect();
  const elements = container?.querySelectorAll('*').length ?? 0;
  const rendered = container?.querySelector('[data-part="message-text"]') ?? container;
  const characters = rendered?.textContent.replace(/\s/g, '').length ?? 0;
  return { longestMs, totalMs: end - start, elements, characters };
}

/** Returns the collapsed sections once they are rendered. */
async function findDetails() {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return container?.querySelectorAll('details') ?? [];
}

/** Waits until the page has not changed for some frames. Resolves with the time of the last change. */
async function waitUntilQuiet(frames: number): Promise<number> {
  let last = performance.now();
  let still = 0;
  const observer = new MutationObserver(() => {
    last = performance.now();
    still = 0;
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  while (still < frames) {
    await new Promise(requestAnimationFrame);
    still += 1;
  }
  observer.disconnect();
  return last;
}
