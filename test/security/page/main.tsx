import 'assistants-react/styles.css';
import { ArgumentsTable, Message } from 'assistants-react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { allPayloads } from '../payloads.js';
import { message } from '../../../stories/fixtures.js';
import { hostilePlugins, hostileTexts, hostileValues } from '../hostileTexts.js';
import { damage, longSurfaces, surfaces, WithPlugins } from '../Surfaces.js';

/** How a long text was shown. */
interface LongText {
  /** Milliseconds of the longest task; 0 where none took 50. */
  longestMs: number;
  /** Milliseconds until nothing changed any more. */
  totalMs: number;
  elements: number;
  /** What a reader can read of it. */
  characters: number;
}

declare global {
  interface Window {
    /** What the page's own defences had to stop. */
    violations: string[];
    /** What ran. */
    ran: string[];
    showLong: (name: string, where: string) => Promise<LongText>;
    growLong: (name: string, where: 'a message' | 'arguments') => Promise<LongText>;
    showPlugins: () => Promise<{ formulas: number; tokens: number; broken: string[] }>;
    showAll: () => Promise<{ shown: number; broken: string[] }>;
  }
}

window.violations = [];
window.ran = [];
window.alert = (words?: unknown) => void window.ran.push(String(words));
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});

const container = document.getElementById('root');
if (!container) throw new Error('The page has no root.');
const root = createRoot(container);

/** Shows every payload on every surface, a frame each, so that what loads or runs later has its time. */
window.showAll = async () => {
  let shown = 0;
  const broken: string[] = [];
  for (const [surface, show] of Object.entries(surfaces)) {
    for (const payload of allPayloads) {
      flushSync(() => root.render(<div key={`${surface} ${shown}`}>{show(payload)}</div>));
      const found = damage(container);
      if (found.length > 0)
        broken.push(`${surface}: ${payload.slice(0, 100)} makes ${found.join(', ')}`);
      shown += 1;
      if (shown % 20 === 0) await new Promise(requestAnimationFrame);
    }
  }
  return { shown, broken };
};

/** Shows every payload as a formula and as code, and something that is one, and waits until all have been made. */
window.showPlugins = async () => {
  const texts = [
    '$$\\frac{\\sqrt{x}}{y_1}\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$$ and `code`\n\n```ts\nconst a = "b"; // c\n```',
    ...allPayloads.map(
      (payload) => `$$${payload}$$ \\(x ${payload}\\)\n\n\`\`\`html\n${payload}\n\`\`\``,
    ),
  ];
  root.render(texts.map((text, index) => <WithPlugins key={index} text={text} />));
  await quiet(30);
  return {
    formulas: container.querySelectorAll('math').length,
    tokens: container.querySelectorAll('[data-token]').length,
    broken: damage(container),
  };
};

/** Shows a long text where nothing was, and waits until all of it is there. */
window.showLong = (name, where) =>
  measured(name, (text) => {
    const show = longSurfaces[where];
    if (show === undefined) throw new Error(`There is no place of ${where}.`);
    root.render(<div key={`${name} ${where}`}>{show(text)}</div>);
  });

/** Lets a long text grow to its end, some of it with every frame, as a model writes that never stops. */
window.growLong = (name, where) =>
  measured(name, async (text) => {
    for (let end = PIECE; end - PIECE < text.length; end += PIECE) {
      root.render(growing[where]?.(text.slice(0, end)));
      await new Promise(requestAnimationFrame);
    }
    root.render(longSurfaces[where]?.(text));
  });

const growing: Readonly<Record<string, (text: string) => ReactElement>> = {
  'a message': (text) => <Message message={message({ text, status: 'in_progress' })} isStreaming />,
  arguments: (text) => <ArgumentsTable argumentsText={text} isStreaming />,
};

/** How much of a text comes with a frame, in UTF-16 units: a thousand times what a quick model writes. */
const PIECE = 4_000;

async function measured(
  name: string,
  show: (text: string) => void | Promise<void>,
): Promise<LongText> {
  const text = hostileTexts[name] ?? hostileValues[name] ?? hostilePlugins[name];
  if (text === undefined) throw new Error(`There is no text of ${name}.`);
  flushSync(() => root.render(null));
  await quiet(5);
  let longestMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestMs = Math.max(longestMs, entry.duration);
  });
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  await show(text);
  for (const details of await unfolded()) details.open = true;
  const end = await quiet(12);
  observer.disconnect();
  const elements = container?.querySelectorAll('*').length ?? 0;
  const shown = container?.querySelector('[data-part="message-text"]') ?? container;
  const characters = shown?.textContent.replace(/\s/g, '').length ?? 0;
  return { longestMs, totalMs: end - start, elements, characters };
}

/** What is folded, once it is there; for a reader opens it. */
async function unfolded() {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return container?.querySelectorAll('details') ?? [];
}

/** Waits until the page has not changed for some frames; answers when it last did. */
async function quiet(frames: number): Promise<number> {
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
