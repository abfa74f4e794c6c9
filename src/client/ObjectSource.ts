/** Origin of an object, for warnings and for ids that a server leaves out. */
export interface ObjectSource {
  /** operationId, or name of the event. */
  operation: string;
  /** Parameters of the request. */
  params: object;
}
