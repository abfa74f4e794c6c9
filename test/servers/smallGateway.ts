import { referenceDialect, type Dialect } from './Dialect.js';

/** Small gateways: UUIDs, status 201, runs that end inside the POST, events that keep the connection open. */
export const smallGatewayDialect: Dialect = {
  ...referenceDialect,
  name: 'small gateways (Fastify, Rust)',
  missing: ['listRunSteps', 'cancelRun', 'submitToolOutputsToRun'],
  respondMissing: ({ method, url }) =>
    Response.json(
      {
        message: `Route ${method}:${new URL(url).pathname} not found`,
        error: 'Not Found',
        statusCode: 404,
      },
      { status: 404 },
    ),
  heartbeat: 'event: ping\ndata: {}\n\n',
  createdStatus: 201,
  createId: (_, count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
  toList: ({ items }) => ({ data: items }),
  finishesInPost: true,
};
