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
} from '../../src/entries/client.js';

const client = createAssistantsClient({ baseUrl: 'http://backend.test/v1' });
const queryClient = new QueryClient();
const run = getRunOptions(client, { threadId: 't', runId: 'r' });
const messages = listMessagesOptions(client, { threadId: 't' });

test('types the results of queries', () => {
  const useOperationQuery = () => useQuery(run);
  const useSuspended = () => useSuspenseQuery(run);
  const fetched = () => queryClient.query(run);
  expectTypeOf<ReturnType<typeof useOperationQuery>['data']>().toEqualTypeOf<Run | undefined>();
  expectTypeOf<
    ReturnType<typeof useOperationQuery>['error']
  >().toEqualTypeOf<AssistantsError | null>();
  expectTypeOf<ReturnType<typeof useSuspended>['data']>().toEqualTypeOf<Run>();
  expectTypeOf<Awaited<ReturnType<typeof fetched>>>().toEqualTypeOf<Run>();
  expectTypeOf(queryClient.getQueryData(run.queryKey)).toEqualTypeOf<Run | undefined>();
});

test('types list results as items and cached lists as pages', () => {
  const useOperationInfiniteQuery = () => useInfiniteQuery(messages);
  const useSuspended = () => useSuspenseInfiniteQuery(messages);
  const fetched = () => queryClient.infiniteQuery(messages);
  expectTypeOf<ReturnType<typeof useOperationInfiniteQuery>['data']>().toEqualTypeOf<
    Message[] | undefined
  >();
  expectTypeOf<ReturnType<typeof useSuspended>['data']>().toEqualTypeOf<Message[]>();
  expectTypeOf<Awaited<ReturnType<typeof fetched>>>().toEqualTypeOf<Message[]>();
  expectTypeOf(queryClient.getQueryData(messages.queryKey)).toEqualTypeOf<
    InfiniteData<Page<Message>, Cursor> | undefined
  >();
});

test('types mutations by their parameters', () => {
  const useOperationMutation = () => useMutation(cancelRunOptions(client));
  expectTypeOf<Parameters<ReturnType<typeof useOperationMutation>['mutate']>[0]>().toEqualTypeOf<{
    threadId: string;
    runId: string;
  }>();
  expectTypeOf<
    ReturnType<typeof useOperationMutation>['error']
  >().toEqualTypeOf<AssistantsError | null>();
});
