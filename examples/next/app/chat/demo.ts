import { createBackend, importFolder, memoryFolder, memoryStore } from 'assistants-react/backend';
import { assistantId } from './assistantId';

/** Creates a server with one assistant. Its threads last as long as the process. */
export async function createDemo() {
  const store = memoryStore();
  const assistant = {
    id: assistantId,
    object: 'assistant',
    created_at: 0,
    name: 'Helper',
    model: 'scripted',
    tools: [{ type: 'file_search' }],
  };
  // An import keeps the id, so that static pages can name it.
  const assistants = new TextEncoder().encode(JSON.stringify([assistant]));
  await importFolder({ folder: memoryFolder(new Map([['assistants.json', assistants]])), store });
  return createBackend({ store });
}
