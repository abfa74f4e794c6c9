import type { Meta, StoryObj } from '@storybook/react-vite';
import { ThreadView, type AssistantsClient } from 'assistants-react';
import { arabic } from 'assistants-react/languages/arabic';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { noon, waitingRun } from '../fixtures.js';
import {
  getLog,
  createStoryBackend,
  waitForStatus,
  sendMessage,
  withBackend,
  type StoryBackendOptions,
} from '../withBackend.js';

const suggestions = [
  'What is the weather in Paris and Tokyo?',
  'Show me some markdown',
  'Name your sources',
];

/**
 * Complete chat: messages with tool calls and reasoning, tool outputs, status, errors and composer. Each story has its
 * own backend in the page.
 */
const meta = {
  title: 'Views/ThreadView',
  component: ThreadView,
  loaders: [createStoryBackend],
  decorators: [withBackend],
} satisfies Meta<typeof ThreadView>;

export default meta;
type Story = StoryObj<typeof meta>;

const withOptions = (backend: StoryBackendOptions, box: object = {}) => ({ backend, box });

const never = new Promise<never>(() => undefined);

/** Creates a thread with questions and answers. */
function createThread(pairs: [question: string, answer: string][]) {
  return async (client: AssistantsClient) => {
    const { id: threadId } = await client.createThread({ body: {} });
    for (const [question, answer] of pairs) {
      await client.createMessage({ threadId, body: { role: 'user', content: question } });
      await client.createMessage({ threadId, body: { role: 'assistant', content: answer } });
    }
    return { threadId };
  };
}

const createLisbonThread = createThread([
  [
    'Can you plan three days in Lisbon?',
    'Gladly. Do you prefer **museums**, **food**, or **long walks**?',
  ],
  [
    'Walks and food.',
    'Then begin in Alfama, early, before the trams:\n\n1. Miradouro da Graça\n2. Down the steps to the river\n3. Lunch at the market',
  ],
]);

export const Empty: Story = {
  args: { suggestions },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('What can I help with?')).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Send message' })).toBeDisabled();
  },
};

export const Idle: Story = {
  parameters: withOptions({ prepare: createLisbonThread, now: () => noon * 1_000 }),
  play: async ({ canvas }) => {
    await canvas.findByText('Walks and food.');
    await expect(canvas.getAllByRole('article')).toHaveLength(4);
  },
};

/** The arrow keys move between messages, Enter goes to the buttons of one, and Escape back. */
export const MovingByKeyboard: Story = {
  parameters: withOptions({ prepare: createLisbonThread, now: () => noon * 1_000 }),
  play: async ({ canvas }) => {
    await canvas.findByText('Walks and food.');
    canvas.getByRole('textbox').focus();
    await userEvent.keyboard('{F6}');
    const [, , third, last] = canvas.getAllByRole('article');
    // The keys are loaded when the messages receive the focus.
    await waitFor(async () => {
      if (document.activeElement !== last) await userEvent.keyboard('{ArrowUp}');
      await expect(last).toHaveFocus();
    });
    await userEvent.keyboard('{ArrowUp}');
    await waitFor(() => expect(third).toHaveFocus());
    await userEvent.keyboard('{Enter}');
    await expect(third).toContainElement(document.activeElement as HTMLElement);
    await expect(third).not.toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect(third).toHaveFocus();
  },
};

export const Loading: Story = {
  parameters: withOptions({ prepare: createLisbonThread, intercept: () => never }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Loading')).toBeVisible();
  },
};

export const Answered: Story = {
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Show me some markdown');
    await waitForStatus(canvasElement, 'completed');
    await expect(await getLog(canvasElement).findByText('A short tour of markdown')).toBeVisible();
  },
};

export const Streaming: Story = {
  parameters: withOptions({
    scenario: [
      {
        say: [
          'The river begins as a wet place between stones. It is not yet wide enough to be called ',
          { hold: never },
        ],
      },
    ],
  }),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'Write something long');
    await getLog(canvasElement).findByText(/The river begins/);
    await expect(canvas.getByRole('log')).toHaveAttribute('aria-busy', 'true');
    await expect(canvas.getByRole('button', { name: 'Stop answer' })).toBeVisible();
  },
};

/** Model that does not answer. */
export const Stalled: Story = {
  parameters: withOptions({ scenario: [{ say: { stall: true } }] }),
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Think hard');
    await waitForStatus(canvasElement, 'in_progress');
  },
};

/** Answer that cites one file and links to another. */
export const Sources: Story = {
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Name your sources');
    await waitForStatus(canvasElement, 'completed');
    await expect(await getLog(canvasElement).findByText('Sources')).toBeVisible();
  },
};

