import { createContext, useContext, type ReactElement } from 'react';
import { isRecord } from '../common/isRecord.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import type { JsonSchema } from '../protocol/ToolCall.js';
import { asPart } from '../components/part.js';

/** True if a form marks its required fields, and false if it marks the optional ones. */
export const MarksRequiredContext = createContext(false);

/** Returns true if the required fields of a form are the fewer ones, so that marking them takes fewer marks. */
export function hasFewRequired({ properties, required }: JsonSchema): boolean {
  const names = isRecord(properties) ? Object.keys(properties) : [];
  const requiredNames: readonly unknown[] = Array.isArray(required) ? required : [];
  const requiredCount = names.filter((name) => requiredNames.includes(name)).length;
  // Without a mark, the user could take all fields for required.
  return requiredCount > 0 && requiredCount < names.length - requiredCount;
}

/**
 * Marks a field as required or as optional after its label: of both kinds, only the one with fewer fields has marks.
 * Element: span.
 */
export function FieldMark({
  isRequired,
  isGroup = false,
}: {
  isRequired: boolean;
  /** True for a group of fields, of which assistive technology does not know otherwise that it is required. */
  isGroup?: boolean;
}): ReactElement | null {
  const texts = useCompleteTexts().form;
  const marksRequired = useContext(MarksRequiredContext);
  if (isRequired !== marksRequired) return null;
  return (
    <span {...asPart('muted')} aria-hidden={isRequired && !isGroup}>
      {' '}
      ({isRequired ? texts.required : texts.optional})
    </span>
  );
}
