import { createPlural } from './createPlural.js';
import type { IncompleteTexts } from './ComponentTexts.js';

const plural = createPlural('en');

/** English texts of the first load. `english.lazy.ts` adds those of the parts that are loaded lazily. */
export const english = {
  message: {
    user: 'You',
    assistant: 'Assistant',
    unknownRole: 'Message',
    list: 'Conversation',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    retry: 'Try again',
    regenerate: 'Regenerate',
    edit: 'Edit',
    actions: 'Message actions',
    sending: 'Sending',
    queued: 'Queued',
    failed: 'Not sent',
  },
  markdown: {
    copyCode: 'Copy code',
    code: (language) => (language === undefined ? 'Code' : `Code, ${language}`),
    table: 'Table',
    taskDone: 'Done',
    taskOpen: 'Open',
  },
  run: {
    status: {
      queued: 'Queued',
      in_progress: 'Thinking',
      requires_action: 'Waiting for you',
      cancelling: 'Stopping',
      cancelled: 'Stopped',
      failed: 'Failed',
      completed: 'Done',
      incomplete: 'Incomplete',
      expired: 'Timed out',
      unknown: 'Working',
    },
    writing: 'Writing a message',
    reconnecting: 'Reconnecting…',
    elapsed: (duration) => `Elapsed time ${duration}`,
    stop: 'Stop',
    retry: 'Try again',
  },
  composer: {
    label: 'Message',
    placeholder: 'Ask anything',
    send: 'Send message',
    stop: 'Stop answer',
    attach: 'Attach files',
    hint: 'Enter to send, Shift+Enter for a new line',
    tooLong: (over, limit, count) =>
      `${over} ${plural(count, 'character', 'characters')} over the limit of ${limit}.`,
    remaining: (left, count) => `${left} ${plural(count, 'character', 'characters')} left`,
    notSent: 'Not sent. Your text is still here.',
  },
  error: {
    title: {
      network: 'No connection',
      'not-loaded': 'Part of the page could not be loaded',
      unknown: 'Something went wrong',
    },
    advice: {
      network: 'Nothing you wrote is lost.',
      'not-loaded':
        'Check the connection and try again. If that does not help, reload the page. Nothing you wrote is lost.',
    },
    retry: 'Try again',
    startOver: 'Start a new conversation',
    connected: 'Connected again',
    dismiss: 'Dismiss',
    details: 'Details',
    requestId: 'Request id',
    copyRequestId: 'Copy request id',
  },
  empty: {
    title: 'What can I help with?',
    suggestions: 'Suggestions',
  },
  list: {
    loadOlder: 'Show older messages',
    olderNotPrinted: 'Older messages are not printed.',
    loadingOlder: 'Loading older messages',
    jump: 'Jump to latest',
    jumpNew: (formatted, count) => `${formatted} new ${plural(count, 'message', 'messages')}`,
    loading: 'Loading',
    today: 'Today',
    yesterday: 'Yesterday',
  },
  announce: {
    started: 'The assistant is answering.',
    finished: (text) => `The assistant says: ${text}`,
    failed: 'The answer failed.',
  },
} satisfies IncompleteTexts;
