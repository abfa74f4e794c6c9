import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { listMessagesOptions, newestRunOptions } from 'assistants-react/client';
import { connection } from 'next/server';
import { Suspense } from 'react';
import { assistantId } from '../../chat/assistantId';
import { Chat } from '../../chat/Chat';
import { createServerClient } from '../../chat/createServerClient';

interface PageProps {
  params: Promise<{ threadId: string }>;
}

export default function Page(props: PageProps) {
  return (
    <Suspense fallback={null}>
      <Thread {...props} />
    </Suspense>
  );
}

/** The thread of a visitor, with its messages in the HTML. */
async function Thread({ params }: PageProps) {
  // TanStack Query reads the time, which a prerendered page must not.
  await connection();
  const { threadId } = await params;
  const client = await createServerClient();
  const queryClient = new QueryClient();
  await Promise.all([
    queryClient.prefetchInfiniteQuery(listMessagesOptions(client, { threadId })),
    queryClient.prefetchQuery(newestRunOptions(client, { threadId })),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Chat key={threadId} assistantId={assistantId} threadId={threadId} />
    </HydrationBoundary>
  );
}
