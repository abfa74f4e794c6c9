import { act } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { vi } from 'vitest';
import { AssistantsProvider } from '../../src/views/AssistantsProvider.js';
import { createTestHarness } from '../queries/createTestHarness.js';

/** Creates a test harness with a wrapper for hooks. In StrictMode, so that every effect runs twice. */
export function createHookHarness(options: Parameters<typeof createTestHarness>[0] = {}) {
  const harness = createTestHarness(options);
  function wrapper({ children }: { children: ReactNode }) {
    return (
      <StrictMode>
        <AssistantsProvider client={harness.client} queryClient={harness.queryClient}>
          {children}
        </AssistantsProvider>
      </StrictMode>
    );
  }
  return { ...harness, wrapper };
}

/** Advances fake timers, and flushes the renders that this causes. */
export async function advanceTimers(delayMs: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(delayMs);
  });
}
