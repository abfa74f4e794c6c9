import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, useAssistantsClient, useFormat } from 'assistants-react';
import type { ReactElement } from 'react';
import { ActionForm } from './ActionForm.js';
import { callOperation } from './callOperation.js';
import type { Place } from './findPlace.js';

type Fields = Record<string, unknown>;
interface Page {
  data: Fields[];
  has_more?: boolean;
}

/** Lists the objects of a collection, and creates new ones. */
export function CollectionView({ place }: { place: Place }): ReactElement {
  const { resource, params, collectionPath } = place;
  const client = useAssistantsClient();
  const format = useFormat();
  // oxlint-disable-next-line @tanstack/query/exhaustive-deps -- the path determines the rest
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['data', client.scope, collectionPath],
    enabled: resource.list !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: after }) => {
      if (resource.list === undefined) return { data: [] };
      const query = after === undefined ? {} : { after };
      return (await callOperation(client, resource.list, { ...params, query })) as Page;
    },
    getNextPageParam: ({ data: items, has_more: hasMore }) =>
      hasMore ? getText(items.at(-1)?.['id']) : undefined,
  });
  const items = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <h2>{resource.title}</h2>
      {resource.create?.map((action) => (
        <ActionForm key={action.label} action={action} place={place} object={{}} />
      ))}
      {error && <p role="alert">{error.message}</p>}
      {!isPending && items.length === 0 && !error && <p>There are none.</p>}
      <ul className="rows">
        {items.map((item) => {
          const id = getText(item['id']) ?? '';
          return (
            <li key={id}>
              {resource.get === undefined ? (
                <span>{id}</span>
              ) : (
                <a href={`#/data/${collectionPath}/${id}`}>{getTitle(item) ?? id}</a>
              )}
              <span>{getText(item['status']) ?? getTokens(item) ?? ''}</span>
              <span>
                {typeof item['created_at'] === 'number' && format.time(item['created_at'])}
              </span>
            </li>
          );
        })}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>Show more</Button>}
    </>
  );
}

function getText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the tokens of a day. */
function getTokens({ total_tokens: tokens }: Fields): string | undefined {
  return typeof tokens === 'number' ? `${tokens} tokens` : undefined;
}

function getTitle(item: Fields): string | undefined {
  const first = (item['content'] as { text?: { value?: string } }[] | undefined)?.[0];
  const title = getText(item['name']) ?? getText(item['filename']) ?? first?.text?.value;
  return title?.slice(0, 120);
}
