import { useState, useSyncExternalStore, type ReactElement } from 'react';
import { formatCurl } from '../common/formatCurl.js';
import { Button } from '../components/Button.js';
import { CopyButton } from '../components/CopyButton.js';
import { truncate } from '../components/truncate.js';
import { CodeText, formatJson } from './CodeText.js';
import { requestLog, type RecordedRequest } from './requestLog.js';
import { asPart } from '../components/part.js';

/** Recorded requests, newest first. */
export function RequestsView(): ReactElement {
  const requests = useSyncExternalStore(
    requestLog.subscribe,
    requestLog.getState,
    requestLog.getState,
  );
  if (requests.length === 0)
    return (
      <p {...asPart('muted')}>
        No requests yet. They are recorded if the client has the middleware{' '}
        <code>recordRequests</code>.
      </p>
    );
  return (
    <>
      <ul {...asPart('devtools-list')} aria-label="Requests">
        {requests.toReversed().map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
      <Button variant="quiet" onClick={() => requestLog.setState([])}>
        Clear
      </Button>
    </>
  );
}

function RequestRow({ request }: { request: RecordedRequest }): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const { method, url, path, status, durationMs, error } = request;
  const outcome = request.isAborted ? 'aborted' : (status ?? '…');
  const hasFailed = error !== undefined || (status ?? 0) >= 400;
  return (
    <li data-status={hasFailed ? 'failed' : 'success'}>
      <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <code title={truncate(url)}>
            {method} {path}
          </code>
          <span {...asPart('devtools-status')}>{error === undefined ? outcome : 'failed'}</span>
          <span {...asPart('devtools-time')}>
            {durationMs === undefined ? '…' : `${durationMs} ms`}
          </span>
        </summary>
        {isOpen && <RequestDetails request={request} />}
      </details>
    </li>
  );
}

function RequestDetails({ request }: { request: RecordedRequest }): ReactElement {
  const { method, url, headers, requestBody, responseBody, events, error } = request;
  const command = formatCurl({ method, url, headers, body: requestBody });
  return (
    <div {...asPart('devtools-details')}>
      <div {...asPart('run-actions')}>
        <CopyButton variant="quiet" text={command} label="Copy as cURL" hasWord="Copy as cURL" />
      </div>
      {error !== undefined && <p {...asPart('field-error')}>{truncate(error, 2_000)}</p>}
      {requestBody !== undefined && <CodeText label="Request" text={formatJson(requestBody)} />}
      {responseBody !== undefined && <CodeText label="Response" text={formatJson(responseBody)} />}
      {events.length > 0 && (
        <CodeText
          label="Events"
          text={events
            .map(
              ({ name, count, detail = '' }) =>
                `${name}${count > 1 ? ` × ${count}` : ''} ${detail}`,
            )
            .join('\n')}
        />
      )}
    </div>
  );
}
