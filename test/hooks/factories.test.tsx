import {
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useSuspenseInfiniteQuery,
  useSuspenseQuery,
  type InfiniteData,
} from '@tanstack/react-query';
import { expectTypeOf, test } from 'vitest';
import {
  cancelRunOptions,
  createAssistantsClient,
  getRunOptions,
  listMessagesOptions,
  type AssistantsError,
  type Cursor,
  type Message,
  type Page,
  type Run,
} from '../../src/doors/client.js';

const client = createAssistantsClient({ baseUrl: 'http://backend.test/v1' });
const queryClient = new QueryClient();
const run = getRunOptions(client, { threadId: 't', runId: 'r' });
const messages = listMessagesOptions(client, { threadId: 't' });

test('types whatever TanStack makes of the factories', () => {
  const useRead = () => useQuery(run);
  const useSuspended = () => useSuspenseQuery(run);
  const fetched = () => queryClient.query(run);
  expectTypeOf<ReturnType<typeof useRead>['data']>().toEqualTypeOf<Run | undefined>();
  expectTypeOf<ReturnType<typeof useRead>['error']>().toEqualTypeOf<AssistantsError | null>();
  expectTypeOf<ReturnType<typeof useSuspended>['data']>().toEqualTypeOf<Run>();
  expectTypeOf<Awaited<ReturnType<typeof fetched>>>().toEqualTypeOf<Run>();
  expectTypeOf(queryClient.getQueryData(run.queryKey)).toEqualTypeOf<Run | undefined>();
});

test('types lists as their items, and the cache as pages', () => {
  const useList = () => useInfiniteQuery(messages);
  const useSuspended = () => useSuspenseInfiniteQuery(messages);
  const fetched = () => queryClient.infiniteQuery(messages);
  expectTypeOf<ReturnType<typeof useList>['data']>().toEqualTypeOf<Message[] | undefined>();
  expectTypeOf<ReturnType<typeof useSuspended>['data']>().toEqualTypeOf<Message[]>();
  expectTypeOf<Awaited<ReturnType<typeof fetched>>>().toEqualTypeOf<Message[]>();
  expectTypeOf(queryClient.getQueryData(messages.queryKey)).toEqualTypeOf<InfiniteData<Page<Message>, Cursor> | undefined>();
});

test('types mutations by their params', () => {
  const useWrite = () => useMutation(cancelRunOptions(client));
  expectTypeOf<Parameters<ReturnType<typeof useWrite>['mutate']>[0]>().toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<ReturnType<typeof useWrite>['error']>().toEqualTypeOf<AssistantsError | null>();
});
