'use client';
import { useEffect, useRef, type MouseEvent, type ReactElement } from 'react';
import { useFormat } from '../components/i18n/useFormat.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import type { SchemaFormProps } from '../components/tools/SchemaFormProps.js';
import { getOwn, resolveReference } from '../common/jsonSchema/resolveReference.js';
import { getTreeRoot } from '../common/treeRoot.js';
import type { JsonSchema, SchemaIssue } from '../protocol/ToolCall.js';
import { FOCUSABLE } from './removeItem.js';
import { asPart } from '../components/part.js';

interface ProblemListProps extends Pick<SchemaFormProps, 'id' | 'schema' | 'attempts'> {
  problems: readonly SchemaIssue[];
}

/** List of problems with links to their fields. Takes the focus after every rejected submit. Element: div. */
export function ProblemList({
  problems,
  attempts,
  id,
  schema,
}: ProblemListProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempts > 0) list.current?.focus();
  }, [attempts]);
  if (problems.length === 0) return null;

  const onClick = (event: MouseEvent<Element>, path: SchemaIssue['path']): void => {
    event.preventDefault();
    focusField(event.currentTarget, id, path);
  };
  return (
    <div ref={list} {...asPart('schema-problems')} role="alert" tabIndex={-1}>
      <p>{texts.form.problems(format.number(problems.length), problems.length)}</p>
      <ul>
        {problems.map(({ message, path }) => (
          <li key={path.join('.')} dir="auto">
            <a href={`#${getFieldId(id, path)}`} onClick={(event) => onClick(event, path)}>
              {getFieldLabel(schema, path)}
            </a>{' '}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function getFieldId(id: string, path: SchemaIssue['path']): string {
  return [id, ...path].join('.');
}

/** Focuses the field at a path. If there is none, focuses the first control of the closest group that contains it. */
function focusField(link: Element, id: string, path: SchemaIssue['path']): void {
  for (let length = path.length; length >= 0; length -= 1) {
    const element = getTreeRoot(link).getElementById(getFieldId(id, path.slice(0, length)));
    const control = element?.matches('input, select, textarea')
      ? element
      : element?.querySelector<HTMLElement>(FOCUSABLE);
    if (control) {
      control.focus();
      return;
    }
  }
}

/** Returns the title or name of a field. Fields below the first level append their keys, counting array items from 1. */
function getFieldLabel(schema: JsonSchema, path: SchemaIssue['path']): string {
  const [name, ...keys] = path;
  if (name === undefined) return typeof schema['title'] === 'string' ? schema['title'] : '…';
  const field = getOwn(getOwn(followReference(schema), 'properties'), String(name));
  const title = getOwn(field, 'title');
  const isIndex = (key: string | number): boolean => /^\d+$/.test(String(key));
  return [
    typeof title === 'string' ? title : name,
    ...keys.map((key) => (isIndex(key) ? Number(key) + 1 : key)),
  ].join(' ');
}

function followReference(schema: JsonSchema): unknown {
  const { $ref } = schema;
  return typeof $ref === 'string' ? resolveReference(schema, $ref) : schema;
}
