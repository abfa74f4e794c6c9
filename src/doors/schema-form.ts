export type { SchemaFormProps } from '../components/tools/SchemaFormProps.js';
export { SchemaForm } from '../schemaForm/SchemaForm.js';
