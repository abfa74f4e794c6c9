'use client';

import { Fragment, memo, useEffect, useMemo, useState, type ReactElement } from 'react';
import { scheduleJob } from '../components/scheduleJob.js';
import { CodeBlock } from '../components/markdown/CodeBlock.js';
import type { CodeBlockProps } from '../components/markdown/CodeBlockProps.js';
import { knownStretches, loadEngine, type Stretch } from './engine.js';
import { commonGrammars, grammarName, type Grammars } from './grammars.js';
import { sliceCode } from './sliceCode.js';

/** Props of `HighlightedCodeBlock`. */
export interface HighlightedCodeBlockProps extends CodeBlockProps {
  /** Languages beside the common ones, or in place of them. Make it once. */
  grammars?: Grammars | undefined;
}

/** Longer code, in UTF-16 units, keeps one colour. */
const MAX_CODE = 60_000;
/** Code that has not changed for so long, in milliseconds, is not being written any more. */
const SETTLED = 150;

/**
 * A block of code in colours. Give it to `AssistantsProvider` as `components={{ CodeBlock: HighlightedCodeBlock }}`. The code
 * stands there at once, as it is; what colours it is fetched when there is code of its language, and colours what has settled
 * a slice at a time. Makes elements and no HTML, and needs neither eval nor inline styles.
 * Element: figure, as `CodeBlock`. `data-token` on each stretch: keyword, name, type, string, number, comment, inserted, deleted.
 */
export function HighlightedCodeBlock({
  grammars,
  ...props
}: HighlightedCodeBlockProps): ReactElement | null {
  const { code, language } = props;
  const all = useMemo(
    () => (grammars === undefined ? commonGrammars : { ...commonGrammars, ...grammars }),
    [grammars],
  );
  const name = code.length > MAX_CODE ? undefined : grammarName(language, all);
  const slices = useMemo(() => sliceCode(code), [code]);
  if (name === undefined) return <CodeBlock {...props} />;
  return (
    <CodeBlock {...props}>
      {slices.length === 1 ? (
        <Slice code={code} name={name} grammars={all} />
      ) : (
        slices.map((slice, index) => (
          <span key={index} data-part="text-chunk">
            <Slice code={slice} name={name} grammars={all} />
          </span>
        ))
      )}
    </CodeBlock>
  );
}

interface SliceProps {
  code: string;
  name: string;
  grammars: Grammars;
}

const Slice = memo(function Slice({ code, name, grammars }: SliceProps): ReactElement {
  const [shown, setShown] = useState({ code, name, stretches: knownStretches(code, name) });
  const isShown = shown.code === code && shown.name === name && shown.stretches !== undefined;
  useEffect(() => {
    if (isShown) return undefined;
    let handleSendFailure = (): void => undefined;
    let isWanted = true;
    const settled = setTimeout(() => {
      loadEngine(name, grammars).then(
        (colour) => {
          if (isWanted)
            handleSendFailure = scheduleJob(
              () => setShown({ code, name, stretches: colour(code) }),
              code.length,
            );
        },
        // Without a network, or with a grammar that is broken, code is still code.
        () => undefined,
      );
    }, SETTLED);
    return () => {
      isWanted = false;
      clearTimeout(settled);
      handleSendFailure();
    };
  }, [code, name, grammars, isShown]);

  // Code that grows on keeps the colours it has.
  if (shown.stretches === undefined || shown.name !== name || !code.startsWith(shown.code))
    return <>{code}</>;
  return (
    <>
      <Stretches stretches={shown.stretches} />
      {code.slice(shown.code.length)}
    </>
  );
});

const Stretches = memo(function Stretches({
  stretches,
}: {
  stretches: readonly Stretch[];
}): ReactElement[] {
  return stretches.map(({ role, text }, index) =>
    role === null ? (
      <Fragment key={index}>{text}</Fragment>
    ) : (
      <span key={index} data-token={role}>
        {text}
      </span>
    ),
  );
});
