/**
 * Tool that the server of a model runs itself, as in the `tools` of its `POST /responses`. All fields are sent as they are, so
 * other fields and types of a server are possible.
 */
export type BuiltInTool =
  | {
      type: 'file_search';
      /** Vector stores at the server of the model, not of this backend. */
      vector_store_ids: readonly string[];
      max_num_results?: number;
      [field: string]: unknown;
    }
  | {
      type: 'web_search';
      search_context_size?: 'low' | 'medium' | 'high';
      [field: string]: unknown;
    }
  | {
      type: 'code_interpreter';
      /** Container that runs the code: a new one, or the id of one. */
      container: string | { type: 'auto'; file_ids?: readonly string[] };
      [field: string]: unknown;
    }
  | { type: string & {}; [field: string]: unknown };
