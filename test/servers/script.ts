import type { Fixture, FixtureServer } from './fixtureServers.js';

/** One way to use a server: `useConversation`, single hooks, or `ThreadView`. */
export interface Driver {
  /** Shows a new thread, or an existing one. Later calls replace the page, as a reload does. */
  open: (page: { threadId?: string; transport?: 'auto' | 'poll' }) => Promise<void>;
  /** Sends a message. Does not wait for its answer. */
  send: (text: string) => Promise<void>;
  /** Returns the texts of all messages, oldest first. */
  getTexts: () => string[];
  getThreadId: () => string | undefined;
  /** Returns true if no run is active. */
  isIdle: () => boolean;
  /** Resolves when a condition is met after a change of the page. */
  until: (condition: () => boolean, description: string) => Promise<void>;
  /** Decides about the call that waits for an approval. */
  approve: () => Promise<void>;
  stop: () => Promise<void>;
  loadOlder: () => Promise<void>;
  deleteThread: (threadId: string) => Promise<void>;
  /** Returns the words with which the page explains what the server cannot do. */
  getProblem: () => string | undefined;
  close: () => void;
}

export type OpenDriver = (fixture: ReturnType<Fixture['open']>) => Driver;

export const CAPABILITIES = [
  'new chat',
  'second message',
  'polled answer',
  'parallel tool calls',
  'approval',
  'stop',
  'reload during an answer',
  'older messages',
  'delete a thread',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

interface Session {
  driver: Driver;
  server: FixtureServer;
}

const YES = 'yes';
const HALF = 'You said: a';

/** Waits for an answer, or for the words that explain why there is none. */
async function getOutcome({ driver }: Session, lastText: string): Promise<string> {
  const hasAnswer = () => driver.getTexts().at(-1) === lastText && driver.isIdle();
  await driver.until(
    () => hasAnswer() || driver.getProblem() !== undefined,
    `the answer "${lastText}"`,
  );
  return hasAnswer() ? YES : (driver.getProblem() ?? '');
}

const scripts: Record<Capability, (session: Session) => Promise<string>> = {
  async 'new chat'(session) {
    await session.driver.open({});
    await session.driver.send('Hello');
    return getOutcome(session, 'You said: Hello');
  },
  async 'second message'(session) {
    await scripts['new chat'](session);
    await session.driver.send('Again');
    return getOutcome(session, 'You said: Again');
  },
  async 'polled answer'(session) {
    await session.driver.open({ transport: 'poll' });
    await session.driver.send('Hello');
    return getOutcome(session, 'You said: Hello');
  },
  async 'parallel tool calls'(session) {
    await session.driver.open({});
    await session.driver.send('use tools');
    return getOutcome(session, 'Done: rain in Oslo and rain in Bergen');
  },
  async approval(session) {
    const { driver, server } = session;
    await driver.open({});
    await driver.send('approve this');
    await driver.approve();
    return getOutcome(
      session,
      server.dialect.asksForApprovals ? 'Done: approved' : 'Done: sent to ann@example.org',
    );
  },
  async stop(session) {
    const { driver, server } = session;
    await driver.open({});
    await driver.send('a long answer');
    if (!server.dialect.finishesInPost || server.dialect.frames !== 'none')
      await driver.until(
        () => driver.getTexts().at(-1)?.startsWith(HALF) === true,
        'half an answer',
      );
    await driver.stop();
    await driver.until(
      () => driver.isIdle() || driver.getProblem() !== undefined,
      'the end of the answer',
    );
    const problem = driver.getProblem();
    if (problem === undefined && driver.getTexts().at(-1) === 'You said: a long answer')
      throw new Error('The answer was not stopped.');
    return problem ?? YES;
  },
  async 'reload during an answer'(session) {
    const { driver, server } = session;
    await driver.open({});
    await driver.send('a long answer');
    await driver.until(() => driver.getTexts().at(-1)?.startsWith(HALF) === true, 'half an answer');
    const threadId = driver.getThreadId() ?? '';
    await driver.open({ threadId });
    await driver.until(() => driver.getTexts().length > 0, 'the messages');
    server.continueLongAnswers();
    if (!server.dialect.missing.includes('listRuns'))
      return getOutcome(session, 'You said: a long answer');
    // Without the list of runs, the page cannot know that an answer is being written. It has it when it is opened again.
    await driver.open({ threadId });
    const outcome = await getOutcome(session, 'You said: a long answer');
    return outcome === YES ? 'after the next reload: the server cannot list runs' : outcome;
  },
  async 'older messages'(session) {
    const { driver, server } = session;
    const texts = Array.from({ length: 30 }, (_, index) => `message ${index + 1}`);
    const messages = texts.map((content) => ({ role: 'user', content }));
    const threadId = server.createThread({ messages });
    await driver.open({ threadId });
    await driver.until(() => driver.getTexts().at(-1) === 'message 30', 'the newest messages');
    if (driver.getTexts().length !== 20) throw new Error('The first page is not a page.');
    await driver.loadOlder();
    await driver.until(
      () => driver.getTexts().length > 20 || driver.getProblem() !== undefined,
      'older messages',
    );
    if (driver.getTexts().join() === texts.join()) return YES;
    return driver.getProblem() ?? 'wrong messages';
  },
  async 'delete a thread'(session) {
    const { driver, server } = session;
    await scripts['new chat'](session);
    await driver.deleteThread(driver.getThreadId() ?? '');
    if (server.dialect.missing.includes('deleteThread')) {
      await driver.until(() => driver.getProblem() !== undefined, 'words about the deletion');
      return driver.getProblem() ?? '';
    }
    const isRequested = () =>
      server.requests.some(({ operationId }) => operationId === 'deleteThread');
    await driver.until(isRequested, 'the deletion');
    return YES;
  },
};

/** Runs the script on a server, each capability with a server and a page of its own. */
export async function runScript(
  fixture: Fixture,
  openDriver: OpenDriver,
  capability: Capability,
): Promise<string> {
  const opened = fixture.open();
  const driver = openDriver(opened);
  try {
    return await scripts[capability]({ driver, server: opened.server });
  } finally {
    opened.server.continueLongAnswers();
    driver.close();
  }
}
