import { useState, type ReactElement } from 'react';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `Announcer`. */
export interface AnnouncerProps extends Omit<PartProps<'div'>, 'children'> {
  /** An answer is on its way. */
  isAnswering: boolean;
  /** Text of the answer, read out once when it is whole. */
  answer?: string | undefined;
  /** Read out at once. */
  error?: string | undefined;
}

/** Longer answers are read from the message itself; a live region cannot be paused. */
const MAX_SAID = 2_000;

/**
 * Says to assistive technology that an answer has started, reads it once when it is whole, and says errors at once. Not
 * seen. Element: div with two live regions. Stays mounted as long as the conversation, since a region must exist before
 * its text.
 */
export function Announcer({
  isAnswering,
  answer,
  error,
  ...props
}: AnnouncerProps): ReactElement | null {
  const texts = useConversationTexts();
  const [was, setWas] = useState(isAnswering);
  const [polite, setPolite] = useState('');
  // A conversation that is opened says nothing: only what changes while it is open is news.
  if (was !== isAnswering) {
    setWas(isAnswering);
    if (isAnswering) setPolite(texts.announce.started);
    else
      setPolite(
        error === undefined && answer !== undefined && answer !== ''
          ? texts.announce.finished(answer.slice(0, MAX_SAID))
          : '',
      );
  }
  const children = (
    <>
      <output aria-atomic="true">{polite}</output>
      <div role="alert" aria-atomic="true">
        {error}
      </div>
    </>
  );
  return createPart({ tag: 'div', name: 'announcer', own: { children } }, props);
}
