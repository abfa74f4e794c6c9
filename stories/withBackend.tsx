import type { Decorator } from '@storybook/react-vite';
import { QueryClient } from '@tanstack/react-query';
import {
  AssistantsProvider,
  createAssistantsClient,
  type AssistantsClient,
} from 'assistants-react';
import { createBackend, scriptedModel, type ScriptedScenario } from 'assistants-react/backend';
import { expect, userEvent, waitFor, within } from 'storybook/test';

/** What a story's backend is like, as `parameters.backend`. */
export interface Stage {
  /** @default the demo */
  scenario?: ScriptedScenario;
  /** Milliseconds before each piece of text. @default 0 */
  paceMs?: number;
  /** The keys that are let in. @default any */
  keys?: string[];
  /** Milliseconds since 1970. @default the clock of the machine */
  now?: () => number;
  /** Stands before the backend: what it answers is the answer. */
  gate?: (request: Request) => Promise<Response | undefined> | Response | undefined;
  /** What is there when the story begins: its ids become args of the story. An assistant is there in any case. */
  prepare?: (
    client: AssistantsClient,
    assistantId: string,
  ) => Promise<{ threadId?: string; assistantId?: string }>;
}

interface Staged {
  client: AssistantsClient;
  queryClient: QueryClient;
  ids: { assistantId: string; threadId?: string };
}

/** Makes a backend of the story's own, so that no story meets what another has left. */
export async function openStage({
  parameters,
}: {
  parameters: Record<string, unknown>;
}): Promise<{ staged: Staged }> {
  const { scenario, paceMs, keys, now, gate, prepare } = (parameters['backend'] ?? {}) as Stage;
  sessionStorage.clear();
  const backend = createBackend({
    model: scriptedModel(scenario, { ...(paceMs !== undefined && { paceMs }) }),
    onError: () => undefined,
    ...(now && { now }),
    ...(keys && { keys }),
  });
  const inside = createAssistantsClient({
    fetch: backend.fetch,
    ...(keys?.[0] !== undefined && { apiKey: keys[0] }),
  });
  const { id: assistantId } = await inside.createAssistant({ body: weatherman });
  const prepared = await prepare?.(inside, assistantId);
  const client = createAssistantsClient({
    fetch: async (request) => (await gate?.(request.clone())) ?? backend.fetch(request),
    retry: 0,
  });
  const staged: Staged = {
    client,
    queryClient: new QueryClient(),
    ids: { assistantId, ...prepared },
  };
  return { staged };
}

const weatherman = {
  model: 'scripted',
  name: 'Weather assistant',
  description: 'Knows the weather, and asks before it looks.',
  instructions: 'Answer in short sentences.',
  tools: ['get_weather', 'get_time', 'get_news'].map(
    (name) => ({ type: 'function', function: { name } }) as const,
  ),
};

/** Puts the story on its stage, in a box as high as a small window. `parameters.takes` names the ids that become its args. @default both */
export const withBackend: Decorator = function WithBackend(Story, { loaded, args, parameters }) {
  const { client, queryClient, ids } = loaded['staged'] as Staged;
  const taken = (parameters['takes'] ?? ['assistantId', 'threadId']) as string[];
  const given = Object.fromEntries(Object.entries(ids).filter(([name]) => taken.includes(name)));
  const {
    width,
    height = 560,
    dir,
  } = (parameters['box'] ?? {}) as { width?: number; height?: number | 'auto'; dir?: 'rtl' };
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
        <Story args={{ ...args, ...given }} />
      </div>
    </AssistantsProvider>
  );
};

/** Writes a message and sends it. */
export async function say(canvasElement: HTMLElement, text: string): Promise<void> {
  const field = canvasElement.querySelector<HTMLTextAreaElement>(
    'textarea[data-part="composer-input"]',
  );
  if (!field) throw new Error('There is no composer to write in.');
  await userEvent.type(field, text);
  await userEvent.keyboard('{Enter}');
}

/** Waits until the run of the thread has a status. */
export async function reach(canvasElement: HTMLElement, status: string): Promise<void> {
  await waitFor(
    () =>
      expect(canvasElement.querySelector('[data-part="thread"]')).toHaveAttribute(
        'data-status',
        status,
      ),
    { timeout: 5_000 },
  );
}

/** The messages, without what is said to assistive technology alone. */
export function log(canvasElement: HTMLElement) {
  return within(within(canvasElement).getByRole('log'));
}
