import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { storeConformance } from './describeStore.js';

storeConformance('memoryStore', memoryStore);

it('refuses to list by a field that it would have to search for', async () => {
  const page = memoryStore().list('messages', {
    order: 'asc',
    limit: 1,
    where: { field: 'role', value: 'user' },
  });
  await expect(page).rejects.toThrow('The collection messages has no index of role.');
});
