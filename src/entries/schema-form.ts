export type { SchemaFormProblem, SchemaFormProps } from '../components/tools/SchemaFormProps.js';
export type { JsonSchema, SchemaIssue } from '../protocol/ToolCall.js';
export { SchemaForm } from '../schemaForm/SchemaForm.js';
