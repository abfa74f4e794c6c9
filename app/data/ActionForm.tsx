import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, CodeBlock, useAssistantsClient } from 'assistants-react';
import { useId, useState, type ReactElement } from 'react';
import { callOperation } from './callOperation.js';
import { formatValue, parseValue } from './fieldValues.js';
import type { Place } from './findPlace.js';
import type { Action, ActionField } from './Resource.js';

interface ActionFormProps {
  action: Action;
  place: Place;
  /** Object that the action changes. */
  object: Record<string, unknown>;
}

/** Folded form of an action. It says what the server answered. */
export function ActionForm({ action, place, object }: ActionFormProps): ReactElement {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const { mutate, error, isPending, data } = useMutation({
    mutationFn: async (form: FormData) => {
      const { fields = [], toBody = (values) => values } = action;
      const values = Object.fromEntries(
        fields.map((field) => [field.name, parseValue(field, form.get(field.name))]),
      );
      const body = action.fields === undefined ? {} : { body: toBody(values) };
      const result = await callOperation(client, action.operation, { ...place.params, ...body });
      return result instanceof Blob ? result.text() : result;
    },
    onMutate: () => window.location.hash,
    async onSuccess(result, _form, hash) {
      const target = getTarget(action, place, result);
      // The user may have opened another page meanwhile.
      if (target !== undefined && window.location.hash === hash)
        window.location.hash = `/data/${target}`;
      if (action.next === 'stay' || action.next === undefined) setIsOpen(false);
      // Any view may show something that has changed. An object that was deleted is not fetched again.
      const deletedId = action.next === 'leave' ? place.objectId : undefined;
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => deletedId === undefined || queryKey.at(-1) !== deletedId,
      });
    },
  });
  return (
    <details
      className="action"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{action.label}</summary>
      {isOpen && (
        <form
          aria-label={action.label}
          onSubmit={(event) => {
            event.preventDefault();
            mutate(new FormData(event.currentTarget));
          }}
        >
          {action.fields?.map((field) => (
            <Field key={field.name} field={field} object={object} />
          ))}
          {error && <p role="alert">{error.message}</p>}
          <Button
            type="submit"
            variant={action.next === 'leave' ? 'danger' : 'primary'}
            disabled={isPending}
          >
            {action.label}
          </Button>
          {action.next === 'show' && data !== undefined && (
            <CodeBlock
              language={typeof data === 'string' ? 'text' : 'json'}
              code={typeof data === 'string' ? data : JSON.stringify(data, null, 2)}
            />
          )}
        </form>
      )}
    </details>
  );
}

/** Returns the path to show after an action. */
function getTarget({ next, below }: Action, place: Place, result: unknown): string | undefined {
  const { collectionPath, objectId } = place;
  if (next === 'leave') return collectionPath;
  const { id } = Object(result) as { id?: unknown };
  if (next !== 'open' || typeof id !== 'string') return undefined;
  return below === undefined
    ? `${collectionPath}/${id}`
    : `${collectionPath}/${objectId}/${below}/${id}`;
}

function Field({
  field,
  object,
}: {
  field: ActionField;
  object: Record<string, unknown>;
}): ReactElement {
  const id = useId();
  const { name, label, kind, isRequired, getInitial } = field;
  const initial = getInitial ? getInitial(object) : object[name];
  const common = { id, name, required: isRequired ?? false };
  return (
    <p>
      <label htmlFor={id}>
        {label}
        {kind === 'map' && ' (a line “name: value” for each)'}
        {kind === 'lines' && ' (one on each line)'}
      </label>
      {kind === 'text' && <input {...common} defaultValue={formatValue(field, initial)} />}
      {kind === 'file' && <input {...common} type="file" />}
      {(kind === 'map' || kind === 'lines' || kind === 'json') && (
        <textarea {...common} rows={4} defaultValue={formatValue(field, initial)} />
      )}
    </p>
  );
}
