'use client';
import { QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import { useContext, useState, type ReactElement, type ReactNode } from 'react';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import {
  ComponentsProvider,
  type ComponentsProviderProps,
} from '../components/ComponentsProvider.js';
import { AssistantsClientContext } from '../hooks/useAssistantsClient.js';

/** Props of `AssistantsProvider`: the client, and the props of `ComponentsProvider`. */
export interface AssistantsProviderProps extends ComponentsProviderProps {
  /** Create it once, outside of components or with `useMemo`: hooks reload their data for another client. */
  client: AssistantsClient;
  /** Cache of the hooks. @default the QueryClient of the app, or a new one if there is none */
  queryClient?: QueryClient | undefined;
  children?: ReactNode;
}

/**
 * Provides the client, the cache, texts and component overrides to all hooks and views inside.
 *
 * @example
 * ```tsx
 * import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
 * import type { ReactNode } from 'react';
 *
 * const client = createAssistantsClient({ baseUrl: '/api/v1' });
 *
 * export function Providers({ children }: { children: ReactNode }) {
 *   return <AssistantsProvider client={client}>{children}</AssistantsProvider>;
 * }
 * ```
 */
export function AssistantsProvider({
  client,
  queryClient,
  children,
  ...rest
}: AssistantsProviderProps): ReactElement {
  const appQueryClient = useContext(QueryClientContext);
  const [defaultQueryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient ?? appQueryClient ?? defaultQueryClient}>
      <AssistantsClientContext value={client}>
        <ComponentsProvider {...rest}>{children}</ComponentsProvider>
      </AssistantsClientContext>
    </QueryClientProvider>
  );
}
