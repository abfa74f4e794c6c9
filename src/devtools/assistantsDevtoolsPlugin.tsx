import type { ReactElement } from 'react';
import {
  AssistantsDevtoolsPanel,
  type AssistantsDevtoolsPanelProps,
} from './AssistantsDevtoolsPanel.js';

/** Plugin for `TanStackDevtools` of `@tanstack/react-devtools`. */
export interface AssistantsDevtoolsPlugin {
  id: string;
  name: string;
  render: ReactElement;
}

/**
 * Creates a plugin that shows `AssistantsDevtoolsPanel` in TanStack Devtools.
 *
 * @example
 * ```tsx
 * import { TanStackDevtools } from '@tanstack/react-devtools';
 * import { assistantsDevtoolsPlugin } from 'assistants-react/devtools';
 *
 * // Inside of AssistantsProvider.
 * export const devtools = <TanStackDevtools plugins={[assistantsDevtoolsPlugin()]} />;
 * ```
 */
export function assistantsDevtoolsPlugin(
  props: AssistantsDevtoolsPanelProps = {},
): AssistantsDevtoolsPlugin {
  return {
    id: 'assistants-react',
    name: 'Assistants',
    render: <AssistantsDevtoolsPanel {...props} />,
  };
}
