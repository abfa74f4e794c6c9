import { waitFor } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, expect, it } from 'vitest';
import { usePlace } from '../../app/usePlace.js';
import { createErrorResponse, createTestHarness } from '../views/createTestHarness.js';

/** Records the name of each assistant that would have answered a message, in order. */
function renderPlace(harness: ReturnType<typeof createTestHarness>): (string | null | undefined)[] {
  const names: (string | null | undefined)[] = [];
  function Answering(): null {
    const { assistant, isPending } = usePlace();
    const name = assistant?.name;
    useEffect(() => {
      if (!isPending) names.push(name);
    }, [isPending, name]);
    return null;
  }
  harness.render(<Answering />);
  return names;
}

/** Creates more assistants than a page of the list has. Returns the id of the oldest one. */
async function createMany(
  { otherClient }: ReturnType<typeof createTestHarness>,
  oldest: string,
): Promise<string> {
  const create = async (name: string) =>
    (await otherClient.createAssistant({ body: { model: 'scripted', name } })).id;
  const id = await create(oldest);
  for (let index = 0; index < 45; index += 1) await create(`Helper ${index}`);
  return id;
}

afterEach(() => {
  window.location.hash = '';
});

it('keeps the selected assistant on a later page of the list', async () => {
  const harness = createTestHarness();
  const id = await createMany(harness, 'Oldest');
  window.location.hash = `#/chapter/chat?assistant=${id}`;
  const names = renderPlace(harness);
  await waitFor(() => expect(names).toEqual(['Oldest']));
});

it('finds the assistant of the chapter on a later page of the list', async () => {
  const harness = createTestHarness();
  await createMany(harness, 'Demo assistant');
  window.location.hash = '#/chapter/chat';
  const names = renderPlace(harness);
  await waitFor(() => expect(names).toEqual(['Demo assistant']));
});

it('continues with the newest assistant if the one of the address and of the chapter are gone', async () => {
  const harness = createTestHarness();
  const id = await createMany(harness, 'Oldest');
  await harness.otherClient.deleteAssistant({ assistantId: id });
  window.location.hash = `#/chapter/chat?assistant=${id}`;
  const names = renderPlace(harness);
  await waitFor(() => expect(names).toEqual(['Helper 44']));
});

it('continues with the newest assistant if a page of the list cannot be loaded', async () => {
  const harness = createTestHarness();
  await createMany(harness, 'Demo assistant');
  // The first page is loaded.
  harness.intercept(async () =>
    harness.requests.length > 1 ? createErrorResponse(500, 'Away.') : undefined,
  );
  window.location.hash = '#/chapter/chat';
  const names = renderPlace(harness);
  await waitFor(() => expect(names).toEqual(['Helper 44']));
});
