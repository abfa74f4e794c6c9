import { env, exit, stdout } from 'node:process';
import { createListener } from 'assistants-react/backend/node';
import express from 'express';
import { backend, closeBackend, prepareAssistant } from './backend.js';
import { findUser, startSession } from './session.js';

const assistantId = await prepareAssistant();
const app = express();

// The backend knows the user by the cookie, and answers 401 without one.
app.all('/v1/*path', createListener(backend.fetch));

app.get('/session', async (request, response) => {
  const user = await findUser(request.headers.cookie);
  response.json({ user, assistantId });
});

app.post('/session', express.urlencoded(), async (request, response) => {
  const user = String(request.body?.user ?? '').trim();
  if (user !== '') await startSession(response, user);
  response.redirect(303, '/');
});

app.use(express.static('dist'));

const port = Number(env.PORT ?? 3000);
const server = app.listen(port, '127.0.0.1', () => {
  stdout.write(`Listening on http://127.0.0.1:${port}\n`);
});

process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

/** Stops when active runs have finished. */
async function stop() {
  server.close();
  await closeBackend();
  exit(0);
}
