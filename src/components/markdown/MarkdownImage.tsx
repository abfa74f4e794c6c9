import { useState, type ReactElement } from 'react';
import { ImageOff } from '../icons.js';
import { Button } from '../Button.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart } from '../part.js';
import type { MarkdownImageProps } from './MarkdownImageProps.js';

/**
 * Renders a remote image. Nothing is requested before the user agrees, because the URL alone can leak data. Until then the host
 * and a button are rendered.
 * Element: span. `data-state`: waiting, shown or failed.
 */
export function MarkdownImage({
  url,
  alt,
  isAllowed = false,
  ...props
}: MarkdownImageProps): ReactElement | null {
  const texts = useTexts();
  const [outcome, setOutcome] = useState<'waiting' | 'shown' | 'failed'>('waiting');
  const state = outcome === 'waiting' && isAllowed ? 'shown' : outcome;
  const children =
    state === 'shown' ? (
      <img
        src={url.href}
        alt={alt}
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setOutcome('failed')}
      />
    ) : (
      <>
        <ImageOff />
        <span>
          {alt !== '' && <bdi data-part="image-alt">{alt}</bdi>}{' '}
          <bdi data-part="image-host">
            {state === 'failed' ? texts.markdown.imageFailed : texts.markdown.image(url.host)}
          </bdi>
        </span>
        {state === 'waiting' && (
          <Button variant="quiet" onClick={() => setOutcome('shown')}>
            {texts.markdown.loadImage}
          </Button>
        )}
      </>
    );
  return createPart(
    { tag: 'span', name: 'image', state: { state }, defaultProps: { children } },
    props,
  );
}
