import { createRequire } from 'node:module';
import type * as sqlite from 'node-sqlite3-wasm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import type { OwnedObject, Ownership } from '../../src/proxy/ownership/Ownership.js';
import { sqlOwnership } from '../../src/proxy/ownership/sqlOwnership.js';

function createSqliteOwnership(): Ownership {
  const { Database } = createRequire(import.meta.url)('node-sqlite3-wasm') as typeof sqlite;
  const database = new Database();
  onTestFinished(() => database.close());
  const ownership = sqlOwnership({
    dialect: 'sqlite',
    query: (sql, values) => database.all(sql, values),
  });
  database.exec(ownership.schema);
  return ownership;
}

const thread: OwnedObject = { type: 'thread', id: 'thread_1' };

describe.each([
  ['memoryOwnership', memoryOwnership],
  ['sqlOwnership', createSqliteOwnership],
])('%s', (_, create) => {
  it('keeps the first owner', async () => {
    const ownership = create();
    expect(await ownership.owns('ann', thread)).toBe(false);
    expect(await ownership.claim('ann', thread)).toBe(true);
    expect(await ownership.claim('ann', thread)).toBe(true);
    expect(await ownership.claim('bob', thread)).toBe(false);
    expect(await ownership.owns('ann', thread)).toBe(true);
    expect(await ownership.owns('bob', thread)).toBe(false);
  });

  it('gives an object to one of several users that claim it at once', async () => {
    const ownership = create();
    const users = ['ann', 'bob', 'cid'];
    const claims = await Promise.all(users.map(async (user) => ownership.claim(user, thread)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('lists the objects of a user in the order of their claims', async () => {
    const ownership = create();
    const ids = ['thread_c', 'thread_a', 'thread_d', 'thread_b'];
    for (const id of ids) {
      await ownership.claim('ann', { type: 'thread', id });
      await ownership.claim('bob', { type: 'thread', id: `bob_${id}` });
      await ownership.claim('ann', { type: 'file', id });
    }
    await ownership.claim('ann', { type: 'thread', id: 'thread_c' });
    const list = async (order: 'asc' | 'desc', limit: number, after?: string) =>
      ownership.list?.('ann', {
        type: 'thread',
        order,
        limit,
        ...(after !== undefined && { after }),
      });
    expect(await list('asc', 10)).toEqual(ids);
    expect(await list('desc', 2)).toEqual(['thread_b', 'thread_d']);
    expect(await list('desc', 2, 'thread_d')).toEqual(['thread_a', 'thread_c']);
    expect(await list('asc', 2, 'thread_c')).toEqual(['thread_a', 'thread_d']);
    expect(await list('asc', 2, 'thread_b')).toEqual([]);
    expect(await ownership.list?.('eve', { type: 'thread', order: 'asc', limit: 2 })).toEqual([]);
  });

  it('keeps types apart, and takes any text', async () => {
    const ownership = create();
    const names = ['ann', '__proto__', "'; DROP TABLE assistants_owners; --", 'é😀', '$1', '?'];
    for (const name of names) {
      const file: OwnedObject = { type: 'file', id: name };
      expect(await ownership.claim(name, file)).toBe(true);
      expect(await ownership.owns(name, file)).toBe(true);
      expect(await ownership.owns(name, { ...file, type: 'thread' })).toBe(false);
      expect(await ownership.owns('other', file)).toBe(false);
      expect(await ownership.list?.(name, { type: 'file', order: 'asc', limit: 2 })).toEqual([
        name,
      ]);
    }
  });
});

describe('sqlOwnership', () => {
  it.each(['rows', 'results'])('reads rows from a result with %s', async (name) => {
    const ownership = sqlOwnership({
      dialect: 'postgres',
      query: async () => ({ [name]: [{ owner: 'ann' }] }),
    });
    expect(await ownership.owns('ann', thread)).toBe(true);
    expect(await ownership.owns('bob', thread)).toBe(false);
  });

  it.each(['postgres', 'sqlite'] as const)('passes values as parameters of %s', async (dialect) => {
    const sent: [string, string[]][] = [];
    const ownership = sqlOwnership({
      dialect,
      table: 'app.owners',
      query: (sql, values) => {
        sent.push([sql, values]);
        return [];
      },
    });
    await ownership.claim('ann', thread);
    await ownership.owns('ann', thread);
    expect(sent.map(([, values]) => values)).toEqual([
      ['thread', 'thread_1', 'ann'],
      ['thread', 'thread_1'],
    ]);
    for (const [sql, values] of sent) {
      const placeholders = sql.match(dialect === 'postgres' ? /\$\d/g : /\?/g);
      expect(placeholders).toHaveLength(values.length);
      expect(sql).toContain('app.owners');
      expect(sql).not.toContain('thread');
    }
  });

  it('denies what it cannot read', async () => {
    for (const result of [[], [null], [{}], [{ owner: null }], { rows: [] }]) {
      const ownership = sqlOwnership({ dialect: 'sqlite', query: () => result });
      expect(await ownership.owns('ann', thread)).toBe(false);
      expect(await ownership.claim('ann', thread)).toBe(false);
    }
    const broken = sqlOwnership({ dialect: 'sqlite', query: () => undefined });
    await expect(broken.owns('ann', thread)).rejects.toThrow('must return a list of rows');
  });

  it.each(['', 'a b', 'a;b', '1a', 'a.b.c', '"a"'])('refuses the table name %j', (table) => {
    expect(() => sqlOwnership({ dialect: 'sqlite', query: () => [], table })).toThrow(TypeError);
  });
});
