import { useQuery } from '@tanstack/react-query';
import { CodeBlock, useAssistantsClient } from 'assistants-react';
import type { ReactElement } from 'react';
import { ActionForm } from './ActionForm.js';
import { callOperation } from './callOperation.js';
import { listChildren, type Place } from './findPlace.js';

const REFRESH_MS = 2_000;

/** Shows an object with its fields, what is below it, and what can be done with it. */
export function ObjectView({ place }: { place: Place }): ReactElement {
  const { resource, params, collectionPath, objectId } = place;
  const client = useAssistantsClient();
  // oxlint-disable-next-line @tanstack/query/exhaustive-deps -- the path determines the rest
  const { data: object, error } = useQuery({
    queryKey: ['data', client.scope, collectionPath, objectId],
    retry: false,
    queryFn: async () => {
      if (resource.get === undefined) return {};
      return (await callOperation(client, resource.get, params)) as Record<string, unknown>;
    },
    // A run, a file or a batch that works changes without an action of the user.
    refetchInterval: ({ state }) =>
      ['queued', 'in_progress', 'cancelling'].includes(String(state.data?.['status']))
        ? REFRESH_MS
        : false,
  });
  if (error) return <p role="alert">{error.message}</p>;
  if (!object) return <p aria-busy />;
  return (
    <>
      <h2>{objectId}</h2>
      <ul className="below">
        {listChildren(place).map(({ path, title }) => (
          <li key={path}>
            <a
              href={`#/data/${collectionPath}/${objectId}/${path.slice(path.lastIndexOf('/') + 1)}`}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
      {resource.actions?.map((action) => (
        <ActionForm key={action.label} action={action} place={place} object={object} />
      ))}
      <dl className="fields">
        {Object.entries(object).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">
              {typeof value === 'object' && value !== null ? (
                <CodeBlock language="json" code={JSON.stringify(value, null, 2)} />
              ) : (
                String(value)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
