'use client';

import { Fragment, memo, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { scheduleJob } from '../components/scheduleJob.js';
import { CodeBlock } from '../components/markdown/CodeBlock.js';
import type { CodeBlockProps } from '../components/markdown/CodeBlockProps.js';
import { runWhenDeselected } from '../components/markdown/runWhenDeselected.js';
import { TextRun } from '../components/markdown/TextRun.js';
import { getCachedTokens, loadHighlighter, type CodeToken } from './loadHighlighter.js';
import { commonGrammars, findGrammarName, type Grammars } from './grammars.js';
import { getLanguageName } from './languageNames.js';
import { sliceCode } from './sliceCode.js';
import { asPart } from '../components/part.js';

/** Props of `HighlightedCodeBlock`. */
export interface HighlightedCodeBlockProps extends CodeBlockProps {
  /** Additional languages, or replacements for the common ones. Create the object once. */
  grammars?: Grammars | undefined;
}

/** Longer code, in UTF-16 units, is not highlighted. */
const MAX_CODE_LENGTH = 60_000;
/** Code that has not changed for this time is considered complete. */
const SETTLED_MS = 150;

/**
 * Renders a highlighted code block. Pass it to `AssistantsProvider` as
 * `components={{ CodeBlock: HighlightedCodeBlock }}`. The code is rendered immediately without colours. The highlighter
 * and the grammar of the language are loaded on demand, and complete code is highlighted in slices, except where it is
 * selected. Creates elements, no HTML, and needs neither eval nor inline styles. Element: figure, as `CodeBlock`.
 * `data-token` on each token: keyword, name, type, string, number, comment, inserted, deleted.
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
  const name = code.length > MAX_CODE_LENGTH ? undefined : findGrammarName(language, all);
  const slices = useMemo(() => sliceCode(code, name), [code, name]);
  useEffect(() => {
    // Loaded while the code is written, so that its colours are there when it ends. `CodeSlice` handles an error.
    if (name !== undefined) loadHighlighter(name, all).catch(() => undefined);
  }, [name, all]);
  const languageName = getLanguageName(language, name);
  if (name === undefined) return <CodeBlock languageName={languageName} {...props} />;
  return (
    <CodeBlock languageName={languageName} {...props}>
      {groupByLine(slices).map((group, index) => (
        <span key={index} {...asPart('text-chunk')}>
          {group.map((slice, sliceIndex) => (
            <CodeSlice key={sliceIndex} code={slice} name={name} grammars={all} />
          ))}
        </span>
      ))}
    </CodeBlock>
  );
}

/** Groups slices so that each group ends with a line: an element for a part of a line would break it. */
function groupByLine(slices: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  for (const slice of slices) {
    const group = groups.at(-1);
    if (group?.at(-1)?.endsWith('\n') === true) groups.push([slice]);
    else group?.push(slice);
  }
  return groups;
}

interface CodeSliceProps {
  code: string;
  name: string;
  grammars: Grammars;
}

const CodeSlice = memo(function CodeSlice({ code, name, grammars }: CodeSliceProps): ReactElement {
  const [shown, setShown] = useState({ code, name, tokens: getCachedTokens(code, name) });
  const ref = useRef<HTMLSpanElement>(null);
  const isShown = shown.code === code && shown.name === name && shown.tokens !== undefined;
  useEffect(() => {
    if (isShown) return undefined;
    let cancelJob = (): void => undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      loadHighlighter(name, grammars).then(
        (highlight) => {
          if (!isWanted) return;
          cancelJob = scheduleJob(() => {
            const show = (): void => setShown({ code, name, tokens: highlight(code) });
            if (ref.current !== null) cancelJob = runWhenDeselected(ref.current, show);
          }, code.length);
        },
        // Without a network, or with a broken grammar, the code stays without colours.
        () => undefined,
      );
    }, SETTLED_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      cancelJob();
    };
  }, [code, name, grammars, isShown]);

  // Growing code keeps its colours.
  const hasTokens = shown.name === name && code.startsWith(shown.code);
  const tokens = hasTokens ? shown.tokens : undefined;
  const rest = tokens === undefined ? code : code.slice(shown.code.length);
  return (
    <span ref={ref}>
      {tokens !== undefined && (
        // The key replaces all tokens at once, because a browser translation may have replaced their text nodes.
        <span key={shown.code.length}>
          <CodeTokens tokens={tokens} />
        </span>
      )}
      {rest !== '' && <TextRun text={rest} />}
    </span>
  );
});

const CodeTokens = memo(function CodeTokens({
  tokens,
}: {
  tokens: readonly CodeToken[];
}): ReactElement[] {
  return tokens.map(({ role, text }, index) =>
    role === null ? (
      <Fragment key={index}>{text}</Fragment>
    ) : (
      <span key={index} data-token={role}>
        {text}
      </span>
    ),
  );
});
