import { assistantId } from './chat/assistantId';
import { Chat } from './chat/Chat';

/** A static page: Next.js prerenders it once, when the app is built. */
export default function Page() {
  return <Chat assistantId={assistantId} />;
}
