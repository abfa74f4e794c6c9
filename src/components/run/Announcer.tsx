import { useState, type ReactElement } from 'react';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';

/** Props of `Announcer`. */
export interface AnnouncerProps extends Omit<PartProps<'div'>, 'children'> {
  /** True while an answer is in progress. */
  isAnswering: boolean;
  /** Text of the answer, announced once when it is complete. */
  answer?: string | undefined;
  /** Error, announced at once. */
  error?: string | undefined;
}

/** Longer answers are cut off, because the user cannot pause a live region. The message itself has the whole text. */
const MAX_ANNOUNCED_LENGTH = 2_000;

/**
 * Announces to assistive technology that an answer has started, the answer once it is complete, and errors. Visually hidden.
 * Keep it mounted with the conversation: a live region must exist before its text changes. Element: div with two live
 * regions.
 */
export function Announcer({
  isAnswering,
  answer,
  error,
  ...props
}: AnnouncerProps): ReactElement | null {
  const texts = useTexts();
  const [wasAnswering, setWasAnswering] = useState(isAnswering);
  const [announcement, setAnnouncement] = useState('');
  // Announces changes only: a conversation that opens with an answer stays silent.
  if (wasAnswering !== isAnswering) {
    setWasAnswering(isAnswering);
    const hasAnswer = error === undefined && answer !== undefined && answer !== '';
    if (isAnswering) setAnnouncement(texts.announce.started);
    else
      setAnnouncement(
        hasAnswer ? texts.announce.finished(answer.slice(0, MAX_ANNOUNCED_LENGTH)) : '',
      );
  }
  const children = (
    <>
      <output aria-atomic="true">{announcement}</output>
      <div role="alert" aria-atomic="true">
        {error}
      </div>
    </>
  );
  return createPart({ tag: 'div', name: 'announcer', defaultProps: { children } }, props);
}