export const RequiresAction: Story = {
  parameters: withOptions({
    scenario: [
      {
        say: ['Let me look.', { call: 'get_weather', with: { city: 'Paris', unit: 'celsius' } }],
        after: 'Thank you.',
      },
    ],
  }),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'What is the weather in Paris?');
    const field = await canvas.findByRole('textbox', { name: 'Result' });
    await expect(field).toHaveFocus();
    await expect(canvas.getByRole('button', { name: 'Submit result' })).toBeEnabled();
  },
};

const runWithoutCalls = waitingRun([], { id: 'run_waiting' });

/** Run that requires action without naming calls: the thread shows no form, but the run can be stopped. */
export const RequiresNoAction: Story = {
  parameters: withOptions({
    prepare: createLisbonThread,
    intercept: ({ method, url }) => {
      const { pathname } = new URL(url);
      const isRun =
        pathname.endsWith('/runs/run_waiting') || (method === 'POST' && pathname.endsWith('/runs'));
      if (isRun) return Response.json(runWithoutCalls);
      return pathname.includes('/run_waiting/')
        ? Response.json({
            object: 'list',
            data: [],
            first_id: null,
            last_id: null,
            has_more: false,
          })
        : undefined;
    },
  }),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'What is the weather in Paris?');
    await waitForStatus(canvasElement, 'requires_action');
    await expect(canvas.queryByRole('form', { name: /^Result of/ })).toBeNull();
    await expect(canvas.getByRole('button', { name: 'Stop answer' })).toBeVisible();
  },
};

export const RequiresThreeActions: Story = {
  parameters: withOptions(
    {
      scenario: [
        {
          say: [
            { call: 'get_weather', with: { city: 'Paris' } },
            { call: 'get_time', with: { city: 'Tokyo', format: '24h' } },
            { call: 'get_news', with: { topics: ['tea', 'trains'], days: 3, quiet: true } },
          ],
          after: 'Thank you for all three.',
        },
      ],
    },
    { height: 900 },
  ),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'Weather, time and news, please');
    const forms = await canvas.findAllByRole('form', { name: /^Result of/ });
    await expect(forms).toHaveLength(3);
    await userEvent.click(within(forms[0] as HTMLElement).getByRole('button', { name: 'Save' }));
    await expect(canvas.getByText('1 of 3 ready')).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Submit 3 results' })).toBeDisabled();
  },
};

export const ActionSubmitted: Story = {
  parameters: RequiresAction.parameters as object,
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'What is the weather in Paris?');
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Result' }), 'sunny');
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await waitForStatus(canvasElement, 'completed');
    await expect(await getLog(canvasElement).findByText('Thank you.')).toBeVisible();
  },
};

export const Failed: Story = {
  parameters: withOptions({
    scenario: [{ say: ['This will not end ', { fail: 'server_error' }] }],
  }),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'Fail, please');
    await waitForStatus(canvasElement, 'failed');
    await expect(await canvas.findByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const Cancelled: Story = {
  parameters: withOptions({ scenario: [{ say: ['The beginning of it', { stall: true }] }] }),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'Continue');
    await getLog(canvasElement).findByText('The beginning of it');
    await userEvent.click(canvas.getByRole('button', { name: 'Stop answer' }));
    await waitForStatus(canvasElement, 'cancelled');
    await expect(await getLog(canvasElement).findByText('You stopped this answer.')).toBeVisible();
  },
};

let clockOffsetMs = 0;

