import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { readEvents } from '../../src/common/readEvents.js';
import { isOperationId } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';

interface Schema {
  $ref?: string;
  description?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
}

interface Contract {
  paths: Record<
    string,
    Record<string, { operationId?: string; responses?: Record<string, { content?: object }> }>
  >;
  components: { schemas: Record<string, Schema> };
}

/** Parsed openapi/assistants.yaml. */
export const contract = parse(
  readFileSync(new URL('../../openapi/assistants.yaml', import.meta.url), 'utf8'),
) as Contract;

/** Method and path of each operation in the contract. */
export const contractOperations = new Map<OperationId, { method: string; path: string }>();
for (const [path, methods] of Object.entries(contract.paths)) {
  for (const [method, { operationId }] of Object.entries(methods)) {
    if (operationId !== undefined && isOperationId(operationId))
      contractOperations.set(operationId, { method, path });
  }
}

/** Fields that only one version has, by the name of the object. The contract describes them as "Version 2 only." */
export const versionFields = { v1: listVersionFields(1), v2: listVersionFields(2) };

function listVersionFields(version: 1 | 2): Record<string, string[]> {
  const { schemas } = contract.components;
  const fields: Record<string, string[]> = {};
  for (const { properties = {} } of Object.values(schemas)) {
    const [name] = properties['object']?.enum ?? [];
    if (name === undefined) continue;
    fields[name] = Object.keys(properties).filter((field) => {
      const { $ref, description = schemas[$ref?.split('/').at(-1) ?? '']?.description } =
        properties[field] ?? {};
      return description?.includes(`Version ${version} only.`);
    });
  }
  return fields;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
// A CommonJS module, so Node exposes the plugin as `default`.
addFormats.default(ajv);
ajv.addFormat('unixtime', { type: 'number', validate: Number.isInteger });
ajv.addSchema(contract, 'contract');

const validators = new Map<string, ValidateFunction>();

/** Validates a value against the schema at a JSON pointer in the contract. Returns the violations. */
export function findContractViolations(pointer: string, value: unknown): string[] {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `contract#${pointer}` });
  validators.set(pointer, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Content of a valid response. */
export interface ConformingResponse {
  status: number;
  json: Record<string, unknown>;
  /** Events of a stream, in order, including `done`. */
  events: { event: string; data: unknown }[];
}

/** Statuses that every operation may return although the contract does not declare them. They have the error body. */
const GENERAL_STATUSES = [403, 405, 409, 413];

/**
 * Reads a response to its end and validates it against the contract: the status, the content type and the body.
 * @throws Error if the response does not conform.
 */
export async function readConformingResponse(
  operationId: OperationId,
  response: Response,
): Promise<ConformingResponse> {
  const operation = contractOperations.get(operationId);
  if (operation === undefined) throw new Error(`${operationId} is not in the contract.`);
  const { status } = response;
  const declared = contract.paths[operation.path]?.[operation.method]?.responses?.[status];
  if (declared === undefined && !GENERAL_STATUSES.includes(status))
    throw new Error(`${operationId} must not return the status ${status}.`);
  if (status !== 200) {
    const json = await readJson(operationId, response, '/components/schemas/ErrorResponse');
    return { status, json, events: [] };
  }
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';', 1);
  if (!Object.hasOwn(declared?.content ?? {}, type))
    throw new Error(`${operationId} must not return the content type ${type}.`);
  switch (type) {
    case 'application/octet-stream':
      await response.arrayBuffer();
      return { status, json: {}, events: [] };
    case 'text/event-stream':
      return { status, json: {}, events: await readStream(operationId, response) };
    default: {
      const pointer = `/paths/${encodePointerKey(operation.path)}/${operation.method}/responses/200/content/application~1json/schema`;
      return { status, json: await readJson(operationId, response, pointer), events: [] };
    }
  }
}

async function readJson(
  operationId: OperationId,
  response: Response,
  pointer: string,
): Promise<Record<string, unknown>> {
  const json = (await response.json()) as Record<string, unknown>;
  const violations = findContractViolations(pointer, json);
  if (violations.length > 0) {
    throw new Error(
      `${operationId} ${response.status}: ${violations.join('; ')}\n${JSON.stringify(json)}`,
    );
  }
  return json;
}

async function readStream(
  operationId: OperationId,
  response: Response,
): Promise<ConformingResponse['events']> {
  const events: ConformingResponse['events'] = [];
  if (response.body === null) throw new Error(`${operationId} returned a stream without a body.`);
  for await (const { event, data } of readEvents(response.body)) {
    const frame = { event, data: event === 'done' ? data : (JSON.parse(data) as unknown) };
    const violations = findContractViolations('/components/schemas/AssistantStreamEvent', frame);
    if (violations.length > 0)
      throw new Error(`${operationId} ${event}: ${violations.join('; ')}\n${data}`);
    events.push(frame);
  }
  return events;
}

function encodePointerKey(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
