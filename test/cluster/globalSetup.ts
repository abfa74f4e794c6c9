import type { TestProject } from 'vitest/node';
import { startPostgres } from '../backend/postgres/startPostgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the database that the backends of tests share. Undefined if they use none. */
    databaseUrl: string | undefined;
  }
}

/** Starts one database for the tests whose backends are three processes. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startPostgres();
  project.provide('databaseUrl', database.url);
  return () => database.stop();
}
