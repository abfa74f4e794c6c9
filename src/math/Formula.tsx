import type temmlModule from 'temml';
import { memo, useEffect, useState, type ReactElement } from 'react';
import { scheduleJob } from '../components/scheduleJob.js';
import { getScrollRegionProps, asPart } from '../components/part.js';
import { createMathElements, type MathElements } from './createMathElements.js';

/** Disables macros of formulas, which could expand without limit. */
const DEFINITIONS =
  /\\(?:(?:[egx]?def|let|futurelet|global|long)(?![a-zA-Z])|(?:re|provide)?newcommand|providecommand|DeclareMathOperator)/;
const MAX_EXPANSIONS = 200;

type ConvertedFormula = ({ kind: 'math' } & MathElements) | { kind: 'failed'; size: 0 };

/** Recent formulas, because virtualized lists mount and unmount their rows while scrolling. */
const cache = new Map<string, ConvertedFormula>();
const MAX_CACHED = 300;
/** Cached formulas of at most this many nodes are rendered immediately. Hundreds of larger ones would block the page. */
const MAX_IMMEDIATE_SIZE = 100;

// Its types describe a CommonJS module, whose default export is nested one level deeper.
type Temml = (typeof temmlModule)['default'];

let temmlPromise: Promise<Temml> | undefined;

async function loadTemml(): Promise<Temml> {
  temmlPromise ??= import('temml').then(({ default: temml }) =>
    'default' in temml ? temml.default : temml,
  );
  try {
    return await temmlPromise;
  } catch (error) {
    temmlPromise = undefined;
    throw error;
  }
}

function convert(temml: Temml, tex: string, isDisplay: boolean): ConvertedFormula {
  if (DEFINITIONS.test(tex)) return { kind: 'failed', size: 0 };
  try {
    const tree: unknown = temml.__renderToMathMLTree(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      maxExpand: MAX_EXPANSIONS,
    });
    return { kind: 'math', ...createMathElements(tree) };
  } catch {
    // An invalid or too large formula is rendered as its source.
    return { kind: 'failed', size: 0 };
  }
}

/** Converts a formula, or returns it from the cache. Drops the oldest formula of a full cache. */
function convertCached(
  temml: Temml,
  key: string,
  tex: string,
  isDisplay: boolean,
): ConvertedFormula {
  const formula = cache.get(key) ?? convert(temml, tex, isDisplay);
  cache.set(key, formula);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  return formula;
}

/** Converts a complete formula in a later task. Returns undefined until then. */
function useFormula(
  tex: string,
  isDisplay: boolean,
  isOpen: boolean,
): ConvertedFormula | undefined {
  const key = `${isDisplay ? 'display' : 'inline'} ${tex}`;
  const [converted, setConverted] = useState<{ key: string; value: ConvertedFormula }>();
  const known = cache.get(key);
  const cached = known && known.size <= MAX_IMMEDIATE_SIZE ? known : undefined;
  const value = converted?.key === key ? converted.value : cached;
  const isWanted = value === undefined && !isOpen;
  useEffect(() => {
    if (!isWanted) return undefined;
    let cancelJob = (): void => undefined;
    let isMounted = true;
    const convert = (temml: Temml) => {
      const value = convertCached(temml, key, tex, isDisplay);
      cancelJob = scheduleJob(() => setConverted({ key, value }), value.size);
    };
    loadTemml().then(
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
      {...asPart('formula')}
      data-display={isDisplay ? '' : undefined}
      data-state={value?.kind ?? 'source'}
      dir="ltr"
      {...(isDisplay && value?.kind === 'math' && getScrollRegionProps(tex))}
    >
      {value?.kind === 'math' ? value.node : <code>{tex}</code>}
    </span>
  );
});
