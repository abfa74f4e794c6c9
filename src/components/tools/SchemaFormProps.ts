import type { JsonSchema, SchemaIssue } from '../../protocol/ToolCall.js';

/**
 * Reason why a form cannot be rendered: it would have too many fields, it would be nested too deeply, its schema refers to itself
 * without end, or its schema is malformed.
 */
export type SchemaFormProblem = 'large' | 'deep' | 'endless' | 'invalid';

/** Props of a form for the values of a JSON Schema, such as `SchemaForm` of `assistants-react/schema-form`. */
export interface SchemaFormProps {
  schema: JsonSchema;
  /** Undefined until the form has reported a value. */
  value: unknown;
  onChange: (value: unknown) => void;
  /** Prefix of the ids of the fields. */
  id: string;
  /** Id of the element that labels the form. It labels the control of a form that is one control without a title. */
  labelId?: string | undefined;
  /** Number of rejected submits. From the first one, problems are shown; with each, their list takes the focus. */
  attempts: number;
  /** Problems that the receiver of the value has found, in addition to those of the schema. */
  issues: readonly SchemaIssue[];
  /** Called with the number of problems of the value when it changes. */
  onProblems: (count: number) => void;
  isDisabled: boolean;
  /** Called if no form can be rendered. The caller offers an editor for JSON in its place. */
  onUnavailable?: ((problem: SchemaFormProblem) => void) | undefined;
}
