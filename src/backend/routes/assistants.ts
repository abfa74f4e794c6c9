import type { BackendContext } from '../context.js';
import type { Handlers } from '../http.js';
import { findAssistant } from '../lookup.js';
import { listPage } from '../page.js';

/** The operations on assistants. */
export function assistantRoutes({
  store,
}: BackendContext): Handlers<'listAssistants' | 'getAssistant' | 'deleteAssistant'> {
  return {
    listAssistants: ({ query }) => listPage(store, 'assistants', query),

    getAssistant: ({ params }) => findAssistant(store, params.assistant_id),

    async deleteAssistant({ params }) {
      const { id } = await findAssistant(store, params.assistant_id);
      await store.write([{ remove: 'assistants', id }]);
      return { id, object: 'assistant.deleted', deleted: true };
    },
  };
}
