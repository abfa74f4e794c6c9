type Respond = (request: Request, count: number) => Response | Promise<Response>;

/** Response that suits every operation: an object with the fields of all objects of the API, and an empty list. */
export const anAnswer = {
  id: 'id_1',
  object: 'object',
  created_at: 1_700_000_000,
  metadata: {},
  thread_id: 'thread_1',
  run_id: 'run_1',
  assistant_id: 'asst_1',
  message_id: 'msg_1',
  status: 'completed',
  role: 'user',
  type: 'message_creation',
  content: [],
  step_details: { type: 'other' },
  name: null,
  description: null,
  model: 'scripted',
  instructions: null,
  tools: [],
  required_action: null,
  last_error: null,
  incomplete_details: null,
  usage: null,
  started_at: null,
  expires_at: null,
  expired_at: null,
  cancelled_at: null,
  failed_at: null,
  completed_at: null,
  bytes: 1,
  filename: 'notes.txt',
  purpose: 'assistants',
  data: [],
  has_more: false,
};

/** Creates a `fetch` that responds with the given function and records its requests. */
export function recordingFetch(respond: Respond = () => Response.json(anAnswer)) {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request.clone());
    return respond(request, requests.length);
  };
  return { fetch, requests };
}

/** Returns the error that a promise rejects with. Throws if it resolves. */
export async function getRejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('Expected the promise to reject, but it resolved.');
}
