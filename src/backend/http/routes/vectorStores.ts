import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import { findVectorStore } from '../../domain/findObjects.js';
import { removeVectorStore } from '../../domain/removeContainer.js';
import { buildVectorStore } from '../../domain/vectorStores/buildVectorStore.js';
import { assertNotExpired, withCurrentStatus, withUse } from '../../domain/vectorStores/expiry.js';
import { assertFilter } from '../../domain/vectorStores/matchesFilter.js';
import type { Collections } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { listPage } from '../response/pagination.js';

/** Creates the handlers for vector stores. */
export function vectorStoreRoutes(
  context: BackendContext,
): Handlers<
  | 'listVectorStores'
  | 'createVectorStore'
  | 'getVectorStore'
  | 'modifyVectorStore'
  | 'deleteVectorStore'
  | 'searchVectorStore'
> {
  const { store, vectorStores } = context;

  /** Returns a vector store as it is now. Continues to read its files if that was interrupted. */
  function show(vectorStore: Collections['vectorStores']): Collections['vectorStores'] {
    if (vectorStore.file_counts.in_progress > 0) vectorStores.start(vectorStore.id);
    return withCurrentStatus(vectorStore, toUnixSeconds(context.now()));
  }

  return {
    async listVectorStores({ query }) {
      const page = await listPage(store, 'vectorStores', query);
      return { ...page, data: page.data.map(show) };
    },

    async createVectorStore({ body }) {
      const { vectorStore, changes } = await buildVectorStore(context, body);
      await store.write(changes);
      return show(vectorStore);
    },

    getVectorStore: async ({ params }) =>
      show(await findVectorStore(store, params.vector_store_id)),

    modifyVectorStore: ({ params, body }) =>
      context.withLock(params.vector_store_id, async () => {
        const stored = await findVectorStore(store, params.vector_store_id);
        const changed = withExpiry(stored, body.expires_after, toUnixSeconds(context.now()));
        if (body.name !== undefined) changed.name = body.name;
        if (body.metadata !== undefined) changed.metadata = body.metadata ?? {};
        await store.write([{ type: 'put', collection: 'vectorStores', object: changed }]);
        return show(changed);
      }),

    deleteVectorStore: ({ params }) =>
      context.withLock(params.vector_store_id, async () => {
        const { id } = await findVectorStore(store, params.vector_store_id);
        await removeVectorStore(store, id);
        return { id, object: 'vector_store.deleted', deleted: true };
      }),

    async searchVectorStore({ params, body, signal }) {
      const { id, ...vectorStore } = await findVectorStore(store, params.vector_store_id);
      assertNotExpired({ id, ...vectorStore }, toUnixSeconds(context.now()));
      if (body.filters !== undefined) assertFilter(body.filters);
      const queries = typeof body.query === 'string' ? [body.query] : body.query;
      const data = await vectorStores.search(
        id,
        {
          queries,
          filter: body.filters,
          limit: body.max_num_results ?? 10,
          threshold: body.ranking_options?.score_threshold ?? 0,
          ranking: body.ranking_options?.ranker === 'none' ? 'single' : 'fused',
        },
        signal,
      );
      vectorStores.recordUse([id]);
      return {
        object: 'vector_store.search_results.page',
        search_query: queries,
        data,
        has_more: false,
        next_page: null,
      };
    },
  };
}

/** Returns a copy of a vector store with another expiry. Undefined keeps it, null removes it. */
function withExpiry(
  stored: Collections['vectorStores'],
  expiresAfter: Collections['vectorStores']['expires_after'] | null,
  nowSeconds: number,
): Collections['vectorStores'] {
  if (expiresAfter === undefined) return { ...stored };
  const { expires_after: _, ...rest } = stored;
  return withUse(
    expiresAfter === null ? rest : { ...rest, expires_after: expiresAfter },
    nowSeconds,
  );
}
