import { act } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { vi } from 'vitest';
import { AssistantsProvider } from '../../src/views/AssistantsProvider.js';
import { createWorld } from '../queries/createTestHarness.js';

/** A world, and the tree that hooks and views of it stand in. Strict: every effect runs twice. */
export function createHookWorld(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  function wrapper({ children }: { children: ReactNode }) {
    return (
      <StrictMode>
        <AssistantsProvider client={world.client} queryClient={world.queryClient}>
          {children}
        </AssistantsProvider>
      </StrictMode>
    );
  }
  return { ...world, wrapper };
}

/** Lets time pass on a fake clock, with all that happens in it. */
export async function passTime(milliseconds: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });
}
