import {
  useDeferredValue,
  useId,
  useMemo,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import { isElement } from '../../../common/isElement.js';
import type { JsonSchema, SchemaIssue } from '../../../protocol/ToolCall.js';
import { Button } from '../../Button.js';
import { useComponents } from '../../ComponentsContext.js';
import { ErrorBoundary } from '../../ErrorBoundary.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { checkSchemaText } from '../draft/checkSchemaText.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { Field } from './Field.js';
import { asPart } from '../../part.js';

interface SchemaEditorProps {
  /** Name of the control. */
  name: string;
  label: string;
  hint?: string | undefined;
  text: string;
  onChange: (text: string) => void;
}

/** Field for a JSON Schema, with a preview of the form that it yields if the app has a `SchemaForm`. Element: div. */
export function SchemaEditor({
  name,
  label,
  hint,
  text,
  onChange,
}: SchemaEditorProps): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { SchemaForm } = useComponents();
  const { errors } = useAssistantForm('SchemaEditor');
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div {...asPart('schema-editor')}>
      <Field
        name={name}
        label={label}
        hint={hint}
        rows={6}
        isCode
        value={text}
        error={errors[name]}
        onChange={onChange}
      />
      {SchemaForm && (
        <Button
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setIsOpen(!isOpen)}
        >
          {texts.preview}
        </Button>
      )}
      {isOpen && <SchemaPreview id={id} text={text} />}
    </div>
  );
}

const NO_ISSUES: readonly SchemaIssue[] = [];
const ignore = (): void => undefined;

/**
 * Form that a schema yields. The user can try it; nothing of it is sent. Shows the last valid schema while the text has
 * a mistake.
 */
function SchemaPreview({ id, text }: { id: string; text: string }): ReactElement {
  const { assistant: texts, form } = useCompleteTexts();
  const { schema, version } = useLastValidSchema(useDeferredValue(text));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in a field must not save the assistant
    <section
      id={id}
      {...asPart('schema-preview')}
      aria-label={texts.preview}
      onKeyDown={keepEnterInside}
    >
      <ErrorBoundary
        resetKey={version}
        fallback={<p {...asPart('hint')}>{form.unavailable.invalid}</p>}
      >
        {schema === undefined ? (
          <p {...asPart('hint')}>{form.nothing}</p>
        ) : (
          <PreviewForm key={version} id={`${id}-form`} schema={schema} />
        )}
      </ErrorBoundary>
    </section>
  );
}

function PreviewForm({ id, schema }: { id: string; schema: JsonSchema }): ReactElement | null {
  const { SchemaForm } = useComponents();
  const [value, setValue] = useState<unknown>();
  if (!SchemaForm) return null;
  return (
    <SchemaForm
      schema={schema}
      value={value}
      onChange={setValue}
      id={id}
      attempts={0}
      issues={NO_ISSUES}
      onProblems={ignore}
      isDisabled={false}
    />
  );
}

interface SchemaVersion {
  schema: JsonSchema | undefined;
  /** Changes with the schema. */
  version: number;
}

function useLastValidSchema(text: string): SchemaVersion {
  const checked = useMemo(() => checkSchemaText(text), [text]);
  const [last, setLast] = useState<SchemaVersion>({ schema: undefined, version: 0 });
  if (checked.kind !== 'valid' || checked.schema === last.schema) return last;
  const next = { schema: checked.schema, version: last.version + 1 };
  setLast(next);
  return next;
}

function keepEnterInside(event: KeyboardEvent): void {
  const isInput = isElement(event.target) && event.target.matches('input, select');
  if (event.key === 'Enter' && isInput) event.preventDefault();
}
