import { createBackend } from 'assistants-react/backend';
import { createAssistantsClient } from 'assistants-react/client';
import { searchFile } from './searchFile.js';

declare global {
  interface Window {
    searchFile(pdf: readonly number[], question: string): Promise<string>;
  }
}

const { fetch } = createBackend();
const client = createAssistantsClient({ baseUrl: 'http://backend.test/v1', fetch });
window.searchFile = (pdf, question) => searchFile(client, Uint8Array.from(pdf), question);
