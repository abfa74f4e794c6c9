import { createFileRoute } from '@tanstack/react-router';
import { backend } from '../backend';

const handle = ({ request }: { request: Request }) => backend.fetch(request);

export const Route = createFileRoute('/v1/$')({
  server: { handlers: { GET: handle, POST: handle, DELETE: handle } },
});
