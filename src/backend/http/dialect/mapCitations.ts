/** Annotation with the fields that matter here. */
export interface WireAnnotation {
  type: string;
  file_citation?: { quote?: string };
}

/** Maps the file citations of a text, or of a text delta. Keeps other content as it is. */
export function mapCitations<
  Part extends { type: string; text?: { annotations?: WireAnnotation[] } },
>(
  part: Part,
  map: <Annotation extends WireAnnotation>(annotation: Annotation) => Annotation,
): Part {
  const annotations = part.text?.annotations?.map((annotation) =>
    annotation.type === 'file_citation' ? map(annotation) : annotation,
  );
  return annotations === undefined ? part : { ...part, text: { ...part.text, annotations } };
}