/** Run that expired before the user submitted a result. */
export const Expired: Story = {
  parameters: withOptions({
    ...(RequiresAction.parameters as { backend: StoryBackendOptions }).backend,
    now: () => Date.now() + clockOffsetMs,
  }),
  play: async ({ canvasElement, canvas }) => {
    clockOffsetMs = 0;
    await sendMessage(canvasElement, 'What is the weather in Paris?');
    await canvas.findByRole('textbox', { name: 'Result' });
    clockOffsetMs = 700_000;
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await waitForStatus(canvasElement, 'expired');
    await expect(canvas.queryByRole('textbox', { name: 'Result' })).toBeNull();
    await expect(await canvas.findByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const Incomplete: Story = {
  parameters: withOptions({
    scenario: [
      { say: ['There is so much to say about tea that ', { cut: 'max_completion_tokens' }] },
    ],
  }),
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Tell me all about tea');
    await waitForStatus(canvasElement, 'incomplete');
    await expect(await getLog(canvasElement).findByText(/reached its length limit/)).toBeVisible();
  },
};

export const Refused: Story = {
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Refuse, please');
    await waitForStatus(canvasElement, 'completed');
    await expect(
      await getLog(canvasElement).findByText(/I would rather not do that/),
    ).toBeVisible();
  },
};

/** Message that could not be sent, with a retry. */
export const Offline: Story = {
  parameters: withOptions({
    prepare: createLisbonThread,
    intercept: (request) => {
      if (request.method === 'POST') throw new TypeError('Failed to fetch');
      return undefined;
    },
  }),
  play: async ({ canvasElement, canvas }) => {
    await canvas.findByText('Walks and food.');
    await sendMessage(canvasElement, 'And where do I sleep?');
    await expect(await canvas.findByText('Not sent')).toBeVisible();
    await expect(canvas.getByText('No connection')).toBeVisible();
    await expect(await canvas.findByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const Unauthorized: Story = {
  parameters: withOptions({ prepare: createLisbonThread, keys: ['right'] }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Not signed in')).toBeVisible();
  },
};

export const NotFound: Story = {
  args: { threadId: 'thread_gone' },
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByRole('button', { name: 'Start a new conversation' }),
    ).toBeVisible();
  },
};

export const MalformedId: Story = {
  args: { threadId: '..' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('This link doesn’t work')).toBeVisible();
  },
};

/** Server that answers with an HTML page, like a login portal. */
export const UnexpectedResponse: Story = {
  parameters: withOptions({
    prepare: createLisbonThread,
    intercept: () =>
      new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Unexpected answer from the server')).toBeVisible();
  },
};

/** Thread with a thousand messages: only visible rows are in the page, and older ones load on request. */
export const LongThread: Story = {
  parameters: withOptions({
    now: () => noon * 1_000,
    prepare: createThread(
      Array.from({ length: 500 }, (_, index) => [
        `Question ${index + 1}`,
        `Answer ${index + 1}, in a few words.`,
      ]),
    ),
  }),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText('Answer 500, in a few words.');
    const scroller = canvasElement.querySelector('[data-part="thread-scroll"]') as HTMLElement;
    await waitFor(() =>
      expect(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight).toBeLessThan(30),
    );
    const older = canvas.getByRole('button', { name: 'Show older messages' });
    await expect(older).toBeInTheDocument();
  },
};

export const RightToLeft: Story = {
  parameters: {
    ...withOptions(
      {
        scenario: [
          {
            say: 'أهلا بك! هذه ثلاثة أماكن:\n\n1. **القلعة**\n2. السوق القديم\n3. الميناء\n\nهل تريد المزيد؟',
          },
        ],
        now: () => noon * 1_000,
        prepare: createThread([['مرحبا', 'أهلا']]),
      },
      { dir: 'rtl' },
    ),
    provider: { texts: arabic, locale: 'ar' },
  },
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'أين أذهب في لشبونة؟');
    await waitForStatus(canvasElement, 'completed');
    const log = canvasElement.querySelector('[data-part="message-list"]') as HTMLElement;
    await expect(getComputedStyle(log).direction).toBe('rtl');
  },
};

export const Dark: Story = {
  globals: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Show me some markdown');
    await waitForStatus(canvasElement, 'completed');
  },
};

/**
 * Without animations for users who prefer reduced motion. A story cannot set this preference of the browser, so it applies
 * the rules of the media query itself.
 */
export const ReducedMotion: Story = {
  parameters: Streaming.parameters as object,
  play: async ({ canvasElement }) => {
    const reducedMotionRules = findReducedMotionRules(
      [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]),
    );
    await expect(reducedMotionRules).not.toBe('');
    const style = document.createElement('style');
    style.textContent = `@layer assistants { ${reducedMotionRules} }`;
    canvasElement.append(style);
    await sendMessage(canvasElement, 'Write something long');
    await getLog(canvasElement).findByText(/The river begins/);
    const animations = document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && effect?.getTiming().iterations === Infinity,
      );
    await expect(animations).toEqual([]);
  },
};

function findReducedMotionRules(rules: readonly CSSRule[]): string {
  return rules
    .map((rule) => {
      if (rule instanceof CSSMediaRule && rule.conditionText.includes('reduced-motion'))
        return [...rule.cssRules].map(({ cssText }) => cssText).join('\n');
      return rule instanceof CSSLayerBlockRule ? findReducedMotionRules([...rule.cssRules]) : '';
    })
    .join('');
}

/** Width of 320 pixels: small phones, and desktop at 400 % zoom. */
export const Narrow: Story = {
  args: { suggestions },
  parameters: withOptions({}, { width: 320 }),
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Show me some markdown');
    await waitForStatus(canvasElement, 'completed');
    const scroller = canvasElement.querySelector('[data-part="thread-scroll"]') as HTMLElement;
    await expect(scroller.scrollWidth).toBe(scroller.clientWidth);
  },
};

export const NarrowAction: Story = {
  parameters: withOptions((RequiresAction.parameters as { backend: StoryBackendOptions }).backend, {
    width: 320,
    height: 700,
  }),
  play: async ({ canvasElement, canvas }) => {
    await sendMessage(canvasElement, 'What is the weather in Paris?');
    await canvas.findByRole('textbox', { name: 'Result' });
    const scroller = canvasElement.querySelector('[data-part="thread-scroll"]') as HTMLElement;
    await expect(scroller.scrollWidth).toBe(scroller.clientWidth);
  },
};
