import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { describeStore } from './describeStore.js';

describeStore('memoryStore', memoryStore);

it('rejects filters without an index', async () => {
  const page = memoryStore().list('messages', {
    order: 'asc',
    limit: 1,
    where: { field: 'role', value: 'user' },
  });
  await expect(page).rejects.toThrow('The collection messages has no index of role.');
});
