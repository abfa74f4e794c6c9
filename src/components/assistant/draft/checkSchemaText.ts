import { isRecord } from '../../../common/isRecord.js';
import type { JsonSchema } from '../../../protocol/ToolCall.js';
import { findJsonProblem, type JsonProblem } from './findJsonProblem.js';
import { findSchemaProblem, type SchemaProblem } from './findSchemaProblem.js';

/** Result of `checkSchemaText`. An empty text has no schema. */
export type CheckedSchema =
  | { kind: 'valid'; schema: JsonSchema | undefined }
  | { kind: 'json'; problem: JsonProblem }
  | { kind: 'schema'; problem: SchemaProblem }
  | { kind: 'not-object' };

/** Checks the text of a JSON Schema that describes an object. */
export function checkSchemaText(text: string): CheckedSchema {
  if (text.trim() === '') return { kind: 'valid', schema: undefined };
  const jsonProblem = findJsonProblem(text);
  if (jsonProblem) return { kind: 'json', problem: jsonProblem };
  const schema: unknown = JSON.parse(text);
  if (!isRecord(schema)) return { kind: 'not-object' };
  if (schema['type'] !== undefined && schema['type'] !== 'object') return { kind: 'not-object' };
  const problem = findSchemaProblem(schema);
  return problem ? { kind: 'schema', problem } : { kind: 'valid', schema };
}
