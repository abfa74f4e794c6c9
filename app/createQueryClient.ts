import { QueryClient } from '@tanstack/react-query';

/** Creates the query client of the playground. The code of the page, and a backend in it, can be reached without a network. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}
