import { createBackend } from 'assistants-react/backend';

// An app with a server of its own mounts `createProxy` here.
const backend = createBackend();

export const GET = (request: Request) => backend.fetch(request);
export const POST = GET;
export const DELETE = GET;
