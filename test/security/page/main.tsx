import 'assistants-react/styles.css';
import { Message } from 'assistants-react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { allPayloads } from '../payloads.js';
import { message } from '../../../stories/fixtures.js';
import { hostileTexts } from '../hostileTexts.js';
import { damage, surfaces } from '../Surfaces.js';

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
    showLong: (name: string, role: 'assistant' | 'user') => Promise<LongText>;
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
      if (found.length > 0) broken.push(`${surface}: ${payload.slice(0, 100)} makes ${found.join(', ')}`);
      shown += 1;
      if (shown % 20 === 0) await new Promise(requestAnimationFrame);
    }
  }
  return { shown, broken };
};

/** Shows a long text in a fresh message, and waits until all of it is there. */
window.showLong = async (name, role) => {
  const text = hostileTexts[name];
  if (text === undefined) throw new Error(`There is no text of ${name}.`);
  flushSync(() => root.render(null));
  await quiet(5);
  let longestMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestMs = Math.max(longestMs, entry.duration);
  });
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  root.render(<Message key={name} message={message({ text, role })} />);
  const end = await quiet(12);
  observer.disconnect();
  const elements = container.querySelectorAll('*').length;
  const characters = container?.querySelector('[data-part="message-text"]')?.textContent.replace(/\s/g, '').length ?? 0;
  return { longestMs, totalMs: end - start, elements, characters };
};

/** Waits until the page has not changed for some frames; answers when it last did. */
async function quiet(frames: number): Promise<number> {
  let last = performance.now();
  let still = 0;
  const observer = new MutationObserver(() => {
    last = performance.now();
    still = 0;
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  while (still < frames) {
    await new Promise(requestAnimationFrame);
    still += 1;
  }
  observer.disconnect();
  return last;
}
