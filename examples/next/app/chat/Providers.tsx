'use client';
import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import type { ReactNode } from 'react';

// The scope is that of the client on the server, so that both write to the same entries of the cache.
const client = createAssistantsClient({ baseUrl: '/v1', scope: 'chat' });

export function Providers({ children }: { children: ReactNode }) {
  return (
    <AssistantsProvider client={client} locale="en">
      {children}
    </AssistantsProvider>
  );
}
