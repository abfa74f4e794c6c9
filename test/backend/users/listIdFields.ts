import type { OperationId } from '../../../src/protocol/types.js';
import { contract, contractOperations } from '../readConformingResponse.js';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Lists the fields of the request body of an operation whose names say that they hold ids. */
export function listIdFields(operation: OperationId): string[] {
  const { path = '', method = '' } = contractOperations.get(operation) ?? {};
  // The test validates the contract by its use.
  const declared = contract.paths[path]?.[method] as {
    requestBody?: { content: Record<string, { schema: Schema }> };
  };
  const schemas = Object.values(declared.requestBody?.content ?? {});
  return [...new Set(schemas.flatMap(({ schema }) => listFields(schema, '')))].toSorted();
}

function listFields(schema: Schema, path: string, parents: readonly string[] = []): string[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    // Filters contain filters.
    if (parents.includes(name)) return [];
    return listFields(contract.components.schemas[name] as Schema, path, [...parents, name]);
  }
  const parts = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
  ];
  const properties = Object.entries(schema.properties ?? {});
  return [
    ...parts.flatMap((part) => listFields(part, path, parents)),
    ...properties.flatMap(([name, property]) =>
      /_ids?$/.test(name) ? [path + name] : listFields(property, `${path}${name}.`, parents),
    ),
  ];
}
