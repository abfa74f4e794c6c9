import { onDemand } from '../onDemand.js';

/** What runs tools, once for the page. */
export const toolEngines = onDemand('What runs tools', () => import('./toolCallsOf.js'));
