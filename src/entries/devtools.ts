'use client';
export {
  AssistantsDevtools,
  type AssistantsDevtoolsProps,
} from '../devtools/AssistantsDevtools.js';
export {
  AssistantsDevtoolsPanel,
  type AssistantsDevtoolsPanelProps,
} from '../devtools/AssistantsDevtoolsPanel.js';
export {
  assistantsDevtoolsPlugin,
  type AssistantsDevtoolsPlugin,
} from '../devtools/assistantsDevtoolsPlugin.js';
export { recordRequests } from '../devtools/requestLog.js';
export type * from '../index.js';
