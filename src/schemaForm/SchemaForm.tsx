'use client';
import { useEffect, useLayoutEffect, useRef, type ReactElement } from 'react';
import { getTreeRoot } from '../common/treeRoot.js';
import type { SchemaFormProps } from '../components/tools/SchemaFormProps.js';
import { useLazyModule } from '../hooks/useLazyModule.js';
import { schemaFormModule } from './schemaFormModule.js';
import { asPart } from '../components/part.js';

/**
 * Form for the values of a JSON Schema: nested objects, arrays, enums, formats, unions, references and defaults. Pass
 * it to `AssistantsProvider` as `components={{ SchemaForm }}`. Works under a Content Security Policy without
 * `unsafe-eval`. Shows problems at their fields and, after a rejected submit, as a list of links that takes the focus.
 * Calls `onUnavailable` for schemas and values that are too large, nested too deeply or endless, and renders a sentence
 * that says so. A union that would have no end otherwise begins with its options without references. Loads the form
 * library with the first form; until then, a value counts as having one problem. Element: div.
 */
export function SchemaForm(props: SchemaFormProps): ReactElement {
  const { value: Content, error } = useLazyModule(schemaFormModule, true);
  const root = useRef<HTMLDivElement>(null);
  const isLoaded = Content !== undefined;
  useLayoutEffect(() => {
    if (isLoaded && root.current) takeFocus(root.current);
  }, [isLoaded]);
  return (
    <div ref={root} {...asPart('schema-form')} aria-busy={isLoaded ? undefined : true}>
      {Content ? (
        <Content {...props} />
      ) : (
        <PendingForm onProblems={props.onProblems} error={error?.message} />
      )}
    </div>
  );
}

interface PendingFormProps extends Pick<SchemaFormProps, 'onProblems'> {
  /** Reason why the last attempt to load the form has failed. It is repeated. */
  error: string | undefined;
}

/** Takes the place of the form while its code is loaded. A value that was not checked must not be submitted. */
function PendingForm({ onProblems, error }: PendingFormProps): ReactElement | null {
  useEffect(() => onProblems(1), [onProblems]);
  if (error === undefined) return null;
  return (
    <p {...asPart('hint')} role="alert">
      {error}
    </p>
  );
}

/** Focuses the first field if the call around the form has the focus, because it had no field when it received it. */
function takeFocus(root: HTMLElement): void {
  const active = getTreeRoot(root).activeElement;
  if (active?.getAttribute('tabindex') !== '-1' || !active.contains(root)) return;
  root.querySelector<HTMLElement>('textarea, select, input')?.focus({ preventScroll: true });
}
