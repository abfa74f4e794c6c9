'use client';
import Form from '@rjsf/core/lib/components/Form.js';
import {
  englishStringTranslator,
  ErrorSchemaBuilder,
  getDefaultFormState,
  TranslatableString,
  type ErrorSchema,
  type RJSFSchema,
} from '@rjsf/utils';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { SchemaValidator } from '../common/jsonSchema/createSchemaValidator.js';
import type { ComponentTexts } from '../components/i18n/ComponentTexts.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import type { SchemaFormProps } from '../components/tools/SchemaFormProps.js';
import type { JsonSchema, SchemaIssue } from '../protocol/ToolCall.js';
import {
  DescriptionFieldTemplate,
  FieldErrorTemplate,
  FieldTemplate,
  TitleFieldTemplate,
} from './fieldTemplates.js';
import { hasFewRequired, MarksRequiredContext } from './FieldMark.js';
import { findFormProblem } from './findFormProblem.js';
import { findProblems } from './findProblems.js';
import {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  MultiSchemaFieldTemplate,
  ObjectFieldTemplate,
} from './groupTemplates.js';
import { orderUnions } from './orderUnions.js';
import { ProblemList } from './ProblemList.js';
import { rjsfValidator } from './rjsfValidator.js';
import { SchemaField } from './SchemaField.js';
import { toFormSchema } from './toFormSchema.js';
import { useSchemaValidator } from './useSchemaValidator.js';
import { FormLabelContext } from './controlProps.js';
import { SelectWidget } from './selectWidgets.js';
import { DateTimeWidget, TimeWidget } from './timeWidgets.js';
import { BaseInputTemplate, CheckboxesWidget, CheckboxWidget, TextareaWidget } from './widgets.js';
import { asPart } from '../components/part.js';

const TEMPLATES = {
  FieldTemplate,
  DescriptionFieldTemplate,
  FieldErrorTemplate,
  TitleFieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  MultiSchemaFieldTemplate,
  BaseInputTemplate,
};
const WIDGETS = {
  TextareaWidget,
  SelectWidget,
  CheckboxWidget,
  CheckboxesWidget,
  DateTimeWidget,
  TimeWidget,
};
const FIELDS = { SchemaField };
/** The form around `SchemaForm` has the submit button. */
const UI_SCHEMA = { 'ui:submitButtonOptions': { norender: true } };
/** Selects no option of a list of constants, and adds no items to an optional array, before the user does. */
const DEFAULTS = {
  constAsDefaults: 'skipOneOf',
  arrayMinItems: { populate: 'requiredOnly' },
} as const;
const NO_PROBLEMS: readonly SchemaIssue[] = [];
const NO_PATHS: ReadonlySet<string> = new Set();

/** The form, or the reason why it cannot be rendered. */
export function SchemaFormContent(props: SchemaFormProps): ReactElement {
  const { value, onUnavailable } = props;
  const texts = useCompleteTexts();
  const { schema, formSchema } = useMemo(() => prepareSchema(props.schema), [props.schema]);
  const problem = useMemo(() => findFormProblem(formSchema, value), [formSchema, value]);
  useEffect(() => {
    if (problem !== undefined) onUnavailable?.(problem);
  }, [problem, onUnavailable]);
  if (problem === undefined) return <RenderedForm {...props} schema={schema} />;
  return <p {...asPart('hint')}>{texts.form.unavailable[problem]}</p>;
}

/** Returns the schema, whose unions are ordered if the form would have no end otherwise, and the one to render. */
function prepareSchema(schema: JsonSchema): Record<'schema' | 'formSchema', JsonSchema> {
  const formSchema = toFormSchema(schema);
  if (findFormProblem(formSchema, undefined) !== 'endless') return { schema, formSchema };
  const ordered = orderUnions(schema);
  return { schema: ordered, formSchema: toFormSchema(ordered) };
}

