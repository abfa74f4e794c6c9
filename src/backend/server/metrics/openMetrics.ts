import type * as PromClient from 'prom-client';
import { matchOperation } from '../../../protocol/matchOperation.js';
import { ACTIVE_STATUSES } from '../../engine/listActiveRuns.js';
import type { Model } from '../../models/Model.js';
import type { Store } from '../../stores/Store.js';
import type { LoggedRequest } from '../LogLine.js';
import { observeModel } from './observeModel.js';
import { observeStore } from './observeStore.js';

/** Metrics of a server. */
export interface Metrics {
  /** Answers `GET /metrics` in the text format of Prometheus, everything else with 404. */
  fetch(request: Request): Promise<Response>;
  countRequest(request: Pick<LoggedRequest, 'method' | 'path' | 'status' | 'durationMs'>): void;
  /** Returns a store that measures its calls and counts the runs that end. */
  observeStore(store: Store): Store;
  /** Returns a model that measures the time to its first event. */
  observeModel(model: Model): Model;
}

type Client = typeof PromClient;

/** Limits of the buckets of all durations, in seconds. A model may take minutes to answer. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** @throws Error if the package `prom-client` is not installed. */
export async function openMetrics(): Promise<Metrics> {
  const client = await loadClient();
  const register = new client.Registry();
  client.collectDefaultMetrics({ register });
  const requests = new client.Histogram({
    name: 'assistants_request_duration_seconds',
    help: 'Time until the response started, by operation and status.',
    labelNames: ['operation', 'status'],
    buckets: BUCKETS,
    registers: [register],
  });
  const calls = new client.Histogram({
    name: 'assistants_store_duration_seconds',
    help: 'Duration of the calls of the store.',
    labelNames: ['call'],
    buckets: BUCKETS,
    registers: [register],
  });
  const firstEvents = new client.Histogram({
    name: 'assistants_model_first_event_seconds',
    help: 'Time from a request to the model to its first event.',
    buckets: BUCKETS,
    registers: [register],
  });
  const ends = new client.Counter({
    name: 'assistants_runs_ended_total',
    help: 'Runs that this server has ended, by status.',
    labelNames: ['status'],
    registers: [register],
  });

  return {
    async fetch(request) {
      const isKnown = request.method === 'GET' && new URL(request.url).pathname === '/metrics';
      if (!isKnown) return new Response('Metrics are at GET /metrics.\n', { status: 404 });
      const headers = { 'content-type': register.contentType };
      return new Response(await register.metrics(), { headers });
    },
    countRequest({ method, path, status, durationMs }) {
      requests.observe({ operation: getOperation(method, path), status }, durationMs / 1000);
    },
    observeStore(store) {
      createStoreGauges(client, register, store);
      return observeStore(store, {
        onCall: (call, seconds) => calls.observe({ call }, seconds),
        onRunEnd: (status) => ends.inc({ status }),
      });
    },
    observeModel: (model) => observeModel(model, (seconds) => firstEvents.observe(seconds)),
  };
}

/** Creates the metrics that are read from the store when they are requested. Those of a store that fails are left out. */
function createStoreGauges(client: Client, register: PromClient.Registry, store: Store): void {
  const runs = new client.Gauge({
    name: 'assistants_runs',
    help: 'Active runs of all servers, by status.',
    labelNames: ['status'],
    registers: [register],
    async collect() {
      runs.reset();
      for (const status of ACTIVE_STATUSES) {
        const count = await store
          .count('runs', undefined, { field: 'status', value: status })
          .catch(() => undefined);
        if (count !== undefined) runs.set({ status }, count);
      }
    },
  });
  const leases = new client.Gauge({
    name: 'assistants_leases',
    help: 'Runs that the servers work on.',
    registers: [register],
    async collect() {
      leases.remove();
      const count = await store.count('leases').catch(() => undefined);
      if (count !== undefined) leases.set(count);
    },
  });
  const counts = store.events?.counts;
  if (counts === undefined) return;
  const notifications = new client.Counter({
    name: 'assistants_notifications_total',
    help: 'Notifications of PostgreSQL that this server has sent and received.',
    labelNames: ['direction'],
    registers: [register],
    collect() {
      notifications.reset();
      notifications.inc({ direction: 'sent' }, counts.sent);
      notifications.inc({ direction: 'received' }, counts.received);
    },
  });
}

/** Paths contain ids, which must not become labels. */
function getOperation(method: string, path: string): string {
  return matchOperation(method, path.replace(/^(?:\/openai)?(?:\/v1)?/, ''))?.operation ?? 'other';
}

/** Loads the package on demand, because only servers with metrics need it. */
async function loadClient(): Promise<Client> {
  try {
    return await import('prom-client');
  } catch (error) {
    throw new Error(
      'Metrics need the package `prom-client`. Install it: npm install prom-client.',
      { cause: error },
    );
  }
}
