import type { SharedVectorIndex, VectorIndexQuery } from '../Store.js';
import { StoreError } from '../StoreError.js';
import type { Database, Query } from './createDatabase.js';
import { openVectorExtension, type VectorExtension } from './openVectorExtension.js';
import { isDefinitionMissing } from './postgresErrors.js';

/** Most values that a vector of the extension can have. */
const MAX_DIMENSIONS = 16_000;

/** Options for `createVectorIndex`. */
export interface VectorIndexOptions {
  database: Database;
  schema: string;
  /** Called once with a sentence if the server has the extension, but it cannot be used. */
  onNotice: (message: string) => void;
}

/**
 * Creates the index of vectors with the extension `vector` (pgvector). The extension and the table are looked for, and created
 * if necessary, with the first call. Without them, or once they were removed, the index is missing until the process ends.
 */
export function createVectorIndex(options: VectorIndexOptions): SharedVectorIndex {
  const { database, schema, onNotice } = options;
  let opening: Promise<VectorExtension | undefined> | undefined;

  async function open(): Promise<VectorExtension | undefined> {
    opening ??= openVectorExtension(database, schema, onNotice).catch((error: unknown) => {
      // The database is away. The next call tries again.
      opening = undefined;
      throw error;
    });
    return opening;
  }

  /** Runs `work`. Resolves with undefined if the database has no index. */
  async function withExtension<T>(
    work: (extension: VectorExtension) => Promise<T>,
  ): Promise<T | undefined> {
    const extension = await open();
    if (extension === undefined) return undefined;
    try {
      return await work(extension);
    } catch (error) {
      if (!isDefinitionMissing(error)) throw error;
      // Several calls may fail together.
      if ((await opening) !== undefined) onNotice(describeRemoval(error));
      opening = Promise.resolve(undefined);
      return undefined;
    }
  }

  return {
    async add(key) {
      await withExtension((extension) => database.query(getAddSql(schema, extension), [key]));
    },
    async search(query) {
      if (query.vector.length > MAX_DIMENSIONS) return undefined;
      return withExtension((extension) => search(database.query, schema, extension, query));
    },
  };
}

function describeRemoval(error: unknown): string {
  const reason = error instanceof StoreError ? error.message : '';
  return `The extension vector, or its table, was removed from the database. Vectors are compared in memory until the server is restarted. ${reason}`.trim();
}

/**
 * Returns the statement that copies the vectors of a key from their batches, unless they are in the index already. The batches
 * are locked, so that a file that is deleted meanwhile leaves nothing. The signed bytes of the batches are whole numbers that
 * `halfvec` holds exactly.
 */
function getAddSql(schema: string, { type }: VectorExtension): string {
  return `WITH batches AS MATERIALIZED (
      SELECT sequence, batch.first, batch.dimensions, decode(batch."values", 'base64') AS bytes
      FROM ${schema}.file_vectors AS stored,
        json_to_record(stored.json::json) AS batch (first integer, dimensions integer, "values" text)
      WHERE stored.key = $1
        AND NOT EXISTS (SELECT FROM ${schema}.passage_vectors WHERE batch = stored.sequence)
      FOR KEY SHARE OF stored
    )
    INSERT INTO ${schema}.passage_vectors (batch, number, dimensions, embedding)
    SELECT sequence, first + passage, dimensions, (
      SELECT array_agg(((get_byte(bytes, passage * dimensions + value) + 128) % 256 - 128)::real ORDER BY value)
      FROM generate_series(0, dimensions - 1) AS value
    )::${type}
    FROM batches, generate_series(0, length(bytes) / dimensions - 1) AS passage
    WHERE dimensions <= ${MAX_DIMENSIONS}
    ON CONFLICT DO NOTHING`;
}

async function search(
  query: Query,
  schema: string,
  extension: VectorExtension,
  { vector, keys, limit }: VectorIndexQuery,
): Promise<Awaited<ReturnType<SharedVectorIndex['search']>>> {
  const [stored, found] = await Promise.all([
    query(`SELECT DISTINCT key FROM ${schema}.file_vectors WHERE key = ANY($1)`, [keys]),
    query(
      getSearchSql(schema, extension, vector.length),
      [keys, `[${vector.join(',')}]`, limit],
      // Few keys need the index of the batches, and many a scan of the table, or the index of an operator.
      { isPlanned: true },
    ),
  ]);
  return {
    keys: new Set(stored.map(({ key }) => String(key))),
    passages: found.map(({ file_id: fileId, number, similarity }) => ({
      fileId: String(fileId),
      number: Number(number),
      similarity: Number(similarity),
    })),
  };
}

/**
 * Returns the statement that finds the most similar passages. The number of values is written into it, so that the planner can
 * use an index that an operator has created for vectors of this length. The vector is read once, in a query of its own. As a
 * parameter of its type it would make the server fail with an internal error once the extension is removed.
 */
function getSearchSql(
  schema: string,
  { type, distance }: VectorExtension,
  dimensions: number,
): string {
  return `SELECT file_id, number, 1 - distance AS similarity FROM (
      SELECT stored.parent AS file_id, indexed.number,
        indexed.embedding::${type}(${dimensions}) ${distance} (SELECT $2::text::${type}) AS distance
      FROM ${schema}.passage_vectors AS indexed
        JOIN ${schema}.file_vectors AS stored ON stored.sequence = indexed.batch
      WHERE indexed.dimensions = ${dimensions} AND stored.key = ANY($1)
      ORDER BY distance LIMIT $3
    ) AS nearest`;
}
