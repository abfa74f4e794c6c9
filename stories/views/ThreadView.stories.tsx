import type { Meta, StoryObj } from '@storybook/react-vite';
import { ThreadView, type AssistantsClient } from 'assistants-react';
import { arabic } from 'assistants-react/languages/arabic';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { noon, waitingRun } from '../fixtures.js';
import { log, openStage, reach, say, withBackend, type Stage } from '../withBackend.js';

const suggestions = [
  'What is the weather in Paris and Tokyo?',
  'Show me some markdown',
  'Name your sources',
];

/** A whole chat: messages, steps, tool outputs, status, errors, composer. Every story has a backend of its own in the page. */
const meta = {
  title: 'Views/ThreadView',
  component: ThreadView,
  loaders: [openStage],
  decorators: [withBackend],
} satisfies Meta<typeof ThreadView>;

export default meta;
type Story = StoryObj<typeof meta>;

const stage = (backend: Stage, box: object = {}) => ({ backend, box });

const never = new Promise<never>(() => undefined);

/** Makes a thread of these texts, each answered with the words behind it. */
function threadOf(pairs: [question: string, answer: string][]) {
  return async (client: AssistantsClient) => {
    const { id: threadId } = await client.createThread({ body: {} });
    for (const [question, answer] of pairs) {
      await client.createMessage({ threadId, body: { role: 'user', content: question } });
      await client.createMessage({ threadId, body: { role: 'assistant', content: answer } });
    }
    return { threadId };
  };
}

const talk = threadOf([
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
  parameters: stage({ prepare: talk, now: () => noon * 1_000 }),
  play: async ({ canvas }) => {
    await canvas.findByText('Walks and food.');
    await expect(canvas.getAllByRole('article')).toHaveLength(4);
  },
};

export const Loading: Story = {
  parameters: stage({ prepare: talk, gate: () => never }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Loading')).toBeVisible();
  },
};

export const Answered: Story = {
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Show me some markdown');
    await reach(canvasElement, 'completed');
    await expect(log(canvasElement).getByText('A short tour of markdown')).toBeVisible();
  },
};

export const Streaming: Story = {
  parameters: stage({
    scenario: [
      {
        say: [
          'The river begins as a wet place between stones. Nobody would call it ',
          { hold: never },
        ],
      },
    ],
  }),
  play: async ({ canvasElement, canvas }) => {
    await say(canvasElement, 'Write something long');
    await log(canvasElement).findByText(/The river begins/);
    await expect(canvas.getByRole('log')).toHaveAttribute('aria-busy', 'true');
    await expect(canvas.getByRole('button', { name: 'Stop answer' })).toBeVisible();
  },
};

/** The model is silent: nothing has come yet. */
export const Stalled: Story = {
  parameters: stage({ scenario: [{ say: { stall: true } }] }),
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Think hard');
    await reach(canvasElement, 'in_progress');
  },
};

/** A file is cited, and another one offered. */
export const Sources: Story = {
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Name your sources');
    await reach(canvasElement, 'completed');
    await expect(await log(canvasElement).findByText('Sources')).toBeVisible();
  },
};

export const RequiresAction: Story = {
  parameters: stage({
    scenario: [
      {
        say: ['Let me look.', { call: 'get_weather', with: { city: 'Paris', unit: 'celsius' } }],
        after: 'Thank you.',
      },
    ],
  }),
  play: async ({ canvasElement, canvas }) => {
    await say(canvasElement, 'What is the weather in Paris?');
    const field = await canvas.findByRole('textbox', { name: 'Result' });
    await expect(field).toHaveFocus();
    await expect(canvas.getByRole('button', { name: 'Submit result' })).toBeEnabled();
  },
};

const waiting = waitingRun([], { id: 'run_waiting' });

