import 'assistants-react/styles.css';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { allPayloads } from '../payloads.js';
import { damage, surfaces } from '../Surfaces.js';

declare global {
  interface Window {
    /** What the page's own defences had to stop. */
    violations: string[];
    /** What ran. */
    ran: string[];
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
