import type {
  UseInfiniteQueryResult,
  UseMutationResult,
  UseQueryResult,
} from '@tanstack/react-query';
import { Button, type AssistantsError } from 'assistants-react';
import { use, useId, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { RequestLogContext, type RequestLog } from '../withBackend.js';

type QueryResult =
  UseQueryResult<unknown, AssistantsError> | UseInfiniteQueryResult<unknown, AssistantsError>;

interface QueryDemoProps {
  /** Name of the hook. */
  hook: string;
  params?: unknown;
  result: QueryResult;
}

/** Query hook at work: its call, its status, its data, and the requests that it makes. */
export function QueryDemo({ hook, params, result }: QueryDemoProps): ReactElement {
  const { data, error, status, fetchStatus } = result;
  const hasNextPage = 'hasNextPage' in result && result.hasNextPage;
  return (
    <Demo call={formatCall(hook, params)} status={`${status}, ${fetchStatus}`} {...{ data, error }}>
      <Button onClick={() => void result.refetch()}>refetch()</Button>
      {'fetchNextPage' in result && (
        <Button disabled={!hasNextPage} onClick={() => void result.fetchNextPage()}>
          fetchNextPage()
        </Button>
      )}
    </Demo>
  );
}

interface MutationDemoProps<Variables> {
  /** Name of the hook. */
  hook: string;
  variables: Variables;
  result: UseMutationResult<unknown, AssistantsError, Variables>;
}

/** Mutation hook at work: its call, a button that makes it, its status, its data, and the requests that it makes. */
export function MutationDemo<Variables>({
  hook,
  variables,
  result,
}: MutationDemoProps<Variables>): ReactElement {
  const { data, error, status, mutate, reset } = result;
  const call = `const { mutate } = ${hook}();\nmutate(${formatJson(variables)});`;
  return (
    <Demo {...{ call, status, data, error }}>
      <Button onClick={() => mutate(variables)}>mutate()</Button>
      <Button onClick={reset}>reset()</Button>
    </Demo>
  );
}

interface DemoProps {
  call: string;
  status: string;
  data: unknown;
  error: AssistantsError | null;
  /** Buttons for the functions of the result. */
  children: ReactNode;
}

function Demo({ call, status, data, error, children }: DemoProps): ReactElement {
  return (
    <div
      style={{
        display: 'grid',
        // Long lines of code scroll in their block.
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: '1rem',
        font: '15px/1.5 system-ui',
        maxInlineSize: '60rem',
      }}
    >
      <Block title="Call">{call}</Block>
      <div style={{ display: 'flex', gap: '0.5rem', alignItems: 'center', flexWrap: 'wrap' }}>
        {children}
        <output>{status}</output>
      </div>
      {error && <p role="alert">{`${error.kind}: ${error.message}`}</p>}
      <Block title="data">{formatJson(data)}</Block>
      <Requests />
    </div>
  );
}

const noRequests: RequestLog = { subscribe: () => () => undefined, getRequests: () => NONE };
const NONE: readonly string[] = [];

function Requests(): ReactElement {
  const { subscribe, getRequests } = use(RequestLogContext) ?? noRequests;
  const requests = useSyncExternalStore(subscribe, getRequests);
  return <Block title="Requests">{requests.join('\n') || 'none'}</Block>;
}

/** Text with a label, which is not a heading, because pages show stories below headings of any level. */
function Block({ title, children }: { title: string; children: string }): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <p id={id} style={{ margin: '0 0 0.25rem', fontSize: '0.875rem', fontWeight: 600 }}>
        {title}
      </p>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard.
        tabIndex={0}
        aria-labelledby={id}
        style={{
          margin: 0,
          padding: '0.75rem',
          maxBlockSize: '16rem',
          overflow: 'auto',
          border: '1px solid var(--assistants-line, #8884)',
          borderRadius: '0.5rem',
          font: '13px/1.5 ui-monospace, monospace',
        }}
      >
        {children}
      </pre>
    </section>
  );
}

function formatCall(hook: string, params: unknown): string {
  return `const result = ${hook}(${formatJson(params)});`;
}

/** Formats a value as JavaScript, with names without quotes. */
function formatJson(value: unknown): string {
  if (value instanceof Blob) return `${value.constructor.name} of ${value.size} bytes`;
  const json = JSON.stringify(
    value,
    (_, item) => (item instanceof Blob ? `Blob of ${item.size} bytes` : item),
    2,
  );
  return json?.replace(/^(\s*)"(\w+)":/gm, '$1$2:') ?? '';
}
