import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { readEvents } from '../../src/common/readEvents.js';
import { isOperationId } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';

interface Contract {
  paths: Record<
    string,
    Record<string, { operationId?: string; responses?: Record<string, { content?: object }> }>
  >;
}

/** openapi/assistants.yaml, parsed. */
export const contract = parse(
  readFileSync(new URL('../../openapi/assistants.yaml', import.meta.url), 'utf8'),
) as Contract;

/** operationId -> method, path and the place of its responses, as the contract has them. */
export const contractOperations = new Map<OperationId, { method: string; path: string }>();
for (const [path, methods] of Object.entries(contract.paths)) {
  for (const [method, { operationId }] of Object.entries(methods)) {
    if (operationId !== undefined && isOperationId(operationId))
      contractOperations.set(operationId, { method, path });
  }
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
// CommonJS under the module rules of Node: the plugin sits on `default`.
addFormats.default(ajv);
ajv.addFormat('unixtime', { type: 'number', validate: Number.isInteger });
ajv.addSchema(contract, 'contract');

const validators = new Map<string, ValidateFunction>();

/** What is wrong with a value by the schema at a pointer into the contract; empty when nothing is. */
export function findContractViolations(pointer: string, value: unknown): string[] {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `contract#${pointer}` });
  validators.set(pointer, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What was read of an answer that conforms. */
export interface ConformingResponse {
  status: number;
  json: Record<string, unknown>;
  /** Of a stream, in order, `done` included. */
  events: { event: string; data: unknown }[];
}

/**
 * Reads an answer to its end and holds it against the contract: its status is one the operation has, its type is declared,
 * its body fits. Statuses that belong to HTTP and to no operation (403, 405, 409, 413) have the error body.
 */
export async function readConformingResponse(
  operationId: OperationId,
  response: Response,
): Promise<ConformingResponse> {
  const operation = contractOperations.get(operationId);
  if (operation === undefined) throw new Error(`${operationId} is not in the contract.`);
  const { status } = response;
  const type = (response.headers.get('content-type') ?? '').split(';', 1).join();
  const declared = contract.paths[operation.path]?.[operation.method]?.responses?.[status];
  if (declared === undefined && ![403, 405, 409, 413].includes(status))
    throw new Error(`${operationId} has no answer ${status}.`);

  if (status === 200) {
    if (Object.keys(declared?.content ?? {}).includes(type) !== true)
      throw new Error(`${operationId} has no answer of type ${type}.`);
    if (type === 'application/octet-stream') {
      await response.arrayBuffer();
      return { status, json: {}, events: [] };
    }
    if (type === 'text/event-stream')
      return { status, json: {}, events: await readStream(operationId, response) };
  }
  const json = (await response.json()) as Record<string, unknown>;
  const place = `/paths/${escape(operation.path)}/${operation.method}/responses/200/content/application~1json/schema`;
  const faults = findContractViolations(
    status === 200 ? place : '/components/schemas/ErrorResponse',
    json,
  );
  if (faults.length > 0)
    throw new Error(`${operationId} ${status}: ${faults.join('; ')}\n${JSON.stringify(json)}`);
  return { status, json, events: [] };
}

async function readStream(
  operationId: OperationId,
  response: Response,
): Promise<ConformingResponse['events']> {
  const events: ConformingResponse['events'] = [];
  if (response.body === null) throw new Error(`${operationId}: a stream without a body.`);
  for await (const { event, data } of readEvents(response.body)) {
    const frame = { event, data: event === 'done' ? data : (JSON.parse(data) as unknown) };
    const faults = findContractViolations('/components/schemas/AssistantStreamEvent', frame);
    if (faults.length > 0)
      throw new Error(`${operationId} ${event}: ${faults.join('; ')}\n${data}`);
    events.push(frame);
  }
  return events;
}

function escape(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
}
