import { randomUUID } from 'node:crypto';
import { env } from 'node:process';
import { chatCompletionsModel, createBackend } from 'assistants-react/backend';
import { postgresStore } from 'assistants-react/backend/postgres';
import { createAssistantsClient } from 'assistants-react/client';
import postgres from 'postgres';
import { findUser } from './session.js';

const sql = postgres(env.DATABASE_URL ?? '', { fetch_types: false, backoff: () => 1 });
const store = postgresStore({ sql });
const adminKey = randomUUID();

export const backend = createBackend({
  store,
  ...(env.MODEL_BASE_URL && {
    model: chatCompletionsModel({
      baseUrl: env.MODEL_BASE_URL,
      model: env.MODEL,
      apiKey: env.MODEL_API_KEY,
    }),
  }),
  user(request) {
    // Only this process knows the key, so only this process is the admin.
    if (request.headers.get('authorization') === `Bearer ${adminKey}`)
      return { id: 'admin', isAdmin: true };
    return findUser(request.headers.get('cookie'));
  },
});

/**
 * Returns the assistant that all users share. Creates it in an empty database.
 *
 * @returns {Promise<string>} its id
 */
export async function prepareAssistant() {
  await store.ready();
  const admin = createAssistantsClient({ fetch: backend.fetch, apiKey: adminKey });
  const { data } = await admin.listAssistants({ query: { limit: 1 } });
  const assistant =
    data[0] ?? (await admin.createAssistant({ body: { model: 'any', name: 'Helper' } }));
  return assistant.id;
}

/** Lets active runs finish, and closes the connections to the database. */
export async function closeBackend() {
  await backend.drain();
  await store.close();
  await sql.end();
}
