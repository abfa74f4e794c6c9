import type { JsonSchema, SchemaIssue } from '../../protocol/ToolCall.js';

/** Props of a form that is made from a JSON Schema, such as `SchemaForm` of `assistants-react/schema-form`. */
export interface SchemaFormProps {
  schema: JsonSchema;
  /** Undefined where nothing has been filled in. */
  value: unknown;
  onChange: (value: unknown) => void;
  /** Ids of the fields begin with it. */
  id: string;
  /** How often a value was refused: problems are shown from the first time, and with each the list of them takes the focus. */
  attempts: number;
  /** What is wrong besides what the schema says. */
  issues: readonly SchemaIssue[];
  /** Told at each change how many problems there are. */
  onProblems: (count: number) => void;
  isDisabled: boolean;
}
