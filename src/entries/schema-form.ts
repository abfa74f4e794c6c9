export type { SchemaFormProps } from '../components/tools/SchemaFormProps.js';
export type { JsonSchemaObject, ValueIssue } from '../components/tools/toolCallView.js';
export { SchemaForm } from '../schemaForm/SchemaForm.js';