/** A server that waits, and does not say for what: there is nothing to fill in, and stopping is possible. */
export const RequiresNoAction: Story = {
  parameters: stage({
    prepare: talk,
    gate: ({ method, url }) => {
      const { pathname } = new URL(url);
      const isRun =
        pathname.endsWith('/runs/run_waiting') || (method === 'POST' && pathname.endsWith('/runs'));
      if (isRun) return Response.json(waiting);
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
    await say(canvasElement, 'What is the weather in Paris?');
    await reach(canvasElement, 'requires_action');
    await expect(canvas.queryByRole('form', { name: /needs a result/ })).toBeNull();
    await expect(canvas.getByRole('button', { name: 'Stop answer' })).toBeVisible();
  },
};

export const RequiresThreeActions: Story = {
  parameters: stage(
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
    await say(canvasElement, 'Weather, time and news, please');
    const forms = await canvas.findAllByRole('form', { name: /needs a result/ });
    await expect(forms).toHaveLength(3);
    await userEvent.click(
      within(forms[0] as HTMLElement).getByRole('button', { name: 'Use this result' }),
    );
    await expect(canvas.getByText('1 of 3 ready')).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Submit 3 results' })).toBeDisabled();
  },
};

export const ActionAnswered: Story = {
  parameters: RequiresAction.parameters as object,
  play: async ({ canvasElement, canvas }) => {
    await say(canvasElement, 'What is the weather in Paris?');
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Result' }), 'sunny');
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await reach(canvasElement, 'completed');
    await expect(log(canvasElement).getByText('Thank you.')).toBeVisible();
  },
};

export const Failed: Story = {
  parameters: stage({ scenario: [{ say: ['This will not end ', { fail: 'server_error' }] }] }),
  play: async ({ canvasElement, canvas }) => {
    await say(canvasElement, 'Fail, please');
    await reach(canvasElement, 'failed');
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const Cancelled: Story = {
  parameters: stage({ scenario: [{ say: ['The beginning of it', { stall: true }] }] }),
  play: async ({ canvasElement, canvas }) => {
    await say(canvasElement, 'Go on');
    await log(canvasElement).findByText('The beginning of it');
    await userEvent.click(canvas.getByRole('button', { name: 'Stop answer' }));
    await reach(canvasElement, 'cancelled');
    await expect(await log(canvasElement).findByText('You stopped this answer.')).toBeVisible();
  },
};

let expiredBy = 0;

/** Nobody gave the result in time. */
export const Expired: Story = {
  parameters: stage({
    ...(RequiresAction.parameters as { backend: Stage }).backend,
    now: () => Date.now() + expiredBy,
  }),
  play: async ({ canvasElement, canvas }) => {
    expiredBy = 0;
    await say(canvasElement, 'What is the weather in Paris?');
    await canvas.findByRole('textbox', { name: 'Result' });
    expiredBy = 700_000;
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await reach(canvasElement, 'expired');
    await expect(canvas.queryByRole('textbox', { name: 'Result' })).toBeNull();
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const Incomplete: Story = {
  parameters: stage({
    scenario: [
      { say: ['There is so much to say about tea that ', { cut: 'max_completion_tokens' }] },
    ],
  }),
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Tell me all about tea');
    await reach(canvasElement, 'incomplete');
    await expect(await log(canvasElement).findByText(/reached its length limit/)).toBeVisible();
  },
};

export const Refused: Story = {
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Refuse, please');
    await reach(canvasElement, 'completed');
    await expect(log(canvasElement).getByText(/I would rather not do that/)).toBeVisible();
  },
};

/** The message could not be sent; it stays, and can be sent again. */
export const Offline: Story = {
  parameters: stage({
    prepare: talk,
    gate: (request) => {
      if (request.method === 'POST') throw new TypeError('Failed to fetch');
      return undefined;
    },
  }),
  play: async ({ canvasElement, canvas }) => {
    await canvas.findByText('Walks and food.');
    await say(canvasElement, 'And where do I sleep?');
    await expect(await canvas.findByText('Not sent')).toBeVisible();
    await expect(canvas.getByText('No connection')).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const Unauthorized: Story = {
  parameters: stage({ prepare: talk, keys: ['right'] }),
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
    await expect(await canvas.findByText('This link is not right')).toBeVisible();
  },
};

/** A server that answers with a page, as a portal that wants a sign-in does. */
export const NotThisApi: Story = {
  parameters: stage({
    prepare: talk,
    gate: () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Unexpected answer from the server')).toBeVisible();
  },
};

/** A thousand messages: what is in sight is in the page, and older ones come on demand. */
export const LongThread: Story = {
  parameters: stage({
    now: () => noon * 1_000,
    prepare: threadOf(
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
    ...stage(
      {
        scenario: [
          {
            say: 'أهلا بك! هذه ثلاثة أماكن:\n\n1. **القلعة**\n2. السوق القديم\n3. الميناء\n\nهل تريد المزيد؟',
          },
        ],
        now: () => noon * 1_000,
        prepare: threadOf([['مرحبا', 'أهلا']]),
      },
      { dir: 'rtl' },
    ),
    provider: { texts: arabic, locale: 'ar' },
  },
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'أين أذهب في لشبونة؟');
    await reach(canvasElement, 'completed');
    const log = canvasElement.querySelector('[data-part="message-list"]') as HTMLElement;
    await expect(getComputedStyle(log).direction).toBe('rtl');
  },
};

export const Dark: Story = {
  globals: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Show me some markdown');
    await reach(canvasElement, 'completed');
  },
};

/**
 * For a person who wants no motion nothing moves: the caret stands still, and so does the mark of the run. Stories cannot ask
 * the browser for that, so the rules of the style sheet that are for it are applied here.
 */
export const ReducedMotion: Story = {
  parameters: Streaming.parameters as object,
  play: async ({ canvasElement }) => {
    const still = motionlessRules(
      [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]),
    );
    await expect(still).not.toBe('');
    const style = document.createElement('style');
    style.textContent = `@layer assistants { ${still} }`;
    canvasElement.append(style);
    await say(canvasElement, 'Write something long');
    await log(canvasElement).findByText(/The river begins/);
    const moving = document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && effect?.getTiming().iterations === Infinity,
      );
    await expect(moving).toEqual([]);
  },
};

function motionlessRules(rules: readonly CSSRule[]): string {
  return rules
    .map((rule) => {
      if (rule instanceof CSSMediaRule && rule.conditionText.includes('reduced-motion'))
        return [...rule.cssRules].map(({ cssText }) => cssText).join('\n');
      return rule instanceof CSSLayerBlockRule ? motionlessRules([...rule.cssRules]) : '';
    })
    .join('');
}

/** 320 pixels, as on the smallest phones and at 400 % zoom. */
export const Narrow: Story = {
  args: { suggestions },
  parameters: stage({}, { width: 320 }),
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Show me some markdown');
    await reach(canvasElement, 'completed');
    const scroller = canvasElement.querySelector('[data-part="thread-scroll"]') as HTMLElement;
    await expect(scroller.scrollWidth).toBe(scroller.clientWidth);
  },
};

export const NarrowAction: Story = {
  parameters: stage((RequiresAction.parameters as { backend: Stage }).backend, {
    width: 320,
    height: 700,
  }),
  play: async ({ canvasElement, canvas }) => {
    await say(canvasElement, 'What is the weather in Paris?');
    await canvas.findByRole('textbox', { name: 'Result' });
    const scroller = canvasElement.querySelector('[data-part="thread-scroll"]') as HTMLElement;
    await expect(scroller.scrollWidth).toBe(scroller.clientWidth);
  },
};
