import type temmlModule from 'temml';
import { memo, useEffect, useState, type ReactElement } from 'react';
import { scheduleJob } from '../components/scheduleJob.js';
import { getScrollRegionProps } from '../components/part.js';
import { mathElements, type MathElements } from './mathElements.js';

/** Macros of a formula's own may grow without end, and nobody needs them in a message. */
const DEFINITIONS =
  /\\(?:(?:[egx]?def|let|futurelet|global|long)(?![a-zA-Z])|(?:re|provide)?newcommand|providecommand|DeclareMathOperator)/;
const MAX_EXPANSIONS = 200;

type Shown = ({ kind: 'math' } & MathElements) | { kind: 'failed'; size: 0 };

/** Formulas that were made last, since a list makes and unmakes its rows while it is scrolled. */
const made = new Map<string, Shown>();
const MAX_MADE = 300;
/** Nodes of a formula that is shown at once where it has been made before. Hundreds of larger ones would take a task too long. */
const SMALL = 100;

// Its types are those of another module system, where the default export lies one deeper.
type Temml = (typeof temmlModule)['default'];

let starting: Promise<Temml> | undefined;

async function load(): Promise<Temml> {
  starting ??= import('temml').then(({ default: temml }) =>
    'default' in temml ? temml.default : temml,
  );
  try {
    return await starting;
  } catch (error) {
    starting = undefined;
    throw error;
  }
}

function make(temml: Temml, tex: string, isDisplay: boolean): Shown {
  if (DEFINITIONS.test(tex)) return { kind: 'failed', size: 0 };
  try {
    const tree: unknown = temml.__renderToMathMLTree(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      maxExpand: MAX_EXPANSIONS,
    });
    return { kind: 'math', ...mathElements(tree) };
  } catch {
    // A formula that is none, or too large, is still what was written.
    return { kind: 'failed', size: 0 };
  }
}

/**
 * A formula as MathML, which needs no fonts and which screen readers can read; as it is written until it has been made, and
 * where it cannot be. Element: span. `data-display`, `data-state`: source, math or failed.
 */
export const Formula = memo(function Formula({
  tex,
  isDisplay,
  isOpen = false,
}: {
  tex: string;
  isDisplay: boolean;
  isOpen?: boolean;
}): ReactElement {
  const key = `${isDisplay ? 'display' : 'inline'} ${tex}`;
  const [shown, setShown] = useState<{ key: string; value: Shown }>();
  const known = made.get(key);
  const value = shown?.key === key ? shown.value : known && known.size <= SMALL ? known : undefined;
  const isWanted = value === undefined && !isOpen;
  useEffect(() => {
    if (!isWanted) return undefined;
    let handleSendFailure = (): void => undefined;
    let isHere = true;
    const show = (fresh: Shown) =>
      (handleSendFailure = scheduleJob(() => setShown({ key, value: fresh }), fresh.size));
    const makeAndShow = (temml: Temml) => {
      const fresh = made.get(key) ?? make(temml, tex, isDisplay);
      made.set(key, fresh);
      const [oldest] = made.keys();
      if (made.size > MAX_MADE && oldest !== undefined) made.delete(oldest);
      show(fresh);
    };
    load().then(
      (temml) => {
        if (isHere) handleSendFailure = scheduleJob(() => makeAndShow(temml), 0);
      },
      () => undefined,
    );
    return () => {
      isHere = false;
      handleSendFailure();
    };
  }, [isWanted, key, tex, isDisplay]);

  return (
    <span
      data-part="formula"
      data-display={isDisplay ? '' : undefined}
      data-state={value?.kind ?? 'source'}
      dir="ltr"
      {...(isDisplay && value?.kind === 'math' && getScrollRegionProps(tex))}
    >
      {value?.kind === 'math' ? value.node : <code>{tex}</code>}
    </span>
  );
});