function RenderedForm({
  schema,
  value,
  onChange,
  id,
  labelId,
  attempts,
  issues,
  onProblems,
  isDisabled,
}: SchemaFormProps): ReactElement {
  const texts = useCompleteTexts();
  const { formSchema, validator } = useSchemaValidator(schema);
  // The library ignores the parts of a schema that it does not know.
  const rjsfSchema = useMemo(() => toFormSchema(formSchema) as RJSFSchema, [formSchema]);
  const found = useMemo(
    () => findProblems(validator, value, texts.form),
    [validator, value, texts],
  );
  const rejected = useRejectedPaths(found, attempts, validator, (previous) =>
    findProblems(previous, value, texts.form),
  );
  const shown = useMemo(
    () =>
      attempts > 0
        ? [
            ...found.filter((issue) => rejected.has(getPathKey(issue))),
            ...excludeKnownPaths(issues, found),
          ]
        : NO_PROBLEMS,
    [attempts, found, issues, rejected],
  );
  const errors = useMemo(() => toFieldErrors(shown), [shown]);
  const marksRequired = useMemo(() => hasFewRequired(schema), [schema]);
  const label = useMemo(() => ({ id, labelId }), [id, labelId]);
  useInitialValue(rjsfSchema, value, onChange);
  useEffect(() => onProblems(found.length), [onProblems, found.length]);

  return (
    <MarksRequiredContext value={marksRequired}>
      <ProblemList problems={shown} attempts={attempts} id={id} schema={schema} />
      <FormLabelContext value={label}>
        <Form<unknown, RJSFSchema, object>
          schema={rjsfSchema}
          validator={rjsfValidator}
          formData={value}
          onChange={({ formData }) => onChange(formData)}
          tagName="div"
          idPrefix={id}
          idSeparator="."
          noValidate
          noHtml5Validate
          showErrorList={false}
          extraErrors={errors}
          disabled={isDisabled}
          templates={TEMPLATES}
          widgets={WIDGETS}
          fields={FIELDS}
          uiSchema={UI_SCHEMA}
          experimental_defaultFormStateBehavior={DEFAULTS}
          translateString={(key, params) => translate(key, params, texts)}
          useFallbackUiForUnsupportedType
        />
      </FormLabelContext>
    </MarksRequiredContext>
  );
}

/**
 * Returns the paths of the problems that the last submit was rejected for. Other problems are shown with the next submit: a field
 * that the user has just added is empty, but not wrong yet. A validator that arrives after the submit, with the patterns, adds
 * what the one before it has missed.
 */
function useRejectedPaths(
  found: readonly SchemaIssue[],
  attempts: number,
  validator: SchemaValidator,
  findKnown: (validator: SchemaValidator) => readonly SchemaIssue[],
): ReadonlySet<string> {
  const [rejected, setRejected] = useState({ attempts: 0, validator, paths: NO_PATHS });
  const isSubmit = rejected.attempts !== attempts;
  if (!isSubmit && rejected.validator === validator) return rejected.paths;
  const known = new Set(isSubmit ? [] : findKnown(rejected.validator).map(getPathKey));
  const added = found.map(getPathKey).filter((path) => !known.has(path));
  const paths = new Set(isSubmit ? added : [...rejected.paths, ...added]);
  setRejected({ attempts, validator, paths });
  return paths;
}

/** Reports the default value of the schema once, if the form starts without a value. */
function useInitialValue(
  schema: RJSFSchema,
  value: unknown,
  onChange: (value: unknown) => void,
): void {
  const initial = useRef({ schema, value, onChange });
  useEffect(() => {
    const first = initial.current;
    if (first.value === undefined) first.onChange(getDefaultValue(first.schema));
  }, []);
}

function getDefaultValue(schema: RJSFSchema): unknown {
  const defaults = getDefaultFormState<unknown, RJSFSchema, object>(
    rjsfValidator,
    schema,
    undefined,
    schema,
    false,
    DEFAULTS,
  );
  if (defaults !== undefined && defaults !== null) return defaults;
  if (schema.type === 'object') return {};
  // An empty checkbox stands for false.
  if (schema.type === 'boolean' && schema.enum === undefined) return false;
  return schema.type === 'array' ? [] : undefined;
}

function excludeKnownPaths(
  issues: readonly SchemaIssue[],
  known: readonly SchemaIssue[],
): SchemaIssue[] {
  const knownPaths = new Set(known.map(getPathKey));
  return issues.filter((issue) => !knownPaths.has(getPathKey(issue)));
}

function getPathKey({ path }: SchemaIssue): string {
  return JSON.stringify(path);
}

function toFieldErrors(problems: readonly SchemaIssue[]): ErrorSchema<unknown> {
  const builder = new ErrorSchemaBuilder<unknown>();
  for (const { message, path } of problems) builder.addErrors(message, path.map(String));
  return builder.ErrorSchema;
}

function translate(
  key: TranslatableString,
  params: string[] | undefined,
  texts: ComponentTexts,
): string {
  switch (key) {
    case TranslatableString.YesLabel:
      return texts.steps.yes;
    case TranslatableString.NoLabel:
      return texts.steps.no;
    case TranslatableString.OptionPrefix:
      return [texts.form.kind, ...(params ?? [])].join(' ');
    case TranslatableString.TitleOptionPrefix:
      return (params ?? []).join(' ');
    case TranslatableString.Type:
      return texts.form.kind;
    case TranslatableString.NewStringDefault:
      return '';
    default:
      return englishStringTranslator(key, params);
  }
}
