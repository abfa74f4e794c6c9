import type { Decorator } from '@storybook/react-vite';
import { QueryClient } from '@tanstack/react-query';
import {
  AssistantsProvider,
  createAssistantsClient,
  type AssistantsClient,
  type AssistantsClientOptions,
} from 'assistants-react';
import { createBackend, scriptedModel, type ScriptedScenario } from 'assistants-react/backend';
import { createContext } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';

/** Options for the backend of a story, in `parameters.backend`. */
export interface StoryBackendOptions {
  /** Answers of the assistant. @default the demo scenario */
  scenario?: ScriptedScenario;
  /** Delay before each chunk of text, in milliseconds. @default 0 */
  paceMs?: number;
  /** Accepted API keys. @default all requests are accepted */
  keys?: string[];
  /** Version of the API that the client speaks. @default 'v2' */
  apiVersion?: 'v1' | 'v2';
  /** Clock of the backend, in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** Middleware of the client. */
  middleware?: AssistantsClientOptions['middleware'];
  /** Answers a request in place of the backend, or lets it pass with undefined. */
  intercept?: (request: Request) => Promise<Response | undefined> | Response | undefined;
  /** Creates data before the story renders. The returned ids become args of the story, with the id of an assistant. */
  prepare?: (client: AssistantsClient, assistantId: string) => Promise<Record<string, string>>;
}

interface StoryBackend {
  client: AssistantsClient;
  queryClient: QueryClient;
  ids: Record<string, string>;
  requests: RequestLog;
}

/** Requests that the client of a story has made, as `GET /v1/assistants 200`. Changes with each response. */
export interface RequestLog {
  subscribe: (listener: () => void) => () => void;
  getRequests: () => readonly string[];
}

/** Requests of the story. */
export const RequestLogContext = createContext<RequestLog | undefined>(undefined);

/** Records the requests that pass through `fetch`. */
function recordRequests(send: (request: Request) => Promise<Response>) {
  let requests: readonly string[] = [];
  const listeners = new Set<() => void>();
  const log: RequestLog = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getRequests: () => requests,
  };
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const response = await send(request);
    requests = [...requests, `${request.method} ${pathname}${search} ${response.status}`];
    listeners.forEach((listener) => listener());
    return response;
  };
  return { fetch, log };
}

/** Options for the box around a story, in `parameters.box`. */
interface StoryBoxOptions {
  /** In pixels. @default as wide as the page */
  width?: number;
  /** In pixels. @default 560 */
  height?: number | 'auto';
  dir?: 'rtl';
}

/** Loader that creates a backend for one story, so that stories do not share data. */
export async function createStoryBackend({
  parameters,
}: {
  parameters: Record<string, unknown>;
}): Promise<{ storyBackend: StoryBackend }> {
  const {
    scenario,
    paceMs,
    keys,
    apiVersion = 'v2',
    now,
    intercept,
    middleware = [],
    prepare,
  } = (parameters['backend'] ?? {}) as StoryBackendOptions;
  sessionStorage.clear();
  const backend = createBackend({
    model: scriptedModel(scenario, { ...(paceMs !== undefined && { paceMs }) }),
    onError: () => undefined,
    // The stories of the editor have assistants with a code interpreter.
    unsupportedTools: 'ignore',
    ...(now && { now }),
    ...(keys && { apiKeys: keys }),
  });
  const setupClient = createAssistantsClient({
    fetch: backend.fetch,
    apiVersion,
    ...(keys?.[0] !== undefined && { apiKey: keys[0] }),
  });
  const { id: assistantId } = await setupClient.createAssistant({ body: WEATHER_ASSISTANT });
  const prepared = await prepare?.(setupClient, assistantId);
  const { fetch, log } = recordRequests(
    async (request) => (await intercept?.(request.clone())) ?? backend.fetch(request),
  );
  const client = createAssistantsClient({ fetch, apiVersion, middleware, retry: 0 });
  return {
    storyBackend: {
      client,
      queryClient: new QueryClient(),
      ids: { assistantId, ...prepared },
      requests: log,
    },
  };
}

const WEATHER_ASSISTANT = {
  model: 'scripted',
  name: 'Weather assistant',
  description: 'Knows the weather, and asks before it looks.',
  instructions: 'Answer in short sentences.',
  tools: ['get_weather', 'get_time', 'get_news'].map(
    (name) => ({ type: 'function', function: { name } }) as const,
  ),
};

/**
 * Decorator that renders a story with its backend, in a box with the height of a small window. `parameters.idArgs` names the
 * ids that become args of the story: by default both, `assistantId` and `threadId`.
 */
export const withBackend: Decorator = function WithBackend(Story, { loaded, args, parameters }) {
  const { client, queryClient, ids, requests } = loaded['storyBackend'] as StoryBackend;
  const idArgs = (parameters['idArgs'] ?? ['assistantId', 'threadId']) as string[];
  const usedIds = Object.fromEntries(Object.entries(ids).filter(([name]) => idArgs.includes(name)));
  const { width, height = 560, dir } = (parameters['box'] ?? {}) as StoryBoxOptions;
  return (
    <AssistantsProvider
      client={client}
      queryClient={queryClient}
      {...(parameters['provider'] as object | undefined)}
    >
      <div
        dir={dir}
        style={{
          blockSize: height,
          inlineSize: width === undefined ? 'auto' : `min(100%, ${width}px)`,
        }}
      >
        <RequestLogContext value={requests}>
          <Story args={{ ...args, ...usedIds }} />
        </RequestLogContext>
      </div>
    </AssistantsProvider>
  );
};

/** Writes a message and sends it. */
export async function sendMessage(canvasElement: HTMLElement, text: string): Promise<void> {
  const field = canvasElement.querySelector<HTMLTextAreaElement>(
    'textarea[data-part="composer-input"]',
  );
  if (!field) throw new Error('The story has no composer.');
  await userEvent.type(field, text);
  await userEvent.keyboard('{Enter}');
}

/** Waits until the run of the thread has a status. */
export async function waitForStatus(canvasElement: HTMLElement, status: string): Promise<void> {
  await waitFor(() =>
    expect(canvasElement.querySelector('[data-part="thread"]')).toHaveAttribute(
      'data-status',
      status,
    ),
  );
}

/** Returns queries for the messages, which exclude announcements to assistive technology. */
export function getLog(canvasElement: HTMLElement) {
  return within(within(canvasElement).getByRole('log'));
}
