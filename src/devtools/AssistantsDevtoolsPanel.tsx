'use client';
import type { QueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import { Button } from '../components/Button.js';
import { createPart, type PartProps, asPart } from '../components/part.js';
import type { ToolDisplay } from '../components/tools/ToolDisplay.js';
import { AssistantsProvider } from '../views/AssistantsProvider.js';
import { CacheView } from './CacheView.js';
import { RequestsView } from './RequestsView.js';
import { RunsView } from './RunsView.js';

/** Props of `AssistantsDevtoolsPanel`. */
export interface AssistantsDevtoolsPanelProps extends Omit<PartProps<'div'>, 'children'> {
  /** @default the client of the nearest `AssistantsProvider` */
  client?: AssistantsClient | undefined;
  /** Cache of the hooks. @default the QueryClient of the app */
  queryClient?: QueryClient | undefined;
  /** Thread whose runs are shown first. @default the thread that was used last */
  threadId?: string | undefined;
  /** Titles and icons of the tools, such as those of `defineTool`. */
  tools?: readonly ToolDisplay[] | undefined;
}

const VIEWS = ['Runs', 'Requests', 'Cache'] as const;

/**
 * Panel for developers: the runs of each thread, the requests of clients with the middleware `recordRequests`, and the cache. Its
 * texts are English. Element: div. Context: `AssistantsProvider`, unless `client` is set.
 */
export function AssistantsDevtoolsPanel({
  client,
  queryClient,
  threadId,
  tools,
  ...props
}: AssistantsDevtoolsPanelProps): ReactElement | null {
  const [view, setView] = useState<(typeof VIEWS)[number]>('Runs');
  const content = (
    <>
      <div {...asPart('devtools-bar')} role="toolbar" aria-label="View">
        {VIEWS.map((name) => (
          <Button
            key={name}
            variant="quiet"
            aria-pressed={view === name}
            onClick={() => setView(name)}
          >
            {name}
          </Button>
        ))}
      </div>
      <div {...asPart('devtools-view')}>
        {view === 'Runs' && <RunsView threadId={threadId} tools={tools} />}
        {view === 'Requests' && <RequestsView />}
        {view === 'Cache' && <CacheView />}
      </div>
    </>
  );
  const children = client ? (
    <AssistantsProvider client={client} queryClient={queryClient}>
      {content}
    </AssistantsProvider>
  ) : (
    content
  );
  const defaultProps = { children, lang: 'en', dir: 'ltr' };
  return createPart({ tag: 'div', name: 'devtools', defaultProps }, props);
}
