import { descriptionId, errorId } from '@rjsf/utils';

/** Replaces the whitespace in an id, which separates the ids of `aria-describedby`. Names of properties may contain it. */
export function toIdToken(id: string): string {
  return id.replace(/\s/g, (space) => `%${space.charCodeAt(0).toString(16)}`);
}

/** Returns the id of the description of a field. */
export function getDescriptionId(id: string): string {
  return toIdToken(descriptionId(id));
}

/** Returns the id of the error of a field. */
export function getErrorId(id: string): string {
  return toIdToken(errorId(id));
}
