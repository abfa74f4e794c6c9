export type * from './backend.js';
export {
  postgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
} from '../backend/stores/postgres/postgresStore.js';
export { StoreError } from '../backend/stores/StoreError.js';
