/** Length of a text in code points, the unit of the API's limits. */
export function codePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const isSecondHalf = unit >= 0xdc_00 && unit <= 0xdf_ff;
    if (!isSecondHalf) count += 1;
  }
  return count;
}
