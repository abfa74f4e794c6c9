'use client';

import {
  AssistantsProvider as Provider,
  createAssistantsClient,
  type AssistantsProviderProps,
} from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { SchemaForm } from 'assistants-react/schema-form';

/** Replace the address with the one of your server, or of a proxy that keeps your key. */
const defaultClient = createAssistantsClient({ baseUrl: '/v1' });

/** Connects the chat to a server. Wrap the app, or the part of it that shows threads. */
export function AssistantsProvider({
  client = defaultClient,
  ...props
}: Partial<AssistantsProviderProps>) {
  return (
    <Provider
      client={client}
      components={{ CodeBlock: HighlightedCodeBlock, SchemaForm }}
      {...props}
    />
  );
}
