import type temmlModule from 'temml';
import { memo, useEffect, useState, type ReactElement } from 'react';
import { scheduleJob } from '../components/scheduleJob.js';
import { getScrollRegionProps } from '../components/part.js';
import { mathElements, type MathElements } from './mathElements.js';

/** Disables macros of formulas, which could expand without limit. */
const DEFINITIONS =
  /\\(?:(?:[egx]?def|let|futurelet|global|long)(?![a-zA-Z])|(?:re|provide)?newcommand|providecommand|DeclareMathOperator)/;
const MAX_EXPANSIONS = 200;

type Shown = ({ kind: 'math' } & MathElements) | { kind: 'failed'; size: 0 };

/** Recent formulas, because virtualized lists mount and unmount their rows while scrolling. */
const made = new Map<string, Shown>();
const MAX_MADE = 300;
/** Cached formulas of at most this many nodes are rendered immediately. Hundreds of larger ones would block the page. */
const SMALL = 100;

// Its types describe a CommonJS module, whose default export is nested one level deeper.
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
    // An invalid or too large formula is rendered as its source.
    return { kind: 'failed', size: 0 };
  }
}

/** Converts a formula, or returns it from the cache. Drops the oldest formula of a full cache. */
function makeCached(temml: Temml, key: string, tex: string, isDisplay: boolean): Shown {
  const formula = made.get(key) ?? make(temml, tex, isDisplay);
  made.set(key, formula);
  const [oldest] = made.keys();
  if (made.size > MAX_MADE && oldest !== undefined) made.delete(oldest);
  return formula;
}

/** Converts a complete formula in a later task. Returns undefined until then. */
function useFormula(tex: string, isDisplay: boolean, isOpen: boolean): Shown | undefined {
  const key = `${isDisplay ? 'display' : 'inline'} ${tex}`;
  const [shown, setShown] = useState<{ key: string; value: Shown }>();
  const known = made.get(key);
  const cached = known && known.size <= SMALL ? known : undefined;
  const value = shown?.key === key ? shown.value : cached;
  const isWanted = value === undefined && !isOpen;
  useEffect(() => {
    if (!isWanted) return undefined;
    let cancelJob = (): void => undefined;
    let isMounted = true;
    const convert = (temml: Temml) => {
      const converted = makeCached(temml, key, tex, isDisplay);
      cancelJob = scheduleJob(() => setShown({ key, value: converted }), converted.size);
    };
    load().then(
      (temml) => {
        if (isMounted) cancelJob = scheduleJob(() => convert(temml), 0);
      },
      () => undefined,
    );
    return () => {
      isMounted = false;
      cancelJob();
    };
  }, [isWanted, key, tex, isDisplay]);
  return value;
}

/**
 * Renders a formula as MathML, which needs no fonts and is accessible. Renders the source until the formula is converted, and if
 * it cannot be. Element: span. `data-display`, `data-state`: source, math or failed.
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
  const value = useFormula(tex, isDisplay, isOpen);
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
