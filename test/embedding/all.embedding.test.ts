import { describeEmbedding } from './describeEmbedding.js';

describeEmbedding([
  'Tailwind 3',
  'Tailwind 4',
  'Tailwind 4 after the chat',
  'shadcn for Tailwind 3',
  'shadcn for Tailwind 4',
  'Bootstrap',
  'a CSS reset after the chat',
  'an iframe',
  'a form',
  'a portal',
  'Activity and Suspense',
  'two chats of two servers',
  'an older browser',
]);
