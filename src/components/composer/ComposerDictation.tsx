import {
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
} from 'react';
import { noopSubscribe } from '../../common/noopSubscribe.js';
import type { ButtonProps } from '../Button.js';
import { IconButton } from '../IconButton.js';
import { LanguageContext } from '../i18n/LanguageContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { Mic } from '../icons.lazy.js';
import { mergeProps, asPart } from '../part.js';
import {
  getSpeechRecognizer,
  type SpeechRecognizer,
  type SpeechResultEvent,
} from '../voice/speechRecognition.js';
import { useComposer } from './ComposerContext.js';
import { createDictation } from './createDictation.js';

/**
 * Button that writes what the user says at the cursor, with the speech recognition of the browser. Some browsers send
 * the audio to a server of theirs. Renders nothing in browsers without it. Sending the message ends the dictation.
 * Element: button, pressed while it listens. Inside `ComposerForm`.
 *
 * @example
 * ```tsx
 * import { ComposerDictation, Thread, ThreadView } from 'assistants-react';
 *
 * export function Chat({ assistantId }: { assistantId: string }) {
 *   const composer = (
 *     <Thread.Composer>
 *       <ComposerDictation />
 *     </Thread.Composer>
 *   );
 *   return <ThreadView assistantId={assistantId} composer={composer} />;
 * }
 * ```
 */
export function ComposerDictation(props: ButtonProps): ReactElement | null {
  const texts = useCompleteTexts().composer;
  const isSupported = useSyncExternalStore(noopSubscribe, hasRecognizer, () => false);
  const { isListening, problem, toggle } = useDictation();
  if (!isSupported) return null;
  const label = isListening ? texts.stopDictation : texts.dictate;
  return (
    <>
      <output {...asPart('dictation-problem')}>{problem && texts[problem]}</output>
      <IconButton
        data-action="dictate"
        aria-pressed={isListening}
        label={texts.dictate}
        tooltip={label}
        {...mergeProps<ButtonProps>({ onClick: toggle }, props)}
      >
        <Mic size={18} />
      </IconButton>
    </>
  );
}

type Problem = 'dictationFailed' | 'microphoneDenied';

function useDictation() {
  const { draft, input } = useComposer();
  const { locale } = useContext(LanguageContext);
  const recognizer = useRef<SpeechRecognizer>(undefined);
  const [isListening, setIsListening] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => () => recognizer.current?.abort(), []);
  // The text was sent.
  useEffect(() => {
    if (draft.value === '') recognizer.current?.abort();
  }, [draft.value]);

  const start = (): void => {
    const Recognizer = getSpeechRecognizer();
    const field = input.current;
    if (!Recognizer || !field) return;
    const current = new Recognizer();
    const write = createDictation(field);
    current.lang = locale ?? (document.documentElement.lang || navigator.language);
    current.continuous = true;
    current.interimResults = true;
    // The event of this name has the results.
    current.addEventListener('result', (event) => write(event as SpeechResultEvent));
    current.addEventListener('error', (event) => setProblem(getProblem(event)));
    current.addEventListener('end', () => {
      if (recognizer.current !== current) return;
      recognizer.current = undefined;
      setIsListening(false);
    });
    recognizer.current = current;
    setProblem(undefined);
    setIsListening(true);
    field.focus();
    // In a field that had no focus yet, the cursor is before the text.
    if (field.selectionEnd === 0) field.setSelectionRange(field.value.length, field.value.length);
    current.start();
  };
  return {
    isListening,
    problem,
    toggle: () => (recognizer.current ? recognizer.current.stop() : start()),
  };
}

/** Returns what to tell the user. Silence and the end of a dictation need no words. */
function getProblem(event: Event): Problem | undefined {
  const code: unknown = Reflect.get(event, 'error');
  if (code === 'no-speech' || code === 'aborted') return undefined;
  return code === 'not-allowed' ? 'microphoneDenied' : 'dictationFailed';
}

function hasRecognizer(): boolean {
  return getSpeechRecognizer() !== undefined;
}
