import { createAssistantsClient } from 'assistants-react/client';
import { headers } from 'next/headers';
import { chatProxy } from './proxy';

/** Creates a client that asks the proxy in the name of the visitor, without the network. */
export async function createServerClient() {
  const cookie = (await headers()).get('cookie') ?? '';
  return createAssistantsClient({
    baseUrl: 'http://localhost/v1',
    scope: 'chat',
    headers: { cookie },
    fetch: chatProxy.fetch,
  });
}
