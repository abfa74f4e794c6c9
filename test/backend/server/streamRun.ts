import type { Model } from '../../../src/backend/models/Model.js';
import { createDeferred } from '../../createDeferred.js';

/**
 * Creates a model that sends 'Part one.', waits for `resume`, and then sends 'Part two.'. Random ids never contain these, because
 * of the space.
 */
export function createPausingModel(): { model: Model; resume: () => void } {
  const resumed = createDeferred();
  const model: Model = {
    async *respond() {
      yield { type: 'text', text: 'Part one.' };
      await resumed.promise;
      yield { type: 'text', text: 'Part two.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  return { model, resume: () => resumed.resolve() };
}

/** Starts a streamed run over HTTP. */
export async function streamRun(base: string, signal: AbortSignal | null = null) {
  const post = (path: string, body: object) =>
    fetch(`${base}/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  const assistant = (await (await post('/assistants', { model: 'm' })).json()) as { id: string };
  const response = await post('/threads/runs', {
    assistant_id: assistant.id,
    stream: true,
    thread: { messages: [{ role: 'user', content: 'Hi' }] },
  });
  if (response.body === null) throw new Error('The response has no body.');
  return { response, reader: response.body.getReader() };
}

/** Reads a stream until it contains a word. Returns the text read by this call. */
export async function readUntil(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  word: string,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes(word)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended before ${word}: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}
