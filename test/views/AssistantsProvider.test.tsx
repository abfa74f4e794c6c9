import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { render, renderHook, screen, waitFor } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { useCompleteTexts } from '../../src/components/i18n/useTexts.lazy.js';
import { AssistantsProvider } from '../../src/views/AssistantsProvider.js';
import { useRun } from '../../src/hooks/operations/runs.js';
import { useThread } from '../../src/hooks/operations/threads.js';
import { useAssistantsClient } from '../../src/hooks/useAssistantsClient.js';
import { createTestHarness } from '../queries/createTestHarness.js';

test('provides the client to hooks', () => {
  const { client } = createTestHarness();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <AssistantsProvider client={client}>{children}</AssistantsProvider>
  );
  expect(renderHook(() => useAssistantsClient(), { wrapper }).result.current).toBe(client);
});

test('throws an error that tells what to do without a provider', () => {
  expect(() => renderHook(() => useRun({ threadId: 't', runId: 'r' }))).toThrow(
    'useRun must be used inside <AssistantsProvider>. Wrap your tree in <AssistantsProvider client={client}>.',
  );
});

test('uses the QueryClient of the app', () => {
  const { client, queryClient } = createTestHarness();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>
      <AssistantsProvider client={client}>{children}</AssistantsProvider>
    </QueryClientProvider>
  );
  expect(renderHook(() => useQueryClient(), { wrapper }).result.current).toBe(queryClient);
});

test('prefers the QueryClient in its props', () => {
  const { client, queryClient } = createTestHarness();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>
      <AssistantsProvider client={client} queryClient={queryClient}>
        {children}
      </AssistantsProvider>
    </QueryClientProvider>
  );
  expect(renderHook(() => useQueryClient(), { wrapper }).result.current).toBe(queryClient);
});

test('creates a QueryClient if there is none, and keeps it', async () => {
  const harness = createTestHarness();
  const { client } = harness;
  const threadId = await harness.createThread(0);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <AssistantsProvider client={client}>{children}</AssistantsProvider>
    </StrictMode>
  );
  const { result, rerender } = renderHook(
    () => [useThread({ threadId }), useQueryClient()] as const,
    { wrapper },
  );
  const [, first] = result.current;
  await waitFor(() => expect(result.current[0].data?.id).toBe(threadId));
  rerender();
  expect(result.current[1]).toBe(first);
  expect(harness.takeRequests()).toHaveLength(1);
});

test('provides texts to components', () => {
  const { client } = createTestHarness();
  function Title() {
    return <p>{useCompleteTexts().composer.send}</p>;
  }
  render(
    <AssistantsProvider client={client} texts={{ composer: { send: 'Abschicken' } }}>
      <Title />
    </AssistantsProvider>,
  );
  expect(screen.getByText('Abschicken')).toBeInTheDocument();
});
