export {
  postgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
} from '../backend/stores/postgres/postgresStore.js';
export type { Change, Collection, Collections, ListQuery, Store } from '../backend/stores/Store.js';
export { StoreError } from '../backend/stores/StoreError.js';
