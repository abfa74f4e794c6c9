import { Chat } from './Chat';

/** A static page: Next.js prerenders it once, when the app is built. */
export default function Page() {
  return <Chat assistantId="asst_1" />;
}
