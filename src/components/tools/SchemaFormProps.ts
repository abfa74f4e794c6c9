import type { JsonSchema, SchemaIssue } from '../../protocol/ToolCall.js';

/** Props of a form for the values of a JSON Schema, such as `SchemaForm` of `assistants-react/schema-form`. */
export interface SchemaFormProps {
  schema: JsonSchema;
  /** Undefined until the form has reported a value. */
  value: unknown;
  onChange: (value: unknown) => void;
  /** Prefix of the ids of the fields. */
  id: string;
  /** Number of rejected submits. From the first one, problems are shown; with each, their list takes the focus. */
  attempts: number;
  /** Problems that the receiver of the value has found, in addition to those of the schema. */
  issues: readonly SchemaIssue[];
  /** Called with the number of problems of the value when it changes. */
  onProblems: (count: number) => void;
  isDisabled: boolean;
}
