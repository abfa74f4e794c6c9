'use client';
import Form from '@rjsf/core/lib/components/Form.js';
import {
  englishStringTranslator,
  getDefaultFormState,
  toErrorSchema,
  TranslatableString,
  type RJSFSchema,
} from '@rjsf/utils';
import { useEffect, useMemo, useRef, useState, type MouseEvent, type ReactElement } from 'react';
import { useFormat } from '../components/i18n/TextsContext.js';
import { useTexts } from '../components/i18n/useTexts.js';
import type { ComponentTexts } from '../components/i18n/texts.js';
import type { SchemaFormProps } from '../components/tools/SchemaFormProps.js';
import type { ValueIssue } from '../components/tools/toolCallView.js';
import {
  createSchemaValidator,
  withoutPatterns,
} from '../common/jsonSchema/createSchemaValidator.js';
import {
  DescriptionFieldTemplate,
  FieldErrorTemplate,
  FieldTemplate,
  TitleFieldTemplate,
} from './fields.js';
import { findProblems } from './findProblems.js';
import {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  MultiSchemaFieldTemplate,
  ObjectFieldTemplate,
} from './groups.js';
import {
  BaseInputTemplate,
  CheckboxesWidget,
  CheckboxWidget,
  SelectWidget,
  TextareaWidget,
} from './inputs.js';
import { validator } from './validator.js';

/**
 * A form made from a JSON Schema: objects, nested, lists, enums, formats, unions, references, defaults. Give it to
 * `AssistantsProvider` as `components={{ SchemaForm }}`. Needs no eval. Problems stand at their fields and, once a value was
 * refused, in a list of links to them that takes the focus. Element: div.
 */
export function SchemaForm({
  schema,
  value,
  onChange,
  id,
  attempts,
  issues,
  onProblems,
  isDisabled,
}: SchemaFormProps): ReactElement {
  const texts = useTexts();
  const { drawn, checked } = useBounded(schema);
  // Whoever wrote the schema vouches for it; what the library does not know it passes over.
  const rjsfSchema = drawn as RJSFSchema;
  const found = useMemo(() => findProblems(checked, value, texts.form), [checked, value, texts]);
  const problems = useMemo(
    () => (attempts > 0 ? [...found, ...others(issues, found)] : NONE),
    [attempts, found, issues],
  );
  const errors = useMemo(
    () =>
      toErrorSchema(
        problems.map(({ message, path }) => ({
          message,
          property: propertyOf(path),
          stack: message,
        })),
      ),
    [problems],
  );

  const initial = useRef({ value, onChange, rjsfSchema });
  useEffect(() => {
    const { value: given, onChange: tell, rjsfSchema: ofSchema } = initial.current;
    if (given === undefined)
      tell(
        getDefaultFormState<unknown, RJSFSchema, object>(
          validator,
          ofSchema,
          undefined,
          ofSchema,
        ) ?? emptyOf(ofSchema),
      );
  }, []);
  useEffect(() => onProblems(found.length), [onProblems, found.length]);

  return (
    <div data-part="schema-form">
      <ProblemList problems={problems} attempts={attempts} id={id} schema={schema} />
      <Form<unknown, RJSFSchema, object>
        schema={rjsfSchema}
        validator={validator}
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
        uiSchema={UI_SCHEMA}
        translateString={(key, params) => translate(key, params, texts)}
        useFallbackUiForUnsupportedType
      />
    </div>
  );
}

/** The schema as the form is drawn from it, and as values are held against it: with its patterns as soon as they can be matched. */
function useBounded(
  schema: SchemaFormProps['schema'],
): Record<'drawn' | 'checked', SchemaFormProps['schema']> {
  const drawn = useMemo(() => withoutPatterns(schema), [schema]);
  const [bounded, setBounded] = useState<{ of: typeof schema; is: typeof schema }>();
  useEffect(() => {
    let isCurrent = true;
    const take = (is: typeof schema) => isCurrent && setBounded({ of: schema, is });
    // What cannot be matched is left to whoever takes the value.
    createSchemaValidator(schema).then(take, () => undefined);
    return () => void (isCurrent = false);
  }, [schema]);
  return { drawn, checked: bounded?.of === schema ? bounded.is : drawn };
}

const NONE: readonly ValueIssue[] = [];
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
const WIDGETS = { TextareaWidget, SelectWidget, CheckboxWidget, CheckboxesWidget };
/** Ours submits. */
const UI_SCHEMA = { 'ui:submitButtonOptions': { norender: true } };

/** The problems as links to their fields. Takes the focus whenever a value has been refused. Element: div. */
function ProblemList({
  problems,
  attempts,
  id,
  schema,
}: { problems: readonly ValueIssue[]; attempts: number } & Pick<
  SchemaFormProps,
  'id' | 'schema'
>): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempts > 0) list.current?.focus();
  }, [attempts]);
  if (problems.length === 0) return null;

  const go = (event: MouseEvent, path: ValueIssue['path']): void => {
    event.preventDefault();
    focusField(id, path);
  };
  return (
    <div ref={list} data-part="schema-problems" role="alert" tabIndex={-1}>
      <p>{texts.form.problems(format.number(problems.length), problems.length)}</p>
      <ul>
        {problems.map(({ message, path }) => (
          <li key={path.join('.')} dir="auto">
            <a href={`#${fieldId(id, path)}`} onClick={(event) => go(event, path)}>
              {nameOf(schema, path)}
            </a>{' '}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function fieldId(id: string, path: ValueIssue['path']): string {
  return [id, ...path].join('.');
}

/** Focuses the field at a path, or the first one in the nearest group around it. */
function focusField(id: string, path: ValueIssue['path']): void {
  for (let end = path.length; end >= 0; end--) {
    const place = document.getElementById(fieldId(id, path.slice(0, end)));
    const field = place?.matches('input, select, textarea')
      ? place
      : place?.querySelector<HTMLElement>('input, select, textarea, button');
    if (field) return field.focus();
  }
}

/** The title of a field, or else its name. */
function nameOf(schema: SchemaFormProps['schema'], path: ValueIssue['path']): string {
  const [first, ...rest] = path;
  if (first === undefined) return typeof schema['title'] === 'string' ? schema['title'] : '…';
  const properties: unknown = schema['properties'];
  const field: unknown =
    typeof properties === 'object' && properties !== null
      ? Reflect.get(properties, first)
      : undefined;
  const title: unknown =
    typeof field === 'object' && field !== null ? Reflect.get(field, 'title') : undefined;
  return [
    typeof title === 'string' ? title : first,
    ...rest.map((key) => (/^\d+$/.test(String(key)) ? Number(key) + 1 : key)),
  ].join(' ');
}

function others(issues: readonly ValueIssue[], known: readonly ValueIssue[]): ValueIssue[] {
  return issues.filter(({ path }) => !known.some((one) => one.path.join('.') === path.join('.')));
}

function propertyOf(path: ValueIssue['path']): string {
  return path.map((key) => `.${key}`).join('');
}

function emptyOf(schema: RJSFSchema): unknown {
  return schema.type === 'object' ? {} : schema.type === 'array' ? [] : undefined;
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
    default:
      return englishStringTranslator(key, params);
  }
}
