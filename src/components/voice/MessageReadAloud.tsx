import {
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type MouseEvent,
  type ReactElement,
} from 'react';
import { noopSubscribe } from '../../common/noopSubscribe.js';
import type { ButtonProps } from '../Button.js';
import { LanguageContext } from '../i18n/LanguageContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { Square } from '../icons.js';
import { Volume2 } from '../icons.lazy.js';
import { IconButton } from '../IconButton.js';
import { mergeProps } from '../part.js';
import { getSpokenText, splitSpokenText } from './getSpokenText.js';

/**
 * Button that reads the surrounding message aloud, without its code, with a voice of the browser, and stops. Only one
 * message is read at a time. Renders nothing in browsers without a voice. Element: button. Inside a `Message`, for
 * example with `renderActions`.
 *
 * @example
 * ```tsx
 * import { MessageReadAloud, ThreadView } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   return (
 *     <ThreadView
 *       assistantId={assistantId}
 *       renderActions={({ role }) => role === 'assistant' && <MessageReadAloud />}
 *     />
 *   );
 * }
 * ```
 */
export function MessageReadAloud(props: ButtonProps): ReactElement | null {
  const texts = useCompleteTexts().message;
  const isSupported = useSyncExternalStore(noopSubscribe, hasSpeech, () => false);
  const { isReading, read, stop } = useSpeech();
  if (!isSupported) return null;
  const onClick = ({ currentTarget }: MouseEvent): void => {
    if (isReading) {
      stop();
      return;
    }
    const message = currentTarget.closest('[data-part="message"]');
    const parts = [...(message?.querySelectorAll('[data-part="message-text"]') ?? [])];
    read(splitSpokenText(parts.map(getSpokenText).join('\n')));
  };
  return (
    <IconButton
      label={isReading ? texts.stopReading : texts.readAloud}
      {...mergeProps<ButtonProps>({ onClick }, props)}
    >
      {isReading ? <Square /> : <Volume2 />}
    </IconButton>
  );
}

function useSpeech() {
  const { locale } = useContext(LanguageContext);
  const [isReading, setIsReading] = useState(false);
  /** The current reading. Pieces of an earlier one that end late are ignored. */
  const reading = useRef<object>(undefined);
  useEffect(
    () => () => {
      if (reading.current) speechSynthesis.cancel();
    },
    [],
  );
  return {
    isReading,
    read: (pieces: readonly string[]): void => {
      // Ends the reading of another message too.
      speechSynthesis.cancel();
      const current = {};
      reading.current = current;
      setIsReading(pieces.length > 0);
      const end = (): void => {
        if (reading.current !== current) return;
        reading.current = undefined;
        setIsReading(false);
      };
      for (const [index, piece] of pieces.entries()) {
        const utterance = new SpeechSynthesisUtterance(piece);
        utterance.lang = locale ?? document.documentElement.lang;
        utterance.addEventListener('error', end);
        if (index === pieces.length - 1) utterance.addEventListener('end', end);
        speechSynthesis.speak(utterance);
      }
    },
    stop: (): void => {
      reading.current = undefined;
      setIsReading(false);
      speechSynthesis.cancel();
    },
  };
}

function hasSpeech(): boolean {
  return 'speechSynthesis' in globalThis && 'SpeechSynthesisUtterance' in globalThis;
}
