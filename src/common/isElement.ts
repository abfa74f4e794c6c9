/** Returns true for an element of any page. `instanceof` is false for elements of another frame. */
export function isElement(value: object | null | undefined): value is HTMLElement {
  return value !== null && value !== undefined && 'closest' in value;
}
