'use client';

import { QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import { useContext, useState, type ReactElement, type ReactNode } from 'react';
import type { AssistantsClient } from '../client/client.js';
import {
  ComponentsProvider,
  type ComponentsProviderProps,
} from '../components/ComponentsProvider.js';
import { AssistantsClientContext } from '../hooks/useAssistantsClient.js';

/** Props of `AssistantsProvider`: the client, and what `ComponentsProvider` takes. */
export interface AssistantsProviderProps extends ComponentsProviderProps {
  /** Make it once, outside of components: its identity is that of the connection. */
  client: AssistantsClient;
  /** The cache. @default the app's QueryClient, or a new one where there is none */
  queryClient?: QueryClient | undefined;
  children?: ReactNode;
}

/** Gives all hooks and views below their client, cache, texts and renderers. */
export function AssistantsProvider({
  client,
  queryClient,
  children,
  ...rest
}: AssistantsProviderProps): ReactElement {
  const above = useContext(QueryClientContext);
  const [own] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient ?? above ?? own}>
      <AssistantsClientContext value={client}>
        <ComponentsProvider {...rest}>{children}</ComponentsProvider>
      </AssistantsClientContext>
    </QueryClientProvider>
  );
}
